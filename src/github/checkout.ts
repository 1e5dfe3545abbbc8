/** The files of the repository on the runner: where they are, whose commit they are, and reading lines of them. */
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, posix, resolve } from "node:path";
import { leadsOut } from "../sources/tree.ts";
import { isThroughLink, isWithin, wayTo } from "../sources/within.ts";
import type { Environment, Event } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import type { Remote } from "./remote.ts";

export interface Checkout {
  readonly root: string;
  /** The path of that folder in its repository: empty, or ending in `/`. */
  readonly prefix: string;
  readonly repository: string;
  /** The commit that is checked out; undefined when that can't be seen. */
  readonly commit: string | undefined;
  /** Where the files are when they are not on the runner: then `root` and `repository` hold nothing of the change. */
  readonly remote?: Remote;
}

/**
 * The files to check: those of the checkout or, in `pull_request_target`, those of the newest commit through the API.
 * Throws a sentence when there are none, or they are not those of the change.
 */
export async function openFiles(
  { GITHUB_WORKSPACE = ".", GITHUB_SHA }: Environment,
  { token, workingDirectory }: Inputs,
  event: Event,
): Promise<Checkout> {
  if (event.kind !== "pull_request" || event.name !== "pull_request_target") {
    const checkout = findCheckout(GITHUB_WORKSPACE, workingDirectory);
    requireHead(checkout, event, GITHUB_SHA);
    return checkout;
  }
  const { openRemote } = await import("./remote.ts");
  const found = isNothingAt(GITHUB_WORKSPACE, workingDirectory)
    ? undefined
    : findCheckout(GITHUB_WORKSPACE, workingDirectory);
  if (found?.commit === event.head && event.fork !== true) return found;
  // In this event GITHUB_SHA is a commit of the base.
  if (found?.commit !== undefined && found.commit !== GITHUB_SHA) throw unsafe(found.commit);
  const folder = posix.normalize(`./${workingDirectory}/`).replace(/^\.?\/|^\.$/, "");
  if (leadsOut(folder)) throw outside(workingDirectory);
  const prefix = found?.prefix ?? folder;
  const place = found ?? { root: resolve(GITHUB_WORKSPACE, folder), repository: resolve(GITHUB_WORKSPACE) };
  return { ...place, prefix, commit: event.head, remote: await openRemote(token, event, prefix) };
}

function isNothingAt(workspace: string, workingDirectory: string): boolean {
  const root = resolve(workspace, workingDirectory);
  return !existsSync(root) || (statSync(root).isDirectory() && readdirSync(root).length === 0);
}

/** https://docs.github.com/en/actions/reference/security/securely-using-pull_request_target */
function unsafe(commit: string): Error {
  return new Error(
    `The workspace has commit ${commit}, which is not of the base: on pull_request_target, files of a pull request are ` +
      "beside secrets and a token that writes. Remove actions/checkout: the check reads the pull request through the API.",
  );
}

function outside(workingDirectory: string): Error {
  return new Error(`Input working-directory is "${workingDirectory}", but it must be a folder in the workspace.`);
}

/**
 * Finds the folder to check. Throws a sentence for the author of the workflow when there is no such folder in the
 * workspace, or nothing in it.
 */
export function findCheckout(workspace: string, workingDirectory: string): Checkout {
  const top = realpathSync(workspace);
  const root = resolve(top, workingDirectory);
  if (!existsSync(root) || !statSync(root).isDirectory() || !isWithin(top, realpathSync(root)))
    throw outside(workingDirectory);
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
  const path = wayTo(repository, root);
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
  if (commit === event.head || commit === sha) return;
  const what = event.kind === "other" ? "merge group" : "pull request";
  throw new Error(
    `The files in the workspace are those of commit ${commit}, so the ${what} was not checked. ` +
      "Let actions/checkout choose the commit: leave its input ref out.",
  );
}

function checkedOutCommit(repository: string): string | undefined {
  const head = readGitFile(repository, "HEAD");
  const ref = head?.startsWith("ref: ") ? head.slice("ref: ".length) : undefined;
  if (ref === undefined) return head;
  const packed = readGitFile(repository, "packed-refs")?.split("\n");
  return readGitFile(repository, ref) ?? packed?.find((line) => line.endsWith(` ${ref}`))?.split(" ")[0];
}

/** The text of a file in the folder `.git` of a repository, undefined when it can't be read. */
export function readGitFile(repository: string, path: string): string | undefined {
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
 * Gives the text of a checked file, undefined when it can't be read. `path` is relative to the repository. Links are not
 * followed, nor is anything read outside.
 */
export function textOf({ repository, remote }: Checkout): (path: string) => string | undefined {
  if (remote !== undefined) return remote.text;
  return (path) => {
    const full = resolve(repository, path);
    try {
      if (!lstatSync(full).isFile() || realpathSync(full) !== full || !isWithin(repository, full)) return undefined;
      return readFileSync(full, "utf8");
    } catch {
      return undefined;
    }
  };
}

/** Gives the lines of a checked file without their line breaks; empty when it can't be read. */
export function linesOf(checkout: Checkout): (path: string) => readonly string[] {
  const text = textOf(checkout);
  return (path) => splitLines(text(path));
}

/** The lines of a text as a diff has them; none when there is no text. */
export function splitLines(text: string | undefined): readonly string[] {
  return text?.split("\n").map((line) => line.replace(/\r$/, "")) ?? [];
}
