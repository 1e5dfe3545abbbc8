/** Evidence that the author of a change brings along: attempts to prove something by it. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";
import { ACCOUNT, envelope, evidenceFiles, REGION } from "./support/evidence.ts";

const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:db-AbCdEf`;
const RoleName = "batch-execution";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;

const job = JSON.stringify({
  jobDefinitionName: "nightly",
  type: "container",
  containerProperties: { image: "busybox", executionRoleArn: ROLE, secrets: [{ name: "DB", valueFrom: SECRET }] },
});
const allow = (Action: string, Resource = "*", more: object = {}) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource, ...more }],
});
const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
};
const role = (PolicyDocument: object, at = "2026-12-01T12:00:00Z") => [
  envelope("iam GetRole", { RoleName }, { Role: { RoleName, Arn: ROLE, AssumeRolePolicyDocument: trust } }, { at }),
  envelope("iam ListRolePolicies", { RoleName }, { PolicyNames: ["read"] }, { at }),
  envelope("iam ListAttachedRolePolicies", { RoleName }, { AttachedPolicies: [] }, { at }),
  envelope(
    "iam GetRolePolicy",
    { RoleName, PolicyName: "read" },
    { RoleName, PolicyName: "read", PolicyDocument },
    { at },
  ),
];
const secret = [
  envelope(
    "secretsmanager DescribeSecret",
    { SecretId: SECRET },
    { ARN: SECRET, Name: "db", VersionIdsToStages: { a: ["AWSCURRENT"] } },
  ),
  envelope("secretsmanager GetResourcePolicy", { SecretId: SECRET }, { ARN: SECRET, Name: "db" }),
];
const MAY = allow("secretsmanager:GetSecretValue");
const MAY_NOT = allow("s3:GetObject");

/** The one reference of the job, with evidence that is believed and evidence that is not. */
async function told(believed: readonly object[], doubted: readonly object[], files: Record<string, string> = {}) {
  const good = evidenceFiles(believed as never);
  const bad = Object.fromEntries(
    Object.entries(evidenceFiles(doubted as never)).map(([path, text]) => [path.replace(".json", "-new.json"), text]),
  );
  const all = { "job.json": job, ...files, ...good, ...bad };
  const { report } = await checkFiles(all, { doubted: new Set(Object.keys(bad)) });
  const [reference] = report.references;
  return {
    state: reference?.state,
    trust: reference?.links.trust.state,
    read: reference?.links.read.state,
    content: reference?.links.content.state,
    rules: report.findings.map(({ rule, confidence }) => `${confidence} ${rule}`),
    verdict: report.verdict,
    proven: report.summary.proven,
  };
}

test("what is believed proves", async () => {
  expect(await told([...role(MAY), ...secret], [])).toMatchObject({ state: "proven", read: "proven", proven: 1 });
});

test("a role that the author wrote down proves nothing", async () => {
  expect(await told(secret, role(MAY))).toMatchObject({ state: "unverified", read: "open", trust: "open", proven: 0 });
});

test("newer evidence of the author does not take the place of what is believed", async () => {
  const newer = role(MAY, "2026-12-02T12:00:00Z");
  expect(await told([...role(MAY_NOT), ...secret], newer)).toMatchObject({
    state: "with findings",
    read: "broken",
    rules: ["certain secret-read-allowed"],
    verdict: "fail",
  });
});

test("a policy that the author adds to evidence does not take a finding away", async () => {
  const [, list] = role(MAY, "2026-12-02T12:00:00Z");
  const attached = envelope(
    "iam ListAttachedRolePolicies",
    { RoleName },
    {
      AttachedPolicies: [
        { PolicyName: "SecretsManagerReadWrite", PolicyArn: "arn:aws:iam::aws:policy/SecretsManagerReadWrite" },
      ],
    },
    { at: "2026-12-02T12:00:00Z" },
  );
  const found = { read: "broken", rules: ["certain secret-read-allowed"], verdict: "fail" };
  expect(await told([...role(MAY_NOT), ...secret], [list, attached] as object[])).toMatchObject(found);
});

test("a role of the files with a name that the author's evidence has, too, keeps its findings", async () => {
  const files = {
    "role.json": JSON.stringify({ RoleName, AssumeRolePolicyDocument: trust }),
    "policy.json": JSON.stringify({ RoleName, PolicyName: "x", PolicyDocument: MAY_NOT }),
  };
  const found = { read: "broken", rules: ["certain secret-read-allowed"] };
  expect(await told(secret, [], files)).toMatchObject(found);
  expect(await told(secret, role(MAY), files)).toMatchObject(found);
});

test("what the author's evidence breaks is a finding, and the rest stays as it was", async () => {
  const gone = envelope(
    "secretsmanager DescribeSecret",
    { SecretId: SECRET },
    { ARN: SECRET, Name: "db", DeletedDate: "2026-12-02T00:00:00+00:00", VersionIdsToStages: { a: ["AWSCURRENT"] } },
    { at: "2026-12-02T12:00:00Z" },
  );
  expect(await told([...role(MAY), ...secret], [gone])).toMatchObject({
    state: "with findings",
    read: "proven",
    content: "broken",
    rules: ["certain secret-and-key-available"],
    proven: 0,
  });
});
