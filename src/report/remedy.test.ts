import { expect, test } from "vitest";
import type { UnitFormat } from "../facts/resources.ts";
import { type Remedy, renderRemedy } from "./remedy.ts";

const selector: Remedy = { text: "Write this instead.", replacement: "⟨secret⟩:password::", statement: null };
const statement: Remedy = {
  text: "Let the role read ⟨secret⟩.",
  replacement: null,
  statement: {
    actions: ["secretsmanager:GetSecretValue", "kms:Decrypt"],
    resources: ["⟨secret⟩", "arn:aws:kms:⟨region⟩:1:key/x"],
  },
};
const grant: Remedy = {
  text: "Add it.",
  replacement: null,
  statement: { actions: ["secretsmanager:GetSecretValue"], resources: ["⟨secret⟩"] },
};

function render(remedy: Remedy, format: UnitFormat, path: string, secret: string, region: string, text = ""): string {
  const spell = (one: string) => one.replaceAll("⟨secret⟩", secret).replaceAll("⟨region⟩", region);
  return renderRemedy(remedy, { format, path, text, say: spell, write: spell });
}

const reference = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db";
const arn = `${reference}-??????`;

test("a remedy without code is its sentence", () => {
  const remedy = { text: "Name the role ⟨secret⟩.", replacement: null, statement: null };
  expect(render(remedy, "raw", "jobs/a.json", "Reader", "")).toBe("Name the role Reader.");
});

test("raw JSON gets a string, or a statement of JSON", () => {
  expect(render(selector, "raw", "jobs/a.json", arn, "")).toBe(`Write this instead.\n\n"${reference}:password::"`);
  expect(render(statement, "raw", "jobs/a.json", arn, "eu-west-1")).toBe(`Let the role read ${arn}.

{
  "Effect": "Allow",
  "Action": [
    "secretsmanager:GetSecretValue",
    "kms:Decrypt"
  ],
  "Resource": [
    "${arn}",
    "arn:aws:kms:eu-west-1:1:key/x"
  ]
}`);
});

test("raw YAML gets quotes where a plain text would mean something else", () => {
  expect(render(selector, "raw", "jobs/a.yml", arn, "")).toBe(`Write this instead.\n\n"${reference}:password::"`);
  expect(render(statement, "raw", "jobs/a.yaml", arn, "eu-west-1")).toBe(`Let the role read ${arn}.

- Effect: Allow
  Action:
    - secretsmanager:GetSecretValue
    - kms:Decrypt
  Resource:
    - "${arn}"
    - arn:aws:kms:eu-west-1:1:key/x`);
});

test("CloudFormation YAML gets !Ref, !GetAtt and !Sub", () => {
  expect(render(selector, "cloudformation", "a.yaml", "${Db}", "")).toBe(
    'Write this instead.\n\n!Sub "${Db}:password::"',
  );
  expect(render(grant, "cloudformation", "a.yaml", "${Db}", "")).toBe(`Add it.

- Effect: Allow
  Action: secretsmanager:GetSecretValue
  Resource: !Ref Db`);
  expect(render(grant, "cloudformation", "a.template", "${Key.Arn}", "", "Resources:\n")).toBe(`Add it.

- Effect: Allow
  Action: secretsmanager:GetSecretValue
  Resource: !GetAtt Key.Arn`);
  expect(render(statement, "cloudformation", "a.yml", "${Db}", "${AWS::Region}")).toBe(`Let the role read \${Db}.

- Effect: Allow
  Action:
    - secretsmanager:GetSecretValue
    - kms:Decrypt
  Resource:
    - !Ref Db
    - !Sub "arn:aws:kms:\${AWS::Region}:1:key/x"`);
});

test("CloudFormation JSON gets Ref, Fn::GetAtt and Fn::Sub", () => {
  expect(render(selector, "cloudformation", "a.template", "${Db}", "", ' {\n "Resources": {}}')).toBe(
    'Write this instead.\n\n{ "Fn::Sub": "${Db}:password::" }',
  );
  expect(render(statement, "cloudformation", "a.json", "${Db.Id}", "${AWS::Region}")).toBe(`Let the role read \${Db.Id}.

{
  "Effect": "Allow",
  "Action": [
    "secretsmanager:GetSecretValue",
    "kms:Decrypt"
  ],
  "Resource": [
    { "Fn::GetAtt": ["Db", "Id"] },
    { "Fn::Sub": "arn:aws:kms:\${AWS::Region}:1:key/x" }
  ]
}`);
});

test("Terraform gets expressions, in an object or in a block as the file has it", () => {
  const db = "${aws_secretsmanager_secret.db.arn}";
  expect(render(selector, "terraform", "jobs.tf", db, "")).toBe(
    'Write this instead.\n\n"${aws_secretsmanager_secret.db.arn}:password::"',
  );
  expect(render(grant, "terraform", "jobs.tf", db, "")).toBe(`Add it.

{
  Effect   = "Allow"
  Action   = "secretsmanager:GetSecretValue"
  Resource = aws_secretsmanager_secret.db.arn
}`);
  expect(
    render(statement, "terraform", "jobs.tf", db, "x", 'data "aws_iam_policy_document" "reader" {'),
  ).toBe(`Let the role read \${aws_secretsmanager_secret.db.arn}.

statement {
  actions = [
    "secretsmanager:GetSecretValue",
    "kms:Decrypt",
  ]
  resources = [
    aws_secretsmanager_secret.db.arn,
    "arn:aws:kms:x:1:key/x",
  ]
}`);
  expect(render(selector, "terraform", "jobs.tf.json", db, "")).toBe(
    'Write this instead.\n\n"${aws_secretsmanager_secret.db.arn}:password::"',
  );
});

test("Terraform gets an expression, or a string where JSON is written", () => {
  const whole: Remedy = { text: "Write this.", replacement: "${aws_secretsmanager_secret.db.arn}", statement: null };
  const written = (path: string, before: string) =>
    renderRemedy(whole, {
      format: "terraform",
      path,
      text: `${before}"old"`,
      start: before.length,
      say: (one) => one,
      write: (one) => one,
    });
  const expression = "Write this.\n\naws_secretsmanager_secret.db.arn";
  const string = 'Write this.\n\n"${aws_secretsmanager_secret.db.arn}"';
  expect(written("jobs.tf", '{ name = "DB", valueFrom = ')).toBe(expression);
  expect(written("jobs.tf", '{ "name": "DB", "valueFrom": ')).toBe(string);
  expect(written("job.json.tftpl", '{ "name": "DB", "valueFrom": ')).toBe(string);
  expect(written("job.tf.json", '{ "name": "DB", "valueFrom": ')).toBe(string);
});

test("Terraform's own quotes in an interpolation are not escaped", () => {
  const each = '${aws_secretsmanager_secret.all["db"].arn}';
  expect(render(grant, "terraform", "jobs.tf", each, "")).toContain(
    'Resource = aws_secretsmanager_secret.all["db"].arn',
  );
  expect(render(selector, "terraform", "jobs.tf", each, "")).toBe(
    'Write this instead.\n\n"${aws_secretsmanager_secret.all["db"].arn}:password::"',
  );
  expect(render(selector, "terraform", "jobs.json.tftpl", each, "")).toBe(
    'Write this instead.\n\n"${aws_secretsmanager_secret.all["db"].arn}:password::"',
  );
  expect(render(selector, "terraform", "jobs.tf.json", each, "")).toBe(
    'Write this instead.\n\n"${aws_secretsmanager_secret.all[\\"db\\"].arn}:password::"',
  );
});

test("Terraform keeps the expressions of a template of which only the end changes", () => {
  const value = "⟨secret⟩:SecretString:password";
  const written = (source: string, replacement: string) =>
    renderRemedy(
      { text: "Write this.", replacement, statement: null },
      {
        format: "terraform",
        path: "a.tf",
        text: source,
        end: source.length,
        value,
        say: (one) => one,
        write: () => "${spelled}",
      },
    ).split("\n\n")[1];
  expect(written('"${secrets["db"]}:SecretString:password"', "⟨secret⟩:password::")).toBe(
    '"${secrets["db"]}:password::"',
  );
  expect(written('"${local.db}:SecretString:password"', "⟨secret⟩:SecretString:password::")).toBe(
    '"${local.db}:SecretString:password::"',
  );
  // The end stands elsewhere, or the beginning is wrong.
  expect(written('"${local.db}:${local.key}"', "⟨secret⟩:password::")).toBe("spelled");
  expect(written("local.db", "⟨secret⟩:password::")).toBe("spelled");
  expect(written('"${local.db}:SecretString:password"', "⟨other⟩:password::")).toBe("spelled");
});

test("a statement is written for the place of the role, and says what has to be put in", () => {
  const context = (path: string, text: string, name: string) => {
    const spell = (one: string) => one.replaceAll("⟨secret⟩", name);
    return { format: "terraform", path, text, say: spell, write: spell } as const;
  };
  const job = context("jobs/main.tf", "", "${var.secret}");
  const role = context(
    "iam/main.tf",
    'data "aws_iam_policy_document" "x" {}',
    "arn:aws:x:<region>:<account-id>:<name of y>",
  );
  expect(
    renderRemedy(grant, job, role),
  ).toBe(`Add it. Put the real values in place of <region>, <account-id> and <name of y>.

statement {
  actions   = ["secretsmanager:GetSecretValue"]
  resources = ["arn:aws:x:<region>:<account-id>:<name of y>"]
}`);
});
