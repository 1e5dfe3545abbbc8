import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findCheckout, linesOf, openFiles, requireHead } from "./checkout.ts";
import type { Event } from "./event.ts";
import type { Inputs } from "./inputs.ts";

const head = "a".repeat(40);
const merge = "c".repeat(40);

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
  expect(findCheckout(workspace, ".")).toEqual({
    root: workspace,
    prefix: "",
    repository: workspace,
    commit: undefined,
  });
});

test("a folder of the repository has a prefix", () => {
  write(".git/HEAD", "");
  write("infra/jobs/a.json", "{}");
  expect(findCheckout(workspace, "infra/jobs")).toEqual({
    root: join(workspace, "infra/jobs"),
    prefix: "infra/jobs/",
    repository: workspace,
    commit: "",
  });
});

test("a repository checked out into a folder begins there", () => {
  write("source/.git/HEAD", "ref: refs/heads/main\n");
  write("source/.git/packed-refs", `# pack-refs with: peeled fully-peeled sorted\n${head} refs/heads/main\n`);
  write("source/infra/a.json", "{}");
  expect(findCheckout(workspace, "source/infra")).toEqual({
    root: join(workspace, "source/infra"),
    prefix: "infra/",
    repository: join(workspace, "source"),
    commit: head,
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

const commits = (name: string, kind: Event["kind"] = "pull_request") => {
  const repository = { server: "", owner: "o", name: "r" };
  const event = { kind, name, repository, number: 1, head, judge: undefined, changedFiles: 1 };
  return event as unknown as Event;
};

test("a pull request or merge group is checked only at the commit that its event names", () => {
  write(".git/HEAD", "ref: refs/heads/main\n");
  write(".git/refs/heads/main", `${"d".repeat(40)}\n`);
  const checkout = findCheckout(workspace, ".");
  for (const name of ["pull_request", "pull_request_review"]) {
    expect(() => requireHead(checkout, commits(name), merge)).toThrow("the pull request was not checked");
  }
  expect(() => requireHead(checkout, commits("merge_group", "other"), head)).toThrow("the merge group was not checked");
  expect(() => requireHead(checkout, commits("push", "other"), head)).not.toThrow();
});

test("the head, the merge commit and one that can't be seen are", () => {
  for (const commit of [head, merge, "ref: refs/heads/gone", "ref: ../../../etc/hostname"]) {
    write(".git/HEAD", `${commit}\n`);
    expect(() => requireHead(findCheckout(workspace, "."), commits("pull_request"), merge)).not.toThrow();
  }
});

test("in pull_request_target the files come through the API, and a checkout of what is proposed is refused", async () => {
  const inputs = { token: "", workingDirectory: "." } as Inputs;
  const environment = { GITHUB_WORKSPACE: workspace, GITHUB_SHA: merge };
  const open = (given: object = {}, folder = ".") =>
    openFiles(environment, { ...inputs, workingDirectory: folder }, {
      ...commits("pull_request_target"),
      ...given,
    } as Event);
  // Without a token there is no API: that is how far these get.
  await expect(open()).rejects.toThrow("the files of the pull request can't be read");
  write(".git/HEAD", `${merge}\n`);
  await expect(open()).rejects.toThrow("the files of the pull request can't be read");
  await expect(open({}, "missing")).rejects.toThrow("the files of the pull request can't be read");
  await expect(open({}, "../..")).rejects.toThrow(outside);
  write(".git/HEAD", `${head}\n`);
  expect(await open()).toMatchObject({ commit: head, root: workspace });
  await expect(open({ fork: true })).rejects.toThrow("Remove actions/checkout");
  write(".git/HEAD", `${"d".repeat(40)}\n`);
  await expect(open()).rejects.toThrow("beside secrets and a token that writes");
});

test("a working directory behind a link is refused, a submodule is part of the repository", () => {
  write(".git/HEAD", "");
  write("lenient/a.json", "{}");
  symlinkSync(join(workspace, "lenient"), join(workspace, "infra"));
  expect(() => findCheckout(workspace, "infra")).toThrow("goes through a link");
  write("vendor/.git", "gitdir: ../.git/modules/vendor\n");
  expect(findCheckout(workspace, "vendor")).toMatchObject({ prefix: "vendor/", repository: workspace });
});
