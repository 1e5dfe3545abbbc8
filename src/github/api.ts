/** The few things asked of GitHub. `connect.ts` asks them. */
import type { Snapshot } from "../base/listing.ts";
import type { Anchor } from "./anchor.ts";
import type { PullState } from "./pull-state.ts";
import type { Found, Wanted } from "./query.ts";

/** A file that a pull request changes. `patch` is absent when the file is binary or the change too large. */
export interface ChangedFile {
  readonly path: string;
  /** Where it was, when it was renamed. */
  readonly previous?: string;
  readonly removed: boolean;
  readonly patch?: string;
}

export interface NewReview {
  readonly commit: string;
  readonly body: string;
  readonly comments: readonly (Anchor & { readonly body: string })[];
}

/** One repository. Every function may throw what octokit throws or, when the time is up, what the signal says. */
export interface RepositoryApi {
  /** What one query of GraphQL tells; nothing where there is no GraphQL. Never throws. */
  readonly look: (wanted: Wanted) => Promise<Found>;
  /** The text of a file at a commit or branch, undefined: the default branch. Gives undefined when there is no file. */
  readonly fileAt: (path: string, ref: string | undefined) => Promise<string | undefined>;
  /** The same as bytes. */
  readonly bytesAt: (path: string, ref: string | undefined) => Promise<Uint8Array | undefined>;
  /** The files of a commit, also of one that is only in a fork of which there is a pull request. */
  readonly snapshot: (commit: string) => Promise<Snapshot>;
  readonly parents: (commit: string) => Promise<readonly string[]>;
  /** The newest commit that two commits have in common. */
  readonly mergeBase: (one: string, other: string) => Promise<string>;
  /** Those from a branch of a repository that belongs to `owner`. */
  readonly openPullRequests: (owner: string, branch: string) => Promise<readonly OpenPullRequest[]>;
  readonly pullRequest: (number: number) => PullRequestApi;
}

export interface OpenPullRequest {
  readonly number: number;
  readonly head: string;
  /** The number of the repository with the branch; undefined when it is gone. */
  readonly headRepository: number | undefined;
}

/** One pull request of it. */
export interface PullRequestApi {
  readonly state: () => Promise<PullState>;
  readonly files: () => Promise<ChangedFile[]>;
  readonly createReview: (review: NewReview) => Promise<void>;
  /** Notifies nobody, as every change of what is there. */
  readonly updateReview: (id: number, body: string) => Promise<void>;
  readonly createComment: (body: string) => Promise<void>;
  readonly updateComment: (id: number, body: string) => Promise<void>;
  /** Does nothing when somebody else was faster. */
  readonly deleteComment: (id: number) => Promise<void>;
  readonly updateReviewComment: (id: number, body: string) => Promise<void>;
  /** As `deleteComment`. The thread is closed, and a review without words that loses its last comment goes too. */
  readonly deleteReviewComment: (id: number) => Promise<void>;
  /** False when this token may not. */
  readonly resolveThread: (thread: string) => Promise<boolean>;
}
