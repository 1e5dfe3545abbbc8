import { expect, test } from "vitest";
import { makeRepository } from "./repository.ts";
import { type FakeOptions, startFakeGitHub, token } from "./server.ts";
import type { FakeState } from "./state.ts";

const patch = "@@ -1,2 +1,3 @@\n a\n+b\n c\n@@ -10 +11 @@\n-x\n+y";

function makeState(given: Partial<FakeState> = {}): FakeState {
  return {
    owner: "octo",
    name: "jobs",
    number: 7,
    head: "a".repeat(40),
    base: "b".repeat(40),
    files: [{ filename: "jobs.json", status: "modified", additions: 2, deletions: 1, patch }],
    contents: () => undefined,
    issueComments: [],
    reviewComments: [],
    reviews: [],
    ...given,
  };
}

async function ask(options: FakeOptions, method: string, path: string, body?: unknown) {
  await using github = await startFakeGitHub(options);
  const response = await fetch(`${github.url}${path}`, {
    method,
    headers: { authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, link: response.headers.get("link"), body: await response.json() };
}

const reviews = "/repos/octo/jobs/pulls/7/reviews";
const review = (comment: object) => ({
  commit_id: "a".repeat(40),
  event: "COMMENT",
  body: "x",
  comments: [
    { path: "jobs.json", body: "y", side: "RIGHT", line: 1 },
    { path: "jobs.json", body: "y", side: "RIGHT", ...comment },
  ],
});

test("a review with every comment in the diff is taken", async () => {
  const state = makeState();
  const several = { line: 3, start_line: 1, start_side: "RIGHT" };
  expect(await ask({ state }, "POST", reviews, review(several))).toMatchObject({ status: 200 });
  expect(state.reviewComments.map(({ line }) => line)).toEqual([1, 3]);
});

test("a deleted line takes a comment on the left side, by its old number", async () => {
  const state = makeState();
  expect(await ask({ state }, "POST", reviews, review({ line: 10, side: "LEFT" }))).toMatchObject({ status: 200 });
  expect(state.reviewComments[1]).toMatchObject({ line: 10, side: "LEFT", text: "x" });
});

test("a review with one comment outside of the diff is refused, all of it", async () => {
  for (const comment of [
    { line: 4 },
    { line: 11, start_line: 3, start_side: "RIGHT" },
    { line: 3, start_line: 3, start_side: "RIGHT" },
    { line: 3, side: "LEFT" },
    { line: 2, start_line: 1, start_side: "RIGHT", side: "LEFT" },
    { line: 1, path: "other.json" },
  ]) {
    const state = makeState();
    expect(await ask({ state }, "POST", reviews, review(comment))).toMatchObject({ status: 422 });
    expect(state.reviewComments).toEqual([]);
  }
});

test("a request that GitHub's description does not allow fails the test that sent it", async () => {
  const wrong = { event: "COMMENT", comments: [{ path: "jobs.json", line: "1" }] };
  await expect(ask({ state: makeState() }, "POST", reviews, wrong)).rejects.toThrow(
    /must have required property 'body'/,
  );
  await expect(ask({ state: makeState() }, "GET", "/repos/octo/jobs/branches")).rejects.toThrow(/nothing is known/);
});

test("lists come in pages of at most a hundred", async () => {
  const issueComments = Array.from({ length: 250 }, (_, id) => ({ id, login: "mona", body: `${id}` }));
  const state = makeState({ issueComments });
  const comments = "/repos/octo/jobs/issues/7/comments";
  const first = await ask({ state }, "GET", `${comments}?per_page=3000`);
  expect(first.body).toHaveLength(100);
  expect(first.link).toContain('per_page=3000&page=2>; rel="next"');
  const last = await ask({ state }, "GET", `${comments}?per_page=100&page=3`);
  expect(last.body).toHaveLength(50);
  expect(last.link).not.toContain('rel="next"');
});

test("a token that may only read can only read", async () => {
  const comments = "/repos/octo/jobs/issues/7/comments";
  expect(await ask({ state: makeState(), write: 403 }, "POST", comments, { body: "x" })).toMatchObject({ status: 403 });
  expect(await ask({ state: makeState(), write: 404 }, "POST", comments, { body: "x" })).toMatchObject({ status: 404 });
  expect(await ask({ state: makeState(), write: 403 }, "GET", comments)).toMatchObject({ status: 200 });
});

test("the pull request, its comments and files are what GitHub describes", async () => {
  const state = makeState({
    reviewComments: [{ id: 1, review: 2, login: "mona", body: "x", path: "jobs.json", text: "b", line: null }],
  });
  for (const path of ["", "/files", "/comments"]) {
    expect(await ask({ state }, "GET", `/repos/octo/jobs/pulls/7${path}`)).toMatchObject({ status: 200 });
  }
});

test("git's changes are listed as GitHub lists them", () => {
  using repository = makeRepository();
  const old = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join("");
  const base = repository.commit({ "kept.txt": "a\n", "old name.txt": old, "gone.txt": "x\n", "b.bin": "\0\n" });
  const head = repository.commit({ "kept.txt": "a\nb", "new\nname.txt": `${old}more\n`, "b.bin": "\0\0\n" });
  expect(repository.between(base, head).files).toEqual([
    { filename: "b.bin", status: "modified", additions: 0, deletions: 0 },
    { filename: "gone.txt", status: "removed", additions: 0, deletions: 1, patch: "@@ -1 +0,0 @@\n-x" },
    {
      filename: "kept.txt",
      status: "modified",
      additions: 1,
      deletions: 0,
      patch: "@@ -1 +1,2 @@\n a\n+b\n\\ No newline at end of file",
    },
    {
      filename: "new\nname.txt",
      previous_filename: "old name.txt",
      status: "renamed",
      additions: 1,
      deletions: 0,
      patch: "@@ -18,3 +18,4 @@ line 16\n line 17\n line 18\n line 19\n+more",
    },
  ]);
  expect(repository.between(base, head).contents(base, "kept.txt")).toBe("a\n");
  expect(repository.between(base, head).contents(base, "other.txt")).toBeUndefined();
});
