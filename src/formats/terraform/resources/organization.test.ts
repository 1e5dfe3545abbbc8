import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { readTerraform } from "../read.ts";

test("service and resource control policies are read, policies of other types are not", async () => {
  const policy = (name: string, type: string) => `
resource "aws_organizations_policy" "${name}" {
  ${type}
  content = jsonencode({ Statement = [{ Effect = "Deny", Action = "secretsmanager:*", Resource = "*" }] })
}`;
  const text = `data "aws_batch_job_queue" "q" { name = "q" }
${policy("default", "")}
${policy("resources", 'type = "RESOURCE_CONTROL_POLICY"')}
${policy("tags", 'type = "TAG_POLICY"')}`;
  const { units } = await readTerraform(memoryWorkspace({ "main.tf": text }), ["main.tf"], { varFiles: [] });
  expect(units[0]?.resources.organization_policies).toMatchObject([
    { address: "aws_organizations_policy.default", statements: [{ effect: { value: "Deny" } }] },
    { address: "aws_organizations_policy.resources", statements: [{ effect: { value: "Deny" } }] },
  ]);
});
