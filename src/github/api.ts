/** The few things asked of GitHub. The only file that knows octokit, and it is loaded when it is first needed. */
import { setTimeout } from "node:timers/promises";
import type { Anchor } from "./anchor.ts";
import type { Repository } from "./event.ts";
import { headersOf, statusOf } from "./refusal.ts";
import { retryDelay } from "./retry.ts";

/** A file that a pull request changes. `patch` is absent when the file is binary or the change too large. */
export interface ChangedFile {
  readonly path: string;
  readonly removed: boolean;
  readonly patch?: string;
}

export interface IssueComment {
  readonly id: number;
  readonly author: string | undefined;
  readonly body: string;
}

/** A comment on lines; `answered` when somebody replied to it. */
export interface ReviewComment extends IssueComment {
  readonly answered: boolean;
}

export interface NewReview {
  readonly commit: string;
  readonly body: string;
  readonly comments: readonly (Anchor & { readonly body: string })[];
}

/** One repository. Every function may throw what octokit throws or, when the time is up, what the signal says. */
export interface RepositoryApi {
  /** The text of a file at a commit or branch, undefined: the default branch. Gives undefined when there is no file. */
  readonly fileAt: (path: string, ref: string | undefined) => Promise<string | undefined>;
  readonly pullRequest: (number: number) => PullRequestApi;
}

/** One pull request of it. */
export interface PullRequestApi {
  /** The newest commit. */
  readonly head: () => Promise<string>;
  readonly files: () => Promise<ChangedFile[]>;
  readonly issueComments: () => Promise<IssueComment[]>;
  readonly reviewComments: () => Promise<ReviewComment[]>;
  /** The login under which this token writes. */
  readonly identity: () => Promise<string>;
  readonly createReview: (review: NewReview) => Promise<void>;
  readonly createComment: (body: string) => Promise<IssueComment>;
  readonly updateComment: (id: number, body: string) => Promise<void>;
  /** Does nothing when somebody else was faster. */
  readonly deleteComment: (id: number) => Promise<void>;
  readonly updateReviewComment: (id: number, body: string) => Promise<void>;
  /** As `deleteComment`. The thread is closed, and a review without words that loses its last comment goes too. */
  readonly deleteReviewComment: (id: number) => Promise<void>;
}

/**
 * The largest page that GitHub gives:
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api.
 */
const per_page = 100;

type Octokit = ReturnType<typeof import("@actions/github")["getOctokit"]>;

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
  return {
    fileAt: async (path, ref) => {
      const wanted = { owner, repo, path, ...(ref === undefined ? {} : { ref }) };
      const data = await unlessMissing(octokit.rest.repos.getContent(wanted));
      if (data === undefined || Array.isArray(data) || data.type !== "file" || !("content" in data)) return undefined;
      // Beyond 1 MB the content is left out, and that is not the same as an empty file.
      if (data.encoding !== "base64") throw new Error(`${path} is too large to read.`);
      return Buffer.from(data.content, "base64").toString("utf8");
    },
    pullRequest: (number) => pullRequestApi(octokit, owner, repo, number),
  };
}

function pullRequestApi(octokit: Octokit, owner: string, repo: string, number: number): PullRequestApi {
  const { rest, paginate } = octokit;
  const pull = { owner, repo, pull_number: number };
  const issue = { owner, repo, issue_number: number };
  return {
    head: async () => (await rest.pulls.get(pull)).data.head.sha,
    files: async () =>
      (await paginate(rest.pulls.listFiles, { ...pull, per_page })).map(({ filename, status, patch }) => ({
        path: filename,
        removed: status === "removed",
        ...(patch === undefined ? {} : { patch }),
      })),
    issueComments: async () => (await paginate(rest.issues.listComments, { ...issue, per_page })).map(issueComment),
    reviewComments: async () => {
      const all = await paginate(rest.pulls.listReviewComments, { ...pull, per_page });
      const answered = new Set(all.map(({ in_reply_to_id }) => in_reply_to_id));
      return all.map((comment) => ({ ...issueComment(comment), answered: answered.has(comment.id) }));
    },
    // The token of a workflow may not ask for GET /user; GraphQL answers every kind of token.
    identity: async () => (await octokit.graphql<{ viewer: { login: string } }>("{ viewer { login } }")).viewer.login,
    createReview: async ({ commit, body, comments }) => {
      await rest.pulls.createReview({ ...pull, commit_id: commit, event: "COMMENT", body, comments: [...comments] });
    },
    createComment: async (body) => issueComment((await rest.issues.createComment({ ...issue, body })).data),
    updateComment: async (comment_id, body) => {
      await rest.issues.updateComment({ owner, repo, comment_id, body });
    },
    deleteComment: async (comment_id) => {
      await unlessMissing(rest.issues.deleteComment({ owner, repo, comment_id }));
    },
    updateReviewComment: async (comment_id, body) => {
      await rest.pulls.updateReviewComment({ owner, repo, comment_id, body });
    },
    deleteReviewComment: async (comment_id) => {
      await unlessMissing(rest.pulls.deleteReviewComment({ owner, repo, comment_id }));
    },
  };
}

function issueComment(given: {
  readonly id: number;
  readonly user: { readonly login: string } | null;
  readonly body?: string;
}): IssueComment {
  return { id: given.id, author: given.user?.login, body: given.body ?? "" };
}

async function unlessMissing<T>(answer: Promise<{ readonly data: T }>): Promise<T | undefined> {
  try {
    return (await answer).data;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
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
