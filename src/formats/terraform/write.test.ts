import { expect, test } from "vitest";
import type { Place } from "../../source.ts";
import { writeTerraform as write } from "./write.ts";

const db = "${aws_secretsmanager_secret.db.arn}";
const each = '${aws_secretsmanager_secret.all["db"].arn}';

function placeOf(path: string, marked: string): Place {
  const text = marked.replace(/[«»]/g, "");
  return { file: { path, text }, start: marked.indexOf("«"), end: marked.indexOf("»") - 1 };
}

/** The text with what is at the mark `«…»` replaced. */
function edited(path: string, marked: string, to: string, from?: string): string {
  const place = placeOf(path, marked);
  const value = write(place).value({ text: to, from, to });
  return place.file.text.slice(0, place.start) + value + place.file.text.slice(place.end);
}

test("an expression, or a string where JSON is written", () => {
  expect(edited("jobs.tf", '{ valueFrom = «"old"» }', db)).toBe("{ valueFrom = aws_secretsmanager_secret.db.arn }");
  expect(edited("jobs.tf", "{ valueFrom = «var.db» }", `${db}:password::`)).toBe(
    '{ valueFrom = "${aws_secretsmanager_secret.db.arn}:password::" }',
  );
  expect(edited("jobs.tf", '{ "valueFrom": «"old"» }', db)).toBe(
    '{ "valueFrom": "${aws_secretsmanager_secret.db.arn}" }',
  );
  expect(edited("job.json.tftpl", '{ "valueFrom": «"old"» }', db)).toBe(
    '{ "valueFrom": "${aws_secretsmanager_secret.db.arn}" }',
  );
  expect(edited("job.tf.json", '{ "valueFrom": «"old"» }', db)).toBe(
    '{ "valueFrom": "${aws_secretsmanager_secret.db.arn}" }',
  );
});

test("quotes in an interpolation are escaped in JSON only", () => {
  expect(edited("jobs.tf", "x = «old»", each)).toBe('x = aws_secretsmanager_secret.all["db"].arn');
  expect(edited("jobs.tf", "x = «old»", `${each}:a::`)).toBe('x = "${aws_secretsmanager_secret.all["db"].arn}:a::"');
  expect(edited("a.json.tftpl", '{"x": «"old"»}', `${each}:a::`)).toBe(
    '{"x": "${aws_secretsmanager_secret.all["db"].arn}:a::"}',
  );
  expect(edited("a.tf.json", '{"x": «"old"»}', `${each}:a::`)).toBe(
    '{"x": "${aws_secretsmanager_secret.all[\\"db\\"].arn}:a::"}',
  );
});

test("a value of JSON in a string has the quotes of that string", () => {
  expect(edited("jobs.tf", 'x = "{\\"valueFrom\\": «\\"old\\"»}"', `${each}:a::`)).toBe(
    'x = "{\\"valueFrom\\": \\"${aws_secretsmanager_secret.all["db"].arn}:a::\\"}"',
  );
  expect(edited("jobs.tf", 'x = "{\\"valueFrom\\": «\\"${local.db}:a\\"»}"', "⟨db⟩:a::", "⟨db⟩:a")).toBe(
    'x = "{\\"valueFrom\\": \\"${local.db}:a::\\"}"',
  );
});

test("a word that the module replaces in a file stays where only the end of the value changes", () => {
  expect(edited("job.json", '{"valueFrom": «"__SECRET__:k"»}', "⟨db⟩:k::", "⟨db⟩:k")).toBe(
    '{"valueFrom": "__SECRET__:k::"}',
  );
  expect(edited("job.tf.json", '{"x": «"arn:x:k"»}', `${db}:k::`, "arn:x:k")).toBe(`{"x": "${db}:k::"}`);
});

test("the expressions of a template stay where only its end changes", () => {
  const from = "⟨db⟩:SecretString:password";
  const change = (written: string, to: string) => edited("a.tf", `x = «${written}»`, to, from).slice(4);
  expect(change('"${secrets["db"]}:SecretString:password"', "⟨db⟩:password::")).toBe('"${secrets["db"]}:password::"');
  expect(change('"${local.db}:SecretString:password"', "⟨db⟩:SecretString:password::")).toBe(
    '"${local.db}:SecretString:password::"',
  );
  // The end is written elsewhere, or the beginning is wrong.
  expect(change('"${local.db}:${local.key}"', "⟨db⟩:password::")).toBe('"⟨db⟩:password::"');
  expect(change("local.db", "⟨db⟩:password::")).toBe('"⟨db⟩:password::"');
  expect(change('"${local.db}:SecretString:password"', "⟨other⟩:password::")).toBe('"⟨other⟩:password::"');
});

const BLOCK = `statement {
  actions   = ["secretsmanager:GetSecretValue"]
  resources = [aws_secretsmanager_secret.db.arn]
}`;
const OBJECT = `{
  Effect   = "Allow"
  Action   = "secretsmanager:GetSecretValue"
  Resource = aws_secretsmanager_secret.db.arn
}`;
const JSON_OBJECT = `{
  "Effect": "Allow",
  "Action": "secretsmanager:GetSecretValue",
  "Resource": "\${aws_secretsmanager_secret.db.arn}"
}`;

test("a statement is written as the one at its place", () => {
  const statements = [
    placeOf("a.tf", 'data "aws_iam_policy_document" "a" { statement «{ }» }'),
    placeOf("b.tf", "policy = jsonencode({ Statement = [«{ Effect = x }»] })"),
    placeOf("c.tf", 'policy = <<EOF\n{ "Statement": [«{ "Effect": "x" }»] }\nEOF'),
    placeOf("d.json.tftpl", '{ "Statement": [«{"Effect": "x"}»] }'),
    placeOf("e.tf", String.raw`policy = "{\"Statement\": [«{\"Effect\": \"x\"}»]}"`),
    placeOf("f.tf.json", '{ "statement": [«{ "actions": [] }»] }'),
  ].map((place) => write(place).statement(["secretsmanager:GetSecretValue"], [db]));
  expect(statements).toEqual([
    BLOCK,
    OBJECT,
    JSON_OBJECT,
    JSON_OBJECT.replace(db, "<aws_secretsmanager_secret.db.arn>"),
    String.raw`{ \"Effect\": \"Allow\", \"Action\": \"secretsmanager:GetSecretValue\", \"Resource\": \"${db}\" }`,
    `{\n  "actions": ["secretsmanager:GetSecretValue"],\n  "resources": ["${db}"]\n}`,
  ]);
});

test("a statement of a resource's policy says whom it is about, and a trust policy has no resources", () => {
  const ecs = { type: "Service", value: "ecs-tasks.amazonaws.com" };
  const statements = [
    placeOf("a.tf", 'data "aws_iam_policy_document" "a" { statement «{ }» }'),
    placeOf("b.tf", "policy = jsonencode({ Statement = [«{ Effect = x }»] })"),
    placeOf("d.json.tftpl", '{ "Statement": [«{"Effect": "x"}»] }'),
    placeOf("e.tf", String.raw`policy = "{\"Statement\": [«{\"Effect\": \"x\"}»]}"`),
    placeOf("f.tf.json", '{ "statement": [«{ "actions": [] }»] }'),
  ].map((place) => write(place).statement(["sts:AssumeRole"], [], ecs));
  expect(statements).toEqual([
    `statement {
  principals {
    type        = "Service"
    identifiers = ["ecs-tasks.amazonaws.com"]
  }
  actions = ["sts:AssumeRole"]
}`,
    `{
  Effect    = "Allow"
  Principal = { Service = "ecs-tasks.amazonaws.com" }
  Action    = "sts:AssumeRole"
}`,
    `{
  "Effect": "Allow",
  "Principal": { "Service": "ecs-tasks.amazonaws.com" },
  "Action": "sts:AssumeRole"
}`,
    String.raw`{ \"Effect\": \"Allow\", \"Principal\": { \"Service\": \"ecs-tasks.amazonaws.com\" }, \"Action\": \"sts:AssumeRole\" }`,
    `{
  "principals": { "type": "Service", "identifiers": ["ecs-tasks.amazonaws.com"] },
  "actions": ["sts:AssumeRole"]
}`,
  ]);
});

test("lists with several items have a line for each, aligned as terraform fmt does", () => {
  expect(write(placeOf("a.tf", "«»")).statement(["a:B", "c:D"], [db])).toBe(`{
  Effect = "Allow"
  Action = [
    "a:B",
    "c:D",
  ]
  Resource = aws_secretsmanager_secret.db.arn
}`);
});
