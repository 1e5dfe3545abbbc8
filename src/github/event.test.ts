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
  base: { sha: "b".repeat(40), repo: { id: 1 } },
};
const read = {
  kind: "pull_request",
  name: "pull_request",
  repository: { server: "https://github.example.com", owner: "octo", name: "jobs" },
  number: 7,
  head: "a".repeat(40),
  base: "b".repeat(40),
  changedFiles: 3,
};

test("a pull request is identified by its payload", () => {
  expect(readEvent(environment, { pull_request: pull })).toEqual(read);
});

test("a fork's token can only read, also when the fork is gone", () => {
  const fork = { ...pull, head: { ...pull.head, repo: { id: 2 } } };
  const gone = { ...pull, head: { ...pull.head, repo: null } };
  expect(readEvent(environment, { pull_request: fork })).toEqual({ ...read, readOnly: "fork" });
  expect(readEvent(environment, { pull_request: gone })).toEqual({ ...read, readOnly: "fork" });
});

test("a run started by Dependabot can only read", () => {
  const dependabot = { ...environment, GITHUB_ACTOR: "dependabot[bot]" };
  expect(readEvent(dependabot, { pull_request: pull })).toEqual({ ...read, readOnly: "dependabot" });
});

test("with pull_request_target a fork's run may write", () => {
  const target = { ...environment, GITHUB_EVENT_NAME: "pull_request_target" };
  const fork = { ...pull, head: { ...pull.head, repo: { id: 2 } } };
  expect(readEvent(target, { pull_request: fork })).toEqual({ ...read, name: "pull_request_target" });
});

test("any other event is about its commit", () => {
  expect(readEvent({ ...environment, GITHUB_EVENT_NAME: "merge_group" }, { merge_group: {} })).toEqual({
    kind: "other",
    name: "merge_group",
    repository: read.repository,
    head: "c".repeat(40),
  });
});

test("a payload that does not tell its pull request is an error", () => {
  for (const payload of [null, {}, [], "x", { pull_request: { ...pull, head: null } }]) {
    expect(() => readEvent(environment, payload)).toThrow(
      "The payload of this pull_request event (GITHUB_EVENT_PATH) does not identify its pull request.",
    );
  }
});
