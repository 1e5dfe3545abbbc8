/** What a root module looks up or imports although it declares it, from files to answers. */
import { expect, test } from "vitest";
import { answers } from "./support/answers.ts";

const allow = (action: string, resource: string) =>
  `jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = ${resource} }] })`;
const root = (more: string, secret = "aws_secretsmanager_secret.token.arn") => ({
  "main.tf": `
resource "aws_kms_key" "own" {}
resource "aws_kms_alias" "own" {
  name          = "alias/load"
  target_key_id = aws_kms_key.own.key_id
}
resource "aws_secretsmanager_secret" "token" {
  name       = "load/token"
  kms_key_id = aws_kms_key.own.arn
}
resource "aws_iam_role" "load" {
  name               = "load"
  assume_role_policy = ${allow("sts:AssumeRole", '"*"')}
}
resource "aws_batch_job_definition" "load" {
  name                 = "load"
  type                 = "container"
  container_properties = jsonencode({
    image            = "load"
    executionRoleArn = aws_iam_role.load.arn
    secrets          = [{ name = "TOKEN", valueFrom = ${secret} }]
  })
}
${more}`,
});
const policy = (name: string, action: string, resource: string) => `
resource "aws_iam_role_policy" "${name}" {
  role   = aws_iam_role.load.id
  policy = ${allow(action, resource)}
}`;

const DECRYPT = "secret-decrypt-allowed";
const READ = "secret-read-allowed";

test.each([
  ["by an alias that is named", 'data "aws_kms_alias" "a" { name = aws_kms_alias.own.name }', "target_key_arn"],
  ["by the words of an alias", 'data "aws_kms_alias" "a" { name = "alias/load" }', "target_key_arn"],
  ["as the key of an alias", 'data "aws_kms_key" "a" { key_id = "alias/load" }', "arn"],
  ["as the key with its id", 'data "aws_kms_key" "a" { key_id = aws_kms_key.own.id }', "arn"],
])("a key that is looked up %s is the declared one", async (_, data, attribute) => {
  const type = data.split('"')[1];
  const granted = policy("k", "kms:Decrypt", `data.${type}.a.${attribute}`);
  expect(await answers(DECRYPT, root(data + granted))).toEqual(["proven"]);
  const encrypted = root(data + policy("k", "kms:Decrypt", "aws_kms_key.own.arn"));
  const text = encrypted["main.tf"].replace("= aws_kms_key.own.arn\n}", `= data.${type}.a.${attribute}\n}`);
  expect(await answers(DECRYPT, { "main.tf": text })).toEqual(["proven"]);
});

test("a key that is looked up by another alias may be any", async () => {
  const data = 'data "aws_kms_alias" "a" { name = "alias/other" }';
  const granted = policy("k", "kms:Decrypt", "data.aws_kms_alias.a.target_key_arn");
  expect(await answers(DECRYPT, root(data + granted))).not.toContain("proven");
});

test.each([
  ['data "aws_kms_alias" "a" { name = "alias/aws/secretsmanager" }', "target_key_arn"],
  ['data "aws_kms_alias" "a" { name = "alias/aws/secretsmanager" }', "target_key_id"],
  ['data "aws_kms_key" "a" { key_id = "alias/aws/secretsmanager" }', "arn"],
])("a key of AWS's own that is looked up needs no grant: %s, %s", async (data, attribute) => {
  const type = data.split('"')[1];
  const text = root(data)["main.tf"].replace("= aws_kms_key.own.arn\n}", `= data.${type}.a.${attribute}\n}`);
  expect(await answers(DECRYPT, { "main.tf": text })).toEqual([]);
});

test("a secret that is looked up by its name is the declared one", async () => {
  const data = 'data "aws_secretsmanager_secret" "s" { name = aws_secretsmanager_secret.token.name }';
  const granted = policy("s", "secretsmanager:GetSecretValue", "data.aws_secretsmanager_secret.s.arn");
  expect(await answers(READ, root(data + granted))).toEqual(["proven"]);
  const literal = data.replace("aws_secretsmanager_secret.token.name", '"load/token"');
  const own = policy("s", "secretsmanager:GetSecretValue", "aws_secretsmanager_secret.token.arn");
  expect(await answers(READ, root(literal + own, "data.aws_secretsmanager_secret.s.arn"))).toEqual(["proven"]);
  const other = data.replace("aws_secretsmanager_secret.token.name", '"load/other"');
  expect(await answers(READ, root(other + granted))).not.toContain("proven");
});

test("a secret that is looked up by an ARN in place of its name is the declared one", async () => {
  const data = 'data "aws_secretsmanager_secret" "s" { name = aws_secretsmanager_secret.token.id }';
  const arn = "data.aws_secretsmanager_secret.s.arn";
  const granted = policy("s", "secretsmanager:GetSecretValue", arn);
  expect(await answers(READ, root(data + granted))).toEqual(["proven"]);
  expect(await answers(READ, root(data + granted, arn))).toEqual(["proven"]);
  expect(await answers("secret-selector-format", root(data, arn))).toEqual(["proven"]);
});

test.each(["aws_db_instance", "aws_rds_cluster"])("the secret of %s that is looked up is a secret", async (type) => {
  const arn = `data.${type}.d.master_user_secret[0].secret_arn`;
  const data = `data "${type}" "d" {}`;
  const granted = policy("s", "secretsmanager:GetSecretValue", arn);
  expect(await answers(READ, root(data + granted, arn))).toEqual(["proven"]);
  expect(await answers("secret-selector-format", root(data, `"\${${arn}}:password"`))).toEqual(["certain"]);
});

const ARN = '"arn:aws:secretsmanager:eu-west-1:111122223333:secret:load/token-AbCdEf"';

test.each([
  ["", `import {\n  to = aws_secretsmanager_secret.token\n  id = ${ARN}\n}`],
  [" by a local", `locals { id = ${ARN} }\nimport {\n  to = aws_secretsmanager_secret.token\n  id = local.id\n}`],
  [" by an identity", `import {\n  to = aws_secretsmanager_secret.token\n  identity = { arn = ${ARN} }\n}`],
])("a secret that is imported%s has the ARN that it is imported by", async (_, code) => {
  const granted = policy("s", "secretsmanager:GetSecretValue", ARN);
  expect(await answers(READ, root(code + granted))).toEqual(["proven"]);
  const other = granted.replace("token-AbCdEf", "token-FeDcBa");
  expect(await answers(READ, root(code + other))).toEqual(["certain"]);
});

test("the instances of a repeated import have the ARNs that they are imported by", async () => {
  const secrets = `import {
  for_each = { token = ${ARN} }
  to       = aws_secretsmanager_secret.all[each.key]
  id       = each.value
}
resource "aws_secretsmanager_secret" "all" {
  for_each = toset(["token", "other"])
  name     = "load/\${each.key}"
}
`;
  const granted = policy("s", "secretsmanager:GetSecretValue", ARN);
  const read = (key: string) => answers(READ, root(secrets + granted, `aws_secretsmanager_secret.all["${key}"].arn`));
  expect(await read("token")).toEqual(["proven"]);
  expect(await read("other")).not.toContain("proven");
});

test("a key that is imported has the id that it is imported by", async () => {
  const code = 'import {\n  to = aws_kms_key.own\n  id = "1234abcd-12ab-34cd-56ef-1234567890ab"\n}';
  const arn = '"arn:aws:kms:*:*:key/1234abcd-12ab-34cd-56ef-1234567890ab"';
  expect(await answers(DECRYPT, root(code + policy("k", "kms:Decrypt", arn)))).toEqual(["proven"]);
});

const placed = (region: string) =>
  `provider "aws" {\n  region              = "${region}"\n  allowed_account_ids = ["111122223333"]\n}\n`;
const keys = (policy = "") => `
resource "aws_kms_key" "shared" { ${policy} }
resource "aws_kms_alias" "shared" {
  name          = "alias/shared"
  target_key_id = aws_kms_key.shared.key_id
}`;
const ALIAS = 'data "aws_kms_alias" "a" { name = "alias/shared" }';
const withKey = (key: string, more: string) => ({
  "load/main.tf": root(more)["main.tf"].replace("kms_key_id = aws_kms_key.own.arn", `kms_key_id = ${key}`),
});
const SHARED_STACK = `
Resources:
  Shared: {Type: AWS::KMS::Key, Properties: {}}
  Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/shared, TargetKeyId: !Ref Shared}}
`;
const LOOKED_UP = "data.aws_kms_alias.a.target_key_arn";

test.each([
  ["that is looked up", LOOKED_UP, LOOKED_UP],
  ["by its name", '"alias/shared"', '"*"'],
  ["by its ARN", '"arn:aws:kms:eu-west-1:111122223333:alias/shared"', '"*"'],
])("a key of another unit is found by an alias %s, and what is wrong with it is likely", async (_, key, granted) => {
  const decrypting = policy("k", "kms:Decrypt", granted);
  const files = { "keys/main.tf": keys(), ...withKey(key, ALIAS) };
  expect(await answers(DECRYPT, files)).toEqual(["likely"]);
  expect(await answers(DECRYPT, { "keys.yaml": SHARED_STACK, ...withKey(key, ALIAS) })).toEqual(["likely"]);
  expect(await answers(DECRYPT, { ...files, ...withKey(key, ALIAS + decrypting) })).toEqual(["proven"]);
  const closed = keys(`policy = ${allow("kms:*", '"*"').replace("Action", 'Principal = { AWS = "x" }, Action')}`);
  expect(await answers(DECRYPT, { "keys/main.tf": closed, ...withKey(key, ALIAS + decrypting) })).toEqual(["likely"]);
  const off = { ...files, "keys/main.tf": keys("is_enabled = false") };
  expect(await answers("secret-and-key-available", off)).toEqual(["likely"]);
});

test("a key of another Region is none that an alias means", async () => {
  const found = async (region: string) => {
    const load = withKey('"alias/shared"', "")["load/main.tf"];
    return answers(DECRYPT, {
      "keys/main.tf": placed(region) + keys(),
      "load/main.tf": placed("eu-west-1") + load,
    });
  };
  expect(await found("eu-west-1")).toEqual(["likely"]);
  expect(await found("us-east-1")).toEqual(["the key alias/shared is not declared in these files"]);
});

test("a key that is handed over through the parameter store is found", async () => {
  const stored = `${keys()}
resource "aws_ssm_parameter" "key" {
  name  = "/shared/key"
  type  = "String"
  value = aws_kms_key.shared.arn
}`;
  const data = 'data "aws_ssm_parameter" "key" { name = "/shared/key" }';
  const key = "data.aws_ssm_parameter.key.value";
  expect(await answers(DECRYPT, { "keys/main.tf": stored, ...withKey(key, data) })).toEqual(["likely"]);
  const granted = data + policy("k", "kms:Decrypt", key);
  expect(await answers(DECRYPT, { "keys/main.tf": stored, ...withKey(key, granted) })).toEqual(["proven"]);
});

test("a policy that is made for whichever secrets are given is there when one surely is", async () => {
  const given = (arns: string) => `
variable "other" { default = "" }
data "aws_secretsmanager_secret" "other" {
  count = var.other == "" ? 0 : 1
  name  = var.other
}
locals {
  arns = ${arns}
}
resource "aws_iam_role_policy" "read" {
  count  = length(local.arns) > 0 ? 1 : 0
  role   = aws_iam_role.load.id
  policy = ${allow("secretsmanager:GetSecretValue", "local.arns")}
}`;
  const other = 'var.other == "" ? "" : data.aws_secretsmanager_secret.other[0].arn';
  const token = "aws_secretsmanager_secret.token.arn";
  expect(await answers(READ, root(given(`compact([${token}, ${other}])`)))).toEqual(["proven"]);
  const [open] = await answers(READ, root(given(`compact([${other}])`)));
  expect(open).toContain("var.other");
  expect(await answers(READ, root(given(`sort(compact([${token}, ${other}]))`)))).toEqual(["proven"]);
});

test("the value of a parameter that is looked up by the name of an encrypted one is as secret", async () => {
  const found = (name: string, type: string) =>
    answers("no-resolved-secrets", {
      "main.tf": `${root("")["main.tf"].replace("secrets ", 'environment = [{ name = "SETTINGS", value = data.aws_ssm_parameter.s.value }]\n    secrets ')}
resource "aws_ssm_parameter" "s" {
  name  = "/load/settings"
  type  = "${type}"
  value = var.settings
}
variable "settings" {}
data "aws_ssm_parameter" "s" { name = ${name} }`,
    });
  expect(await found('"/load/settings"', "SecureString")).toEqual(["likely"]);
  expect(await found("aws_ssm_parameter.s.name", "SecureString")).toEqual(["likely"]);
  expect(await found("aws_ssm_parameter.s.name", "String")).toEqual([]);
  expect(await found('"/load/other"', "SecureString")).toEqual([]);
});

/** A provider of an account, and what is looked up or made with it. */
const inAccount = (account: string, code: string) =>
  `provider "aws" {\n  region              = "eu-west-1"\n  allowed_account_ids = ["${account}"]\n}\n${code}`;
const OURS = "111122223333";
const THEIRS = "444455556666";
const ROLE = `
resource "aws_iam_role" "load" {
  name               = "load"
  path               = "/jobs/"
  assume_role_policy = ${allow("sts:AssumeRole", '"*"')}
}`;
const READS = policy("read", "secretsmanager:GetSecretValue", '"*"');
/** The job of the root in our account, with another role. */
const jobWith = (role: string, more: string) => ({
  "load/main.tf": inAccount(
    OURS,
    root(more)
      ["main.tf"].replace(/resource "aws_iam_role"[\s\S]*?\n}\n/, "")
      .replace("aws_iam_role.load.arn", role),
  ),
});
const LOOKED_UP_ROLE = 'data "aws_iam_role" "load" { name = "load" }';

test("a role that is looked up is the one of that name in its account, and in no other", async () => {
  const read = (account: string, code: string) =>
    answers(READ, {
      "iam/main.tf": inAccount(account, ROLE + code),
      ...jobWith("data.aws_iam_role.load.arn", LOOKED_UP_ROLE),
    });
  expect(await read(OURS, READS)).toEqual(["proven"]);
  expect(await read(OURS, "")).toEqual(["certain"]);
  for (const code of [READS, ""]) {
    expect(await read(THEIRS, code)).toEqual(["not every policy of the role load is in these files"]);
  }
});

test("what is attached by a name is attached to the role of that account", async () => {
  const read = (account: string, code: string) =>
    answers(READ, {
      "grants/main.tf": inAccount(account, code),
      "load/main.tf": inAccount(OURS, root("")["main.tf"]),
    });
  const inline = READS.replace("aws_iam_role.load.id", '"load"');
  const attached = `
resource "aws_iam_role_policy_attachment" "read" {
  role       = "load"
  policy_arn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite"
}`;
  for (const code of [inline, attached]) {
    expect(await read(OURS, code)).toEqual(["proven"]);
    expect(await read(THEIRS, code)).toEqual(["certain"]);
  }
});

test("a role of which nothing is known is not of another account than the secret", async () => {
  const state = 'data "terraform_remote_state" "iam" { backend = "s3" }';
  const files = jobWith("data.terraform_remote_state.iam.outputs.role", state);
  const cause = "data.terraform_remote_state.iam comes from a deployment that is not in these files";
  expect(await answers(READ, files)).toEqual([cause]);
  expect(await answers("cross-account-secret-key", files)).toEqual([]);
});

test("a secret that is looked up in another Region than that of the declared one may be a replica", async () => {
  const open = `policy = ${allow("secretsmanager:GetSecretValue", '"*"').replace("Action", 'Principal = "*", Action')}`;
  const secrets = (region: string) => `${placed(region)}
resource "aws_secretsmanager_secret" "token" {
  name = "shared/token"
  ${open}
}`;
  const data = 'data "aws_secretsmanager_secret" "s" { name = "shared/token" }';
  const load = placed("eu-west-1") + root(data, "data.aws_secretsmanager_secret.s.arn")["main.tf"];
  const read = (region: string) => answers(READ, { "secrets/main.tf": secrets(region), "load/main.tf": load });
  expect(await read("eu-west-1")).toEqual(["proven"]);
  expect(await read("us-east-1")).toEqual(["aws_secretsmanager_secret.token may or may not be that secret"]);
});

test("a secret or parameter that is declared in another Region is not the one of its name here", async () => {
  const read = async (rule: string, reference: string, grant: string, declared: string) =>
    answers(rule, {
      "main.tf": `${placed("eu-west-1")}provider "aws" {
  alias               = "far"
  region              = "us-east-1"
  allowed_account_ids = ["${OURS}"]
}
${root(declared + grant, `"${reference}"`)["main.tf"]}`,
    });
  const secret = (region: string) => `arn:aws:secretsmanager:${region}:${OURS}:secret:far/token`;
  const far = 'resource "aws_secretsmanager_secret" "far" {\n  provider = aws.far\n  name = "far/token"\n}';
  const granted = policy("far", "secretsmanager:GetSecretValue", "aws_secretsmanager_secret.far.arn");
  expect(await read(READ, secret("us-east-1"), granted, far)).toEqual(["proven"]);
  expect(await read(READ, secret("eu-west-1"), granted, far)).toEqual(["certain"]);
  const two = `${far.replace("far/token", "two/token").replace(/}$/, "kms_key_id = aws_kms_key.own.arn\n}")}
resource "aws_secretsmanager_secret" "near" { name = "two/token" }`;
  const encryptedIn = (region: string, more = "") =>
    read(DECRYPT, secret(region).replace("far/token", "two/token"), "", more + two);
  expect(await encryptedIn("us-east-1")).toEqual(["certain"]);
  expect(await encryptedIn("eu-west-1")).toEqual([]);
  const anywhere = `provider "aws" {\n  alias  = "any"\n  region = var.region\n}
variable "region" {}
resource "aws_secretsmanager_secret" "any" {\n  provider = aws.any\n  name = "two/token"\n}
`;
  expect(await encryptedIn("eu-west-1", anywhere)).toEqual([]);
  const parameter = `arn:aws:ssm:eu-west-1:${OURS}:parameter/far`;
  const encrypted = (provider: string) => `resource "aws_ssm_parameter" "far" {
  ${provider}
  name   = "/far"
  type   = "SecureString"
  key_id = aws_kms_key.own.arn
}`;
  const decrypt = (provider: string) => read(DECRYPT, parameter, "", encrypted(provider));
  expect(await decrypt("")).toEqual(["certain"]);
  expect(await decrypt("provider = aws.far")).toEqual([]);
});

test("what is handed over in another account or Region is not what a name means here", async () => {
  const handed = (region: string) => `${placed(region)}${ROLE}${READS}
resource "aws_ssm_parameter" "role" {
  name  = "/load/role"
  type  = "String"
  value = aws_iam_role.load.arn
}`;
  const data = 'data "aws_ssm_parameter" "role" { name = "/load/role" }';
  const load = jobWith("data.aws_ssm_parameter.role.value", data);
  const read = (region: string) => answers(READ, { "iam/main.tf": handed(region), ...load });
  expect(await read("eu-west-1")).toEqual(["proven"]);
  expect(await read("us-east-1")).toEqual(["the value of data.aws_ssm_parameter.role.value is not known"]);
});
