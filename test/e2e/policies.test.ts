/** Rules of the user's own, on the built program. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildBundle } from "../support/bundle.ts";
import { openPullRequest } from "./pull-request.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");
const job = JSON.stringify({
  jobDefinitionName: "nightly",
  type: "container",
  containerProperties: { image: "app", command: ["run"] },
});
const policy = (findings: string) => `package batch_secrets_check

rules := [{"id": "acme/none", "title": "There are no jobs", "severity": "error", "subject": "job_definition"}]

report := {"findings": ${findings}}
`;
const strict = buildBundle(policy('[{"rule": "acme/none", "message": "It is a job.", "at": input.subject.at}]'));
const lenient = buildBundle(policy("[]"));
/** Longer than what GitHub gives as the content of a file. */
const long = buildBundle(policy('[{"rule": "acme/none", "message": "It is a job.", "at": input.subject.at}]'), {
  data: { text: randomBytes(1024 * 1024).toString("base64") },
});
const endless = buildBundle(
  policy("[x | some a in numbers.range(1, 9000); some b in numbers.range(1, 9000); a * b == 0; x := a]"),
);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policies-"));
  const files = { "job.json": job, "strict.tar.gz": strict, "lenient.tar.gz": lenient, "endless.tar.gz": endless };
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "job.json", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("the command asks the policies that it is given", () => {
  expect(run("--policy", "lenient.tar.gz").status).toBe(0);
  const { status, stdout } = run("--policy", "strict.tar.gz");
  expect(status).toBe(1);
  expect(stdout).toContain("error[acme/none]: It is a job.");
});

test("a policy that does not end, and one that is not there, end the run with exit code 2", () => {
  expect(run("--policy", "endless.tar.gz")).toEqual({
    status: 2,
    stdout: "",
    stderr: "the policy endless.tar.gz failed: it gave no answer within 5 seconds, with 256 MB of memory.\n",
  });
  expect(run("--policy", "missing.tar.gz")).toEqual({
    status: 2,
    stdout: "",
    stderr: "there is no policy missing.tar.gz.\n",
  });
});

const configuration = { ".batch-secrets-check.yaml": "policies: own.tar.gz\n" };
const base = { ...configuration, "own.tar.gz": strict };
const inputs = { comment: "never", review: "false" };

test("a judge of more than 1 MB is read as well", async () => {
  const changed = { ...configuration, "own.tar.gz": lenient, "job.json": job };
  using pull = openPullRequest({ ...configuration, "own.tar.gz": long }, changed);
  const { code, log } = await pull.run({ inputs });
  expect(code).toBe(1);
  expect(log).toContain("It is a job.");
});

test("a pull request can't replace its judge, and the judge of the base is asked", async () => {
  using pull = openPullRequest(base, { ...configuration, "own.tar.gz": lenient, "job.json": job });
  const { code, log } = await pull.run({ inputs });
  expect(code).toBe(1);
  expect(log).toContain("It is a job.");
});

test("a pull request can't remove its judge", async () => {
  using pull = openPullRequest(base, { "job.json": job });
  const { code, log } = await pull.run({ inputs });
  expect(code).toBe(1);
  expect(log).toContain("It is a job.");
});

test("a policy that only the pull request has is refused where the workflow names it", async () => {
  using pull = openPullRequest({ "README.md": "# Jobs\n" }, { "own.tar.gz": lenient, "job.json": job });
  const { code, annotations, outputs } = await pull.run({ inputs: { ...inputs, policies: "own.tar.gz" } });
  expect([code, outputs.verdict, outputs.violations]).toEqual([2, "fail", "0"]);
  expect(annotations.map(({ message }) => message)).toEqual([
    "the policy own.tar.gz is not in the base branch, which decides. It counts once it is merged.",
  ]);
});

test("with --base the policy of the base is asked", () => {
  using pull = openPullRequest(base, { ...configuration, "own.tar.gz": lenient, "job.json": job });
  const { status, stdout } = spawnSync(process.execPath, [cli, "--base", pull.state.base, "--scope", "all"], {
    cwd: pull.folder,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stdout).toContain("error[acme/none]: It is a job.");
});
