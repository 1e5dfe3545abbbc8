import { expect, test } from "vitest";
import { readInputs } from "./inputs.ts";

test("nothing given means the defaults", () => {
  expect(readInputs({})).toEqual({
    token: "",
    paths: [],
    pathsIgnore: [],
    workingDirectory: ".",
    config: undefined,
    policies: [],
    evidence: [],
    failOn: undefined,
    comment: "always",
    review: true,
    fixed: "delete",
    annotations: true,
    files: {},
  });
});

test("every input is read from the variable that the runner sets for it", () => {
  expect(
    readInputs({
      "INPUT_GITHUB-TOKEN": "t",
      INPUT_MATRIX: '{\n  "environment": "prod",\n  "shard": 2\n}',
      INPUT_PATHS: "jobs/**\n\n  stacks/*.yaml  \n",
      "INPUT_PATHS-IGNORE": "old/**",
      "INPUT_WORKING-DIRECTORY": "infra",
      INPUT_CONFIG: "check.yaml",
      INPUT_POLICIES: "own.tar.gz",
      INPUT_EVIDENCE: "collect",
      "INPUT_FAIL-ON": "warning",
      INPUT_COMMENT: "on-failure",
      INPUT_REVIEW: "FALSE",
      INPUT_FIXED: "keep",
      INPUT_ANNOTATIONS: "false",
      "INPUT_REPORT-FILE": "out/report.json",
    }),
  ).toEqual({
    token: "t",
    matrix: "prod, 2",
    paths: ["jobs/**", "stacks/*.yaml"],
    pathsIgnore: ["old/**"],
    workingDirectory: "infra",
    config: "check.yaml",
    policies: ["own.tar.gz"],
    evidence: ["collect"],
    failOn: "warning",
    comment: "on-failure",
    review: false,
    fixed: "keep",
    annotations: false,
    files: { "report-file": "out/report.json" },
  });
});

test("a job without a matrix has no values of one", () => {
  const values = ["", "null", "{}", "prod"].map((text) => readInputs({ INPUT_MATRIX: text }).matrix);
  expect(values).toEqual([undefined, undefined, undefined, "prod"]);
});

test("wrong values are reported all at once, with what is allowed", () => {
  expect(() => readInputs({ "INPUT_FAIL-ON": "errors", INPUT_COMMENT: "yes", INPUT_REVIEW: "1" })).toThrow(
    [
      'Input fail-on is "errors", but it must be one of: error, warning, never.',
      'Input comment is "yes", but it must be one of: always, on-failure, never.',
      'Input review is "1", but it must be one of: true, false.',
    ].join("\n"),
  );
});
