/** Evidence that the author of a change brings along: attempts to prove something by it. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";
import { daysAgo, envelope, evidenceFiles } from "./support/evidence.ts";
import { judgeWith } from "./support/judge.ts";
import { job, MAY, MAY_NOT, ROLE_NAME as RoleName, role, SECRET, secret, trust } from "./support/nightly.ts";

/** The one reference of the job, with evidence that is believed and evidence that is not. */
async function told(believed: readonly object[], doubted: readonly object[], files: Record<string, string> = {}) {
  const bad = Object.fromEntries(
    Object.entries(evidenceFiles(doubted as never)).map(([path, text]) => [path.replace(".json", "-new.json"), text]),
  );
  return toldOf({ ...files, ...evidenceFiles(believed as never), ...bad }, believed);
}

/** The one reference of the job, with these files beside it, where the base has the evidence. */
async function toldOf(here: Record<string, string>, base: readonly object[]) {
  const judge = judgeWith(evidenceFiles(base as never));
  const { report } = await checkFiles({ "job.json": job, ...here }, { judge });
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
  const newer = role(MAY, daysAgo(1));
  expect(await told([...role(MAY_NOT), ...secret], newer)).toMatchObject({
    state: "with findings",
    read: "broken",
    rules: ["certain secret-read-allowed"],
    verdict: "fail",
  });
});

test("a policy that the author adds to evidence does not take a finding away", async () => {
  const [, list] = role(MAY, daysAgo(1));
  const attached = envelope(
    "iam ListAttachedRolePolicies",
    { RoleName },
    {
      AttachedPolicies: [
        { PolicyName: "SecretsManagerReadWrite", PolicyArn: "arn:aws:iam::aws:policy/SecretsManagerReadWrite" },
      ],
    },
    { at: daysAgo(1) },
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
    { at: daysAgo(1) },
  );
  expect(await told([...role(MAY), ...secret], [gone])).toMatchObject({
    state: "with findings",
    read: "proven",
    content: "broken",
    rules: ["certain secret-and-key-available"],
    proven: 0,
  });
});

test("who deletes or replaces the evidence that breaks a job keeps the finding", async () => {
  const broken = [...role(MAY_NOT), ...secret];
  const found = { read: "broken", rules: ["certain secret-read-allowed"], verdict: "fail", proven: 0 };
  expect(await toldOf({}, broken)).toMatchObject(found);
  expect(await toldOf(evidenceFiles(broken.slice(0, 3) as never), broken)).toMatchObject(found);
  expect(await toldOf(evidenceFiles([...role(MAY), ...secret] as never), broken)).toMatchObject(found);
});

test("who deletes the evidence that proves a job loses nothing", async () => {
  const whole = [...role(MAY), ...secret];
  expect(await toldOf({}, whole)).toMatchObject({ state: "proven", proven: 1, verdict: "pass" });
});
