import { nearest } from "../nearest.ts";
import { loadPair, type Pair } from "../policy/examples.ts";
import { loadRules, type Rule, type Table, wrongAndWhy } from "../policy/rules.ts";
import { rulePage } from "../product.ts";
import { toJson } from "../report/json.ts";
import { PROSE_WIDTH, wrap } from "../report/width.ts";
import type { ExitCode } from "../verdict/verdict.ts";
import type { Asked } from "./command.ts";
import { complain, print } from "./print.ts";
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
  if (rule) {
    const pair = loadPair(rule.id);
    if (format === "json") return print(ruleJson(rule, pair), output);
    const { width } = await terminal(environment, output);
    return print(renderRule(rule, pair, Math.min(PROSE_WIDTH, width)), output);
  }
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
  const lines = rules
    .map((rule) => {
      const { severity, id, title, enabled } = rule;
      return `${severity.padEnd("warning".length)}  ${id.padEnd(ids)}  ${subjectOf(rule).padEnd(subjects)}  ${title}${enabled ? "" : OFF}\n`;
    })
    .join("");
  const tables = new Set(rules.flatMap(({ tables = [] }) => tables.map(tableLine)));
  return [lines, ...tables].join("\n");
}

function tableLine({ name, date, source }: Table): string {
  return `${name} are known as of ${date} (${source}).\n`;
}

export function rulesJson(rules: readonly Rule[]): string {
  return toJson(
    rules.map(({ id, title, severity, subject, link, enabled, tables }) => ({
      ...{ id, title, severity, subject, link, enabled },
      ...(tables && { tables }),
    })),
    2,
  );
}

/** The page of a rule for a terminal, with the sections of docs/rules/ in their order. */
export function renderRule(rule: Rule, pair: Pair | undefined, width: number): string {
  const { id, title, severity, remedy, notes, references } = rule;
  const { wrong, why } = wrongAndWhy(rule);
  const section = (name: string, ...paragraphs: readonly (readonly string[])[]) => {
    const given = paragraphs.filter((lines) => lines.some((line) => line !== ""));
    return given.length === 0
      ? []
      : ["", name, ...given.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]))];
  };
  const prose = (text: string) => indented(text, width);
  const code = (text: string) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => (line === "" ? "" : `    ${line}`));
  const files = (all: Pair["bad"]) => all.map(({ path, text }) => [`  ${path}`, "", ...code(text)]);
  return `${[
    `${id}: ${title}`,
    `${severity}, checks each ${subjectOf(rule)}${rule.link ? `, link ${rule.link}` : ""}${rule.enabled ? "" : ", off by default"}`,
    ...section("What goes wrong", prose(wrong)),
    ...section(
      "Why",
      prose(why),
      references.map((url) => `  ${url}`),
    ),
    ...section("Bad", ...(pair ? [...files(pair.bad), code(pair.output)] : [])),
    ...section("Good", ...(pair ? files(pair.good) : [])),
    ...section("How to fix", prose(remedy)),
    ...section("Limitations", prose(notes)),
    ...section("More examples", [`  ${rulePage(id)}`]),
  ].join("\n")}\n`;
}

export function ruleJson(rule: Rule, example: Pair | undefined): string {
  return toJson({ ...rule, help: rulePage(rule.id), ...(example && { example }) }, 2);
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
