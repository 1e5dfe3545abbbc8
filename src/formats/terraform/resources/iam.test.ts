import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { readTerraform } from "../read.ts";

async function policyWith(content: string) {
  const text = `
variable "on" { type = bool }
variable "more" { type = list(any) }
data "aws_batch_job_queue" "q" { name = "q" }
data "aws_iam_policy_document" "d" {
  ${content}
}
resource "aws_iam_policy" "p" { policy = data.aws_iam_policy_document.d.json }`;
  const { units } = await readTerraform(memoryWorkspace({ "main.tf": text }), ["main.tf"], { varFiles: [] });
  return units[0]?.resources.policies[0];
}

const statements = (each: string, effect: string) => `dynamic "statement" {
    for_each = ${each}
    content {
      effect    = ${effect}
      actions   = ["secretsmanager:GetSecretValue"]
      resources = ["*"]
    }
  }`;

test("a statement that a dynamic block makes perhaps is there perhaps, with what it says", async () => {
  const cause = { kind: "variable", name: "var.on" };
  expect(await policyWith(statements("var.on ? [1] : []", '"Deny"'))).toMatchObject({
    statements: [{ effect: { value: "Deny" }, resources: [{ value: "*" }], maybe: cause }],
    unseen: [],
  });
  expect(await policyWith(statements("var.more", '"Allow"'))).toMatchObject({
    statements: [{ effect: { value: "Allow" }, maybe: { kind: "variable", name: "var.more" } }],
    unseen: [],
  });
});

test("a statement whose effect is as unknown as whether it is there is not seen", async () => {
  expect(await policyWith(statements("var.more", "statement.value.effect"))).toMatchObject({
    statements: [],
    unseen: [{ part: "Statement" }],
  });
});

test("what a policy denies whose changes are not deployed may be denied, and what it allows is not seen", async () => {
  const text = `
data "aws_batch_job_queue" "q" { name = "q" }
resource "aws_iam_role_policy" "p" {
  role   = "r"
  policy = jsonencode({ Statement = [
    { Effect = "Allow", Action = "secretsmanager:*", Resource = "*" },
    { Effect = "Deny", Action = "secretsmanager:*", Resource = "a" },
  ] })
  lifecycle {
    ignore_changes = [policy]
  }
}`;
  const { units } = await readTerraform(memoryWorkspace({ "main.tf": text }), ["main.tf"], { varFiles: [] });
  const cause = { kind: "ignored-changes", name: "aws_iam_role_policy.p" };
  expect(units[0]?.resources.policies).toMatchObject([
    { statements: [{ effect: { value: "Deny" }, maybe: cause }], unseen: [{ cause }] },
  ]);
});
