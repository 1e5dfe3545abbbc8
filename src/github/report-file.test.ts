import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { placeReportFile, writeReportFile } from "./report-file.ts";

const file = { input: "report-file", ending: "json" };

let folder = "";
let environment = {};
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "report-")));
  for (const name of ["workspace", "temporary", "outside"]) mkdirSync(join(folder, name));
  environment = { GITHUB_WORKSPACE: join(folder, "workspace"), RUNNER_TEMP: join(folder, "temporary") };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a report that is not named goes into the temporary folder", () => {
  expect(placeReportFile(environment, file, undefined, "ab")).toBe(
    join(folder, "temporary", "batch-secrets-check-ab.json"),
  );
});

test("a named one goes into the workspace, folders made as needed", () => {
  const path = placeReportFile(environment, file, "out/deep/report.json", "ab");
  writeReportFile(path, "{}");
  expect(readFileSync(join(folder, "workspace/out/deep/report.json"), "utf8")).toBe("{}");
  writeReportFile(path, "[]");
  expect(readFileSync(path, "utf8")).toBe("[]");
});

test("nothing is written outside, also not through a link", () => {
  symlinkSync(join(folder, "outside"), join(folder, "workspace", "link"));
  symlinkSync(join(folder, "workspace"), join(folder, "workspace", "back"));
  for (const named of ["link/report.json", "link/deep/report.json", "back/.git/config"]) {
    expect(() => placeReportFile(environment, file, named, "ab")).toThrow(
      `Input report-file is "${named}", which goes through a link. Name the folder itself.`,
    );
  }
  for (const named of ["../report.json", "/report.json"]) {
    expect(() => placeReportFile(environment, file, named, "ab")).toThrow(
      `Input report-file is "${named}", but it must be in the workspace or the runner's temporary folder.`,
    );
  }
});

test("a link in place of the report is replaced, not followed", () => {
  writeFileSync(join(folder, "outside", "victim"), "old");
  symlinkSync(join(folder, "outside", "victim"), join(folder, "workspace", "report.json"));
  writeReportFile(placeReportFile(environment, file, "report.json", "ab"), "{}");
  expect(readFileSync(join(folder, "outside", "victim"), "utf8")).toBe("old");
  expect(existsSync(join(folder, "workspace", "report.json"))).toBe(true);
});
