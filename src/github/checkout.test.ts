import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findCheckout, linesOf, requireHead } from "./checkout.ts";
import type { PullRequest } from "./event.ts";

let workspace = "";
beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), "checkout-")));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(workspace, path, ".."), { recursive: true });
  writeFileSync(join(workspace, path), text);
}

const outside = /^Input working-directory is ".*", but it must be a folder in the workspace\.$/;

test("the workspace is checked by default", () => {
  write("a.json", "{}");
  expect(findCheckout(workspace, ".")).toEqual({ root: workspace, prefix: "", repository: workspace });
});

test("a folder of the repository has a prefix", () => {
  write(".git/HEAD", "");
  write("infra/jobs/a.json", "{}");
  expect(findCheckout(workspace, "infra/jobs")).toEqual({
    root: join(workspace, "infra/jobs"),
    prefix: "infra/jobs/",
    repository: workspace,
  });
});

test("a repository checked out into a folder begins there", () => {
  write("source/.git/HEAD", "");
  write("source/infra/a.json", "{}");
  expect(findCheckout(workspace, "source/infra")).toEqual({
    root: join(workspace, "source/infra"),
    prefix: "infra/",
    repository: join(workspace, "source"),
  });
});

test("a folder that is not there, not a folder or outside is refused, also behind a link", () => {
  write("a.json", "{}");
  symlinkSync(tmpdir(), join(workspace, "link"));
  for (const folder of ["missing", "a.json", "..", "/", "link"]) {
    expect(() => findCheckout(workspace, folder)).toThrow(outside);
  }
});

test("an empty workspace is a forgotten checkout", () => {
  expect(() => findCheckout(workspace, ".")).toThrow("Run actions/checkout in a step before this one.");
});

test("lines are read from regular files of the repository only", () => {
  write("a.json", "one\r\ntwo\n");
  symlinkSync(join(workspace, "a.json"), join(workspace, "link.json"));
  symlinkSync(workspace, join(workspace, "folder"));
  const readLines = linesOf(findCheckout(workspace, "."));
  expect(readLines("a.json")).toEqual(["one", "two", ""]);
  for (const path of ["missing", "link.json", "folder", "folder/a.json", "../a.json", "/etc/hostname", "a\0b"]) {
    expect(readLines(path)).toEqual([]);
  }
});

const base = "b".repeat(40);
const head = "a".repeat(40);
const event = (name: PullRequest["name"]): PullRequest => ({
  kind: "pull_request",
  name,
  repository: { server: "", owner: "o", name: "r" },
  number: 1,
  head,
  base,
  changedFiles: 1,
});

test("a checkout of the base is no check of the pull request", () => {
  write(".git/HEAD", "ref: refs/heads/main\n");
  write(".git/refs/heads/main", `${base}\n`);
  const checkout = findCheckout(workspace, ".");
  expect(() => requireHead(checkout, event("pull_request"), head)).toThrow("the pull request was not checked");
  expect(() => requireHead(checkout, event("pull_request_target"), base)).toThrow("the pull request was not checked");
});

test("a checkout of the head or the merge commit is, and one that is unknown counts as one", () => {
  const merge = "c".repeat(40);
  for (const commit of [head, merge, "ref: refs/heads/packed", "ref: ../../../etc/hostname"]) {
    write(".git/HEAD", `${commit}\n`);
    expect(() => requireHead(findCheckout(workspace, "."), event("pull_request"), merge)).not.toThrow();
  }
  expect(() => requireHead(findCheckout(workspace, "."), event("pull_request_target"), base)).not.toThrow();
});
