import { isHole, replaceHoles } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import { MASK, unmask } from "../../../../syntax/placeholders.ts";
import { type Located, locate, piecesAt, piecesOf } from "../../../../syntax/text.ts";
import { unknownOf } from "../../../../syntax/value.ts";
import type { Scalar, Tag, YamlRules } from "../../../../syntax/yaml/state.ts";
import { parseNumber } from "../evaluate/arithmetic.ts";
import { MAX_VALUES, spendText, spendValues } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { textOfPieces } from "../evaluate/text.ts";
import { ANY, STRING } from "../evaluate/types.ts";
import { booleanOf, type TerraformText, type TerraformValue, textOf, weightOf } from "../evaluate/values.ts";
import { anything, parameter, textAt } from "./arguments.ts";

let reader: typeof import("../../../../syntax/yaml/reader.ts") | undefined;

/** Loads the reader of YAML; without it `yamldecode` is unknown. */
export async function loadYaml(): Promise<void> {
  reader ??= await import("../../../../syntax/yaml/reader.ts");
}

function yamldecode(values: readonly TerraformValue[], call: Call): TerraformValue {
  const [given] = values;
  if (given?.kind === "unknown") return given.yaml ?? derived("yamldecode", values, call.at);
  const source = textAt(values, 0);
  if (reader === undefined) return derived("yamldecode", values, call.at);
  spendText(call.budget, source.value.length * STEPS_A_CHARACTER);
  const located = locate(piecesOf(source), source.at);
  const text = withoutMarks(source.value);
  const [result, more] = reader.readYaml({ text, place: located.place, rules: rulesFor(text, located) });
  if (result?.kind === "failure") throw new Complaint("argument", `the string is not valid YAML: ${result.message}`);
  if (result === undefined || more) throw new Complaint("argument");
  const weight = weightOf(result.value);
  if (weight > MAX_VALUES) throw new Complaint("limit", "the document has too many values");
  spendValues(call.budget, weight);
  return result.value;
}

/** Reading YAML takes longer for a character than other functions. */
const STEPS_A_CHARACTER = 4;

/** The encoded value is remembered; the text that Terraform writes is not computed. */
function yamlencode(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const [yaml = { kind: "null", at } as const] = values;
  return { ...derived("yamlencode", values, at, STRING), yaml };
}

/**
 * The text with what YAML would read as marks in holes replaced by as many characters that it doesn't. `unmask` takes
 * it back. A string that already has such characters is left alone.
 */
function withoutMarks(text: string): string {
  if (unmask(text) !== text) return text;
  return replaceHoles(text, (token) =>
    token.replace(/[\x20-\x2d/:-@[-`{-~]/g, (mark) => String.fromCharCode(MASK + mark.charCodeAt(0))),
  );
}

/** YAML as go-cty-yaml reads it: the words of YAML 1.1, the numbers of YAML 1.2. */
function rulesFor(text: string, located: Located): YamlRules {
  const string = (scalar: Scalar): TerraformText =>
    textOfPieces(piecesAt(located, text, scalar.text, scalar.offsets()), scalar.at);
  return {
    scalar: (scalar, tag) => resolved(scalar, tag, string, located),
    collection: (value, tag) => {
      if (tag && standardTag(tag) !== (value.kind === "list" ? "seq" : "map")) throw new Complaint("argument");
      return value;
    },
    key: (scalar, tag) => {
      if (scalar.style === "collection") throw new Complaint("type");
      const value = resolved(scalar, tag, string, located);
      if (value.kind === "number" || value.kind === "boolean") return textOf(String(value.value), scalar.at);
      if (value.kind === "null") throw new Complaint("null");
      return value.kind === "text" ? value : string(scalar);
    },
    // Each entry replaces the ones before it, wherever it comes from.
    merged: (own, merges) => {
      const entries = [...own];
      for (const { value, before } of merges.toReversed()) {
        if (value.kind !== "object") throw new Complaint("argument");
        entries.splice(before, 0, ...value.entries);
      }
      return { entries };
    },
  };
}

/** The name of a tag of YAML itself, undefined for any other. */
function standardTag({ name }: Tag): string | undefined {
  return /^!(?:!|<tag:yaml\.org,2002:)(\w+)>?$/.exec(name)?.[1];
}

/** What a scalar means. Tags of other types than strings, and times, are not computed. */
function resolved(
  scalar: Scalar,
  tag: Tag | undefined,
  string: (scalar: Scalar) => TerraformText,
  located: Located,
): TerraformValue {
  const source = unmask(scalar.text);
  const name = tag && standardTag(tag);
  if (tag && !/^(?:str|bool|int|float|null|timestamp|binary)$/.test(name ?? "")) throw new Complaint("argument");
  if (name === "str" || (!tag && scalar.style !== "plain")) return string(scalar);
  const { at } = scalar;
  if (tag || TIME.test(source)) return derived("yamldecode", [string(scalar)], at, ANY);
  return unknownAt(scalar, source, located) ?? plainScalar(source, at) ?? string(scalar);
}

/** What is put in as the whole of a scalar and is not known. */
function unknownAt({ start, end, at }: Scalar, source: string, located: Located): TerraformValue | undefined {
  const { piece, start: from } = located.pieceAt(start);
  if (piece?.value?.kind === "unknown" && from === start && piece.text.length === end - start) return piece.value;
  return isHole(source) ? unknownOf(source, at) : undefined;
}

const NULL = /^(?:|~|null|Null|NULL)$/;
const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NUMBER = /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const TIME = /^\d{4}-\d{1,2}-\d{1,2}[Tt ]\d/;

/** A word, number or date without quotes; undefined for any other text. */
function plainScalar(source: string, at: Place): TerraformValue | undefined {
  if (NULL.test(source)) return { kind: "null", at };
  if (TRUE.test(source) || FALSE.test(source)) return booleanOf(TRUE.test(source), at);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(source)) return parseNumber("inf", at);
  if (/^\.(?:nan|NaN|NAN)$/.test(source)) throw new Complaint("argument");
  if (NUMBER.test(source)) return parseNumber(/^0[xo]/.test(source) ? String(BigInt(source)) : source, at);
  return DATE.test(source) ? textOf(`${source}T00:00:00Z`, at) : undefined;
}

export const yamlFunctions: Readonly<Record<string, FunctionSpec>> = {
  yamldecode: { parameters: [parameter(STRING, { known: "nothing" })], run: yamldecode },
  yamlencode: { parameters: [anything], returns: STRING, run: yamlencode },
};
