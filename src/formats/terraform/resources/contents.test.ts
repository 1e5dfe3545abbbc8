import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { link } from "../../../facts/link.ts";
import { readTerraform } from "../read.ts";

const JOB = 'data "aws_batch_job_queue" "q" { name = "q" }\n';
const SECRET = 'resource "aws_secretsmanager_secret" "s" { name = "db" }\n';

/** The secrets of a module, with what their values are. */
async function secretsIn(text: string) {
  const files = { "main.tf": `${JOB}${text}` };
  const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
  return (await link(units)).secrets;
}

async function contentsOf(version: string, more = "") {
  const [secret] = await secretsIn(`${SECRET}${more}
resource "aws_secretsmanager_secret_version" "v" {
  secret_id = aws_secretsmanager_secret.s.id
  ${version}
}`);
  return (secret?.contents ?? []).map(({ kind, keys, open, maybe }) => [kind, keys, open?.name ?? maybe?.name ?? null]);
}

test.each([
  ['secret_string = "hunter2"', "", ["text", null, null]],
  ["secret_string = random_password.p.result", 'resource "random_password" "p" {}', ["text", null, null]],
  ["secret_string_wo = ephemeral.random_password.p.result", 'ephemeral "random_password" "p" {}', ["text", null, null]],
  ['secret_string = jsonencode({ a = "b" })', "", ["json", ["a"], null]],
  ['secret_string = jsonencode(merge({ a = "b" }, var.x))', 'variable "x" {}', ["json", ["a"], "var.x"]],
  ["secret_string = var.x", 'variable "x" {}', ["string", null, "var.x"]],
  ['secret_string = "https://app:$' + '{var.x}@db"', 'variable "x" {}', ["text", null, null]],
  ['secret_binary = filebase64("x")', "", ["binary", null, null]],
  ['secret_string = "hunter2"\n  secret_binary = ""', "", ["text", null, null]],
  ['secret_string = ""\n  secret_binary = filebase64("x")', "", ["binary", null, null]],
])("a version with %s", async (version, more, expected) => {
  expect(await contentsOf(version, `${more}\n`)).toEqual([expected]);
});

test.each([
  ["secret_string = var.x", '"not-json"', ["text", null, "var.x"]],
  ["secret_string = jsonencode(var.x)", '{ a = "b" }', ["json", ["a"], "var.x"]],
  ['secret_string = jsonencode(merge({ b = "c" }, var.x))', '{ a = "b" }', ["json", ["b", "a"], "var.x"]],
  ["secret_string = jsonencode({ a = var.x })", '"b"', ["json", ["a"], null]],
])("a default shows what %s may be, not what is deployed", async (version, value, expected) => {
  expect(await contentsOf(version, `variable "x" {\n  default = ${value}\n}\n`)).toEqual([expected]);
});

test.each([
  ['secret_string = jsonencode({ a = "b" })', ["json", ["a"]]],
  ['secret_string = "set by hand"', ["string", null]],
  ['secret_binary = "AA=="', ["unknown", null]],
])("of %s that something else replaces, JSON shows which keys are meant", async (version, expected) => {
  const lifecycle = "lifecycle {\n    ignore_changes = [secret_string, secret_binary]\n  }";
  expect(await contentsOf(`${version}\n  ${lifecycle}`)).toEqual([
    [...expected, "aws_secretsmanager_secret_version.v"],
  ]);
});

test("a version that may not be made is in doubt, unless its secret is as well", async () => {
  const flag = 'variable "on" {}\n';
  expect(await contentsOf('count = var.on ? 1 : 0\n  secret_string = "x"', flag)).toEqual([["text", null, "var.on"]]);
  const [both] = await secretsIn(`${flag}
resource "aws_secretsmanager_secret" "s" {
  count = var.on ? 1 : 0
  name  = "db"
}
resource "aws_secretsmanager_secret_version" "v" {
  count         = var.on ? 1 : 0
  secret_id     = aws_secretsmanager_secret.s[0].id
  secret_string = "x"
}`);
  expect(both?.contents.map(({ maybe }) => maybe)).toEqual([undefined]);
});

test("versions have their labels, and the current one if none is given", async () => {
  const [secret] = await secretsIn(`${SECRET}
resource "aws_secretsmanager_secret_version" "a" {
  secret_id     = aws_secretsmanager_secret.s.id
  secret_string = "x"
}
resource "aws_secretsmanager_secret_version" "b" {
  secret_id      = aws_secretsmanager_secret.s.arn
  secret_string  = "x"
  version_stages = ["blue"]
}`);
  expect(secret?.contents.map(({ stages }) => stages)).toEqual([["AWSCURRENT"], ["blue"]]);
});

test("a version of a secret that is not known may fill any of the module", async () => {
  const secrets = await secretsIn(`${SECRET}
variable "id" {}
resource "aws_secretsmanager_secret_version" "v" {
  secret_id     = var.id
  secret_string = "x"
}`);
  expect(secrets.map(({ address, filled_by }) => [address, filled_by?.name ?? null])).toEqual([
    ["aws_secretsmanager_secret.s", "var.id"],
    ["aws_secretsmanager_secret_version.v", null],
  ]);
});

test("what is only looked up is not declared; a version gives it a value all the same", async () => {
  const lookup = 'data "aws_secretsmanager_secret" "s" { name = "db" }\n';
  expect((await secretsIn(lookup)).map(({ declared }) => declared)).toEqual([false]);
  const [secret] = await secretsIn(`${lookup}
resource "aws_secretsmanager_secret_version" "v" {
  secret_id     = data.aws_secretsmanager_secret.s.id
  secret_string = "x"
}`);
  expect([secret?.declared, secret?.contents.map(({ kind }) => kind)]).toEqual([true, ["text"]]);
});

test("a function that rotates a secret may add keys to it; secrets of databases have two", async () => {
  const [rotated] = await secretsIn(`${SECRET}
resource "aws_secretsmanager_secret_rotation" "r" {
  secret_id           = aws_secretsmanager_secret.s.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:r"
}`);
  expect([rotated?.rotates, rotated?.additions.map(({ others }) => others)]).toEqual([true, [null]]);
  const [managed] = await secretsIn('resource "aws_rds_cluster" "c" { manage_master_user_password = true }\n');
  expect([managed?.rotates, managed?.contents.map(({ keys, open }) => [keys, open])]).toEqual([
    true,
    [[["username", "password"], null]],
  ]);
});

test("of the secret of a connection only some keys may be known", async () => {
  const [secret] = await secretsIn('resource "aws_cloudwatch_event_connection" "c" { name = "c" }\n');
  expect(secret?.contents.map(({ kind, open }) => [kind, open?.name])).toEqual([
    ["json", "aws_cloudwatch_event_connection.c.secret"],
  ]);
});

test("a key is enabled unless its argument says otherwise", async () => {
  const stateOf = async (argument: string) => {
    const files = { "main.tf": `${JOB}resource "aws_kms_key" "k" {\n  ${argument}\n}\nvariable "on" {}\n` };
    const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
    return units[0]?.resources.keys[0]?.state?.value;
  };
  expect(await stateOf("")).toBe("Enabled");
  expect(await stateOf("is_enabled = false")).toBe("Disabled");
  expect(await stateOf("is_enabled = var.on")).toContain("var.on");
});
