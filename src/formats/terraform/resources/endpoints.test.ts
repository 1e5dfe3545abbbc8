import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { readTerraform } from "../read.ts";

async function endpointIn(text: string) {
  const files = { "main.tf": `variable "on" {}\ndata "aws_batch_job_queue" "q" { name = "q" }\n${text}` };
  const { units } = await readTerraform(memoryWorkspace(files), ["main.tf"], { varFiles: [] });
  return units[0]?.resources.endpoints[0];
}

const MAYBE = "count = var.on ? 1 : 0";
const endpoint = (more = "") => `
resource "aws_vpc_endpoint" "e" {
  service_name       = "com.amazonaws.eu-west-1.secretsmanager"
  vpc_endpoint_type  = "Interface"
  security_group_ids = ["sg-1"]
  ${more}
}`;
const policy = (more = "") => `
resource "aws_vpc_endpoint_policy" "p" {
  vpc_endpoint_id = aws_vpc_endpoint.e.id
  policy          = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:*", Resource = "*" }] })
  ${more}
}`;
const association = (more = "") => `
resource "aws_vpc_endpoint_security_group_association" "a" {
  vpc_endpoint_id   = aws_vpc_endpoint.e.id
  security_group_id = "sg-2"
  ${more}
}`;
const cause = { kind: "variable", name: "var.on" };

test("an endpoint that may not be there says so", async () => {
  expect(await endpointIn(endpoint())).toMatchObject({ unseen: [] });
  expect(await endpointIn(endpoint(MAYBE))).toMatchObject({ unseen: [{ part: "existence", cause }] });
});

test("a policy of its own, and a group, may not be there either", async () => {
  const own = await endpointIn(endpoint() + policy() + association());
  expect(own).toMatchObject({ statements: [{ maybe: null }], security_groups: [{ value: "sg-1" }, { value: "sg-2" }] });
  const perhaps = await endpointIn(endpoint() + policy(MAYBE) + association(MAYBE));
  expect(perhaps).toMatchObject({
    statements: [{ maybe: cause }],
    security_groups: null,
    unseen: [{ part: "policy", cause }],
  });
  const together = await endpointIn(endpoint(MAYBE) + (policy(MAYBE) + association(MAYBE)).replaceAll(".e.", ".e[0]."));
  expect(together).toMatchObject({
    statements: [{ maybe: null }],
    security_groups: [{ value: "sg-1" }, { value: "sg-2" }],
  });
});
