/** Reading single files by path, as a format asks for them: relative to the checked folder, and never outside of it. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, posix, relative, sep } from "node:path";
import type { SourceFile } from "../formats/value.ts";
import { errorCode, MAX_FILE_BYTES, readText } from "./read-file.ts";

export interface Workspace {
  /**
   * A file, the same one however often it is read, or why there is none, as a sentence's end; `missing` when there is certainly none.
   * The path of the file is normal.
   */
  readonly read: (path: string) => { readonly file: SourceFile } | { readonly missing?: true; readonly why: string };
  readonly bytes: (path: string) => Uint8Array | undefined;
  readonly isFile: (path: string) => boolean;
  /** The names of the files and folders in a folder, sorted; none when there is no such folder. */
  readonly names: (folder: string) => readonly string[];
  /** The regular files under a folder, as paths relative to it, at most a few thousand. */
  readonly under: (folder: string) => readonly string[];
}

/** So many files and folders are looked at: links may make a folder its own descendant. */
const MOST_FILES = 5000;

/** Opens a folder for reading. Paths use `/`; one that leads out of the folder, also by a link, is refused. */
export function openWorkspace(root: string): Workspace {
  const base = realpathSync(root);
  const files = new Map<string, SourceFile>();
  /** The real path, or why it is not to be read. */
  const inside = (path: string): { readonly full: string } | { readonly missing?: true; readonly why: string } => {
    const normal = posix.normalize(path);
    if (isAbsolute(normal) || normal === ".." || normal.startsWith("../")) return { why: outside(path) };
    try {
      const full = realpathSync(join(base, normal));
      const way = relative(base, full);
      return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way) ? { why: outside(path) } : { full };
    } catch (error) {
      if (errorCode(error) === "ENOENT") return { missing: true, why: `there is no file ${path}` };
      return { why: `${path} can't be read` };
    }
  };
  const isFile = (path: string): boolean => {
    const found = inside(path);
    return "full" in found && (statSync(found.full, { throwIfNoEntry: false })?.isFile() ?? false);
  };
  const names = (folder: string): readonly string[] => {
    const found = inside(folder);
    if ("why" in found) return [];
    try {
      return readdirSync(found.full).sort();
    } catch {
      return [];
    }
  };
  return {
    isFile,
    names,
    read: (path) => {
      const normal = posix.normalize(path);
      const known = files.get(normal);
      if (known) return { file: known };
      const found = inside(path);
      if ("why" in found) return found;
      const read = readText(found.full, () => true);
      if (read.kind === "text") {
        const file = { path: normal, text: read.text };
        files.set(normal, file);
        return { file };
      }
      return { why: read.kind === "problem" ? `${path} can't be read` : `${path} is not a text` };
    },
    bytes: (path) => {
      const found = inside(path);
      if ("why" in found || !isFile(path)) return undefined;
      const size = statSync(found.full, { throwIfNoEntry: false })?.size ?? 0;
      return size > MAX_FILE_BYTES ? undefined : readFileSync(found.full);
    },
    under: (folder) => {
      const found: string[] = [];
      const folders = [""];
      let looked = 0;
      for (let next = folders.pop(); next !== undefined && looked < MOST_FILES; next = folders.pop()) {
        for (const name of names(posix.join(folder, next))) {
          const path = posix.join(next, name);
          looked++;
          if (isFile(posix.join(folder, path))) found.push(path);
          else if (name !== ".git" && name !== ".terraform" && name !== "node_modules") folders.push(path);
        }
      }
      return found.sort();
    },
  };
}

function outside(path: string): string {
  return `${path} lies outside of the checked folder`;
}
