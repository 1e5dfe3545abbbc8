/**
 * What takes policies off a role: an argument or a resource of Terraform that lists all of a kind.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policies_exclusive
 */
import { expect, test } from "vitest";
import { answers } from "./support/answers.ts";

const ACCOUNT = "123456789012";
const STATEMENT = `{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.db.arn }`;
const POLICY = `jsonencode({ Version = "2012-10-17", Statement = [${STATEMENT}] })`;
const INLINE = `
resource "aws_iam_role_policy" "read" {
  name   = "read"
  role   = aws_iam_role.exec.id
  policy = ${POLICY}
}`;
const MANAGED = `
resource "aws_iam_policy" "read" {
  name   = "read"
  policy = ${POLICY}
}
resource "aws_iam_role_policy_attachment" "read" {
  role       = aws_iam_role.exec.name
  policy_arn = aws_iam_policy.read.arn
}`;

/** What is said of the read of a secret by a role with these arguments, beside these resources. */
function read(resources: string, role = ""): Promise<string[]> {
  return answers("secret-read-allowed", {
    "main.tf": `
resource "aws_secretsmanager_secret" "db" { name = "db" }
resource "aws_iam_role" "exec" {
  name               = "exec"
  assume_role_policy = "{}"
  ${role}
}
${resources}
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({
    image            = "busybox"
    executionRoleArn = aws_iam_role.exec.arn
    secrets          = [{ name = "PASSWORD", valueFrom = aws_secretsmanager_secret.db.arn }]
  })
}`,
  });
}

const list = (type: string, argument: string) =>
  `\nresource "${type}" "all" {\n  role_name = aws_iam_role.exec.name\n  ${argument}\n}`;

test("a list of inline policies takes off what it lacks, and nothing else", async () => {
  const all = (names: string) => list("aws_iam_role_policies_exclusive", `policy_names = ${names}`);
  const off = "aws_iam_role_policies_exclusive.all takes off the policies of the role that it does not list";
  expect(await read(INLINE + all("[]"))).toEqual([off]);
  expect(await read(INLINE + all(`["other"]`))).toEqual([off]);
  expect(await read(INLINE + all(`["other", "read"]`))).toEqual(["proven"]);
  expect(await read(INLINE + all("[aws_iam_role_policy.read.name]"))).toEqual(["proven"]);
  expect(await read(MANAGED + all("[]"))).toEqual(["proven"]);
});

test("a list of attachments takes off what it lacks, and attaches what it has", async () => {
  const all = (arns: string) => list("aws_iam_role_policy_attachments_exclusive", `policy_arns = ${arns}`);
  const off = "aws_iam_role_policy_attachments_exclusive.all takes off the policies of the role that it does not list";
  expect(await read(MANAGED + all("[]"))).toEqual([off]);
  expect(await read(MANAGED + all("[aws_iam_policy.read.arn]"))).toEqual(["proven"]);
  expect(await read(INLINE + all("[]"))).toEqual(["proven"]);
});

test("a role that lists its policies has no others of that kind", async () => {
  const off = "aws_iam_role.exec takes off the policies of the role that it does not list";
  const managed = (arns: string) => `managed_policy_arns = ${arns}`;
  expect(await read(MANAGED, managed(`["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]`))).toEqual([off]);
  expect(await read(MANAGED, managed("[aws_iam_policy.read.arn]"))).toEqual(["proven"]);
  expect(await read(INLINE, managed("[]"))).toEqual(["proven"]);
  const block = (name: string, policy: string) =>
    `inline_policy {\n    name   = "${name}"\n    policy = ${policy}\n  }`;
  expect(await read(INLINE, block("other", `"{}"`))).toEqual([off]);
  expect(await read("", block("own", POLICY))).toEqual(["proven"]);
});

test("in a plan the policies that a role is seen to have are no list of all", async () => {
  const role = (expressions: object) =>
    JSON.stringify({
      format_version: "1.2",
      planned_values: {
        root_module: {
          resources: [
            planned("aws_iam_role", "exec", {
              ...{ name: "exec", arn: `arn:aws:iam::${ACCOUNT}:role/exec`, assume_role_policy: "{}" },
              managed_policy_arns: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"],
            }),
            planned("aws_iam_role_policy_attachment", "read", {
              ...{ role: "exec", policy_arn: "arn:aws:iam::aws:policy/SecretsManagerReadWrite" },
            }),
            planned("aws_batch_job_definition", "job", {
              ...{ name: "job", type: "container" },
              container_properties: JSON.stringify({
                image: "busybox",
                executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/exec`,
                secrets: [
                  {
                    name: "PASSWORD",
                    valueFrom: `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:db-AbCdEf`,
                  },
                ],
              }),
            }),
          ],
        },
      },
      configuration: {
        root_module: { resources: [{ address: "aws_iam_role.exec", type: "aws_iam_role", name: "exec", expressions }] },
      },
    });
  expect(await answers("secret-read-allowed", { "plan.json": role({}) })).toEqual(["proven"]);
  const given = { managed_policy_arns: { constant_value: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"] } };
  expect(await answers("secret-read-allowed", { "plan.json": role(given) })).toEqual([
    "aws_iam_role.exec takes off the policies of the role that it does not list",
  ]);
});

function planned(type: string, name: string, values: object): object {
  return { address: `${type}.${name}`, mode: "managed", type, name, values };
}

test("an attachment of a policy takes it off whom it does not list", async () => {
  const roles = (list: string) => `
resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}
resource "aws_iam_policy_attachment" "all" {
  name       = "all"
  roles      = [${list}]
  policy_arn = aws_iam_policy.read.arn
}`;
  const off = "aws_iam_policy_attachment.all takes off the policies of the role that it does not list";
  expect(await read(MANAGED + roles("aws_iam_role.other.name"))).toEqual([off]);
  expect(await read(MANAGED + roles("aws_iam_role.other.name, aws_iam_role.exec.name"))).toEqual(["proven"]);
});

test("of two inline policies with one name either may be the one that is there", async () => {
  const again = (policy: string) => `
resource "aws_iam_role_policy" "again" {
  name   = "read"
  role   = aws_iam_role.exec.id
  policy = ${policy}
}`;
  const other = 'jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })';
  expect(await read(INLINE + again(other))).toEqual(["aws_iam_role_policy.again may or may not be that policy"]);
  expect(await read(INLINE + again(POLICY))).toEqual(["proven"]);
});
