/** What the units of a run say of each other (DESIGN §6), from files to answers. */
import { expect, test } from "vitest";
import { answers } from "./support/answers.ts";

const READ = "secret-read-allowed";

const TRUST = `jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })`;
const GRANT = `jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }] })`;
const NOTHING = `jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })`;

const job = (role: string, secret: string) => `
resource "aws_batch_job_definition" "load" {
  name                 = "load"
  type                 = "container"
  container_properties = jsonencode({
    image            = "load"
    executionRoleArn = ${role}
    secrets          = [{ name = "TOKEN", valueFrom = ${secret} }]
  })
}`;
const BATCH = `
resource "aws_secretsmanager_secret" "token" { name = "load/token" }
resource "aws_iam_role" "load" {
  name               = "load-execution"
  assume_role_policy = ${TRUST}
}${job("aws_iam_role.load.arn", "aws_secretsmanager_secret.token.arn")}`;

const terraform = (more: string) => ({ "load/main.tf": BATCH + more });
const template = (resources: string, top = "") => ({
  "load.yaml": `${top}
Resources:
  Token: {Type: AWS::SecretsManager::Secret, Properties: {Name: load/token}}
  Execution:
    Type: AWS::IAM::Role
    Properties:
      RoleName: load-execution
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]}
  Load:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties: {Image: load, ExecutionRoleArn: !GetAtt Execution.Arn, Secrets: [{Name: TOKEN, ValueFrom: !Ref Token}]}
${resources}`,
});
const attached = (role: string, top = "", action = "secretsmanager:GetSecretValue") => ({
  "more.yaml": `${top}
Resources:
  More:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: more
      Roles: [${role}]
      PolicyDocument: {Statement: [{Effect: Allow, Action: "${action}", Resource: "*"}]}
`,
});
const PARAMETER = "Parameters: {Role: {Type: String}}";

test("a role to which nothing else may add lacks what its policies don't grant", async () => {
  expect(await answers(READ, terraform(""))).toEqual(["certain"]);
  expect(await answers(READ, template(""))).toEqual(["certain"]);
});

test("a policy of another template that is attached to a parameter may be this role's", async () => {
  const open = ["More may or may not be attached to the role"];
  expect(await answers(READ, { ...template(""), ...attached("!Ref Role", PARAMETER) })).toEqual(open);
  expect(await answers(READ, { ...template(""), ...attached("!Sub 'load-${Role}'", PARAMETER) })).toEqual(open);
  expect(await answers(READ, { ...template(""), ...attached("!ImportValue unknown-export") })).toEqual(open);
});

test("a policy that can't fit, or could not help, changes nothing", async () => {
  expect(await answers(READ, { ...template(""), ...attached("!Sub 'other-${Role}'", PARAMETER) })).toEqual(["certain"]);
  expect(await answers(READ, { ...template(""), ...attached("somebody-else") })).toEqual(["certain"]);
  expect(await answers(READ, { ...template(""), ...attached("!Ref Role", PARAMETER, "s3:GetObject") })).toEqual([
    "certain",
  ]);
});

test("a policy of another unit that names the role by its very name proves", async () => {
  expect(await answers(READ, { ...template(""), ...attached("load-execution") })).toEqual(["proven"]);
});

test("a Deny that only a name attaches is no certain error", async () => {
  const grant = `
  Grant: {Type: AWS::IAM::RolePolicy, Properties: {RoleName: !Ref Execution, PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:*", Resource: "*"}]}}}`;
  const deny = attached("load-execution")["more.yaml"].replace("Allow", "Deny");
  expect(await answers(READ, { ...template(grant), "more.yaml": deny })).toEqual([
    "More may or may not be attached to the role",
  ]);
});

test("a policy of an unknown role may be this role's, in Terraform too", async () => {
  const policy = (role: string) => `
variable "role" {}
resource "aws_iam_role_policy" "more" {
  role   = ${role}
  policy = ${GRANT}
}`;
  const open = ["aws_iam_role_policy.more may or may not be attached to the role"];
  expect(await answers(READ, terraform(policy("var.role")))).toEqual(open);
  expect(await answers(READ, terraform(policy('"load-execution"')))).toEqual(["proven"]);
  expect(await answers(READ, terraform(policy("var.role").replace(GRANT, NOTHING)))).toEqual(["certain"]);
});

test("a role that a root declares and looks up is one role", async () => {
  const grant = `
data "aws_iam_role" "same" { name = "load-execution" }
resource "aws_iam_role_policy" "grant" {
  role   = data.aws_iam_role.same.name
  policy = ${GRANT}
}`;
  expect(await answers(READ, terraform(grant))).toEqual(["proven"]);
  expect(await answers(READ, terraform(grant.replace(GRANT, NOTHING)))).toEqual(["certain"]);
});

test("a module that is not in the files may do anything with what it is given", async () => {
  const module = (given: string) => `
module "grants" {
  source = "git::https://example.com/grants.git"
  ${given}
}`;
  const open = ["the module module.grants is not in these files"];
  expect(await answers(READ, terraform(module("role_name = aws_iam_role.load.name")))).toEqual(open);
  expect(await answers(READ, terraform(module("target = aws_iam_role.load.arn")))).toEqual(open);
  expect(await answers(READ, terraform(module("job = { runs_as = aws_iam_role.load }")))).toEqual(open);
  expect(await answers(READ, terraform(module("secret_arns = [aws_secretsmanager_secret.token.arn]")))).toEqual(open);
  expect(await answers(READ, terraform(module('name = "load-execution"')))).toEqual(["certain"]);
  expect(await answers(READ, terraform(module("image = aws_iam_role.load.unique_id")))).toEqual(["certain"]);
});

test.each([
  [
    "nested stack NAME is not in these files",
    "aws_cloudformation_stack",
    'template_url = "https://x/y"\n parameters = GIVEN',
  ],
  ["nested stack NAME is not in these files", "aws_cloudformation_stack_set", "parameters = GIVEN"],
  ["template in NAME is not followed", "aws_cloudformation_stack", "template_body = jsonencode({ Roles = GIVEN })"],
  ["template in NAME is not followed", "aws_cloudformation_stack", 'template_body = "Roles:\\n  - ROLE\\n"'],
  ["NAME runs code that is not in these files", "aws_lambda_invocation", "input = jsonencode(GIVEN)"],
  [
    "NAME runs code that is not in these files",
    "null_resource",
    'provisioner "local-exec" {\n command = "aws iam attach-role-policy --role-name ROLE --policy-arn x"\n }',
  ],
  [
    "NAME runs code that is not in these files",
    "shell_script",
    'lifecycle_commands {\n create = "./attach.sh ROLE"\n delete = "true"\n }',
  ],
])("what a root hands to a template or to code may get a policy there: %s by %s", async (says, type, written) => {
  const resource = (role: string) => `
resource "${type}" "other" {
  ${written.replace("GIVEN", `{ role = ${role} }`).replace("ROLE", `\${${role}}`)}
}`;
  const [answer, ...others] = await answers(READ, terraform(resource("aws_iam_role.load.name")));
  expect(others).toEqual([]);
  expect(answer).toContain(says.replace("NAME", `${type}.other`));
  expect(await answers(READ, terraform(resource("aws_iam_role.load.unique_id")))).toEqual(["certain"]);
});

test.each([
  ["aws_lambda_invoke", 'function_name = "grant"\n payload = jsonencode({ role = ROLE })'],
  ["local_command", 'command = "aws"\n arguments = ["iam", "attach-role-policy", "--role-name", ROLE]'],
])("an action may add a policy to the role that it is given: %s", async (type, written) => {
  const action = (role: string) => `\naction "${type}" "other" {\n config {\n ${written.replace("ROLE", role)}\n }\n}`;
  const [answer] = await answers(READ, terraform(action("aws_iam_role.load.name")));
  expect(answer).toContain(`action.${type}.other runs code`);
  expect(await answers(READ, terraform(action("aws_iam_role.load.unique_id")))).toEqual(["certain"]);
});

test.each([
  ["of what triggers them", "triggers = { x = aws_iam_role.load.name }", "${self.triggers.x}", "null_resource"],
  ["in a resource of any type", 'name = "load"', "${aws_iam_role.load.name}", "aws_sqs_queue"],
  ["by a name as it is", 'input = "load"', "load-execution", "terraform_data"],
])("a provisioner may add a policy to the role that its command names: %s", async (_, given, role, type) => {
  const resource = (named: string) => `
resource "${type}" "other" {
  ${given}
  provisioner "local-exec" {
    command = "aws iam attach-role-policy --role-name ${named} --policy-arn x"
  }
}`;
  const open = [`${type}.other runs code that is not in these files`];
  expect(await answers(READ, terraform(resource(role)))).toEqual(open);
  expect(await answers(READ, terraform(resource("other")))).toEqual(["certain"]);
});

test("a program of a data source may add a policy if it says that it does", async () => {
  const program = (command: string) => `
data "external" "other" {
  program = ["sh", "-c", "${command}"]
  query   = { role = aws_iam_role.load.name }
}`;
  const attach = "aws iam attach-role-policy --role-name $ROLE --policy-arn x";
  expect(await answers(READ, terraform(program(attach)))).toEqual([
    "data.external.other runs code that is not in these files",
  ]);
  expect(await answers(READ, terraform(program("aws iam get-role --role-name $ROLE")))).toEqual(["certain"]);
});

test("a provisioner knows its own resource", async () => {
  const provisioned = (opening: string, command: string) => ({
    "load/main.tf": BATCH.replace(opening, `${opening}\n  provisioner "local-exec" { command = "${command}" }\n `),
  });
  const role = 'resource "aws_iam_role" "load" {';
  expect(await answers(READ, provisioned(role, "aws iam attach-role-policy --role-name ${self.name}"))).toEqual([
    "aws_iam_role.load runs code that is not in these files",
  ]);
  expect(await answers(READ, provisioned(role, "echo ${self.unique_id}"))).toEqual(["certain"]);
  const spread = BATCH.replace('{ name = "load/token" }', '{\n  name = "load/token"\n}');
  const secret = 'resource "aws_secretsmanager_secret" "token" {';
  const command = "aws secretsmanager put-resource-policy --secret-id ${self.arn}";
  const files = {
    "load/main.tf": spread.replace(secret, `${secret}\n  provisioner "local-exec" { command = "${command}" }`),
  };
  expect(await answers(READ, files)).toEqual(["aws_secretsmanager_secret.token runs code that is not in these files"]);
});

test("a script may attach a policy to a role that is declared elsewhere", async () => {
  const script = (role: string, policy: string) => ({
    "roles/attach.sh": `#!/bin/sh
aws iam attach-role-policy --role-name ${role} --policy-arn arn:aws:iam::aws:policy/${policy}
`,
  });
  const given = async (role: string, policy: string) =>
    await answers(READ, { ...terraform(""), ...script(role, policy) });
  expect(await given("load-execution", "SecretsManagerReadWrite")).toEqual(["proven"]);
  expect(await given("load-execution", "AmazonS3ReadOnlyAccess")).toEqual(["certain"]);
  expect(await given("other", "SecretsManagerReadWrite")).toEqual(["certain"]);
});

test("nested stacks, modules and custom resources that are not read may do anything with what they are given", async () => {
  const resource = (type: string, properties: string) => `
  Grants: {Type: "${type}", Properties: {${properties}}}`;
  const nested = "TemplateURL: https://example.com/grants.yaml, Parameters: ";
  expect(
    await answers(READ, template(resource("AWS::CloudFormation::Stack", `${nested}{Role: !Ref Execution}`))),
  ).toEqual(["the nested stack Grants is not in these files"]);
  expect(await answers(READ, template(resource("Org::Team::Grant::MODULE", "Role: !GetAtt Execution.Arn")))).toEqual([
    "the module Grants is not in these files",
  ]);
  for (const given of ["!Ref Execution", '!Join [",", [!Ref Execution, other]]', '!Sub "role:${Execution}"']) {
    expect(await answers(READ, template(resource("Custom::Grant", `RoleName: ${given}`)))).toEqual([
      "Grants runs code that is not in these files",
    ]);
  }
  expect(
    await answers(READ, template(resource("AWS::CloudFormation::Stack", `${nested}{Queue: load-execution}`))),
  ).toEqual(["certain"]);
  expect(await answers(READ, template(resource("AWS::SNS::Topic", "TopicName: !Ref Execution")))).toEqual(["certain"]);
});

test("a macro may add a policy to every role of its template; a transform that is known does not", async () => {
  expect(await answers(READ, template("", "Transform: AddGrants"))).toEqual([
    "the macro AddGrants may change the template",
  ]);
  expect(
    await answers(READ, template("", "Transform: [{Name: 'AWS::Include', Parameters: {Location: s3://x}}]")),
  ).toEqual(["the macro AWS::Include may change the template"]);
  expect(await answers(READ, template("", "Transform: AWS::LanguageExtensions"))).toEqual(["certain"]);
  expect(await answers(READ, template("", "Transform: AWS::Serverless-2016-10-31"))).toEqual(["certain"]);
});

test("a resource policy in another template may be of this secret", async () => {
  const policy = (secret: string) => ({
    "more.yaml": `
Parameters: {Secret: {Type: String}}
Resources:
  Shared:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: ${secret}
      ResourcePolicy: {Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*", Principal: "*"}]}
`,
  });
  expect(await answers(READ, { ...template(""), ...policy("!Ref Secret") })).toEqual([
    "Shared.ResourcePolicy may or may not apply to it",
  ]);
  expect(await answers(READ, { ...template(""), ...policy("load/other") })).toEqual(["certain"]);
  expect(await answers(READ, { ...template(""), ...policy("load/token") })).toEqual(["proven"]);
});

test("a grant or a policy of a key in another root may be of this key", async () => {
  const batch = BATCH.replace(
    '{ name = "load/token" }',
    '{\n  name       = "load/token"\n  kms_key_id = aws_kms_key.own.arn\n}',
  );
  const own = `
resource "aws_kms_key" "own" {}
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.load.id
  policy = ${GRANT}
}`;
  const module = `
module "keys" {
  source = "git::https://example.com/keys.git"
  key_id = aws_kms_key.own.key_id
}`;
  const grant = (key: string) => `
variable "key" {}
resource "aws_kms_grant" "more" {
  key_id            = ${key}
  grantee_principal = aws_iam_role.load.arn
  operations        = ["Decrypt"]
}`;
  const decrypt = (more: string) => answers("secret-decrypt-allowed", { "load/main.tf": batch + own + more });
  expect(await decrypt("")).toEqual(["certain"]);
  expect(await decrypt(module)).toEqual(["the module module.keys is not in these files"]);
  expect(await decrypt(grant("var.key"))).toEqual(["aws_kms_grant.more may or may not apply to it"]);
  expect(await decrypt(grant("aws_kms_key.own.key_id"))).toEqual(["proven"]);
});

test("an endpoint of another template may be in this network, and so may what an unread module makes", async () => {
  const network = `
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}
  Logs: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcEndpointType: Interface, VpcId: !Ref Vpc, ServiceName: !Sub "com.amazonaws.\${AWS::Region}.logs", PrivateDnsEnabled: true}}
  Environment: {Type: AWS::Batch::ComputeEnvironment, Properties: {Type: MANAGED, ComputeResources: {Type: EC2, Subnets: [!Ref Subnet]}}}`;
  const elsewhere = (vpc: string, service: string) => ({
    "more.yaml": `
Parameters: {Vpc: {Type: String}}
Resources:
  More: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcEndpointType: Interface, VpcId: ${vpc}, ServiceName: com.amazonaws.eu-west-1.${service}, PrivateDnsEnabled: true}}
  Other: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
`,
  });
  const present = (more: Record<string, string>) => answers("vpc-endpoint-present", { ...template(network), ...more });
  expect(await present({})).toEqual(["certain"]);
  for (const vpc of ["!Ref Vpc", "vpc-0123456789abcdef0", "!ImportValue vpc"]) {
    expect(await present(elsewhere(vpc, "secretsmanager"))).toEqual(["More may or may not be in this network"]);
  }
  expect(await present(elsewhere("!Ref Other", "secretsmanager"))).toEqual(["certain"]);
  expect(await present(elsewhere("!Ref Vpc", "sqs"))).toEqual(["certain"]);
  const nested = `
  Endpoints: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://example.com/x, Parameters: {Network: !Ref Vpc}}}`;
  expect(await answers("vpc-endpoint-present", template(network + nested))).toEqual([
    "the nested stack Endpoints is not in these files",
  ]);
});

const role = (more = "") => `
resource "aws_iam_role" "load" {
  name               = "load-execution"
  assume_role_policy = ${TRUST}
}
${more}`;
const read = (name: string) => `
resource "aws_iam_role_policy" "read" {
  role   = ${name}
  policy = ${GRANT}
}`;
const SECRET = 'resource "aws_secretsmanager_secret" "token" { name = "load/token" }';

test("a role of a root without jobs is found by the name that the job's root gives", async () => {
  const named = [
    'data "aws_iam_role" "load" { name = "load-execution" }',
    'locals { role = "arn:aws:iam::123456789012:role/load-execution" }',
  ];
  const expressions = ["data.aws_iam_role.load.arn", "local.role"];
  for (const [index, expression] of expressions.entries()) {
    const jobs = {
      "jobs/main.tf": `${SECRET}\n${named[index]}${job(expression, "aws_secretsmanager_secret.token.arn")}`,
    };
    expect(await answers(READ, { ...jobs, "iam/main.tf": role(read("aws_iam_role.load.id")) })).toEqual(["proven"]);
    expect(await answers(READ, { ...jobs, "iam/main.tf": role() })).toEqual([
      "aws_iam_role.load may or may not be that role",
    ]);
  }
});

test("a root without jobs may grant what a role lacks", async () => {
  expect(await answers(READ, { ...terraform(""), "iam/main.tf": read('"load-execution"') })).toEqual(["proven"]);
  expect(await answers(READ, { ...terraform(""), "iam/main.tf": read('"other"') })).toEqual(["certain"]);
});

test("a root that needs inputs may be a module for others: what it declares may be there", async () => {
  const files = { ...terraform(""), "iam/main.tf": `variable "role" {}${read("var.role")}` };
  expect(await answers(READ, files)).toEqual(["var.role has no value in these files"]);
  expect(await answers(READ, { ...files, "iam/terraform.tfvars": 'role = "load-execution"' })).toEqual(["proven"]);
  const named = { ...terraform(""), "iam/main.tf": `variable "team" {}${read('"load-execution"')}` };
  expect(await answers(READ, named)).toEqual(["var.team has no value in these files"]);
});

test("a role with the name of an ARN and another path is another role", async () => {
  const named = (path: string) => ({
    "jobs/main.tf": `${SECRET}${job(`"arn:aws:iam::123456789012:role${path}load-execution"`, "aws_secretsmanager_secret.token.arn")}`,
    "iam/main.tf": role(read("aws_iam_role.load.id")).replace('load-execution"', 'load-execution"\n  path = "/jobs/"'),
  });
  expect(await answers(READ, named("/jobs/"))).toEqual(["proven"]);
  expect(await answers(READ, named("/"))).toEqual([
    "the role arn:aws:iam::123456789012:role/load-execution is not declared in these files",
  ]);
});

test("nothing is reported about a root without jobs itself", async () => {
  const open = read("var.role").replace(
    GRANT,
    GRANT.replace("secretsmanager:GetSecretValue", "kms:Decrypt").replace(
      '"*" }]',
      '"arn:aws:secretsmanager:*:*:secret:x" }]',
    ),
  );
  const files = { ...terraform(""), "iam/main.tf": `variable "role" { default = "load-execution" }${open}` };
  expect(await answers("kms-resource-present", files)).toEqual([]);
  expect(await answers("kms-resource-present", terraform(open.replace("var.role", "aws_iam_role.load.id")))).toEqual([
    "certain",
  ]);
});

test("a secret that another root or template declares is found by its name; what that says is likely at most", async () => {
  const decrypt = (files: Record<string, string>) => answers("secret-decrypt-allowed", files);
  const jobs = (secret: string) => ({
    "jobs/main.tf": `
data "aws_secretsmanager_secret" "token" { name = "load/token" }
${role(read("aws_iam_role.load.id"))}${job("aws_iam_role.load.arn", secret)}`,
  });
  const declared = {
    "secrets/main.tf": `
resource "aws_kms_key" "own" {}
resource "aws_secretsmanager_secret" "token" {
  name       = "load/token"
  kms_key_id = aws_kms_key.own.arn
}`,
  };
  const arn = '"arn:aws:secretsmanager:eu-west-1:123456789012:secret:load/token-a1B2c3"';
  expect(await decrypt({ ...jobs("data.aws_secretsmanager_secret.token.arn"), ...declared })).toEqual(["likely"]);
  expect(await decrypt({ ...jobs(arn), ...declared })).toEqual(["likely"]);
  expect(await decrypt({ ...jobs(arn.replace("load/token", "load/other")), ...declared })).toEqual([]);
  const other = declared["secrets/main.tf"].replace("load/token", "load/tokens");
  // Where only its name is known, its key is outside of what the files show.
  expect(await decrypt({ ...jobs("data.aws_secretsmanager_secret.token.arn"), "secrets/main.tf": other })).toEqual([]);
  const template = `
Resources:
  Own: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Action: "kms:*", Resource: "*", Principal: {AWS: "arn:aws:iam::123456789012:root"}}]}}}
  Token: {Type: AWS::SecretsManager::Secret, Properties: {Name: load/token, KmsKeyId: !Ref Own}}
`;
  expect(await decrypt({ ...jobs(arn), "secrets.yaml": template })).toEqual(["likely"]);
});

test("a parameter that another root declares is found by the name by which it is looked up", async () => {
  const decrypt = (name: string) =>
    answers("secret-decrypt-allowed", {
      "jobs/main.tf": `
data "aws_ssm_parameter" "token" { name = "${name}" }
${role(read("aws_iam_role.load.id"))}${job("aws_iam_role.load.arn", "data.aws_ssm_parameter.token.arn")}`,
      "parameters/main.tf": `
resource "aws_kms_key" "own" {}
resource "aws_ssm_parameter" "token" {
  name   = "/load/token"
  type   = "SecureString"
  key_id = aws_kms_key.own.arn
  value  = "x"
}`,
    });
  expect(await decrypt("/load/token")).toEqual(["likely"]);
  expect(await decrypt("/load/other")).toEqual([]);
});

test("looking up a secret that the root declares leaves its key known", async () => {
  const looked = '\ndata "aws_secretsmanager_secret" "same" { name = "load/token" }';
  expect(await answers("secret-decrypt-allowed", terraform(looked))).toEqual([]);
});

test("a role that is declared nowhere is named by its name where no file shows its account", async () => {
  const jobs = `
data "aws_caller_identity" "own" {}
locals { role = "arn:aws:iam::\${data.aws_caller_identity.own.account_id}:role/team/elsewhere" }
${SECRET}${job("local.role", "aws_secretsmanager_secret.token.arn")}`;
  expect(await answers(READ, { "main.tf": jobs })).toEqual(["the role elsewhere is not declared in these files"]);
});

test("a secret whose name AWS makes is read by its own ARN", async () => {
  const batch = BATCH.replace('name = "load/token"', 'name_prefix = "load/"');
  const grant = `
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.load.id
  policy = ${GRANT.replace('"*"', "aws_secretsmanager_secret.token.arn")}
}`;
  expect(await answers(READ, { "load/main.tf": batch + grant })).toEqual(["proven"]);
  expect(await answers(READ, { "load/main.tf": batch })).toEqual(["certain"]);
});

test("a root module that declares the role of a job in another format is read", async () => {
  const role = `
provider "aws" { region = "eu-west-1" }
resource "aws_iam_role" "load" {
  name               = "load-execution"
  assume_role_policy = ${TRUST}
}
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.load.id
  policy = ${GRANT}
}`;
  const arn = "arn:aws:iam::111122223333:role/load-execution";
  const secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:load/token-AbCdEf";
  const properties = { image: "load", executionRoleArn: arn, secrets: [{ name: "TOKEN", valueFrom: secret }] };
  const raw = JSON.stringify({ jobDefinitionName: "load", type: "container", containerProperties: properties });
  const stack = `
Resources:
  Load:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties: {Image: load, ExecutionRoleArn: ${arn}, Secrets: [{Name: TOKEN, ValueFrom: "${secret}"}]}
`;
  for (const [path, text] of [
    ["jobs/load.json", raw],
    ["jobs/load.yaml", stack],
  ] as const) {
    expect(await answers(READ, { [path]: text })).not.toContain("proven");
    expect(await answers(READ, { [path]: text, "iam/main.tf": role })).toEqual(["proven"]);
    const other = role.replace("load-execution", "another");
    expect(await answers(READ, { [path]: text, "iam/main.tf": other })).not.toContain("proven");
  }
});

test("a role whose ARN another unit stores in a parameter may prove a grant, but never that one is missing", async () => {
  const iam = (policy: string, stored = "aws_iam_role.load.arn") => `
resource "aws_iam_role" "load" {
  name_prefix        = "load"
  assume_role_policy = ${TRUST}
}
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.load.id
  policy = ${policy}
}
resource "aws_ssm_parameter" "role" {
  name  = "/load/role"
  type  = "String"
  value = ${stored}
}`;
  const jobs = `
resource "aws_secretsmanager_secret" "token" { name = "load/token" }
data "aws_ssm_parameter" "role" { name = "/load/role" }
${job("data.aws_ssm_parameter.role.value", "aws_secretsmanager_secret.token.arn")}`;
  const read = (files: Record<string, string>) => answers(READ, { "jobs/main.tf": jobs, ...files });
  expect(await read({ "iam/main.tf": iam(GRANT) })).toEqual(["proven"]);
  expect(await read({ "iam/main.tf": iam(NOTHING) })).toEqual(["aws_iam_role.load may or may not be that role"]);
  expect(await read({ "iam/main.tf": iam(GRANT).replace("/load/role", "/other") })).not.toContain("proven");
  expect(await read({ "iam/main.tf": iam(GRANT, '"none"') })).not.toContain("proven");
  const stack = `
Resources:
  Load:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*"}]}}]
  Stored: {Type: AWS::SSM::Parameter, Properties: {Name: /load/role, Type: String, Value: !GetAtt Load.Arn}}
`;
  expect(await read({ "iam.yaml": stack })).toEqual(["proven"]);
});

test("a trust policy that may not be there is an open question about what decides it", async () => {
  const counted = BATCH.replace('resource "aws_iam_role" "load" {', "$&\n  count = var.made ? 1 : 0")
    .replace("aws_iam_role.load.arn", "aws_iam_role.load[0].arn")
    .concat('\nvariable "made" { type = bool }\n');
  // A role that is named is there, and its trust policy with it.
  expect(await answers("execution-role-trust", { "load/main.tf": counted })).toEqual(["proven"]);
  const trusted = `{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}`;
  const top = "Parameters: {Made: {Type: String}}\nConditions: {IsMade: !Equals [!Ref Made, yes]}";
  const stack = template("", top)["load.yaml"].replace(trusted, `!If [IsMade, ${trusted}, !Ref AWS::NoValue]`);
  expect(await answers("execution-role-trust", { "load.yaml": stack })).toEqual([
    "the parameter Made has no value in these files",
  ]);
});

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:load/token-Ab12Cd";
const named = (more: string, grants = NOTHING) => ({
  "load/main.tf": `
resource "aws_iam_role" "load" {
  name               = "load-execution"
  assume_role_policy = ${TRUST}
}
resource "aws_iam_role_policy" "load" {
  role   = aws_iam_role.load.name
  policy = ${grants}
}${job("aws_iam_role.load.arn", `"${ARN}"`)}${more}`,
});
const of = (secret: string, effect: string) => `
resource "aws_secretsmanager_secret_policy" "token" {
  secret_arn = "${secret}"
  policy     = jsonencode({ Statement = [{ Effect = "${effect}", Principal = { AWS = aws_iam_role.load.arn }, Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
}`;

test("the policy of a secret that nothing declares counts", async () => {
  expect(await answers(READ, named(""))).toEqual(["certain"]);
  expect(await answers(READ, named(of(ARN, "Allow")))).toEqual(["proven"]);
  expect(await answers(READ, named(of(ARN, "Deny"), GRANT))).toEqual(["certain"]);
  expect(await answers(READ, named(of(ARN.replace("token", "other"), "Allow")))).toEqual(["certain"]);
  const stack = (secret: string) => `
Resources:
  Read:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: ${secret}
      ResourcePolicy: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "secretsmanager:GetSecretValue", Resource: "*"}]}
`;
  expect(await answers(READ, { ...named(""), "grants.yaml": stack(ARN) })).toEqual(["proven"]);
  expect(await answers(READ, { ...named(""), "grants.yaml": stack("load/token") })).not.toContain("certain");
});

test("nothing is known of the key of a secret that nothing declares", async () => {
  expect(await answers("secret-decrypt-allowed", named(of(ARN, "Allow"), GRANT))).toEqual([]);
  const role = 'executionRoleArn = "arn:aws:iam::444455556666:role/load"';
  const text = named(of(ARN, "Allow"))["load/main.tf"].replace(/executionRoleArn = \S+/, role);
  expect(await answers("cross-account-secret-key", { "load/main.tf": text })).toEqual([]);
});

test("the policy of a key that nothing declares decides who may use it", async () => {
  const id = "1234abcd-12ab-34cd-56ef-1234567890ab";
  const policy = (principal: string) => `
resource "aws_kms_key_policy" "own" {
  key_id = "${id}"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = ${principal} }, Action = "kms:*", Resource = "*" }] })
}`;
  const encrypted = (more: string) => ({
    "load/main.tf": `${BATCH.replace(
      /{ name = "load.token" }/,
      `{
  name = "load/token"
  kms_key_id = "${id}"
}`,
    )}${more}`,
  });
  const decrypts = async (principal: string) => answers("secret-decrypt-allowed", encrypted(policy(principal)));
  expect(await decrypts("aws_iam_role.load.arn")).toEqual(["proven"]);
  expect(await decrypts('"arn:aws:iam::111122223333:role/admin"')).toEqual(["certain"]);
});
