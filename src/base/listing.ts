/** What git knows of the files of a commit: their modes, and the names that it gives to contents. */
import { createHash } from "node:crypto";
import { posix } from "node:path";
import { addTo } from "../maps.ts";

/** What a commit has at a path, as git writes it. */
export interface Listing {
  readonly mode: string;
  readonly id: string;
}

/** The mode of a symbolic link. */
export const LINK = "120000";
/** The mode of a submodule, whose id is that of a commit. */
export const SUBMODULE = "160000";

export interface Snapshot {
  /** By path in the repository. */
  readonly files: ReadonlyMap<string, Listing>;
  /** The contents with these ids, or sentences that say why they can't be had. Never written to a file system. */
  readonly load: (ids: readonly string[]) => Promise<ReadonlyMap<string, Buffer | string>>;
  /** Whether the checked commit itself has what `terraform init` makes: then nothing there is known to be fetched. */
  readonly isFetchedInCommit?: () => boolean;
  /** What the checked commit lists, where it is known: its submodules that are the same have the same files. */
  readonly checked?: () => ReadonlyMap<string, Listing>;
}

/** Whether a path is of a commit: it lists the file, or a link or a submodule on the way to it, where anything may be. */
export function isOf(commit: ReadonlyMap<string, Listing>, path: string): boolean {
  for (let way = path; way !== "." && way !== "/"; way = posix.dirname(way)) if (commit.has(way)) return true;
  return false;
}

/** The name that git gives to a content, by the hash that another name is made with. */
export function idOf(bytes: Uint8Array, like: string, kind: "blob" | "tree" = "blob"): string {
  return createHash(like.length === 64 ? "sha256" : "sha1")
    .update(`${kind} ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}

/** The name that git gives to the tree of these files: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects. */
export function treeIdOf(files: Iterable<readonly [path: string, listing: Listing]>, like: string): string {
  const entries: { name: string; mode: string; id: string }[] = [];
  const folders = new Map<string, [string, Listing][]>();
  for (const [path, listing] of files) {
    const slash = path.indexOf("/");
    if (slash < 0) entries.push({ name: path, ...listing });
    else addTo(folders, path.slice(0, slash), [path.slice(slash + 1), listing]);
  }
  for (const [name, below] of folders) entries.push({ name, mode: "40000", id: treeIdOf(below, like) });
  // A folder is sorted as if its name ended in a slash.
  const keyed = entries.map((one) => ({ ...one, key: Buffer.from(one.mode === "40000" ? `${one.name}/` : one.name) }));
  const parts = keyed
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .flatMap(({ mode, name, id }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, "hex")]);
  return idOf(Buffer.concat(parts), like, "tree");
}
