/** Writing values and statements into CloudFormation templates: `${…}` becomes `!Ref`, `!GetAtt` or `!Sub`. */
import type { Addition, Grant, Writer } from "../../facts/writing.ts";
import type { Place } from "../../source.ts";
import { isJson } from "../../syntax/document.ts";
import {
  indented,
  inlineJson,
  jsonDocument,
  jsonStatement,
  plainYaml,
  policyName,
  statementLike,
  yamlStatement,
} from "../iam/statement.ts";
import { amended, escapeJson, nestedIn } from "../quotes.ts";

/** Writes at a place of a template. The text of a `Fn::Sub` stays in it, but a tag `!Sub` is replaced with its text. */
export function writeCloudFormation(place: Place): Writer {
  const { file, start } = place;
  const before = file.text.slice(Math.max(0, start - LONGEST_TAG), start);
  const [tag] = TAG.exec(before) ?? [];
  const inSub = tag === undefined && IN_SUB.test(before);
  const written = isJson(file) ? json : yaml;
  const { language } = written;
  return {
    language,
    statement: statementLike({ language, place }, styles),
    policy: (grant) => rolePolicy(place, grant),
    place: { ...place, start: start - (tag?.length ?? 0) },
    value: (one) => {
      const { text } = one;
      const kept = inSub ? amended(place, one, SUB) : undefined;
      const code = (write: (text: string) => string) =>
        inSub ? JSON.stringify(text.replace(IMPORTS, "<$1>")) : write(text);
      if (isYamlInJson(place)) return kept ?? escapeJson(code(yamlText));
      return kept ?? nestedIn(place, code(written.value), escapeJson);
    },
  };
}

/** How the text of a `Fn::Sub` begins: in YAML also without quotes. */
const SUB = { quotes: /^(?:["']|)/, replaced: false };

/** Whether a value is written in the YAML of a template that is a string of a JSON document. */
function isYamlInJson({ file, start, end }: Place): boolean {
  const source = file.text.slice(start, end);
  return isJson(file) && !/^(?:\\*"|[[{]|true|false|null|-?\d+$)/.test(source);
}

const styles = {
  json: jsonResource,
  yaml: yamlResource,
  quoted: jsonResource,
  escaped: escapeJson,
};

/** `!Sub` and the blanks behind it. */
const TAG = /!Sub[ \t]+$/;
/** The text of a `Fn::Sub`, also with an anchor or as the first item of a list. */
const IN_SUB = /(?:!Sub|Fn::Sub["']?\s*:)\s*(?:&\S+\s*)?(?:[[-]\s*)?$/;
/** No more is looked at before a place. */
const LONGEST_TAG = 200;

/** A string that is one `${…}`: the resource, parameter or pseudo parameter and, behind a dot, its attribute. */
const IMPORT = /\$\{Fn::ImportValue:([^{}]+)\}/;
/** In the text of a `Fn::Sub`, which names no import. */
const IMPORTS = /\$\{Fn::ImportValue:([^{}]+)\}/g;
const REFERENCE = /^\$\{([A-Za-z0-9:]+)(?:\.([A-Za-z0-9.]+))?\}$/;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html */
function yamlText(text: string): string {
  const [imported, from] = IMPORT.exec(text) ?? [];
  if (imported && from) {
    const value = `!ImportValue ${plainYaml(from)}`;
    if (text === imported) return value;
    return `!Sub [${JSON.stringify(text.replaceAll(imported, "${Import}"))}, { Import: ${value} }]`;
  }
  const [, name, attribute] = REFERENCE.exec(text) ?? [];
  if (name) return attribute ? `!GetAtt ${name}.${attribute}` : `!Ref ${name}`;
  return `${text.includes("${") ? "!Sub " : ""}${JSON.stringify(text)}`;
}

const yaml = { language: "yaml", value: yamlText } as const;

function yamlResource(text: string): string {
  return text.includes("${") ? yamlText(text) : plainYaml(text);
}

function jsonText(text: string): unknown {
  const [imported, from] = IMPORT.exec(text) ?? [];
  if (imported && from) {
    const value = { "Fn::ImportValue": from };
    return text === imported ? value : { "Fn::Sub": [text.replaceAll(imported, "${Import}"), { Import: value }] };
  }
  const [, name, attribute] = REFERENCE.exec(text) ?? [];
  if (name) return attribute ? { "Fn::GetAtt": [name, attribute] } : { Ref: name };
  return text.includes("${") ? { "Fn::Sub": text } : text;
}

const json = {
  language: "json",
  value: jsonResource,
} as const;

function jsonResource(text: string): string {
  return inlineJson(jsonText(text));
}

/** An inline policy of a role that has none, whose logical id is at the place. */
function rolePolicy({ file, start, end }: Place, { actions, resources }: Grant): Addition {
  const rest = file.text.slice(end);
  if (isJson(file)) {
    const document = indented(jsonDocument(jsonStatement(jsonResource)(actions, resources)), 4).trimStart();
    const text = `"Policies": [\n  {\n    "PolicyName": "${policyName(actions)}",\n    "PolicyDocument": ${document}\n  }\n]`;
    const [head] = hasPolicies(file.text, file.text.slice(start, end)) ? [] : (JSON_PROPERTIES.exec(rest) ?? []);
    return { text, edits: head === undefined ? [] : [inserted(end + head.length, `${text},`, head)] };
  }
  const text = [
    "Policies:",
    `  - PolicyName: ${policyName(actions)}`,
    "    PolicyDocument:",
    '      Version: "2012-10-17"',
    "      Statement:",
    indented(yamlStatement(yamlResource)(actions, resources), 8),
  ].join("\n");
  const margin = file.text.slice(file.text.lastIndexOf("\n", start - 1) + 1, start);
  const [own = ""] = new RegExp(`^[^\\n]*\\n(?:(?:${margin}[ \\t][^\\n]*|[ \\t]*\\r?)(?:\\n|$))*`).exec(rest) ?? [];
  const [head] = /^\s*$/.test(margin) && !/^[ \t]*Policies:/m.test(own) ? (YAML_PROPERTIES.exec(own) ?? []) : [];
  return { text, edits: head === undefined ? [] : [inserted(end + head.length, text, head)] };

  function inserted(at: number, code: string, before: string) {
    const [, indent = ""] = /\n([ \t]*)$/.exec(before) ?? [];
    return { place: { file, start: at, end: at }, text: `${code.replaceAll("\n", `\n${indent}`)}\n${indent}` };
  }
}

/** What is before the first property of a resource, from its logical id on. */
const YAML_PROPERTIES =
  /^[\s\S]*?\n[ \t]+Properties:[ \t]*(?:#[^\r\n]*)?\r?\n(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*[ \t]+(?=\w)/;
const JSON_PROPERTIES = /^"?\s*:\s*\{[\s\S]*?"Properties"\s*:\s*\{\s*/;

/** Whether the role of a template of JSON has policies of its own, or that is unknown. */
function hasPolicies(template: string, id: string): boolean {
  try {
    const { Resources } = JSON.parse(template);
    const role = Resources[id.replaceAll('"', "")];
    return role.Type !== "AWS::IAM::Role" || role.Properties.Policies !== undefined;
  } catch {
    return true;
  }
}
