/** Values of which the files say all that they may be, but not which: from files to answers. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";

const TRUST = `{Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]}`;
const allowing = (resource: string, action = '"secretsmanager:GetSecretValue"', more = "") =>
  `{Statement: [{Effect: Allow, Action: ${action}, Resource: ${resource}${more}}]}`;
const role = (name: string, resource: string, action?: string) => `
  ${name}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${TRUST}
      Policies: [{PolicyName: p, PolicyDocument: ${allowing(resource, action)}}]`;
const secret = (name: string, more = "{}") => `
  ${name}: {Type: AWS::SecretsManager::Secret, Properties: ${more}}`;
const stack = (of: {
  readonly role: string;
  readonly from: string;
  readonly resources: string;
  readonly top?: string;
}) => `
Parameters:
  Stage: {Type: String}
  Other: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsOther: !Equals [!Ref Other, yes]
${of.top ?? ""}
Resources:${of.resources}
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: a
        ExecutionRoleArn: ${of.role}
        Secrets: [{Name: TOKEN, ValueFrom: ${of.from}}]
`;

/** What is said of the only reference: its state, and what every link that is not proven says. */
async function said(files: Readonly<Record<string, string>>) {
  const { report } = await checkFiles(files);
  const [only, ...more] = report.references;
  expect(more).toEqual([]);
  return {
    state: only?.state,
    findings: report.findings.map(({ rule, confidence, message }) => `${rule} ${confidence}: ${message}`),
    unverified: report.unverified.map(({ rule, reason }) => `${rule}: ${reason}`),
    read: only?.links.read,
  };
}
const ofStack = (of: Parameters<typeof stack>[0]) => said({ "stack.yaml": stack(of) });

const EITHER_ROLE = "!If [IsProd, !GetAtt A.Arn, !GetAtt B.Arn]";

test("a role that a condition chooses is proven where both may read the secret", async () => {
  const both = await ofStack({
    role: EITHER_ROLE,
    from: "!Ref Token",
    resources: role("A", "!Ref Token") + role("B", "!Ref Token") + secret("Token", "{SecretString: x}"),
  });
  expect(both).toMatchObject({ state: "proven", findings: [], unverified: [] });
  expect(both.read?.because).toContain("if `IsProd` is `true`");
  expect(both.read?.because).toContain("if `IsProd` is `false`");
});

test("a role that a condition chooses is a finding where neither may read the secret", async () => {
  const neither = await ofStack({
    role: EITHER_ROLE,
    from: "!Ref Token",
    resources:
      role("A", '"arn:aws:s3:::a"', '"s3:GetObject"') +
      role("B", '"arn:aws:s3:::b"', '"s3:GetObject"') +
      secret("Token", "{SecretString: x}"),
  });
  expect(neither).toMatchObject({ state: "with findings", unverified: [] });
  expect(neither.findings).toEqual([
    expect.stringMatching(/^secret-read-allowed certain: .*`A`.* if `IsProd` is `true`\.$/),
    expect.stringMatching(/^secret-read-allowed certain: .*`B`.* if `IsProd` is `false`\.$/),
  ]);
});

test("a role that a condition chooses is an open question where one of both may not read the secret, which is named", async () => {
  const one = await ofStack({
    role: EITHER_ROLE,
    from: "!Ref Token",
    resources:
      role("A", "!Ref Token") + role("B", '"arn:aws:s3:::b"', '"s3:GetObject"') + secret("Token", "{SecretString: x}"),
  });
  expect(one).toMatchObject({ state: "unverified", findings: [] });
  expect(one.unverified).toEqual([
    expect.stringMatching(/^secret-read-allowed: .*`B`.* if `IsProd` is `false`: .*Stage/),
  ]);
});

const readsToken = (of: { readonly from: string; readonly resources: string; readonly top?: string }) =>
  ofStack({ role: "!GetAtt A.Arn", ...of });
const GIVEN = "{SecretString: x}";
const TWO = secret("Token", GIVEN) + secret("Spare", GIVEN);

test("a secret that a condition chooses is decided where both answers are the same", async () => {
  const from = "!If [IsProd, !Ref Token, !Ref Spare]";
  const both = await readsToken({ from, resources: role("A", "[!Ref Token, !Ref Spare]") + TWO });
  expect(both).toMatchObject({ state: "proven", findings: [], unverified: [] });
  const none = await readsToken({ from, resources: role("A", '"arn:aws:s3:::a"', '"s3:GetObject"') + TWO });
  expect(none.findings).toEqual([expect.stringMatching(/^secret-read-allowed certain: /)]);
  const one = await readsToken({ from, resources: role("A", "!Ref Token") + TWO });
  expect(one).toMatchObject({ state: "unverified", findings: [] });
  expect(one.unverified).toEqual([expect.stringMatching(/Spare.* if `IsProd` is `false`: .*Stage/)]);
});

test("what one condition chooses is chosen together, what two choose is not", async () => {
  const policy = (condition: string) => role("A", `!If [${condition}, !Ref Token, !Ref Spare]`) + TWO;
  const from = "!If [IsProd, !Ref Token, !Ref Spare]";
  expect(await readsToken({ from, resources: policy("IsProd") })).toMatchObject({ state: "proven", findings: [] });
  const apart = await readsToken({ from, resources: policy("IsOther") });
  expect(apart).toMatchObject({ state: "unverified", findings: [] });
  expect(apart.unverified).toContainEqual(
    expect.stringMatching(/^secret-read-allowed: .* if `IsOther` is `true` and `IsProd` is `false`: /),
  );
});

test("a resource, an action and a principal of a policy that a condition chooses are decided alike", async () => {
  const sure = [
    role("A", "!If [IsProd, !Ref Token, '*']"),
    role("A", "!Ref Token", '!If [IsProd, "secretsmanager:GetSecretValue", "secretsmanager:*"]'),
  ];
  for (const one of sure) {
    expect(await readsToken({ from: "!Ref Token", resources: one + TWO })).toMatchObject({ state: "proven" });
  }
  const trust = (other: string) => `
  A:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: !If [IsProd, ecs-tasks.amazonaws.com, ${other}]}}]
      Policies: [{PolicyName: p, PolicyDocument: ${allowing("!Ref Token")}}]`;
  const wrong = await readsToken({ from: "!Ref Token", resources: trust("ecs.amazonaws.com") + TWO });
  expect(wrong.unverified).toEqual([expect.stringMatching(/^execution-role-trust: .* if `IsProd` is `false`: /)]);
});

test("a row of a mapping by an unknown key is decided where all rows are alike", async () => {
  const top = (dev: string) => `
Mappings:
  Roles: {prod: {Arn: "arn:aws:iam::111122223333:role/${"prod"}"}, dev: {Arn: "arn:aws:iam::111122223333:role/${dev}"}}`;
  const roles = ["prod", "dev"].map((name) =>
    role(`R${name}`, "!Ref Token").replace("Properties:", `Properties:\n      RoleName: ${name}`),
  );
  const of = (dev: string) =>
    ofStack({
      role: "!FindInMap [Roles, !Ref Stage, Arn]",
      from: "!Ref Token",
      top: top(dev),
      resources: roles.join("") + TWO,
    });
  expect(await of("dev")).toMatchObject({ state: "proven", findings: [], unverified: [] });
  const unknown = await of("other");
  expect(unknown).toMatchObject({ state: "unverified", findings: [] });
});

test("a side of which nothing is known keeps it an open question", async () => {
  const unknown = await ofStack({
    role: "!If [IsProd, !GetAtt A.Arn, !Ref Other]",
    from: "!Ref Token",
    resources: role("A", "!Ref Token") + TWO,
  });
  expect(unknown).toMatchObject({ state: "unverified", findings: [] });
});

test("an asymmetric key of one of two secrets is never proven", async () => {
  const key = `
  Key: {Type: AWS::KMS::Key, Properties: {KeySpec: RSA_2048, KeyUsage: ENCRYPT_DECRYPT}}`;
  const one = await readsToken({
    from: "!If [IsProd, !Ref Token, !Ref Spare]",
    resources:
      role("A", '"*"', '["secretsmanager:*", "kms:*"]') +
      secret("Token", GIVEN) +
      secret("Spare", "{SecretString: x, KmsKeyId: !Ref Key}") +
      key,
  });
  expect(one.state).toBe("with findings");
});

/** A root module with two roles, two secrets and a job. */
const root = (of: {
  readonly role: string;
  readonly from: string;
  readonly first: string;
  readonly second: string;
}) => `
variable "stage" { type = string }
variable "large" { type = bool }
locals {
  trust   = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
  secrets = { dev = aws_secretsmanager_secret.first.arn, prod = aws_secretsmanager_secret.second.arn }
}
${["first", "second"]
  .map(
    (name) => `
resource "aws_secretsmanager_secret" "${name}" {
  name = "${name}"
}
resource "aws_secretsmanager_secret_version" "${name}" {
  secret_id     = aws_secretsmanager_secret.${name}.id
  secret_string = "x"
}
resource "aws_iam_role" "${name}" {
  name               = "${name}"
  assume_role_policy = local.trust
}`,
  )
  .join("")}
resource "aws_iam_role_policy" "first" {
  role   = aws_iam_role.first.id
  policy = jsonencode({ Statement = [${of.first}] })
}
resource "aws_iam_role_policy" "second" {
  role   = aws_iam_role.second.id
  policy = jsonencode({ Statement = [${of.second}] })
}
resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = jsonencode({
    image            = "a"
    executionRoleArn = ${of.role}
    secrets          = [{ name = "TOKEN", valueFrom = ${of.from} }]
  })
}
`;
const ofRoot = (of: Parameters<typeof root>[0]) => said({ "main.tf": root(of) });
const FIRST = "aws_secretsmanager_secret.first.arn";
const may = (resource: string) =>
  `{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = ${resource} }`;
const MAY_ALL = { first: may(`[${FIRST}, aws_secretsmanager_secret.second.arn]`), second: may(FIRST) };
const MAY_NONE = {
  first: `{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::a" }`,
  second: may('"arn:aws:s3:::b"'),
};

test("what a conditional of Terraform chooses is decided where both answers are the same", async () => {
  const role = "var.large ? aws_iam_role.first.arn : aws_iam_role.second.arn";
  expect(await ofRoot({ role, from: FIRST, ...MAY_ALL })).toMatchObject({
    state: "proven",
    findings: [],
    unverified: [],
  });
  const none = await ofRoot({ role, from: FIRST, ...MAY_NONE });
  expect(none.findings.filter((one) => one.startsWith("secret-read-allowed"))).toEqual([
    expect.stringMatching(/^secret-read-allowed certain: .* if `var.large` is `true`\.$/),
    expect.stringMatching(/^secret-read-allowed certain: .* if `var.large` is `false`\.$/),
  ]);
  const one = await ofRoot({ role, from: FIRST, first: MAY_ALL.first, second: MAY_NONE.first });
  expect(one).toMatchObject({ state: "unverified", findings: [] });
  expect(one.unverified).toEqual([
    expect.stringMatching(/^secret-read-allowed: .* if `var.large` is `false`: `var.large` has no value/),
  ]);
  const empty = await ofRoot({ role: 'var.large ? aws_iam_role.first.arn : ""', from: FIRST, ...MAY_ALL });
  expect(empty).toMatchObject({ state: "unverified", findings: [] });
});

test("what the key of a map of Terraform chooses is decided alike, by an index and by lookup()", async () => {
  for (const from of [
    "local.secrets[var.stage]",
    "lookup(local.secrets, var.stage)",
    `lookup(local.secrets, var.stage, ${FIRST})`,
  ]) {
    const of = { role: "aws_iam_role.first.arn", from };
    expect(await ofRoot({ ...of, ...MAY_ALL }), from).toMatchObject({ state: "proven", findings: [], unverified: [] });
    const one = await ofRoot({ ...of, first: may(FIRST), second: may(FIRST) });
    expect(one, from).toMatchObject({ state: "unverified", findings: [] });
    expect(one.unverified, from).toEqual([
      expect.stringMatching(/^secret-read-allowed: .* if `var.stage` is `prod`: /),
    ]);
  }
});

test("the resource of a policy that is chosen as the reference is fits it", async () => {
  const chosen = `var.large ? ${FIRST} : aws_secretsmanager_secret.second.arn`;
  const of = { role: "aws_iam_role.first.arn", second: may(FIRST) };
  expect(await ofRoot({ ...of, from: chosen, first: may(chosen) })).toMatchObject({ state: "proven", findings: [] });
  expect(
    await ofRoot({ ...of, from: "local.secrets[var.stage]", first: may("local.secrets[var.stage]") }),
  ).toMatchObject({
    state: "proven",
    findings: [],
  });
});

test("a condition in a condition is decided where all sides are alike", async () => {
  const role =
    'var.large ? aws_iam_role.first.arn : (var.stage == "prod" ? aws_iam_role.second.arn : aws_iam_role.first.arn)';
  expect(await ofRoot({ role, from: FIRST, ...MAY_ALL })).toMatchObject({
    state: "proven",
    findings: [],
    unverified: [],
  });
});

test("many references, each chosen by a condition of its own, are all decided", async () => {
  const names = Array.from({ length: 12 }, (_, index) => `c${index}`);
  const secrets = names.map(
    (name) => `{ name = "${name}", valueFrom = var.${name} ? ${FIRST} : aws_secretsmanager_secret.second.arn }`,
  );
  const variables = names.map((name) => `variable "${name}" { type = bool }\n`).join("");
  const of = (first: string) =>
    root({ role: "aws_iam_role.first.arn", from: FIRST, first, second: MAY_ALL.second }).replace(
      /secrets {10}= .*/,
      `secrets = [${secrets.join(", ")}]`,
    ) + variables;
  const { report } = await checkFiles({ "main.tf": of(MAY_ALL.first) });
  expect(report.summary).toMatchObject({ references: 12, proven: 12 });
  const one = await checkFiles({ "main.tf": of(may(FIRST)) });
  expect(one.report.summary).toMatchObject({ references: 12, unverified: 12 });
  const reads = one.report.unverified.filter(({ rule }) => rule === "secret-read-allowed");
  expect(reads.map(({ reason }) => /if (.*?):/.exec(reason)?.[1]).sort()).toEqual(
    names.map((name) => `\`var.${name}\` is \`false\``).sort(),
  );
});

test("what would make too many cases stays an open question", async () => {
  const chosen = Array.from({ length: 6 }, (_, index) => `var.c${index} ? `).map(
    (one, index) => `${one}"arn:aws:s3:::${index}" : "arn:aws:s3:::x${index}"`,
  );
  const variables = chosen.map((_, index) => `variable "c${index}" { type = bool }\n`).join("");
  const first = may(`[${[...chosen, FIRST].join(", ")}]`);
  const files = {
    "main.tf":
      root({ role: "aws_iam_role.first.arn", from: `var.large ? ${FIRST} : ${FIRST}`, first, second: first }) +
      variables,
  };
  const { report } = await checkFiles(files);
  expect(report.summary).toMatchObject({ references: 1, proven: 1 });
});

test("a value is not decided by sides on which its entry may not be there", async () => {
  const { first } = MAY_ALL;
  const listed = root({ role: "aws_iam_role.first.arn", from: FIRST, first, second: first }).replace(
    /secrets {10}= .*/,
    'secrets = concat([], local.token != "" ? [{ name = "TOKEN", valueFrom = local.token }] : [])',
  );
  const token = `locals { token = var.large ? ${FIRST} : "" }`;
  const { report } = await checkFiles({ "main.tf": `${listed}\n${token}\n` });
  expect(report.summary).toMatchObject({ references: 1, unverified: 1 });
  expect(report.unverified.map(({ reason }) => reason).join()).not.toContain("is empty");
});

test("what a map of objects has under a key that is not known is decided part by part", async () => {
  const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret";
  const judged = async (prod: string, dev: string, from: string, variable = 'variable "env" {}') => {
    const { report } = await checkFiles({
      "main.tf": `
${variable}
locals {
  all = { prod = ${prod}, dev = ${dev} }
}
resource "aws_iam_role" "exec" {
  name               = "exec"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.exec.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "${ARN}:*" }] })
}
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({ image = "a", executionRoleArn = aws_iam_role.exec.arn, secrets = [{ name = "A", valueFrom = ${from} }] })
}`,
    });
    const errors = report.findings.filter(({ severity }) => severity === "error");
    return [report.references[0]?.state, ...errors.map(({ confidence }) => confidence)];
  };
  const [good, bad] = [`${ARN}:db-AbCdEf`, `${ARN}:db-AbCdEf:x`];
  const from = "local.all[var.env].db";
  const object = (arn: string) => `{ db = "${arn}", size = 1 }`;
  expect(await judged(object(good), object(`${good.replace("db-", "other-")}`), from)).toEqual(["proven"]);
  expect(await judged(object(bad), object(`${bad}y`), from)).toEqual(["with findings", "certain"]);
  expect(await judged(object(bad), object(good), from)).toEqual(["unverified"]);
  expect(await judged(object(bad), `{ db = "${bad}", others = [] }`, from)).toEqual(["unverified"]);
  // A number is no text, whatever it is chosen from.
  const sized = (wanted: string) => `local.all[var.env] == ${wanted} ? "${good}" : "${bad}"`;
  expect(await judged("3", "2", sized("3"))).toEqual(["unverified"]);
  expect(await judged("3", "2", sized("5"))).toEqual(["with findings", "certain"]);
  expect(await judged("true", "false", `local.all[var.env] ? "${good}" : "${bad}"`)).toEqual(["unverified"]);
});
