/** A reference without its last colons, however it is written: the edit is exact, and the finding is gone. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { check } from "../../src/check.ts";
import { defaultConfig } from "../../src/config/config.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "spelled-"));
});
afterEach(() => rmSync(root, { recursive: true }));

async function selectorFindings() {
  const { report } = await check({ root, paths: [], ignore: [], config: defaultConfig, failOn: "error" });
  expect(report.problems).toEqual([]);
  return report.findings.filter(({ rule }) => rule === "secret-selector-format");
}

/** The file with its one edit applied, after which nothing is found. */
async function edited(path: string, text: string): Promise<string> {
  writeFileSync(join(root, path), text);
  const [finding, ...more] = await selectorFindings();
  const [edit, ...others] = finding?.remedy.edits ?? [];
  if (!edit || more.length > 0 || others.length > 0) throw new Error(`not one edit: ${JSON.stringify(finding)}`);
  const lines = text.split("\n");
  const at = ({ line, column }: { line: number; column: number }) =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  const result = text.slice(0, at(edit.location.start)) + edit.text + text.slice(at(edit.location.end));
  writeFileSync(join(root, path), result);
  expect(await selectorFindings()).toEqual([]);
  return result;
}

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
const container = (valueFrom: string) => `{"image": "busybox", "secrets": [{"name": "DB", "valueFrom": ${valueFrom}}]}`;

test.each([
  [`{"valueFrom": "${ARN}:password"}`, `{"valueFrom": "${ARN}:password::"}`],
  [`{"valueFrom": "${ARN.replace("db", "d\\u0062")}:password"}`, `{"valueFrom": "${ARN}:password::"}`],
])("in a JSON file: %j", async (secret, expected) => {
  const job = (one: string) =>
    `{"jobDefinitionName": "a", "type": "container", "containerProperties":
      {"image": "b", "secrets": [${one.replace("{", '{"name": "DB", ')}]}}`;
  expect(await edited("job.json", job(secret))).toBe(job(expected));
});

test.each([
  [`valueFrom: ${ARN}:password`, `valueFrom: "${ARN}:password::"`],
  [`valueFrom: '${ARN}:password' # why`, `valueFrom: "${ARN}:password::" # why`],
  [`valueFrom: >-\n          ${ARN}:password`, `valueFrom: "${ARN}:password::"`],
  [`valueFrom:\n          ${ARN}:password`, `valueFrom:\n          "${ARN}:password::"`],
  [`{ name: X, valueFrom: ${ARN}:password }`, `{ name: X, valueFrom: "${ARN}:password::" }`],
])("in a YAML file: %j", async (secret, expected) => {
  const job = (one: string) =>
    `jobDefinitionName: a
type: container
containerProperties:
  image: b
  secrets:
    - ${one.startsWith("{") ? one : `name: DB\n      ${one}`}
`;
  expect(await edited("job.yaml", job(secret))).toBe(job(expected));
});

test("in a document that is a string of JSON", async () => {
  const plan = (valueFrom: string) =>
    JSON.stringify({
      format_version: "1.2",
      planned_values: {
        root_module: {
          resources: [
            {
              address: "aws_batch_job_definition.a",
              mode: "managed",
              type: "aws_batch_job_definition",
              name: "a",
              values: { name: "a", type: "container", container_properties: container(JSON.stringify(valueFrom)) },
            },
          ],
        },
      },
      terraform_version: "1.9.0",
    });
  expect(await edited("plan.json", plan(`${ARN}:password`))).toBe(plan(`${ARN}:password::`));
});

const template = (valueFrom: string) => `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Db:
    Type: AWS::SecretsManager::Secret
    Properties: { SecretString: '{"password": "{{x}}"}' }
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: busybox
        Secrets:
          - Name: DB
            ValueFrom: ${valueFrom}
`;

test.each([
  ["!Sub ${Db}:password", '!Sub "${Db}:password::"'],
  ['!Sub "${Db}:password"', '!Sub "${Db}:password::"'],
  ["!Sub '${Db}:password'", '!Sub "${Db}:password::"'],
  ["!Sub >-\n              ${Db}:password", '!Sub "${Db}:password::"'],
  ['{ "Fn::Sub": "${Db}:password" }', '{ "Fn::Sub": "${Db}:password::" }'],
  ["{ Fn::Sub: '${Db}:password' }", "{ Fn::Sub: '${Db}:password::' }"],
  ["\n              Fn::Sub: ${Db}:password", '\n              Fn::Sub: "${Db}:password::"'],
  ['!Sub ["${X}:password", { X: !Ref Db }]', '!Sub ["${X}:password::", { X: !Ref Db }]'],
  ['!Join ["", [!Ref Db, ":password"]]', '!Sub "${Db}:password::"'],
  [
    "\n              Fn::Join:\n                - ':'\n                - - !Ref Db\n                  - password",
    '\n              !Sub "${Db}:password::"',
  ],
])("in a template of YAML: %j", async (value, expected) => {
  expect(await edited("stack.yaml", template(value))).toBe(template(expected));
});

test.each([
  ['{"Fn::Sub": "${Db}:password"}', '{"Fn::Sub": "${Db}:password::"}'],
  ['{"Fn::Join": [":", [{"Ref": "Db"}, "password"]]}', '{ "Fn::Sub": "${Db}:password::" }'],
  ['{"Fn::Sub": ["${X}:password", {"X": {"Ref": "Db"}}]}', '{"Fn::Sub": ["${X}:password::", {"X": {"Ref": "Db"}}]}'],
])("in a template of JSON: %j", async (value, expected) => {
  const stack = (valueFrom: string) =>
    `{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {
      "Db": {"Type": "AWS::SecretsManager::Secret", "Properties": {}},
      "Job": {"Type": "AWS::Batch::JobDefinition", "Properties": {"Type": "container", "ContainerProperties":
        {"Image": "b", "Secrets": [{"Name": "DB", "ValueFrom": ${valueFrom}}]}}}}}`;
  expect(await edited("stack.json", stack(value))).toBe(stack(expected));
});

const DB = "aws_secretsmanager_secret.db.arn";
const module = (properties: string) => `resource "aws_secretsmanager_secret" "db" {
  name = "db"
}

locals {
  key = "password"
  db  = aws_secretsmanager_secret.db.arn
}

resource "aws_batch_job_definition" "a" {
  name = "a"
  type = "container"
  container_properties = ${properties}
}
`;

test.each([
  [`"\${${DB}}:password"`, `"\${${DB}}:password::"`],
  [`"\${local.db}:password"`, `"\${local.db}:password::"`],
  [`"\${local.db}:\${local.key}"`, `"\${local.db}:\${local.key}::"`],
  [`join(":", [local.db, "password"])`, `"\${${DB}}:password::"`],
  [`format("%s:%s", local.db, local.key)`, `"\${${DB}}:password::"`],
])("in an object of Terraform: %j", async (value, expected) => {
  const properties = (valueFrom: string) =>
    module(`jsonencode({ image = "b", secrets = [{ name = "DB", valueFrom = ${valueFrom} }] })`);
  expect(await edited("main.tf", properties(value))).toBe(properties(expected));
});

test.each([
  [`"\${${DB}}:password"`, `"\${${DB}}:password::"`],
  [`"\${local.db}:\${local.key}"`, `"\${local.db}:\${local.key}::"`],
])("in a heredoc of Terraform: %j", async (value, expected) => {
  const properties = (valueFrom: string) => module(`<<-JSON\n    ${container(valueFrom)}\n  JSON`);
  expect(await edited("main.tf", properties(value))).toBe(properties(expected));
});

test("in JSON within a string of Terraform", async () => {
  const properties = (valueFrom: string) => module(`"${container(valueFrom).replaceAll('"', '\\"')}"`);
  expect(await edited("main.tf", properties(`"\${local.db}:\${local.key}"`))).toBe(
    properties(`"\${local.db}:\${local.key}::"`),
  );
});
