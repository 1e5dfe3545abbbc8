import { expect, test } from "vitest";
import { annotations, placed } from "./annotations.ts";
import { finding, placeAt, reportOf, unverified } from "./testing.ts";

const many = (count: number, given = {}) =>
  Array.from({ length: count }, (_, index) => finding({ ...given, location: placeAt("a.json", index + 1) }));

test("a finding is shown at its place with its remedy", () => {
  expect(annotations(reportOf([finding()]))).toEqual([
    {
      level: "error",
      title: "secret-selector-format",
      message: "arn:aws:x:password has 3 resource parts.\nWrite arn:aws:x:password:: instead.",
      file: "jobs/nightly.json",
      startLine: 7,
      endLine: 7,
      startColumn: 9,
      endColumn: 40,
    },
  ]);
});

test("a place of several lines has no columns", () => {
  const [shown] = annotations(reportOf([finding({ location: placeAt("a.json", 3, 5) })]));
  expect(shown).not.toHaveProperty("startColumn");
  expect(shown).toMatchObject({ startLine: 3, endLine: 5 });
});

test("a likely error is a warning, an info a notice, a suppressed finding nothing", () => {
  const shown = annotations(
    reportOf([finding({ severity: "info" }), finding({ confidence: "likely" }), finding({ status: "suppressed" })]),
  );
  expect(shown.map(({ level, message }) => [level, message.split("\n")[0]])).toEqual([
    ["warning", "Likely: arn:aws:x:password has 3 resource parts."],
    ["notice", "arn:aws:x:password has 3 resource parts."],
  ]);
});

test("a file that was not checked comes before all findings", () => {
  const problems = [{ path: "b.json", message: "Expected a comma.", line: 4 }];
  expect(annotations(reportOf([finding()], { problems }))[0]).toEqual({
    level: "error",
    title: "This file could not be checked",
    message: "Expected a comma.",
    file: "b.json",
    startLine: 4,
  });
});

test("nine errors fit beside the one of the failure; of more, eight are shown and the others counted", () => {
  expect(annotations(reportOf(many(9)))).toHaveLength(9);
  const shown = annotations(reportOf(many(12)));
  expect(shown).toHaveLength(9);
  expect(shown[8]).toEqual({
    level: "error",
    title: "Batch secrets check",
    message: "4 more errors not shown here: see the job summary.",
  });
});

test("no level has more annotations than the runner keeps", () => {
  const shown = annotations(
    reportOf([...many(30), ...many(30, { severity: "warning" }), ...many(30, { severity: "info" })]),
  );
  const count = (wanted: string) => shown.filter(({ level }) => level === wanted).length;
  expect([count("error"), count("warning"), count("notice")]).toEqual([9, 10, 6]);
});

test("a message is cut at 4,000 units and shows what can't be seen", () => {
  const [shown] = annotations(reportOf([finding({ message: `\u202e\u0007${"x".repeat(5_000)}` })]));
  expect(shown?.message).toBe(`��${"x".repeat(3_997)}…`);
});

test("what a comment on the line says has no annotation", () => {
  const [first, second] = many(2);
  if (first === undefined || second === undefined) throw new Error("no findings");
  expect(
    annotations(reportOf([first, second]), { commented: new Set([first]) }).map(({ startLine }) => startLine),
  ).toEqual([2]);
});

test("a repository without AWS Batch gets no remark when that is no surprise", () => {
  const { summary } = reportOf([]);
  expect(annotations(reportOf([], { summary: { ...summary, jobDefinitions: 0 } }), { quiet: true })).toEqual([]);
});

test("no job definitions and what is not verified are reported", () => {
  const { summary } = reportOf([]);
  const report = reportOf([], { unverified: [unverified()], summary: { ...summary, jobDefinitions: 0 } });
  expect(annotations(report).map(({ level, message }) => [level, message])).toEqual([
    ["notice", "No AWS Batch job definition was found in 5 files."],
    ["notice", '1 open question: see "Not verified" in the job summary.'],
  ]);
});

test("annotations are placed on the lines of another commit, or say where they are", () => {
  const found = [
    { level: "error", title: "x", message: "m", file: "a.tf", startLine: 7, endLine: 9 },
    { level: "error", title: "x", message: "m", file: "a.tf", startLine: 2, startColumn: 3, endColumn: 4, endLine: 2 },
    { level: "notice", title: "x", message: "m" },
  ] as const;
  const place = (_: string, line: number) => (line < 5 ? undefined : line - 4);
  expect(placed(found, place)).toEqual([
    { level: "error", title: "x", message: "m", file: "a.tf", startLine: 3, endLine: 5 },
    { level: "error", title: "x", message: "m\nAt a.tf:2 of the merge with the base branch." },
    { level: "notice", title: "x", message: "m" },
  ]);
});
