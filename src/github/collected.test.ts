import { expect, test } from "vitest";
import { COLLECTED } from "../base/evidence.ts";
import { check } from "../check.ts";
import { defaultConfig } from "../config/config.ts";
import { emptyTree, overlay } from "../sources/overlay.ts";
import { collectFor } from "./collected.ts";
import type { PullRequest } from "./event.ts";

const pull: PullRequest = {
  kind: "pull_request",
  name: "pull_request_target",
  repository: { server: "https://github.com", owner: "o", name: "r" },
  number: 1,
  head: "a",
  judge: { words: "the base branch", ref: "refs/heads/main" },
  changedFiles: 1,
  fork: false,
};
const options = {
  root: ".",
  tree: emptyTree(),
  paths: [],
  ignore: [],
  config: defaultConfig,
  failOn: "error",
} as const;

test("nothing is asked on a pull request of a fork or of Dependabot", async () => {
  const events: PullRequest[] = [
    { ...pull, fork: true },
    { ...pull, name: "pull_request", readOnly: "dependabot" },
  ];
  const checked = await check(options);
  for (const event of events) {
    expect(await collectFor(options, checked, event)).toEqual({
      notices: ["Evidence is not collected on pull requests of forks and of Dependabot."],
    });
  }
});

test("nothing is asked when nothing is open, so that no credentials are needed", async () => {
  expect(await collectFor(options, await check(options), pull)).toEqual({ notices: [] });
});

test("what a checkout has in the place of collected evidence is never taken for it", async () => {
  const theirs = new Map([[`${COLLECTED}/1.json`, { kind: "file", read: () => Buffer.from("{}") } as const]]);
  const given = { ...options, tree: overlay(emptyTree(), theirs) };
  const failed = collectFor(given, await check(given), pull);
  await expect(failed).rejects.toThrow(".batch-secrets-check/collected is where this run has what it collects");
});
