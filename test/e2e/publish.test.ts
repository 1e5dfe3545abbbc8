/**
 * A fork's report, published by a second workflow: it is data of a stranger, shown where GitHub says that its run belongs.
 */
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { jobFile, wrong } from "./job.ts";
import { openPullRequest, type PullRequest } from "./pull-request.ts";

const files = { "README.md": "# Jobs\n" };
const broken = { ...files, "jobs.json": jobFile({ DB_PASSWORD: wrong }) };
const fork = { id: 2, owner: "mona" };

/** The payload of the run that ends: GitHub makes it, not the pull request. */
function payload({ state }: PullRequest, given: object = {}) {
  const run = {
    event: "pull_request",
    head_sha: state.head,
    head_branch: "change",
    head_repository: { id: fork.id, owner: { login: fork.owner } },
    html_url: "https://github.example.com/octo/jobs/actions/runs/1",
    pull_requests: [],
    ...given,
  };
  return { action: "completed", workflow_run: run, repository: { default_branch: "main" } };
}

/** The unprivileged run, whose report is then in the workspace of the second one. */
async function reported(change: (report: Record<string, unknown>) => void = () => {}) {
  const pull = openPullRequest(files, broken);
  pull.state.fork = fork;
  const first = await pull.run({ fork: true, write: 403 });
  const report = first.report as Record<string, unknown>;
  change(report);
  const put = (text: string, name = "report.json") => {
    mkdirSync(join(pull.folder, "artifact"), { recursive: true });
    writeFileSync(join(pull.folder, "artifact", name), text);
  };
  put(JSON.stringify(report));
  const publish = (given: object = {}, inputs: Record<string, string> = {}) =>
    pull.run({
      event: "workflow_run",
      payload: payload(pull, given),
      sha: pull.state.base,
      inputs: { report: "artifact/report.json", ...inputs },
    });
  return { pull, first, put, publish };
}

test("the report of a fork's run becomes its review and summary, with links to the checked commit", async () => {
  const { pull, first, publish } = await reported();
  using _ = pull;
  expect([first.code, first.writes]).toEqual([1, []]);
  const run = await publish();
  expect(run.writes).toEqual(["POST /repos/octo/jobs/pulls/7/reviews"]);
  expect([run.code, run.annotations, run.outputs]).toEqual([0, [], {}]);
  expect(pull.state.reviewComments.map(({ path, line }) => [path, line])).toEqual([["jobs.json", 10]]);
  expect(pull.summary()).toContain("## ❌ Batch secrets check: 1 error");
  expect(pull.summary()).toContain("> The run of the pull request made this report");
  expect(pull.summary()).toContain(`/blob/${pull.state.head}/jobs.json#L10`);
  expect((await publish()).writes).toEqual([]);
});

test("the recipe works as it is written", async () => {
  const recipes = readFileSync(new URL("../../docs/recipes.md", import.meta.url), "utf8");
  const workflows = [...recipes.matchAll(/```yaml\n(# \.github\/workflows\/[\s\S]*?)```/g)].map(([, text = ""]) =>
    parse(text),
  );
  const stepOf = (trigger: string, uses: string, given: string) => {
    const steps = workflows
      .filter(({ on }) => trigger in on)
      .flatMap(({ jobs }) => Object.values<{ steps: Record<string, unknown>[] }>(jobs).flatMap(({ steps }) => steps));
    const found = steps.find(
      (step) => String(step["uses"]).startsWith(uses) && given in ((step["with"] ?? {}) as object),
    );
    const inputs = Object.entries((found?.["with"] ?? {}) as Record<string, unknown>);
    return Object.fromEntries(inputs.map(([name, value]) => [name, String(value)]));
  };
  using pull = openPullRequest(files, broken);
  pull.state.fork = fork;
  const check = stepOf("pull_request", "org/batch-secrets-check@", "report-file");
  const first = await pull.run({ fork: true, write: 403, inputs: check });
  expect([first.code, first.writes]).toEqual([1, []]);
  const upload = stepOf("pull_request", "actions/upload-artifact@", "path");
  const download = stepOf("workflow_run", "actions/download-artifact@", "path");
  expect(upload["name"]).toBe(download["name"]);
  const uploaded = upload["path"] ?? "";
  expect(join(pull.folder, uploaded)).toBe(first.outputs["report-file"]);
  mkdirSync(join(pull.folder, download["path"] ?? ""));
  renameSync(join(pull.folder, uploaded), join(pull.folder, download["path"] ?? "", basename(uploaded)));
  const inputs = stepOf("workflow_run", "org/batch-secrets-check@", "report");
  const second = await pull.run({ event: "workflow_run", payload: payload(pull), sha: pull.state.base, inputs });
  expect(second.writes).toEqual(["POST /repos/octo/jobs/pulls/7/reviews"]);
});

test("what a stranger puts into the report is text, and leads nowhere", async () => {
  const evil = "[x](https://e.vil) @octocat <!-- batch-secrets-check summary 00000000 --> ![y](https://e.vil/z.png)";
  const { pull, publish } = await reported((report) => {
    const [finding] = report["findings"] as Record<string, unknown>[];
    Object.assign(finding ?? {}, {
      message: evil,
      remedy: `${evil}\n\n\`\`\`\n${evil}\n\`\`\`suggestion\n`,
      help: "https://e.vil/",
      fix: { edits: [{ location: finding?.["location"], text: "rm -rf" }] },
      subject: { kind: "job_definition", address: evil },
    });
    report["notes"] = [{ path: evil, message: evil }];
    report["extra"] = { number: 1, head: "f".repeat(40), token: "x" };
  });
  using _ = pull;
  const run = await publish();
  expect(run.writes).toHaveLength(1);
  for (const text of [...pull.state.reviewComments.map(({ body }) => body), pull.summary(), run.summary]) {
    const outside = text
      .slice(text.startsWith("<!--") ? text.indexOf("\n") : 0)
      .replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, "")
      .replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
    expect(outside).not.toMatch(/e\.vil|@octocat|<!--/);
    expect(text).not.toContain("```suggestion\nrm");
  }
});

test("a report that has not the form of one is not published, and neither is one behind a link", async () => {
  const { pull, put, publish } = await reported();
  using _ = pull;
  const bad: readonly (readonly [string, string])[] = [
    ["{", "is not JSON"],
    ["[]", "does not have the form"],
    ['{"version": 2}', "does not have the form of a JSON report (at version)"],
    [" ".repeat(9 * 1024 * 1024), "too large"],
  ];
  for (const [text, message] of bad) {
    put(text);
    const run = await publish();
    expect([run.code, run.writes]).toEqual([2, []]);
    expect(run.log).toContain(message);
  }
  symlinkSync("/etc/passwd", join(pull.folder, "artifact", "link.json"));
  expect((await publish({}, { report: "artifact/link.json" })).log).toContain("which is no plain file");
  expect((await publish({}, { report: "artifact/none.json" })).log).toContain("there is no such file");
  expect((await publish({}, { report: "../../etc/passwd" })).log).toContain("must be in the workspace");
  expect((await pull.run({ inputs: { report: "artifact/report.json" } })).log).toContain("on: workflow_run");
});

test("where it is shown GitHub says, not the report: another head, branch or repository has no pull request", async () => {
  const { pull, publish } = await reported();
  using _ = pull;
  for (const given of [
    { head_sha: "f".repeat(40) },
    { head_branch: "other" },
    { head_repository: { id: 3, owner: { login: "mona" } } },
    { head_repository: { id: 2, owner: { login: "eve" } } },
  ]) {
    const run = await publish(given);
    expect([run.code, run.writes]).toEqual([0, []]);
    expect(run.log).toContain("No open pull request has the commit of that run");
  }
  const push = await publish({ event: "push" });
  expect([push.code, push.requests]).toEqual([0, []]);
  const unknown = await publish({ head_repository: null });
  expect([unknown.code, unknown.log.includes("does not identify")]).toEqual([2, true]);
});
