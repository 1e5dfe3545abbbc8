/** Listing the files below a folder that may matter by their names. */

import type { Problem } from "../source.ts";
import type { PathTest } from "./globs.ts";
import { type FileKind, fileKind, hasTellingName, isOtherDocument, isSkippedFolder } from "./names.ts";
import { errorCode } from "./read-file.ts";
import { type Entry, leadsOut, type Tree } from "./tree.ts";

export interface Listed {
  readonly path: string;
  /** `other`: a file that is not read, and looked at so that a job in it is not passed over silently. */
  readonly kind: FileKind | "other";
  readonly link: boolean;
}

/**
 * The files below `folder` (empty for the checked folder itself) whose names say that they may matter.
 * Folders of dependencies and caches and what `ignored` says are not entered. A link to a folder of the checked one is
 * followed only to where the walk does not come by itself, and one that leads out is a problem when its name matters.
 */
export function walk(
  tree: Tree,
  folder: string,
  ignored: PathTest | undefined,
): { files: Listed[]; problems: Problem[] } {
  const files: Listed[] = [];
  const problems: Problem[] = [];
  const folders = [folder];
  const followed = new Set<string>();
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of list(tree, next, problems)) {
      const path = next === "" ? entry.name : `${next}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!ignored?.(path) && !isSkippedFolder(entry.name)) folders.push(path);
        continue;
      }
      if (ignored?.(path)) continue;
      if (entry.isSymbolicLink()) {
        const to = linkedFolder(tree, path);
        if (to === "outside" && hasTellingName(path)) problems.push({ path, message: FOLDER_OUTSIDE });
        else if (to !== undefined && isPassedOver(to) && !followed.has(to)) {
          followed.add(to);
          folders.push(path);
        }
        if (to !== undefined) continue;
      }
      const kind = fileKind(path) ?? (isOtherDocument(path) ? "other" : undefined);
      const link = entry.isSymbolicLink();
      if (kind && (link || entry.isFile())) files.push({ path, kind, link });
    }
  }
  return { files, problems };
}

/**
 * Whether the walk of the checked folder reads a file by its name; those outside of it are read when others name them.
 */
export function isWalked(path: string): boolean {
  const folders = path.split("/").slice(0, -1);
  return fileKind(path) !== undefined && !leadsOut(path) && !folders.some(isSkippedFolder);
}

const FOLDER_OUTSIDE = "The folder is a link that leads out of the checked folder, so it was not followed.";

/** Where a link to a folder leads; undefined when it leads to no folder. */
function linkedFolder(tree: Tree, path: string): string | undefined {
  const found = tree.find(path);
  if (found.at === "outside") return found.folder ? "outside" : undefined;
  if (found.at !== "path" || tree.kind(found.path) !== "folder") return undefined;
  return leadsOut(found.path) ? "outside" : found.path;
}

/** Whether the walk passes over a folder: then a link is the only way to it. */
function isPassedOver(folder: string): boolean {
  return folder !== "outside" && folder.split("/").some(isSkippedFolder);
}

/** The entries of a folder; one that can't be read is a problem. */
export function list(tree: Tree, folder: string, problems: Problem[]): readonly Entry[] {
  try {
    return tree.list(folder);
  } catch (error) {
    const reason = `The folder can't be read (${errorCode(error)}).`;
    const message = `${reason} Add it to the ignored paths if nothing in it matters.`;
    problems.push({ path: folder === "" ? "." : folder, message });
    return [];
  }
}
