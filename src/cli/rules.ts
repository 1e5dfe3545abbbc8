/** Rules as `rules` and `explain` print them. */

import type { Rule } from "../policy/rules.ts";
import { homepage } from "../product.ts";
import { toJson } from "../report/json.ts";
import { wrap } from "../report/width.ts";

/** A line for each rule: severity, id, subject, title. */
export function renderRules(rules: readonly Rule[]): string {
  const column = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));
  const ids = column(rules.map(({ id }) => id));
  const subjects = column(rules.map(subjectOf));
  return rules
    .map((rule) => {
      const { severity, id, title } = rule;
      return `${severity.padEnd("warning".length)}  ${id.padEnd(ids)}  ${subjectOf(rule).padEnd(subjects)}  ${title}\n`;
    })
    .join("");
}

/** What identifies the rules, for programs. */
export function rulesJson(rules: readonly Rule[]): string {
  return toJson(
    rules.map(({ id, title, severity, subject, seed }) => ({ id, title, severity, subject, seed })),
    2,
  );
}

/** A rule, for people. */
export function renderRule(rule: Rule, width: number): string {
  const { id, title, severity, description, remedy, notes, references } = rule;
  const section = (name: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : ["", name, ...texts.flatMap((text) => indented(text, width))];
  return `${[
    `${id}: ${title}`,
    `${severity}, judges each ${subjectOf(rule)}`,
    ...section("What it finds", [description]),
    ...section("How to fix it", [remedy]),
    ...section("What it does not see", notes === "" ? [] : [notes]),
    ...section("Examples", [pageOf(id)]),
    ...section("References", references),
  ].join("\n")}\n`;
}

/** A rule with the address of its page, for programs. */
export function ruleJson(rule: Rule): string {
  return toJson({ ...rule, help: pageOf(rule.id) }, 2);
}

function indented(text: string, width: number): string[] {
  return text
    .trim()
    .split("\n")
    .flatMap((line) => wrap(line, width - 2))
    .map((line) => `  ${line}`);
}

function subjectOf({ subject }: Rule): string {
  return subject.replaceAll("_", " ");
}

/** The page of a rule, with its examples. */
export function pageOf(rule: string): string {
  return `${homepage}/blob/v1/docs/rules/${rule}.md`;
}
