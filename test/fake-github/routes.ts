/** What the stand-in does for each operation that the action uses. */
import { complete } from "./description.ts";
import { diffHunk } from "./graph.ts";
import {
  commitOf,
  entryAt,
  type FakeComment,
  type FakeReview,
  type FakeReviewComment,
  type FakeState,
  linesOn,
  type Side,
} from "./state.ts";

/** From the path. */
export interface Parameters {
  readonly owner?: string;
  readonly repo?: string;
  readonly pull_number?: string;
  readonly issue_number?: string;
  readonly comment_id?: string;
  readonly review_id?: string;
  readonly path?: string;
  readonly commit_sha?: string;
  readonly basehead?: string;
  readonly tree_sha?: string;
  readonly file_sha?: string;
}

export interface Request {
  readonly state: FakeState;
  readonly login: string;
  readonly parameters: Parameters;
  readonly url: URL;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Route {
  readonly method: string;
  /** As in GitHub's description. */
  readonly path: string;
  readonly pattern: RegExp;
  readonly answer: (request: Request) => Answer;
}

function route(method: string, path: string, answer: Route["answer"]): Route {
  const pattern = path.replace("{path}", "(?<path>.+)").replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`);
  const known: Route["answer"] = (request) => {
    const { owner, repo, pull_number, issue_number } = request.parameters;
    const { state } = request;
    const number = pull_number ?? issue_number ?? String(state.number);
    return owner === state.owner && repo === state.name && number === String(state.number) ? answer(request) : notFound;
  };
  return { method, path, pattern: new RegExp(`^${pattern}$`), answer: known };
}

const notFound: Answer = {
  status: 404,
  body: { message: "Not Found", documentation_url: "https://docs.github.com/rest" },
};

export const routes: readonly Route[] = [
  route("GET", "/repos/{owner}/{repo}/pulls", (request) => {
    const { state, url } = request;
    const wanted = url.searchParams.get("head");
    const found = url.searchParams.get("state") === "open" && wanted === `${state.fork?.owner ?? state.owner}:change`;
    return page(request, found ? [pullRequest(state)] : []);
  }),
  route("GET", "/repos/{owner}/{repo}/pulls/{pull_number}", ({ state }) => ({ status: 200, body: pullRequest(state) })),
  route("GET", "/repos/{owner}/{repo}/pulls/{pull_number}/files", (request) => {
    // GitHub lists no more files: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
    const files = request.state.files.slice(0, 3_000);
    return page(
      request,
      files.map((file) => complete("diff-entry", { ...file, changes: file.additions + file.deletions })),
    );
  }),
  route("GET", "/repos/{owner}/{repo}/pulls/{pull_number}/comments", (request) =>
    page(request, request.state.reviewComments.map(reviewComment)),
  ),
  route("GET", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews", (request) =>
    page(request, request.state.reviews.map(review)),
  ),
  route("POST", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews", createReview),
  route("PUT", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}", (request) => {
    const { state, login, parameters, body } = request;
    const { body: text } = body as { body: string };
    const found = state.reviews.find(({ id }) => String(id) === parameters.review_id);
    if (found === undefined) return notFound;
    if (found.login !== login) return { status: 403, body: { message: "You cannot edit this review" } };
    if (text === "" || text.length > longestBody) return tooLong;
    found.body = stored(text);
    return { status: 200, body: review(found) };
  }),
  route("PATCH", "/repos/{owner}/{repo}/pulls/comments/{comment_id}", ({ state, login, parameters, body }) => {
    const { body: text } = body as { body: string };
    const comment = state.reviewComments.find(({ id }) => String(id) === parameters.comment_id);
    if (comment === undefined) return notFound;
    if (comment.login !== login) return { status: 403, body: { message: "You cannot edit this comment" } };
    if (text.length > longestBody) return tooLong;
    comment.body = stored(text);
    return { status: 200, body: reviewComment(comment) };
  }),
  route("DELETE", "/repos/{owner}/{repo}/pulls/comments/{comment_id}", ({ state, login, parameters }) => {
    const index = state.reviewComments.findIndex(({ id }) => String(id) === parameters.comment_id);
    const comment = state.reviewComments[index];
    if (comment === undefined) return notFound;
    if (comment.login !== login) return { status: 403, body: { message: "You cannot delete this comment" } };
    state.reviewComments.splice(index, 1);
    const review = state.reviews.findIndex(({ id, body }) => id === comment.review && body === "");
    const empty = !state.reviewComments.some((one) => one.review === comment.review);
    if (review >= 0 && empty) state.reviews.splice(review, 1);
    return { status: 204, body: undefined };
  }),
  route("GET", "/repos/{owner}/{repo}/issues/{issue_number}/comments", (request) =>
    page(request, request.state.issueComments.map(issueComment)),
  ),
  route("POST", "/repos/{owner}/{repo}/issues/{issue_number}/comments", ({ state, login, body }) => {
    const { body: text } = body as { body: string };
    if (text.length > longestBody) return tooLong;
    const comment = { id: nextId(state), login, body: stored(text) };
    state.issueComments.push(comment);
    return { status: 201, body: issueComment(comment) };
  }),
  route("PATCH", "/repos/{owner}/{repo}/issues/comments/{comment_id}", ({ state, login, parameters, body }) => {
    const { body: text } = body as { body: string };
    const comment = state.issueComments.find(({ id }) => String(id) === parameters.comment_id);
    if (comment === undefined) return notFound;
    if (comment.login !== login) return { status: 403, body: { message: "You cannot edit this comment" } };
    if (text.length > longestBody) return tooLong;
    comment.body = stored(text);
    return { status: 200, body: issueComment(comment) };
  }),
  route("DELETE", "/repos/{owner}/{repo}/issues/comments/{comment_id}", ({ state, login, parameters }) => {
    const index = state.issueComments.findIndex(({ id }) => String(id) === parameters.comment_id);
    const comment = state.issueComments[index];
    if (comment === undefined) return notFound;
    if (comment.login !== login) return { status: 403, body: { message: "You cannot delete this comment" } };
    state.issueComments.splice(index, 1);
    return { status: 204, body: undefined };
  }),
  route("GET", "/repos/{owner}/{repo}/contents/{path}", ({ state, parameters, url }) => {
    const path = decodeURIComponent(parameters.path ?? "");
    const commit = commitOf(state, url.searchParams.get("ref") ?? "HEAD");
    const text = commit === undefined ? undefined : state.contents(commit, path);
    if (commit === undefined || text === undefined) return notFound;
    const bytes = state.bytes?.(commit, path) ?? Buffer.from(text);
    const sha = entryAt(state, commit, path)?.sha ?? "";
    // https://docs.github.com/en/rest/repos/contents#get-repository-content
    const isLong = bytes.length > 1024 * 1024;
    const content = isLong ? "" : bytes.toString("base64").replace(/.{60}/g, "$&\n");
    const encoding = isLong ? "none" : "base64";
    return { status: 200, body: complete("content-file", { type: "file", encoding, path, content, sha }) };
  }),
  route("GET", "/repos/{owner}/{repo}/git/trees/{tree_sha}", ({ state, parameters, url }) => {
    const { tree_sha = "" } = parameters;
    const entries = url.searchParams.get("recursive") === "1" ? state.tree?.(tree_sha) : undefined;
    if (entries === undefined) return notFound;
    const shown = entries.slice(0, state.longestTree ?? 100_000);
    const body = { sha: tree_sha, tree: shown, truncated: shown.length < entries.length };
    return { status: 200, body: complete("git-tree", body) };
  }),
  route("GET", "/repos/{owner}/{repo}/git/commits/{commit_sha}", ({ state, parameters }) => {
    const { commit_sha = "" } = parameters;
    const parents = state.parents?.(commit_sha);
    if (parents === undefined) return notFound;
    const all = parents.map((sha) => ({
      sha,
      url: "https://github.example.com/",
      html_url: "https://github.example.com/",
    }));
    return { status: 200, body: complete("git-commit", { sha: commit_sha, parents: all }) };
  }),
  route("GET", "/repos/{owner}/{repo}/compare/{basehead}", ({ state, parameters }) => {
    const [one = "", other = ""] = (parameters.basehead ?? "").split("...");
    const sha = state.mergeBase?.(one, other);
    if (sha === undefined) return notFound;
    return { status: 200, body: complete("commit-comparison", { merge_base_commit: complete("commit", { sha }) }) };
  }),
  route("GET", "/repos/{owner}/{repo}/git/blobs/{file_sha}", ({ state, parameters }) => {
    const { file_sha = "" } = parameters;
    const content = state.blob?.(file_sha);
    if (content === undefined) return notFound;
    const body = { sha: file_sha, content: content.toString("base64"), encoding: "base64", size: content.length };
    return { status: 200, body: complete("blob", body) };
  }),
];

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api: 30 a page, at most 100. */
function page({ url }: Request, items: readonly unknown[]): Answer {
  const size = Math.min(Number(url.searchParams.get("per_page") ?? 30), 100);
  const number = Number(url.searchParams.get("page") ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const to = (target: number, rel: string) => {
    const address = new URL(url);
    address.searchParams.set("page", String(target));
    return `<${address.href}>; rel="${rel}"`;
  };
  const links = [
    ...(number < last ? [to(number + 1, "next"), to(last, "last")] : []),
    ...(number > 1 ? [to(1, "first")] : []),
  ];
  return {
    status: 200,
    headers: links.length > 0 ? { link: links.join(", ") } : {},
    body: items.slice((number - 1) * size, number * size),
  };
}

const longestBody = 65_536;
const tooLong: Answer = {
  status: 422,
  body: {
    message: "Validation Failed",
    documentation_url: "https://docs.github.com/rest",
    errors: [{ code: "custom", message: "body is too long" }],
  },
};

/** GitHub drops blank space at the end of what people write. */
function stored(text: string): string {
  return text.trimEnd();
}

interface ReviewRequest {
  readonly commit_id?: string;
  readonly body?: string;
  readonly event?: string;
  readonly comments?: readonly NewComment[];
}

interface NewComment {
  readonly path: string;
  readonly body: string;
  readonly line?: number;
  readonly side?: string;
  readonly start_line?: number;
  readonly start_side?: string;
}

/** All or nothing: one comment outside of the diff, and there is no review. */
function createReview({ state, login, body }: Request): Answer {
  const { commit_id = "", body: text = "", event, comments = [] } = (body ?? {}) as ReviewRequest;
  const errors = [
    ...(event === "COMMENT" ? [] : ["the event of a review of ours is COMMENT"]),
    ...(commit_id === state.head ? [] : ["commit_id is not part of the pull request"]),
    // The description wants a body in any case; with comments GitHub takes a review without one (reviewdog sends such).
    ...(text === "" && comments.length === 0 ? ["body is required"] : []),
    ...comments.flatMap((comment) => refusalOf(comment, state)),
  ];
  if (errors.length > 0) {
    const message = "Unprocessable Entity";
    return { status: 422, body: { message, errors, documentation_url: "https://docs.github.com/rest" } };
  }
  const id = nextId(state);
  state.reviews.push({ id, login, body: text, commit_id, event: "COMMENT" });
  for (const { path, body, line = 0, start_line, side } of comments) {
    const own: Side = side === "LEFT" ? "LEFT" : "RIGHT";
    const at = linesOn(own, patchOf(path, state)).find((one) => one.line === line);
    state.reviewComments.push({
      id: nextId(state),
      review: id,
      login,
      path,
      line,
      side: own,
      text: at?.text ?? "",
      body: stored(body),
      ...(start_line === undefined ? {} : { start_line }),
    });
  }
  return { status: 200, body: review({ id, login, body: text, commit_id, event: "COMMENT" }) };
}

function refusalOf(comment: NewComment, state: FakeState): string[] {
  const { side } = comment;
  if (comment.body === "" || comment.body.length > longestBody) return ["body is empty or too long"];
  if (side !== "RIGHT" && side !== "LEFT") return ["Side could not be resolved"];
  const lines = linesOn(side, patchOf(comment.path, state));
  const at = (wanted: number | undefined) => lines.find(({ line }) => line === wanted);
  const end = at(comment.line);
  if (end === undefined) return ["Line could not be resolved"];
  if (comment.start_line === undefined) return [];
  const start = at(comment.start_line);
  const inOrder = start !== undefined && comment.start_side === side && start.line < end.line;
  return inOrder && start.hunk === end.hunk ? [] : ["Start line must be part of the same hunk as the line."];
}

function patchOf(path: string, { files }: FakeState): string {
  return files.find(({ filename }) => filename === path)?.patch ?? "";
}

function nextId({ issueComments, reviewComments, reviews }: FakeState): number {
  return 1 + Math.max(999, ...[...issueComments, ...reviewComments, ...reviews].map(({ id }) => id));
}

/** The pull request as the API and the payload of an event have it. */
export function pullRequest(
  state: FakeState,
  headRepository: unknown = state.fork === undefined ? repository(state) : forkOf(state),
): Readonly<Record<string, unknown>> {
  const { number, head, base, files, owner } = state;
  const side = { label: `${owner}:x`, user: user(owner) };
  return complete("pull-request", {
    number,
    changed_files: files.length,
    user: user(owner),
    head: { ...side, ref: "change", sha: head, repo: headRepository },
    base: { ...side, ref: "main", sha: base, repo: repository(state) },
  });
}

function forkOf(state: FakeState): Readonly<Record<string, unknown>> {
  const { id = 0, owner = "" } = state.fork ?? {};
  return { ...repository(state), id, full_name: `${owner}/${state.name}`, owner: user(owner), fork: true };
}

function repository({ owner, name }: FakeState): Readonly<Record<string, unknown>> {
  return complete("repository", { id: 1, name, full_name: `${owner}/${name}`, owner: user(owner) });
}

function user(login: string): Readonly<Record<string, unknown>> {
  return complete("simple-user", { login, type: login.endsWith("[bot]") ? "Bot" : "User" });
}

function issueComment({ id, login, body }: FakeComment): Readonly<Record<string, unknown>> {
  return complete("issue-comment", { id, body, user: user(login) });
}

function review({ id, login, body, commit_id }: FakeReview): Readonly<Record<string, unknown>> {
  const links = {
    html: { href: "https://github.example.com/" },
    pull_request: { href: "https://github.example.com/" },
  };
  const given = { id, body, commit_id, state: "COMMENTED", user: user(login), _links: links };
  return complete("pull-request-review", given);
}

function reviewComment(comment: FakeReviewComment): Readonly<Record<string, unknown>> {
  const { id, login, body, path, line, start_line: start, review, in_reply_to_id } = comment;
  const at = { path, line, start_line: start ?? null };
  const reply = in_reply_to_id === undefined ? {} : { in_reply_to_id };
  const diff = { diff_hunk: diffHunk(comment) };
  const given = { id, body, ...at, ...reply, ...diff, user: user(login), pull_request_review_id: review };
  return complete("pull-request-review-comment", { ...given, side: comment.side ?? "RIGHT", subject_type: "line" });
}
