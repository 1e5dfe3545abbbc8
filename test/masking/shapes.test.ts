/** Secrets that only what is around them tells: no report and no case shows them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cases, check } from "../../src/check.ts";
import { defaultConfig } from "../../src/config/config.ts";
import { renderCase } from "../../src/report/facts.ts";
import { hider } from "../../src/report/hide.ts";
import { reports } from "../../src/report/table.ts";
import { writeFiles } from "../support/files.ts";

async function shown(files: Readonly<Record<string, string>>): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "shapes-"));
  try {
    writeFiles(root, files);
    const options = { root, paths: [], ignore: [], config: defaultConfig, failOn: "error" as const };
    const { report, excerpts } = await check(options);
    const terminal = { colour: false, width: 3_000, show: undefined };
    const written = await Promise.all(reports.map(({ write }) => write(report, excerpts, terminal)));
    const facts = [...(await cases(options)).cases].map(({ input }) => renderCase(input, hider()));
    return [...written, ...facts].join("\n");
  } finally {
    rmSync(root, { recursive: true });
  }
}

const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-Xk3p9Q:password";
const container = (of: object) => ({ image: "a", secrets: [{ name: "A", valueFrom: ARN }], ...of });
const raw = (of: object) => ({
  "job.json": JSON.stringify(
    { jobDefinitionName: "j", type: "container", containerProperties: container(of) },
    null,
    2,
  ),
});
const given = (name: string, value: string) => raw({ environment: [{ name, value }] });
const stack = (environment: string, more = "") => ({
  "stack.yaml": `${more}Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: a
        Secrets: [{ Name: A, ValueFrom: "${ARN}" }]
        Environment: [${environment}]
`,
});
const module_ = (value: string, more: string) => `${more}
resource "aws_batch_job_definition" "j" {
  name = "j"
  type = "container"
  container_properties = jsonencode({
    image       = "a"
    secrets     = [{ name = "A", valueFrom = "${ARN}" }]
    environment = [{ name = "LEVEL", value = ${value} }]
  })
}
`;
const KEY = Buffer.from(`-----BEGIN EC PRIVATE KEY-----\n${"Qz7Lp".repeat(20)}\n`).toString("base64");

test.each([
  ["quotes, like an alias of YAML", "*vR8tm2Lq", stack('{ Name: DB_PASSWORD, Value: "*vR8tm2Lq" }')],
  ["quotes, like an anchor of YAML", "&vR8tm2Lq", stack('{ Name: DB_PASSWORD, Value: "&vR8tm2Lq" }')],
  ["quotes, like the start of an ARN", "arn:vR8tm2Lq", stack('{ Name: DB_PASSWORD, Value: "arn:vR8tm2Lq" }')],
  ["JSON, like an alias of YAML", "*vR8tm2Lq", given("DB_PASSWORD", "*vR8tm2Lq")],
  ["base64 of a private key", KEY.slice(0, 60), given("CERT", KEY)],
  ["the words of mysql", "vR8tm2Lq", raw({ command: ["mysql", "-u", "root", "-pvR8tm2Lq"] })],
  ["the words of sshpass", "vR8tm2Lq", raw({ command: ["sshpass", "-p", "vR8tm2Lq", "ssh", "host"] })],
  ["the words of redis-cli", "vR8tm2Lq", raw({ command: ["redis-cli", "-a", "vR8tm2Lq", "ping"] })],
  [
    "a mapping",
    "vR8tm2Lq",
    stack(
      "{ Name: LEVEL, Value: !FindInMap [All, prod, Password] }",
      "Mappings: { All: { prod: { Password: vR8tm2Lq } } }\n",
    ),
  ],
  [
    "a map of variables",
    "vR8tm2Lq",
    {
      "main.tf": module_("var.env.DB_PASSWORD", 'variable "env" { type = map(string) }'),
      "terraform.tfvars": 'env = { DB_PASSWORD = "vR8tm2Lq" }\n',
    },
  ],
  [
    "a plan whose properties are sensitive as a whole",
    "vR8tm2Lq",
    {
      "plan.json": JSON.stringify({
        format_version: "1.2",
        terraform_version: "1.9.0",
        planned_values: {
          root_module: {
            resources: [
              {
                address: "aws_batch_job_definition.j",
                mode: "managed",
                type: "aws_batch_job_definition",
                name: "j",
                values: {
                  name: "j",
                  type: "container",
                  container_properties: JSON.stringify(
                    container({ environment: [{ name: "LEVEL", value: "vR8tm2Lq" }] }),
                  ),
                },
                sensitive_values: { container_properties: true },
              },
            ],
          },
        },
        configuration: { root_module: {} },
      }),
    },
  ],
])("nothing shows of a secret in %s", async (_, secret, files) => {
  const all = await shown(files);
  expect(all).toContain("secret-selector-format");
  expect(all.includes(secret)).toBe(false);
});

test("references and ordinary values are shown", async () => {
  const environment = [
    { name: "DB_PASSWORD", value: "arn:aws:ssm:eu-west-1:123456789012:parameter/db" },
    { name: "TOKEN_ARN", value: "arn:..." },
    { name: "MODE", value: "redis-cli -a" },
  ];
  const all = await shown(raw({ environment, command: ["mysqldump", "-port", "3306"] }));
  for (const { value } of environment) expect(all).toContain(value);
  expect(all).not.toContain("no-plaintext-secrets");
});
