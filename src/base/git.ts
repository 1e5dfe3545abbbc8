/**
 * Reading objects of a git repository. The repository may belong to anybody: nothing in it or in its configuration is
 * run, nothing is fetched, and no file of the working tree is touched.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { MAX_FILE_BYTES } from "../sources/read-file.ts";
import type { Listing, Snapshot } from "./listing.ts";
import { FETCHED } from "./snapshot.ts";

export interface Git {
  /** What a command of git prints. Throws a sentence when git is not there or fails. */
  readonly run: (args: readonly string[], input?: string) => Buffer;
}

/** In milliseconds. */
const LONGEST_RUN = 60_000;
/** All objects that one answer may hold, in bytes. */
const MOST_BYTES = 512 * 1024 * 1024;

const OPTIONS = [
  "--no-pager",
  "--no-optional-locks",
  "--no-replace-objects",
  "--literal-pathspecs",
  ...["core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never"].flatMap((one) => ["-c", one]),
];

/** Opens the repository of a folder with a `.git`. Throws a sentence when there is none. */
export function openGit(repository: string): Git {
  const folder = join(repository, ".git");
  if (!existsSync(folder)) throw new Error(`${repository} is not a git repository.`);
  // Whose repository it is matters to git because of what it might run.
  const given = [`--git-dir=${folder}`, "-c", `safe.directory=${repository}`, ...OPTIONS];
  const env = {
    PATH: process.env["PATH"],
    SystemRoot: process.env["SystemRoot"],
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_LAZY_FETCH: "1",
    GIT_TERMINAL_PROMPT: "0",
  };
  return {
    run: (args, input = "") => {
      const options = { cwd: repository, env, input, maxBuffer: MOST_BYTES, timeout: LONGEST_RUN, shell: false };
      const { error, status, stdout, stderr } = spawnSync("git", [...given, ...args], options);
      if (error && "code" in error && error.code === "ENOENT") throw new Error("git is not installed.");
      if (error) throw new Error(`git failed (${"code" in error ? error.code : error.message}).`);
      if (status === 0) return stdout;
      const [said = ""] = stderr.toString("utf8").trim().split("\n").reverse();
      throw new Error(said === "" ? `git failed with status ${status}.` : `git says: ${said.replace(/\.?$/, ".")}`);
    },
  };
}

/** An object's full name. */
const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The commit that a name means, undefined when none does. */
export function commitOf(git: Git, ref: string): string | undefined {
  try {
    const id = line(git.run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]));
    return ID.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

/** The parents of a commit, also of those that a shallow clone does not have. */
export function parentsOf(git: Git, commit: string): readonly string[] {
  const [head = ""] = git.run(["cat-file", "commit", commit]).toString("utf8").split("\n\n", 1);
  return head.split("\n").flatMap((one) => (one.startsWith("parent ") ? [one.slice("parent ".length)] : []));
}

/** The newest commit that two commits have in common, undefined when they have none that is here. */
export function mergeBase(git: Git, one: string, other: string): string | undefined {
  try {
    return line(git.run(["merge-base", one, other]));
  } catch {
    return undefined;
  }
}

export function hasObject(git: Git, id: string): boolean {
  try {
    git.run(["cat-file", "-e", id]);
    return true;
  } catch {
    return false;
  }
}

export function isShallow(git: Git): boolean {
  return line(git.run(["rev-parse", "--is-shallow-repository"])) === "true";
}

/** The name of the tree of a commit. */
export function treeOf(git: Git, commit: string): string {
  return line(git.run(["rev-parse", `${commit}^{tree}`]));
}

/** The texts of files of a commit, by their order; undefined for one that is not there. */
export async function textsAt(
  git: Git,
  commit: string,
  paths: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const { files, load } = gitSnapshot(git, commit);
  const ids = paths.map((path) => files.get(path)?.id);
  const contents = await load(ids.filter((id) => id !== undefined));
  return ids.map((id) => {
    const content = contents.get(id ?? "");
    return Buffer.isBuffer(content) ? content.toString("utf8") : undefined;
  });
}

function line(output: Buffer): string {
  return output.toString("utf8").trim();
}

/** The files of a commit; `head` is the checked one, where it is known. */
export function gitSnapshot(git: Git, commit: string, head?: string): Snapshot {
  return {
    files: filesOf(git, commit),
    load: async (ids) => readObjects(git, ids),
    ...(head === undefined ? {} : checkedIn(git, head)),
  };
}

/** What matters of the checked commit. */
export function checkedIn(git: Git, commit: string): Required<Pick<Snapshot, "isFetchedInCommit" | "checked">> {
  let files: Snapshot["files"] | undefined;
  const checked = () => {
    files ??= filesOf(git, commit);
    return files;
  };
  return { checked, isFetchedInCommit: () => [...checked().keys()].some((path) => FETCHED.test(path)) };
}

function filesOf(git: Git, commit: string): Snapshot["files"] {
  const files = new Map<string, Listing>();
  for (const entry of git.run(["ls-tree", "-r", "-z", "--full-tree", commit]).toString("utf8").split("\0")) {
    const [, mode, id, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    if (mode && id && path) files.set(path, { mode, id });
  }
  return files;
}

/** The contents of blobs, or why they can't be had. */
function readObjects(git: Git, ids: readonly string[]): ReadonlyMap<string, Buffer | string> {
  const found = new Map<string, Buffer | string>();
  if (ids.length === 0) return found;
  const wanted: string[] = [];
  for (const answer of git
    .run(["cat-file", "--batch-check"], `${ids.join("\n")}\n`)
    .toString("utf8")
    .split("\n")) {
    const [id = "", type, size] = answer.split(" ");
    if (type !== "blob") found.set(id, "The file is not in this clone of the repository.");
    else if (Number(size) > MAX_FILE_BYTES) found.set(id, "The file is too large.");
    else wanted.push(id);
  }
  const output = git.run(["cat-file", "--batch"], `${wanted.join("\n")}\n`);
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id = "", , size = "0"] = output.toString("latin1", at, end).split(" ");
    const start = end + 1;
    found.set(id, output.subarray(start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return found;
}
