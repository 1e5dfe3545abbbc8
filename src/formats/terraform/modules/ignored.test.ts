import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { readTerraform } from "../read.ts";

async function resourcesIn(text: string) {
  const files = { "main.tf": `data "aws_batch_job_queue" "q" { name = "q" }\n${text}` };
  const { units } = await readTerraform(memoryWorkspace(files), ["main.tf"], { varFiles: [] });
  const [unit] = units;
  if (!unit) throw new Error("no unit");
  return unit.resources;
}

const ignoring = (names: string) => `lifecycle {\n  ignore_changes = ${names}\n}`;

test("a setting whose changes are not deployed is not known, whether the files give it or not", async () => {
  const dns = async (lifecycle: string, given = "private_dns_enabled = true") =>
    (await resourcesIn(`resource "aws_vpc_endpoint" "e" {\n  ${given}\n  ${lifecycle}\n}`)).endpoints[0]?.private_dns;
  expect(await dns("")).toBe(true);
  expect(await dns(ignoring("[tags]"))).toBe(true);
  expect(await dns(ignoring("[private_dns_enabled]"))).toBe(null);
  expect(await dns(ignoring("[private_dns_enabled]"), "")).toBe(null);
  expect(await dns(ignoring("all"))).toBe(null);
});

test("rules, keys and boundaries that something else writes are not known", async () => {
  const { group_rules, security_groups, secrets, roles } = await resourcesIn(`
resource "aws_security_group" "g" {
  ${ignoring("[ingress]")}
}
resource "aws_secretsmanager_secret" "s" {
  kms_key_id = "alias/a"
  ${ignoring("[kms_key_id]")}
}
resource "aws_iam_role" "r" {
  assume_role_policy = "{}"
  ${ignoring("[permissions_boundary]")}
}`);
  expect(group_rules).toEqual([]);
  expect(security_groups[0]).toMatchObject({ unseen: [{ cause: { kind: "ignored-changes" } }] });
  expect(secrets[0]?.key_reference?.value).toContain("ignored");
  expect(roles[0]?.permissions_boundary?.value).toContain("ignored");
});

test("of a block only what is named is not known", async () => {
  const subnets = async (names: string) => {
    const { compute_environments } = await resourcesIn(`resource "aws_batch_compute_environment" "c" {
  compute_resources {
    type    = "FARGATE"
    subnets = ["subnet-1"]
  }
  ${ignoring(names)}
}`);
    return compute_environments[0];
  };
  const known = async (names: string) => (await subnets(names))?.subnets.map(({ value }) => value === "subnet-1");
  expect((await subnets("[compute_resources[0].desired_vcpus]"))?.unseen).toEqual([]);
  expect(await known("[compute_resources[0].desired_vcpus]")).toEqual([true]);
  expect(await known("[compute_resources[0].subnets]")).toEqual([false]);
  expect((await subnets("[compute_resources[0].subnets]"))?.type).toMatchObject({ value: "FARGATE" });
  expect((await subnets("[compute_resources]"))?.unseen).toMatchObject([{ cause: { kind: "ignored-changes" } }]);
});
