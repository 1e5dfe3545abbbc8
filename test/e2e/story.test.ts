/**
 * The life of a pull request, push by push: what is written at each, which is the least possible, and what people are
 * left with. A review notifies once, a new comment once; an edit or a deletion notifies nobody.
 */
import { expect, test } from "vitest";
import type { Files } from "../fake-github/repository.ts";
import { openPullRequest } from "./pull-request.ts";

const secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret";

function job(name: string, ...references: readonly string[]): string {
  const secrets = references.map((valueFrom, index) => ({ name: `SECRET_${index}`, valueFrom }));
  const role = "arn:aws:iam::111122223333:role/BatchExecutionRole";
  const containerProperties = { image: "example/nightly", executionRoleArn: role, secrets };
  return `${JSON.stringify({ jobDefinitionName: name, type: "container", containerProperties }, null, 2)}\n`;
}

const wrong = (name: string) => `${secret}:${name}-a1b2c3:password`;
const right = (name: string) => `${wrong(name)}::`;

/** Only the kinds of writes, and on what: the numbers of comments say nothing. */
const plain = (writes: readonly string[]) =>
  writes.map((write) => write.replace("/repos/octo/jobs/", "").replace(/\d+/g, "N"));
const review = "POST pulls/N/reviews";
const summary = "PATCH issues/comments/N";
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

  // Opened with three findings: one review, one summary.
  expect(await after(undefined)).toEqual([review, "POST issues/N/comments"]);
  expect(threads()).toHaveLength(3);
  // Run again, on the same commit.
  expect(await after(undefined)).toEqual([]);
  // Pushed again, with nothing of it changed but the commit that the summary names.
  expect(
    await after({ "a.json": job("a", wrong("db"), wrong("api")), "b.json": job("b", wrong("db")), "c.txt": "x" }),
  ).toEqual([summary]);
  // A line is edited and still wrong: nobody is told again.
  const edited = job("b", wrong("db")).replace("SECRET_0", "DB_PASSWORD");
  expect(await after({ "a.json": job("a", wrong("db"), wrong("api")), "b.json": edited })).toEqual(
    expect.not.arrayContaining(["POST issues/N/comments"]),
  );
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
  expect(pull.state.issueComments).toHaveLength(1);
  expect(pull.state.issueComments[0]?.body).toContain("## ✅ Batch secrets check");
  // It comes back.
  expect(await after({ "a.json": job("a", right("db"), right("api")), "b.json": job("b", wrong("db")) })).toEqual([
    review,
    summary,
  ]);
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
