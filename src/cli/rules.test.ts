import { expect, test } from "vitest";
import type { Rule } from "../policy/rules.ts";
import { renderRule, renderRules, ruleJson, rulesJson } from "./rules.ts";

const selector: Rule = {
  id: "secret-selector-format",
  title: "A selector behind a secret's ARN is well formed",
  description:
    "A reference to a secret may select a JSON key, a version stage and a version id.\nAWS accepts none of them or all three places, so that the ARN has 2 or 5 resource parts.",
  severity: "error",
  subject: "job_definition",
  link: "reference",
  enabled: true,
  remedy: "Write all three places, and leave empty what is not wanted.",
  references: ["https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html"],
  notes: "A reference with a part that can't be told is unverified.",
};
const suffix: Rule = {
  ...selector,
  id: "secret-name-suffix",
  severity: "warning",
  subject: "secret",
  link: null,
  title: "Names",
  notes: "",
};

test("rules are listed in columns", () => {
  expect(renderRules([suffix, selector])).toBe(`\
warning  secret-name-suffix      secret          Names
error    secret-selector-format  job definition  A selector behind a secret's ARN is well formed
`);
});

const table = { name: "AWS managed policies", source: "some-package 1.2.3", date: "2026-01-31" };

test("a table of facts that rules depend on is listed once, with its date", () => {
  expect(
    renderRules([
      { ...suffix, tables: [table] },
      { ...suffix, id: "other", tables: [table] },
    ]),
  ).toBe(`\
warning  secret-name-suffix  secret  Names
warning  other               secret  Names

AWS managed policies are known as of 2026-01-31 (some-package 1.2.3).
`);
  expect(JSON.parse(rulesJson([{ ...suffix, tables: [table] }]))).toMatchObject([{ tables: [table] }]);
});

test("programs get what identifies a rule, and no more", () => {
  expect(JSON.parse(rulesJson([suffix]))).toEqual([
    { id: "secret-name-suffix", title: "Names", severity: "warning", subject: "secret", link: null, enabled: true },
  ]);
});

const pair = {
  format: "Raw files",
  bad: [{ path: "job.json", text: '{\n  "a": 1\n}\n' }],
  output: "error[secret-selector-format]: …\n\nfailed: 1 error\n",
  good: [
    { path: "a.json", text: "{}\n" },
    { path: "b.json", text: "[]\n" },
  ],
};

test("a rule is explained in the sections of its page, and an empty one is left out", () => {
  expect(renderRule(selector, pair, 72)).toBe(`\
secret-selector-format: A selector behind a secret's ARN is well formed
error, checks each job definition, link reference

What goes wrong
  A reference to a secret may select a JSON key, a version stage and a
  version id.

Why
  AWS accepts none of them or all three places, so that the ARN has 2 or
  5 resource parts.

  https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html

Bad
  job.json

    {
      "a": 1
    }

    error[secret-selector-format]: …

    failed: 1 error

Good
  a.json

    {}

  b.json

    []

How to fix
  Write all three places, and leave empty what is not wanted.

Limitations
  A reference with a part that can't be told is unverified.

More examples
  https://github.com/org/batch-secrets-check/blob/v1/docs/rules/secret-selector-format.md
`);
  expect(renderRule(suffix, undefined, 72)).not.toMatch(/Limitations|Bad|Good/);
});

test("a rule that is off says so", () => {
  const off = { ...suffix, enabled: false };
  expect(renderRule(off, undefined, 72)).toContain("warning, checks each secret, off by default\n");
  expect(renderRules([off])).toContain("Names (off by default)\n");
});

test("programs get the whole rule, its shortest examples and the address of its page", () => {
  expect(JSON.parse(ruleJson(suffix, pair))).toEqual({
    ...suffix,
    help: "https://github.com/org/batch-secrets-check/blob/v1/docs/rules/secret-name-suffix.md",
    example: pair,
  });
});
