import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeRepository } from "../../test/fake-github/repository.ts";
import { commitOf, gitSnapshot, hasObject, mergeBase, openGit, parentsOf, textsAt, treeOf } from "./git.ts";
import { treeIdOf } from "./listing.ts";
import { localBase } from "./local.ts";

test("commits, their parents and their files are read", async () => {
  using repository = makeRepository();
  const first = repository.commit({ "a b.json": "1", "c/d.json": "2" });
  const second = repository.commit({ "a b.json": "1", "é.json": "3" });
  const git = openGit(repository.folder);
  expect(commitOf(git, "main")).toBe(second);
  expect(commitOf(git, "--help")).toBeUndefined();
  expect(parentsOf(git, second)).toEqual([first]);
  expect(mergeBase(git, first, second)).toBe(first);
  expect(hasObject(git, first)).toBe(true);
  expect(hasObject(git, "1".repeat(40))).toBe(false);
  const { files, load } = gitSnapshot(git, second);
  expect([...files.keys()].sort()).toEqual(["a b.json", "é.json"]);
  const ids = [...files.values()].map(({ id }) => id);
  const missing = "1".repeat(40);
  const loaded = await load([...ids, missing]);
  expect(ids.map((id) => String(loaded.get(id))).sort()).toEqual(["1", "3"]);
  expect(loaded.get(missing)).toBe("The file is not in this clone of the repository.");
});

test("the files of a commit give the name of its tree, and texts are found by their paths", async () => {
  using repository = makeRepository();
  const commit = repository.commit({ "a/b.json": "1", "a.b": "2", "a-b": "3", "é/c/d": "4", "aa/x": "5" });
  const git = openGit(repository.folder);
  expect(treeIdOf(gitSnapshot(git, commit).files, commit)).toBe(treeOf(git, commit));
  expect(await textsAt(git, commit, ["é/c/d", "b", "a.b"])).toEqual(["4", undefined, "2"]);
});

test("nothing that the repository is configured with is run", async () => {
  using repository = makeRepository();
  const commit = repository.commit({ "a.json": "1", ".gitattributes": "*.json filter=evil diff=evil\n" });
  const script = join(repository.folder, ".git", "evil");
  const trace = join(repository.folder, ".git", "trace");
  writeFileSync(script, `#!/bin/sh\necho "$@" >> '${trace}'\n`);
  chmodSync(script, 0o755);
  const config = [
    `[core]\n\tfsmonitor = ${script}\n\thooksPath = ${join(repository.folder, ".git")}\n\tpager = ${script}\n`,
    `\tsshCommand = ${script}\n[filter "evil"]\n\tclean = ${script}\n\tsmudge = ${script}\n\tprocess = ${script}\n`,
    `[diff "evil"]\n\ttextconv = ${script}\n\tcommand = ${script}\n[remote "origin"]\n\turl = ext::${script}\n`,
    `\tpromisor = true\n[extensions]\n\tpartialClone = origin\n[alias]\n\tls-tree = !${script}\n`,
  ].join("");
  writeFileSync(join(repository.folder, ".git", "config"), `${config}[core]\n\trepositoryformatversion = 1\n`);
  const git = openGit(repository.folder);
  const { files, load } = gitSnapshot(git, commit);
  expect([...files.keys()]).toEqual([".gitattributes", "a.json"]);
  await load([...files.values()].map(({ id }) => id));
  expect(hasObject(git, "1".repeat(40))).toBe(false);
  expect(() => openGit(trace)).toThrow("is not a git repository");
  await expect(import("node:fs").then(({ readFileSync }) => readFileSync(trace, "utf8"))).rejects.toThrow("ENOENT");
});

test("what is not there is said with the way out", () => {
  using repository = makeRepository();
  repository.commit({ "a.json": "1" });
  const { folder } = repository;
  expect(() => localBase(folder, folder, "origin/main")).toThrow(
    "There is no commit origin/main in this repository. Fetch it: `git fetch origin main`.",
  );
  expect(() => localBase(folder, folder, "nowhere")).toThrow("Give a branch, a tag or a commit.");
  expect(() => localBase("/", "/", "main")).toThrow("/ is not a git repository.");
});
