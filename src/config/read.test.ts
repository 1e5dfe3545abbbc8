import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultConfig } from "./config.ts";
import { parseConfig } from "./parse.ts";
import { readConfig } from "./read.ts";
import { settings } from "./settings.ts";

const path = ".batch-secrets-check.yaml";
const keys = Object.values(settings)
  .map(({ key }) => key)
  .join(", ");

test("every key is read, and one item needs no list", async () => {
  const text = `# how raw roles get their policies
role-policies:
  batch-execution: [iam/execution/*.json, arn:aws:iam::aws:policy/SecretsManagerReadWrite]
  arn:aws:iam::123456789012:role/other: iam/other.json
name: Production
paths: jobs
policies: policies/own.tar.gz
paths-ignore:
  - "**/test/**"
var-files: environments/production.tfvars
rules:
  complete-secret-arn: on
  single-version-selector:
    legacy/**: off
    legacy/new.json: warning
suppressions:
  - rule: secret-arn-format
    path: infra/legacy/**
    reason: the stack goes in spring
    until: 2027-03-31
evidence-max-age: 7
baseline: known.json
allow-new-suppressions: true
fail-on: warning
`;
  expect(await parseConfig(text, path)).toEqual({
    config: {
      evidenceMaxAge: 7,
      rolePolicies: new Map([
        ["batch-execution", ["iam/execution/*.json", "arn:aws:iam::aws:policy/SecretsManagerReadWrite"]],
        ["arn:aws:iam::123456789012:role/other", ["iam/other.json"]],
      ]),
      name: "Production",
      paths: ["jobs"],
      policies: ["policies/own.tar.gz"],
      pathsIgnore: ["**/test/**"],
      varFiles: ["environments/production.tfvars"],
      deployments: [],
      rules: new Map([
        ["complete-secret-arn", [{ level: "on" }]],
        [
          "single-version-selector",
          [
            { path: "legacy/**", level: "off" },
            { path: "legacy/new.json", level: "warning" },
          ],
        ],
      ]),
      suppressions: [
        {
          rule: "secret-arn-format",
          path: "infra/legacy/**",
          reason: "the stack goes in spring",
          until: "2027-03-31",
        },
      ],
      assume: {},
      baseline: "known.json",
      allowNewSuppressions: true,
      failOn: "warning",
    },
    problems: [],
  });
});

test("JSON says the same", async () => {
  const text = '{ "paths": ["jobs"], "fail-on": "never" }';
  expect(await parseConfig(text, ".batch-secrets-check.json")).toEqual({
    config: { ...defaultConfig, paths: ["jobs"], failOn: "never" },
    problems: [],
  });
});

test("an empty file is the default configuration", async () => {
  const nothing = { config: defaultConfig, problems: [] };
  for (const text of ["", "\n\n", "# nothing yet\n", "---\n", "paths:\n"])
    expect(await parseConfig(text, path)).toEqual(nothing);
});

test("an unknown key is reported with its line and the nearest known one", async () => {
  const { problems } = await parseConfig("fail-on: error\npath-ignore: [x]\nseverity: high\n", path);
  expect(problems).toEqual([
    { path, line: 2, message: 'Unknown key "path-ignore". Did you mean "paths-ignore"?' },
    {
      path,
      line: 3,
      message: `Unknown key "severity". The keys are ${keys}.`,
    },
  ]);
});

test("keys of every object are unknown keys", async () => {
  const { config, problems } = await parseConfig("constructor: x\n__proto__: y\n", path);
  expect(config).toEqual(defaultConfig);
  expect(problems.map(({ line }) => line)).toEqual([1, 2]);
});

test("a wrong value is reported with its line and what is right", async () => {
  const text = `role-policies: [a]
paths: { a: b }
paths-ignore:
  - good
  - [bad]
  - ""
var-files: [/etc/secret.tfvars, [a]]
fail-on: errors
`;
  const { config, problems } = await parseConfig(text, path);
  expect(problems).toEqual([
    { path, line: 1, message: "role-policies must map the name or ARN of a role to its policies." },
    { path, line: 2, message: "paths must be a path, a glob or a list of them." },
    { path, line: 5, message: "paths-ignore must be a path, a glob or a list of them." },
    { path, line: 6, message: "paths-ignore must be a path, a glob or a list of them." },
    {
      path,
      line: 7,
      message: 'var-files: "/etc/secret.tfvars" leads out of the checked folder. Write it relative to that folder.',
    },
    { path, line: 7, message: "var-files must be a path or a list of them." },
    { path, line: 8, message: "fail-on must be one of error, warning, never." },
  ]);
  expect(config).toEqual({ ...defaultConfig, pathsIgnore: ["good"] });
});

test("a suppression needs a rule that exists and a reason, and a day is a day", async () => {
  const text = `suppressions:
  - rule: secret-arn-format
  - { reason: because }
  - { rule: secret-arn-formt, reason: because }
  - { rule: secret-arn-format, reason: because, until: next year }
  - { rule: secret-arn-format, reason: because, resource: a }
  - secret-arn-format
`;
  const { problems } = await parseConfig(text, path);
  expect(problems.map(({ line, message }) => [line, message])).toEqual([
    [2, "A suppression must have a rule and a reason."],
    [3, "A suppression must have a rule and a reason."],
    [4, "rule of a suppression is secret-arn-formt, which doesn't exist. Did you mean secret-arn-format?"],
    [5, 'until of a suppression is "next year", but it must be a day such as 2027-03-31.'],
    [6, "A suppression has no resource. It has rule, path, address, fingerprint, reason, until."],
    [7, "A suppression must have a rule and a reason."],
  ]);
});

test("a path out of the checked folder is refused", async () => {
  const { problems } = await parseConfig("paths: [/etc, a/../../b]\n", path);
  expect(problems.map(({ message }) => message)).toEqual([
    'paths: "/etc" leads out of the checked folder. Write it relative to that folder.',
    'paths: "a/../../b" leads out of the checked folder. Write it relative to that folder.',
  ]);
});

test("a file that is no mapping, and broken syntax, are problems", async () => {
  expect((await parseConfig("- a\n", path)).problems).toEqual([
    {
      path,
      line: 1,
      message: `The configuration must be a mapping with the keys ${keys}.`,
    },
  ]);
  const broken = await parseConfig("paths: [a\nfail-on: error\n", path);
  expect(broken.problems.length).toBeGreaterThan(0);
  expect(broken.problems.every((problem) => problem.path === path)).toBe(true);
});

test("no text makes it throw", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
      await parseConfig(text, path);
    }),
  );
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "config-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a folder's configuration is found by its name, in a fixed order", async () => {
  expect(await readConfig(folder)).toEqual({ config: defaultConfig, problems: [] });
  writeFileSync(join(folder, ".batch-secrets-check.json"), '{"paths": "json"}');
  expect((await readConfig(folder)).config.paths).toEqual(["json"]);
  writeFileSync(join(folder, ".batch-secrets-check.yml"), "paths: yml");
  expect((await readConfig(folder)).config.paths).toEqual(["yml"]);
  writeFileSync(join(folder, ".batch-secrets-check.yaml"), "paths: yaml");
  expect((await readConfig(folder)).config.paths).toEqual(["yaml"]);
});

test("a named configuration must be there", async () => {
  writeFileSync(join(folder, "other.yaml"), "paths: other");
  expect((await readConfig(folder, "other.yaml")).config.paths).toEqual(["other"]);
  expect((await readConfig(folder, join(folder, "other.yaml"))).config.paths).toEqual(["other"]);
  expect((await readConfig(folder, "none.yaml")).problems).toEqual([
    { path: "none.yaml", message: "There is no such configuration file." },
  ]);
});

test("a link, a folder and an endless file are refused", async () => {
  symlinkSync("/etc/hosts", join(folder, path));
  expect((await readConfig(folder)).problems).toEqual([
    { path, message: "The configuration must be a regular file, not a link or a folder." },
  ]);
  mkdirSync(join(folder, "sub"));
  expect((await readConfig(folder, "sub")).problems.length).toBe(1);
  writeFileSync(join(folder, "long.yaml"), "#".repeat(300_000));
  expect((await readConfig(folder, "long.yaml")).problems).toEqual([
    { path: "long.yaml", message: "The configuration is longer than 262144 bytes." },
  ]);
});

test("a rule that there is none of, and a level that doesn't exist, are problems", async () => {
  const text = "rules:\n  secret-selector-formats: off\n  secret-arn-format: sometimes\n";
  expect((await parseConfig(text, path)).problems).toEqual([
    { path, line: 2, message: "There is no rule secret-selector-formats. Did you mean secret-selector-format?" },
    { path, line: 3, message: "The rule secret-arn-format must be one of on, off, error, warning, info." },
  ]);
  expect((await parseConfig("rules: [secret-arn-format]\n", path)).problems).toEqual([
    { path, line: 1, message: "rules must map the ids of rules to on, off or a severity." },
  ]);
});
