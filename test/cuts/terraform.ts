/** What Terraform's reader cuts, with something behind each cut that matters. */
import type { Cut } from "./cut.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
const GOOD = ARN;
const BROKEN = `${ARN}:password`;

/** The properties of a job that reads a secret, by an expression. */
const properties = (reference: string): string =>
  `jsonencode({ image = "busybox", executionRoleArn = aws_iam_role.job.arn, secrets = [{ name = "DB", valueFrom = ${reference} }] })`;
const job = (name: string, reference: string, more = ""): string =>
  `resource "aws_batch_job_definition" "${name}" {
  name = "${name}"
  type = "container"
${more}  container_properties = ${properties(reference)}
}
`;
const bare = (name: string, reference: string, more = ""): string =>
  job(name, reference, more).replace("aws_iam_role.job.arn", '"arn:aws:iam::111122223333:role/other"');
const statement = (effect: string) =>
  `{ Effect = "${effect}", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.db.arn }`;
const policy = (name: string, effect: string, more = "", role = "aws_iam_role.job.id"): string =>
  `resource "aws_iam_role_policy" "${name}" {
  name = "${name}"
  role = ${role}
${more}  policy = jsonencode({ Version = "2012-10-17", Statement = [${statement(effect)}] })
}
`;
const ROLE = `resource "aws_iam_role" "job" {
  name = "job"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_secretsmanager_secret" "db" {
  name = "db"
}
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = var.db
}
variable "db" {}
`;
const BAD = `"${BROKEN}"`;
/** All that a job needs, and the job. */
const PROVEN = `${ROLE}${policy("read", "Allow")}${job("nightly", "aws_secretsmanager_secret.db.arn")}`;
const DENY = policy("deny", "Deny");
const denyElsewhere = (more = "") =>
  policy("deny", "Deny", more, '"job"').replace("aws_secretsmanager_secret.db.arn", '"*"');
const PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n';

const times = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => one(i)).join("");
const padding = (length: number): string => `# ${"x".repeat(98)}\n`.repeat(Math.ceil(length / 101));
const chain = (depth: number, last: string): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: depth + 1 }, (_, i) => [
      i === 0 ? "main.tf" : `m${i}/main.tf`,
      i === depth ? last : `${i === 0 ? PROVEN : ""}module "m" {\n  source = "${i === 0 ? "./" : "../"}m${i + 1}"\n}\n`,
    ]),
  );
const costly = '[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : md5("${a}${b}${c}")]]]';

export const terraform: readonly Cut[] = [
  ["modules nested deeper than they are read", chain(30, bare("bad", BAD))],
  [
    "more instances of a count",
    { "main.tf": PROVEN + bare("bad", `count.index < 1000 ? "${GOOD}" : "${BROKEN}"`, "  count = 1001\n") },
  ],
  [
    "more instances of a for_each",
    {
      "main.tf":
        PROVEN +
        bare(
          "bad",
          `each.key < "1999" ? "${GOOD}" : "${BROKEN}"`,
          "  for_each = toset([for i in range(1000) : tostring(i + 1000)] )\n",
        ).replace("range(1000)", "concat(range(1000), [1000])"),
    },
  ],
  [
    "a Deny beyond the instances of a count",
    { "main.tf": PROVEN + policy("deny", `$\{count.index < 1000 ? "Allow" : "Deny"}`, "  count = 1001\n") },
  ],
  [
    "a Deny beyond the resources of a root module",
    {
      "main.tf": `${PROVEN}${times(10, (i) => `resource "aws_iam_role" "r${i}" {\n  count = 1000\n  name = "r${i}-\${count.index}"\n  assume_role_policy = "{}"\n}\n`)}${policy("zdeny", "Deny")}`,
    },
  ],
  [
    "more calls of modules",
    {
      "main.tf": `${PROVEN}module "a" {\n  source = "./a"\n  count = 1000\n}\nmodule "b" {\n  source = "./b"\n}\n`,
      "a/main.tf": 'module "c" {\n  source = "../c"\n  count = 10\n}\n',
      "c/main.tf": "",
      "c/x.tf": "locals {\n  aws_batch_ = 1\n}\n",
      "b/main.tf": bare("bad", BAD),
    },
  ],
  ["a file that is too long", { "main.tf": PROVEN, "bad.tf": padding(2_100_000) + bare("bad", BAD) }],
  ["a Deny in a file that is too long", { "main.tf": PROVEN, "bad.tf": padding(2_100_000) + DENY }],
  [
    "a Deny in a JSON file that is too long",
    {
      "main.tf": PROVEN,
      "bad.tf.json":
        " ".repeat(2_100_000) +
        JSON.stringify({
          resource: {
            aws_iam_role_policy: {
              deny: {
                role: "${aws_iam_role.job.id}",
                policy: JSON.stringify({ Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] }),
              },
            },
          },
        }),
    },
  ],
  [
    "a module of many characters",
    {
      "main.tf": PROVEN,
      ...Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`p${i}.tf`, padding(1_900_000)])),
      "zbad.tf": bare("bad", BAD),
    },
  ],
  [
    "modules of many characters",
    {
      "main.tf": `${PROVEN}${times(5, (i) => `module "m${i}" {\n  source = "./m${i}"\n}\n`)}module "z" {\n  source = "./z"\n}\n`,
      ...Object.fromEntries([0, 1, 2, 3, 4].map((i) => [`m${i}/p.tf`, padding(1_900_000)])),
      "z/main.tf": bare("bad", BAD),
    },
  ],
  [
    "an expression nested too deep",
    { "main.tf": PROVEN + bare("bad", `${"(".repeat(300)}"${BROKEN}"${")".repeat(300)}`) },
  ],
  [
    "a Deny nested too deep",
    {
      "main.tf":
        PROVEN +
        DENY.replace("jsonencode(", `${"(".repeat(300)}jsonencode(`).replace(/\)\n\}\n$/, `)${")".repeat(300)}\n}\n`),
    },
  ],
  ["blocks nested too deep", { "main.tf": `${PROVEN}${"a {\n".repeat(60)}${"}\n".repeat(60)}${bare("bad", BAD)}` }],
  [
    "an evaluation of many steps before a job",
    {
      "main.tf": `${PROVEN}locals {\n  x = ${costly}\n}\n${bare("bad", `length(local.x) > 0 ? "${BROKEN}" : "${GOOD}"`)}`,
    },
  ],
  [
    "an evaluation of many steps before a Deny",
    {
      "main.tf": `locals {\n  x = ${costly}\n}\n${ROLE}${policy("read", "Allow")}${job("nightly", "aws_secretsmanager_secret.db.arn")}${policy("deny", '${length(local.x) > 0 ? "Deny" : "Allow"}')}`,
    },
  ],
  [
    "try of many steps",
    {
      "main.tf": `${PROVEN}locals {\n  x = try(length(${costly}) > 0 ? "${BROKEN}" : "", "${GOOD}")\n}\n${bare("bad", "local.x")}`,
    },
  ],
  [
    "try of a value that is too large",
    {
      "main.tf": `${PROVEN}locals {\n  s = join("", [for i in range(1000) : join("", [for j in range(1000) : "xxxx"])])\n  x = try(length(local.s) > 0 ? "${BROKEN}" : "", "${GOOD}")\n}\n${bare("bad", "local.x")}`,
    },
  ],
  [
    "try of references nested too deep",
    {
      "main.tf": `${PROVEN}locals {\n${times(500, (i) => `  v${i} = ${i === 499 ? `"${BROKEN}"` : `local.v${i + 1}`}\n`)}  x = try(local.v0, "${GOOD}")\n}\n${bare("bad", "local.x")}`,
    },
  ],
  [
    "references nested too deep",
    {
      "main.tf": `${PROVEN}locals {\n${times(500, (i) => `  v${i} = ${i === 499 ? `"${BROKEN}"` : `local.v${i + 1}`}\n`)}}\n${bare("bad", "local.v0")}`,
    },
  ],
  [
    "a Deny behind references nested too deep",
    {
      "main.tf": `${PROVEN}locals {\n${times(500, (i) => `  v${i} = ${i === 499 ? `"Deny"` : `local.v${i + 1}`}\n`)}}\n${policy("deny", "${local.v0}")}`,
    },
  ],
  [
    "a document of many statements",
    {
      "main.tf": `${PROVEN}data "aws_iam_policy_document" "d" {\n${times(1001, (i) => `  statement {\n    actions = ["s3:Get${i}"]\n    resources = ["*"]\n  }\n`)}  statement {\n    effect = "Deny"\n    actions = ["secretsmanager:GetSecretValue"]\n    resources = ["*"]\n  }\n}\n${policy("deny", "Deny").replace(/policy = .*/, "policy = data.aws_iam_policy_document.d.json")}`,
    },
  ],
  [
    "a policy larger than any",
    {
      "main.tf":
        PROVEN +
        DENY.replace(
          "Statement = [",
          `Statement = [${times(21_000, (i) => `{ Effect = "Allow", Action = "s3:Get${i}", Resource = "*" }, `)}`,
        ),
    },
  ],
  [
    "values in a file that is too long",
    {
      "main.tf": `variable "ref" {\n  default = "${GOOD}"\n}\n${PROVEN}${bare("bad", "var.ref")}`,
      "x.auto.tfvars": `${padding(2_100_000)}ref = "${BROKEN}"\n`,
    },
  ],
  [
    "values in a file of JSON that is too long",
    {
      "main.tf": `variable "ref" {\n  default = "${GOOD}"\n}\n${PROVEN}${bare("bad", "var.ref")}`,
      "x.auto.tfvars.json": `${" ".repeat(2_100_000)}{"ref": "${BROKEN}"}`,
    },
  ],
  [
    "files of a folder with too many",
    {
      "main.tf":
        PROVEN +
        bare(
          "bad",
          `each.key == "z/z" ? "${BROKEN}" : "${GOOD}"`,
          '  for_each = fileset("${path.module}/jobs", "**/z")\n',
        ),
      ...Object.fromEntries(Array.from({ length: 5_200 }, (_, i) => [`jobs/a${i}`, ""])),
      "jobs/z/z": "",
    },
    "open",
  ],
  [
    "a Deny for files of a folder with too many",
    {
      "main.tf": PROVEN + policy("deny", "Deny", '  for_each = fileset("${path.module}/jobs", "**/z")\n'),
      ...Object.fromEntries(Array.from({ length: 5_200 }, (_, i) => [`jobs/a${i}`, ""])),
      "jobs/z/z": "",
    },
    "open",
  ],
  [
    "a Deny in another root, in a file that is too long",
    { "app/main.tf": PROVIDER + PROVEN, "iam/main.tf": PROVIDER + padding(2_100_000) + denyElsewhere() },
  ],
  [
    "a Deny in another root that is broken",
    { "app/main.tf": PROVIDER + PROVEN, "iam/main.tf": `${PROVIDER}${denyElsewhere()}\nresource "x" {{\n` },
    "open",
  ],
  [
    "a Deny in another root, beyond its instances",
    {
      "app/main.tf": PROVIDER + PROVEN,
      "iam/main.tf": `${PROVIDER}${denyElsewhere("  count = 1001\n").replace('"Deny"', 'count.index == 1000 ? "Deny" : "Allow"')}`,
    },
  ],
  [
    "a Deny in another root, beyond its resources",
    {
      "app/main.tf": PROVIDER + PROVEN,
      "iam/main.tf": `${PROVIDER}${times(10, (i) => `resource "aws_iam_role" "r${i}" {\n  count = 1000\n  name = "r${i}-\${count.index}"\n  assume_role_policy = "{}"\n}\n`)}${denyElsewhere()}`,
    },
  ],
  [
    "a Deny in another root, behind many steps",
    {
      "app/main.tf": PROVIDER + PROVEN,
      "iam/main.tf": `${PROVIDER}locals {\n  x = ${costly}\n}\n${denyElsewhere("  count = length(local.x) > 0 ? 1 : 0\n")}`,
    },
  ],
  [
    "a Deny in another root, in a module nested too deep",
    {
      "app/main.tf": PROVIDER + PROVEN,
      ...Object.fromEntries(
        Object.entries(chain(30, denyElsewhere())).map(([path, text]) => [
          `iam/${path}`,
          PROVIDER + text.replace(PROVEN, ""),
        ]),
      ),
    },
  ],
];
