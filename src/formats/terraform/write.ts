/** Writing values and statements into files of Terraform, and into JSON that Terraform renders. */
import type { PolicyResource, Resources, RoleResource, Writer, Written } from "../../facts/resources.ts";
import { isLiteral } from "../../facts/text.ts";
import { isWithin, type Place } from "../../source.ts";
import { jsonStatement } from "../iam/statement.ts";
import { nestedIn } from "../quotes.ts";
import { writeRaw } from "../raw/write.ts";

/** Writes for the places of a unit with these resources: a statement is written as others of the same policy are. */
export function terraformWriter(resources: Pick<Resources, "policies" | "roles">): (place: Place) => Writer {
  const { roles } = resources;
  // The trust policy of a role is at the same place as the role, and gets no such statement.
  const policies = resources.policies.filter(({ kind }) => kind !== "trust");
  return (place) => {
    if (place.file.path.endsWith(".json")) return writeRaw(place);
    const value = ({ text, from, to }: Written) =>
      amended(place, from, to) ??
      (isExpression(place) ? terraformText(text) : nestedIn(place, terraformString(text), escapeTemplate));
    const example = [
      ...policies.filter(({ at }) => isSame(at, place)),
      ...carriedBy(
        policies,
        roles.find(({ at }) => isSame(at, place)),
      ),
      ...policies.filter(({ at }) => at.file === place.file),
    ].flatMap(({ statements }) => statements)[0];
    return { ...styleOf(example?.at), place, value };
  };
}

function isSame(one: Place, other: Place): boolean {
  return isWithin(one, other) && isWithin(other, one);
}

function carriedBy(policies: readonly PolicyResource[], role: RoleResource | undefined): readonly PolicyResource[] {
  const names = [role?.arn.value, role?.name?.value];
  return policies.filter(({ attached_to }) => attached_to.some(({ value }) => names.includes(value)));
}

/** Whether HCL is read at a place, where an expression needs no quotes, and not the JSON of a template or a heredoc. */
function isExpression({ file: { path, text }, start }: Place): boolean {
  if (!IS_CODE.test(path)) return false;
  return text[start] !== '"' ? text[start] !== "\\" : /=\s*$/.test(text.slice(Math.max(0, start - BLANKS), start));
}

const IS_CODE = /\.(?:tf|hcl|tofu|tfvars)$/;
/** The longest blank between a sign and a value that is looked at. */
const BLANKS = 100;

/**
 * The template at a place with another end, where only the end of the value is wrong: the expressions in it are those
 * that the place knows, such as the variables of a template file. Undefined where it is written otherwise.
 */
function amended({ file, start, end }: Place, from: string | undefined, to: string): string | undefined {
  const source = file.text.slice(start, end);
  const [, closing = ""] = /^\\*".*?(\\*")$/.exec(source) ?? [];
  if (closing === "" || from === undefined) return undefined;
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  const [was, becomes] = [from.slice(same), to.slice(same)];
  const kept = source.slice(0, source.length - was.length - closing.length);
  const fits = kept + was + closing === source && kept.includes("${");
  return fits && isLiteral(was) && /^[\w:./-]*$/.test(becomes) ? kept + becomes + closing : undefined;
}

/** One `${…}` that is the complete string, with no other inside. */
const EXPRESSION = /^\$\{([A-Za-z_][^{}]*)\}$/;
/** Quotes and backslashes, which a string escapes, and interpolations, in which they are the language's own. */
const QUOTABLE = /\$\{[^{}]*\}|["\\]/g;

/**
 * A string of HCL, or the expression when it is nothing else
 * (https://developer.hashicorp.com/terraform/language/expressions/strings).
 */
function terraformText(text: string): string {
  return EXPRESSION.exec(text)?.[1] ?? terraformString(text);
}

/** A string as a template in quotes, as in HCL and in the JSON of a heredoc or template file. */
function terraformString(text: string): string {
  return `"${escapeTemplate(text).replaceAll("\n", "\\n")}"`;
}

function escapeTemplate(text: string): string {
  return text.replace(QUOTABLE, (found) => (found.length > 1 ? found : `\\${found}`));
}

type Style = Pick<Writer, "language" | "statement">;

/** How a statement is written: as a block of a data source, as an object of `jsonencode`, or as JSON with templates. */
function styleOf(example: Place | undefined): Style {
  if (!example) return OBJECT;
  const written = example.file.text.slice(example.start, example.end);
  if (!IS_CODE.test(example.file.path) || /^\{\s*\\*"[^"]*"\s*:/.test(written)) return JSON_TEMPLATE;
  const before = example.file.text.slice(Math.max(0, example.start - BLANKS), example.start);
  return IN_BLOCK.test(before) ? BLOCK : OBJECT;
}

/** The type of a block before its body, also that of a dynamic block. */
const IN_BLOCK = /\b(?:statement|content)\s*$/;

const JSON_TEMPLATE: Style = { language: "json", statement: jsonStatement(terraformString) };

/** A block of `data "aws_iam_policy_document"`, where an Allow is the default. */
const BLOCK: Style = {
  language: "hcl",
  statement: (actions, resources) =>
    [
      "statement {",
      ...assignments([
        ["actions", list(actions.map(terraformText))],
        ["resources", list(resources.map(terraformText))],
      ]),
      "}",
    ].join("\n"),
};

/** An object in the `Statement` list of `jsonencode({ … })`. */
const OBJECT: Style = {
  language: "hcl",
  statement: (actions, resources) =>
    [
      "{",
      ...assignments([
        ["Effect", '"Allow"'],
        ["Action", items(actions)],
        ["Resource", items(resources)],
      ]),
      "}",
    ].join("\n"),
};

function items(texts: readonly string[]): string {
  const [only] = texts;
  return texts.length === 1 && only !== undefined ? terraformText(only) : list(texts.map(terraformText));
}

function list(values: readonly string[]): string {
  return values.length === 1 ? `[${values[0]}]` : `[\n${values.map((value) => `    ${value},\n`).join("")}  ]`;
}

/** Assignments as `terraform fmt` writes them: signs are aligned in runs of assignments that take one line each. */
function assignments(all: readonly (readonly [name: string, value: string])[]): string[] {
  const multiline = (index: number) => all[index]?.[1].includes("\n") ?? true;
  return all.map(([name, value], index) => {
    if (multiline(index)) return `  ${name} = ${value}`;
    let first = index;
    while (!multiline(first - 1)) first--;
    let last = index;
    while (!multiline(last + 1)) last++;
    const width = Math.max(...all.slice(first, last + 1).map(([one]) => one.length));
    return `  ${name.padEnd(width)} = ${value}`;
  });
}
