/** What a fix adds is for the role that needs it, and for no other. */
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check } from "../src/check.ts";
import { fixAll } from "../src/cli/fix.ts";
import { readConfig } from "../src/config/read.ts";
import { writeFiles } from "./support/files.ts";

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "fixes-")));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Fixes what is wrong with the files, and gives what is left and how to read them. */
async function fixed(files: Record<string, string>) {
  const root = mkdtempSync(join(folder, "root-"));
  writeFiles(root, files);
  const { config } = await readConfig(root);
  const run = () => fixAll(root, () => check({ root, paths: [], ignore: [], config, failOn: "error" }));
  const { checked, sentences } = await run();
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const once = Object.keys(files).map(read);
  await run();
  expect(Object.keys(files).map(read)).toEqual(once);
  const left = checked.report.findings
    .filter(({ rule }) => rule === "secret-read-allowed")
    .map(({ subject, status }) => `${subject.address}: ${status}`);
  return { left, sentences, read };
}

const TRUST = `jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })`;
const role = (name: string, more = "") => `resource "aws_iam_role" "${name}" {${more}
  assume_role_policy = ${TRUST}
}
`;
const policy = (name: string, of: string, document: string) => `resource "aws_iam_role_policy" "${name}" {
  role   = ${of}
  policy = ${document}
}
`;
const job = (name: string, of: string, secret: string) => `resource "aws_batch_job_definition" "${name}" {
  name = "${name}"
  type = "container"
  container_properties = jsonencode({
    image            = "a"
    executionRoleArn = ${of}.arn
    secrets          = [{ name = "A", valueFrom = ${secret} }]
  })
}
`;
const secret = (name: string) => `resource "aws_secretsmanager_secret" "${name}" {}\n`;
const OWN = "aws_secretsmanager_secret.a.arn";
const LOGS = `jsonencode({
    Statement = [
      { Effect = "Allow", Action = "logs:*", Resource = "*" },
    ]
  })`;

test("a role that needs two statements and has no policy gets one policy with both", async () => {
  const { left, read } = await fixed({
    "main.tf":
      secret("a") +
      secret("b") +
      role("run") +
      job("j", "aws_iam_role.run", OWN) +
      job("k", "aws_iam_role.run", "aws_secretsmanager_secret.b.arn"),
  });
  expect(left).toEqual([]);
  expect(read("main.tf").match(/resource "aws_iam_role_policy"/g)).toHaveLength(1);
});

test("roles of one resource get a policy each, with labels that nothing else has", async () => {
  const { left, read } = await fixed({
    "main.tf":
      secret("a") +
      role("run", '\n  for_each = toset(["x", "y"])') +
      policy("run_x_read_secrets", "aws_iam_role.other.id", LOGS) +
      role("other") +
      job("j", 'aws_iam_role.run["x"]', OWN) +
      job("k", 'aws_iam_role.run["y"]', OWN),
  });
  expect(left).toEqual([]);
  expect(read("main.tf")).toContain(
    '"run_x_read_secrets_2" {\n  name = "read-secrets"\n  role = aws_iam_role.run["x"].id',
  );
  expect(read("main.tf")).toContain(
    '"run_y_read_secrets" {\n  name = "read-secrets"\n  role = aws_iam_role.run["y"].id',
  );
});

test("a file whose last line doesn't end keeps it so", async () => {
  const { left, read } = await fixed({
    "main.tf": (secret("a") + job("j", "aws_iam_role.run", OWN) + role("run")).trimEnd(),
  });
  expect(left).toEqual([]);
  expect(read("main.tf")).toMatch(/\S\n\nresource "aws_iam_role_policy" "run_read_secrets" [\s\S]*\n}$/);
});

/** A job whose role must stay as it is. */
const LEAVE = ["aws_batch_job_definition.leave", "module.leave.aws_batch_job_definition.j", "leave"]
  .map((address) => `  - { rule: secret-read-allowed, address: "${address}", reason: of others }\n`)
  .join("");
const config = { ".batch-secrets-check.yaml": `suppressions:\n${LEAVE}` };
const leave = role("leave") + job("leave", "aws_iam_role.leave", OWN);
const both = (document: string) =>
  policy("p", "aws_iam_role.run.id", document) + policy("q", "aws_iam_role.leave.id", document);
const base = secret("a") + role("run") + job("j", "aws_iam_role.run", OWN) + leave;

test.each<[string, Record<string, string>]>([
  ["a local value", { "main.tf": `${base}locals {\n  p = ${LOGS}\n}\n${both("local.p")}` }],
  [
    "a document",
    {
      "main.tf": `${base}data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["logs:*"]
    resources = ["*"]
  }
}
${both("data.aws_iam_policy_document.d.json")}`,
    },
  ],
  [
    "a file",
    {
      "main.tf": base + both('file("p.json")'),
      "p.json": '{ "Statement": [{ "Effect": "Allow", "Action": "logs:*", "Resource": "*" }] }\n',
    },
  ],
  [
    "a managed policy",
    {
      "main.tf": `${base}resource "aws_iam_policy" "m" {
  policy = ${LOGS}
}
${["run", "leave"]
  .map(
    (one) => `resource "aws_iam_role_policy_attachment" "${one}" {
  role       = aws_iam_role.${one}.name
  policy_arn = aws_iam_policy.m.arn
}
`,
  )
  .join("")}`,
    },
  ],
  [
    "a policy of each role",
    {
      "main.tf":
        base + policy("p", "each.value\n  for_each = { a = aws_iam_role.run.id, b = aws_iam_role.leave.id }", LOGS),
    },
  ],
])("the role gets a policy of its own where others share its statements: %s", async (_, files) => {
  const { left, read } = await fixed({ ...files, ...config });
  expect(left).toEqual(["aws_batch_job_definition.leave: suppressed"]);
  expect(read("main.tf")).toContain('resource "aws_iam_role_policy" "run_read_secrets" {');
});

test("a wrong ARN is corrected for all roles that have it: its author meant no other secret", async () => {
  const arn = "arn:aws:secretsmanager:*:*:secret/prod/db-*";
  const read = `jsonencode({
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "${arn}" }]
  })`;
  const named = base.replace('"aws_secretsmanager_secret" "a" {', '$& name = "prod/db" ');
  const before = `${named}locals {\n  p = ${read}\n}\n${both("local.p")}`;
  const { left, read: now } = await fixed({ "main.tf": before });
  expect(left).toEqual([]);
  expect(now("main.tf")).toBe(before.replace("secret/prod", "secret:prod"));
});

const inModule = (more = "") => ({
  "m/main.tf": `variable "secret" {}\n${role("run")}${policy("p", "aws_iam_role.run.id", LOGS)}${job("j", "aws_iam_role.run", "var.secret")}`,
  "main.tf": `${secret("a")}module "use" {\n  source = "./m"\n  secret = ${more || OWN}\n}
module "leave" {\n  source = "./m"\n  secret = ${more || OWN}\n}\n`,
});

test("a module that is called twice gets a statement that means the secret of each call", async () => {
  const { left, read } = await fixed(inModule());
  expect(left).toEqual([]);
  expect(read("m/main.tf")).toContain("Resource = var.secret");
});

test("a module that is called twice gets no statement with the secret of one call", async () => {
  const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-Xk3p9Q";
  const files = inModule();
  const written = { ...files, "m/main.tf": files["m/main.tf"].replace(/var.secret }/, `"${arn}" }`) };
  const { left, sentences, read } = await fixed({ ...written, ...config });
  expect(left).toContain("module.leave.aws_batch_job_definition.j: suppressed");
  expect(sentences).toEqual(["0 findings fixed."]);
  expect(read("m/main.tf")).toBe(written["m/main.tf"]);
});

const statement = { Effect: "Allow", Action: "logs:*", Resource: "*" };
const trust = {
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
};
const module = (policy: string) =>
  JSON.stringify({
    resource: {
      aws_secretsmanager_secret: { a: {} },
      aws_iam_role: { run: { assume_role_policy: JSON.stringify(trust) } },
      aws_iam_role_policy: { p: { role: "${aws_iam_role.run.id}", policy } },
      aws_batch_job_definition: {
        j: {
          name: "j",
          type: "container",
          container_properties: JSON.stringify({
            image: "a",
            executionRoleArn: "${aws_iam_role.run.arn}",
            secrets: [{ name: "A", valueFrom: `\${${OWN}}` }],
          }),
        },
      },
    },
  });
const stack = {
  Resources: {
    Token: { Type: "AWS::SecretsManager::Secret", Properties: { SecretString: "x" } },
    Run: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: trust,
        Policies: [{ PolicyName: "p", PolicyDocument: { Statement: [statement] } }],
      },
    },
    Job: {
      Type: "AWS::Batch::JobDefinition",
      Properties: {
        Type: "container",
        ContainerProperties: {
          Image: "a",
          ExecutionRoleArn: { "Fn::GetAtt": ["Run", "Arn"] },
          Secrets: [{ Name: "TOKEN", ValueFrom: { Ref: "Token" } }],
        },
      },
    },
  },
};
const LINES =
  '{\n  Statement = [\n    {\n      Effect = "Allow"\n      Action = "logs:*"\n      Resource = "*"\n    },\n  ]\n}';

test.each([
  ["a policy on several lines", "main.tf.json", module(JSON.stringify({ Statement: [statement] }, null, 2))],
  ["a policy on one line", "main.tf.json", module(JSON.stringify({ Statement: statement }))],
  [
    "an expression",
    "main.tf.json",
    module('${jsonencode({ Statement = [{ Effect = "Allow", Action = "logs:*", Resource = "*" }] })}'),
  ],
  ["an expression on several lines", "main.tf.json", module(`\${jsonencode(${LINES})}`)],
  ["a template on several lines", "stack.json", JSON.stringify({ TemplateBody: JSON.stringify(stack, null, "\t") })],
  ["a template on one line", "stack.json", JSON.stringify({ TemplateBody: JSON.stringify(stack) })],
])("a statement is added in a string of JSON: %s", async (_, path, text) => {
  const { left, sentences } = await fixed({ [path]: text });
  expect([left, sentences]).toEqual([[], [`1 finding fixed in ${path}.`]]);
});

test("a role of a template gets a policy where lines end with CRLF", async () => {
  const template = `Resources:
  Token: { Type: AWS::SecretsManager::Secret, Properties: { SecretString: x } }
  Run:
    Type: AWS::IAM::Role
    Properties: # of it

      AssumeRolePolicyDocument: ${JSON.stringify(trust)}

  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: a
        ExecutionRoleArn: !GetAtt Run.Arn
        Secrets: [{ Name: TOKEN, ValueFrom: !Ref Token }]
`.replaceAll("\n", "\r\n");
  const { left, read } = await fixed({ "stack.yaml": template });
  expect(left).toEqual([]);
  expect(read("stack.yaml")).toMatch(/^(?:[^\r\n]*\r\n)*$/);
});

test("the ID of a key of the files becomes its ARN", async () => {
  const id = "11111111-2222-3333-4444-555555555555";
  const arn = `arn:aws:kms:us-east-1:444455556666:key/${id}`;
  const policy = (key: string) =>
    JSON.stringify({ Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: key }] });
  const { read } = await fixed({
    "job.json": JSON.stringify({
      jobDefinitionName: "j",
      type: "container",
      containerProperties: {
        image: "a",
        executionRoleArn: "arn:aws:iam::444455556666:role/run",
        secrets: [{ name: "A", valueFrom: "arn:aws:secretsmanager:us-east-1:444455556666:secret:db-Ab12Cd" }],
      },
    }),
    "key.json": JSON.stringify({ KeyMetadata: { KeyId: id, Arn: arn } }),
    "policy.json": policy(id),
    ".batch-secrets-check.yaml": "role-policies:\n  run: policy.json\n",
  });
  expect(JSON.parse(read("policy.json")).Statement[0]).toEqual(JSON.parse(policy(arn)).Statement[0]);
});

/** A key, a secret with it, and the statement that allows to read the secret, and to decrypt with the wrong resource. */
const KEYED = `resource "aws_kms_key" "k" {}
resource "aws_secretsmanager_secret" "a" {
  kms_key_id = aws_kms_key.k.arn
}
`;
const BOTH = `jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue", "kms:Decrypt"]
        Resource = ${OWN}
      },
    ]
  })`;

test("kms:Decrypt goes into a statement of its own where another action needs the resource", async () => {
  const own = role("run") + policy("p", "aws_iam_role.run.id", BOTH);
  const { left, read } = await fixed({ "main.tf": KEYED + own + job("j", "aws_iam_role.run", OWN) });
  expect(left).toEqual([]);
  const text = read("main.tf");
  expect(text).toContain('Action   = ["secretsmanager:GetSecretValue"]');
  expect(text).toMatch(/Action {3}= "kms:Decrypt"\n {8}Resource = aws_kms_key\.k\.arn/);
});

test("kms:Decrypt stays in a statement that several roles share", async () => {
  const roles = ["run", "other"].map((name) => role(name) + policy(name, `aws_iam_role.${name}.id`, "local.both"));
  const shared = `locals {\n  both = ${BOTH}\n}\n`;
  const jobs = job("j", "aws_iam_role.run", OWN) + job("k", "aws_iam_role.other", OWN);
  const { read } = await fixed({ "main.tf": KEYED + shared + roles.join("") + jobs });
  expect(read("main.tf")).toContain(BOTH);
});
