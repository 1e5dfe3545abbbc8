import { expect, test } from "vitest";
import { readEvent } from "./event.ts";

const environment = {
  GITHUB_EVENT_NAME: "pull_request",
  GITHUB_REPOSITORY: "octo/jobs",
  GITHUB_SERVER_URL: "https://github.example.com",
  GITHUB_SHA: "c".repeat(40),
  GITHUB_ACTOR: "monalisa",
};
const pull = {
  number: 7,
  changed_files: 3,
  head: { sha: "a".repeat(40), repo: { id: 1 } },
  base: { ref: "main", sha: "b".repeat(40), repo: { id: 1 } },
};
const read = {
  kind: "pull_request",
  name: "pull_request",
  repository: { server: "https://github.example.com", owner: "octo", name: "jobs" },
  number: 7,
  head: "a".repeat(40),
  base: "b".repeat(40),
  judge: { words: "the base branch", ref: "refs/heads/main" },
  changedFiles: 3,
  fork: false,
};

test("a pull request is identified by its payload", () => {
  expect(readEvent(environment, { pull_request: pull })).toEqual(read);
});

test("a fork's token can only read, also when the fork is gone", () => {
  const fork = { ...pull, head: { ...pull.head, repo: { id: 2 } } };
  const gone = { ...pull, head: { ...pull.head, repo: null } };
  expect(readEvent(environment, { pull_request: fork })).toEqual({ ...read, fork: true, readOnly: "fork" });
  expect(readEvent(environment, { pull_request: gone })).toEqual({ ...read, fork: true, readOnly: "fork" });
});

test("a run started by Dependabot can only read", () => {
  const dependabot = { ...environment, GITHUB_ACTOR: "dependabot[bot]" };
  expect(readEvent(dependabot, { pull_request: pull })).toEqual({ ...read, readOnly: "dependabot" });
});

test("with pull_request_target a fork's run may write", () => {
  const target = { ...environment, GITHUB_EVENT_NAME: "pull_request_target" };
  const fork = { ...pull, head: { ...pull.head, repo: { id: 2 } } };
  expect(readEvent(target, { pull_request: fork })).toEqual({ ...read, fork: true, name: "pull_request_target" });
});

test("a review is an event of its pull request", () => {
  for (const name of ["pull_request_review", "pull_request_review_comment"]) {
    const { changed_files: _, ...simple } = pull;
    const event = readEvent({ ...environment, GITHUB_EVENT_NAME: name }, { pull_request: simple });
    expect(event).toEqual({ ...read, name, changedFiles: 0 });
  }
});

const judgeOf = (GITHUB_EVENT_NAME: string, GITHUB_REF: string, payload: object = {}) =>
  readEvent({ ...environment, GITHUB_EVENT_NAME, GITHUB_REF }, { repository: { default_branch: "main" }, ...payload })
    .judge;
const defaultBranch = { words: "the default branch", ref: undefined };

test("a merge group is judged by its base", () => {
  const group = { merge_group: { base_sha: "d".repeat(40), head_sha: "c".repeat(40) } };
  expect(judgeOf("merge_group", "refs/heads/gh-readonly-queue/main/pr-7", group)).toEqual({
    words: "the base of the merge group",
    ref: "d".repeat(40),
  });
});

test("the default branch judges itself, and everything that is not known to be it", () => {
  for (const name of ["push", "schedule", "workflow_dispatch"]) {
    expect(judgeOf(name, "refs/heads/main")).toBeUndefined();
    expect(judgeOf(name, "refs/heads/change")).toEqual(defaultBranch);
    expect(judgeOf(name, "refs/tags/main")).toEqual(defaultBranch);
  }
  // They start on the default branch and check out, or download, what somebody proposes.
  for (const name of ["workflow_run", "issue_comment", "check_run", "deployment", "repository_dispatch", "invented"]) {
    expect(judgeOf(name, "refs/heads/main")).toEqual(defaultBranch);
  }
  const unknown = readEvent({ ...environment, GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/heads/undefined" }, {});
  expect(unknown.judge).toEqual(defaultBranch);
});

test("a payload that does not tell what it is about is an error", () => {
  for (const payload of [null, {}, [], "x", { pull_request: { ...pull, head: null } }]) {
    for (const name of ["pull_request", "pull_request_target", "pull_request_review", "merge_group"]) {
      expect(() => readEvent({ ...environment, GITHUB_EVENT_NAME: name }, payload)).toThrow(
        `The payload of this ${name} event (GITHUB_EVENT_PATH) does not identify what it is about.`,
      );
    }
  }
});
