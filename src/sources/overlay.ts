/** Trees in memory: changes laid over another tree, which is how the base of a pull request is read from its head. */
import { posix } from "node:path";
import { into } from "../maps.ts";
import type { SourceFile } from "../source.ts";
import { MAX_FILE_BYTES, readBytes } from "./read-file.ts";
import type { Entry, Found, Kind, Tree } from "./tree.ts";

/** What is in place of what a tree has at a path; null hides it. */
export type Content =
  /** `read` gives the bytes, or a sentence that says why they can't be had. */
  { readonly kind: "file"; readonly read: () => Buffer | string } | { readonly kind: "link"; readonly target: string };

/** Files in memory as contents. */
export function contentsOf(files: readonly SourceFile[]): ReadonlyMap<string, Content> {
  return new Map(files.map(({ path, text }) => [path, { kind: "file", read: () => Buffer.from(text) }]));
}

/**
 * A tree without files: with the contents of an `overlay` it is a tree of these. The checked folder is so many folders
 * below its bounds.
 */
export function emptyTree(depth = 0): Tree {
  const find = (given: string): Found => {
    const path = normal(given);
    const above = path.split("/").filter((part) => part === "..").length;
    if (above > depth) return { at: "outside", folder: false };
    return isAbove(path) ? { at: "path", path } : { at: "nowhere" };
  };
  return {
    folder: undefined,
    find,
    kind: (path) => (isAbove(path) && find(path).at === "path" ? "folder" : undefined),
    list: () => [],
    text: () => ({ kind: "problem", message: "There is no such file." }),
    bytes: () => undefined,
  };
}

/** The paths of a tree for which `shows` holds, and nothing else. */
export function only(tree: Tree, depth: number, shows: (path: string) => boolean): Tree {
  const nothing = emptyTree(depth);
  return {
    folder: tree.folder,
    find: (path) => {
      const found = nothing.find(path);
      if (found.at !== "nowhere" || !shows(normal(path))) return found;
      const real = tree.find(path);
      return real.at === "path" && !shows(real.path) ? { at: "nowhere" } : real;
    },
    kind: (path) => (shows(path) ? tree.kind(path) : nothing.kind(path)),
    list: (folder) =>
      shows(folder) ? tree.list(folder).filter(({ name }) => shows(normal(posix.join(folder, name)))) : [],
    text: (path, isRelevant) => (shows(path) ? tree : nothing).text(path, isRelevant),
    bytes: (path) => (shows(path) ? tree : nothing).bytes(path),
  };
}

/** Links that lead to each other end here, as in Linux. */
const MOST_LINKS = 40;

/**
 * A tree with changes: at each path of `changes` is what they say, and nothing where they say null. Folders are where
 * files are. A link of theirs that is absolute leads outside.
 */
export function overlay(tree: Tree, changes: ReadonlyMap<string, Content | null>): Tree {
  const folders = foldersOf(changes);
  const known = new Map<string, Found>();
  /** What is at a path whose folder is real. */
  const step = (path: string): Found | { readonly at: "link"; readonly to: string } => {
    const change = changes.get(path);
    if (change?.kind === "link") {
      if (posix.isAbsolute(change.target)) return { at: "outside", folder: false };
      return { at: "link", to: posix.join(posix.dirname(path), change.target) };
    }
    if (change || folders.has(path)) return { at: "path", path };
    if (change === null) return { at: "nowhere" };
    const found = tree.find(path);
    return found.at === "path" && found.path !== path ? { at: "link", to: found.path } : found;
  };
  const follow = (path: string, links: number): Found => {
    if (isAbove(path)) return tree.find(path);
    const parent = parentOf(path);
    const above = into(known, parent, () => follow(parent, links));
    if (above.at !== "path") return above;
    if (parent !== "" && kind(above.path) !== "folder") return { at: "nowhere" };
    const found = step(normal(posix.join(above.path, posix.basename(path))));
    if (found.at !== "link") return found;
    return links >= MOST_LINKS ? { at: "unreadable" } : follow(normal(found.to), links + 1);
  };
  const find = (path: string): Found => follow(normal(path), 0);
  const kind = (path: string): Kind | undefined => {
    if (folders.has(path)) return "folder";
    const change = changes.get(path);
    if (change === undefined) return tree.kind(path);
    return change === null ? undefined : change.kind === "file" ? "file" : "other";
  };
  /** A path whose folder may be reached by a link, as the tree below and the changes have it. */
  const own = (path: string): string => {
    const folder = find(posix.dirname(path));
    return folder.at === "path" ? normal(posix.join(folder.path, posix.basename(path))) : path;
  };
  return {
    folder: tree.folder,
    find,
    kind: (path) => {
      const found = find(path);
      return found.at === "path" ? kind(found.path) : undefined;
    },
    list: (path) => {
      const found = find(path);
      const folder = found.at === "path" ? found.path : path;
      const put = folders.get(folder) ?? new Map<string, Entry>();
      const isNew = changes.has(folder) || (put.size > 0 && tree.kind(folder) !== "folder");
      const kept = isNew ? [] : tree.list(folder);
      const isKept = ({ name }: Entry) => !put.has(name) && changes.get(normal(posix.join(folder, name))) === undefined;
      return [...kept.filter(isKept), ...put.values()];
    },
    text: (path, isRelevant) => {
      const change = changes.get(own(path));
      if (change === undefined) return tree.text(own(path), isRelevant);
      const content = change?.kind === "file" ? change.read() : "There is no such file.";
      return typeof content === "string" ? { kind: "problem", message: content } : readBytes(content, isRelevant);
    },
    bytes: (path) => {
      const change = changes.get(own(path));
      if (change === undefined) return tree.bytes(own(path));
      const content = change?.kind === "file" ? change.read() : "";
      return typeof content === "string" || content.length > MAX_FILE_BYTES ? undefined : content;
    },
  };
}

/** The folders of everything that is put somewhere, with what is put in each. */
function foldersOf(changes: ReadonlyMap<string, Content | null>): ReadonlyMap<string, Map<string, Entry>> {
  const folders = new Map<string, Map<string, Entry>>();
  const put = (path: string, kind: "file" | "link" | "folder"): void => {
    const folder = parentOf(path);
    const isNew = !folders.has(folder);
    into(folders, folder, () => new Map<string, Entry>()).set(posix.basename(path), entry(posix.basename(path), kind));
    if (isNew && !isAbove(folder)) put(folder, "folder");
  };
  for (const [path, content] of changes) if (content) put(path, content.kind);
  return folders;
}

function entry(name: string, kind: "file" | "link" | "folder"): Entry {
  return {
    name,
    isFile: () => kind === "file",
    isDirectory: () => kind === "folder",
    isSymbolicLink: () => kind === "link",
  };
}

/** Whether a normal path is the checked folder or one above it. */
function isAbove(path: string): boolean {
  return path === "" || path === ".." || path.endsWith("/..");
}

function parentOf(path: string): string {
  return normal(posix.dirname(path));
}

/** Without `.` and needless `..`; the checked folder is the empty path. */
function normal(path: string): string {
  return posix
    .normalize(path)
    .replace(/^\.$|(?<!\/)\/+$/g, "")
    .replace(/^\.$/, "");
}
