/**
 * `pull_request_target`: the workflow has a token that writes, so nothing that is proposed comes onto the runner. The
 * files of the newest commit are read through the API.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Files } from "../fake-github/repository.ts";
import { jobFile, wrong } from "./job.ts";
import { openPullRequest, type PullRequest } from "./pull-request.ts";

const job = (name?: string) => jobFile({ DB_PASSWORD: wrong }, name);
const readme = { "README.md": "# Jobs\n" };
const fork = { id: 2, owner: "mona" };
const review = "POST /repos/octo/jobs/pulls/7/reviews";

function open(head: Files, base: Files = readme): PullRequest {
  const pull = openPullRequest(base, { ...base, ...head });
  pull.state.fork = fork;
  return pull;
}

const target = (pull: PullRequest, given: object = {}) =>
  pull.run({ event: "pull_request_target", sha: pull.state.base, fork: true, ...given });

test("a fork's pull request is judged and commented on with the base checked out, by the base's configuration", async () => {
  const config = ".batch-secrets-check.yaml";
  using pull = open({ "jobs.json": job(), [config]: "fail-on: never\n" }, { ...readme, [config]: "fail-on: error\n" });
  pull.checkout(pull.state.base);
  const run = await target(pull);
  expect([run.code, run.outputs.violations, run.writes]).toEqual([1, "1", [review]]);
  expect(pull.state.reviewComments.map(({ path, line }) => [path, line])).toEqual([["jobs.json", 10]]);
  expect(existsSync(join(pull.folder, "jobs.json"))).toBe(false);
  expect(run.summary).toContain(`/blob/${pull.state.head}/jobs.json#L10`);
  expect((await target(pull)).writes).toEqual([]);
});

test("modules, files that others name, links and folders above the checked one are read through the API, too", async () => {
  const files = {
    "infra/app/main.tf": `module "job" {\n  source = "../../modules/job"\n  from   = trimspace(file("name.txt"))\n}\n`,
    "infra/app/name.txt": `${wrong}\n`,
    "modules/job/main.tf": `variable "from" {}
resource "aws_batch_job_definition" "this" {
  name = "nightly"
  type = "container"
  container_properties = jsonencode({
    image            = "x"
    executionRoleArn = "arn:aws:iam::111122223333:role/r"
    secrets          = [{ name = "DB_PASSWORD", valueFrom = var.from }]
  })
}
`,
  };
  using pull = open(files);
  const workspace = mkdtempSync(join(tmpdir(), "batch-secrets-check-"));
  try {
    const run = await target(pull, { workspace, inputs: { "working-directory": "infra/app" } });
    expect([run.outputs.violations, run.outputs.verdict]).toEqual(["1", "fail"]);
    expect(JSON.stringify(run.report)).toContain('"modules/job/main.tf"');
  } finally {
    rmSync(workspace, { recursive: true });
  }
});

test("without GraphQL it is the same by REST", async () => {
  using pull = open({ "jobs.json": job() });
  pull.checkout(pull.state.base);
  const run = await target(pull, { graphql: 404 });
  expect([run.code, run.writes]).toEqual([1, [review]]);
});

test("a checkout of what a fork proposes is refused, with the reason", async () => {
  using pull = open({ "jobs.json": job() });
  const run = await target(pull);
  expect([run.code, run.writes, run.requests]).toEqual([2, [], []]);
  expect(run.log).toContain(
    "on pull_request_target, files of a pull request are beside secrets and a token that writes",
  );
  expect(run.log).toContain("Remove actions/checkout");
});

test("a repository of which GitHub lists only a part, or that can't be read, is named and fails", async () => {
  using pull = open({ "jobs.json": job(), "more.json": "{}" });
  pull.checkout(pull.state.base);
  pull.state.longestTree = 1;
  const partial = await target(pull);
  expect([partial.code, partial.writes]).toEqual([2, []]);
  expect(partial.log).toContain("can't be read: GitHub lists only a part of the repository's files");
  const refusals = [{ method: "GET", path: /trees/, status: 403, message: "Resource not accessible by integration" }];
  const refused = await target(pull, { refusals });
  expect([refused.code, refused.log.includes("The job needs permissions: contents: read.")]).toEqual([2, true]);
  const anonymous = await target(pull, { inputs: { "github-token": "" } });
  expect([anonymous.code, anonymous.log.includes("the files of the pull request can't be read")]).toEqual([2, true]);
});

test("what is in the workspace is no part of what is proposed", async () => {
  using pull = open({ "jobs.json": job() });
  pull.checkout(pull.state.base);
  mkdirSync(join(pull.folder, "made"));
  writeFileSync(join(pull.folder, "made/other.json"), job("other"));
  const run = await target(pull);
  expect(run.outputs.violations).toBe("1");
});
