/** One violation, a reference without its last colons, in every spelling of Terraform that Terraform itself reads. */
import type { Spelling } from "./spelling.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
const BROKEN = `${ARN}:password`;

const container = { image: "busybox", secrets: [{ name: "DB", valueFrom: BROKEN }] };
const text = JSON.stringify(container);
const quoted = JSON.stringify(text);
const encoded = `jsonencode({ image = "busybox", secrets = [{ name = "DB", valueFrom = "${BROKEN}" }] })`;

const job = (properties: string, labels = '"aws_batch_job_definition" "nightly"', more = ""): string =>
  `resource ${labels} {\n  name = "nightly"\n  type = "container"\n${more}  container_properties = ${properties}\n}\n`;
const inJson = {
  resource: {
    aws_batch_job_definition: { nightly: { name: "nightly", type: "container", container_properties: text } },
  },
};
const call = (source: string): string => `module "jobs" {\n  source = "${source}"\n}\n`;

export const terraform: readonly Spelling[] = [
  ["jsonencode", { "main.tf": job(encoded) }],
  ["a string", { "main.tf": job(quoted) }],
  ["a heredoc", { "main.tf": job(`<<EOT\n${text}\nEOT`) }],
  ["an indented heredoc", { "main.tf": job(`<<-EOT\n    ${text}\n    EOT`) }],
  ["labels without quotes", { "main.tf": job(encoded, "aws_batch_job_definition nightly") }],
  ["a label with an escape", { "main.tf": job(encoded, '"aws_b\\u0061tch_job_definition" "nightly"') }],
  [
    "comments between the words",
    { "main.tf": job(encoded, 'resource/**/"aws_batch_job_definition" /* x */ "nightly"'.replace("resource", "")) },
  ],
  ["Windows line ends", { "main.tf": job(encoded).replaceAll("\n", "\r\n") }],
  ["behind a megabyte of comments", { "main.tf": `# ${"x".repeat(1 << 20)}\n${job(encoded)}` }],
  ["with a mark of the byte order", { "main.tf": `\ufeff${job(encoded)}` }],
  ["a NUL in a comment", { "main.tf": `# \0\n${job(encoded)}` }],
  ["a name with a dot and a file of any name", { "zz.any.tf": job(encoded) }],
  ["OpenTofu's ending", { "main.tofu": job(encoded) }],
  ["JSON", { "main.tf.json": JSON.stringify(inJson) }],
  ["JSON with escapes", { "main.tf.json": JSON.stringify(inJson).replace("aws_b", "\\u0061ws_b") }],
  ["JSON, a block as a list", { "main.tf.json": JSON.stringify({ resource: [inJson.resource] }) }],
  ["JSON, all of it as a list", { "main.tf.json": JSON.stringify([inJson]) }],
  [
    "JSON with an expression",
    {
      "main.tf.json": JSON.stringify({
        resource: {
          aws_batch_job_definition: {
            nightly: { name: "nightly", type: "container", container_properties: `\${${encoded}}` },
          },
        },
      }),
    },
  ],
  ["OpenTofu's JSON", { "main.tofu.json": JSON.stringify(inJson) }],
  ["a local", { "main.tf": `locals {\n  c = ${encoded}\n}\n${job("local.c")}` }],
  ["a variable's default", { "main.tf": `variable "c" {\n  default = ${quoted}\n}\n${job("var.c")}` }],
  ["a variable's value", { "main.tf": `variable "c" {}\n${job("var.c")}`, "terraform.tfvars": `c = ${quoted}\n` }],
  ["a file", { "main.tf": job('file("${path.module}/c.txt")'), "c.txt": text }],
  [
    "a template file",
    { "main.tf": job('templatefile("c.tftpl", { k = "password" })'), "c.tftpl": text.replace("password", "${k}") },
  ],
  ["YAML that is made JSON", { "main.tf": job('jsonencode(yamldecode(file("c.yaml")))'), "c.yaml": text }],
  ["base64", { "main.tf": job(`base64decode("${Buffer.from(text).toString("base64")}")`) }],
  ["wrapped in a string", { "main.tf": job(`"\${${encoded}}"`) }],
  [
    "a heredoc with a loop",
    {
      "main.tf": job(
        `<<EOT\n{"image": "b", "secrets": [%{ for k in ["password"] }{"name": "DB", "valueFrom": "${ARN}:\${k}"}%{ endfor }]}\nEOT`,
      ),
    },
  ],
  ["an escape of eight digits", { "main.tf": job(encoded.replace(":password", "\\U0000003apassword")) }],
  [
    "picked out of collections",
    { "main.tf": job(encoded.replace(`"${BROKEN}"`, `one([element(values({ a = "${BROKEN}" }), 0)])`)) },
  ],
  [
    "the provider awscc",
    {
      "main.tf": `resource "awscc_batch_job_definition" "nightly" {\n  type = "container"\n  container_properties = {\n    image = "b"\n    secrets = [{ name = "DB", value_from = "${BROKEN}" }]\n  }\n}\n`,
    },
  ],
  [
    "an output of a module",
    { "main.tf": `${call("./c")}${job("module.jobs.c")}`, "c/main.tf": `output "c" {\n  value = ${encoded}\n}\n` },
  ],
  ["a source with two slashes", { "main.tf": call(".//jobs"), "jobs/main.tf": job(encoded) }],
  [
    "a source by a local, as OpenTofu takes it",
    {
      "main.tf": `locals {\n  s = "./jobs"\n}\nmodule "jobs" {\n  source = local.s\n}\n`,
      "jobs/main.tf": job(encoded),
    },
  ],
  [
    "an override in JSON",
    {
      "main.tf": job('"{}"'),
      "override.tf.json": JSON.stringify({
        resource: { aws_batch_job_definition: { nightly: { container_properties: text } } },
      }),
    },
  ],
  [
    "a variable's value in JSON",
    { "main.tf": `variable "c" {}\n${job("var.c")}`, "x.auto.tfvars.json": JSON.stringify({ c: text }) },
  ],
  ["pieces", { "main.tf": job(encoded.replace(`"${BROKEN}"`, `"\${join(":", ["${ARN}", "password"])}"`)) }],
  ["a format", { "main.tf": job(encoded.replace(`"${BROKEN}"`, `format("%s:%s", "${ARN}", "password")`)) }],
  ["a replacement", { "main.tf": job(encoded.replace(`"${BROKEN}"`, `replace("${ARN}:KEY", "KEY", "password")`)) }],
  [
    "merged objects",
    { "main.tf": job(`jsonencode(merge({ image = "b" }, { secrets = [{ name = "DB", valueFrom = "${BROKEN}" }] }))`) },
  ],
  [
    "a loop over a map",
    {
      "main.tf": job(
        `jsonencode({ image = "b", secrets = [for k, v in { DB = "${BROKEN}" } : { name = k, valueFrom = v }] })`,
      ),
    },
  ],
  ["one of two alternatives", { "main.tf": job(`true ? ${encoded} : "{}"`) }],
  ["several of them", { "main.tf": job(encoded, undefined, '  for_each = toset(["a", "b"])\n') }],
  ["a count", { "main.tf": job(encoded, undefined, "  count = 2\n") }],
  ["a module", { "main.tf": call("./jobs"), "jobs/main.tf": job(encoded) }],
  [
    "a module whose path goes around",
    { "main.tf": call("./x/.././jobs/"), "jobs/main.tf": job(encoded), "x/y.txt": "" },
  ],
  ["a module with an escape in its path", { "main.tf": call("./j\\u006fbs"), "jobs/main.tf": job(encoded) }],
  ["a module in a folder that is passed over", { "main.tf": call("./venv/jobs"), "venv/jobs/main.tf": job(encoded) }],
  ["a module in a cache", { "main.tf": call("./.cache/jobs"), ".cache/jobs/main.tf": job(encoded) }],
  ["a module of a module", { "main.tf": call("./a"), "a/main.tf": call("../b"), "b/main.tf": job(encoded) }],
  [
    "an override",
    {
      "main.tf": job('"{}"'),
      "main_override.tf": `resource "aws_batch_job_definition" "nightly" {\n  container_properties = ${encoded}\n}\n`,
    },
  ],
  [
    "Terragrunt",
    {
      "live/terragrunt.hcl": 'terraform {\n  source = "../jobs"\n}\ninputs = {}\n',
      "jobs/main.tf": job(encoded),
    },
  ],
];

const planned = {
  format_version: "1.2",
  terraform_version: "1.9.0",
  planned_values: {
    root_module: {
      resources: [
        {
          address: "aws_batch_job_definition.nightly",
          mode: "managed",
          type: "aws_batch_job_definition",
          name: "nightly",
          values: { name: "nightly", type: "container", container_properties: text },
        },
      ],
    },
  },
};

export const plan: readonly Spelling[] = [
  ["a plan", { "plan.json": JSON.stringify(planned) }],
  ["a plan of any name", { "out/tf.out.json": JSON.stringify(planned, null, 2) }],
  ["a plan with escapes", { "plan.json": JSON.stringify(planned).replaceAll("aws_batch", "\\u0061ws_batch") }],
  [
    "a plan in UTF-16, as PowerShell writes it",
    { "plan.json": Buffer.from(`\ufeff${JSON.stringify(planned)}`, "utf16le") },
  ],
  [
    "in a module",
    {
      "plan.json": JSON.stringify({
        ...planned,
        planned_values: {
          root_module: { child_modules: [{ address: "module.a", ...planned.planned_values.root_module }] },
        },
      }),
    },
  ],
];
