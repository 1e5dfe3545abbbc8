/** What an account answers, from envelopes to the report. */
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { checkFiles } from "../../../test/support/checked.ts";
import {
  ACCOUNT,
  type Asked,
  AT,
  daysAgo,
  envelope,
  evidenceFiles,
  FOLDER,
  REGION,
} from "../../../test/support/evidence.ts";
import { check } from "../../check.ts";
import { defaultConfig } from "../../config/config.ts";

const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:db-AbCdEf`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/batch-execution`;
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const job = (valueFrom = SECRET, executionRoleArn = ROLE) =>
  JSON.stringify({
    jobDefinitionName: "nightly",
    type: "container",
    platformCapabilities: ["FARGATE"],
    containerProperties: { image: "busybox", executionRoleArn, secrets: [{ name: "DB", valueFrom }] },
  });

const policy = (Action: string, Resource: string, more: object = {}) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource, ...more }],
});
const trust = policy("sts:AssumeRole", "*", { Principal: { Service: "ecs-tasks.amazonaws.com" }, Resource: undefined });

const RoleName = "batch-execution";
const role = (asked: Asked = {}) => [
  envelope("iam GetRole", { RoleName }, { Role: { RoleName, Arn: ROLE, AssumeRolePolicyDocument: trust } }, asked),
  envelope("iam ListRolePolicies", { RoleName }, { PolicyNames: ["read"] }, asked),
  envelope("iam ListAttachedRolePolicies", { RoleName }, { AttachedPolicies: [] }, asked),
];
const read = (Resource = "*", PolicyName = "read") =>
  envelope(
    "iam GetRolePolicy",
    { RoleName, PolicyName },
    {
      RoleName,
      PolicyName,
      PolicyDocument: policy("secretsmanager:GetSecretValue", Resource),
    },
  );
const secret = (more: object = {}, asked: Asked = {}) => [
  envelope(
    "secretsmanager DescribeSecret",
    { SecretId: SECRET },
    { ARN: SECRET, Name: "db", VersionIdsToStages: { a: ["AWSCURRENT"] }, ...more },
    asked,
  ),
  envelope("secretsmanager GetResourcePolicy", { SecretId: SECRET }, { ARN: SECRET, Name: "db" }, asked),
];

/** What the report says of the job's one reference, by links, with what else it says. */
async function report(envelopes: readonly object[], text = job(), more: Readonly<Record<string, string>> = {}) {
  const files = { "job.json": text, ...evidenceFiles(envelopes as never), ...more };
  const { references, findings, problems, notes, unverified } = (await checkFiles(files)).report;
  const [reference] = references;
  const links = Object.entries(reference?.links ?? {}).map(([link, { state }]) => [link, state]);
  return {
    state: reference?.state,
    ...Object.fromEntries(links),
    because: reference?.links.read.because,
    messages: findings.map(({ message, confidence }) => `${confidence}: ${message}`),
    open: [...new Set(unverified.map(({ because }) => because))],
    problems,
    notes,
  };
}

test("a role with all its calls is complete: what it may not is found, and a proof names its call and day", async () => {
  expect(await report([...role(), read(), ...secret()])).toMatchObject({
    state: "proven",
    trust: "proven",
    read: "proven",
    content: "outside",
    because: `a statement of \`batch-execution\` allows \`secretsmanager:GetSecretValue\` on \`${SECRET}\` (\`aws iam get-role-policy\` on ${AT.slice(0, 10)})`,
    notes: [],
  });
  expect(await report([...role(), read("arn:aws:s3:::x"), ...secret()])).toMatchObject({
    read: "broken",
    messages: [expect.stringContaining("certain: ")],
  });
});

test.each([
  ["a list is not there", role().slice(0, 2), "not every policy of the role `batch-execution` is in these files"],
  ["a policy that a list names is not there", role(), "the policy `read` is not in these files"],
])("a role is open when %s", async (_, envelopes, because) => {
  expect(await report([...envelopes, ...secret()])).toMatchObject({ read: "open", messages: [], open: [because] });
});

test("pages of one list are one, in any order, and a list without its last page is open", async () => {
  const page = (more: object, output: object) =>
    envelope("iam ListRolePolicies", { RoleName, ...more }, { IsTruncated: "Marker" in output, ...output });
  const [get, , attached] = role();
  const first = page({}, { PolicyNames: ["other"], Marker: "2" });
  const last = page({ Marker: "2" }, { PolicyNames: ["read"] });
  const rest = [get, attached, read(), read("arn:aws:s3:::x", "other"), ...secret()] as object[];
  expect(await report([last, first, ...rest])).toMatchObject({ read: "proven" });
  const nothing = [get, attached, read("arn:aws:s3:::x"), read("arn:aws:s3:::x", "other"), ...secret()] as object[];
  expect(await report([last, first, ...nothing])).toMatchObject({ read: "broken" });
  expect(await report([first, ...nothing])).toMatchObject({ read: "open", messages: [] });
  expect(await report([last, ...nothing])).toMatchObject({ read: "open", messages: [] });
});

test("the newest answer to a call counts", async () => {
  const old = { ...read(), at: daysAgo(20) };
  const nothing = read("arn:aws:s3:::x");
  for (const both of [
    [old, nothing],
    [nothing, old],
  ]) {
    expect(await report([...role(), ...both, ...secret()])).toMatchObject({ read: "broken" });
  }
});

test("an answer that is yet to come is said to be, and counts where there is no other", async () => {
  const future = { ...read(), at: daysAgo(-2) };
  const found = await report([...role(), future, ...secret()]);
  expect(found).toMatchObject({
    read: "proven",
    notes: [{ message: expect.stringContaining("which is yet to come") }],
  });
  expect(await report([...role(), future, read("arn:aws:s3:::x"), ...secret()])).toMatchObject({ read: "broken" });
  const soon = { ...read(), at: daysAgo(-5 / (24 * 60)) };
  expect(await report([...role(), soon, ...secret()])).toMatchObject({ notes: [] });
});

test("old evidence is mentioned once, with its age", async () => {
  const old = [...role(), read(), ...secret()].map((one) => ({ ...one, at: daysAgo(40) }));
  const { notes } = await report(old);
  const message = `The evidence is from ${daysAgo(40).slice(0, 10)}, 40 days ago, and \`evidence-max-age\` is 30: collect it again. 5 other files of evidence are too old as well.`;
  expect(notes).toMatchObject([{ message }]);
});

test("files in a folder of evidence that are none are named", async () => {
  const others = ["roles.csv", "role.txt", "a.sh", "README.md", ".gitignore", "main.tf"];
  const files = Object.fromEntries(others.map((name) => [`${FOLDER}/${name}`, ""]));
  const { notes } = await report([...role(), read(), ...secret()], job(), files);
  expect(notes).toEqual([
    {
      path: `${FOLDER}/a.sh`,
      message:
        "Evidence is read from files of JSON and YAML only, so this one was not used. So it is with 3 other files of evidence.",
    },
  ]);
});

test("a key is complete with its policy and its grants", async () => {
  const encrypted = secret({ KmsKeyId: KEY });
  const describe = envelope(
    "kms DescribeKey",
    { KeyId: KEY },
    {
      KeyMetadata: { KeyId: KEY.slice(-36), Arn: KEY, KeyState: "Enabled", Enabled: true, KeyManager: "CUSTOMER" },
    },
  );
  const keyPolicy = envelope(
    "kms GetKeyPolicy",
    { KeyId: KEY, PolicyName: "default" },
    {
      PolicyName: "default",
      Policy: JSON.stringify(policy("kms:*", "*", { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })),
    },
  );
  const grants = (Grants: readonly object[]) => envelope("kms ListGrants", { KeyId: KEY }, { Grants });
  const base = [...role(), read(), ...encrypted, describe];
  expect(await report([...base, keyPolicy, grants([])])).toMatchObject({ decrypt: "broken" });
  expect(await report([...base, keyPolicy])).toMatchObject({ decrypt: "open", messages: [] });
  expect(await report([...base, grants([])])).toMatchObject({ decrypt: "open", messages: [] });
  const grant = { KeyId: KEY, GrantId: "1", GranteePrincipal: ROLE, Operations: ["Decrypt"] };
  expect(await report([...base, keyPolicy, grants([grant])])).toMatchObject({ decrypt: "proven" });
});

test("what its own account does not have is a finding", async () => {
  const noRole = envelope("iam GetRole", { RoleName }, "NoSuchEntity");
  expect(await report([noRole, ...secret()])).toMatchObject({
    role: "broken",
    messages: [`certain: \`DB\` can't be read: the execution role \`${ROLE}\` does not exist.`],
    open: [`the role \`${ROLE}\` does not exist`],
  });
  const noSecret = envelope("secretsmanager DescribeSecret", { SecretId: SECRET }, "ResourceNotFoundException");
  expect(await report([...role(), read(), noSecret])).toMatchObject({
    content: "broken",
    messages: [`certain: \`DB\` refers to \`${SECRET}\`, which does not exist.`],
  });
  const noKey = envelope("kms DescribeKey", { KeyId: KEY }, "NotFoundException");
  expect(await report([...role(), read(), ...secret({ KmsKeyId: KEY }), noKey])).toMatchObject({
    content: "broken",
    messages: [`certain: \`DB\` refers to \`db\`, whose key \`${KEY}\` does not exist.`],
  });
  const filter = { ParameterFilters: [{ Key: "Name", Option: "Equals", Values: ["/app/db"] }] };
  const parameter = `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/app/db`;
  expect(await report([envelope("ssm DescribeParameters", filter, { Parameters: [] })], job(parameter))).toMatchObject({
    content: "broken",
    messages: ["certain: `DB` refers to `/app/db`, which does not exist."],
  });
});

test.each([
  [
    "another account is asked",
    envelope("secretsmanager DescribeSecret", { SecretId: SECRET }, "ResourceNotFoundException", {
      account: "999988887777",
    }),
  ],
  [
    "a secret of the same name had other characters at its end",
    envelope(
      "secretsmanager DescribeSecret",
      { SecretId: SECRET.replace("AbCdEf", "XyZ123") },
      "ResourceNotFoundException",
    ),
  ],
  [
    "another Region is asked for the name",
    envelope("secretsmanager DescribeSecret", { SecretId: "db" }, "ResourceNotFoundException", { region: "us-east-1" }),
  ],
  ["the call is throttled", envelope("secretsmanager DescribeSecret", { SecretId: SECRET }, "ThrottlingException")],
  [
    "the page is not the last one",
    envelope(
      "ssm DescribeParameters",
      { ParameterFilters: [{ Key: "Name", Values: ["db"] }] },
      { Parameters: [], NextToken: "2" },
    ),
  ],
])("nothing is missing when %s", async (_, one) => {
  expect(await report([...role(), read(), one])).toMatchObject({ messages: [], problems: [] });
});

test("what the files of the run make is not missing, and a role that they declare may have other policies", async () => {
  const declared = {
    "role/main.tf": `resource "aws_iam_role" "r" {
  name               = "batch-execution"
  assume_role_policy = jsonencode(${JSON.stringify(trust)})
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
}`,
  };
  const noRole = envelope("iam GetRole", { RoleName }, "NoSuchEntity");
  expect(await report([noRole, ...secret()], job(), declared)).toMatchObject({ role: "proven", messages: [] });
  expect(await report([...role(), read("arn:aws:s3:::x"), ...secret()], job(), declared)).toMatchObject({
    read: "open",
    messages: [],
  });
});

test("a denied call is an open question that names the permission", async () => {
  const denied = (call: string, input: Readonly<Record<string, unknown>>) =>
    envelope(call, input, "AccessDeniedException");
  expect(await report([denied("iam GetRole", { RoleName }), ...secret()])).toMatchObject({
    read: "open",
    open: ["the account denied `iam:GetRole`"],
  });
  const [get, inline] = role();
  const noList = denied("iam ListAttachedRolePolicies", { RoleName });
  expect(await report([get, inline, noList, read("arn:aws:s3:::x"), ...secret()] as object[])).toMatchObject({
    read: "open",
    open: ["the account denied `iam:ListAttachedRolePolicies`"],
  });
  const noSecret = denied("secretsmanager DescribeSecret", { SecretId: SECRET });
  expect(await report([...role(), read(), noSecret])).toMatchObject({
    read: "proven",
    decrypt: "open",
    content: "open",
    open: ["the account denied `secretsmanager:DescribeSecret`"],
  });
});

test.each([
  ["no account", { account: "prod" }, "`account` of the evidence is no account."],
  ["no Region", { region: "mars" }, "`region` of the evidence is no Region that is known here."],
  ["no time", { at: "yesterday" }, "`at` of the evidence is no time in UTC."],
  ["another version", { evidence: 2 }, "The evidence has another version than 1, the one that is read here."],
  ["neither answer nor error", { output: undefined }, "The evidence has neither `output` nor `error`, or both."],
  [
    "a thing of another account",
    { account: "999988887777" },
    `The evidence was asked in account 999988887777, and answers with a thing of ${ACCOUNT} .`,
  ],
  [
    "a thing of another service",
    { call: { service: "kms", operation: "DescribeKey", input: {} } },
    "The evidence answers a call of kms with a thing of iam.",
  ],
])("an envelope with %s is a problem", async (_, change, message) => {
  const [get] = role();
  const { problems } = await report([{ ...get, ...change }]);
  expect(problems).toEqual([
    { path: `${FOLDER}/0.json`, line: expect.any(Number), message: `${message} Collect it again, or remove the file.` },
  ]);
});

test("half a file is a problem", async () => {
  const { problems } = await report([], job(), { [`${FOLDER}/half.json`]: JSON.stringify(role()[0]).slice(0, 80) });
  expect(problems).toMatchObject([
    { path: `${FOLDER}/half.json`, message: expect.stringMatching(/Collect the evidence again/) },
  ]);
});

const VALUE = "hunter2-of-production";
test.each([
  ["get-secret-value", { ARN: SECRET, Name: "db", VersionId: "a", SecretString: VALUE }],
  [
    "an envelope of it",
    envelope("secretsmanager GetSecretValue", { SecretId: SECRET }, { ARN: SECRET, Name: "db", SecretString: VALUE }),
  ],
  ["a description with a value", secret({ SecretString: VALUE })[0]],
  ["get-parameter", { Parameter: { Name: "/db", Type: "String", Value: VALUE } }],
  [
    "describe-parameters with values",
    envelope("ssm DescribeParameters", {}, { Parameters: [{ Name: "/db", Type: "SecureString", Value: VALUE }] }),
  ],
])("%s is not used and not shown", async (_, document) => {
  const files = { "job.json": job(), [`${FOLDER}/value.json`]: JSON.stringify(document) };
  const whole = (await checkFiles(files)).report;
  expect(JSON.stringify(whole)).not.toContain(VALUE);
  expect(whole.notes).toMatchObject([
    { path: `${FOLDER}/value.json`, message: expect.stringMatching(/^The file holds a secret's value/) },
  ]);
});

test.each([
  ["what --query leaves", JSON.stringify(["db", "other"]), "Nothing was recognised"],
  ["a text", '"arn:aws:iam::111122223333:role/x"', "Nothing was recognised"],
  [
    "another call",
    JSON.stringify(envelope("ec2 DescribeInstances", {}, { Reservations: [] })),
    "Evidence is not read from the call ec2 DescribeInstances",
  ],
])("%s is mentioned", async (_, text, message) => {
  const { notes, problems } = await report([], job(), { [`${FOLDER}/x.json`]: text });
  expect(problems).toEqual([]);
  expect(notes).toMatchObject([{ path: `${FOLDER}/x.json`, message: expect.stringContaining(message) }]);
});

test("an envelope outside of a folder of evidence does not count", async () => {
  const { notes, role: link } = await report([], job(), { "role.json": JSON.stringify(role()[0]) });
  expect(link).toBe("proven");
  expect(notes).toMatchObject([{ path: "role.json", message: expect.stringMatching(/only in a folder of evidence/) }]);
});

test("job definitions of evidence are no subjects", async () => {
  const described = envelope("batch DescribeJobDefinitions", {}, { jobDefinitions: [JSON.parse(job())] });
  const files = evidenceFiles([described]);
  expect((await checkFiles({ ...files, "other.json": job() })).report.summary.jobDefinitions).toBe(1);
  const plain = { [`${FOLDER}/jobs.json`]: JSON.stringify({ jobDefinitions: [JSON.parse(job())] }) };
  expect((await checkFiles({ ...plain, "other.json": job() })).report.summary.jobDefinitions).toBe(1);
});

test("plain answers are read, as JSON and as YAML", async () => {
  const yaml = `Role:
  Arn: ${ROLE}
  AssumeRolePolicyDocument:
    Statement:
    - {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: ecs-tasks.amazonaws.com}}
    Version: '2012-10-17'
  CreateDate: '2026-01-01T00:00:00+00:00'
  RoleName: batch-execution
`;
  const plain = {
    [`${FOLDER}/get-role.yaml`]: yaml,
    [`${FOLDER}/list-role-policies.json`]: JSON.stringify({ PolicyNames: ["read"] }),
    [`${FOLDER}/list-attached-role-policies.yml`]: "AttachedPolicies: []\n",
    [`${FOLDER}/get-role-policy.json`]: JSON.stringify(read()["output"]),
    [`${FOLDER}/describe-secret.json`]: JSON.stringify(secret()[0]?.["output"]),
  };
  expect(await report([], job(), plain)).toMatchObject({ state: "proven", read: "proven", notes: [], problems: [] });
  const { [`${FOLDER}/list-attached-role-policies.yml`]: _, ...less } = plain;
  const nothing = { ...less, [`${FOLDER}/get-role-policy.json`]: JSON.stringify(read("arn:aws:s3:::x")["output"]) };
  expect(await report([], job(), nothing)).toMatchObject({ read: "open", messages: [] });
});

test("findings never edit evidence", async () => {
  const files = { "job.json": job(), ...evidenceFiles([...role(), read("arn:aws:s3:::x"), ...secret()]) };
  const { findings } = (await checkFiles(files)).report;
  expect(findings.map(({ rule }) => rule)).toEqual(["secret-read-allowed"]);
  expect(findings.flatMap(({ remedy }) => [...remedy.edits, ...(remedy.add?.edits ?? [])])).toEqual([]);
  expect(findings[0]?.remedy.add?.text).toContain("secretsmanager:GetSecretValue");
});

const DECLARED = `provider "aws" { region = "eu-west-1" }
resource "aws_secretsmanager_secret" "db" { name = "db" }
resource "aws_batch_job_definition" "job" {
  name                  = "job"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  container_properties  = jsonencode({
    image            = "busybox"
    executionRoleArn = "${ROLE}"
    secrets          = [{ name = "DB", valueFrom = aws_secretsmanager_secret.db.arn }]
  })
}
`;
const DEPLOYED = `deployments:
  - { name: production, unit: main, account: "${ACCOUNT}", region: ${REGION} }
`;

test("a secret that files declare without a value has the one that its account says it has", async () => {
  const declared = async (envelopes: readonly object[], deployment = "") => {
    const files = { "main/main.tf": DECLARED, ...(deployment && { ".batch-secrets-check.yaml": deployment }) };
    const { findings, unverified } = (await checkFiles({ ...files, ...evidenceFiles(envelopes as never) })).report;
    const about = "secret-has-value";
    return {
      found: findings.flatMap(({ rule, confidence }) => (rule === about ? [confidence] : [])),
      open: unverified.flatMap(({ rule, cause }) => (rule === about ? [cause.kind] : [])),
    };
  };
  expect(await declared([])).toEqual({ found: ["likely"], open: [] });
  expect(await declared(secret())).toEqual({ found: [], open: ["same-secret"] });
  expect(await declared(secret(), DEPLOYED)).toEqual({ found: [], open: [] });
  const empty = secret({ VersionIdsToStages: {} });
  expect(await declared(empty, DEPLOYED)).toEqual({ found: ["certain"], open: [] });
});

test("a bare name is a thing of the deployment's own account and Region, where these are known", async () => {
  const filter = { ParameterFilters: [{ Key: "Name", Option: "Equals", Values: ["/app/db"] }] };
  const parameter = { Name: "/app/db", Type: "SecureString", KeyId: "alias/aws/ssm" };
  const arn = (account: string) => `arn:aws:ssm:${REGION}:${account}:parameter/app/db`;
  const there = (account: string) =>
    envelope("ssm DescribeParameters", filter, { Parameters: [{ ...parameter, ARN: arn(account) }] }, { account });
  const other = "999988887777";
  const terraform = DECLARED.replace("aws_secretsmanager_secret.db.arn", '"/app/db"');
  const content = async (envelopes: readonly object[], deployment = "") => {
    const files = { "main/main.tf": terraform, ...(deployment && { ".batch-secrets-check.yaml": deployment }) };
    const { references, findings } = (await checkFiles({ ...files, ...evidenceFiles(envelopes as never) })).report;
    return [references[0]?.links.content.state, ...findings.map(({ confidence }) => confidence)];
  };
  const none = envelope("ssm DescribeParameters", filter, { Parameters: [] });
  expect(await content([none])).toEqual(["outside"]);
  expect(await content([none], DEPLOYED)).toEqual(["broken", "certain"]);
  expect(await content([there(ACCOUNT), there(other)])).toEqual(["outside"]);
  expect(await content([there(ACCOUNT), there(other)], DEPLOYED)).toEqual(["proven"]);
  expect(await content([there(other)], DEPLOYED)).toEqual(["outside"]);
});

test("the evidence of a deployment is in the folder that the configuration names", async () => {
  const named = DEPLOYED.replace("region:", "evidence: told/production, region:");
  const files = { "main/main.tf": DECLARED, ".batch-secrets-check.yaml": named };
  const told = Object.fromEntries(
    Object.entries(evidenceFiles(secret() as never)).map(([path, text]) => [
      path.replace(FOLDER, "told/production"),
      text,
    ]),
  );
  const { report } = await checkFiles({ ...files, ...told });
  expect(report.findings).toEqual([]);
  expect(report.notes).toEqual([]);
  expect(report.references[0]?.links.content.state).toBe("outside");
});

test("a file that is too large is a problem, and so is a folder that is not there", async () => {
  const root = mkdtempSync(join(tmpdir(), "evidence-"));
  try {
    const path = join(root, FOLDER, "huge.json");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "{}");
    truncateSync(path, 65 * 1024 * 1024);
    const options = { root, paths: [], ignore: [], config: defaultConfig, failOn: "error" as const };
    expect((await check(options)).report.problems).toMatchObject([
      { path: `${FOLDER}/huge.json`, message: "The file is larger than 64 MB, so it was not checked." },
    ]);
    expect((await check({ ...options, evidence: ["elsewhere"] })).report.problems).toMatchObject([
      { path: "elsewhere", message: "There is no such folder of evidence." },
    ]);
    expect((await check({ ...options, evidence: [] })).report.problems).toEqual([]);
  } finally {
    rmSync(root, { recursive: true });
  }
});

/** The one launch of instances of an environment that names a version of a template, with what the account shows of it. */
async function launched(version: string | undefined, answers: readonly object[]) {
  const computeResources = {
    type: "EC2",
    launchTemplate: { launchTemplateName: "nodes", ...(version === undefined ? {} : { version }) },
  };
  const environment = {
    computeEnvironmentName: "ce",
    type: "MANAGED",
    state: "ENABLED",
    status: "VALID",
    computeResources,
  };
  const environments = envelope("batch DescribeComputeEnvironments", {}, { computeEnvironments: [environment] });
  const ec2 = JSON.stringify({ ...JSON.parse(job()), platformCapabilities: ["EC2"] });
  const { world } = await checkFiles({ "job.json": ec2, ...evidenceFiles([environments, ...answers] as never) });
  const [launch] = world.jobs.flatMap((one) => world.placesOf(one).environments.flatMap(({ launches }) => launches));
  return launch?.images[0]?.value?.value ?? launch?.unseen[0]?.cause.name;
}

const templateVersion = (VersionNumber: number, DefaultVersion = false) => ({
  ...{ LaunchTemplateName: "nodes", LaunchTemplateId: "lt-1", VersionNumber, DefaultVersion },
  LaunchTemplateData: { ImageId: `ami-0000000${VersionNumber}` },
});
const templates = (Versions: readonly string[], ...LaunchTemplateVersions: readonly object[]) =>
  envelope(
    "ec2 DescribeLaunchTemplateVersions",
    { LaunchTemplateName: "nodes", ...(Versions.length === 0 ? {} : { Versions }) },
    { LaunchTemplateVersions },
  );

test.each([
  ["2", "ami-00000002"],
  ["$Default", "ami-00000001"],
  ["$Latest", "ami-00000003"],
  ["", "ami-00000001"],
  [undefined, "ami-00000001"],
  ["4", "nodes:4"],
])("of all versions of a launch template that is taken which the environment names: %s", async (version, image) => {
  expect(
    await launched(version, [templates([], templateVersion(3), templateVersion(2), templateVersion(1, true))]),
  ).toBe(image);
});

test("who asked for one version of a launch template does not know the latest", async () => {
  const only = [templates(["$Default"], templateVersion(1, true))];
  expect(await launched(undefined, only)).toBe("ami-00000001");
  expect(await launched("$Latest", only)).toBe("nodes:$Latest");
  expect(await launched("$Latest", [...only, templates(["$Latest"], templateVersion(3))])).toBe("ami-00000003");
  const denied = envelope(
    "ec2 DescribeLaunchTemplateVersions",
    { LaunchTemplateName: "nodes", Versions: ["$Latest"] },
    "UnauthorizedOperation",
  );
  expect(await launched("$Latest", [denied])).toBe("ec2:DescribeLaunchTemplateVersions");
});

test("a version of a launch template that was asked for by several of its names is one", async () => {
  const second = templateVersion(2, true);
  const answers = ["2", "$Latest", "$Default"].map((version) => templates([version], second));
  for (const version of ["2", "$Latest", "$Default"]) expect(await launched(version, answers)).toBe("ami-00000002");
});

test("subnets and security groups that several answers list are one each", async () => {
  const environment = (name: string, subnets: readonly string[]) => ({
    ...{ computeEnvironmentName: name, type: "MANAGED", state: "ENABLED", status: "VALID" },
    computeResources: { type: "FARGATE", subnets, securityGroupIds: [name, "sg-both"] },
  });
  const pairs = { "sg-one": ["subnet-a", "subnet-both"], "sg-two": ["subnet-both", "subnet-z"] };
  const subnet = (SubnetId: string) => ({ SubnetId, VpcId: "vpc-1", CidrBlock: "10.0.0.0/24" });
  const group = (GroupId: string) => ({ GroupId, GroupName: GroupId, VpcId: "vpc-1", IpPermissionsEgress: [] });
  const answers = Object.entries(pairs).flatMap(([name, ids]) => [
    envelope("ec2 DescribeSubnets", { SubnetIds: ids }, { Subnets: ids.map(subnet) }),
    envelope(
      "ec2 DescribeSecurityGroups",
      { GroupIds: [name, "sg-both"] },
      { SecurityGroups: [name, "sg-both"].map(group) },
    ),
  ]);
  const computeEnvironments = Object.entries(pairs).map(([name, ids]) => environment(name, ids));
  const environments = envelope("batch DescribeComputeEnvironments", {}, { computeEnvironments });
  const { world } = await checkFiles({ "job.json": job(), ...evidenceFiles([environments, ...answers]) });
  const places = world.jobs.flatMap((one) => world.placesOf(one).environments);
  expect(places.map(({ subnet_ids, security_groups }) => [subnet_ids, security_groups?.map(({ id }) => id)])).toEqual(
    Object.entries(pairs).map(([name, ids]) => [
      ids.map((id) => expect.stringContaining(id)),
      [name, "sg-both"].map((id) => expect.stringContaining(id)),
    ]),
  );
});

test("a key that is described by its alias and by its ARN is one", async () => {
  const described = {
    KeyMetadata: { Arn: KEY, KeyId: KEY.split("/")[1], AWSAccountId: ACCOUNT, KeyState: "Disabled" },
  };
  const asked = [KEY, "alias/db"].map((KeyId) => envelope("kms DescribeKey", { KeyId }, described));
  const files = { "job.json": job(), ...evidenceFiles([...secret({ KmsKeyId: KEY }), ...asked]) };
  const { report } = await checkFiles(files);
  expect(report.findings.map(({ rule }) => rule)).toContain("secret-and-key-available");
});

test("answers with more values than a run can hold are named, and nothing of them counts", async () => {
  const long = envelope("ec2 DescribeRouteTables", {}, { RouteTables: Array.from({ length: 1_500_001 }, () => 0) });
  const { report } = await checkFiles({ "job.json": job(), ...evidenceFiles([long]) });
  expect(report.problems.map(({ message }) => message)).toEqual([
    "This JSON was not read: it and the files before it have more values than one run can read. Collect the evidence again, or remove the file.",
  ]);
});
