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
  readonly name: "pull_request" | "pull_request_target";
  readonly repository: Repository;
  readonly number: number;
  /** The newest commit of the pull request. Not `GITHUB_SHA`, the merge commit or the base. */
  readonly head: string;
  /** The commit of the base branch at that time. */
  readonly base: string;
  readonly changedFiles: number;
  /** Why the token of such a run can only read, when it is so by GitHub's rules. */
  readonly readOnly?: "fork" | "dependabot";
}

/** A push, a merge group, a schedule, a run by hand: no pull request to comment on. */
export interface OtherEvent {
  readonly kind: "other";
  readonly name: string;
  readonly repository: Repository;
  readonly head: string;
}

export type Event = PullRequest | OtherEvent;

/** The variables of the runner: https://docs.github.com/en/actions/reference/workflows-and-actions/variables. */
export interface Environment {
  readonly GITHUB_ACTOR?: string | undefined;
  readonly GITHUB_EVENT_NAME?: string | undefined;
  readonly GITHUB_EVENT_PATH?: string | undefined;
  readonly GITHUB_REPOSITORY?: string | undefined;
  readonly GITHUB_SERVER_URL?: string | undefined;
  readonly GITHUB_SHA?: string | undefined;
  readonly GITHUB_WORKSPACE?: string | undefined;
  readonly RUNNER_TEMP?: string | undefined;
  readonly [name: string]: string | undefined;
}

/**
 * Reads the event from the runner's variables and its payload (parsed JSON, whatever it is). Throws a sentence when the
 * payload of a pull request does not identify it: treating it as a push would let the pull request bring its own
 * configuration.
 */
export function readEvent(environment: Environment, payload: unknown): Event {
  const name = environment.GITHUB_EVENT_NAME ?? "";
  const [owner = "", repositoryName = ""] = (environment.GITHUB_REPOSITORY ?? "").split("/");
  const repository = { server: environment.GITHUB_SERVER_URL ?? "https://github.com", owner, name: repositoryName };
  if (name !== "pull_request" && name !== "pull_request_target") {
    return { kind: "other", name, repository, head: environment.GITHUB_SHA ?? "" };
  }
  const pull = field(payload, "pull_request");
  const number = field(pull, "number");
  const head = field(field(pull, "head"), "sha");
  const base = field(field(pull, "base"), "sha");
  const changedFiles = field(pull, "changed_files");
  if (typeof number !== "number" || typeof head !== "string" || typeof base !== "string") {
    throw new Error(`The payload of this ${name} event (GITHUB_EVENT_PATH) does not identify its pull request.`);
  }
  const readOnly = readOnlyReason(name, pull, environment.GITHUB_ACTOR);
  return {
    kind: "pull_request",
    name,
    repository,
    number,
    head,
    base,
    changedFiles: typeof changedFiles === "number" ? changedFiles : 0,
    ...(readOnly === undefined ? {} : { readOnly }),
  };
}

/**
 * Runs of `pull_request` for a fork (its repository may be gone: null) or started by Dependabot get a token that only
 * reads:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request.
 */
function readOnlyReason(name: string, pull: unknown, actor: string | undefined): PullRequest["readOnly"] {
  if (name !== "pull_request") return undefined;
  if (field(field(field(pull, "head"), "repo"), "id") !== field(field(field(pull, "base"), "repo"), "id"))
    return "fork";
  return actor === "dependabot[bot]" ? "dependabot" : undefined;
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
