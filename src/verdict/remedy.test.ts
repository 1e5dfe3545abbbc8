import { expect, test } from "vitest";
import type { UnitFormat } from "../facts/resources.ts";
import { remedyText } from "../report/report.ts";
import { type RemedyContext, type Told, writeRemedy } from "./remedy.ts";

const selector: Told = { text: "Write this instead.", edits: [{ at: 0, text: "⟨secret⟩:password::" }], add: null };
const statement: Told = {
  text: "Let the role read ⟨secret⟩.",
  edits: [],
  add: {
    actions: ["secretsmanager:GetSecretValue", "kms:Decrypt"],
    resources: ["⟨secret⟩", "arn:aws:kms:⟨region⟩:1:key/x"],
    at: 0,
  },
};
const grant: Told = {
  text: "Add it.",
  edits: [],
  add: { actions: ["secretsmanager:GetSecretValue"], resources: ["⟨secret⟩"], at: 0 },
};

const same = (text: string) => text;

function contextOf(format: UnitFormat, path: string, text: string, spell: (text: string) => string): RemedyContext {
  return { format, place: { file: { path, text }, start: 0, end: text.length }, say: spell, write: spell };
}

function render(remedy: Told, format: UnitFormat, path: string, secret: string, region: string, text = ""): string {
  const spell = (one: string) => one.replaceAll("⟨secret⟩", secret).replaceAll("⟨region⟩", region);
  return remedyText(writeRemedy(remedy, 0, () => contextOf(format, path, text, spell)));
}

const reference = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db";
const arn = `${reference}-??????`;

test("a remedy without code is its sentence", () => {
  const remedy = { text: "Name the role ⟨secret⟩.", edits: [], add: null };
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
  const whole: Told = {
    text: "Write this.",
    edits: [{ at: 0, text: "${aws_secretsmanager_secret.db.arn}" }],
    add: null,
  };
  const written = (path: string, before: string) => {
    const file = { path, text: `${before}"old"` };
    const place = { file, start: before.length, end: file.text.length };
    return remedyText(writeRemedy(whole, 0, () => ({ format: "terraform", place, say: same, write: same })));
  };
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
    writeRemedy({ text: "Write this.", edits: [{ at: 0, text: replacement }], add: null }, 0, () => ({
      ...contextOf("terraform", "a.tf", source, same),
      value,
      write: () => "${spelled}",
    })).edits[0]?.text;
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
  const context = (path: string, text: string, name: string) =>
    contextOf("terraform", path, text, (one) => one.replaceAll("⟨secret⟩", name));
  const job = context("jobs/main.tf", "", "${var.secret}");
  const role = context(
    "iam/main.tf",
    'data "aws_iam_policy_document" "x" {}',
    "arn:aws:x:<region>:<account-id>:<name of y>",
  );
  const remedy = { ...grant, add: grant.add && { ...grant.add, at: 1 } };
  const written = writeRemedy(remedy, 0, (at) => (at === 0 ? job : role));
  expect(written.add?.location?.path).toBe("iam/main.tf");
  expect(remedyText(written)).toBe(`Add it. Put the real values in place of <region>, <account-id> and <name of y>.

statement {
  actions   = ["secretsmanager:GetSecretValue"]
  resources = ["arn:aws:x:<region>:<account-id>:<name of y>"]
}`);
});
