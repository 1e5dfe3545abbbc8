/**
 * One estate for each format in which everything is wrong, so that every rule speaks up through the WebAssembly, and one
 * in which everything is right, so that each reference is fully proven. The wrong one is in parts that are checked by
 * themselves: a job has one network, and what is wrong with it hides what else could be. The plans are those of the
 * root modules, made by tools/plans.ts.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../src/check.ts";
import { defaultConfig } from "../src/config/config.ts";
import { builtInRules } from "../src/policy/rules.ts";

const ESTATES = join(import.meta.dirname, "everything");
const FORMATS = ["raw", "cloudformation", "terraform", "plan"] as const;

const rules = builtInRules();
/** Advice that is off by default is asked, too. */
const config = { ...defaultConfig, rules: new Map(rules.map(({ id }) => [id, [{ level: "on" as const }]])) };

const checked = async (root: string) => (await check({ root, paths: [], ignore: [], config, failOn: "error" })).report;

/** The rules whose subject can't be written in a format, as their examples say. */
function isWaived({ id, subject }: (typeof rules)[number], format: string): boolean {
  const path = join(import.meta.dirname, "../policies/rules", subject, id, "examples/waived.json");
  return existsSync(path) && format in JSON.parse(readFileSync(path, "utf8"));
}

describe.each(FORMATS)("%s", (format) => {
  test("every rule finds something in the estate in which everything is wrong", async () => {
    const wrong = join(ESTATES, format, "wrong");
    const found = new Set<string>();
    for (const part of readdirSync(wrong)) {
      const { findings, problems } = await checked(join(wrong, part));
      expect([part, problems]).toEqual([part, []]);
      for (const { rule } of findings) found.add(rule);
    }
    const silent = rules.filter((rule) => !found.has(rule.id) && !isWaived(rule, format)).map(({ id }) => id);
    expect(silent).toEqual([]);
  });

  test("each reference of the estate in which everything is right is fully proven, and nothing is found or open", async () => {
    const { findings, problems, unverified, references, summary } = await checked(join(ESTATES, format, "right"));
    expect(problems).toEqual([]);
    expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
    expect(unverified.map(({ rule, reason }) => `${rule}: ${reason}`)).toEqual([]);
    const states = references.map(({ name, state, links }) => [
      name,
      state,
      ...Object.entries(links).flatMap(([link, { state }]) => (/outside|not checked/.test(state) ? [link] : [])),
    ]);
    expect(states).toEqual(states.map(([name]) => [name, "fully proven"]));
    expect(summary.references).toBeGreaterThan(5);
  });
});
