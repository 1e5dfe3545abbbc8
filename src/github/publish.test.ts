import { expect, test } from "vitest";
import { finding, placeAt, reportOf } from "../report/testing.ts";
import type { PullRequestApi } from "./api.ts";
import type { PullRequest } from "./event.ts";
import { publish as publishAll, type Work } from "./publish.ts";
import type { PullState } from "./pull-state.ts";

const event: PullRequest = {
  kind: "pull_request",
  name: "pull_request",
  repository: { server: "https://example.com", owner: "octo", name: "jobs" },
  number: 7,
  head: "a".repeat(40),
  judge: { words: "the base branch", ref: "refs/heads/main" },
  changedFiles: 1,
  fork: false,
};

function work(given: Partial<Work> = {}): Work {
  return {
    report: reportOf([finding({ location: placeAt("jobs.json", 1) })]),
    key: "0a1b2c3d",
    comment: "always",
    review: true,
    fixed: "delete",
    summary: {
      address: () => "https://example.com",
      commit: { sha: event.head, address: "https://example.com" },
      notes: [],
    },
    event,
    readLines: () => ["a"],
    safeLine: () => "a",
    ...given,
  };
}

/** What could not be written. */
const publish = async (...given: Parameters<typeof publishAll>) => (await publishAll(...given)).sentences;

const empty: PullState = { head: event.head, login: "github-actions[bot]", comments: [], reviews: [], threads: [] };

/** An API in which nothing is written yet, and the list of what is asked of it. */
function api(given: Partial<PullRequestApi> = {}): { api: () => Promise<PullRequestApi>; asked: string[] } {
  const asked: string[] = [];
  const quiet: PullRequestApi = {
    state: async () => empty,
    files: async () => [{ path: "jobs.json", removed: false, patch: "@@ -0,0 +1 @@\n+a" }],
    createReview: async () => {},
    updateReview: async () => {},
    createComment: async () => {},
    updateComment: async () => {},
    deleteComment: async () => {},
    updateReviewComment: async () => {},
    deleteReviewComment: async () => {},
    resolveThread: async () => true,
    ...given,
  };
  const record = (name: string, ask: (...given: never[]) => unknown) => {
    return (...given: never[]) => {
      asked.push(name);
      return ask(...given);
    };
  };
  const recorded = Object.entries(quiet).map(([name, ask]) => [name, record(name, ask)]);
  return { api: async () => Object.fromEntries(recorded) as PullRequestApi, asked };
}

/** What octokit throws when GitHub answers with an error. */
function refused(status: number, message: string): Error {
  return Object.assign(new Error(message), { status, response: { headers: {} } });
}

function refusing(name: keyof PullRequestApi, error: unknown) {
  return api({ [name]: () => Promise.reject(error) });
}

test("a review with the summary is written after a second look, and looked at for what another run wrote", async () => {
  const { api: github, asked } = api();
  expect(await publish(github, work(), empty)).toEqual([]);
  expect(asked).toEqual(["files", "state", "createReview", "state"]);
});

test("findings with a comment are known, so that nothing else says them", async () => {
  const { report } = work();
  expect([...(await publishAll(api().api, work({ report }))).commented]).toEqual(report.findings);
  const { api: refusing422 } = refusing("createReview", refused(422, "Unprocessable Entity"));
  expect((await publishAll(refusing422, work({ report }))).commented.size).toBe(0);
  const { api: refusing403 } = refusing("createReview", refused(403, "Resource not accessible by integration"));
  expect((await publishAll(refusing403, work({ report }))).commented.size).toBe(0);
});

test("with nothing to say nothing more is asked than whether something is to end", async () => {
  const { api: github, asked } = api();
  expect(await publish(github, work({ report: reportOf([]) }))).toEqual([]);
  expect(asked).toEqual(["state"]);
  const seen = api();
  expect(await publish(seen.api, work({ report: reportOf([]) }), empty)).toEqual([]);
  expect(seen.asked).toEqual([]);
});

test("nothing is written when the head has moved", async () => {
  const { api: github, asked } = api({ state: async () => ({ ...empty, head: "c".repeat(40) }) });
  expect(await publish(github, work())).toEqual([
    "The pull request has newer commits, so nothing was commented here; the run for the newest commit comments.",
  ]);
  expect(asked).not.toContain("createReview");
  expect(asked).not.toContain("createComment");
});

test("a refused review leaves its words to the summary", async () => {
  let body = "";
  const { api: github } = api({
    createReview: () => Promise.reject(refused(422, "Unprocessable Entity")),
    createComment: async (text) => {
      body = text;
    },
  });
  expect(await publish(github, work())).toEqual([
    "GitHub refused the line comments (422); the summary has their contents.",
  ]);
  expect(body).toContain("#### How to fix\n");
});

test("no permission to write is reported with what to do", async () => {
  const { api: github, asked } = refusing("createReview", refused(403, "Resource not accessible by integration"));
  expect(await publish(github, work())).toEqual([
    "Nothing was commented: GitHub refused it (403: Resource not accessible by integration). The job needs permissions: " +
      "pull-requests: write. All findings are in the annotations and the job summary.",
  ]);
  expect(asked).not.toContain("createComment");
});

test("a fork and Dependabot are distinguished from a forgotten permission", async () => {
  const { api: github } = refusing("createReview", refused(403, "Resource not accessible by integration"));
  const [fork] = await publish(github, work({ event: { ...event, readOnly: "fork" } }));
  expect(fork).toMatch(/^Nothing was commented: the token of a pull request from a fork is read-only\./);
  const [dependabot] = await publish(github, work({ event: { ...event, readOnly: "dependabot" } }));
  expect(dependabot).toMatch(/^Nothing was commented: the token of a run started by Dependabot is read-only\./);
});

test("any other failure is a sentence too, with nothing in it that shows nothing", async () => {
  const unanswered = Object.assign(new Error("getaddrinfo\n::error::x\u202e"), { name: "HttpError", status: 500 });
  const { api: github } = refusing("files", unanswered);
  expect(await publish(github, work())).toEqual([
    "Comments could not be written: GitHub did not answer (getaddrinfo ::error::x�). Run the job again. All findings are in the annotations and the job summary.",
  ]);
  const unreachable = await publish(() => Promise.reject(new Error("no such server")), work());
  expect(unreachable[0]).toContain("Comments could not be written: no such server. All findings");
  const limited = refusing("state", refused(403, "You have exceeded a secondary rate limit"));
  expect((await publish(limited.api, work()))[0]).toMatch(
    /^Comments could not be written: GitHub's limit for requests is reached \(403: You have exceeded/,
  );
});

test("a list of files that is incomplete is reported", async () => {
  const { api: github } = api();
  expect(await publish(github, work({ event: { ...event, changedFiles: 3_500 } }))).toEqual([
    "GitHub lists 1 of the 3500 changed files, so line comments are incomplete: findings in the other files have none.",
  ]);
});

test("two runs at once leave one summary, the last one's words in the oldest comment", async () => {
  const marked = (id: number, text: string) => ({
    id,
    author: empty.login,
    body: `<!-- batch-secrets-check summary 0a1b2c3d -->\n${text}`,
    hidden: false,
  });
  let looks = 0;
  const deleted: number[] = [];
  const { api: github, asked } = api({
    state: async () => ({
      ...empty,
      comments: looks++ === 0 ? [] : [marked(1, "the other run's"), marked(2, "ours"), marked(3, "x")],
    }),
    deleteComment: async (id) => {
      deleted.push(id);
    },
  });
  expect(await publish(github, work({ review: false }))).toEqual([]);
  expect(deleted).toEqual([2, 3]);
  expect(asked.filter((one) => one === "updateComment")).toHaveLength(1);
});

test("a thread that can't be resolved although GitHub said so is named in the summary", async () => {
  const answered = {
    id: 9,
    thread: "t",
    author: empty.login,
    body: "<!-- batch-secrets-check finding 0a1b2c3d f f -->\nx",
    hidden: false,
    path: "jobs.json",
    line: "a",
    outdated: false,
    answered: true,
    resolved: false,
    resolvable: true,
  };
  const summary = {
    id: 3,
    author: empty.login,
    body: "<!-- batch-secrets-check summary 0a1b2c3d -->\nx",
    hidden: false,
  };
  const state = async () => ({ ...empty, threads: [answered], reviews: [summary] });
  for (const allowed of [true, false]) {
    let body = "";
    const updateReview = async (_: number, text: string) => {
      body = text;
    };
    const { api: github } = api({ state, updateReview, resolveThread: async () => allowed });
    expect(await publish(github, work({ report: reportOf([]) }))).toEqual([]);
    expect(body.includes("1 comment is fixed and waits for you to resolve: [`jobs.json`]")).toBe(!allowed);
  }
});
