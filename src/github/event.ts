/** What started the run, as far as it matters here. */

/** The repository the run belongs to, on this server. */
export interface Repository {
  /** `https://github.com`, or the server of the company. */
  readonly server: string;
  readonly owner: string;
  readonly name: string;
}

export interface PullRequest {
  readonly kind: "pull_request";
  readonly name: string;
  readonly repository: Repository;
  readonly number: number;
  /** The newest commit of the pull request. Not `GITHUB_SHA`, the merge commit or the base. */
  readonly head: string;
  /** The commit of the base branch when the head was pushed last: it is older than the tip. */
  readonly base?: string | undefined;
  readonly judge: Judge;
  /** 0 when the payload doesn't tell. */
  readonly changedFiles: number;
  /** Whether it comes from another repository. */
  readonly fork: boolean;
  /** Why the token of such a run can only read, when it is so by GitHub's rules. */
  readonly readOnly?: "fork" | "dependabot";
}

/** A push, a merge group, a schedule, a run by hand: no pull request to comment on. */
export interface OtherEvent {
  readonly kind: "other";
  readonly name: string;
  readonly repository: Repository;
  readonly head: string;
  /** Undefined: the checkout is the default branch itself, as long as its commit is `head`. */
  readonly judge: Judge | undefined;
  /** The commit that was there before: the base of a merge group, what a push replaced. */
  readonly before: string | undefined;
}

/**
 * Whose configuration decides. A check of some name on a commit counts for a merge whatever event it comes from, so
 * nothing that a change brings with it may decide about that change.
 */
export interface Judge {
  /** As people call it: "the base branch". */
  readonly words: string;
  /** A commit, or the full name of a branch; undefined: the default branch. */
  readonly ref: string | undefined;
}

export const defaultBranch: Judge = { words: "the default branch", ref: undefined };

export type Event = PullRequest | OtherEvent;

/** The variables of the runner: https://docs.github.com/en/actions/reference/workflows-and-actions/variables. */
export interface Environment {
  readonly GITHUB_ACTOR?: string | undefined;
  readonly GITHUB_EVENT_NAME?: string | undefined;
  readonly GITHUB_EVENT_PATH?: string | undefined;
  readonly GITHUB_REF?: string | undefined;
  readonly GITHUB_REPOSITORY?: string | undefined;
  readonly GITHUB_SERVER_URL?: string | undefined;
  readonly GITHUB_SHA?: string | undefined;
  readonly GITHUB_WORKSPACE?: string | undefined;
  readonly RUNNER_TEMP?: string | undefined;
  readonly [name: string]: string | undefined;
}

/** Events whose payload has the pull request that they judge, and in which GITHUB_SHA is its merge or its base. */
const pullRequestEvents = ["pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"];

/** Events that start on the branch that they check, with nothing but its commits. */
const branchEvents = ["push", "schedule", "workflow_dispatch"];

/**
 * Reads the event from the runner's variables and its payload (parsed JSON, whatever it is). Throws a sentence when the
 * payload of a pull request or a merge group does not identify it: treating it as a push would let the change bring its
 * own configuration.
 */
export function readEvent(environment: Environment, payload: unknown): Event {
  const name = environment.GITHUB_EVENT_NAME ?? "";
  const repository = repositoryOf(environment);
  if (pullRequestEvents.includes(name)) return readPullRequest(name, repository, payload, environment.GITHUB_ACTOR);
  const judge = judgeOf(environment, payload);
  const before = field(payload, "before");
  const replaced = name === "push" && typeof before === "string" && /[1-9a-f]/.test(before) ? before : undefined;
  const group = name === "merge_group" ? judge?.ref : undefined;
  return { kind: "other", name, repository, head: environment.GITHUB_SHA ?? "", judge, before: group ?? replaced };
}

/** The run whose end started this one: https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_run. */
export interface StartingRun {
  /** What that run was for: `pull_request`. */
  readonly event: string;
  readonly repository: Repository;
  /** The newest commit of what it was for. */
  readonly head: string;
  readonly branch: string;
  /** Whom the repository with that branch belongs to, and its number. */
  readonly owner: string;
  readonly headRepository: number;
  /** Its page, undefined when the payload has none. */
  readonly page: string | undefined;
}

/** Throws a sentence for any other event, and when the payload does not identify the run. */
export function readStartingRun(environment: Environment, payload: unknown): StartingRun {
  const name = environment.GITHUB_EVENT_NAME ?? "";
  if (name !== "workflow_run") throw new Error(`Input report is for workflows on: workflow_run, not ${name}.`);
  const run = field(payload, "workflow_run");
  const from = field(run, "head_repository");
  const event = field(run, "event");
  const head = field(run, "head_sha");
  const branch = field(run, "head_branch");
  const owner = field(field(from, "owner"), "login");
  const headRepository = field(from, "id");
  const page = field(run, "html_url");
  if (typeof event !== "string" || typeof head !== "string" || typeof branch !== "string") throw unidentified(name);
  if (typeof owner !== "string" || typeof headRepository !== "number") throw unidentified(name);
  const repository = repositoryOf(environment);
  return { event, repository, head, branch, owner, headRepository, page: typeof page === "string" ? page : undefined };
}

function repositoryOf({ GITHUB_REPOSITORY = "", GITHUB_SERVER_URL }: Environment): Repository {
  const [owner = "", name = ""] = GITHUB_REPOSITORY.split("/");
  return { server: GITHUB_SERVER_URL ?? "https://github.com", owner, name };
}

function readPullRequest(
  name: string,
  repository: Repository,
  payload: unknown,
  actor: string | undefined,
): PullRequest {
  const pull = field(payload, "pull_request");
  const number = field(pull, "number");
  const head = field(field(pull, "head"), "sha");
  const branch = field(field(pull, "base"), "ref");
  const base = field(field(pull, "base"), "sha");
  const changedFiles = field(pull, "changed_files");
  if (typeof number !== "number" || typeof head !== "string" || typeof branch !== "string") throw unidentified(name);
  const fork = field(field(field(pull, "head"), "repo"), "id") !== field(field(field(pull, "base"), "repo"), "id");
  const readOnly = readOnlyReason(name, fork, actor);
  return {
    kind: "pull_request",
    name,
    repository,
    number,
    head,
    base: typeof base === "string" ? base : undefined,
    // The tip of the branch: the commit that the payload gives for it is that of the last push to the pull request.
    judge: { words: "the base branch", ref: `refs/heads/${branch}` },
    changedFiles: typeof changedFiles === "number" ? changedFiles : 0,
    fork,
    ...(readOnly === undefined ? {} : { readOnly }),
  };
}

function judgeOf({ GITHUB_EVENT_NAME = "", GITHUB_REF }: Environment, payload: unknown): Judge | undefined {
  if (GITHUB_EVENT_NAME === "merge_group") {
    const base = field(field(payload, "merge_group"), "base_sha");
    if (typeof base !== "string") throw unidentified(GITHUB_EVENT_NAME);
    return { words: "the base of the merge group", ref: base };
  }
  const branch = field(field(payload, "repository"), "default_branch");
  const own = branchEvents.includes(GITHUB_EVENT_NAME) && branch !== undefined && GITHUB_REF === `refs/heads/${branch}`;
  return own ? undefined : defaultBranch;
}

function unidentified(name: string): Error {
  return new Error(`The payload of this ${name} event (GITHUB_EVENT_PATH) does not identify what it is about.`);
}

/**
 * Runs of `pull_request` and of reviews for a fork (its repository may be gone: null) or started by Dependabot get a token that only
 * reads:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request.
 */
function readOnlyReason(name: string, fork: boolean, actor: string | undefined): PullRequest["readOnly"] {
  if (name === "pull_request_target") return undefined;
  if (fork) return "fork";
  return actor === "dependabot[bot]" ? "dependabot" : undefined;
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
