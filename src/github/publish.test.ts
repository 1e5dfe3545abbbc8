import { expect, test } from "vitest";
import { finding, placeAt, reportOf } from "../report/testing.ts";
import type { PullRequestApi } from "./api.ts";
import type { PullRequest } from "./event.ts";
import { publish, type Work } from "./publish.ts";

const event: PullRequest = {
  kind: "pull_request",
  name: "pull_request",
  repository: { server: "https://example.com", owner: "octo", name: "jobs" },
  number: 7,
  head: "a".repeat(40),
  judge: { words: "the base branch", ref: "refs/heads/main" },
  changedFiles: 1,
};

function work(given: Partial<Work> = {}): Work {
  return {
    report: reportOf([finding({ location: placeAt("jobs.json", 1) })]),
    key: "0a1b2c3d",
    comment: "always",
    review: true,
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

/** An API in which nothing is written yet, and the list of what is asked of it. */
function api(given: Partial<PullRequestApi> = {}): { api: () => Promise<PullRequestApi>; asked: string[] } {
  const asked: string[] = [];
  const quiet: PullRequestApi = {
    head: async () => event.head,
    files: async () => [{ path: "jobs.json", removed: false, patch: "@@ -0,0 +1 @@\n+a" }],
    issueComments: async () => [],
    reviewComments: async () => [],
    identity: async () => "github-actions[bot]",
    createReview: async () => {},
    createComment: async (body) => ({ id: 1, author: "github-actions[bot]", body }),
    updateComment: async () => {},
    deleteComment: async () => {},
    updateReviewComment: async () => {},
    deleteReviewComment: async () => {},
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

test("a review and a summary are written after one look at the head", async () => {
  const { api: github, asked } = api();
  expect(await publish(github, work())).toEqual([]);
  expect(asked).toEqual([
    "issueComments",
    "reviewComments",
    "files",
    "head",
    "createReview",
    "createComment",
    "issueComments",
  ]);
});

test("with nothing to say two requests are enough, to see that nothing is to end", async () => {
  const { api: github, asked } = api();
  expect(await publish(github, work({ report: reportOf([]) }))).toEqual([]);
  expect(asked).toEqual(["issueComments", "reviewComments"]);
});

test("nothing is written when the head has moved", async () => {
  const { api: github, asked } = api({ head: async () => "c".repeat(40) });
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
      return { id: 1, author: "github-actions[bot]", body };
    },
  });
  expect(await publish(github, work())).toEqual([
    "GitHub refused the line comments (422); the summary has their contents.",
  ]);
  expect(body).toContain("### How to fix\n");
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
  const limited = refusing("issueComments", refused(403, "You have exceeded a secondary rate limit"));
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
  const login = "github-actions[bot]";
  const marked = (id: number, text: string) => ({
    id,
    author: login,
    body: `<!-- batch-secrets-check summary 0a1b2c3d -->\n${text}`,
  });
  let looks = 0;
  const deleted: number[] = [];
  const { api: github, asked } = api({
    issueComments: async () => (looks++ === 0 ? [] : [marked(1, "the other run's"), marked(2, "ours"), marked(3, "x")]),
    createComment: async (body) => ({ id: 2, author: login, body }),
    deleteComment: async (id) => {
      deleted.push(id);
    },
  });
  expect(await publish(github, work({ review: false }))).toEqual([]);
  expect(deleted).toEqual([2, 3]);
  expect(asked.filter((one) => one === "updateComment")).toHaveLength(1);
});
