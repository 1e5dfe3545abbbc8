/** Listing the files below a folder that may matter by their names. */

import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Problem } from "../source.ts";
import type { PathTest } from "./globs.ts";
import { type FileKind, fileKind, hasTellingName, isSkippedFolder } from "./names.ts";
import { errorCode } from "./read-file.ts";
import { isWithin } from "./within.ts";

export interface Listed {
  readonly path: string;
  readonly kind: FileKind;
  readonly link: boolean;
}

/**
 * The files below `folder` (relative to `root`, empty for the root itself) whose names say that they may matter.
 * Folders of dependencies and caches and what `ignored` says are not entered. A link to a folder of the root is
 * followed only to where the walk does not come by itself, and one that leads out is a problem when its name matters.
 */
export function walk(
  root: string,
  folder: string,
  ignored: PathTest | undefined,
): { files: Listed[]; problems: Problem[] } {
  const files: Listed[] = [];
  const problems: Problem[] = [];
  const folders = [folder];
  const followed = new Set<string>();
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of list(root, next, problems)) {
      const path = next === "" ? entry.name : `${next}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!ignored?.(path) && !isSkippedFolder(entry.name)) folders.push(path);
        continue;
      }
      if (ignored?.(path)) continue;
      if (entry.isSymbolicLink()) {
        const to = linkedFolder(root, path);
        if (to === "outside" && hasTellingName(path)) problems.push({ path, message: FOLDER_OUTSIDE });
        else if (to !== undefined && isPassedOver(to) && !followed.has(to)) {
          followed.add(to);
          folders.push(path);
        }
        if (to !== undefined) continue;
      }
      const kind = fileKind(entry.name);
      const link = entry.isSymbolicLink();
      if (kind && (link || entry.isFile())) files.push({ path, kind, link });
    }
  }
  return { files, problems };
}

const FOLDER_OUTSIDE = "The folder is a link that leads out of the checked folder, so it was not followed.";

/** Where a link to a folder leads, relative to the root; undefined when it leads to no folder. */
function linkedFolder(root: string, path: string): string | undefined {
  try {
    const full = realpathSync(join(root, path));
    if (!statSync(full).isDirectory()) return undefined;
    return isWithin(root, full) ? relative(root, full).split(sep).join("/") : "outside";
  } catch {
    return undefined;
  }
}

/** Whether the walk passes over a folder: then a link is the only way to it. */
function isPassedOver(folder: string): boolean {
  return folder !== "outside" && folder.split("/").some(isSkippedFolder);
}

function list(root: string, folder: string, problems: Problem[]): readonly Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    const reason = `The folder can't be read (${errorCode(error)}).`;
    const message = `${reason} Add it to the ignored paths if nothing in it matters.`;
    problems.push({ path: folder === "" ? "." : folder, message });
    return [];
  }
}
