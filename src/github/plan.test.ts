import fc from "fast-check";
import { expect, test } from "vitest";
import { finding, placeAt, reportOf, unverified } from "../report/testing.ts";
import type { Finding } from "../verdict/finding.ts";
import { readMarker, writeMarker } from "./marker.ts";
import { type Plan, plan } from "./plan.ts";
import type { Comment, PullState, Thread } from "./pull-state.ts";
import type { Situation } from "./situation.ts";

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
    state: { head: "a".repeat(40), login: me, comments: [], reviews: [], threads: [] },
    key,
    comment: "always",
    review: true,
    fixed: "delete",
    thread: (id) => `https://example.com/pull/7#discussion_r${id}`,
    summary: {
      address: ({ path, start }) => `https://example.com/${path}#L${start.line}`,
      commit: { sha: "a".repeat(40), address: "https://example.com/commit/a" },
      notes: [],
    },
    ...given,
  };
}

const at = (line: number, fingerprint = `f${line}`) =>
  finding({ fingerprint, fingerprintAnywhere: `any ${fingerprint}`, location: placeAt("jobs.json", line) });
const markerOf = (...fingerprints: readonly string[]) =>
  ({ kind: "finding", key, fingerprints, anywhere: fingerprints.map((one) => `any ${one}`) }) as const;

const said = (id: number, body: string, author: string | undefined = me): Comment => ({
  id,
  author,
  body,
  hidden: false,
});
const threadOf = (id: number, body: string, given: Partial<Thread> = {}): Thread => ({
  ...said(id, body),
  thread: `thread-${id}`,
  path: "jobs.json",
  line: "",
  outdated: false,
  answered: false,
  resolved: false,
  resolvable: false,
  ...given,
});
const withState = (before: Situation, state: Partial<PullState>): Situation => ({
  ...before,
  state: { ...before.state, ...state },
});
/** What people do with all threads. */
const withThreads = (before: Situation, given: Partial<Thread>): Situation =>
  withState(before, { threads: before.state.threads.map((one) => ({ ...one, ...given })) });

/** The situation after a plan was carried out on GitHub. */
function carryOut(before: Situation, done: Plan): Situation {
  const { review, createSummary, updateSummary, removeComments = [], editComments = [], resolve = [] } = done;
  const { comments, reviews, threads } = before.state;
  const fresh = (review?.comments ?? []).map(({ body, path, line }, index) =>
    threadOf(1_000 + threads.length + index, body, { path, line: lines[line - 1] ?? "" }),
  );
  const left = threads
    .filter(({ id }) => !removeComments.includes(id))
    .map((one) => ({ ...one, ...editComments.find(({ id }) => id === one.id) }))
    .map((one) => ({ ...one, resolved: one.resolved || resolve.includes(one.thread ?? "") }));
  const update = (of: readonly Comment[]) =>
    of.map((one) => (one.id === updateSummary?.of.id ? { ...one, body: updateSummary.body } : one));
  return withState(before, {
    threads: [...left, ...fresh],
    comments: [...update(comments), ...(createSummary ? [said(5, createSummary)] : [])],
    reviews: [...update(reviews), ...(review ? [said(6 + reviews.length, review.body)] : [])],
  });
}

/** The first summary, wherever it is written. */
const summaryOf = ({ review, createSummary }: Plan) => createSummary ?? review?.body ?? "";

test("findings on lines of the diff become comments of one review, all are in the summary", () => {
  const planned = plan(situation([at(3), at(80)]));
  const { review, createSummary, updateSummary } = planned;
  expect(review).toMatchObject({ commit: "a".repeat(40), comments: [{ path: "jobs.json", line: 3, side: "RIGHT" }] });
  expect(readMarker(review?.comments[0]?.body ?? "")).toEqual(markerOf("f3"));
  expect([createSummary, updateSummary]).toEqual([undefined, undefined]);
  expect(readMarker(review?.body ?? "")).toEqual({ kind: "summary", key });
  expect(review?.body).toContain("jobs.json:3");
  expect(review?.body).toContain("How to fix the finding without a line comment");
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
  const { review } = plan(situation([...warnings, ...errors]));
  expect(review?.comments.map(({ line }) => line)).toEqual([
    ...Array.from({ length: 20 }, (_, index) => index + 21),
    ...Array.from({ length: 10 }, (_, index) => index + 1),
  ]);
  expect(review?.body).toContain("How to fix the 10 findings without a line comment");
  const first = situation([...warnings, ...errors]);
  expect(plan(carryOut(first, plan(first)))).toEqual({});
});

test("a second time there is nothing left to write", () => {
  const first = situation([at(3), at(80)]);
  expect(plan(carryOut(first, plan(first)))).toEqual({});
});

test("line breaks and blanks that GitHub changes do not count as a difference", () => {
  const first = situation([at(3)]);
  const body = summaryOf(plan({ ...first, review: false }))
    .replaceAll("\n", "\r\n")
    .trimEnd();
  expect(plan({ ...withState(first, { comments: [said(5, body)] }), review: false })).toEqual({});
});

test("when all is fixed the summary turns green and the comments go", () => {
  const first = situation([at(3), at(4)]);
  const fixed = { ...carryOut(first, plan(first)), report: reportOf([]) };
  const after = plan(fixed);
  expect(Object.keys(after)).toEqual(["removeComments", "updateSummary"]);
  expect(after.removeComments).toHaveLength(2);
  expect(after.updateSummary?.of).toMatchObject({ id: 6, in: "review" });
  expect(after.updateSummary?.body).toContain("### ✅ Batch secrets check");
  expect(plan(carryOut(fixed, after))).toEqual({});
});

test("a comment that was answered stays and says that it is fixed, and one that comes back is written anew", () => {
  const first = situation([at(3)]);
  const answered = withThreads(carryOut(first, plan(first)), { answered: true });
  const fixed = { ...answered, report: reportOf([]) };
  const planned = plan(fixed);
  expect(Object.keys(planned)).toEqual(["editComments", "updateSummary"]);
  expect(planned.editComments?.[0]?.body).toMatch(
    /^<!-- batch-secrets-check fixed 0a1b2c3d -->\n✅ Fixed in aaaaaaa\.\n\n/,
  );
  expect(planned.updateSummary?.body).toContain(
    "> 1 comment is fixed and waits for you to resolve: [`jobs.json`](https://example.com/pull/7#discussion_r1000)",
  );
  const done = carryOut(fixed, planned);
  expect(plan(done)).toEqual({});
  expect(plan({ ...done, report: first.report }).review?.comments).toHaveLength(1);
  const resolved = plan(withThreads(done, { resolved: true }));
  expect(resolved.updateSummary?.body).not.toContain("waits for you");
});

test("a thread is resolved where the token may, and input fixed=keep keeps every comment", () => {
  const first = situation([at(3), at(4)], { fixed: "keep" });
  const standing = withThreads(carryOut(first, plan(first)), { resolvable: true });
  const fixed = { ...standing, report: reportOf([]) };
  const planned = plan(fixed);
  expect(Object.keys(planned)).toEqual(["editComments", "resolve", "updateSummary"]);
  expect(planned.resolve).toEqual(["thread-1000", "thread-1001"]);
  expect(planned.updateSummary?.body).not.toContain("for you to resolve");
  expect(plan(carryOut(fixed, planned))).toEqual({});
});

test("what a person has resolved or hidden is not said again, and neither is a hidden summary", () => {
  const first = situation([at(3)]);
  const after = carryOut(first, plan(first));
  for (const done of [{ resolved: true }, { hidden: true }, { resolved: true, outdated: true }]) {
    expect(plan(withThreads(after, done))).toEqual({});
  }
  const hidden = withState(after, { reviews: after.state.reviews.map((one) => ({ ...one, hidden: true })) });
  expect(Object.keys(plan({ ...hidden, report: reportOf([at(3), at(4)]) }))).toEqual(["review"]);
  expect(plan({ ...hidden, report: reportOf([at(3), at(4)]) }).review?.body).toBe("");
});

test("a comment follows what has moved, unless somebody answered it; an edited line keeps its own", () => {
  const first = situation([at(3)]);
  const outdated = withThreads(carryOut(first, plan(first)), { outdated: true });
  const edited = [...lines.slice(0, 2), "edited", ...lines.slice(3)];
  expect(plan({ ...outdated, readLines: () => edited })).toEqual({});
  const moved = [...lines.slice(0, 2), ...lines.slice(3, 20), "line 3", ...lines.slice(20)];
  const below: Situation = {
    ...outdated,
    report: reportOf([{ ...at(20), fingerprint: "f3" }]),
    files: [
      { path: "jobs.json", removed: false, patch: `@@ -0,0 +1,100 @@\n${moved.map((one) => `+${one}`).join("\n")}` },
    ],
    readLines: () => moved,
  };
  expect(plan(below)).toMatchObject({ review: { body: "", comments: [{ line: 20 }] }, removeComments: [1_000] });
  expect(plan(withThreads(below, { answered: true }))).not.toHaveProperty("review");
  const renamed: Situation = {
    ...outdated,
    report: reportOf([{ ...at(3), location: placeAt("renamed.json", 3) }]),
    files: [{ path: "renamed.json", removed: false, patch }],
  };
  expect(plan(renamed)).toMatchObject({ review: { comments: [{ path: "renamed.json" }] }, removeComments: [1_000] });
});

test("of what two runs wrote at once the older stays", () => {
  const first = situation([at(3), at(4)]);
  const { review } = plan(first);
  const twice = carryOut(carryOut(first, plan(first)), { ...(review ? { review } : {}) });
  const planned = plan(twice);
  expect(planned).toEqual({
    removeComments: [1_002, 1_003],
    surplus: [expect.objectContaining({ id: 7, in: "review" })],
  });
});

test("two checks of one pull request say a finding once, and each has its summary", () => {
  const first = carryOut(situation([at(3), at(4)]), plan(situation([at(3), at(4)])));
  const second = { ...first, key: "11111111" };
  expect(plan({ ...second, report: reportOf([at(3), at(5)]) }).review?.comments).toMatchObject([{ line: 5 }]);
  const both = plan(second);
  expect(both.review).toBeUndefined();
  expect(readMarker(both.createSummary ?? "")).toEqual({ kind: "summary", key: "11111111" });
  // Both wrote at the same time: the younger comment goes, and neither check takes the other's away.
  const [one] = first.state.threads;
  const twice = (one?.body ?? "").replace(key, "11111111");
  const crowded = withState(first, { threads: [...first.state.threads, threadOf(2_000, twice)] });
  expect(plan({ ...crowded, key: "11111111" }).removeComments).toEqual([2_000]);
  expect(plan(crowded).removeComments).toBeUndefined();
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
  expect(planned.review?.comments.map(({ body }) => readMarker(body))).toEqual([markerOf("a", "b"), markerOf("c")]);
  const after = carryOut(first, planned);
  expect(plan({ ...after, report: reportOf([at(3, "b"), at(4, "c")]) }).removeComments).toBeUndefined();
  const [shorter, ...none] = plan({ ...after, report: reportOf([at(3, "b"), at(4, "c")]) }).editComments ?? [];
  expect([readMarker(shorter?.body ?? ""), none]).toEqual([markerOf("b"), []]);
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

test("when a file is renamed its comment follows, and one that somebody answered is not called fixed", () => {
  const first = situation([at(3)]);
  const renamed = { ...at(3, "new"), fingerprintAnywhere: "any f3", location: placeAt("jobs/a.json", 3) };
  const push = (answered: boolean): Situation => ({
    ...withThreads(carryOut(first, plan(first)), { outdated: true, answered }),
    report: reportOf([renamed]),
    files: [{ path: "jobs/a.json", removed: false, patch }],
  });
  const moved = plan(push(false));
  expect(moved.review?.comments).toMatchObject([{ path: "jobs/a.json", line: 3 }]);
  expect([moved.removeComments?.length, moved.editComments]).toEqual([1, undefined]);
  const answered = plan(push(true));
  expect([answered.review, answered.removeComments]).toEqual([undefined, undefined]);
  const [edited] = answered.editComments ?? [];
  expect(readMarker(edited?.body ?? "")).toEqual({ ...markerOf("new"), anywhere: ["any f3"] });
  expect(edited?.body).not.toContain("Fixed");
});

test("a marker in a comment of somebody else counts for nothing", () => {
  const forged = writeMarker(markerOf("f3"));
  const summary = writeMarker({ kind: "summary", key });
  for (const author of ["octocat", undefined]) {
    const { review, updateSummary } = plan(
      withState(situation([at(3)]), {
        threads: [{ ...threadOf(1, forged), author }],
        comments: [said(2, summary, author)].map((one) => ({ ...one, author })),
      }),
    );
    expect(review?.comments).toHaveLength(1);
    expect(readMarker(review?.body ?? "")?.kind).toBe("summary");
    expect(updateSummary).toBeUndefined();
  }
});

test("a suppressed finding gets no comment", () => {
  const suppressed = { ...at(3), status: "suppressed" as const };
  expect(plan(situation([suppressed], { report: reportOf([suppressed], { verdict: "pass" }) }))).toEqual({});
});

test("input comment says when a summary is made", () => {
  const warning = { ...at(80), severity: "warning" as const };
  const keys = (given: Partial<Situation>) => Object.keys(plan(situation([warning], given)));
  expect(keys({ comment: "always" })).toEqual(["createSummary"]);
  expect(keys({ comment: "on-failure" })).toEqual([]);
  expect(keys({ comment: "on-failure", report: reportOf([at(80)]) })).toEqual(["createSummary"]);
  expect(keys({ comment: "never", report: reportOf([at(80)]) })).toEqual([]);
});

test("input review=false makes no review, and all remedies are in the summary", () => {
  const { review, createSummary } = plan(situation([at(3)], { review: false }));
  expect(review).toBeUndefined();
  expect(createSummary).toContain("#### How to fix\n");
});

test("what is not verified is reason for a summary only in a file of the pull request", () => {
  const report = (path: string) => reportOf([], { unverified: [unverified({ location: placeAt(path, 1) })] });
  expect(Object.keys(plan(situation([], { report: report("jobs.json") })))).toEqual(["createSummary"]);
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
      const { review } = planned;
      const bodies = [...(review?.comments.map(({ body }) => body) ?? []), summaryOf(planned)];
      for (const body of bodies.filter((one) => one !== "")) {
        expect(body.length).toBeLessThanOrEqual(60_000);
        expect(readMarker(body)?.key).toBe(key);
      }
      expect(review?.comments.length ?? 0).toBeLessThanOrEqual(30);
      expect(plan(carryOut(before, planned))).toEqual({});
    }),
    { numRuns: 30 },
  );
});
