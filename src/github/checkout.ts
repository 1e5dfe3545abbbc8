/** The files of the repository on the runner: where they are, whose commit they are, and reading lines of them. */
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { PullRequest } from "./event.ts";

export interface Checkout {
  readonly root: string;
  /** The path of that folder in its repository: empty, or ending in `/`. */
  readonly prefix: string;
  readonly repository: string;
}

/**
 * Finds the folder to check. Throws a sentence for the author of the workflow when there is no such folder in the
 * workspace, or nothing in it.
 */
export function findCheckout(workspace: string, workingDirectory: string): Checkout {
  const outside = `Input working-directory is "${workingDirectory}", but it must be a folder in the workspace.`;
  const top = realpathSync(workspace);
  const wanted = resolve(top, workingDirectory);
  if (!existsSync(wanted) || !statSync(wanted).isDirectory()) throw new Error(outside);
  const root = realpathSync(wanted);
  if (!isWithin(top, root)) throw new Error(outside);
  if (readdirSync(root).length === 0) {
    throw new Error("There are no files to check. Run actions/checkout in a step before this one.");
  }
  const repository = repositoryOf(root, top);
  const path = relative(repository, root).split(sep).join("/");
  return { root, prefix: path === "" ? "" : `${path}/`, repository };
}

export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way.split(sep)[0] !== ".." && !isAbsolute(way));
}

/** The nearest folder with a `.git` from `root` up to the workspace; the workspace when there is none. */
function repositoryOf(root: string, workspace: string): string {
  for (let folder = root; isWithin(workspace, folder); folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (folder === workspace) break;
  }
  return workspace;
}

/**
 * Throws a sentence when the files are those of the base although a pull request is being checked:
 * `pull_request_target` runs check out the base by default, and a check of the base says nothing about the pull
 * request. `sha` is `GITHUB_SHA`.
 */
export function requireHead(checkout: Checkout, event: PullRequest, sha: string | undefined): void {
  const commit = checkedOutCommit(checkout.repository);
  if (commit === undefined) return;
  if (commit !== event.base && (event.name === "pull_request" || commit !== sha)) return;
  throw new Error(
    "The files in the workspace are those of the base branch, so the pull request was not checked. " +
      "Check out its head: give actions/checkout the input ref: ${{ github.event.pull_request.head.sha }}.",
  );
}

function checkedOutCommit(repository: string): string | undefined {
  const head = readGitFile(repository, "HEAD");
  const ref = head?.startsWith("ref: ") ? head.slice("ref: ".length) : undefined;
  return ref === undefined ? head : readGitFile(repository, ref);
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
