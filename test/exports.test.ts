/** Exports of one stack that another one imports by a name which the files don't tell, from files to answers. */
import { expect, test } from "vitest";
import { answers } from "./support/answers.ts";

const READ = "secret-read-allowed";

const TRUST = `{Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]}`;
const exporting = (name: (of: string) => string, granted = "!Ref Token") => `
Parameters: {Stage: {Type: String}}
Resources:
  Token: {Type: AWS::SecretsManager::Secret, Properties: {}}
  Load:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${TRUST}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: ${granted}}]}}]
Outputs:
  Role: {Value: !GetAtt Load.Arn, Export: {Name: ${name("role")}}}
  Token: {Value: !Ref Token, Export: {Name: ${name("token")}}}
`;
const importing = (name: (of: string) => string, parameter = "{Type: String}") => `
Parameters: {Shared: ${parameter}, Stage: {Type: String}}
Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: busybox
        ExecutionRoleArn: {"Fn::ImportValue": ${name("role")}}
        Secrets: [{Name: TOKEN, ValueFrom: {"Fn::ImportValue": ${name("token")}}}]
`;
const ofStack = (of: string) => `!Sub "\${AWS::StackName}-${of}"`;
const ofShared = (of: string) => `!Sub "\${Shared}-${of}"`;
const ofStage = (of: string) => `!Sub "load-\${Stage}-${of}"`;

test.each([
  ["the name of the stack that a parameter has", exporting(ofStack), importing(ofShared)],
  ["the name of the stack that is a default", exporting(ofStack), importing(ofShared, "{Type: String, Default: iam}")],
  ["a parameter of both", exporting(ofStage), importing(ofStage)],
])("the only export that an import can mean is that one: %s", async (_, exports, imports) => {
  expect(await answers(READ, { "iam.yaml": exports, "jobs.yaml": imports })).toEqual(["proven"]);
});

test("what the role of such an export lacks is not certain", async () => {
  const files = { "iam.yaml": exporting(ofStack, '"arn:aws:s3:::x"'), "jobs.yaml": importing(ofShared) };
  expect(await answers(READ, files)).toEqual(["Load may or may not be that role"]);
});

test("a Deny of such an export is in doubt, whatever statement names the export before", async () => {
  const jobs = `${importing(ofShared).replace(/ExecutionRoleArn: .*/, "ExecutionRoleArn: !GetAtt Own.Arn")}
  Own:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${TRUST}
      Policies:
        - PolicyName: p
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: "secretsmanager:DescribeSecret", Resource: {"Fn::ImportValue": ${ofShared("token")}}}
              - {Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*"}
              - {Effect: Deny, Action: "secretsmanager:GetSecretValue", Resource: {"Fn::ImportValue": ${ofShared("token")}}}
`;
  expect(await answers(READ, { "iam.yaml": exporting(ofStack), "jobs.yaml": jobs })).toEqual([
    "Token may or may not be the export that is meant",
  ]);
});

test.each([
  ["two stacks export", { "iam.yaml": exporting(ofStack), "more.yaml": exporting(ofStack) }, importing(ofShared)],
  ["nothing is known of it", { "iam.yaml": exporting(ofStack) }, importing(() => "!Ref Shared")],
  ["it is written in another way", { "iam.yaml": exporting(ofStage) }, importing(ofShared)],
])("an import stays open where %s", async (_, stacks, imports) => {
  const [answer, ...others] = await answers(READ, { ...stacks, "jobs.yaml": imports });
  expect(others).toEqual([]);
  expect(answer).toMatch(/is exported by a stack that is not in these files|has no value in these files/);
});
