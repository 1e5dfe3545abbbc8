/** The few things asked of GitHub. The only file that knows octokit, and it is loaded when it is first needed. */
import { setTimeout } from "node:timers/promises";
import type { Snapshot } from "../base/listing.ts";
import type { Anchor } from "./anchor.ts";
import type { Repository } from "./event.ts";
import type { PullState } from "./pull-state.ts";
import { type Ask, type Found, look, type Wanted } from "./query.ts";
import { headersOf, statusOf } from "./refusal.ts";
import { pullRequestApi, readState, unlessMissing } from "./rest.ts";
import { retryDelay } from "./retry.ts";
import { readBlob, readSnapshot } from "./snapshot.ts";

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

export type Octokit = ReturnType<typeof import("@actions/github")["getOctokit"]>;

/** How long one request may take, in milliseconds: a GitHub that never answers must not hold up the verdict. */
const longestRequest = 15_000;

/**
 * The API of a repository through a token. `deadline` is in milliseconds since 1970: nothing is asked or waited for
 * after it.
 */
export async function connect(token: string, repository: Repository, deadline: number): Promise<RepositoryApi> {
  const { getOctokit } = await import("@actions/github");
  const octokit = getOctokit(token);
  limitTime(octokit, deadline);
  const { owner, name: repo } = repository;
  // A server that has no GraphQL isn't asked for it again.
  let missing = false;
  const lookOnce = async (wanted: Wanted): Promise<Found> => {
    if (missing) return {};
    try {
      return await look(ask(octokit), repository, wanted);
    } catch {
      missing = true;
      return {};
    }
  };
  const bytesAt = async (path: string, ref: string | undefined) => {
    const wanted = { owner, repo, path, ...(ref === undefined ? {} : { ref }) };
    const data = await unlessMissing(octokit.rest.repos.getContent(wanted));
    if (data === undefined || Array.isArray(data) || data.type !== "file" || !("content" in data)) return undefined;
    // Beyond 1 MB the content is left out: https://docs.github.com/en/rest/repos/contents#get-repository-content
    return data.encoding === "base64"
      ? Buffer.from(data.content, "base64")
      : readBlob(octokit, { owner, repo }, data.sha);
  };
  return {
    look: lookOnce,
    fileAt: async (path, ref) => (await bytesAt(path, ref))?.toString("utf8"),
    bytesAt,
    snapshot: (commit) => readSnapshot(octokit, ask(octokit), { owner, repo }, commit),
    parents: async (commit_sha) => {
      const { data } = await octokit.rest.git.getCommit({ owner, repo, commit_sha });
      return data.parents.map(({ sha }) => sha);
    },
    mergeBase: async (one, other) => {
      const basehead = `${one}...${other}`;
      const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page: 1 });
      return data.merge_base_commit.sha;
    },
    openPullRequests: async (from, branch) => {
      const wanted = { owner, repo, state: "open" as const, head: `${from}:${branch}`, per_page: 100 };
      const { data } = await octokit.rest.pulls.list(wanted);
      return data.map(({ number, head }) => ({ number, head: head.sha, headRepository: head.repo?.id }));
    },
    pullRequest: (number) => ({
      ...pullRequestApi(octokit, { owner, repo, number }),
      state: async () => (await lookOnce({ pullRequest: number })).pull ?? readState(octokit, { owner, repo, number }),
    }),
  };
}

/** Gives the parts that GraphQL could answer, and throws when there are none. */
function ask(octokit: Octokit): Ask {
  return async (query, variables) => {
    try {
      return await octokit.graphql(query, { ...variables });
    } catch (error) {
      const data = error instanceof Error && "data" in error ? error.data : undefined;
      if (data === undefined || data === null) throw error;
      return data;
    }
  };
}

/** Ends every request in time, and repeats those that GitHub asks to repeat later as long as there is time. */
function limitTime(octokit: Octokit, deadline: number): void {
  const signal = AbortSignal.timeout(Math.max(0, deadline - Date.now()));
  octokit.hook.wrap("request", async (request, options) => {
    for (let retries = 0; ; retries++) {
      options.request.signal = AbortSignal.any([signal, AbortSignal.timeout(longestRequest)]);
      try {
        return await request(options);
      } catch (error) {
        const now = Date.now();
        const refusal = { status: statusOf(error), headers: headersOf(error), method: options.method, retries, now };
        const wait = signal.aborted ? undefined : retryDelay(refusal);
        if (wait === undefined || now + wait > deadline) throw error;
        await setTimeout(wait, undefined, { signal });
      }
    }
  });
}
