/** What git knows of the files of a commit: their modes, and the names that it gives to contents. */
import { createHash } from "node:crypto";

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

/** The name that git gives to a content, by the hash that another name of it is made with. */
export function idOf(bytes: Uint8Array, like: string): string {
  return createHash(like.length === 64 ? "sha256" : "sha1")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}
