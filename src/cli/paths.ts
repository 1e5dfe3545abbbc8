/** Which folder is checked, and what of it, by the paths of the command line. */
import { statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { nearest } from "../nearest.ts";
import { isWithin, wayTo } from "../sources/within.ts";
import type { Mistake } from "./arguments.ts";
import { commandNames } from "./command.ts";

export interface Scope {
  readonly name: "scope";
  /** The folder to which every reported path is relative, the limit of what is read. */
  readonly root: string;
  /** Relative to the root, with `/`; empty for all of it. */
  readonly paths: readonly string[];
}

/** The current folder, unless the one path that is given lies outside of it: then that one, or its file's folder. */
export function scopeOf(workingFolder: string, given: readonly string[]): Scope | Mistake {
  const places = given.map((path) => ({ path, full: resolve(workingFolder, path) }));
  const missing = places.find(({ path, full }) => !isGlob(path) && !exists(full));
  if (missing) return notThere(missing.path);
  const outside = places.find(({ full }) => !isWithin(workingFolder, full));
  if (!outside) {
    return { name: "scope", root: workingFolder, paths: places.map(({ full }) => below(workingFolder, full)) };
  }
  if (places.length > 1 || isGlob(outside.path)) {
    return {
      name: "mistake",
      message: `${outside.path} is outside of the current folder.`,
      hint: "Give it as the only path, or start the check in a folder that holds all paths.",
    };
  }
  const isFolder = statSync(outside.full).isDirectory();
  return isFolder
    ? { name: "scope", root: outside.full, paths: [] }
    : { name: "scope", root: dirname(outside.full), paths: [basename(outside.full)] };
}

/** The nearest folder with a `.git`, from a folder upwards; the folder itself where there is none. */
export function repositoryOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (exists(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return root;
  }
}

function notThere(path: string): Mistake {
  const command = nearest(path, commandNames);
  return {
    name: "mistake",
    message: `There is no file or folder ${path}.`,
    hint: command ? `Did you mean the command ${command}?` : "Paths are relative to the current folder.",
  };
}

function isGlob(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** Links that lead to nothing, or around in a circle, are no files. */
function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** The path below a folder with `/`; the folder itself is `.`. */
function below(folder: string, path: string): string {
  return wayTo(folder, path) || ".";
}
