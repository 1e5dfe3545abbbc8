/**
 * The life of a pull request, push by push: what is written at each, which is the least possible, and what people are
 * left with. A review notifies once, a new comment once; an edit or a deletion notifies nobody.
 */
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import type { Files } from "../fake-github/repository.ts";
import { jobFile } from "./job.ts";
import { openPullRequest } from "./pull-request.ts";

const secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret";

function job(name: string, ...references: readonly string[]): string {
  return jobFile(Object.fromEntries(references.map((valueFrom, index) => [`SECRET_${index}`, valueFrom])), name);
}

const wrong = (name: string) => `${secret}:${name}-a1b2c3:password`;
const right = (name: string) => `${wrong(name)}::`;

/** Only the kinds of writes, and on what: the numbers of comments say nothing. */
const plain = (writes: readonly string[]) =>
  writes.map((write) => write.replace("/repos/octo/jobs/", "").replace(/\d+/g, "N"));
const review = "POST pulls/N/reviews";
const summary = "PUT pulls/N/reviews/N";
const end = "DELETE pulls/comments/N";

test("from the first push to the last fix", async () => {
  const rest = { "README.md": "# Jobs\n" };
  using pull = openPullRequest(rest, {
    ...rest,
    "a.json": job("a", wrong("db"), wrong("api")),
    "b.json": job("b", wrong("db")),
  });
  const after = async (files: Files | undefined, given = {}) => {
    if (files) pull.push({ ...rest, ...files });
    return plain((await pull.run(given)).writes);
  };
  const threads = () => pull.state.reviewComments.map(({ path, line }) => [path, line !== null]);

  // Opened with three findings: one review, whose words are the summary.
  expect(await after(undefined)).toEqual([review]);
  expect(threads()).toHaveLength(3);
  // Run again, on the same commit.
  expect(await after(undefined)).toEqual([]);
  // Pushed again, with nothing of it changed.
  expect(
    await after({ "a.json": job("a", wrong("db"), wrong("api")), "b.json": job("b", wrong("db")), "c.txt": "x" }),
  ).toEqual([]);
  // A line is edited and still wrong: nobody is told again.
  const edited = job("b", wrong("db").replace(":password", ":pass"));
  expect(await after({ "a.json": job("a", wrong("db"), wrong("api")), "b.json": edited })).toEqual([]);
  // Somebody asks about the first finding; then it is fixed, and another one too.
  const [first] = pull.state.reviewComments;
  if (first === undefined) throw new Error("no comment");
  pull.state.reviewComments.push({ ...first, id: 5_000, login: "mona", body: "why?", in_reply_to_id: first.id });
  const fixed = await after({ "a.json": job("a", right("db"), right("api")), "b.json": edited });
  expect(fixed).toEqual([end, "PATCH pulls/comments/N", summary]);
  expect(pull.state.reviewComments.find(({ id }) => id === first.id)?.body).toMatch(/\n✅ Fixed in [0-9a-f]{7}\.\n/);
  // The last one is fixed: what nobody answered is gone, the question and its answer stay.
  expect(await after({ "a.json": job("a", right("db"), right("api")), "b.json": job("b", right("db")) })).toEqual([
    end,
    summary,
  ]);
  expect(pull.state.reviewComments.map(({ login }) => login)).toEqual(["github-actions[bot]", "mona"]);
  expect(pull.state.issueComments).toEqual([]);
  expect(pull.summary()).toContain("### ✅ Batch secrets check");
  expect(pull.summary()).toContain("> 1 comment is fixed and waits for you to resolve: [`a.json`](");
  // It comes back.
  expect(await after({ "a.json": job("a", right("db"), right("api")), "b.json": job("b", wrong("db")) })).toEqual([
    review,
    summary,
  ]);
});

test("what moves takes its comment along, and what people did with it is respected", async () => {
  const rest = { "README.md": "# Jobs\n" };
  const both = (...jobs: readonly string[]) => `[\n${jobs.join(",\n")}]\n`;
  const [a, b] = [job("a", wrong("db")), job("b", wrong("api"))];
  using pull = openPullRequest(rest, { ...rest, "jobs.json": both(a, b) });
  const after = async (files: Files, given = {}) => {
    pull.push({ ...rest, ...files });
    return plain((await pull.run(given)).writes);
  };
  await pull.run();
  const texts = () => pull.state.reviewComments.map(({ body }) => /`([^`]*-a1b2c3)/.exec(body)?.[1] ?? body);
  // Lines above: GitHub moves the comments, nobody has to.
  expect(await after({ "jobs.json": both(job("new", right("db")), a, b) })).toEqual([summary]);
  // One job goes below the other: its comment has lost its line, and gets it back.
  expect(await after({ "jobs.json": both(b, a) })).toEqual([review, end, summary]);
  expect(new Set(texts()).size).toBe(2);
  expect(pull.state.reviewComments.map(({ line }) => line !== null)).toEqual([true, true]);
  // Somebody resolves one and hides the other; then both lines are edited.
  const [first, second] = pull.state.reviewComments;
  if (first === undefined || second === undefined) throw new Error("no comments");
  first.resolved = true;
  second.hidden = true;
  const edit = (text: string) => text.replace(":password", ":pass");
  expect(await after({ "jobs.json": both(edit(b), edit(a)) })).toEqual([]);
  expect(pull.state.reviewComments).toHaveLength(2);
});

test("a hidden summary is not written again, and two runs at once leave one set of comments", async () => {
  using pull = openPullRequest({ "README.md": "# Jobs\n" }, { "a.json": job("a", wrong("db")) });
  await pull.run();
  // Both have seen that nothing is there, and the other one was faster.
  const { state } = pull;
  const [reviews, comments] = [state.reviews.splice(0), state.reviewComments.splice(0)];
  const before = ({ path }: { path: string }) => {
    if (!path.endsWith("/reviews")) return;
    state.reviews.push(...reviews);
    state.reviewComments.push(...comments);
  };
  expect(plain((await pull.run({ before })).writes)).toEqual([review, end, summary]);
  expect(plain((await pull.run()).writes)).toEqual([]);
  expect(pull.state.reviewComments).toHaveLength(1);
  expect(pull.state.reviews.filter(({ body }) => body.includes(" summary "))).toHaveLength(1);
  for (const one of pull.state.reviews) one.hidden = true;
  pull.push({ "a.json": job("a", right("db")) });
  expect(plain((await pull.run()).writes)).toEqual([end]);
});

test("what is there costs two reads, and one where nothing is found", async () => {
  using pull = openPullRequest({ "README.md": "# Jobs\n" }, { "a.json": job("a", wrong("db")) });
  expect((await pull.run()).requests.length).toBeLessThanOrEqual(5);
  expect((await pull.run()).requests).toEqual(["POST /graphql", "GET /repos/octo/jobs/pulls/7/files"]);
  pull.push({ "a.json": "{}\n" });
  await pull.run();
  expect((await pull.run()).requests).toEqual(["POST /graphql"]);
});

test("without GraphQL the same is written, by REST", async () => {
  for (const given of [{ graphql: 404 as const }, { graphql: 403 as const }, { graphql: "old" as const }]) {
    using pull = openPullRequest({ "README.md": "# Jobs\n" }, { "a.json": job("a", wrong("db")) });
    expect(plain((await pull.run(given)).writes)).toEqual([review]);
    expect(plain((await pull.run(given)).writes)).toEqual([]);
    pull.push({ "a.json": job("a", right("db")) });
    expect(plain((await pull.run(given)).writes)).toEqual([end, summary]);
  }
});

test("input fixed=keep: comments stay, say that they are fixed, and are resolved where the token may", async () => {
  for (const resolve of [true, false]) {
    using pull = openPullRequest({ "README.md": "# Jobs\n" }, { "a.json": job("a", wrong("db")) });
    await pull.run({ inputs: { fixed: "keep" } });
    pull.push({ "a.json": job("a", right("db")) });
    const { writes } = await pull.run({ inputs: { fixed: "keep" }, resolve });
    expect(plain(writes)).toEqual(["PATCH pulls/comments/N", ...(resolve ? ["POST /graphql"] : []), summary]);
    expect(pull.state.reviewComments[0]?.resolved ?? false).toBe(resolve);
    expect(pull.summary().includes("waits for you to resolve")).toBe(!resolve);
    expect((await pull.run({ inputs: { fixed: "keep" }, resolve })).writes).toEqual([]);
  }
});

test("one patch in the job summary makes every edit that a program can make", async () => {
  const files = { "a.json": job("a", wrong("db"), wrong("api")), "b/b.json": job("b", wrong("db")) };
  using pull = openPullRequest({ "README.md": "# Jobs\n" }, files);
  const { summary: page, outputs } = await pull.run();
  expect(outputs.violations).toBe("3");
  const [, patch = ""] = /<b>One patch for 3 findings<\/b>[\s\S]*?\n```diff\n([\s\S]*?\n)```\n/.exec(page) ?? [];
  execFileSync("git", ["apply", "-"], { cwd: pull.folder, input: patch });
  expect((await pull.run()).outputs.violations).toBe("0");
});

test("a fix that fits on the line can be committed from the comment", async () => {
  using pull = openPullRequest({ "README.md": "# Jobs\n" }, { "a.json": job("a", wrong("db")) });
  await pull.run();
  const body = pull.state.reviewComments[0]?.body ?? "";
  const [, suggested] = /\n```suggestion\n([\s\S]*?)\n```\n/.exec(body) ?? [];
  const lines = job("a", wrong("db")).split("\n");
  const line = pull.state.reviewComments[0]?.line ?? 0;
  lines.splice(line - 1, 1, suggested ?? "");
  expect(lines.join("\n")).toBe(job("a", right("db")));
});
