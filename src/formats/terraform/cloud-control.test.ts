import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../test/support/memory-workspace.ts";
import { link } from "../../facts/link.ts";
import { readTerraform } from "./read.ts";

const job = (secret: string) => `
resource "awscc_batch_job_definition" "j" {
  type = "container"
  container_properties = {
    image              = "x"
    execution_role_arn = awscc_iam_role.r.arn
    secrets            = [{ name = "S", value_from = ${secret} }]
  }
}
`;
const allowing = (action: string, resource: string) =>
  `jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = ${resource} }] })`;

async function world(text: string) {
  const { units } = await readTerraform(memoryWorkspace({ "main.tf": text }), ["main.tf"], { varFiles: [] });
  const linked = await link(units);
  const job = linked.jobs[0];
  const [container] = job?.containers ?? [];
  return { linked, container, role: linked.findRole("*.tf", [container?.execution_role?.arn.value ?? ""])?.resource };
}

test("a role of the Cloud Control provider has its trust, its inline policies, and those that name it", async () => {
  const { container, role, linked } = await world(`
resource "awscc_secretsmanager_secret" "s" {
  name       = "x"
  kms_key_id = awscc_kms_key.k.arn
  tags       = [{ key = "team", value = "etl" }]
  secret_string = jsonencode({ user = "a", password = "b" })
}
resource "awscc_kms_key" "k" {
  key_policy = ${allowing("kms:*", '"*"')}
}
resource "awscc_iam_role" "r" {
  role_name                   = "exec"
  assume_role_policy_document = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole" }] })
  policies = [{ policy_name = "p", policy_document = ${allowing("a:One", "awscc_secretsmanager_secret.s.secret_id")} }]
  managed_policy_arns = [awscc_iam_managed_policy.m.policy_arn]
}
resource "awscc_iam_managed_policy" "m" {
  policy_document = ${allowing("a:Two", "awscc_kms_key.k.arn")}
}
resource "awscc_iam_role_policy" "p" {
  role_name       = awscc_iam_role.r.role_name
  policy_name     = "q"
  policy_document = ${allowing("a:Three", '"*"')}
}
${job("awscc_secretsmanager_secret.s.id")}`);
  expect(role).toMatchObject({ address: "awscc_iam_role.r", name: { value: "exec" }, complete: true });
  expect(role?.trust).toHaveLength(1);
  const granted = role?.statements.map(({ actions, resources }) => [actions?.[0]?.value, resources?.[0]?.value]);
  const [secret] = linked.secrets;
  const [key] = linked.keys.values();
  expect(granted?.sort()).toEqual([
    ["a:One", secret?.arn.value],
    ["a:Three", "*"],
    ["a:Two", key?.arn.value],
  ]);
  expect(container?.secrets[0]?.value_from?.value).toBe(secret?.arn.value);
  expect(secret).toMatchObject({ key: key?.id, name: { value: "x" }, contents: [{ keys: ["user", "password"] }] });
  expect(secret?.tags).toMatchObject({ given: [{ key: "team", value: { value: "etl" } }] });
  expect(key?.statements).toHaveLength(1);
});

test("a generated secret has the key that is generated, and an alias means its key", async () => {
  const { linked } = await world(`
resource "awscc_secretsmanager_secret" "s" {
  kms_key_id             = awscc_kms_alias.a.alias_name
  generate_secret_string = { secret_string_template = "{\\"user\\": \\"a\\"}", generate_string_key = "password" }
}
resource "awscc_kms_key" "k" {}
resource "awscc_kms_alias" "a" {
  alias_name    = "alias/a"
  target_key_id = awscc_kms_key.k.key_id
}
resource "awscc_secretsmanager_secret_target_attachment" "t" { secret_id = awscc_secretsmanager_secret.s.id }
resource "awscc_secretsmanager_resource_policy" "p" {
  secret_id       = awscc_secretsmanager_secret.s.id
  resource_policy = ${allowing("a:One", '"*"')}
}
resource "awscc_iam_role" "r" {}
${job("awscc_secretsmanager_secret.s.id")}`);
  const [secret] = linked.secrets;
  expect(secret).toMatchObject({
    additions: [{ keys: ["engine", "host", "port"] }],
    contents: [{ keys: ["user", "password"] }],
  });
  expect(secret?.statements).toHaveLength(1);
  expect(secret?.key).toBe("*.tf#awscc_kms_key.k");
});
