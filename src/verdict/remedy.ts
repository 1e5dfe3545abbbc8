/** What a rule says to write, in the format of the file where it has to be written. */
import type { UnitFormat } from "../facts/resources.ts";
import type { Judgement } from "../facts/schema.ts";
import { isLiteral } from "../facts/text.ts";
import { type Location, locate, type Place } from "../source.ts";
import { enumeration } from "../words.ts";
import type { Remedy } from "./finding.ts";

/** What a rule says to write: values are plain text with holes, places are numbers of the case. */
export type Told = Judgement["findings"][number]["remedy"];

export interface RemedyContext {
  readonly format: UnitFormat;
  /** What is edited, or the policy that gets a statement: its file tells the language. */
  readonly place: Place;
  /** The value that is written there, with holes. */
  readonly value?: string;
  /** Writes holes as the unit does, for people: `⟨AWS.Region⟩` → `${AWS::Region}`. */
  readonly say: (text: string) => string;
  /** The same for code that can stand there, with `<…>` for what is not known. */
  readonly write: (text: string) => string;
}

/** A language that a remedy is written in: a value on its own, and a policy statement. */
interface Syntax {
  readonly language: Remedy["language"];
  readonly value: (text: string) => string;
  readonly statement: (actions: readonly string[], resources: readonly string[]) => string;
}

/** The remedy of a finding at the place `at`, written for the files that it changes. `contextOf` tells of the places of the case. */
export function writeRemedy({ text, edits, add }: Told, at: number, contextOf: (at: number) => RemedyContext): Remedy {
  const context = contextOf(at);
  const written = edits.map((edit) => writeEdit(edit.text, contextOf(edit.at)));
  const added = add === null ? null : writeStatement(add, contextOf(add.at ?? at));
  const code = [...written, ...(added === null ? [] : [added])].map((one) => one.text);
  return {
    text: context.format === "terraform" ? [context.say(text), ...gaps(code)].join(" ") : context.say(text),
    edits: written.map(({ location, text }) => ({ location, text })),
    add: added && { location: add?.at === null ? null : added.location, text: added.text },
    language: (written[0] ?? added ?? syntaxOf(context)).language,
  };
}

interface Written {
  readonly location: Location;
  readonly text: string;
  readonly language: Remedy["language"];
}

function writeEdit(value: string, context: RemedyContext): Written {
  const { language, value: written } = syntaxOf(context);
  const text = amended(value, context) ?? written(withoutPattern(context.write(value)));
  return { location: locate(context.place), text, language };
}

function writeStatement({ actions, resources }: NonNullable<Told["add"]>, context: RemedyContext): Written {
  const { language, statement } = syntaxOf(context);
  const text = statement(actions.map(context.write), resources.map(context.write));
  return { location: locate(context.place), text, language };
}

/** What has to be put into code before it can be pasted, as a sentence; none when there is nothing. */
function gaps(code: readonly string[]): string[] {
  const places = [...new Set(code.flatMap((one) => one.match(/<[a-z][^<>\n]*>/g) ?? []))];
  if (places.length === 0) return [];
  return [`Put the real value${places.length === 1 ? "" : "s"} in place of ${enumeration(places)}.`];
}

/**
 * What is written with another end, where only the end of the value is wrong: the expressions in it are those that the place knows, such as the
 * variables of a template file. Undefined where it is written otherwise.
 */
function amended(
  replacement: string,
  { format, place: { file, start, end }, value = "" }: RemedyContext,
): string | undefined {
  const [, written] = /^"(.*)"$/.exec(file.text.slice(start, end)) ?? [];
  if (format !== "terraform" || written === undefined) return undefined;
  let same = 0;
  while (same < value.length && value[same] === replacement[same]) same++;
  const [was, becomes] = [value.slice(same), replacement.slice(same)];
  const kept = written.slice(0, written.length - was.length);
  if (!kept.includes("${") || kept + was !== written || !isLiteral(was) || !isLiteral(becomes)) return undefined;
  return `"${kept}${becomes}"`;
}

/**
 * A reference is no pattern: an unknown suffix of a secret is left out of it, which Secrets Manager allows.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
function withoutPattern(reference: string): string {
  return reference.replace(/-\?{6}(?=:|$)/, "");
}

function syntaxOf(context: RemedyContext): Syntax {
  const { format } = context;
  const { path, text } = context.place.file;
  const json = path.endsWith(".json") || /^\s*[[{]/.test(text);
  switch (format) {
    case "raw":
      return json ? rawJson : rawYaml;
    case "cloudformation":
      return json ? cloudFormationJson : cloudFormationYaml;
    case "terraform":
      return terraformSyntax(context);
    case "plan":
      return rawJson;
  }
}

/** A statement in JSON: a list of one is written as the one, a longer list with a line for each. */
function jsonStatement(value: (text: string) => unknown) {
  return (actions: readonly string[], resources: readonly string[]): string =>
    [
      "{",
      '  "Effect": "Allow",',
      `  "Action": ${jsonItems(actions)},`,
      `  "Resource": ${jsonItems(resources.map(value))}`,
      "}",
    ].join("\n");
}

function jsonItems(items: readonly unknown[]): string {
  if (items.length === 1) return inline(items[0]);
  return `[\n${items.map((item) => `    ${inline(item)}`).join(",\n")}\n  ]`;
}

/** YAML, as an item of the list of statements. `value` writes a resource, actions need no quotes. */
function yamlStatement(value: (text: string) => string) {
  return (actions: readonly string[], resources: readonly string[]): string =>
    [
      "- Effect: Allow",
      ...yamlItems("Action", actions.map(plainYaml)),
      ...yamlItems("Resource", resources.map(value)),
    ].join("\n");
}

function yamlItems(key: string, items: readonly string[]): string[] {
  if (items.length === 1) return [`  ${key}: ${items[0]}`];
  return [`  ${key}:`, ...items.map((item) => `    - ${item}`)];
}

/** Text as YAML: without quotes where no reader can take it for anything else, else in quotes, which YAML shares with JSON. */
function plainYaml(text: string): string {
  return /^[A-Za-z][\w:/.-]*[\w*]$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

const rawJson: Syntax = {
  language: "json",
  value: (text) => JSON.stringify(text),
  statement: jsonStatement((text) => text),
};
const rawYaml: Syntax = {
  language: "yaml",
  value: (text) => JSON.stringify(text),
  statement: yamlStatement(plainYaml),
};

/** One `${…}` that is a whole text: the resource, parameter or pseudo parameter and, behind a dot, its attribute. */
const REFERENCE = /^\$\{([A-Za-z0-9:]+)(?:\.([A-Za-z0-9.]+))?\}$/;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html */
const cloudFormationYaml: Syntax = {
  language: "yaml",
  value: cloudFormationText,
  statement: yamlStatement((text) => (text.includes("${") ? cloudFormationText(text) : plainYaml(text))),
};

function cloudFormationText(text: string): string {
  const [, name, attribute] = REFERENCE.exec(text) ?? [];
  if (name) return attribute ? `!GetAtt ${name}.${attribute}` : `!Ref ${name}`;
  return `${text.includes("${") ? "!Sub " : ""}${JSON.stringify(text)}`;
}

const cloudFormationJson: Syntax = {
  language: "json",
  value: (text) => inline(cloudFormationObject(text)),
  statement: jsonStatement(cloudFormationObject),
};

function cloudFormationObject(text: string): unknown {
  const [, name, attribute] = REFERENCE.exec(text) ?? [];
  if (name) return attribute ? { "Fn::GetAtt": [name, attribute] } : { Ref: name };
  return text.includes("${") ? { "Fn::Sub": text } : text;
}

/** JSON on one line with the blanks that people write. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return `{ ${entries.join(", ")} }`;
}

/** One `${…}` that is a whole text, with no other inside. */
const EXPRESSION = /^\$\{([A-Za-z_][^{}]*)\}$/;
/** Quotes and backslashes, which a string escapes, and interpolations, in which they are the language's own. */
const QUOTABLE = /\$\{[^{}]*\}|["\\]/g;

/** A string of HCL, or the expression when it is nothing else (https://developer.hashicorp.com/terraform/language/expressions/strings). */
function terraformText(text: string): string {
  const [, expression] = EXPRESSION.exec(text) ?? [];
  return expression ?? terraformString(text);
}

/** Text as a template in quotes, as HCL and the JSON of a heredoc or template file have it. */
function terraformString(text: string): string {
  const quoted = text.replace(QUOTABLE, (found) => (found.length > 1 ? found : `\\${found}`));
  return `"${quoted.replaceAll("\n", "\\n")}"`;
}

function terraformList(items: readonly string[]): string {
  return items.length === 1 ? `[${items[0]}]` : `[\n${items.map((item) => `    ${item},\n`).join("")}  ]`;
}

/** Assignments as `terraform fmt` writes them: signs are aligned in runs of assignments that take one line each. */
function terraformAssignments(assignments: readonly (readonly [name: string, value: string])[]): string[] {
  const multiline = (index: number) => assignments[index]?.[1].includes("\n") ?? true;
  return assignments.map(([name, value], index) => {
    if (multiline(index)) return `  ${name} = ${value}`;
    let first = index;
    while (!multiline(first - 1)) first--;
    let last = index;
    while (!multiline(last + 1)) last++;
    const width = Math.max(...assignments.slice(first, last + 1).map(([one]) => one.length));
    return `  ${name.padEnd(width)} = ${value}`;
  });
}

/** The longest blank between a key and its value that somebody writes. */
const BLANKS = 100;

/**
 * Terraform's own JSON, the JSON of a template file and that of a heredoc keep templates in their strings. A policy is written as others are
 * in the file.
 */
function terraformSyntax({ place: { file, start } }: RemedyContext): Syntax {
  const { path, text } = file;
  if (path.endsWith(".json")) return rawJson;
  const inJson = !/\.(?:tf|hcl|tofu)$/.test(path) || /"\s*:\s*$/.test(text.slice(Math.max(0, start - BLANKS), start));
  return {
    language: inJson ? "json" : "hcl",
    value: inJson ? terraformString : terraformText,
    statement: (actions, resources) =>
      (/\bdata\s+"aws_iam_policy_document"/.test(text) ? terraformBlock : terraformObject)(actions, resources),
  };
}

/** A block of `data "aws_iam_policy_document"`, where an Allow is the default. */
const terraformBlock: Syntax["statement"] = (actions, resources) =>
  [
    "statement {",
    ...terraformAssignments([
      ["actions", terraformList(actions.map(terraformText))],
      ["resources", terraformList(resources.map(terraformText))],
    ]),
    "}",
  ].join("\n");

/** An object in the `Statement` list of `jsonencode({ … })`. */
const terraformObject: Syntax["statement"] = (actions, resources) =>
  [
    "{",
    ...terraformAssignments([
      ["Effect", '"Allow"'],
      ["Action", terraformItems(actions)],
      ["Resource", terraformItems(resources)],
    ]),
    "}",
  ].join("\n");

function terraformItems(items: readonly string[]): string {
  const [only] = items;
  return items.length === 1 && only !== undefined ? terraformText(only) : terraformList(items.map(terraformText));
}
