/** Writing values and statements into CloudFormation templates: `${…}` becomes `!Ref`, `!GetAtt` or `!Sub`. */
import type { Writer } from "../../facts/resources.ts";
import type { Place } from "../../source.ts";
import { isJson } from "../../syntax/document.ts";
import { inlineJson, jsonStatement, plainYaml, yamlStatement } from "../iam/statement.ts";
import { escapeJson, nestedIn } from "../quotes.ts";

/** Writes at a place of a template. The text of a `Fn::Sub` stays in it, but a tag `!Sub` is replaced with its text. */
export function writeCloudFormation(place: Place): Writer {
  const { file, start } = place;
  const before = file.text.slice(Math.max(0, start - LONGEST_TAG), start);
  const [tag] = TAG.exec(before) ?? [];
  const inSub = tag === undefined && IN_SUB.test(before);
  const written = isJson(file) ? json : yaml;
  return {
    ...written,
    place: { ...place, start: start - (tag?.length ?? 0) },
    value: ({ text }) => nestedIn(place, inSub ? JSON.stringify(text) : written.value(text), escapeJson),
  };
}

/** `!Sub` and the blanks behind it. */
const TAG = /!Sub[ \t]+$/;
/** The text of a `Fn::Sub`, also with an anchor or as the first item of a list. */
const IN_SUB = /(?:!Sub|Fn::Sub["']?\s*:)\s*(?:&\S+\s*)?(?:[[-]\s*)?$/;
/** No more is looked at before a place. */
const LONGEST_TAG = 200;

/** A string that is one `${…}`: the resource, parameter or pseudo parameter and, behind a dot, its attribute. */
const REFERENCE = /^\$\{([A-Za-z0-9:]+)(?:\.([A-Za-z0-9.]+))?\}$/;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html */
function yamlText(text: string): string {
  const [, name, attribute] = REFERENCE.exec(text) ?? [];
  if (name) return attribute ? `!GetAtt ${name}.${attribute}` : `!Ref ${name}`;
  return `${text.includes("${") ? "!Sub " : ""}${JSON.stringify(text)}`;
}

const yaml = {
  language: "yaml",
  value: yamlText,
  statement: yamlStatement((text) => (text.includes("${") ? yamlText(text) : plainYaml(text))),
} as const;

function jsonText(text: string): unknown {
  const [, name, attribute] = REFERENCE.exec(text) ?? [];
  if (name) return attribute ? { "Fn::GetAtt": [name, attribute] } : { Ref: name };
  return text.includes("${") ? { "Fn::Sub": text } : text;
}

const json = {
  language: "json",
  value: (text: string) => inlineJson(jsonText(text)),
  statement: jsonStatement((text) => inlineJson(jsonText(text))),
} as const;
