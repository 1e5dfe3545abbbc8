/** What every rule's folder and metadata have, and that the build of the policies depends on them alone. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { subjectKinds } from "../../src/facts/schema.ts";
import { root } from "../../tools/opa.ts";
import { buildPolicies, inspectPolicies, POLICIES } from "../../tools/policy.ts";
import { ruleInfos } from "../../tools/rules.ts";

const rules = ruleInfos(inspectPolicies());
const folders = subjectKinds.flatMap((subject) => {
  const path = join(root, POLICIES, "rules", subject);
  return readdirSync(join(root, POLICIES, "rules")).includes(subject)
    ? readdirSync(path).map((id) => ({ id, subject, path: join(path, id) }))
    : [];
});

test("every folder is a rule that has an id, title, severity, subject, remedy, references and notes", () => {
  const byId = <T extends { id: string }>(list: readonly T[]) => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(rules.map(({ id, subject }) => ({ id, subject }))).toEqual(
    byId(folders).map(({ id, subject }) => ({ id, subject })),
  );
  for (const rule of rules) {
    expect(Object.values(rule).every((value) => value !== "" && value !== undefined)).toBe(true);
    expect(rule.references.every((reference) => reference.startsWith("https://"))).toBe(true);
    expect(rule.remedy).toMatch(/\.$/);
    expect(rule.notes).toMatch(/\.$/);
  }
});

/** An issue or a pull request in which people met what the rule finds. */
const REPORT = /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(?:issues|pull)\/\d+$/;

test("every rule has a public report among its sources, and no source twice", () => {
  const without = rules.filter(({ references }) => !references.some((one) => REPORT.test(one)));
  expect(without.map(({ id }) => id)).toEqual([]);
  for (const { id, references } of rules) expect([id, new Set(references).size]).toEqual([id, references.length]);
});

test("every rule's folder holds the rule and its test", () => {
  for (const { id, path } of folders) {
    expect([id, ...readdirSync(path).filter((name) => name.endsWith(".rego"))]).toEqual([
      id,
      "rule.rego",
      "rule_test.rego",
    ]);
  }
});

test("metadata that lacks something is refused by a sentence that names the file", () => {
  const annotation = (custom: object, file = "policies/rules/secret/some-rule/rule.rego") => ({
    annotations: [
      {
        annotations: {
          scope: "package",
          title: "Title",
          description: "Description.",
          related_resources: [{ ref: "https://docs.aws.amazon.com/" }],
          custom,
        },
        path: ["data", "rules", "secret", "some-rule"].map((value) => ({ value })),
        location: { file },
      },
    ],
  });
  const whole = {
    severity: "error",
    subject: "secret",
    link: "content",
    remedy: "Do\n  this.",
    notes: "Nothing.",
  };
  expect(ruleInfos(annotation(whole))).toEqual([
    {
      id: "some-rule",
      title: "Title",
      description: "Description.",
      severity: "error",
      subject: "secret",
      link: "content",
      enabled: true,
      remedy: "Do this.",
      references: ["https://docs.aws.amazon.com/"],
      notes: "Nothing.",
    },
  ]);
  expect(() => ruleInfos(annotation({ ...whole, severity: "bad" }))).toThrow(
    "policies/rules/secret/some-rule/rule.rego: severity: error, warning or info",
  );
  expect(() => ruleInfos(annotation({ ...whole, link: "chain" }))).toThrow(
    "policies/rules/secret/some-rule/rule.rego: link: one of reference, role, trust, read, decrypt, content, network, agent, or absent",
  );
  expect(() => ruleInfos(annotation({ ...whole, seed: true }))).toThrow(
    "policies/rules/secret/some-rule/rule.rego: seed: not a key that a rule's metadata has",
  );
  expect(() => ruleInfos(annotation({ ...whole, enabled: "no" }))).toThrow("enabled: false for a rule that only");
  expect(ruleInfos(annotation({ ...whole, enabled: false }))[0]?.enabled).toBe(false);
  expect(ruleInfos(annotation({ ...whole, link: undefined }))[0]?.link).toBe(null);
  expect(() => ruleInfos(annotation({ ...whole, notes: undefined }))).toThrow("notes: the limitations of the rule");
  expect(() => ruleInfos(annotation(whole, "policies/rules/secret/other/rule.rego"))).toThrow(
    "policies/rules/secret/other/rule.rego: the package of a rule has the names of its folders",
  );
});

test("the build is the same each time", () => {
  const folder = mkdtempSync(join(tmpdir(), "policies-"));
  try {
    const [one, other] = ["one", "other"].map((name) => {
      buildPolicies(join(folder, name));
      return ["policy.wasm", "rules.json", "examples.json.br"].map((file) => readFileSync(join(folder, name, file)));
    });
    expect(one).toEqual(other);
    expect(one?.[0]?.includes(root)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
