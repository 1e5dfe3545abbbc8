/** Evidence on a change, on the built action and command: nothing that its author does to it makes the verdict better. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Files } from "../fake-github/repository.ts";
import { evidenceFiles } from "../support/evidence.ts";
import { job, MAY, MAY_NOT, role, secret } from "../support/nightly.ts";
import { openPullRequest } from "./pull-request.ts";

const files = (document: object): Files => evidenceFiles([...role(document), ...secret] as never);
const [broken, good] = [files(MAY_NOT), files(MAY)];
const cli = join(import.meta.dirname, "../../dist/cli.js");

/** What the author of a change can do to the evidence of its base. */
const TRICKS: Readonly<Record<string, readonly [base: Files, head: Files]>> = {
  "leaves it": [broken, broken],
  "deletes it": [broken, {}],
  "deletes a part of it": [broken, Object.fromEntries(Object.entries(broken).slice(0, 2))],
  "replaces it": [broken, good],
  "moves it elsewhere": [
    broken,
    Object.fromEntries(Object.entries(broken).map(([path, text]) => [path.replace("/evidence/", "/old/"), text])),
  ],
  "makes it up": [{}, broken],
};

describe.each(Object.entries(TRICKS))("a change that adds a broken job and %s", (_, [base, head]) => {
  test("fails on a pull request", async () => {
    using pull = openPullRequest({ "README.md": "", ...base }, { "README.md": "", "job.json": job, ...head });
    const run = await pull.run();
    expect([run.code, run.outputs.violations]).toEqual([1, "1"]);
  });

  test("fails on a pull request whose base comes through the API", async () => {
    using pull = openPullRequest({ "README.md": "", ...base }, { "README.md": "", "job.json": job, ...head });
    const run = await pull.runOnCopy();
    expect([run.code, run.outputs.violations]).toEqual([1, "1"]);
  });

  test("fails on a push to another branch", async () => {
    using pull = openPullRequest({ "README.md": "", ...base }, { "README.md": "", "job.json": job, ...head });
    const run = await pull.run({ event: "push", sha: pull.state.head, payload: { before: pull.state.head } });
    expect([run.code, run.outputs.violations]).toEqual([1, "1"]);
  });

  test("fails with --base", () => {
    using pull = openPullRequest({ "README.md": "", ...base }, { "README.md": "", "job.json": job, ...head });
    const { status, stdout } = spawnSync(process.execPath, [cli, "check", "--base", pull.state.base], {
      cwd: pull.folder,
      encoding: "utf8",
    });
    expect([status, stdout.includes("secret-read-allowed")]).toEqual([1, true]);
  });
});

test("evidence that a change brings proves nothing, and what it deletes still proves", async () => {
  using brings = openPullRequest({ "README.md": "" }, { "job.json": job, ...good });
  const brought = await brings.run();
  expect(brought.report).toMatchObject({ verdict: "pass", summary: { proven: 0 } });
  expect(brought.log).toContain("so it proves nothing here");
  using deletes = openPullRequest({ "README.md": "", ...good }, { "job.json": job });
  const deleted = await deletes.run();
  expect(deleted.report).toMatchObject({ summary: { proven: 1, unverified: 0 } });
  expect(deleted.log).toContain("The evidence is in the base branch and not here. It still counts.");
});

test("a repository without evidence is asked for none", async () => {
  using pull = openPullRequest({ "README.md": "" }, { "job.json": job });
  expect((await pull.run()).requests.filter((one) => /git|compare/.test(one))).toEqual([]);
});
