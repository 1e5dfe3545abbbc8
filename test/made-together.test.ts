/** Roles, policies and secrets that are made where one condition holds: from files to answers. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";

const TRUST = `jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })`;
const allowing = (action: string, resource = "aws_secretsmanager_secret.token.arn") =>
  `jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = ${resource} }] })`;
const READ = "secretsmanager:GetSecretValue";

interface Root {
  /** The execution role of the job. */
  readonly role: string;
  readonly count?: string;
  /** The count of the policy of the role, if it is another. */
  readonly policyCount?: string;
  readonly action?: string;
  readonly more?: string;
  readonly from?: string;
  readonly jobCount?: string;
}

const root = ({
  role,
  count = "var.own ? 1 : 0",
  policyCount = count,
  action = READ,
  more = "",
  from,
  jobCount,
}: Root) => `
variable "own" { type = bool }
variable "attach" { type = bool }
variable "given" { type = string }
resource "aws_secretsmanager_secret" "token" { name = "token" }
resource "aws_secretsmanager_secret_version" "token" {
  secret_id     = aws_secretsmanager_secret.token.id
  secret_string = "x"
}
resource "aws_iam_role" "run" {
  count              = ${count}
  name               = "run"
  assume_role_policy = ${TRUST}
}
resource "aws_iam_role_policy" "read" {
  count  = ${policyCount}
  role   = aws_iam_role.run[0].name
  policy = ${allowing(action)}
}
resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  ${jobCount ? `count = ${jobCount}` : ""}
  container_properties = jsonencode({
    image            = "a"
    executionRoleArn = ${role}
    secrets          = [{ name = "TOKEN", valueFrom = ${from ?? "aws_secretsmanager_secret.token.arn"} }]
  })
}
${more}`;

/** What is said of the only reference. */
async function said(files: Readonly<Record<string, string>>) {
  const { report } = await checkFiles(files);
  const [only] = report.references;
  const { role, trust, read } = only?.links ?? {};
  return {
    links: [role, trust, read].map((link) => link?.state),
    findings: report.findings.map(({ rule, confidence, message }) => `${rule} ${confidence}: ${message}`),
    read: report.unverified.filter(({ rule }) => rule === "secret-read-allowed"),
    unverified: report.unverified.map(({ reason }) => reason),
  };
}
const ofRoot = (of: Root) => said({ "main.tf": root(of) });

/** The role of the files where it is made, and a given one or none where it is not, in the ways that modules write it. */
const EITHER = [
  "var.own ? aws_iam_role.run[0].arn : var.given",
  "!var.own ? var.given : aws_iam_role.run[0].arn",
  "var.own ? one(aws_iam_role.run[*].arn) : var.given",
  "try(aws_iam_role.run[0].arn, var.given)",
  "coalesce(one(aws_iam_role.run[*].arn), var.given)",
  "concat(aws_iam_role.run[*].arn, [var.given])[0]",
  "element(concat(aws_iam_role.run.*.arn, [var.given]), 0)",
  "length(aws_iam_role.run) > 0 ? aws_iam_role.run[0].arn : var.given",
  "one(aws_iam_role.run[*].arn)",
  'join("", aws_iam_role.run[*].arn)',
];

test.each(EITHER)("the role of the files is judged where it is made: %s", async (role) => {
  const bad = await ofRoot({ role, action: "s3:GetObject" });
  expect(bad.findings).toEqual([]);
  expect(bad.read.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(
      /no statement of `aws_iam_role\.run\[0\]` allows .* if `var\.own` is `true`: `var\.own` has no value/,
    ),
  ]);
  expect(bad.read[0]?.settles).toEqual({ kind: "variable", name: "var.own" });
  const good = await ofRoot({ role });
  expect(good.findings).toEqual([]);
  expect(good.links[2]).toBe("open");
  expect(good.unverified.join("\n")).not.toMatch(/not declared|no statement/);
});

test("a value that is given or not decides it as well", async () => {
  const of = { role: 'var.given != "" ? var.given : aws_iam_role.run[0].arn', count: 'var.given == "" ? 1 : 0' };
  const bad = await ofRoot({ ...of, action: "s3:GetObject" });
  expect(bad.read[0]?.reason).toMatch(/ if `var\.given == ""` is `true`: `var\.given` has no value/);
  expect(bad.findings).toEqual([]);
});

test("where both sides are roles of the files, both are judged", async () => {
  const more = (action: string) => `
resource "aws_iam_role" "other" {
  count              = var.own ? 0 : 1
  assume_role_policy = ${TRUST}
}
resource "aws_iam_role_policy" "other" {
  count  = var.own ? 0 : 1
  role   = aws_iam_role.other[0].name
  policy = ${allowing(action)}
}`;
  const role = "var.own ? aws_iam_role.run[0].arn : aws_iam_role.other[0].arn";
  expect(await ofRoot({ role, more: more(READ) })).toMatchObject({
    links: ["proven", "proven", "proven"],
    unverified: [],
  });
  const one = await ofRoot({ role, more: more("s3:GetObject") });
  expect(one.findings).toEqual([]);
  expect(one.read[0]?.reason).toMatch(/`aws_iam_role\.other\[0\]` allows .* if `var\.own` is `false`/);
  const none = await ofRoot({ role, action: "s3:GetObject", more: more("s3:GetObject") });
  expect(none.findings).toEqual([
    expect.stringMatching(/^secret-read-allowed certain: .*run\[0\].* if `var\.own` is `true`\.$/),
    expect.stringMatching(/^secret-read-allowed certain: .*other\[0\].* if `var\.own` is `false`\.$/),
  ]);
});

test.each(["var.own ? 1 : 0", "local.own ? 1 : 0", "var.own == true ? 1 : 0", "var.own ? 1 : 0 + 0", "var.number"])(
  "a role that is named has the policies that are made with it: %s",
  async (count) => {
    const more = 'locals { own = var.own }\nvariable "number" { type = number }';
    const role = "aws_iam_role.run[0].arn";
    expect(await ofRoot({ role, count, more })).toMatchObject({
      links: ["proven", "proven", "proven"],
      unverified: [],
    });
  },
);

test("a policy that is made on a condition of its own may be missing", async () => {
  const of = await ofRoot({ role: "aws_iam_role.run[0].arn", policyCount: "var.attach ? 1 : 0" });
  expect(of.findings).toEqual([]);
  expect(of.read.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/no statement of `aws_iam_role\.run\[0\]` allows .* if `var\.attach` is `false`/),
  ]);
  const apart = await ofRoot({ role: "aws_iam_role.run[0].arn", policyCount: "var.own ? 0 : 1" });
  expect([apart.findings, apart.links[2]]).toEqual([[], "open"]);
});

test("two policies of which always one is made grant it", async () => {
  const more = `
resource "aws_iam_role_policy" "else" {
  count  = var.attach ? 0 : 1
  role   = aws_iam_role.run[0].name
  policy = ${allowing(READ)}
}`;
  const of = await ofRoot({ role: "aws_iam_role.run[0].arn", policyCount: "var.attach ? 1 : 0", more });
  expect(of).toMatchObject({ links: ["proven", "proven", "proven"], unverified: [] });
});

test("a job is judged where it is made", async () => {
  const of = await ofRoot({
    role: "aws_iam_role.run[0].arn",
    policyCount: "var.attach ? 1 : 0",
    jobCount: "var.attach ? 1 : 0",
  });
  expect(of.links).toEqual(["proven", "proven", "proven"]);
});

test("a statement that one side of a condition adds is there with the role of that side", async () => {
  const more = `
resource "aws_iam_role" "only" { assume_role_policy = ${TRUST} }
resource "aws_iam_role_policy" "only" {
  role   = aws_iam_role.only.name
  policy = jsonencode({ Statement = concat(
    [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }],
    var.attach ? [{ Effect = "Allow", Action = "${READ}", Resource = aws_secretsmanager_secret.token.arn }] : [],
  ) })
}`;
  const role = "var.attach ? aws_iam_role.only.arn : var.given";
  const of = await ofRoot({ role, more });
  expect([of.findings, of.unverified.join("\n").includes("no statement")]).toEqual([[], false]);
  const always = await ofRoot({ role: "aws_iam_role.only.arn", more });
  expect(always.read[0]?.reason).toMatch(/no statement of `aws_iam_role\.only` allows .* if `var\.attach` is `false`/);
});

test("a policy of a stack with a condition is there where the condition holds", async () => {
  const stack = (condition: string, role: string) => `
Parameters: { Own: { Type: String }, Given: { Type: String } }
Conditions:
  IsOwn: !Equals [!Ref Own, "yes"]
  IsGiven: !Not [!Condition IsOwn]
Resources:
  Token: { Type: AWS::SecretsManager::Secret, Properties: { SecretString: x } }
  Run:
    Type: AWS::IAM::Role
    Condition: IsOwn
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]}
  Read:
    Type: AWS::IAM::Policy
    Condition: ${condition}
    Properties:
      PolicyName: read
      Roles: [!Ref Run]
      PolicyDocument: {Statement: [{Effect: Allow, Action: "${READ}", Resource: !Ref Token}]}
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: a
        ExecutionRoleArn: ${role}
        Secrets: [{Name: TOKEN, ValueFrom: !Ref Token}]
`;
  const own = "!If [IsOwn, !GetAtt Run.Arn, !Ref Given]";
  const same = await said({ "stack.yaml": stack("IsOwn", own) });
  expect([same.findings, same.unverified.join("\n").includes("no statement")]).toEqual([[], false]);
  const opposite = await said({ "stack.yaml": stack("IsGiven", own) });
  expect(opposite.read[0]?.reason).toMatch(/no statement of `Run` allows .* if `IsOwn` is `true`/);
  const swapped = await said({ "stack.yaml": stack("IsGiven", "!If [IsGiven, !Ref Given, !GetAtt Run.Arn]") });
  expect(swapped.read[0]?.reason).toMatch(/no statement of `Run` allows .* if `IsOwn` is `true`/);
  const named = await said({ "stack.yaml": stack("IsOwn", "!GetAtt Run.Arn") });
  expect(named.links).toEqual(["proven", "proven", "proven"]);
});

/** A job with one secret and its role, whose policy is the read of the secret and more. */
const encrypted = (key: string, more: string) => `
variable "own" { type = bool }
variable "key" { type = string }
resource "aws_kms_key" "own" { count = var.own ? 1 : 0 }
resource "aws_secretsmanager_secret" "token" {
  name       = "token"
  kms_key_id = ${key}
}
resource "aws_secretsmanager_secret_version" "token" {
  secret_id     = aws_secretsmanager_secret.token.id
  secret_string = "x"
}
resource "aws_iam_role" "run" { assume_role_policy = ${TRUST} }
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.run.name
  policy = jsonencode({ Statement = concat(
    [{ Effect = "Allow", Action = "${READ}", Resource = aws_secretsmanager_secret.token.arn }],
    ${more},
  ) })
}
resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = jsonencode({
    image            = "a"
    executionRoleArn = aws_iam_role.run.arn
    secrets          = [{ name = "TOKEN", valueFrom = aws_secretsmanager_secret.token.arn }]
  })
}`;
const decrypting = (resource: string) => `[{ Effect = "Allow", Action = "kms:Decrypt", Resource = ${resource} }]`;

async function decryptOf(key: string, more: string) {
  const { report } = await checkFiles({ "main.tf": encrypted(key, more) });
  const [only] = report.references;
  const { state, because } = only?.links.decrypt ?? {};
  return { reference: only?.state, state, because };
}

test.each([
  ["var.own ? aws_kms_key.own[0].arn : null", `var.own ? ${decrypting("aws_kms_key.own[0].arn")} : []`],
  ["one(aws_kms_key.own[*].arn)", decrypting("aws_kms_key.own[*].arn")],
  ['var.own ? aws_kms_key.own[0].arn : "alias/aws/secretsmanager"', decrypting("aws_kms_key.own[*].arn")],
])("a key that a condition chooses is decrypted with where it is there: %s", async (key, more) => {
  expect(await decryptOf(key, more)).toMatchObject({ reference: "proven", state: "proven" });
});

test("the key of a secret is named with the condition on which nobody may decrypt with it", async () => {
  const of = await decryptOf("var.own ? aws_kms_key.own[0].arn : null", "[]");
  expect(of.state).toBe("open");
  expect(of.because).toMatch(/`aws_kms_key\.own\[0\]`.* if `var\.own` is `true`/);
});

test("a secret that has AWS's own key on both sides needs no grant, and one with a given key stays open", async () => {
  expect(await decryptOf('var.own ? "alias/aws/secretsmanager" : null', "[]")).toMatchObject({
    state: "not applicable",
  });
  expect(await decryptOf('var.key != "" ? var.key : null', decrypting("var.key"))).toMatchObject({ state: "open" });
});

/** A role, a secret and a job for each element of something. */
const forEach = (
  each: string,
  of: { readonly secret?: string; readonly next?: string; readonly more?: string } = {},
) => `
variable "names" { type = set(string) }
variable "list" { type = string }
resource "aws_secretsmanager_secret" "token" {
  for_each = ${each}
  name     = each.key
}
resource "aws_secretsmanager_secret_version" "token" {
  for_each      = ${of.next ?? each}
  secret_id     = aws_secretsmanager_secret.token[each.key].id
  secret_string = "x"
}
resource "aws_iam_role" "run" {
  for_each           = ${of.next ?? each}
  name               = "run-\${each.key}"
  assume_role_policy = ${TRUST}
}
resource "aws_iam_role_policy" "read" {
  for_each = ${of.next ?? each}
  role     = aws_iam_role.run[each.key].name
  policy   = ${allowing(READ, "aws_secretsmanager_secret.token[each.key].arn")}
}
resource "aws_batch_job_definition" "job" {
  for_each = ${of.next ?? each}
  name     = "job-\${each.key}"
  type     = "container"
  container_properties = jsonencode({
    image            = "a"
    executionRoleArn = aws_iam_role.run[each.key].arn
    secrets          = ${of.secret ?? '[{ name = "TOKEN", valueFrom = aws_secretsmanager_secret.token[each.key].arn }]'}
  })
}
${of.more ?? ""}`;

test.each([
  ["var.names", "var.names"],
  ['toset(split(",", var.list))', 'toset(split(",", var.list))'],
  ["var.names", "aws_secretsmanager_secret.token"],
])("what is made for each element of one unknown set meets: %s %s", async (each, next) => {
  const { report } = await checkFiles({ "main.tf": forEach(each, { next }) });
  expect(report.references.map(({ state }) => state)).toEqual(["proven"]);
  expect(report.unverified).toEqual([]);
});

test.each([
  '[for name in var.names : { name = "TOKEN", valueFrom = aws_secretsmanager_secret.token[name].arn }]',
  "[for name, arn in local.arns : { name = name, valueFrom = arn }]",
  '[for one in aws_secretsmanager_secret.token : { name = "TOKEN", valueFrom = one.arn }]',
])("the role of one element is not known to read the secrets of all: %s", async (secret) => {
  const more = "locals { arns = { for name in var.names : name => aws_secretsmanager_secret.token[name].arn } }";
  const { report } = await checkFiles({ "main.tf": forEach("var.names", { secret, more }) });
  expect(report.references.map(({ state, links }) => [state, links.read?.state])).toEqual([["unverified", "open"]]);
});
