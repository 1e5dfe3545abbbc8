/** What a rule says to write, in the format of the file where it has to be written. */
import type { UnitFormat } from "../facts/resources.ts";
import { isLiteral } from "../facts/text.ts";
import { enumeration } from "./rank.ts";

/** One replacement at the finding's place, or one statement to add. */
export interface Remedy {
  readonly text: string;
  readonly replacement: string | null;
  readonly statement: { readonly actions: readonly string[]; readonly resources: readonly string[] } | null;
}

export interface RemedyContext {
  readonly format: UnitFormat;
  /** The file that the finding is in: its ending tells JSON from YAML. */
  readonly path: string;
  /** Its text, which tells what the ending doesn't. */
  readonly text?: string;
  /** Where in it the finding is. */
  readonly start?: number;
  readonly end?: number;
  /** The value that is written there, with holes. */
  readonly value?: string;
  /** Writes holes as the unit does, for people: `⟨AWS.Region⟩` → `${AWS::Region}`. */
  readonly say: (text: string) => string;
  /** The same for code that can stand there, with `<…>` for what is not known. */
  readonly write: (text: string) => string;
}

/** A language that a remedy is written in: a value on its own, and a policy statement. */
interface Syntax {
  readonly value: (text: string) => string;
  readonly statement: (actions: readonly string[], resources: readonly string[]) => string;
}

/**
 * The remedy as the report has it: its sentence and, when there is something to paste, a blank line and the code.
 * A replacement stands in place of the text that the finding marks; a statement is added to the statements of a policy, `there`.
 */
export function renderRemedy(
  { text, replacement, statement }: Remedy,
  context: RemedyContext,
  there: RemedyContext = context,
): string {
  const code = [
    ...(replacement === null
      ? []
      : [amended(replacement, context) ?? syntaxOf(context).value(withoutPattern(context.write(replacement)))]),
    ...(statement === null
      ? []
      : [syntaxOf(there).statement(statement.actions.map(there.write), statement.resources.map(there.write))]),
  ];
  const sentence = context.format === "terraform" ? [context.say(text), ...gaps(code)].join(" ") : context.say(text);
  return [sentence, ...code].join("\n\n");
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
  { format, text = "", start = 0, end = 0, value = "" }: RemedyContext,
): string | undefined {
  const [, written] = /^"(.*)"$/.exec(text.slice(start, end)) ?? [];
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
  const { format, path, text = "" } = context;
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

const rawJson: Syntax = { value: (text) => JSON.stringify(text), statement: jsonStatement((text) => text) };
const rawYaml: Syntax = { value: (text) => JSON.stringify(text), statement: yamlStatement(plainYaml) };

/** One `${…}` that is a whole text: the resource, parameter or pseudo parameter and, behind a dot, its attribute. */
const REFERENCE = /^\$\{([A-Za-z0-9:]+)(?:\.([A-Za-z0-9.]+))?\}$/;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html */
const cloudFormationYaml: Syntax = {
  value: cloudFormationText,
  statement: yamlStatement((text) => (text.includes("${") ? cloudFormationText(text) : plainYaml(text))),
};

function cloudFormationText(text: string): string {
  const [, name, attribute] = REFERENCE.exec(text) ?? [];
  if (name) return attribute ? `!GetAtt ${name}.${attribute}` : `!Ref ${name}`;
  return `${text.includes("${") ? "!Sub " : ""}${JSON.stringify(text)}`;
}

const cloudFormationJson: Syntax = {
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
function terraformSyntax({ path, text = "", start = 0 }: RemedyContext): Syntax {
  if (path.endsWith(".json")) return rawJson;
  const inJson = !/\.(?:tf|hcl|tofu)$/.test(path) || /"\s*:\s*$/.test(text.slice(Math.max(0, start - BLANKS), start));
  return {
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
