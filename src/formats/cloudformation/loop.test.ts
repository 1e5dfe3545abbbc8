import { expect, test } from "vitest";
import { get, type Value } from "../../syntax/value.ts";
import { plain, reason } from "../testing.ts";
import { stackOf } from "./testing.ts";

const HEAD = 'AWSTemplateFormatVersion: "2010-09-09"\nTransform: AWS::LanguageExtensions\n';

test("a loop over resources is written out, in keys, references and texts", async () => {
  const scope = await stackOf(`${HEAD}Resources:
  Fn::ForEach::Secrets:
    - Name
    - [db, api-key]
    - Secret&{Name}:
        Type: AWS::SecretsManager::Secret
        Properties:
          Name: !Sub "app/\${Name}"
          Description: !Ref Name
          Tags: [{Key: k, Value: !GetAtt "Secret&{Name}.Id"}]
`);
  expect([...scope.resources().keys()]).toEqual(["Secretdb", "Secretapikey"]);
  const written = get(scope.resources().get("Secretapikey")?.body, "Properties") as Value;
  expect(plain(scope.evaluate(written) as Value)).toEqual({
    Name: "app/api-key",
    Description: "api-key",
    Tags: [
      {
        Key: "k",
        Value: "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:app/api-key-⟨#Secretapikey@u⟩",
      },
    ],
  });
  expect(scope.run.problems.size).toBe(0);
});

test("a loop inside a loop, over a parameter's default", async () => {
  const scope = await stackOf(`${HEAD}Parameters:
  Stages: {Type: CommaDelimitedList, Default: "dev,prod"}
Resources:
  Fn::ForEach::Outer:
    - S
    - !Ref Stages
    - Fn::ForEach::Inner:
        - N
        - [a, b]
        - Role\${S}\${N}: {Type: "AWS::IAM::Role", Properties: {RoleName: !Sub "\${S}-\${N}"}}
`);
  expect([...scope.resources().keys()]).toEqual(["Roledeva", "Roledevb", "Roleproda", "Roleprodb"]);
});

test("a loop over what is not known gives its resource once, for an item that is a hole", async () => {
  const scope = await stackOf(`${HEAD}Parameters:
  Names: {Type: CommaDelimitedList}
Resources:
  Fn::ForEach::Jobs:
    - Name
    - !Ref Names
    - Job\${Name}:
        Type: AWS::Batch::JobDefinition
        Properties: {JobDefinitionName: !Sub "job-\${Name}", Plain: "\${Name}", By: !Ref Name}
`);
  const [job] = [...scope.resources().values()];
  const item = "⟨*Fn__ForEach__Jobs.Name@u⟩";
  expect(job?.logicalId).toBe(`Job${item}`);
  expect(plain(scope.evaluate(get(job?.body, "Properties") as Value) as Value)).toEqual({
    JobDefinitionName: `job-${item}`,
    Plain: item,
    By: item,
  });
});

test("a loop over properties is written out; over what is not known it leaves the object open", async () => {
  const scope = await stackOf(`${HEAD}Parameters:
  Names: {Type: CommaDelimitedList}
Resources:
  R:
    Type: AWS::X::Y
    Properties:
      Known:
        Fn::ForEach::A: [K, [x, y], {"p\${K}": !Ref K}]
      Open:
        Other: 1
        Fn::ForEach::B: [K, !Ref Names, {"p\${K}": !Ref K}]
`);
  const properties = scope.evaluate(get(scope.resources().get("R")?.body, "Properties") as Value) as Value;
  expect(plain(properties)).toEqual({ Known: { px: "x", py: "y" }, Open: { Other: 1 } });
  expect(reason(get(properties, "Open"))).toBe("the parameter Names has no value in these files");
});

test("a loop of another shape is refused", async () => {
  const scope = await stackOf(`${HEAD}Resources:
  A: {Type: "AWS::X::Y"}
  Fn::ForEach::A: [Name, [a]]
`);
  expect([...scope.resources().keys()]).toEqual(["A"]);
  expect([...scope.run.problems.values()].map(({ message, line }) => [message, line])).toEqual([
    ["Fn::ForEach::A expects a list of an identifier, a collection and an object.", 5],
  ]);
});

test("loops that multiply end at the bound", async () => {
  const inner = (depth: number): string =>
    depth === 0
      ? '{"A${L1}": {"Type": "AWS::X::Y"}}'
      : `{"Fn::ForEach::L${depth}": ["L${depth}", [${Array.from({ length: 30 }, (_, index) => `"${index}"`).join(",")}], ${inner(depth - 1)}]}`;
  const scope = await stackOf(`{"AWSTemplateFormatVersion": "2010-09-09", "Resources": ${inner(6)}}`);
  scope.resources();
  expect([...scope.run.problems.values()].map(({ message }) => message)).toEqual([
    "The template is too large to be evaluated, so parts of it were not checked.",
  ]);
});
