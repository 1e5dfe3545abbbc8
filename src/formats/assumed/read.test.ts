import { expect, test } from "vitest";
import { checkFiles } from "../../../test/support/checked.ts";

const ACCOUNT = "111122223333";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/batch-execution`;
const SECRET = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:prod/db-AbCdEf`;
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const POLICY = `arn:aws:iam::${ACCOUNT}:policy/read`;

const job = (valueFrom = `${SECRET}:password::`) => `resource "aws_batch_job_definition" "job" {
  name                  = "job"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  container_properties = jsonencode({
    image            = "app"
    executionRoleArn = "${ROLE}"
    secrets          = [{ name = "DB_PASSWORD", valueFrom = "${valueFrom}" }]
  })
}
`;
const environment = `resource "aws_batch_compute_environment" "fargate" {
  name = "fargate"
  type = "MANAGED"
  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 4
    subnets            = ["subnet-0a1b2c3d4e5f60001"]
    security_group_ids = ["sg-0a1b2c3d4e5f60001"]
  }
}
`;

/** The links of the one reference with what the configuration tells: the state, and a \`*\` where that is assumed. */
async function links(assume: string, files: Readonly<Record<string, string>> = { "main.tf": job() }) {
  const { report } = await checkFiles({ ...files, ".batch-secrets-check.yaml": `assume:\n${assume}` });
  const [reference] = report.references;
  const told = Object.entries(reference?.links ?? {}).map(([link, { state, assumes }]) => [
    link,
    `${state}${assumes.includes("told") ? "*" : ""}`,
  ]);
  return { report, links: Object.fromEntries(told) as Record<string, string> };
}

const role = (may: string) => `  roles:
    ${ROLE}:
      trusts: ecs-tasks.amazonaws.com
${may}`;
const reads = (resource: string) =>
  `      may: { actions: "secretsmanager:GetSecretValue", resources: "${resource}" }\n`;

test("a role that is told proves, and each proof says that it is told, with its place", async () => {
  const { report, links: found } = await links(role(reads(SECRET)));
  expect(found).toMatchObject({ reference: "proven", role: "proven*", trust: "proven*", read: "proven*" });
  expect(report.references[0]?.state).toBe("proven");
  expect(report.references[0]?.links.read.location).toMatchObject({
    path: ".batch-secrets-check.yaml",
    start: { line: 4 },
  });
  expect(report.unverified).toEqual([]);
});

test("what is told of a role is all of it: a missing permission is a finding that says so", async () => {
  const { report, links: found } = await links(role(reads(`${SECRET}x`)));
  expect(found).toMatchObject({ trust: "proven*", read: "broken*" });
  expect(report.findings.map(({ rule, confidence, assumes }) => [rule, confidence, assumes.includes("told")])).toEqual([
    ["secret-read-allowed", "certain", true],
  ]);
});

test("a trust that is not told stays open", async () => {
  const { links: found } = await links(`  roles:\n    ${ROLE}:\n${reads(SECRET)}`);
  expect(found).toMatchObject({ trust: "open", read: "proven*" });
});

test("managed policies are told by their ARN", async () => {
  const { links: found } = await links(
    `${role(`      policies: ${POLICY}\n`)}  policies:\n    ${POLICY}:\n${reads("*")}`,
  );
  expect(found).toMatchObject({ trust: "proven*", read: "proven*" });
});

test("a secret is told with its keys and its key, by ARN or name", async () => {
  const secret = (name: string, more: string) => `${role(reads("*"))}  secrets:\n    ${name}: { ${more} }\n`;
  for (const name of [SECRET, "prod/db"]) {
    expect((await links(secret(name, "json-keys: [username, password]"))).links).toMatchObject({ content: "proven*" });
    expect((await links(secret(name, "json-keys: username"))).links).toMatchObject({ content: "broken*" });
  }
  expect((await links(secret(SECRET, "content: text"))).links).toMatchObject({ content: "broken*" });
  const encrypted = secret(SECRET, `json-keys: password, key: "${KEY}"`);
  expect((await links(encrypted)).links).toMatchObject({ decrypt: "open" });
  const decrypts = `      may:
        - { actions: "secretsmanager:GetSecretValue", resources: "*" }
        - { actions: "kms:Decrypt", resources: "${KEY}" }
`;
  const key = (more: string) =>
    `${role(decrypts)}  secrets:\n    ${SECRET}: { json-keys: password, key: "${KEY}" }\n  keys:\n    ${KEY}: { ${more} }\n`;
  expect((await links(key("iam-policies: true"))).links).toMatchObject({ decrypt: "proven*" });
  expect((await links(key(`allows: "${ROLE}"`))).links).toMatchObject({ decrypt: "proven*" });
  expect((await links(key("iam-policies: false"))).links).toMatchObject({ decrypt: "broken*" });
});

test("a parameter is told", async () => {
  const parameter = `arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/prod/db`;
  const may = `      may: { actions: "ssm:GetParameters", resources: "${parameter}" }\n`;
  const told = `${role(may)}  parameters:\n    ${parameter}: { type: SecureString }\n`;
  const { links: found, report } = await links(told, { "main.tf": job(parameter) });
  expect(found).toMatchObject({ read: "proven*", content: "proven*" });
  expect(report.unverified).toEqual([]);
});

test("a network is told with its way out or its endpoints", async () => {
  const files = { "main.tf": `${job()}\n${environment}` };
  const network = (more: string) => `  networks:
    vpc-0a1b2c3d4e5f60001: { region: eu-west-1, subnets: subnet-0a1b2c3d4e5f60001, ${more} }
`;
  expect((await links(network("internet: true"), files)).links).toMatchObject({ network: "proven*" });
  expect((await links(network("endpoints: secretsmanager"), files)).links).toMatchObject({ network: "proven*" });
  expect((await links(network("internet: false"), files)).links["network"]).not.toMatch(/^proven/);
});

test("what the files declare counts before what is told, which is reported", async () => {
  const raw = JSON.stringify({
    RoleName: "batch-execution",
    Arn: ROLE,
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "batch.amazonaws.com" }, Action: "sts:AssumeRole" }],
    },
  });
  const { report, links: found } = await links(role(reads("*")), { "main.tf": job(), "iam/role.json": raw });
  expect(found["trust"]).toBe("broken");
  expect(report.notes).toEqual([
    {
      path: ".batch-secrets-check.yaml",
      line: 4,
      message: `The files declare ${ROLE}, so what \`assume\` says of it is not used.`,
    },
  ]);
});

test("what is told is no subject by itself, and nothing of it is edited", async () => {
  const { report } = await links(`${role(reads("*"))}  secrets:\n    other: { content: binary }\n`);
  expect(report.findings.filter(({ location }) => location.path.startsWith(".batch"))).toEqual([]);
  expect(report.summary.jobDefinitions).toBe(1);
});

test("an open question says what to write, and that answers it", async () => {
  const { report } = await checkFiles({ "main.tf": job() });
  const { assumption } = await import("../../report/assume.ts");
  const written = report.unverified.flatMap((one) => assumption(one) ?? []);
  expect(written[0]).toEqual({
    roles: {
      [ROLE]: {
        trusts: ["ecs-tasks.amazonaws.com"],
        may: [{ actions: ["secretsmanager:GetSecretValue"], resources: ["<ARN of the secret>"] }],
      },
    },
  });
  const configuration = JSON.stringify({ assume: written[0] }).replace("<ARN of the secret>", SECRET);
  const answered = await checkFiles({ "main.tf": job(), ".batch-secrets-check.json": configuration });
  expect(answered.report.unverified).toEqual([]);
  expect(answered.report.references[0]?.state).toBe("proven");
});
