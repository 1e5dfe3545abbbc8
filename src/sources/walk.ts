/** Listing the files below a folder that may matter by their names. */

import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../source.ts";
import type { PathTest } from "./globs.ts";
import { type FileKind, fileKind, isSkippedFolder } from "./names.ts";
import { errorCode } from "./read-file.ts";

export interface Listed {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly kind: FileKind;
  /** A symbolic link, not followed yet. */
  readonly link: boolean;
}

/**
 * The files below `folder` (relative to `root`, empty for the root itself) whose names say that they may matter.
 * Folders of dependencies and caches and what `ignored` says are not entered, and links to folders are not followed:
 * what they lead to inside the root is listed where it is.
 */
export function walk(
  root: string,
  folder: string,
  ignored: PathTest | undefined,
): { files: Listed[]; problems: Problem[] } {
  const files: Listed[] = [];
  const problems: Problem[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of list(root, next, problems)) {
      const path = next === "" ? entry.name : `${next}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!isSkippedFolder(entry.name) && !ignored?.(path)) folders.push(path);
        continue;
      }
      const kind = fileKind(entry.name);
      const link = entry.isSymbolicLink();
      if (kind && (link || entry.isFile()) && !ignored?.(path)) files.push({ path, kind, link });
    }
  }
  return { files, problems };
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
