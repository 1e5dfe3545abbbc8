/** The stand-in's state as the graph that GraphQL asks. */
import { Refused, type Resolved } from "./graphql.ts";
import { commitOf, entryAt, type FakeComment, type FakeReviewComment, type FakeState } from "./state.ts";

export interface GraphOptions {
  readonly state: FakeState;
  readonly login: string;
  /** Whether the token may resolve threads: that wants `contents: write`. */
  readonly resolve: boolean;
  /** Whether the token may read pull requests. */
  readonly pulls: boolean;
}

const forbidden = () => {
  throw new Refused("FORBIDDEN", "Resource not accessible by integration");
};

export function query(options: GraphOptions): Resolved {
  const { state, login } = options;
  return {
    viewer: { login },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      if (owner !== state.owner || name !== state.name) {
        throw new Refused("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return {
        databaseId: 1,
        object: ({ expression = "", oid }: { expression?: string; oid?: string }) => {
          const content = oid === undefined ? undefined : state.blob?.(oid);
          if (oid !== undefined) return content === undefined ? null : blob(content.toString("utf8"));
          return object(state, expression);
        },
        pullRequest: ({ number }: { number: number }) => {
          if (!options.pulls) forbidden();
          if (number !== state.number) {
            throw new Refused("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${number}.`);
          }
          return pullRequest(options);
        },
      };
    },
  };
}

export function mutation({ state, resolve }: GraphOptions): Resolved {
  return {
    resolveReviewThread: ({ input }: { input: { threadId: string } }) => {
      if (!resolve) forbidden();
      const root = state.reviewComments.find(({ id }) => threadId(id) === input.threadId);
      if (root === undefined) throw new Refused("NOT_FOUND", "Could not resolve to a node");
      root.resolved = true;
      return { thread: thread(root, state, resolve) };
    },
  };
}

/** By an expression of git: `refs/heads/main:folder/file`, or a commit. */
function object(state: FakeState, expression: string): Resolved | null {
  const [, ref = "", path] = /^([^:]*)(?::(.*))?$/s.exec(expression) ?? [];
  const commit = commitOf(state, ref);
  if (commit === undefined) return null;
  if (path === undefined) return { __typename: "Commit", oid: commit, tree: { oid: state.treeId?.(commit) } };
  const entry = entryAt(state, commit, path);
  if (entry?.type === "tree") return { __typename: "Tree" };
  const text = state.contents(commit, path);
  return text === undefined ? null : { ...blob(text), ...(entry && { oid: entry.sha }) };
}

function blob(text: string): Resolved {
  const isBinary = text.includes("\0");
  const byteSize = Buffer.byteLength(text);
  return { __typename: "Blob", text: isBinary ? null : text, isBinary, isTruncated: byteSize > 512_000, byteSize };
}

function pullRequest({ state, resolve }: GraphOptions): Resolved {
  const roots = state.reviewComments.filter(({ in_reply_to_id }) => in_reply_to_id === undefined);
  return {
    number: state.number,
    headRefOid: state.head,
    comments: connection(state.issueComments.map(comment)),
    reviews: connection(state.reviews.map((review) => ({ ...comment(review), state: "COMMENTED" }))),
    reviewThreads: connection(roots.map((root) => thread(root, state, resolve))),
  };
}

function thread(root: FakeReviewComment, state: FakeState, viewerCanResolve: boolean): Resolved {
  const replies = state.reviewComments.filter(({ in_reply_to_id }) => in_reply_to_id === root.id);
  const comments = [root, ...replies].map((one) => ({ ...comment(one), diffHunk: diffHunk(root) }));
  return {
    id: threadId(root.id),
    isResolved: root.resolved ?? false,
    isOutdated: root.line === null,
    viewerCanResolve,
    path: root.path,
    line: root.line,
    comments: connection(comments),
  };
}

/** The lines of the diff up to the one that a comment stands on. */
export function diffHunk({ text }: Pick<FakeReviewComment, "text">): string {
  return `@@ -0,0 +1,2 @@\n+x\n+${text}`;
}

function threadId(comment: number): string {
  return `thread-${comment}`;
}

/** The author of what an app has written is called without `[bot]`, other than in REST and as the viewer. */
function comment({ id, login, body, hidden = false }: FakeComment): Resolved {
  const bot = login.endsWith("[bot]");
  const author = { __typename: bot ? "Bot" : "User", login: login.replace(/\[bot\]$/, "") };
  return { id: `node-${id}`, fullDatabaseId: String(id), author, body, isMinimized: hidden };
}

function connection(all: readonly Resolved[]) {
  return ({ first, after }: { first: number; after?: string | null }) => {
    const start = after === undefined || after === null ? 0 : Number(after.slice("cursor:".length));
    const end = Math.min(all.length, start + first);
    const pageInfo = { hasNextPage: end < all.length, endCursor: end > start ? `cursor:${end}` : null };
    return { nodes: all.slice(start, end), totalCount: all.length, pageInfo };
  };
}
