import fc from "fast-check";
import { expect, test } from "vitest";
import { finding, placeAt, reportOf, unverified } from "../report/testing.ts";
import type { Finding } from "../verdict/finding.ts";
import type { IssueComment, ReviewComment } from "./api.ts";
import { readMarker, writeMarker } from "./marker.ts";
import { type Plan, plan, type Situation } from "./plan.ts";

const key = "0a1b2c3d";
const me = "github-actions[bot]";
const lines = Array.from({ length: 100 }, (_, index) => `line ${index + 1}`);
/** Lines 1 to 50 of the file were added by the pull request. */
const patch = `@@ -0,0 +1,50 @@\n${lines
  .slice(0, 50)
  .map((line) => `+${line}`)
  .join("\n")}`;

function situation(findings: readonly Finding[], given: Partial<Situation> = {}): Situation {
  return {
    report: reportOf(findings),
    head: "a".repeat(40),
    files: [{ path: "jobs.json", removed: false, patch }],
    readLines: () => lines,
    safeLine: (_, line) => lines[line - 1],
    issueComments: [],
    reviewComments: [],
    login: me,
    key,
    comment: "always",
    review: true,
    summary: {
      address: ({ path, start }) => `https://example.com/${path}#L${start.line}`,
      commit: { sha: "a".repeat(40), address: "https://example.com/commit/a" },
      notes: [],
    },
    ...given,
  };
}

const at = (line: number, fingerprint = `f${line}`) => finding({ fingerprint, location: placeAt("jobs.json", line) });

/** The situation after a plan was carried out on GitHub. */
function carryOut(before: Situation, done: Plan): Situation {
  const { review, createSticky, updateSticky, removeComments = [], editComments = [] } = done;
  const reviewComments: ReviewComment[] = (review?.comments ?? []).map(({ body }, index) => ({
    id: 1_000 + before.reviewComments.length + index,
    author: me,
    body,
    answered: false,
  }));
  const left = before.reviewComments
    .filter(({ id }) => !removeComments.includes(id))
    .map((comment) => ({ ...comment, ...editComments.find(({ id }) => id === comment.id) }));
  const issueComments: IssueComment[] = before.issueComments.map((comment) =>
    comment.id === updateSticky?.id ? { ...comment, body: updateSticky.body } : comment,
  );
  return {
    ...before,
    reviewComments: [...left, ...reviewComments],
    issueComments: createSticky ? [...issueComments, { id: 5, author: me, body: createSticky.body }] : issueComments,
  };
}

test("findings on lines of the diff become comments of one review, all are in the summary", () => {
  const { review, createSticky, updateSticky } = plan(situation([at(3), at(80)]));
  expect(review).toMatchObject({ commit: "a".repeat(40), comments: [{ path: "jobs.json", line: 3, side: "RIGHT" }] });
  expect(readMarker(review?.comments[0]?.body ?? "")).toEqual({ kind: "finding", key, fingerprints: ["f3"] });
  expect(readMarker(createSticky?.body ?? "")).toEqual({ kind: "summary", key });
  expect(createSticky?.body).toContain("jobs.json:3");
  expect(createSticky?.body).toContain("How to fix the finding without a line comment");
  expect(updateSticky).toBeUndefined();
});

test("nothing found and nothing said before: nothing to write", () => {
  expect(plan(situation([]))).toEqual({});
});

test("a file that is removed, has no patch or is not in the pull request gets no comment", () => {
  for (const files of [
    [{ path: "jobs.json", removed: true, patch }],
    [{ path: "jobs.json", removed: false }],
    [{ path: "other.json", removed: false, patch }],
    [],
  ]) {
    expect(plan(situation([at(3)], { files })).review).toBeUndefined();
  }
});

test("thirty comments make a review, worst first; the others are in the summary", () => {
  const warnings = Array.from({ length: 20 }, (_, index) => ({ ...at(index + 1), severity: "warning" as const }));
  const errors = Array.from({ length: 20 }, (_, index) => at(index + 21));
  const { review, createSticky } = plan(situation([...warnings, ...errors]));
  expect(review?.comments.map(({ line }) => line)).toEqual([
    ...Array.from({ length: 20 }, (_, index) => index + 21),
    ...Array.from({ length: 10 }, (_, index) => index + 1),
  ]);
  expect(createSticky?.body).toContain("How to fix the 10 findings without a line comment");
  const first = situation([...warnings, ...errors]);
  expect(plan(carryOut(first, plan(first)))).toEqual({});
});

test("a second time there is nothing left to write", () => {
  const first = situation([at(3), at(80)]);
  expect(plan(carryOut(first, plan(first)))).toEqual({});
});

test("line breaks and blanks that GitHub changes do not count as a difference", () => {
  const first = situation([at(3)]);
  const { createSticky } = plan(first);
  const body = `${createSticky?.body.replaceAll("\n", "\r\n").trimEnd()}`;
  expect(plan({ ...first, review: false, issueComments: [{ id: 5, author: me, body }] }).createSticky).toBeUndefined();
});

test("when all is fixed the summary turns green and the comments go", () => {
  const first = situation([at(3), at(4)]);
  const fixed = { ...carryOut(first, plan(first)), report: reportOf([]) };
  const after = plan(fixed);
  expect(Object.keys(after)).toEqual(["removeComments", "updateSticky"]);
  expect(after.removeComments).toHaveLength(2);
  expect(after.updateSticky?.id).toBe(5);
  expect(after.updateSticky?.body).toContain("## ✅ Batch secrets check");
  expect(plan(carryOut(fixed, after))).toEqual({});
});

test("a comment that was answered stays and says that it is fixed, and one that comes back is written anew", () => {
  const first = situation([at(3)]);
  const after = carryOut(first, plan(first));
  const answered = { ...after, reviewComments: after.reviewComments.map((one) => ({ ...one, answered: true })) };
  const { editComments, removeComments } = plan({ ...answered, report: reportOf([]) });
  expect(removeComments).toBeUndefined();
  expect(editComments?.[0]?.body).toMatch(/^<!-- batch-secrets-check fixed 0a1b2c3d -->\n✅ Fixed in aaaaaaa\.\n\n/);
  const done = carryOut({ ...answered, report: reportOf([]) }, { editComments: editComments ?? [] });
  expect(plan({ ...done, report: reportOf([]) }).editComments).toBeUndefined();
  expect(plan({ ...done, report: first.report }).review?.comments).toHaveLength(1);
});

test("nothing ends while a file can't be read: what is not seen may still be there", () => {
  const first = situation([at(3)]);
  const report = reportOf([], { problems: [{ path: "jobs.json", message: "broken" }] });
  const { removeComments, editComments } = plan({ ...carryOut(first, plan(first)), report });
  expect([removeComments, editComments]).toEqual([undefined, undefined]);
});

test("what still stands is left alone, also when its line left the diff", () => {
  const first = situation([at(3)]);
  const after = carryOut(first, plan(first));
  expect(plan({ ...after, files: [] })).toEqual({});
  expect(plan({ ...after, report: reportOf([{ ...at(7), fingerprint: "f3" }]) }).review).toBeUndefined();
});

test("findings of one line share a comment, which ends when the last of them is gone", () => {
  const first = situation([at(3, "a"), at(3, "b"), at(4, "c")]);
  const planned = plan(first);
  expect(planned.review?.comments.map(({ body }) => readMarker(body))).toEqual([
    { kind: "finding", key, fingerprints: ["a", "b"] },
    { kind: "finding", key, fingerprints: ["c"] },
  ]);
  const after = carryOut(first, planned);
  expect(plan({ ...after, report: reportOf([at(3, "b"), at(4, "c")]) }).removeComments).toBeUndefined();
  expect(plan({ ...after, report: reportOf([at(4, "c")]) }).removeComments).toHaveLength(1);
});

test("a fix on the line of the comment is a suggested change, but for a line that holds a secret", () => {
  const edit = { path: "jobs.json", start: { line: 3, column: 1 }, end: { line: 3, column: 5 } };
  const fixed = {
    ...at(3),
    remedy: { text: "Write it.", edits: [{ location: edit, text: "LINE" }], add: null, language: "json" as const },
  };
  const body = (given: Partial<Situation>) => plan(situation([fixed], given)).review?.comments[0]?.body ?? "";
  expect(body({})).toContain("\n```suggestion\nLINE 3\n```\n");
  for (const safeLine of [() => "line ***", () => undefined])
    expect(body({ safeLine })).toContain("\n```json\nLINE\n```\n");
  const elsewhere = { ...fixed, location: placeAt("jobs.json", 4) };
  expect(plan(situation([elsewhere])).review?.comments[0]?.body).not.toContain("suggestion");
  const moved = ["new", ...lines];
  const below = {
    ...fixed,
    location: placeAt("jobs.json", 4),
    remedy: {
      ...fixed.remedy,
      edits: [{ text: "LINE", location: { ...edit, start: { line: 4, column: 1 }, end: { line: 4, column: 5 } } }],
    },
  };
  const merged = plan(situation([below], { readLines: () => moved, safeLine: (_, line) => moved[line - 1] }));
  expect(merged.review?.comments[0]).toMatchObject({ line: 3 });
  expect(merged.review?.comments[0]?.body).toContain("\n```suggestion\nLINE 3\n```\n");
});

test("a marker in a comment of somebody else counts for nothing", () => {
  const forged = writeMarker({ kind: "finding", key, fingerprints: ["f3"] });
  const sticky = writeMarker({ kind: "summary", key });
  for (const author of ["octocat", undefined]) {
    const { review, createSticky, updateSticky } = plan(
      situation([at(3)], {
        reviewComments: [{ id: 1, author, body: forged, answered: false }],
        issueComments: [{ id: 2, author, body: sticky }],
      }),
    );
    expect(review?.comments).toHaveLength(1);
    expect(createSticky).toBeDefined();
    expect(updateSticky).toBeUndefined();
  }
});

test("comments of a step that checks something else are left alone", () => {
  const other = carryOut(situation([at(3)], { key: "ffffffff" }), plan(situation([at(3)], { key: "ffffffff" })));
  const { review, createSticky } = plan({ ...other, key });
  expect(review?.comments).toHaveLength(1);
  expect(createSticky).toBeDefined();
});

test("a suppressed finding gets no comment", () => {
  const suppressed = { ...at(3), status: "suppressed" as const };
  expect(plan(situation([suppressed], { report: reportOf([suppressed], { verdict: "pass" }) }))).toEqual({});
});

test("input comment says when a summary is made", () => {
  const warning = { ...at(80), severity: "warning" as const };
  const keys = (given: Partial<Situation>) => Object.keys(plan(situation([warning], given)));
  expect(keys({ comment: "always" })).toEqual(["createSticky"]);
  expect(keys({ comment: "on-failure" })).toEqual([]);
  expect(keys({ comment: "on-failure", report: reportOf([at(80)]) })).toEqual(["createSticky"]);
  expect(keys({ comment: "never", report: reportOf([at(80)]) })).toEqual([]);
});

test("input review=false makes no review, and all remedies are in the summary", () => {
  const { review, createSticky } = plan(situation([at(3)], { review: false }));
  expect(review).toBeUndefined();
  expect(createSticky?.body).toContain("### How to fix\n");
});

test("what is not verified is reason for a summary only in a file of the pull request", () => {
  const report = (path: string) => reportOf([], { unverified: [unverified({ location: placeAt(path, 1) })] });
  expect(Object.keys(plan(situation([], { report: report("jobs.json") })))).toEqual(["createSticky"]);
  expect(Object.keys(plan(situation([], { report: report("old.json") })))).toEqual([]);
});

test("whatever is found, bodies keep to the limit, markers are read back, and a second time writes nothing", () => {
  const findings = fc.array(
    fc.record({
      line: fc.integer({ min: 1, max: 100 }),
      message: fc.string({ unit: "binary", maxLength: 300 }),
      severity: fc.constantFrom("error" as const, "warning" as const, "info" as const),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(findings, (drawn) => {
      const found = drawn.map(({ line, ...rest }, index) => ({ ...at(line, `f${index}`), ...rest }));
      const before = situation(found);
      const planned = plan(before);
      const { review, createSticky } = planned;
      for (const { body } of [...(review?.comments ?? []), ...(createSticky ? [createSticky] : [])]) {
        expect(body.length).toBeLessThanOrEqual(60_000);
        expect(readMarker(body)?.key).toBe(key);
      }
      expect(review?.comments.length ?? 0).toBeLessThanOrEqual(30);
      expect(plan(carryOut(before, planned))).toEqual({});
    }),
    { numRuns: 30 },
  );
});
