import { expect, test } from "vitest";
import { finding, placeAt, reportOf, unverified } from "../report/testing.ts";
import { relocate } from "./relocate.ts";

test("every path of a report gets the prefix", () => {
  const related = [{ message: "x", location: placeAt("c", 1) }];
  const report = reportOf([finding({ location: placeAt("a", 1), related })], {
    unverified: [unverified({ location: placeAt("b", 1) })],
    problems: [{ path: "d", message: "x" }],
  });
  const moved = relocate(report, "infra/");
  expect(moved.findings[0]?.location.path).toBe("infra/a");
  expect(moved.findings[0]?.related[0]?.location.path).toBe("infra/c");
  expect(moved.unverified[0]?.location.path).toBe("infra/b");
  expect(moved.problems[0]?.path).toBe("infra/d");
  expect(relocate(report, "")).toBe(report);
});
