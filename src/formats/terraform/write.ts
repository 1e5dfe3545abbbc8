/** Writing values and statements into files of Terraform, and into JSON that Terraform renders. */
import { type Addition, type Grant, inModule, type Whom, type Writer, type Written } from "../../facts/writing.ts";
import type { Place } from "../../source.ts";
import { indented, jsonDocument, jsonStatement, policyName, statementLike } from "../iam/statement.ts";
import { amended, escapeJson, nestedIn } from "../quotes.ts";
import { writeRaw } from "../raw/write.ts";

/** Writes for a place of a module, or of a file that it renders or reads. */
export function writeTerraform(place: Place): Writer {
  const writer = written(place);
  if (/\.(?:tf|tofu)(?:\.json)?$/.test(place.file.path)) return writer;
  // A file that is read or rendered knows nothing of the module but what a template is given.
  const named = (resource: string) => resource.replace(OF_MODULE, "<$1>");
  return {
    ...writer,
    statement: (actions, resources, principal) =>
      writer.statement(actions, resources.map(named), principal && { ...principal, value: named(principal.value) }),
  };
}

/** A name that only code of a module has. */
const OF_MODULE = /\$\{((?:var|local|data|module|each|count|aws\w*)\b[^{}]*)\}/g;

function written(place: Place): Writer {
  if (place.file.path.endsWith(".json")) {
    const raw = writeRaw(place);
    const value = (one: Written) => amended(place, one, TEMPLATE) ?? raw.value(one);
    const isCode = /^\{(?:\s|\\[nrt])*\w+\s*=/.test(place.file.text.slice(place.start, place.end));
    const statement: Writer["statement"] = (...given) => escapeJson(OBJECT.statement(...given));
    return { ...raw, ...(isCode && { statement }), value, policy: jsonPolicy };
  }
  const value = (one: Written) =>
    amended(place, one, { ...TEMPLATE, replaced: !IS_CODE.test(place.file.path) }) ??
    (isExpression(place) ? terraformText(one.text) : nestedIn(place, terraformString(one.text), escapeTemplate));
  return { ...styleOf(place), place, value, policy: (grant) => rolePolicy(place, grant) };
}

/** How a template begins, in files in which a module may replace words. */
const TEMPLATE = { quotes: /^\\*"/, replaced: true };

/** Whether HCL is read at a place, where an expression needs no quotes, and not the JSON of a template or a heredoc. */
function isExpression({ file: { path, text }, start }: Place): boolean {
  if (!IS_CODE.test(path)) return false;
  return text[start] !== '"' ? text[start] !== "\\" : /=\s*$/.test(text.slice(Math.max(0, start - BLANKS), start));
}

const IS_CODE = /\.(?:tf|hcl|tofu|tfvars)$/;
/** The longest blank between a sign and a value that is looked at. */
const BLANKS = 100;

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
function styleOf(place: Place): Style {
  const { file, start, end } = place;
  const written = file.text.slice(start, end);
  if (!IS_CODE.test(file.path) || /^\{\s*\\*"[^"]*"\s*:/.test(written)) {
    const style = { json: terraformString, yaml: terraformString, quoted: terraformString, escaped: escapeTemplate };
    return { language: "json", statement: statementLike({ language: "json", place }, style) };
  }
  return IN_BLOCK.test(file.text.slice(Math.max(0, start - BLANKS), start)) ? BLOCK : OBJECT;
}

/** The type of a block before its body, also that of a dynamic block. */
const IN_BLOCK = /\b(?:statement|content)\s*$/;

/** A block of `data "aws_iam_policy_document"`, where an Allow is the default. */
const BLOCK: Style = {
  language: "hcl",
  statement: (actions, resources, principal) =>
    [
      "statement {",
      ...(principal ? principals(principal) : []),
      ...assignments([
        ["actions", list(actions.map(terraformText))],
        ...(resources.length > 0 ? [["resources", list(resources.map(terraformText))] as const] : []),
      ]),
      "}",
    ].join("\n"),
};

/** An object in the `Statement` list of `jsonencode({ … })`. */
const OBJECT: Style = {
  language: "hcl",
  statement: (actions, resources, principal) =>
    [
      "{",
      ...assignments([
        ["Effect", '"Allow"'],
        ...(principal ? [["Principal", `{ ${principal.type} = ${terraformText(principal.value)} }`] as const] : []),
        ["Action", items(actions)],
        ...(resources.length > 0 ? [["Resource", items(resources)] as const] : []),
      ]),
      "}",
    ].join("\n"),
};

function principals({ type, value }: Whom): string[] {
  const inner = assignments([
    ["type", JSON.stringify(type)],
    ["identifiers", list([terraformText(value)])],
  ]);
  return ["  principals {", ...inner.map((line) => `  ${line}`), "  }"];
}

/** An `aws_iam_role_policy` for a role, at the end of the role's file. */
function rolePolicy({ file }: Place, { role, actions, resources }: Grant): Addition {
  const [address, label] = roleIn(role);
  const [type, name, of, document] = address.startsWith("awscc_") ? CLOUD_CONTROL : PROVIDER_AWS;
  const text = [
    `resource "${type}" "${unused(`${label}_${policyName(actions).replace("-", "_")}`, file.text)}" {`,
    `  ${name} = "${policyName(actions)}"`,
    `  ${of} = ${address}.id`,
    `  ${document} = jsonencode({`,
    '    Version = "2012-10-17"',
    "    Statement = [",
    `${indented(OBJECT.statement(actions, resources), 6)},`,
    "    ]",
    "  })",
    "}",
  ].join("\n");
  const at = file.text.length;
  const isSure = IS_MODULE.test(file.path) && ROLE.test(address);
  const [code, gap] = file.text.endsWith("\n") ? [`${text}\n`, "\n"] : [text, "\n\n"];
  return { text, edits: isSure ? [{ place: { file, start: at, end: at }, text: `${gap}${code}` }] : [] };
}

/** The same in the JSON of Terraform, as a file of its own. */
function jsonPolicy({ role, actions, resources }: Grant): Addition {
  const [address, label] = roleIn(role);
  const policy = jsonDocument(jsonStatement((text) => JSON.stringify(text))(actions, resources));
  const body = { name: policyName(actions), role: `\${${address}.id}`, policy: JSON.stringify(JSON.parse(policy)) };
  const named = { [`${label}_${policyName(actions).replace("-", "_")}`]: body };
  return { text: JSON.stringify({ resource: { aws_iam_role_policy: named } }, null, 2), edits: [] };
}

/** A label, with a number behind it where something of the file has it. */
function unused(label: string, text: string): string {
  for (let number = 1; ; number++) {
    const own = number === 1 ? label : `${label}_${number}`;
    if (!text.includes(`"${own}"`)) return own;
  }
}

/** The address of a role as its own module writes it, and a label for what is its own. */
function roleIn(address: string): readonly [address: string, label: string] {
  const own = inModule(address);
  const [, label = "role", index = ""] = ROLE.exec(own) ?? [];
  return [own, `${label}${index.replace(/["\]]/g, "").replace(/[^\w-]/g, "_")}`];
}

const ROLE = /^aws(?:cc)?_iam_role\.([\w-]+)(\[.*\])?$/;
/** The type of a role's policy, and the arguments for its name, its role and its document. */
const PROVIDER_AWS = ["aws_iam_role_policy", "name", "role", "policy"] as const;
const CLOUD_CONTROL = ["awscc_iam_role_policy", "policy_name", "role_name", "policy_document"] as const;
const IS_MODULE = /\.(?:tf|tofu)$/;

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
