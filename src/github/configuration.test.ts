import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultConfig, isSameConfig } from "../config/config.ts";
import { parseConfig } from "../config/parse.ts";
import type { Checkout } from "./checkout.ts";
import { type Base, chooseConfiguration } from "./configuration.ts";

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "configuration-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const own = (text: string) => writeFileSync(join(root, ".batch-secrets-check.yaml"), text);
const checkout = (): Checkout => ({ root, prefix: "", repository: root, commit: undefined });
const base = (text?: string, name = ".batch-secrets-check.yaml"): Base => ({
  words: "the base branch",
  read: async (paths) => paths.map((path) => (path === name ? text : undefined)),
  bytes: null,
});

const changed =
  "The configuration here differs from that of the base branch, which decides. A change takes effect once it is merged.";

test("where nothing is judged the folder's own configuration counts", async () => {
  own("fail-on: never\n");
  expect(await chooseConfiguration(checkout(), undefined, undefined)).toEqual({
    config: { ...defaultConfig, failOn: "never" },
    notices: [],
  });
});

test("a change can't bring its own configuration", async () => {
  own("fail-on: never\n");
  expect(await chooseConfiguration(checkout(), undefined, base())).toEqual({
    config: defaultConfig,
    notices: [changed],
  });
});

test("the configuration of the base counts, and a change is reported", async () => {
  const config = { ...defaultConfig, failOn: "warning" };
  own("fail-on: never\n");
  expect(await chooseConfiguration(checkout(), undefined, base("fail-on: warning\n"))).toEqual({
    config,
    notices: [changed],
  });
  own("# the same in other words\nfail-on: 'warning'\n");
  expect(await chooseConfiguration(checkout(), undefined, base("fail-on: warning\n"))).toEqual({ config, notices: [] });
});

test("a change can't remove the configuration for itself either", async () => {
  expect(await chooseConfiguration(checkout(), undefined, base("fail-on: warning\n"))).toEqual({
    config: { ...defaultConfig, failOn: "warning" },
    notices: [changed],
  });
});

test("a named configuration is read from the base at its place in the repository, however it is named", async () => {
  mkdirSync(join(root, "infra/prod"), { recursive: true });
  mkdirSync(join(root, "ci"));
  writeFileSync(join(root, "ci/check.yaml"), "fail-on: warning\n");
  const within = { ...checkout(), root: join(root, "infra/prod"), prefix: "infra/prod/" };
  for (const named of ["../../ci/check.yaml", "../../ci//./check.yaml", join(root, "ci/check.yaml")]) {
    expect(await chooseConfiguration(within, named, base("fail-on: warning\n", "ci/check.yaml"))).toEqual({
      config: { ...defaultConfig, failOn: "warning" },
      notices: [],
    });
  }
});

test("a configuration that the workflow brings from another repository counts as it is", async () => {
  mkdirSync(join(root, "policy/.git"), { recursive: true });
  writeFileSync(join(root, "policy/check.yaml"), "fail-on: warning\n");
  const config = { ...defaultConfig, failOn: "warning" };
  expect(await chooseConfiguration(checkout(), "policy/check.yaml", base())).toEqual({ config, notices: [] });
  const jobs = { ...checkout(), root: join(root, "jobs"), repository: join(root, "jobs") };
  expect(await chooseConfiguration(jobs, "../policy/check.yaml", base())).toEqual({ config, notices: [] });
});

test("a configuration behind a link is refused: the link is part of the change", async () => {
  mkdirSync(join(root, "lenient"));
  writeFileSync(join(root, "lenient/check.yaml"), "fail-on: never\n");
  symlinkSync(join(root, "lenient"), join(root, "ci"));
  symlinkSync(join(root, "lenient/check.yaml"), join(root, "check.yaml"));
  await expect(chooseConfiguration(checkout(), "ci/check.yaml", base())).rejects.toThrow("goes through a link");
  await expect(chooseConfiguration(checkout(), "check.yaml", base())).rejects.toThrow("not a link");
});

test("a mistake in the folder's own configuration is an error with its place", async () => {
  own("fail-on: always\n");
  for (const judge of [undefined, base("fail-on: warning\n")]) {
    await expect(chooseConfiguration(checkout(), undefined, judge)).rejects.toThrow(
      ".batch-secrets-check.yaml:1: fail-on must be one of error, warning, never.",
    );
  }
});

test("a mistake in the base's configuration does not stop the pull request that fixes it", async () => {
  own("fail-on: warning\n");
  const { config, notices } = await chooseConfiguration(checkout(), undefined, base("fail-on: always\n"));
  expect(config).toEqual(defaultConfig);
  expect(notices).toEqual([
    "The configuration of the base branch is invalid and was not used: .batch-secrets-check.yaml:1: fail-on must be one of error, warning, never.",
  ]);
});

test("when the base can't be read, the strictest rules apply and the check fails", async () => {
  own("fail-on: never\n");
  const read = () => Promise.reject(new Error("Bad Gateway"));
  expect(await chooseConfiguration(checkout(), undefined, { words: "the base branch", read, bytes: null })).toEqual({
    config: { ...defaultConfig, failOn: "warning" },
    notices: [],
    failure: "Bad Gateway",
  });
});

test("whatever a change writes into its configuration, that of the base counts", async () => {
  const written = fc.constantFrom(
    "fail-on: never\n",
    "paths-ignore: ['**']\n",
    "rules: { secret-arn-format: off }\n",
    "suppressions: [{ rule: secret-arn-format, reason: trust me }]\n",
    "allow-new-suppressions: true\n",
    "baseline: known.json\n",
    "policies: own.tar.gz\n",
    "assume: { roles: { batch: { trusts: ecs-tasks.amazonaws.com } } }\n",
    "scope: new\n",
  );
  const configuration = fc.uniqueArray(written, { maxLength: 4 }).map((lines) => lines.join(""));
  await fc.assert(
    fc.asyncProperty(configuration, configuration, async (mine, theirs) => {
      own(mine);
      const { config, notices } = await chooseConfiguration(checkout(), undefined, base(theirs));
      expect(isSameConfig(config, (await parseConfig(theirs, ".batch-secrets-check.yaml")).config)).toBe(true);
      const isSame = isSameConfig(config, (await parseConfig(mine, ".batch-secrets-check.yaml")).config);
      expect(notices).toEqual(isSame ? [] : [changed]);
    }),
  );
});

test("without a token the defaults apply, and it is said when that makes a difference", async () => {
  const judge = { words: "the default branch", read: null, bytes: null };
  expect(await chooseConfiguration(checkout(), undefined, judge)).toEqual({ config: defaultConfig, notices: [] });
  own("fail-on: never\n");
  expect(await chooseConfiguration(checkout(), undefined, judge)).toEqual({
    config: defaultConfig,
    notices: [
      "Input github-token is empty, so the configuration of the default branch can't be read and the defaults apply.",
    ],
  });
});
