/** What a run asks GitHub for, and what it gets. `pull-request.ts` opens one. */
import type { Snapshot } from "../base/listing.ts";
import type { Base } from "./configuration.ts";
import type { Published, Work } from "./publish.ts";

/** What was seen of a base as a whole; nothing without a token, or where GitHub doesn't tell. */
export interface Seen {
  readonly commit?: string | undefined;
  /** Whether it has the usual folder of evidence. */
  readonly hasEvidence?: boolean | undefined;
}

/** A run and GitHub, asked once for all that it needs to know. */
export interface Session {
  /** What judges the files of the checkout; undefined when they are the default branch itself. */
  readonly base: (Base & { readonly seen: () => Promise<Seen> }) | undefined;
  /** A commit that the query for the configuration has told all of. */
  readonly before: (commit: string) => Snapshot | undefined;
  /** The name of the tree of the pull request's newest commit, where it was told. */
  readonly headTree: () => string | undefined;
  /** Texts of a commit, by the order of the paths; undefined for one that is not there, or can't be read. Never throws. */
  readonly texts: (commit: string, paths: readonly string[]) => Promise<readonly (string | undefined)[]>;
  /** Writes into the pull request, if there is one. Never throws. */
  readonly write: (work: Omit<Work, "event" | "comment" | "review" | "fixed" | "files">) => Promise<Published>;
}
