/**
 * Where files are. The walk and the formats read through a tree and never touch a file system themselves, so that what
 * they read may be a folder, a folder with changes undone, or an answer of an API.
 *
 * Paths are relative to the checked folder, with `/`; the folder itself is the empty path. They may begin with `..`, up
 * to the bounds of the tree.
 */
import { type Dirent, readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { errorCode, MAX_FILE_BYTES, type ReadText, readText } from "./read-file.ts";
import { isWithin, wayTo } from "./within.ts";

/** What a folder has; links are not followed. */
export type Entry = Pick<Dirent, "name" | "isDirectory" | "isFile" | "isSymbolicLink">;

/** Where a path leads, all links followed, or why nothing is seen there. */
export type Found =
  | { readonly at: "path"; readonly path: string }
  /** Out of the bounds; `folder` when a link on the way leads to a folder there. */
  | { readonly at: "outside"; readonly folder: boolean }
  | { readonly at: "nowhere" }
  | { readonly at: "unreadable" };

export type Kind = "file" | "folder" | "other";

export interface Tree {
  /** The checked folder, absolute; undefined when it is in no file system. */
  readonly folder: string | undefined;
  readonly find: (path: string) => Found;
  /** The kind of what is at a path, links followed; undefined when nothing is. Only for paths that were found. */
  readonly kind: (path: string) => Kind | undefined;
  /** The entries of a folder that was found, without order. Throws what has a `code` as errors of Node have. */
  readonly list: (folder: string) => readonly Entry[];
  /** The text of a file that was found or listed, as `readText` gives it. A link in its place is not followed. */
  readonly text: (path: string, isRelevant: (bytes: string) => boolean) => ReadText;
  /** The content of a file that was found; undefined when it is too long. */
  readonly bytes: (path: string) => Uint8Array | undefined;
}

/** Whether a normal path leads out of the checked folder. */
export function leadsOut(path: string): boolean {
  return path === ".." || path.startsWith("../");
}

/** The tree of a folder. `bounds` is the folder itself or one above it: a path that leads out of it is not followed. */
export function openFolder(root: string, bounds = root): Tree {
  const base = realPath(root);
  const top = realPath(bounds);
  const kind = (path: string) => kindOf(statSync(join(base, path), { throwIfNoEntry: false }));
  return {
    folder: base,
    kind,
    find: (path) => {
      const wanted = join(base, path);
      if (!isWithin(top, wanted)) return { at: "outside", folder: false };
      try {
        const real = realpathSync(wanted);
        if (isWithin(top, real)) return { at: "path", path: wayTo(base, real) };
        return { at: "outside", folder: statSync(real).isDirectory() };
      } catch (error) {
        return { at: errorCode(error) === "ENOENT" ? "nowhere" : "unreadable" };
      }
    },
    list: (folder) => readdirSync(join(base, folder), { withFileTypes: true }),
    text: (path, isRelevant) => readText(join(base, path), isRelevant),
    bytes: (path) => {
      const size = statSync(join(base, path), { throwIfNoEntry: false })?.size ?? 0;
      return size > MAX_FILE_BYTES ? undefined : readFileSync(join(base, path));
    },
  };
}

/** The path with all links followed; where nothing is, the path itself. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function kindOf(stats: Stats | undefined): Kind | undefined {
  if (stats === undefined) return undefined;
  return stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other";
}
