/** A pull request made with git from the files of its two sides, listed as GitHub lists it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FakeChange, FakeEntry, FakeFile } from "./state.ts";

/** Path to text. */
export type Files = Readonly<Record<string, string>>;

/** Path to text or bytes. */
export type Contents = Readonly<Record<string, string | Uint8Array>>;

export interface Repository extends Disposable {
  /** The checkout. */
  readonly folder: string;
  /** Replaces all files by these and commits them. Gives the commit. */
  readonly commit: (files: Contents) => string;
  readonly checkout: (commit: string) => void;
  /** Checks out a merge of two commits with these files. Gives the commit. */
  readonly merge: (first: string, second: string, files: Contents) => string;
  /** The changes from one commit to another, as text. */
  readonly diff: (base: string, head: string) => string;
  /** The state of a pull request from one commit to another. */
  readonly between: (base: string, head: string) => FakeChange;
}

const identity = ["-c", "user.name=Mona", "-c", "user.email=mona@example.com", "-c", "commit.gpgsign=false"];

/** A new repository in a temporary folder, which is removed when it is disposed. */
export function makeRepository(): Repository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "batch-secrets-check-")));
  const git = (...args: string[]): string =>
    execFileSync("git", [...identity, "-c", "core.quotePath=false", "-c", "core.autocrlf=false", ...args], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "pipe"],
      // Whatever a developer has configured must not change what a test sees.
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    });
  git("init", "--quiet", "--initial-branch=main");
  const commit = (files: Contents): string => {
    git("rm", "-r", "--quiet", "--force", "--ignore-unmatch", ".");
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message=x");
    return git("rev-parse", "HEAD").trim();
  };
  const bytes = (...args: string[]): Buffer | undefined =>
    attempt(() => execFileSync("git", args, { cwd: folder, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] }));
  return {
    folder,
    commit,
    merge: (first, second, files) => {
      const tree = git("rev-parse", `${commit(files)}^{tree}`).trim();
      const merged = git("commit-tree", tree, "-p", first, "-p", second, "-m", "x").trim();
      git("checkout", "--quiet", "--detach", merged);
      return merged;
    },
    checkout: (commit) => {
      git("checkout", "--quiet", "--detach", commit);
    },
    diff: (base, head) => git("diff", "--find-renames", "--no-color", base, head),
    between: (base, head) => ({
      base,
      head,
      files: changedFiles(git, base, head),
      contents: (commit, path) => attempt(() => git("show", `${commit}:${path}`)),
      bytes: (commit, path) => bytes("show", `${commit}:${path}`),
      parents: (commit) => attempt(() => git("log", "-1", "--format=%P", commit).trim().split(" ")),
      mergeBase: (one, other) => attempt(() => git("merge-base", one, other).trim()),
      treeId: (commit) => attempt(() => git("rev-parse", `${commit}^{tree}`).trim()),
      tree: (commit) => attempt(() => listTree(git, commit)),
      blob: (id) => bytes("cat-file", "blob", id),
    }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Git fails where something is not there. */
function attempt<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}

function listTree(git: (...args: string[]) => string, commit: string): readonly FakeEntry[] {
  const lines = git("ls-tree", "-r", "-t", "-l", "-z", "--full-tree", commit).split("\0");
  return lines.flatMap((line) => {
    const [, mode = "", type = "", sha = "", size = "", path = ""] =
      /^(\d+) (\w+) (\w+) +(\S+)\t(.*)$/s.exec(line) ?? [];
    return path === "" ? [] : [{ path, mode, type, sha, ...(size === "-" ? {} : { size: Number(size) }) }];
  });
}

const statuses: Readonly<Record<string, FakeFile["status"]>> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
};

function changedFiles(git: (...args: string[]) => string, base: string, head: string): FakeFile[] {
  const names = git("diff", "-z", "--name-status", "--find-renames", base, head).split("\0");
  const patches = git("diff", "--find-renames", "--no-color", base, head).split(/^diff --git .*\n/m);
  const files: FakeFile[] = [];
  for (let at = 0; at < names.length - 1; ) {
    const status = statuses[names[at++]?.charAt(0) ?? ""] ?? "modified";
    const previous = status === "renamed" ? names[at++] : undefined;
    const filename = names[at++] ?? "";
    files.push(describeFile(filename, status, previous, patches[files.length + 1] ?? ""));
  }
  return files;
}

function describeFile(
  filename: string,
  status: FakeFile["status"],
  previous: string | undefined,
  text: string,
): FakeFile {
  const start = text.search(/^@@ /m);
  const patch = start < 0 ? undefined : text.slice(start).replace(/\n$/, "");
  const count = (mark: string) => (patch ?? "").split("\n").filter((line) => line.startsWith(mark)).length;
  return {
    filename,
    status,
    additions: count("+"),
    deletions: count("-"),
    ...(previous === undefined ? {} : { previous_filename: previous }),
    ...(patch === undefined ? {} : { patch }),
  };
}
