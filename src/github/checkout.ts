/** The files of the repository on the runner: where they are, whose commit they are, and reading lines of them. */
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { isThroughLink, isWithin } from "../sources/within.ts";
import type { Event } from "./event.ts";

export interface Checkout {
  readonly root: string;
  /** The path of that folder in its repository: empty, or ending in `/`. */
  readonly prefix: string;
  readonly repository: string;
  /** The commit that is checked out; undefined when that can't be seen. */
  readonly commit: string | undefined;
}

/**
 * Finds the folder to check. Throws a sentence for the author of the workflow when there is no such folder in the
 * workspace, or nothing in it.
 */
export function findCheckout(workspace: string, workingDirectory: string): Checkout {
  const outside = `Input working-directory is "${workingDirectory}", but it must be a folder in the workspace.`;
  const top = realpathSync(workspace);
  const root = resolve(top, workingDirectory);
  if (!existsSync(root) || !statSync(root).isDirectory() || !isWithin(top, realpathSync(root)))
    throw new Error(outside);
  if (isThroughLink(root)) {
    // A link is part of the change: it would choose another folder, with another configuration.
    throw new Error(
      `Input working-directory is "${workingDirectory}", which goes through a link. Name the folder itself.`,
    );
  }
  if (readdirSync(root).length === 0) {
    throw new Error("There are no files to check. Run actions/checkout in a step before this one.");
  }
  const repository = repositoryOf(root, top);
  const path = relative(repository, root).split(sep).join("/");
  return { root, prefix: path === "" ? "" : `${path}/`, repository, commit: checkedOutCommit(repository) };
}

/**
 * The nearest folder with a folder `.git` from `root` up to the workspace; the workspace when there is none. A file of
 * that name is a submodule's, which belongs to the change.
 */
export function repositoryOf(root: string, workspace: string): string {
  for (let folder = root; isWithin(workspace, folder); folder = dirname(folder)) {
    if (lstatSync(join(folder, ".git"), { throwIfNoEntry: false })?.isDirectory()) return folder;
    if (folder === workspace) break;
  }
  return workspace;
}

/**
 * Throws a sentence when a pull request or a merge group is to be checked and the files are of another commit than the
 * event says: such a check says nothing about the change. `sha` is `GITHUB_SHA`.
 */
export function requireHead({ commit }: Checkout, event: Event, sha: string | undefined): void {
  if (commit === undefined || (event.kind === "other" && event.name !== "merge_group")) return;
  const target = event.name === "pull_request_target";
  // In pull_request_target GITHUB_SHA is a commit of the base.
  if (commit === event.head || (!target && commit === sha)) return;
  const what = event.kind === "other" ? "merge group" : "pull request";
  throw new Error(
    `The files in the workspace are those of commit ${commit}, so the ${what} was not checked. ` +
      (target
        ? "Run the check on: pull_request, which checks out the pull request by itself and needs no secrets."
        : "Let actions/checkout choose the commit: leave its input ref out."),
  );
}

function checkedOutCommit(repository: string): string | undefined {
  const head = readGitFile(repository, "HEAD");
  const ref = head?.startsWith("ref: ") ? head.slice("ref: ".length) : undefined;
  if (ref === undefined) return head;
  const packed = readGitFile(repository, "packed-refs")?.split("\n");
  return readGitFile(repository, ref) ?? packed?.find((line) => line.endsWith(` ${ref}`))?.split(" ")[0];
}

function readGitFile(repository: string, path: string): string | undefined {
  const folder = resolve(repository, ".git");
  const full = resolve(folder, path);
  if (!isWithin(folder, full)) return undefined;
  try {
    return readFileSync(full, "utf8").trim();
  } catch {
    return undefined;
  }
}

/**
 * Gives the lines of a checked file without their line breaks; empty when it can't be read. `path` is relative to the
 * repository. Links are not followed, nor is anything read outside.
 */
export function linesOf({ repository }: Checkout): (path: string) => readonly string[] {
  return (path) => {
    const full = resolve(repository, path);
    try {
      if (!lstatSync(full).isFile() || realpathSync(full) !== full || !isWithin(repository, full)) return [];
      return readFileSync(full, "utf8")
        .split("\n")
        .map((line) => line.replace(/\r$/, ""));
    } catch {
      return [];
    }
  };
}
