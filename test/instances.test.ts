/** What belongs to each instance of a resource whose keys are not known: from files to answers. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";

const SECRET = (name: string, of: string) => `
resource "aws_secretsmanager_secret" "${name}" {
  for_each = ${of}
  name     = each.key
}
resource "aws_secretsmanager_secret_version" "${name}" {
  for_each      = ${of}
  secret_id     = aws_secretsmanager_secret.${name}[each.key].id
  secret_string = "x"
}`;
const allow = (action: string, resource: string) =>
  `jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = ${resource}, Principal = { Service = "ecs-tasks.amazonaws.com" } }] })`;
const EACH = "aws_secretsmanager_secret.s[each.key].arn";

/** Whether the only reference may be read: what is said of the link. */
async function read(granted: { readonly each?: string; readonly resource: string }) {
  const { report } = await checkFiles({
    "main.tf": `
variable "names" { type = set(string) }
variable "others" { type = set(string) }
${SECRET("s", "var.names")}
${SECRET("t", "var.others")}
resource "aws_iam_role" "exec" {
  name               = "exec"
  assume_role_policy = ${allow("sts:AssumeRole", '"*"')}
}
resource "aws_iam_role_policy" "read" {
  ${granted.each ? `for_each = ${granted.each}` : ""}
  role   = aws_iam_role.exec.id
  policy = ${allow("secretsmanager:GetSecretValue", granted.resource)}
}
resource "aws_batch_job_definition" "job" {
  for_each             = var.names
  name                 = each.key
  type                 = "container"
  container_properties = jsonencode({
    image            = "a"
    executionRoleArn = aws_iam_role.exec.arn
    secrets          = [{ name = "A", valueFrom = ${EACH} }]
  })
}`,
  });
  const [only, ...more] = report.references;
  expect(more).toEqual([]);
  return only?.links.read?.state;
}

test.each([
  ["a policy of each", { each: "var.names", resource: EACH }],
  ["a list of all", { resource: "[for s in aws_secretsmanager_secret.s : s.arn]" }],
  ["a list of all values", { resource: "values(aws_secretsmanager_secret.s)[*].arn" }],
  ["a list by their names", { resource: "[for n in var.names : aws_secretsmanager_secret.s[n].arn]" }],
  ["a sorted list", { resource: "sort(values(aws_secretsmanager_secret.s)[*].arn)" }],
  ["a sorted list with more", { resource: 'sort(concat(values(aws_secretsmanager_secret.s)[*].arn, ["a"]))' }],
  ["a list without blanks", { resource: "compact(values(aws_secretsmanager_secret.s)[*].arn)" }],
  ["a list of patterns", { resource: 'formatlist("%s*", values(aws_secretsmanager_secret.s)[*].arn)' }],
  ["more than one list", { resource: "concat([for s in aws_secretsmanager_secret.s : s.arn], [])" }],
])("what each instance reads is granted by %s", async (_, granted) => {
  expect(await read(granted)).toBe("proven");
});

test.each([
  ["others", { each: "var.others", resource: EACH }],
  ["some", { resource: '[for k, s in aws_secretsmanager_secret.s : s.arn if k != "x"]' }],
  ["some names", { resource: '[for n in var.names : aws_secretsmanager_secret.s[n].arn if n != "x"]' }],
  ["all but one", { resource: "slice(sort(values(aws_secretsmanager_secret.s)[*].arn), 1, 2)" }],
  ["the first", { resource: "sort(values(aws_secretsmanager_secret.s)[*].arn)[0]" }],
  ["a list of others", { resource: "[for s in aws_secretsmanager_secret.t : s.arn]" }],
  ["those with names of others", { resource: "[for n in var.others : aws_secretsmanager_secret.s[n].arn]" }],
])("a policy for %s proves nothing", async (_, granted) => {
  expect(await read(granted)).not.toBe("proven");
});

/** What is said of the read by a role of the instance `"a"`, where a policy is only that of another key. */
async function readBy(each: string) {
  const { report } = await checkFiles({
    "main.tf": `
variable "e" {}
resource "aws_secretsmanager_secret" "s" { name = "s" }
resource "aws_iam_role" "r" {
  for_each           = ${each}
  name               = "r-\${each.key}"
  assume_role_policy = ${allow("sts:AssumeRole", '"*"')}
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r["b-\${var.e}"].id
  policy = ${allow("secretsmanager:GetSecretValue", "aws_secretsmanager_secret.s.arn")}
}
resource "aws_batch_job_definition" "job" {
  name = "j"
  type = "container"
  container_properties = jsonencode({
    image            = "a"
    executionRoleArn = aws_iam_role.r["b-a"].arn
    secrets          = [{ name = "A", valueFrom = aws_secretsmanager_secret.s.arn }]
  })
}`,
  });
  return report.references.map(({ links }) => links.read?.state);
}

test("instances whose keys may be the same may be one", async () => {
  expect(await readBy('toset(["b-a", "b-${var.e}"])')).toEqual(["open"]);
  expect(await readBy('{ "b-a" = 1, "b-${var.e}" = 2 }')).toEqual(["open"]);
});

test("an instance is found by the key that it has, also where that is not known", async () => {
  const { report } = await checkFiles({
    "main.tf": `
variable "e" {}
locals { keys = toset(["a-\${var.e}", "b-\${var.e}"]) }
${SECRET("s", "local.keys")}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = ${allow("sts:AssumeRole", '"*"')}
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = ${allow("secretsmanager:GetSecretValue", 'aws_secretsmanager_secret.s["a-${var.e}"].arn')}
}
resource "aws_batch_job_definition" "job" {
  for_each = local.keys
  name     = "j"
  type     = "container"
  container_properties = jsonencode({
    image            = "a"
    executionRoleArn = aws_iam_role.r.arn
    secrets          = [{ name = "A", valueFrom = aws_secretsmanager_secret.s[each.key].arn }]
  })
}`,
  });
  expect(report.references.map(({ links }) => links.read?.state)).toEqual(["proven", "broken"]);
});

test("what the first of a number of jobs may read is not what each of them may", async () => {
  const each = "aws_secretsmanager_secret.s[count.index].arn";
  const job = (role: string, secret: string, more = "") => `
resource "aws_batch_job_definition" "job" {
  ${more}
  name = "j"
  type = "container"
  container_properties = jsonencode({
    image            = "a"
    executionRoleArn = ${role}
    secrets          = [{ name = "A", valueFrom = ${secret} }]
  })
}`;
  const counted = async (granted: string, of = each, isInModule = false) => {
    const called = `
module "job" {
  source = "./job"
  count  = var.n
  role   = aws_iam_role.r.arn
  secret = ${each}
}`;
    const { report } = await checkFiles({
      ...(isInModule && { "job/main.tf": `variable "role" {}\nvariable "secret" {}${job("var.role", of)}` }),
      "main.tf": `
variable "n" { type = number }
resource "aws_secretsmanager_secret" "s" {
  count = var.n
  name  = "s-\${count.index}"
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = ${allow("sts:AssumeRole", '"*"')}
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = ${allow("secretsmanager:GetSecretValue", granted)}
}${isInModule ? called : job("aws_iam_role.r.arn", of, "count = var.n")}`,
    });
    return report.references.map(({ links }) => links.read?.state);
  };
  const first = "aws_secretsmanager_secret.s[0].arn";
  expect(await counted(first)).toEqual(["open"]);
  expect(await counted(first, first)).toEqual(["proven"]);
  expect(await counted(first, "var.secret", true)).toEqual(["open"]);
});
