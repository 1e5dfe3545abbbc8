import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultConfig } from "../config.ts";
import { chooseConfiguration } from "./configuration.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "configuration-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const own = (text: string) => writeFileSync(join(root, ".batch-secrets-check.yaml"), text);
const base =
  (text?: string, name = ".batch-secrets-check.yaml") =>
  async (path: string) =>
    path === name ? text : undefined;

const changed = "This pull request changes the configuration of the check. The change takes effect once it is merged.";

test("without a pull request the folder's own configuration counts", async () => {
  own("fail-on: never\n");
  expect(await chooseConfiguration(root, undefined, undefined)).toEqual({
    config: { ...defaultConfig, failOn: "never" },
    notices: [],
  });
});

test("a pull request can't bring its own configuration", async () => {
  own("fail-on: never\n");
  expect(await chooseConfiguration(root, undefined, base())).toEqual({ config: defaultConfig, notices: [changed] });
});

test("the configuration of the base counts, and a change is reported", async () => {
  const config = { ...defaultConfig, failOn: "warning" };
  own("fail-on: never\n");
  expect(await chooseConfiguration(root, undefined, base("fail-on: warning\n"))).toEqual({
    config,
    notices: [changed],
  });
  own("# the same in other words\nfail-on: 'warning'\n");
  expect(await chooseConfiguration(root, undefined, base("fail-on: warning\n"))).toEqual({ config, notices: [] });
});

test("a pull request can't remove the configuration for itself either", async () => {
  expect(await chooseConfiguration(root, undefined, base("fail-on: warning\n"))).toEqual({
    config: { ...defaultConfig, failOn: "warning" },
    notices: [changed],
  });
});

test("a named configuration is read from the base under its name", async () => {
  writeFileSync(join(root, "check.yaml"), "fail-on: warning\n");
  expect(await chooseConfiguration(root, "check.yaml", base("fail-on: warning\n", "check.yaml"))).toEqual({
    config: { ...defaultConfig, failOn: "warning" },
    notices: [],
  });
});

test("a mistake in the folder's own configuration is an error with its place", async () => {
  own("fail-on: always\n");
  for (const file of [undefined, base("fail-on: warning\n")]) {
    await expect(chooseConfiguration(root, undefined, file)).rejects.toThrow(
      ".batch-secrets-check.yaml:1: fail-on must be one of error, warning, never.",
    );
  }
});

test("a mistake in the base's configuration does not stop the pull request that fixes it", async () => {
  own("fail-on: warning\n");
  const { config, notices } = await chooseConfiguration(root, undefined, base("fail-on: always\n"));
  expect(config).toEqual(defaultConfig);
  expect(notices).toEqual([
    "The configuration of the base branch is invalid and was not used: .batch-secrets-check.yaml:1: fail-on must be one of error, warning, never.",
  ]);
});

test("a base that can't be read is an error: nobody knows what it says", async () => {
  const failing = () => Promise.reject(new Error("Bad Gateway"));
  await expect(chooseConfiguration(root, undefined, failing)).rejects.toThrow("Bad Gateway");
});
