import { nearest } from "../nearest.ts";
import { loadRules, type Rule } from "../policy/rules.ts";
import { rulePage } from "../product.ts";
import { toJson } from "../report/json.ts";
import { PROSE_WIDTH, wrap } from "../report/width.ts";
import type { Asked } from "./arguments.ts";
import { complain, type ExitCode, print } from "./print.ts";
import { type Process, terminal } from "./terminal.ts";

export function runRules({ format, output }: Asked<"rules">): ExitCode {
  const rules = loadRules();
  return print(format === "json" ? rulesJson(rules) : renderRules(rules), output);
}

export async function runExplain(
  { rule: id, format, output }: Asked<"explain">,
  { environment }: Process,
): Promise<ExitCode> {
  const rules = loadRules();
  const rule = rules.find((one) => one.id === id);
  if (rule && format === "json") return print(ruleJson(rule), output);
  if (rule) return print(renderRule(rule, Math.min(PROSE_WIDTH, (await terminal(environment, output)).width)), output);
  const meant = nearest(
    id,
    rules.map((one) => one.id),
  );
  return complain({
    name: "mistake",
    message: `There is no rule ${id}.`,
    hint: meant ? `Did you mean ${meant}?` : "The command rules lists them.",
  });
}

const OFF = " (off by default)";

/** A line for each rule: severity, id, subject, title. */
export function renderRules(rules: readonly Rule[]): string {
  const column = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));
  const ids = column(rules.map(({ id }) => id));
  const subjects = column(rules.map(subjectOf));
  return rules
    .map((rule) => {
      const { severity, id, title, enabled } = rule;
      return `${severity.padEnd("warning".length)}  ${id.padEnd(ids)}  ${subjectOf(rule).padEnd(subjects)}  ${title}${enabled ? "" : OFF}\n`;
    })
    .join("");
}

export function rulesJson(rules: readonly Rule[]): string {
  return toJson(
    rules.map(({ id, title, severity, subject, link, enabled }) => ({ id, title, severity, subject, link, enabled })),
    2,
  );
}

export function renderRule(rule: Rule, width: number): string {
  const { id, title, severity, description, remedy, notes, references } = rule;
  const section = (name: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : ["", name, ...texts.flatMap((text) => indented(text, width))];
  return `${[
    `${id}: ${title}`,
    `${severity}, checks each ${subjectOf(rule)}${rule.link ? `, link ${rule.link}` : ""}${rule.enabled ? "" : ", off by default"}`,
    ...section("What goes wrong", [description]),
    ...section("How to fix it", [remedy]),
    ...section("Limitations", notes === "" ? [] : [notes]),
    ...section("Examples", [rulePage(id)]),
    ...section("References", references),
  ].join("\n")}\n`;
}

export function ruleJson(rule: Rule): string {
  return toJson({ ...rule, help: rulePage(rule.id) }, 2);
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
