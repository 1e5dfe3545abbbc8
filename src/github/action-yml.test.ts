import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { fileReports } from "../report/table.ts";
import { reportOf } from "../report/testing.ts";
import { inputNames } from "./inputs.ts";
import { outputsOf } from "./runner.ts";

interface Described {
  readonly description?: string;
  readonly default?: string;
}
interface Action {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
  readonly branding: { readonly icon: string; readonly color: string };
  readonly runs: { readonly using: string; readonly main: string };
}

const file = new URL("../../action.yml", import.meta.url);
const action: Action = parse(readFileSync(file, "utf8"));

/** Each report that the action writes to a file has an input and an output of the same name. */
const files = fileReports.map(({ file }) => ({ output: file.input, path: `/tmp/report.${file.ending}` }));

test("action.yml names exactly the inputs that are read", () => {
  expect(Object.keys(action.inputs)).toEqual(inputNames);
});

test("action.yml names exactly the outputs that are set", () => {
  expect(Object.keys(action.outputs)).toEqual(Object.keys(outputsOf(reportOf([]), files)));
});

test("every input and output is described", () => {
  for (const { description = "" } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
    expect(description).toMatch(/^[A-Z`].{10,}\.$/s);
  }
});

test("defaults in action.yml only give what the runner knows: with others a configuration could never decide", () => {
  const defaults = Object.entries(action.inputs).filter(([, input]) => input.default !== undefined);
  expect(defaults.map(([name, input]) => [name, input.default])).toEqual([
    ["github-token", "${{ github.token }}"],
    ["matrix", "${{ toJSON(matrix) }}"],
  ]);
});

test("the action runs on Node 24 from dist", () => {
  expect(action.runs).toEqual({ using: "node24", main: "dist/index.js" });
});
