import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Files, makeRepository } from "../fake-github/repository.ts";
import { wrong as broken, jobFile, secret } from "./job.ts";
import { openPullRequest } from "./pull-request.ts";
import { type Outcome, runAction } from "./runner.ts";

const right = `${broken}::`;

const fewFiles = { "README.md": "# Jobs\n" };
const reviewsPath = "POST /repos/octo/jobs/pulls/7/reviews";
const commentsPath = "POST /repos/octo/jobs/issues/7/comments";
const changedConfiguration =
  "The configuration here differs from that of the base branch, which decides. A change takes effect once it is merged.";
const elsewhere = "All findings are in the annotations and the job summary.";

/** `lineOfReference` is where the reference stands. */
function job(valueFrom: string, name = "nightly", secretName = "DB_PASSWORD"): string {
  return jobFile({ [secretName]: valueFrom }, name);
}
const lineOfReference =
  job("x")
    .split("\n")
    .findIndex((line) => line.includes("valueFrom")) + 1;

/** The last of them is the failure itself. */
const errorsOf = ({ annotations }: Outcome) => annotations.filter(({ level }) => level === "error");

test("what a pull request breaks is reported on the line and in a summary, and can't be merged", async () => {
  using pull = openPullRequest(
    { ...fewFiles, "old.json": job(broken, "old") },
    {
      ...fewFiles,
      "old.json": job(broken, "old"),
      "jobs/nightly.json": job(broken),
    },
  );
  const run = await pull.run();
  expect(run.code).toBe(1);
  expect(run.outputs).toMatchObject({ verdict: "fail", violations: "1" });
  expect(run.report).toMatchObject({ verdict: "fail", summary: { jobDefinitions: 2, references: 2 } });
  expect(run.writes).toEqual([reviewsPath]);

  const [review] = pull.state.reviews;
  expect(review).toMatchObject({ event: "COMMENT", commit_id: pull.state.head, login: "github-actions[bot]" });
  const [comment, ...others] = pull.state.reviewComments;
  expect(others).toEqual([]);
  expect(comment).toMatchObject({ path: "jobs/nightly.json", line: lineOfReference });
  expect(comment?.body).toMatch(/^<!-- batch-secrets-check finding [0-9a-f]{8} [0-9a-f]{16} [0-9a-f]{16} -->\n❌ \*\*/);
  expect(comment?.body).toContain(`"${right}"`);

  const sticky = review?.body;
  expect(pull.state.issueComments).toEqual([]);
  expect(sticky).toMatch(/^<!-- batch-secrets-check summary [0-9a-f]{8} -->\n### ❌ Batch secrets check: 1 error\n/);
  const blob = `https://github.example.com/octo/jobs/blob/${pull.state.head}`;
  expect(sticky).toContain(`[\`jobs/nightly.json:10\`](${blob}/jobs/nightly.json#L10)`);
  expect(sticky).toContain(`[\`old.json:10\`](${blob}/old.json#L10)`);
  expect(sticky).toContain("<summary><b>1 older finding</b></summary>");

  expect(run.summary).toContain("### ❌ Batch secrets check: 1 error\n");
  expect(errorsOf(run).map(({ file, line }) => [file, line])).toEqual([[undefined, undefined]]);
  expect(run.annotations.at(-1)?.message).toBe("Batch secrets check failed: 1 error.");
});

test("where the base has moved on, comments are on the head's lines and links lead to the checked ones", async () => {
  const definitions = (...names: string[]) => `[\n${names.map((name) => job(broken, name)).join(",\n")}]\n`;
  const line = (text: string, name: string) => {
    const lines = text.split("\n");
    const start = lines.findIndex((one) => one.includes(`"${name}"`));
    return lines.findIndex((one, index) => index > start && one.includes("valueFrom")) + 1;
  };
  const head = definitions("old", "nightly");
  const merged = definitions("merged-meanwhile", "old", "nightly");
  using pull = openPullRequest({ "jobs.json": definitions("old") }, { "jobs.json": head });
  const sha = pull.merge({ "jobs.json": merged });
  const run = await pull.run({ sha });
  expect(pull.state.reviewComments.map((comment) => comment.line)).toEqual([line(head, "nightly")]);
  expect(pull.summary()).toContain(`/blob/${sha}/jobs.json#L${line(merged, "nightly")})`);
  expect(run.summary).toContain(`/blob/${sha}/jobs.json#L${line(merged, "merged-meanwhile")})`);
});

test("a finding about several lines has its comment on all of them", async () => {
  const lines = job(right).split("\n");
  const roleless = lines.filter((line) => !line.includes("executionRoleArn")).join("\n");
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": roleless });
  await pull.run();
  const [comment, ...others] = pull.state.reviewComments;
  expect(others).toEqual([]);
  expect(comment?.start_line).toBeLessThan(comment?.line ?? 0);
});

test("a second run on the same head writes nothing", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  expect((await pull.run()).writes).toEqual([reviewsPath]);
  const second = await pull.run();
  expect(second.writes).toEqual([]);
  expect(second.code).toBe(1);
});

test("a push that fixes all turns the summary green, and its comments go", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  await pull.run();
  pull.push({ ...fewFiles, "jobs.json": job(right) });
  const run = await pull.run();
  expect(run.code).toBe(0);
  expect(run.outputs).toMatchObject({ verdict: "pass", violations: "0" });
  expect(run.writes).toEqual([
    "DELETE /repos/octo/jobs/pulls/comments/1001",
    "PUT /repos/octo/jobs/pulls/7/reviews/1000",
  ]);
  expect([pull.state.reviewComments, pull.state.issueComments]).toEqual([[], []]);
  expect(pull.summary()).toMatch(/-->\n### ✅ Batch secrets check: /);
});

test("a push that adds a finding gets a comment for that one only", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  await pull.run();
  pull.push({ ...fewFiles, "jobs.json": job(broken), "more.json": job(broken, "more") });
  await pull.run();
  expect(pull.state.reviews).toHaveLength(2);
  expect(pull.state.reviews[1]?.body).toBe("");
  expect(pull.state.reviewComments.map(({ path }) => path)).toEqual(["jobs.json", "more.json"]);
  expect(pull.state.issueComments).toEqual([]);
});

test("a pull request that has nothing to do with jobs gets no comment", async () => {
  using pull = openPullRequest({ "jobs.json": job(right) }, { "jobs.json": job(right), ...fewFiles });
  const run = await pull.run();
  expect(run.code).toBe(0);
  expect(run.writes).toEqual([]);
  expect(pull.state.issueComments).toEqual([]);
});

test("a fork's token that can only read costs a notice, never the verdict", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  for (const write of [403, 404] as const) {
    const run = await pull.run({ write, fork: true });
    expect(run.code).toBe(1);
    expect(run.outputs.verdict).toBe("fail");
    expect(run.writes).toEqual([]);
    expect(run.annotations).toContainEqual({
      level: "notice",
      title: "Batch secrets check",
      message: `Nothing was commented: the token of a pull request from a fork is read-only. ${elsewhere}`,
    });
    expect(run.summary).toContain("jobs.json:10");
  }
});

test("Dependabot's token and a forgotten permission are distinguished", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  const dependabot = await pull.run({ write: 403, actor: "dependabot[bot]" });
  expect(dependabot.log).toContain("the token of a run started by Dependabot is read-only");
  const forgotten = await pull.run({ write: 403 });
  expect(forgotten.log).toContain("The job needs permissions: pull-requests: write");
  expect([dependabot.code, forgotten.code]).toEqual([1, 1]);
});

test("when the head has moved, the run for the newer commit comments", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  const { state } = pull;
  const moved = { ...state, head: "f".repeat(40) };
  const payload = {
    pull_request: { number: 7, changed_files: 1, head: { sha: state.head }, base: { ref: "main", sha: state.base } },
  };
  Object.assign(state, moved);
  const run = await pull.run({ payload });
  expect(run.code).toBe(1);
  expect(run.writes).toEqual([]);
  expect(run.log).toContain("The pull request has newer commits");
});

test("files and comments are read to the last page", async () => {
  const many: Files = Object.fromEntries(
    Array.from({ length: 120 }, (_, index) => [`docs/${index}.txt`, `${index}\n`]),
  );
  using pull = openPullRequest(fewFiles, { ...fewFiles, ...many, "zz/jobs.json": job(broken) });
  const chat = Array.from({ length: 130 }, (_, id) => ({ id, login: "mona", body: `comment ${id}` }));
  pull.state.issueComments.push(...chat);
  const first = await pull.run();
  expect(pull.state.reviewComments.map(({ path }) => path)).toEqual(["zz/jobs.json"]);
  expect(first.log).not.toContain("Warning");
  expect(first.requests.filter((one) => one.endsWith("/pulls/7/files"))).toHaveLength(2);
  expect((await pull.run()).writes).toEqual([]);
  expect(pull.state.issueComments).toHaveLength(130);
});

test("what we wrote is found behind more than a hundred comments, reviews and threads of others", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  const many = <T>(one: (id: number) => T) => Array.from({ length: 230 }, (_, index) => one(index + 1));
  const said = (id: number) => ({ id, login: "mona", body: `words ${id}` });
  const { state } = pull;
  state.issueComments.push(...many(said));
  state.reviews.push(...many((id) => ({ ...said(id), commit_id: state.head, event: "COMMENT" })));
  state.reviewComments.push(...many((id) => ({ ...said(id), review: id, path: "jobs.json", text: "{", line: 1 })));
  expect((await pull.run()).writes).toEqual([reviewsPath]);
  for (const graphql of ["allowed", 404] as const) expect((await pull.run({ graphql })).writes).toEqual([]);
});

test("more than thirty findings make thirty comments, and a second run adds none", async () => {
  const many: Files = Object.fromEntries(
    Array.from({ length: 35 }, (_, index) => [`jobs/${index}.json`, job(broken, `job-${index}`)]),
  );
  using pull = openPullRequest(fewFiles, { ...fewFiles, ...many });
  const run = await pull.run();
  expect(pull.state.reviewComments).toHaveLength(30);
  expect(pull.summary()).toContain("How to fix the 5 findings without a line comment");
  // What no comment says is annotated, and the failure itself.
  expect(errorsOf(run)).toHaveLength(6);
  expect((await pull.run()).writes).toEqual([]);
  const alone = await pull.run({ inputs: { review: "false", comment: "never" } });
  expect(errorsOf(alone)).toHaveLength(10);
  expect(errorsOf(alone).at(-2)?.message).toBe("27 more errors not shown here: see the job summary.");
});

test("a file without a patch has its findings in the summary", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  pull.state.files = pull.state.files.map(({ patch: _, ...file }) => file);
  const run = await pull.run();
  expect(run.writes).toEqual([commentsPath]);
  expect(pull.summary()).toContain("#### How to fix\n");
});

test("a renamed file has its comment under the new name, a removed one none", async () => {
  const gone = { "gone.yaml": "jobDefinitionName: gone\ntype: container\n" };
  using pull = openPullRequest(
    { ...fewFiles, ...gone, "jobs/old.json": job(right) },
    { ...fewFiles, "jobs/new.json": job(broken) },
  );
  const run = await pull.run();
  expect(pull.state.files.map(({ status }) => status)).toContain("renamed");
  expect(pull.state.reviewComments.map(({ path, line }) => [path, line])).toEqual([["jobs/new.json", lineOfReference]]);
  expect(run.outputs.violations).toBe("1");
});

test("lines that end in a carriage return have their comments too", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken).replaceAll("\n", "\r\n") });
  await pull.run();
  expect(pull.state.reviewComments.map(({ line }) => line)).toEqual([lineOfReference]);
});

test("where the checkout has other lines than the head, no comment stands on a wrong one", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  writeFileSync(join(pull.folder, "jobs.json"), `\n\n${job(broken).replace(/^ +/gm, "\t")}`);
  await pull.run();
  expect(pull.state.reviewComments).toEqual([]);
  expect(pull.summary()).toContain(`jobs.json:${lineOfReference + 2}`);
});

test("names of files and values that want to be commands, markup or markers stay text", async () => {
  const evil =
    "a\n::error::pwned\r::set-output name=verdict::pass `x` <!-- y --> @octocat ## [z](https://e.vil) | \u202e";
  using pull = openPullRequest(fewFiles, {
    ...fewFiles,
    [`${evil.replaceAll("/", "_")}.json`]: job(`${secret}-${evil}:password`, evil, evil),
    "plain.json": job(`${secret}${evil.replaceAll(":", "")}:x`, evil, evil),
  });
  const run = await pull.run();
  expect(run.code).toBe(1);
  expect(run.outputs.verdict).toBe("fail");
  for (const { message } of run.annotations) expect(message).not.toContain("\u202e");
  const bodies = [...pull.state.reviewComments, ...pull.state.issueComments].map(({ body }) => body);
  expect(bodies.length).toBeGreaterThan(0);
  for (const body of [...bodies.map((text) => text.slice(text.indexOf("\n"))), run.summary]) {
    const outside = body
      .replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, "")
      .replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "")
      .replace(/\]\(https:\/\/[\w./%#-]*\)/g, "]");
    expect(outside).not.toMatch(/@|<!--|::|e\.vil|\u202e|pwned ##/);
  }
});

test("a comment with our marker by somebody else is neither edited nor taken for ours", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  await pull.run();
  const { state } = pull;
  const forged = <T extends object>(all: T[]) =>
    all.push(...all.splice(0).map((one) => ({ ...one, login: "octocat" })));
  forged(state.reviews);
  forged(state.reviewComments);
  const before = structuredClone([state.reviews, state.reviewComments]);
  for (const graphql of ["allowed", 404] as const) {
    const run = await pull.run({ graphql });
    expect(run.writes).toEqual([reviewsPath]);
    expect([state.reviews.splice(1), state.reviewComments.splice(1)]).toHaveLength(2);
    expect([state.reviews, state.reviewComments]).toEqual(before);
  }
});

test("any token finds its own comments again", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  await pull.run({ login: "our-app[bot]" });
  expect((await pull.run({ login: "our-app[bot]" })).writes).toEqual([]);
  expect((await pull.run({ login: "mona" })).writes).toEqual([reviewsPath]);
});

test("when GitHub refuses a line, the summary says what the review would have", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  const refusals = [{ method: "POST", path: /reviews$/, status: 422, message: "Unprocessable Entity" }];
  const run = await pull.run({ refusals });
  expect(run.writes).toEqual([commentsPath]);
  expect(run.log).toContain("GitHub refused the line comments (422)");
  expect(pull.summary()).toContain("#### How to fix\n");
});

test("a secondary rate limit is waited for, a failing server is asked again for reads only", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  const refusals = [
    {
      method: "POST",
      path: /reviews$/,
      status: 403,
      message: "You have exceeded a secondary rate limit",
      headers: { "retry-after": "1" },
    },
    { method: "GET", path: /files$/, status: 502, message: "Bad Gateway" },
  ];
  expect((await pull.run({ refusals })).writes).toEqual([reviewsPath]);
});

test("a server that fails to write is not asked twice, and the verdict stands", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  const refusals = [{ method: "POST", path: /reviews$/, status: 502, message: "Bad Gateway" }];
  const run = await pull.run({ refusals });
  expect(run.code).toBe(1);
  expect(run.writes).toEqual([]);
  expect(run.log).toContain("Comments could not be written: GitHub failed (502: Bad Gateway).");
});

test("GitHub Enterprise Server is reached under its own address", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  await pull.run({ basePath: "/api/v3" });
  expect(pull.state.reviewComments).toHaveLength(1);
  expect((await pull.run({ basePath: "/api/v3" })).writes).toEqual([]);
});

test("a configuration that the pull request brings does not decide it", async () => {
  const config = { ".batch-secrets-check.yaml": "fail-on: never\n" };
  using pull = openPullRequest(fewFiles, { ...fewFiles, ...config, "jobs.json": job(broken) });
  const run = await pull.run();
  expect(run.code).toBe(1);
  expect(run.annotations).toContainEqual({
    level: "notice",
    title: "Batch secrets check",
    message: changedConfiguration,
  });
  expect(run.summary).toContain("> The configuration here differs from that of the base branch, which decides.");
});

test("the configuration of the base decides", async () => {
  const config = { ".batch-secrets-check.yaml": "fail-on: never\n" };
  using pull = openPullRequest({ ...fewFiles, ...config }, { ...fewFiles, ...config, "jobs.json": job(broken) });
  const run = await pull.run();
  expect(run.code).toBe(0);
  expect(run.outputs).toMatchObject({ verdict: "pass", violations: "1" });
  expect(pull.state.reviewComments).toHaveLength(1);
});

test("a base that can't be read fails the check, which shows what it found: nobody knows what the base says", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(right) });
  const refusals = [
    { method: "GET", path: /contents/, status: 403, message: "Resource not accessible by integration" },
  ];
  const run = await pull.run({ refusals, graphql: 403 });
  expect(run.code).toBe(2);
  expect(run.annotations.map(({ message }) => message)).toEqual([
    '1 open question: see "Not verified" in the job summary.',
    "The configuration of the base branch can't be read: GitHub refused it (403: Resource not accessible by integration). The job needs permissions: contents: read.",
  ]);
});

test("a run without a token checks and comments nothing", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  const run = await pull.run({ inputs: { "github-token": "" } });
  expect(run.code).toBe(1);
  expect(run.requests).toEqual([]);
  expect(run.log).toContain("Input github-token is empty, so nothing was commented.");
});

test("inputs choose where findings are reported", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  const quiet = { comment: "never", review: "false", annotations: "false" };
  const run = await pull.run({ inputs: quiet });
  expect(run.writes).toEqual([]);
  expect(run.annotations.map(({ message }) => message)).toEqual(["Batch secrets check failed: 1 error."]);
  expect((await pull.run({ inputs: { comment: "never" } })).writes).toEqual([reviewsPath]);
  expect((await pull.run({ inputs: { review: "false" } })).writes).toEqual([commentsPath]);
});

test("a wrong input is reported with what it may be, before anything is done", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  const run = await pull.run({ inputs: { comment: "sometimes" } });
  expect(run.code).toBe(2);
  expect(run.requests).toEqual([]);
  expect(run.annotations).toEqual([
    { level: "error", message: 'Input comment is "sometimes", but it must be one of: always, on-failure, never.' },
  ]);
});

test("a folder of the repository is checked under its own paths and told under those of the repository", async () => {
  const files = { "infra/jobs/nightly.json": job(broken), "other/jobs.json": job(broken, "other") };
  using pull = openPullRequest(fewFiles, { ...fewFiles, ...files });
  const run = await pull.run({
    inputs: { "working-directory": "infra", paths: "jobs/**", "report-file": "out/report.json" },
  });
  expect(run.outputs.violations).toBe("1");
  expect(run.outputs["report-file"]).toBe(join(pull.folder, "out/report.json"));
  expect(errorsOf(run).map(({ file }) => file)).toEqual([undefined]);
  expect(pull.state.reviewComments.map(({ path }) => path)).toEqual(["infra/jobs/nightly.json"]);
});

test("a link out of the workspace is not followed", async () => {
  using pull = openPullRequest(fewFiles, { ...fewFiles, "jobs.json": job(broken) });
  using outside = makeRepository();
  writeFileSync(join(outside.folder, "jobs.json"), job(broken, "outside"));
  rmSync(join(pull.folder, "jobs.json"));
  symlinkSync(join(outside.folder, "jobs.json"), join(pull.folder, "jobs.json"));
  const run = await pull.run();
  expect(pull.state.reviewComments).toEqual([]);
  expect(run.outputs.violations).toBe("0");
});

const onMain = { ref: "refs/heads/main", payload: { repository: { default_branch: "main" } } };

test("a push to the default branch needs nothing of GitHub", async () => {
  using repository = makeRepository();
  const sha = repository.commit({ "jobs.json": job(broken), ".batch-secrets-check.yaml": "fail-on: error\n" });
  const run = await runAction({ workspace: repository.folder, event: "push", ...onMain, sha });
  expect(run.code).toBe(1);
  expect(run.outputs.verdict).toBe("fail");
  expect(errorsOf(run).map(({ file }) => file)).toEqual(["jobs.json", undefined]);
  expect(run.summary).toContain(`(https://github.example.com/octo/jobs/blob/${sha}/jobs.json#L${lineOfReference})`);
});

test("no job definitions: said in the log and the summary, and passed; noticed where paths were named", async () => {
  using repository = makeRepository();
  const sha = repository.commit(fewFiles);
  const run = await runAction({ workspace: repository.folder, event: "push", ...onMain, sha });
  expect(run.code).toBe(0);
  expect([run.annotations, run.log.includes("0 job definitions found")]).toEqual([[], true]);
  const named = await runAction({
    workspace: repository.folder,
    event: "push",
    ...onMain,
    sha,
    inputs: { paths: "README.md" },
  });
  expect(named.annotations.map(({ level, message }) => [level, message])).toEqual([
    ["notice", "No AWS Batch job definition was found in 1 file."],
  ]);
  expect(run.summary).toContain("## ⚪ Batch secrets check: no job definitions found");
});

test("a file that can't be read fails the check and is named", async () => {
  using repository = makeRepository();
  const sha = repository.commit({ "jobs.json": job(right), "broken.json": job(right).replace('"type"', '"type') });
  const run = await runAction({ workspace: repository.folder, event: "push", ...onMain, sha });
  expect(run.code).toBe(2);
  expect(run.annotations[0]).toMatchObject({
    level: "error",
    title: "This file could not be checked",
    file: "broken.json",
  });
  expect(run.annotations.at(-1)?.message).toBe("Batch secrets check failed: 1 file not checked.");
});

test("an empty workspace is a forgotten checkout", async () => {
  using repository = makeRepository();
  rmSync(join(repository.folder, ".git"), { recursive: true });
  const run = await runAction({ workspace: repository.folder, event: "push", ...onMain, sha: "e".repeat(40) });
  expect(run.code).toBe(2);
  expect(run.log).toContain("Run actions/checkout in a step before this one.");
});

test("no secret value is in anything that leaves the process", async () => {
  const planted = [
    "hunter2-correct-horse",
    "ghp_0123456789abcdefghijABCDEFGHIJ012345",
    "S3cr3tV4lu3/with+base64chars0123456789abcd",
  ];
  const [password = "", personal = "", key = ""] = planted;
  const definition = JSON.parse(job(broken));
  definition.containerProperties.environment = [
    { name: "DB_PASSWORD", value: password },
    { name: "GITHUB_TOKEN", value: personal },
    { name: "AWS_SECRET_ACCESS_KEY", value: key },
  ];
  // On one line: every code frame and every comment on it could show them.
  const secretString = JSON.stringify({ Name: "prod/db", SecretString: JSON.stringify({ password, key }) });
  using pull = openPullRequest(fewFiles, {
    ...fewFiles,
    "jobs.json": `${JSON.stringify(definition)}\n`,
    "secret.json": secretString,
    "broken.json": `${secretString.slice(0, -1)} "jobDefinitionName": `,
  });
  const run = await pull.run();
  expect(run.code).toBe(2);
  expect(pull.state.reviewComments.length).toBeGreaterThan(0);
  for (const value of planted) {
    expect(run.all).not.toContain(value);
    expect(run.sent).not.toContain(value);
  }
});
