import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { showValues } from "../report/report.ts";
import { reports } from "../report/table.ts";
import { commandNames } from "./command.ts";
import { help } from "./help.ts";

const usage = readFileSync(new URL("../../docs/usage.md", import.meta.url), "utf8");

test("the help lists every format of reports with what it is, and what can be shown", () => {
  for (const topic of [undefined, "check"] as const) {
    expect(help(topic)).toContain(`--format ${reports.map(({ name }) => name).join("|")}`);
    for (const { name, what } of reports) expect(help(topic)).toContain(`${name}: ${what}`);
    expect(help(topic)).toContain(`--show ${showValues.join("|")}`);
  }
});

test("docs/usage.md has a row for every format of reports and everything that can be shown", () => {
  expect(usage).toContain(`[--format ${reports.map(({ name }) => name).join("|")}]`);
  expect(usage).toContain(`[--show ${showValues.join("|")}]`);
  for (const { name } of reports) expect(usage).toContain(`\n| \`--format ${name}\` | `);
  for (const value of showValues) expect(usage).toContain(`\n| \`--show ${value}\` | `);
});

test("no line of the help is wider than a terminal of 100 columns", () => {
  for (const topic of [undefined, ...commandNames]) {
    for (const line of help(topic).split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  }
});
