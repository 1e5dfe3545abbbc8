/** The few things asked of GitHub. The only file that knows octokit, and it is loaded when it is first needed. */
import { setTimeout } from "node:timers/promises";
import { clean, clip } from "../report/visible.ts";
import type { Anchor } from "./anchor.ts";
import type { Repository } from "./event.ts";
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

/** A comment on lines. It is outdated when the lines it stood on are no longer in the diff. */
export interface ReviewComment extends IssueComment {
  readonly outdated: boolean;
}

export interface NewReview {
  readonly commit: string;
  readonly body: string;
  readonly comments: readonly (Anchor & { readonly body: string })[];
}

/** One pull request. Every function may throw a `Refused` or, when the time is up, what the signal says. */
export interface PullRequestApi {
  /** The newest commit. */
  readonly head: () => Promise<string>;
  readonly files: () => Promise<ChangedFile[]>;
  readonly issueComments: () => Promise<IssueComment[]>;
  readonly reviewComments: () => Promise<ReviewComment[]>;
  /** The login under which this token writes. */
  readonly identity: () => Promise<string>;
  readonly createReview: (review: NewReview) => Promise<void>;
  readonly createComment: (body: string) => Promise<void>;
  readonly updateComment: (id: number, body: string) => Promise<void>;
  /** The text of a file at a commit; undefined when there is no such file. */
  readonly fileAt: (path: string, commit: string) => Promise<string | undefined>;
}

/**
 * The largest page that GitHub gives:
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api.
 */
const per_page = 100;

type Octokit = ReturnType<typeof import("@actions/github")["getOctokit"]>;

/**
 * The API of a pull request through a token. `deadline` is in milliseconds since 1970: nothing is asked or waited for
 * after it.
 */
export async function connect(
  token: string,
  { owner, name: repo }: Repository,
  pull_number: number,
  deadline: number,
): Promise<PullRequestApi> {
  const { getOctokit } = await import("@actions/github");
  const octokit = getOctokit(token);
  limitTime(octokit, deadline);
  const { rest, paginate } = octokit;
  const pull = { owner, repo, pull_number };
  const issue = { owner, repo, issue_number: pull_number };
  return {
    head: async () => (await rest.pulls.get(pull)).data.head.sha,
    files: async () =>
      (await paginate(rest.pulls.listFiles, { ...pull, per_page })).map(({ filename, status, patch }) => ({
        path: filename,
        removed: status === "removed",
        ...(patch === undefined ? {} : { patch }),
      })),
    issueComments: async () =>
      (await paginate(rest.issues.listComments, { ...issue, per_page })).map(({ id, user, body }) => ({
        id,
        author: user?.login,
        body: body ?? "",
      })),
    reviewComments: async () =>
      (await paginate(rest.pulls.listReviewComments, { ...pull, per_page })).map((comment) => ({
        id: comment.id,
        author: comment.user?.login,
        body: comment.body,
        outdated: comment.subject_type !== "file" && typeof comment.line !== "number",
      })),
    // The token of a workflow may not ask for GET /user; GraphQL answers every kind of token.
    identity: async () => (await octokit.graphql<{ viewer: { login: string } }>("{ viewer { login } }")).viewer.login,
    createReview: async ({ commit, body, comments }) => {
      await rest.pulls.createReview({ ...pull, commit_id: commit, event: "COMMENT", body, comments: [...comments] });
    },
    createComment: async (body) => {
      await rest.issues.createComment({ ...issue, body });
    },
    updateComment: async (comment_id, body) => {
      await rest.issues.updateComment({ owner, repo, comment_id, body });
    },
    fileAt: async (path, ref) => {
      try {
        const { data } = await rest.repos.getContent({ owner, repo, path, ref });
        if (Array.isArray(data) || data.type !== "file" || !("content" in data)) return undefined;
        // Beyond 1 MB the content is left out, and that is not the same as an empty file.
        if (data.encoding !== "base64")
          throw new Error(`${path} at the base of the pull request is too large to read.`);
        return Buffer.from(data.content, "base64").toString("utf8");
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },
  };
}

/** Ends every request at the deadline, and repeats those that GitHub asks to repeat later as long as there is time. */
function limitTime(octokit: Octokit, deadline: number): void {
  const signal = AbortSignal.timeout(Math.max(0, deadline - Date.now()));
  octokit.hook.wrap("request", async (request, options) => {
    options.request.signal = signal;
    for (let retries = 0; ; retries++) {
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

/** The HTTP status with which GitHub refused, undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  // octokit gives 500 to a request that found no server at all: then there is no response.
  const answered = error instanceof Error && "response" in error && error.response !== undefined;
  return answered && "status" in error && typeof error.status === "number" ? error.status : undefined;
}

/** What GitHub said, or what kept it from saying anything: one line that is safe to show. */
export function messageOf(error: unknown): string {
  const response = error instanceof Error && "response" in error ? error.response : undefined;
  const said = (response as { data?: { message?: unknown } } | undefined)?.data?.message;
  const message = typeof said === "string" ? said : error instanceof Error ? error.message : String(error);
  return clip(clean(message), 300);
}

function headersOf(error: unknown): Readonly<Record<string, unknown>> {
  const response = error instanceof Error && "response" in error ? error.response : undefined;
  return (response as { headers?: Record<string, unknown> } | undefined)?.headers ?? {};
}
