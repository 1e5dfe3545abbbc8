/** Roles that AWS SAM makes, from templates to answers. */
import { expect, test } from "vitest";
import { answers } from "./support/answers.ts";

const TRUST = `{Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: [lambda.amazonaws.com, ecs-tasks.amazonaws.com]}}]}`;
const template = (properties: string, more: { readonly from?: string; readonly globals?: string } = {}) => `
Transform: AWS::Serverless-2016-10-31
${more.globals ?? ""}
Resources:
  Token: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: x, KmsKeyId: !Ref Key}}
  Setting: {Type: AWS::SSM::Parameter, Properties: {Name: /app/setting, Type: String, Value: x}}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::\${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}]
  Load:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, Runtime: python3.12, CodeUri: a/, ${properties}}
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: a
        ExecutionRoleArn: !GetAtt LoadRole.Arn
        Secrets: [{Name: TOKEN, ValueFrom: ${more.from ?? "!Ref Token"}}]
`;
const SETTING = '!Sub "arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/app/setting"';
const ofTemplate = (rule: string, ...given: Parameters<typeof template>) =>
  answers(rule, { "template.yaml": template(...given) });
const READ = "secret-read-allowed";

test.each([
  ["a policy template", "Policies: [{AWSSecretsManagerGetSecretValuePolicy: {SecretArn: !Ref Token}}]"],
  ["one policy template", "Policies: {AWSSecretsManagerGetSecretValuePolicy: {SecretArn: !Ref Token}}"],
  ["a document", 'Policies: [{Statement: [{Effect: Allow, Action: "secretsmanager:*", Resource: !Ref Token}]}]'],
  ["a managed policy by its name", "Policies: SecretsManagerReadWrite"],
  ["a managed policy by its ARN", 'Policies: ["arn:aws:iam::aws:policy/SecretsManagerReadWrite"]'],
])("a function without a role has one that may read the secret by %s", async (_, policies) => {
  expect(await ofTemplate(READ, policies)).toEqual(["proven"]);
});

test("the role of a function may read what its policies say, and nothing else", async () => {
  expect(
    await ofTemplate(READ, "Policies: [AWSLambdaVPCAccessExecutionRole, {S3ReadPolicy: {BucketName: b}}]"),
  ).toEqual(["certain"]);
});

test.each([
  [
    "a policy template that SAM may have since",
    "Policies: [{VaultReadPolicy: {Name: a}}]",
    "the policy VaultReadPolicy is not in these files",
  ],
  ["a managed policy of the account", "Policies: [!Ref Given]", "Given is not declared"],
  [
    "an event whose policies depend on it",
    "Events: {E: {Type: MQ, Properties: {}}}",
    "the policy of the MQ event is not in these files",
  ],
])("what %s allows is not known", async (_, policies, cause) => {
  expect(await ofTemplate(READ, policies)).toEqual([cause]);
});

test("policy templates for keys and parameters grant what SAM writes for them", async () => {
  const decrypt = "Policies: [{KMSDecryptPolicy: {KeyId: !Ref Key}}]";
  expect(await ofTemplate("secret-decrypt-allowed", decrypt)).toEqual(["proven"]);
  for (const policy of [
    "SSMParameterReadPolicy: {ParameterName: app/setting}",
    "SSMParameterWithSlashPrefixReadPolicy: {ParameterName: /app/setting}",
  ]) {
    expect(await ofTemplate("parameter-read-allowed", `Policies: [{${policy}}]`, { from: SETTING })).toEqual([
      "proven",
    ]);
  }
  const wrong = "Policies: [{SSMParameterReadPolicy: {ParameterName: app/other}}]";
  expect(await ofTemplate("parameter-read-allowed", wrong, { from: SETTING })).toEqual(["certain"]);
});

test("the role is assumed by Lambda, unless the function or its globals say another", async () => {
  const rule = "execution-role-trust";
  expect(await ofTemplate(rule, "Policies: []")).toEqual(["certain"]);
  expect(await ofTemplate(rule, `AssumeRolePolicyDocument: ${TRUST}`)).toEqual(["proven"]);
  const globals = `Globals: {Function: {AssumeRolePolicyDocument: ${TRUST}}}`;
  expect(await ofTemplate(rule, "Policies: []", { globals })).toEqual(["proven"]);
});

test("a function with a role of its own has no other", async () => {
  const own = await ofTemplate(READ, 'Role: "arn:aws:iam::111122223333:role/own"');
  expect(own).toEqual(["LoadRole is not declared"]);
});
