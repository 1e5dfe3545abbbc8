/**
 * The files of a commit as a tree. What a commit lists is known by the hash of its content: a file that is unchanged in
 * the checked files is read from there, the others from git or an API. So nothing that is only in the checked files, as
 * an earlier step of a workflow left it, can be taken for a part of the commit.
 */
import { posix } from "node:path";
import { into } from "../maps.ts";
import { fileKind } from "../sources/names.ts";
import { type Content, only, overlay } from "../sources/overlay.ts";
import type { Tree } from "../sources/tree.ts";
import { isWalked } from "../sources/walk.ts";
import { idOf, LINK, type Snapshot, SUBMODULE } from "./listing.ts";

export interface SnapshotTree {
  readonly tree: Tree;
  /** Whether a file of the checked ones or of the commit has another content in the other, or is not there. */
  readonly differs: (path: string) => boolean;
  /** The paths of such files: those that are read by their names, and those among the given ones. Sorted. */
  readonly changed: (checked: readonly string[]) => readonly string[];
  /** Loads what was asked for in vain since the last call; false when there was nothing. */
  readonly load: () => Promise<boolean>;
}

/** The modes of files. */
export const FILES: ReadonlySet<string> = new Set(["100644", "100755", "100664"]);

/** More changed files of one pull request are not loaded. */
const MOST_LOADED = 3_000;

/**
 * The tree of a commit. `folder` is the checked folder in its repository (empty for the top), `checked` its files.
 * Throws a sentence when too much would have to be loaded.
 */
export async function snapshotTree(snapshot: Snapshot, folder: string, checked: Tree): Promise<SnapshotTree> {
  const contents = new Map<string, Buffer | string>();
  const missing = new Set<string>();
  const bytesHere = (path: string): Uint8Array | undefined => {
    const found = checked.find(path);
    return found.at === "path" && checked.kind(found.path) === "file" ? checked.bytes(found.path) : undefined;
  };
  const here = (path: string, id: string): Buffer | undefined => {
    const bytes = bytesHere(path);
    return bytes && idOf(bytes, id) === id ? Buffer.from(bytes) : undefined;
  };
  const known = new Map<string, boolean>();
  const isHere = (path: string, id: string): boolean => into(known, path, () => here(path, id) !== undefined);
  const read = (path: string, id: string): Buffer | string => {
    const content = contents.get(id) ?? here(path, id);
    if (content === undefined) missing.add(id);
    return content ?? "The file is not loaded yet.";
  };
  const load = async (): Promise<boolean> => {
    const wanted = [...missing];
    missing.clear();
    if (wanted.length === 0) return false;
    for (const [id, content] of await contentsOf(snapshot, wanted)) contents.set(id, content);
    return true;
  };
  const files = relativeTo(folder, snapshot.files);
  const other: string[] = [];
  for (const [path, { mode, id }] of files) {
    if (mode === LINK) missing.add(id);
    if (!FILES.has(mode) || !isWalked(path) || isHere(path, id)) continue;
    missing.add(id);
    other.push(path);
  }
  await load();
  const all = new Map<string, Content>();
  for (const [path, { mode, id }] of files) {
    if (FILES.has(mode)) all.set(path, { kind: "file", read: () => read(path, id) });
    const target = mode === LINK ? contents.get(id) : undefined;
    if (Buffer.isBuffer(target)) all.set(path, { kind: "link", target: target.toString("utf8") });
  }
  const depth = folder === "" ? 0 : folder.split("/").length;
  let alike: boolean | undefined;
  const isFetchedAlike = () => {
    // Asked at each look at what was fetched, and git answers it with a process.
    alike ??=
      !snapshot.isFetchedInCommit?.() &&
      [...files].every(
        ([path, { id }]) =>
          fileKind(path) !== "terraform" ||
          isHere(path, id) ||
          (contents.has(id) && sources(contents.get(id)) === sources(bytesHere(path))),
      );
    return alike;
  };
  const differs = (path: string): boolean => {
    const id = files.get(path)?.id;
    return id === undefined || !isHere(path, id);
  };
  const submodules = sameSubmodules(snapshot, folder);
  const isKept = (path: string) => {
    const isIn = (one: string) => path === one || path.startsWith(`${one}/`) || one.startsWith(path && `${path}/`);
    return submodules.some(isIn) || (FETCHED.test(path) && isFetchedAlike());
  };
  return {
    tree: overlay(only(checked, depth, isKept), all),
    differs,
    changed: (checked) => [...new Set([...other, ...checked.filter(differs)])].sort(),
    load,
  };
}

/** Modules that `terraform init` has fetched: those of the checked files, which are the base's where it names the same. */
export const FETCHED = /(?:^|\/)\.terraform(?:\/|$)/;

/** The submodules that are at the same commit in the checked one: what is not listed of them is the base's too. */
function sameSubmodules({ files, checked }: Snapshot, folder: string): readonly string[] {
  const own = [...files].filter(([, { mode }]) => mode === SUBMODULE);
  const now = own.length > 0 ? checked?.() : undefined;
  return own.flatMap(([path, { id }]) => (now?.get(path)?.id === id ? [posix.relative(folder, path)] : []));
}

/** The lines of a file of Terraform that say which modules, and which versions of them. */
function sources(content: Uint8Array | string | undefined): string {
  const lines = typeof content === "string" || !content ? [] : Buffer.from(content).toString("utf8").split("\n");
  return lines
    .filter((line) => /\b(?:source|version)\b"?\s*[=:]/.test(line))
    .sort()
    .join("\n");
}

/** The files of a repository by their paths from a folder. */
export function relativeTo(folder: string, files: Snapshot["files"]): Snapshot["files"] {
  if (folder === "") return files;
  return new Map([...files].map(([path, listing]) => [posix.relative(folder, path), listing]));
}

/** The contents with these ids, or sentences that say why they can't be had. Throws one when they are too many. */
export async function contentsOf(
  { load }: Snapshot,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Buffer | string>> {
  if (ids.length > MOST_LOADED) throw new Error(`It differs in ${ids.length} files, too many to be read.`);
  const loaded = await load(ids);
  return new Map(ids.map((id) => [id, verified(id, loaded.get(id))]));
}

/** A content only when it is the one that was asked for, whoever sent it. */
function verified(id: string, content: Buffer | string | undefined): Buffer | string {
  if (content === undefined) return "The file could not be read.";
  if (typeof content === "string" || idOf(content, id) === id) return content;
  return "Another content than that of the commit was received.";
}
