/** Writing an IAM statement that allows actions, and policies of one such statement, as JSON or YAML. */
import type { Whom, Writer } from "../../facts/writing.ts";
import { nestedIn } from "../quotes.ts";

/** How a format writes a resource of a statement: in JSON, in YAML, and in JSON in a string, which is then escaped. */
interface Style {
  readonly quoted: (text: string) => string;
  readonly json: (text: string) => string;
  readonly yaml: (text: string) => string;
  readonly escaped: (text: string) => string;
}

/**
 * Writes statements as the one at a place is written: as JSON, as JSON in a string, or as YAML in flow or block style.
 */
export function statementLike(
  { language, place }: Pick<Writer, "language" | "place">,
  { json, yaml, quoted, escaped }: Style,
): Writer["statement"] {
  const source = place.file.text.slice(place.start, place.end);
  if (/^\{(?:\s|\\+[nrt])*\\+"/.test(source)) {
    const inline = inlineStatement('"', quoted);
    return (...given) => nestedIn(place, inline(...given), escaped);
  }
  if (language === "json" && /^\{\s*\w/.test(source)) {
    const inline = inlineStatement("", yaml);
    return (actions, resources) => escaped(inline(actions, resources));
  }
  if (language === "json" || /^\{\s*"/.test(source)) {
    return /^\{\s*"(?:actions|resources|sid|effect)"/.test(source) ? blockJson(json) : jsonStatement(json);
  }
  return source.startsWith("{") ? inlineStatement("", yaml) : yamlStatement(yaml);
}

/** A statement on one line. `quote` is put around keys. */
function inlineStatement(quote: string, value: (text: string) => string): Writer["statement"] {
  const list = (texts: readonly string[]) => (texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`);
  const key = (name: string) => quote + name + quote;
  return (actions, resources, principal) => {
    const whom = principal ? [`${key("Principal")}: { ${key(principal.type)}: ${value(principal.value)} }`] : [];
    const what = resources.length > 0 ? [`${key("Resource")}: ${list(resources.map(value))}`] : [];
    const elements = [`${key("Effect")}: ${value("Allow")}`, ...whom, `${key("Action")}: ${list(actions.map(value))}`];
    return `{ ${[...elements, ...what].join(", ")} }`;
  };
}

/** A block of `aws_iam_policy_document` in Terraform's JSON, in which all are lists and an Allow is the default. */
function blockJson(value: (text: string) => string): Writer["statement"] {
  const list = (texts: readonly string[]) => `[${texts.join(", ")}]`;
  return (actions, resources, principal) => {
    const whom =
      principal && `"principals": { "type": "${principal.type}", "identifiers": [${value(principal.value)}] }`;
    const what = resources.length > 0 && `"resources": ${list(resources.map(value))}`;
    const elements = [whom, `"actions": ${list(actions.map((one) => JSON.stringify(one)))}`, what];
    return `{\n${elements
      .filter(Boolean)
      .map((one) => `  ${one}`)
      .join(",\n")}\n}`;
  };
}

/** The name of a policy for some actions. */
export function policyName([action]: readonly string[]): string {
  return NAMES[action?.split(":")[0] ?? ""] ?? "read-secrets";
}

const NAMES: Readonly<Record<string, string>> = { ssm: "read-parameters", kms: "decrypt-secrets" };

/** The document of a policy with one statement, as JSON. */
export function jsonDocument(statement: string): string {
  return `{\n  "Version": "2012-10-17",\n  "Statement": [\n${indented(statement, 4)}\n  ]\n}`;
}

/** The lines of a string, each with blanks in front. */
export function indented(text: string, blanks: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(blanks));
}

/** A statement as JSON. `value` writes a resource or a principal. */
export function jsonStatement(value: (text: string) => string): Writer["statement"] {
  const whom = ({ type, value: one }: Whom) => `  "Principal": { ${JSON.stringify(type)}: ${value(one)} }`;
  return (actions, resources, principal) => {
    const elements = [
      '  "Effect": "Allow"',
      ...(principal ? [whom(principal)] : []),
      `  "Action": ${jsonItems(actions.map((action) => JSON.stringify(action)))}`,
      ...(resources.length > 0 ? [`  "Resource": ${jsonItems(resources.map(value))}`] : []),
    ];
    return `{\n${elements.join(",\n")}\n}`;
  };
}

/** A list with one item is written as the item, a longer one with a line for each. */
function jsonItems(items: readonly string[]): string {
  const [only] = items;
  if (items.length === 1 && only !== undefined) return only;
  return `[\n${items.map((item) => `    ${item}`).join(",\n")}\n  ]`;
}

/** JSON on one line with the blanks that people write. */
export function inlineJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inlineJson(item)}`);
  return `{ ${entries.join(", ")} }`;
}

/** A statement as an item of a YAML list. `value` writes a resource or a principal. */
export function yamlStatement(value: (text: string) => string): Writer["statement"] {
  return (actions, resources, principal) =>
    [
      "- Effect: Allow",
      ...(principal ? ["  Principal:", `    ${principal.type}: ${value(principal.value)}`] : []),
      ...yamlItems("Action", actions.map(plainYaml)),
      ...(resources.length > 0 ? yamlItems("Resource", resources.map(value)) : []),
    ].join("\n");
}

function yamlItems(key: string, items: readonly string[]): string[] {
  if (items.length === 1) return [`  ${key}: ${items[0]}`];
  return [`  ${key}:`, ...items.map((item) => `    - ${item}`)];
}

export function plainYaml(text: string): string {
  return /^[A-Za-z][\w:/.-]*[\w*]$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
