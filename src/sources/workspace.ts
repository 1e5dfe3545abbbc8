/** Reading single files by path, as a format asks for them: relative to the checked folder, and never outside of it. */

import { constants } from "node:fs";
import { isAbsolute, posix } from "node:path";
import { into } from "../maps.ts";
import type { SourceFile } from "../source.ts";
import { BEYOND_ROOM, MAX_RUN_CHARACTERS, POINTER, type ReadText } from "./read-file.ts";
import type { Tree } from "./tree.ts";

interface Refusal {
  readonly why: string;
  readonly missing?: true;
  /** What is said of the file where it matters: it is there, and its content could not be had. */
  readonly problem?: string;
}

export interface Workspace {
  /**
   * A file, the same one however often and by whatever links it is read, or why there is none, as a sentence's end;
   * `missing` when there is certainly none, `problem` when there is one that can't be read. The path of the file is where
   * it really is.
   */
  readonly read: (path: string) => { readonly file: SourceFile } | Refusal;
  /**
   * Shows the text of a file, its bytes taken for Latin-1, and keeps nothing of it: for looking through many files of
   * which few are wanted. Not called for a file that can't be read as text. The answer is by what it is encrypted.
   */
  readonly skim: (path: string, look: (text: string) => void) => string | undefined;
  readonly bytes: (path: string) => Uint8Array | undefined;
  /** Whether a file is there; undefined when that may not be looked at. */
  readonly isFile: (path: string) => boolean | undefined;
  /** Where a folder is, links followed; undefined when it is not there, or may not be looked at. */
  readonly folder: (path: string) => string | undefined;
  /** The names of the files and folders in a folder, sorted; none when there is no such folder. */
  readonly names: (folder: string) => readonly string[];
  /**
   * The regular files under a folder, as paths relative to it; undefined when it may not be looked at, or has more than
   * a few thousand.
   */
  readonly under: (folder: string) => readonly string[] | undefined;
}

/** Whether opening a file can refuse links. Where it can't, every path is followed to its end before. */
const REFUSES_LINKS = constants.O_NOFOLLOW !== undefined;

/** So many files and folders are looked at, but for those of the last folder: links may make one its own descendant. */
const MOST_FILES = 5000;

/** `full` is where the file is, links followed. */
type Opened =
  | (Exclude<ReadText, { kind: "problem" }> & { readonly full: string })
  | { readonly kind: "refused"; readonly refusal: Refusal };

/**
 * Opens a tree for reading single files. Paths use `/` and may begin with `..`, within the tree's bounds. A path that
 * leads out of those, also by a link, is refused.
 */
export function openWorkspace(tree: Tree): Workspace {
  /** By the paths that they are asked for by, and by those where they are. */
  const files = new Map<string, SourceFile>();
  let room = MAX_RUN_CHARACTERS;
  const places = new Map<string, { readonly full: string } | Refusal>();
  /** The real path, or why it is not to be read: looked at once for each path. */
  const inside = (path: string): { readonly full: string } | Refusal => into(places, path, () => lookAt(path));
  const lookAt = (path: string): { readonly full: string } | Refusal => {
    const normal = posix.normalize(path);
    const found = isAbsolute(normal) ? undefined : tree.find(normal);
    if (found === undefined || found.at === "outside") return { why: `${path} is outside the checked folder` };
    if (found.at === "path") return { full: found.path };
    if (found.at === "nowhere") return { missing: true, why: `there is no file ${path}` };
    return { why: `${path} can't be read` };
  };
  /** Where a file is when it is no link itself: its folder is looked at, not each of its files. */
  const direct = (normal: string): string | undefined => {
    const folder = inside(posix.dirname(normal));
    return REFUSES_LINKS && "full" in folder ? posix.join(folder.full, posix.basename(normal)) : undefined;
  };
  const open = (path: string, isRelevant: (text: string) => boolean): Opened => {
    const full = direct(posix.normalize(path));
    const quick = full === undefined ? undefined : tree.text(full, isRelevant);
    if (full !== undefined && quick && quick.kind !== "problem") return { ...quick, full };
    const found = inside(path);
    if ("why" in found) return { kind: "refused", refusal: found };
    const read = tree.text(found.full, isRelevant);
    if (read.kind === "problem") {
      return { kind: "refused", refusal: { why: `${path} can't be read as text`, problem: read.message } };
    }
    return { ...read, full: found.full };
  };
  const isFile = (path: string): boolean | undefined => {
    const found = inside(path);
    if ("why" in found) return found.missing ? false : undefined;
    return tree.kind(found.full) === "file";
  };
  const names = (folder: string): readonly string[] => {
    const found = inside(folder);
    if ("why" in found) return [];
    try {
      return tree
        .list(found.full)
        .map(({ name }) => name)
        .sort();
    } catch {
      return [];
    }
  };
  const under = (folder: string): readonly string[] | undefined => {
    const there = inside(folder);
    if ("why" in there) return there.missing ? [] : undefined;
    const found: string[] = [];
    const folders = [""];
    let looked = 0;
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      if (looked > MOST_FILES) return undefined;
      for (const name of names(posix.join(folder, next))) {
        const path = posix.join(next, name);
        looked++;
        if (isFile(posix.join(folder, path))) found.push(path);
        else if (name !== ".git" && name !== ".terraform" && name !== "node_modules") folders.push(path);
      }
    }
    return found.sort();
  };
  const listed = new Map<string, readonly string[] | undefined>();
  return {
    isFile,
    names,
    folder: (path) => {
      const found = inside(path);
      return "why" in found || tree.kind(found.full) !== "folder" ? undefined : found.full || ".";
    },
    read: (path) => {
      const normal = posix.normalize(path);
      const known = files.get(normal);
      if (known) return { file: known };
      const opened = open(path, () => true);
      if (opened.kind === "refused") return opened.refusal;
      if (opened.kind === "irrelevant") return { why: `${path} is not a text file` };
      if (opened.kind === "pointer") {
        return { problem: POINTER, why: `${path} is a pointer of Git LFS, whose content is not here` };
      }
      const same = files.get(opened.full);
      if (same) {
        files.set(normal, same);
        return { file: same };
      }
      if (opened.text.length > room) {
        return {
          problem: `${BEYOND_ROOM}, so the file was not read.`,
          why: `${path} and the files before it are longer than one run can read`,
        };
      }
      room -= opened.text.length;
      const file = { path: opened.full, text: opened.text };
      files.set(normal, file).set(file.path, file);
      return { file };
    },
    skim: (path, look) => {
      const opened = open(path, (text) => {
        look(text);
        return false;
      });
      return opened.kind === "irrelevant" ? opened.encrypted : undefined;
    },
    bytes: (path) => {
      const found = inside(path);
      return "why" in found || tree.kind(found.full) !== "file" ? undefined : tree.bytes(found.full);
    },
    under: (folder) => into(listed, posix.normalize(folder), () => under(folder)),
  };
}
