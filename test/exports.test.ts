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

const EXPORT = (name: string) => `data "aws_cloudformation_export" "${name}" { name = "iam-${name}" }`;
const STACK = 'data "aws_cloudformation_stack" "iam" { name = "iam-prod" }';
const FILE =
  'resource "aws_cloudformation_stack" "iam" {\n  name          = "iam"\n  template_body = file("${path.module}/../iam.yaml")\n}';
const asking = (more: string, role: string, token: string) => `${more}
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({
    image            = "busybox"
    executionRoleArn = ${role}
    secrets          = [{ name = "TOKEN", valueFrom = ${token} }]
  })
}
`;
const exported = asking(
  `${EXPORT("role")}\n${EXPORT("token")}`,
  "data.aws_cloudformation_export.role.value",
  "data.aws_cloudformation_export.token.value",
);
const ofStackIn = (more: string, stack: string) => asking(more, `${stack}.outputs["Role"]`, `${stack}.outputs.Token`);
const named = (of: string) => `iam-${of}`;

test.each([
  ["an export", exporting(named), exported],
  ["an export whose name begins with that of the stack", exporting(ofStack), exported],
  ["the outputs of a stack that is looked up", exporting(named), ofStackIn(STACK, "data.aws_cloudformation_stack.iam")],
  [
    "the outputs of a stack that it makes from a file",
    exporting(named),
    ofStackIn(FILE, "aws_cloudformation_stack.iam"),
  ],
])("a root module gets what a stack gives by %s", async (_, stack, jobs) => {
  expect(await answers(READ, { "iam.yaml": stack, "jobs/main.tf": jobs })).toEqual(["proven"]);
});

test("what a role lacks is certain by the very name of an export, and only then", async () => {
  const lacking = (name: (of: string) => string) => ({
    "iam.yaml": exporting(name, '"arn:aws:s3:::x"'),
    "jobs/main.tf": exported,
  });
  expect(await answers(READ, lacking(named))).toEqual(["certain"]);
  expect(await answers(READ, lacking(ofStack))).toEqual(["Load may or may not be that role"]);
  const looked = ofStackIn(STACK, "data.aws_cloudformation_stack.iam");
  expect(await answers(READ, { "iam.yaml": exporting(named, '"arn:aws:s3:::x"'), "jobs/main.tf": looked })).toEqual([
    "Load may or may not be that role",
  ]);
});

test.each([
  ["no stack exports it", {}, exported],
  ["two stacks may export it", { "a.yaml": exporting(ofStack), "b.yaml": exporting(ofStack) }, exported],
  [
    "two stacks have such an output",
    { "a.yaml": exporting(named), "b.yaml": exporting(ofStack) },
    ofStackIn(STACK, "data.aws_cloudformation_stack.iam"),
  ],
])("what a root module gets from a stack stays open where %s", async (_, stacks, jobs) => {
  const [answer, ...others] = await answers(READ, { ...stacks, "jobs/main.tf": jobs });
  expect(others).toEqual([]);
  expect(answer).toMatch(/is looked up at deployment|is exported by a stack/);
});

test("an output of a nested stack whose template is not known is the only one of the run that has its key", async () => {
  const nesting = `
Parameters: {Url: {Type: String}}
Resources:
  Iam: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Ref Url}}
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: busybox
        ExecutionRoleArn: !GetAtt Iam.Outputs.Role
        Secrets: [{Name: TOKEN, ValueFrom: !GetAtt Iam.Outputs.Token}]
`;
  expect(await answers(READ, { "iam.yaml": exporting(named), "jobs.yaml": nesting })).toEqual(["proven"]);
  const lacking = { "iam.yaml": exporting(named, '"arn:aws:s3:::x"'), "jobs.yaml": nesting };
  expect(await answers(READ, lacking)).toEqual(["Load may or may not be that role"]);
  expect(await answers(READ, { "jobs.yaml": nesting })).toEqual(["Iam is known only after deployment"]);
});
