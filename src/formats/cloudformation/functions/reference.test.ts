import { expect, test } from "vitest";
import { get, type Value } from "../../../syntax/value.ts";
import { plain, reason } from "../../testing.ts";
import { evaluated, sourceAt, stackOf } from "../testing.ts";

const TEMPLATE = `
Parameters:
  Name: {Type: String, Default: app}
Resources:
  Db: {Type: "AWS::SecretsManager::Secret"}
  Role: {Type: "AWS::IAM::Role", Properties: {RoleName: !Sub "\${Name}-role", Path: /batch/}}
  Bucket: {Type: "AWS::S3::Bucket"}
  Thing: {Type: "Custom::Thing"}
`;

async function gives(expression: string, sections = TEMPLATE): Promise<unknown> {
  const { value } = await evaluated(expression, sections);
  return value && plain(value);
}

test("Ref gives pseudo parameters, parameters and resources", async () => {
  expect(await gives('!Ref "AWS::Region"')).toBe("⟨AWS.Region⟩");
  expect(await gives('!Ref "AWS::StackName"')).toBe("⟨AWS.StackName@u⟩");
  expect(await gives('!Ref "AWS::StackId"')).toBe(
    "arn:⟨AWS.Partition⟩:cloudformation:⟨AWS.Region⟩:⟨AWS.AccountId⟩:stack/⟨AWS.StackName@u⟩/⟨AWS.StackId@u⟩",
  );
  expect(await gives('!Ref "AWS::NotificationARNs"')).toEqual({ unknown: "AWS.NotificationARNs@u" });
  expect(await gives('!Ref "AWS::NoValue"')).toBeUndefined();
  expect(await gives("!Ref Name")).toBe("app");
  expect(await gives("!Ref Role")).toBe("app-role");
});

test("GetAtt is read as a list and as a string with a dot", async () => {
  const arn = "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/batch/app-role";
  expect(await gives("!GetAtt Role.Arn")).toBe(arn);
  expect(await gives("Fn::GetAtt: [Role, Arn]")).toBe(arn);
  expect(await gives("Fn::GetAtt: Role.Arn")).toBe(arn);
  expect(await gives('!Sub "${Role.Arn}"')).toBe(arn);
});

test("what only AWS knows is unknown by its own name", async () => {
  expect(await gives("!Ref Thing")).toEqual({ unknown: "Thing@u" });
  expect(await gives("!GetAtt Thing.Deep.Value")).toEqual({ unknown: "Thing.Deep.Value@u" });
});

test("an attribute that somebody named like a secret may be anything", async () => {
  const resources = `Resources:
  Db: {Type: "AWS::RDS::DBInstance", Properties: {ManageMasterUserPassword: true}}
  Nested: {Type: "AWS::CloudFormation::Stack"}
  Custom: {Type: "AWS::CloudFormation::CustomResource"}
`;
  const known = "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:";
  expect(await gives("!GetAtt Db.MasterUserSecret.SecretArn", resources)).toContain(known);
  for (const path of ["Nested.Outputs.DbSecretArn", "Custom.SecretArn"]) {
    expect(await gives(`!GetAtt ${path}`, resources)).toEqual({ unknown: `${path}@u` });
  }
});

test("a database that does not manage its password has no secret", async () => {
  const made = async (type: string, path: string, properties: string) =>
    gives(
      `!GetAtt Db.${path}`,
      `Parameters: {P: {Type: String}}\nResources:\n  Db: {Type: "${type}", Properties: {${properties}}}\n`,
    );
  for (const [type, path, flag] of [
    ["AWS::RDS::DBInstance", "MasterUserSecret.SecretArn", "ManageMasterUserPassword"],
    ["AWS::RDS::DBCluster", "MasterUserSecret.SecretArn", "ManageMasterUserPassword"],
    ["AWS::DocDB::DBCluster", "MasterUserSecret.SecretArn", "ManageMasterUserPassword"],
    ["AWS::Redshift::Cluster", "MasterPasswordSecretArn", "ManageMasterPassword"],
    ["AWS::RedshiftServerless::Namespace", "Namespace.AdminPasswordSecretArn", "ManageAdminPassword"],
  ] as const) {
    expect(await made(type, path, "")).toEqual({ unknown: `Db.${path}@u` });
    expect(await made(type, path, `${flag}: "false"`)).toEqual({ unknown: `Db.${path}@u` });
    expect(await made(type, path, `${flag}: true`)).toContain(":secret:");
    expect(await made(type, path, `${flag}: !Ref P`)).toContain(":secret:");
  }
});

test("a reference is where it is written", async () => {
  const { value } = await evaluated("!Ref Name", TEMPLATE);
  expect(value && sourceAt(value.at)).toBe("!Ref Name");
  const json = await stackOf(
    '{"Resources": {"A": {"Type": "AWS::X::Y", "Properties": {"P": {"Ref": "AWS::Region"}}}}}',
  );
  const written = get(get(json.resources().get("A")?.body, "Properties"), "P") as Value;
  expect(sourceAt((json.evaluate(written) as Value).at)).toBe('{"Ref": "AWS::Region"}');
});

test("the spellings say how a reference is written inside Sub", async () => {
  const { scope } = await evaluated(
    '!Join ["", [!Ref Db, !GetAtt Role.Arn, !GetAtt Thing.X, !Ref "AWS::Region"]]',
    TEMPLATE,
  );
  expect([...scope.run.spellings]).toEqual([
    ["⟨AWS.Region⟩", "${AWS::Region}"],
    ["⟨AWS.AccountId⟩", "${AWS::AccountId}"],
    ["⟨AWS.Partition⟩", "${AWS::Partition}"],
    ["⟨AWS.URLSuffix⟩", "${AWS::URLSuffix}"],
    ["arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:⟨Db.name@u⟩-⟨#Db@u⟩", "${Db}"],
    ["arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/batch/app-role", "${Role.Arn}"],
    ["⟨*Thing.X@u⟩", "${Thing.X}"],
  ]);
});

test("a reference to nothing is unknown and a problem", async () => {
  const { value, scope } = await evaluated("!GetAtt Nowhere.Arn", TEMPLATE);
  expect(value).toMatchObject({ kind: "unknown", name: "Nowhere.Arn@u" });
  expect(reason(value)).toBe("Nowhere is not declared");
  expect(scope.run.problems.size).toBe(1);
});

test("a secret has no attribute but Id, which people often take for granted", async () => {
  const { value, scope } = await evaluated('!Sub "${Db.Arn}:password::"', TEMPLATE);
  expect(value && plain(value)).toBe("⟨*Db.Arn@u⟩:password::");
  expect([...scope.run.problems.values()].map(({ message }) => message)).toEqual([
    "Db has no attribute Arn: Ref gives the ARN of a secret. CloudFormation refuses the template.",
  ]);
  expect(await gives("!GetAtt Db.Id")).toBe(await gives("!Ref Db"));
});

test("a template that a macro adds to may refer to what the macro adds", async () => {
  const { scope } = await evaluated("!GetAtt FunctionRole.Arn", `Transform: AWS::Serverless-2016-10-31\n${TEMPLATE}`);
  expect(scope.run.problems.size).toBe(0);
});

test("wrong arguments are unknown", async () => {
  for (const wrong of ["Ref: [Name]", "Ref: {a: b}", "Fn::GetAtt: []", "Fn::GetAtt: [Role, {a: b}]", "!GetAtt Role"]) {
    const { value, scope } = await evaluated(wrong, TEMPLATE);
    expect([wrong, value?.kind, scope.run.problems.size]).toEqual([wrong, "unknown", 1]);
  }
});

test("resources whose names are made of each other are refused, not followed forever", async () => {
  const { value, scope } = await evaluated(
    "!Ref A",
    `Resources:
  A: {Type: "AWS::IAM::Role", Properties: {RoleName: !Ref B}}
  B: {Type: "AWS::IAM::Role", Properties: {RoleName: !Ref A}}
`,
  );
  expect(value && plain(value)).toBe("⟨*A@u⟩");
  expect([...scope.run.problems.values()].map(({ message }) => message)).toEqual([
    "A depends on itself, so CloudFormation refuses the template.",
  ]);
});

test("a long chain of references ends in an unknown, not in a crash", async () => {
  const roles = Array.from(
    { length: 5000 },
    (_, index) => `  R${index}: {Type: "AWS::IAM::Role", Properties: {RoleName: !Ref R${index + 1}}}`,
  );
  const { value, scope } = await evaluated(
    "!Ref R0",
    `Resources:\n${roles.join("\n")}\n  R5000: {Type: "AWS::IAM::Role", Properties: {RoleName: end}}\n`,
  );
  expect(value?.kind).toBe("text");
  expect([...scope.run.problems.values()].map(({ message }) => message)).toEqual([
    "The template nests too deep to be evaluated, so parts of it were not checked.",
  ]);
});

test("texts that double at each step stop growing", async () => {
  const names = Array.from(
    { length: 60 },
    (_, index) =>
      `  R${index}: {Type: "AWS::IAM::Role", Properties: {RoleName: !Sub "\${R${index + 1}}\${R${index + 1}}"}}`,
  );
  const { value } = await evaluated(
    "!Ref R0",
    `Resources:\n${names.join("\n")}\n  R60: {Type: "AWS::IAM::Role", Properties: {RoleName: end}}\n`,
  );
  expect(value?.kind === "text" && value.value.length < 300_000).toBe(true);
});
