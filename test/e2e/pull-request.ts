/** A pull request from files: its repository made with git, its payload, and runs of the action on it. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Contents, makeRepository } from "../fake-github/repository.ts";
import { pullRequest } from "../fake-github/routes.ts";
import { type FakeOptions, startFakeGitHub } from "../fake-github/server.ts";
import { type FakeState, push } from "../fake-github/state.ts";
import { type Outcome, runAction, type Step } from "./runner.ts";

export interface Run extends Outcome {
  /** Requests that changed something on GitHub: `POST /repos/octo/jobs/pulls/7/reviews`. */
  readonly writes: readonly string[];
  /** All requests. */
  readonly requests: readonly string[];
  /** Everything that was sent to GitHub, in one text. */
  readonly sent: string;
}

/** What a run is given beside what the pull request says. */
export type Given = Partial<Omit<Step, "api">> &
  Omit<FakeOptions, "state"> & {
    readonly fork?: boolean;
    /** A name for the server that only a proxy knows. */
    readonly host?: string;
  };

export interface PullRequest extends Disposable {
  readonly state: FakeState;
  readonly folder: string;
  /** The text of the summary, wherever it is; empty when there is none. */
  readonly summary: () => string;
  readonly run: (given?: Given) => Promise<Run>;
  /** The same on a copy of the files that is no repository. */
  readonly runOnCopy: (given?: Given) => Promise<Run>;
  /** Pushes these files as the newest commit of the pull request. */
  readonly push: (files: Contents) => void;
  /** Checks out these files as the merge of the pull request with a base that has moved on. Gives the commit. */
  readonly merge: (files: Contents) => string;
  /** Moves the base branch on to these files, and checks out the merge of it and the head, with the given ones. */
  readonly moveBase: (base: Contents, merged: Contents) => void;
  /** The changes of the pull request, as text. */
  readonly diff: () => string;
  /** Checks out a commit. */
  readonly checkout: (commit: string) => void;
}

/** Pull request 7 of octo/jobs, from the files of its base to the files of its head. */
export function openPullRequest(base: Contents, head: Contents): PullRequest {
  const repository = makeRepository();
  const baseCommit = repository.commit(base);
  const state: FakeState = {
    owner: "octo",
    name: "jobs",
    number: 7,
    ...repository.between(baseCommit, repository.commit(head)),
    issueComments: [],
    reviewComments: [],
    reviews: [],
  };
  return {
    state,
    folder: repository.folder,
    summary: () => {
      const all = [...state.issueComments, ...state.reviews];
      return all.find(({ body }) => body.startsWith("<!-- batch-secrets-check summary "))?.body ?? "";
    },
    run: (given = {}) => runOn(state, repository.folder, given),
    runOnCopy: async (given = {}) => {
      const workspace = mkdtempSync(join(tmpdir(), "no-repository-"));
      cpSync(repository.folder, workspace, { recursive: true, filter: (path) => !path.endsWith("/.git") });
      const run = await runOn(state, workspace, given);
      rmSync(workspace, { recursive: true });
      return run;
    },
    push: (files) => push(state, repository.between(baseCommit, repository.commit(files))),
    merge: repository.commit,
    moveBase: (base, merged) => {
      repository.checkout(state.base);
      state.tip = repository.commit(base);
      state.merge = repository.merge(state.tip, state.head, merged);
    },
    diff: () => repository.diff(state.base, state.head),
    checkout: repository.checkout,
    [Symbol.dispose]: () => repository[Symbol.dispose](),
  };
}

async function runOn(state: FakeState, workspace: string, given: Given): Promise<Run> {
  await using github = await startFakeGitHub({ state, ...given });
  const { head } = pullRequest(state);
  const fork = { ...(head as { repo: object }).repo, id: 2, fork: true };
  const event = given.event ?? "pull_request";
  const pull = pullRequest(state, given.fork ? fork : undefined);
  const outcome = await runAction({
    event,
    payload: event.startsWith("pull_request") ? { action: "synchronize", number: 7, pull_request: pull } : {},
    sha: "e".repeat(40),
    workspace,
    ...given,
    api: given.host === undefined ? github.url : github.url.replace("127.0.0.1", given.host),
  });
  const tell = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  return {
    ...outcome,
    writes: github.writes().map(tell),
    requests: github.calls.map(tell),
    sent: github.calls.map(({ body }) => JSON.stringify(body ?? null)).join("\n"),
  };
}
