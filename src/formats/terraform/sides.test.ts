/** Job definitions with a part that depends on something unknown. */
import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../test/support/memory-workspace.ts";
import { readTerraform } from "./read.ts";

/** The container that is made of an expression: its references and variables, and what is not seen of it. */
async function container(properties: string) {
  const main = `variable "on" { default = false }
variable "keys" { default = [] }
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = ${properties}
}`;
  const { units } = await readTerraform(memoryWorkspace({ "main.tf": main }), ["main.tf"], { varFiles: [] });
  const job = units[0]?.resources.job_definitions[0];
  const [found] = job?.containers ?? [];
  const label = ({ name, maybe }: { name: { value: string } | null; maybe?: { name: string } | undefined }) =>
    maybe ? `${name?.value} if ${maybe.name}` : name?.value;
  return {
    secrets: found?.secrets.map(label),
    environment: found?.environment.map(label),
    role: found?.execution_role?.arn.value ?? null,
    unseen: [...(job?.unseen ?? []), ...(found?.unseen ?? [])].map(({ part, cause }) => `${part}: ${cause.name}`),
  };
}

const A = '{ name = "A", valueFrom = "a" }';
const B = '{ name = "B", valueFrom = "b" }';

test.each([
  [
    "concat",
    `jsonencode({ secrets = concat([${A}], var.on ? [${B}] : []) })`,
    ["A", "B if var.on"],
    ["secrets: var.on"],
  ],
  [
    "a condition with nothing on one side",
    `jsonencode({ secrets = var.on ? [${B}] : null })`,
    ["B if var.on"],
    ["secrets: var.on"],
  ],
  [
    "a condition with two lists",
    `jsonencode({ secrets = var.on ? [${A}] : [${B}] })`,
    ["A if var.on", "B if var.on"],
    ["secrets: var.on"],
  ],
  [
    "merge that adds secrets",
    `jsonencode(merge({ image = "i" }, var.on ? { secrets = [${B}] } : {}))`,
    ["B if var.on"],
    ["secrets: var.on"],
  ],
  [
    "merge that adds something else",
    `jsonencode(merge({ secrets = [${A}] }, var.on ? { privileged = true } : {}))`,
    ["A"],
    [],
  ],
  [
    "two documents",
    `var.on ? jsonencode({ secrets = [${A}] }) : jsonencode({ secrets = [${A}, ${B}] })`,
    ["A", "B if var.on"],
    ["secrets: var.on"],
  ],
  [
    "a loop over nothing that is known",
    `jsonencode({ secrets = [for k in var.keys : { name = "K", valueFrom = k }] })`,
    ["K if var.keys"],
    ["secrets: var.keys"],
  ],
  [
    "a loop with an open condition",
    `jsonencode({ secrets = [for k in ["K"] : { name = k, valueFrom = k } if var.on] })`,
    ["K if var.on"],
    ["secrets: var.on"],
  ],
])("what a job may read is read: %s", async (_, properties, secrets, unseen) => {
  expect(await container(properties)).toEqual({ secrets, environment: [], role: null, unseen });
});

test("a map that may replace everything hides no secret", async () => {
  const { secrets, unseen } = await container(`jsonencode(merge({ secrets = [${A}] }, var.more))`);
  expect(secrets).toEqual(["A if var.more"]);
  expect(unseen).toContain("secrets: var.more");
});

test("variables of the environment may be there too, and what is certain stays so", async () => {
  const properties = `jsonencode(merge(
    { executionRoleArn = "r", environment = concat([{ name = "A", value = "a" }], var.on ? [{ name = "B", value = "b" }] : []) },
    var.on ? { logConfiguration = { logDriver = "awslogs", secretOptions = [${B}] } } : {},
  ))`;
  expect(await container(properties)).toEqual({
    secrets: [],
    environment: ["A", "B if var.on"],
    role: "r",
    unseen: ["environment: var.on", "logConfiguration: var.on"],
  });
});

test.each([
  ["concat", "concat([local.log], var.on ? [local.read] : [])"],
  ["one statement or none", "[local.log, var.on ? local.read : null]"],
  [
    "a loop over nothing that is known",
    '[local.log, [for k in var.keys : { Effect = "Allow", Action = "b:B", Resource = k }]]',
  ],
])("a statement that one side of a condition adds may be there: %s", async (_, statements) => {
  const main = `variable "on" { default = false }
variable "keys" { default = [] }
locals {
  log  = { Effect = "Allow", Action = "a:A", Resource = "*" }
  read = { Effect = "Allow", Action = "b:B", Resource = "*" }
}
resource "aws_batch_job_definition" "job" {}
resource "aws_iam_policy" "read" { policy = jsonencode({ Statement = flatten(${statements}) }) }`;
  const { units } = await readTerraform(memoryWorkspace({ "main.tf": main }), ["main.tf"], { varFiles: [] });
  const [policy] = units[0]?.resources.policies ?? [];
  expect(policy?.statements.map(({ actions, maybe }) => [actions?.[0]?.value, maybe?.kind])).toEqual([
    ["a:A", undefined],
    ["b:B", "variable"],
  ]);
  expect(policy?.unseen).toEqual([]);
});
