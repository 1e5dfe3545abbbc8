import { expect, test } from "vitest";
import { colour, terminal } from "./terminal.ts";

test("colour is for terminals, and the environment has the last word", () => {
  const cases: [Record<string, string>, boolean, boolean][] = [
    [{}, true, true],
    [{}, false, false],
    [{ TERM: "dumb" }, true, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ FORCE_COLOR: "false" }, true, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
  ];
  expect(cases.map(([environment, isTerminal]) => colour(environment, isTerminal))).toEqual(
    cases.map(([, , is]) => is),
  );
});

test("a file has no colour and the default width", async () => {
  expect(await terminal({}, "report.txt")).toEqual({ colour: false, width: 120 });
});
