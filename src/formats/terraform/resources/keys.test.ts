import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import type { Resources } from "../../../facts/resources.ts";
import { readTerraform } from "../read.ts";

async function resourcesIn(text: string): Promise<Resources> {
  const { units } = await readTerraform(memoryWorkspace({ "main.tf": text }), ["main.tf"], { varFiles: [] });
  const [unit] = units;
  if (!unit) throw new Error("no unit");
  return unit.resources;
}

/** What the only policy of the files grants, where `expression` is its resource. */
const granting = (expression: string) => `
data "aws_batch_job_queue" "q" { name = "q" }
resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = ${expression} }] })
}
`;

const granted = ({ policies }: Resources) =>
  policies.flatMap(({ kind, statements }) => (kind === "identity" ? statements.flatMap((one) => one.resources) : []));

test("the target of an alias is the ARN of the key, by whatever it is named", async () => {
  for (const target of ["id", "key_id", "arn"]) {
    const { keys, policies } = await resourcesIn(`
resource "aws_kms_key" "k" {}
resource "aws_kms_alias" "a" {
  name          = "alias/a"
  target_key_id = aws_kms_key.k.${target}
}
${granting("aws_kms_alias.a.target_key_arn")}`);
    const [statement] = policies.flatMap(({ statements }) => statements);
    expect(statement?.resources?.map(({ value }) => value)).toEqual([keys[0]?.arn.value]);
  }
});

test("replicas and keys with material of one's own are keys", async () => {
  const { keys, secrets } = await resourcesIn(`
resource "aws_kms_key" "k" { multi_region = true }
resource "aws_kms_replica_key" "r" { primary_key_arn = aws_kms_key.k.arn }
resource "aws_kms_external_key" "x" {}
resource "aws_secretsmanager_secret" "s" { kms_key_id = aws_kms_replica_key.r.arn }
data "aws_batch_job_queue" "q" { name = "q" }`);
  const [primary, replica, external] = ["k", "r", "x"].map((name) =>
    keys.find(({ address }) => address.endsWith(`.${name}`)),
  );
  expect(secrets[0]?.key_reference?.value).toBe(replica?.arn.value);
  // The same id in another Region.
  expect(replica?.arn.value).not.toBe(primary?.arn.value);
  expect(replica?.arn.value.split(":").at(-1)).toBe(primary?.arn.value.split(":").at(-1));
  expect(external?.arn.value).toMatch(/:key\//);
});

test.each([
  [
    "aws_db_instance",
    "manage_master_user_password",
    "master_user_secret[0].secret_arn",
    "master_user_secret_kms_key_id",
  ],
  [
    "aws_rds_cluster",
    "manage_master_user_password",
    "master_user_secret.0.secret_arn",
    "master_user_secret_kms_key_id",
  ],
  [
    "aws_docdb_cluster",
    "manage_master_user_password",
    "master_user_secret[0].secret_arn",
    "master_user_secret_kms_key_id",
  ],
  ["aws_redshift_cluster", "manage_master_password", "master_password_secret_arn", "master_password_secret_kms_key_id"],
  [
    "aws_redshiftserverless_namespace",
    "manage_admin_password",
    "admin_password_secret_arn",
    "admin_password_secret_kms_key_id",
  ],
])("the secret that %s manages is a secret with a key", async (type, flag, arn, key) => {
  const database = (name: string, more = "") => `resource "${type}" "${name}" {\n  ${more}\n}\n`;
  const found = await resourcesIn(`
resource "aws_kms_key" "k" {}
${database("d", `${flag} = true`)}
${database("e", `${flag} = true\n  ${key} = aws_kms_key.k.arn`)}
${database("f")}
${granting(`${type}.d.${arn}`)}`);
  expect(found.secrets.map(({ key_reference }) => key_reference?.value ?? null)).toEqual([
    null,
    found.keys[0]?.arn.value,
  ]);
  expect(found.secrets[0]).toMatchObject({ rotates: true, contents: [{ kind: "json" }] });
  expect(granted(found)).toMatchObject([{ value: found.secrets[0]?.arn.value }]);
});

test.each([
  ["aws_db_instance", "manage_master_user_password", "rds!db-"],
  ["aws_rds_cluster", "manage_master_user_password", "rds!cluster-"],
  ["aws_docdb_cluster", "manage_master_user_password", ""],
])("the secret that %s manages has a name that begins as the service says", async (type, flag, start) => {
  const { secrets } = await resourcesIn(`
data "aws_batch_job_queue" "q" { name = "q" }
resource "${type}" "d" { ${flag} = true }`);
  expect(secrets[0]?.arn.value).toContain(`:secret:${start}⟨`);
});

test("a key policy that may not be there leaves open what the key allows without it", async () => {
  const unseen = async (more: string) =>
    (
      await resourcesIn(`
variable "on" { type = bool }
data "aws_batch_job_queue" "q" { name = "q" }
resource "aws_kms_key" "k" {}
resource "aws_kms_key_policy" "p" {
  ${more}
  key_id = aws_kms_key.k.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "kms:Put*", Resource = "*" }] })
}`)
    ).policies.flatMap((policy) => (policy.kind === "key" ? policy.unseen : []));
  expect(await unseen("")).toEqual([]);
  expect(await unseen("count = var.on ? 1 : 0")).toMatchObject([{ part: "policy", cause: { name: "var.on" } }]);
});
