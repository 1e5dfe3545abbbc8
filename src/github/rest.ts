/** A pull request by REST: everything that is written, and what is there where GraphQL doesn't answer. */
import type { PullRequestApi } from "./api.ts";
import type { Octokit } from "./octokit.ts";
import { type Comment, commentedLine, type PullState } from "./pull-state.ts";
import { statusOf } from "./refusal.ts";

interface Which {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/**
 * The largest page that GitHub gives:
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api.
 */
const per_page = 100;

/** What GITHUB_TOKEN writes as, for a server that doesn't say. */
const usualLogin = "github-actions[bot]";

export function pullRequestApi(octokit: Octokit, { owner, repo, number }: Which): Omit<PullRequestApi, "state"> {
  const { request, paginate } = octokit;
  const pull = { owner, repo, pull_number: number };
  return {
    files: async () =>
      (await paginate("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", { ...pull, per_page })).map(
        ({ filename, previous_filename, status, patch }) => ({
          path: filename,
          ...(previous_filename === undefined ? {} : { previous: previous_filename }),
          removed: status === "removed",
          ...(patch === undefined ? {} : { patch }),
        }),
      ),
    createReview: async ({ commit, body, comments }) => {
      await request("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
        ...pull,
        commit_id: commit,
        event: "COMMENT",
        body,
        comments: [...comments],
      });
    },
    updateReview: async (review_id, body) => {
      await request("PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}", { ...pull, review_id, body });
    },
    createComment: async (body) => {
      await request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        owner,
        repo,
        issue_number: number,
        body,
      });
    },
    updateComment: async (comment_id, body) => {
      await request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id, body });
    },
    deleteComment: async (comment_id) => {
      await unlessMissing(
        request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id }),
      );
    },
    updateReviewComment: async (comment_id, body) => {
      await request("PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}", { owner, repo, comment_id, body });
    },
    deleteReviewComment: async (comment_id) => {
      await unlessMissing(
        request("DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}", { owner, repo, comment_id }),
      );
    },
    resolveThread: async (id) => {
      const resolve = "mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }";
      try {
        await octokit.graphql(resolve, { id });
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Whether a thread is resolved isn't known here: it counts as open, and nothing of ours is resolved. */
export async function readState(octokit: Octokit, { owner, repo, number }: Which): Promise<PullState> {
  const { request, paginate } = octokit;
  const pull = { owner, repo, pull_number: number };
  const [head, login, comments, reviews, lines] = await Promise.all([
    request("GET /repos/{owner}/{repo}/pulls/{pull_number}", pull),
    // The token of a workflow may not ask for GET /user; GraphQL answers every kind of token.
    octokit.graphql<{ viewer: { login: string } }>("{ viewer { login } }").then(
      ({ viewer }) => viewer.login,
      () => usualLogin,
    ),
    paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      owner,
      repo,
      issue_number: number,
      per_page,
    }),
    paginate("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", { ...pull, per_page }),
    paginate("GET /repos/{owner}/{repo}/pulls/{pull_number}/comments", { ...pull, per_page }),
  ]);
  const answered = new Set(lines.map(({ in_reply_to_id }) => in_reply_to_id));
  return {
    head: head.data.head.sha,
    login,
    comments: comments.map(commentOf),
    reviews: reviews.map(commentOf),
    threads: lines
      .filter(({ in_reply_to_id }) => in_reply_to_id === undefined)
      .map((comment) => ({
        ...commentOf(comment),
        path: comment.path,
        line: commentedLine(comment.diff_hunk),
        outdated: (comment.line ?? null) === null,
        answered: answered.has(comment.id),
        resolved: false,
        resolvable: false,
      })),
  };
}

interface Written {
  readonly id: number;
  readonly user: { readonly login: string } | null;
  readonly body?: string;
  readonly minimized?: unknown;
}

function commentOf({ id, user, body, minimized }: Written): Comment {
  return { id, author: user?.login, body: body ?? "", hidden: (minimized ?? null) !== null };
}

export async function unlessMissing<T>(answer: Promise<{ readonly data: T }>): Promise<T | undefined> {
  try {
    return (await answer).data;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
