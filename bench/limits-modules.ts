/** Modules that are short and mean a lot. None is what anybody has. */
import type { Files } from "./generate.ts";
import { filesOf, type Input, lines, SECRET, stringify, times } from "./limits-shared.ts";

/** The block of a job in Terraform, with more arguments. */
const block = (name: string, more = ""): string => `resource "aws_batch_job_definition" "${name}" {
  ${more}
  name                 = "j"
  type                 = "container"
  container_properties = jsonencode({ image = "i", secrets = [{ name = "A", valueFrom = "${SECRET}" }] })
}
`;
const inModule = (text: string, more = ""): Files => new Map([["main.tf", text + block("j", more)]]);

/** Modules that call each other so many levels deep, so many times each. */
function nested(levels: number, count: number): Files {
  const call = (level: number, prefix: string) =>
    `module "m" {\n  source = "${prefix}m${level}"\n  count  = ${count}\n}\n`;
  return new Map([
    ["main.tf", call(1, "./")],
    ...times(levels - 1, (index) => [`m${index + 1}/main.tf`, call(index + 2, "../")] as const),
    [`m${levels}/main.tf`, block("j")],
  ]);
}

export const MODULES: readonly Input[] = [
  [
    "eight root modules of a million jobs each",
    () => filesOf(8, (n) => [`m${n}/main.tf`, block("j", "count = 1000000")]),
  ],
  ["twenty modules in each of twenty, five deep", () => nested(5, 20)],
  [
    "loops in loops",
    () =>
      inModule(
        "locals { x = [for a in range(1000): [for b in range(1000): [for c in range(1000): a]]] }\n",
        "priority = local.x[0][0][0]",
      ),
  ],
  [
    "blocks made in blocks",
    () =>
      inModule(
        `resource "aws_security_group" "s" {\n${lines(3, () => 'dynamic "x" {\nfor_each = range(1000)\ncontent {\n')}${"}\n}\n".repeat(3)}}\n`,
      ),
  ],
  [
    "products of sets",
    () => inModule("locals { x = setproduct(range(1000), range(1000), range(1000)) }\n", "priority = local.x[0][0]"),
  ],
  [
    "a thousand root modules that call 200 jobs",
    () =>
      new Map([
        ["mod/main.tf", lines(200, (n) => block(`j${n}`))],
        ...times(1_000, (n) => [`r${n}/main.tf`, 'module "m" {\n  source = "../mod"\n}\n'] as const),
      ]),
  ],
  [
    "twenty long files in one module",
    () =>
      filesOf(20, (n) => [`f${n}.tf`, `${block(`j${n}`)}locals {\n${lines(120_000, (i) => `  a${n}_${i} = 1\n`)}}\n`]),
  ],
  [
    "a long document, decoded 1,000 times",
    () =>
      new Map([
        ["long.json", stringify({ a: times(100_000, (n) => n) })],
        ["main.tf", lines(1_000, (n) => block(`j${n}`, 'priority = jsondecode(file("long.json")).a[0]'))],
      ]),
  ],
  [
    "4,000 files, listed 1,000 times",
    () =>
      new Map([
        ...filesOf(4_000, (n) => [`d/${n % 50}/f${n}.txt`, "x"]),
        ["main.tf", lines(1_000, (n) => block(`j${n}`, `priority = length(fileset("d", "**/*${n}"))`))],
      ]),
  ],
  [
    "2,500 roles and policies that are called by one variable",
    () =>
      inModule(
        `variable "p" {}\n${lines(2_500, (n) => `resource "aws_iam_role" "r${n}" {\n  name = "\${var.p}-${n}"\n}\nresource "aws_iam_role_policy" "p${n}" {\n  role   = "\${var.p}${n}"\n  policy = "{}"\n}\n${block(`j${n}`, `parameters = { role = "\${var.p}-${n}x" }`)}`)}`,
      ),
  ],
  [
    "300 jobs in each of 300 networks",
    () =>
      inModule(
        lines(
          300,
          (n) => `resource "aws_vpc" "v${n}" {}
resource "aws_subnet" "s${n}" {
  vpc_id = aws_vpc.v${n}.id
}
resource "aws_vpc_endpoint" "e${n}" {
  vpc_id            = aws_vpc.v${n}.id
  service_name      = "com.amazonaws.eu-west-1.secretsmanager"
  vpc_endpoint_type = "Interface"
}
resource "aws_batch_compute_environment" "c${n}" {
  type = "MANAGED"
  compute_resources {
    type    = "FARGATE"
    subnets = [aws_subnet.s${n}.id]
  }
}
${block(`j${n}`)}`,
        ),
      ),
  ],
  [
    "400 folders of Terragrunt in each other",
    () =>
      new Map([
        ...times(
          400,
          (n) => [`${"d/".repeat(n)}terragrunt.hcl`, 'include "p" {\n  path = find_in_parent_folders()\n}\n'] as const,
        ),
        [`${"d/".repeat(400)}main.tf`, block("j")],
      ]),
  ],
  ["a million empty lines", () => inModule("\n".repeat(1_000_000))],
];
