/** `yamldecode` and `yamlencode`. */
import { replaceHoles } from "../../../../facts/text.ts";
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
import { STRING } from "../evaluate/types.ts";
import { booleanOf, type TerraformText, type TerraformValue, textOf, weightOf } from "../evaluate/values.ts";
import { anything, parameter, textAt } from "./arguments.ts";
import { base64Bytes } from "./encoding.ts";

let reader: typeof import("../../../../syntax/yaml/reader.ts") | undefined;

/**
 * Loads the reader of YAML. To be awaited before anything is evaluated that calls `yamldecode`; without it the result
 * is unknown.
 */
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

/** The value of which it is the YAML is remembered; the text that Terraform writes is not computed. */
function yamlencode(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const [yaml = { kind: "null", at } as const] = values;
  return { ...derived("yamlencode", values, at, STRING), yaml };
}

/**
 * The text with what YAML would read as marks in holes replaced by as many characters that it doesn't. `unmask` takes
 * it back. A text that already has such characters is left alone.
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
      if (value.kind !== "text") throw new Complaint(value.kind === "null" ? "null" : "type");
      return value;
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

const WORDS: Readonly<Record<string, boolean | null>> = Object.fromEntries([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true]),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false]),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null]),
]);
const INFINITY = /^[-+]?\.(?:inf|Inf|INF)$/;
const INTEGER = /^(?:[-+]?\d+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** What a scalar means. */
function resolved(
  scalar: Scalar,
  tag: Tag | undefined,
  string: (scalar: Scalar) => TerraformText,
  located: Located,
): TerraformValue {
  const { at, style } = scalar;
  const source = unmask(scalar.text);
  const name = tag && standardTag(tag);
  if (tag && !/^(?:str|bool|int|float|null|timestamp|binary)$/.test(name ?? "")) throw new Complaint("argument");
  if (name === "binary" && base64Bytes(source) === undefined) throw new Complaint("argument");
  if (name === "str" || name === "binary") return string(scalar);
  const plain = style === "plain";
  if (!plain && (name === undefined || /^[-+.\dyYnNtTfFoO~]|^$/.test(source))) return string(scalar);
  return (
    (plain ? (unknownAt(scalar, source, located) ?? plainScalar(source, name, at)) : undefined) ??
    typed(source, name, at) ??
    string(scalar)
  );
}

/** What is put in as the whole of a scalar and is not known. */
function unknownAt({ start, end, at }: Scalar, source: string, located: Located): TerraformValue | undefined {
  const { piece, start: from } = located.pieceAt(start);
  if (piece?.value?.kind === "unknown" && from === start && piece.text.length === end - start) return piece.value;
  return /^⟨[^⟨⟩]*⟩$/.test(source) ? unknownOf(source, at) : undefined;
}

/** A word, number or time that stands without quotes; undefined for any other text. */
function plainScalar(source: string, tag: string | undefined, at: TerraformValue["at"]): TerraformValue | undefined {
  const word = WORDS[source];
  if (word !== undefined && (source === "" || /^[yYnNtTfFoO~]/.test(source)))
    return word === null ? { kind: "null", at } : booleanOf(word, at);
  if (INFINITY.test(source)) return parseNumber("inf", at);
  if (tag === undefined && /^\.(?:nan|NaN|NAN)$/.test(source)) throw new Complaint("argument");
  if (/^[-+\d]/.test(source)) {
    const time = tag === undefined || tag === "timestamp" ? timestamp(source) : undefined;
    if (time !== undefined) return textOf(time, at);
    if (INTEGER.test(source) || FLOAT.test(source)) return parseYamlNumber(source, at);
  }
  return source.startsWith(".") ? parseNumber(source, at) : undefined;
}

/** What an explicit tag makes of a text; undefined without one. */
function typed(source: string, tag: string | undefined, at: TerraformValue["at"]): TerraformValue | undefined {
  const wrong = () => new Complaint("argument");
  switch (tag) {
    case "null":
      return { kind: "null", at };
    case "bool": {
      const word = WORDS[source];
      if (typeof word !== "boolean") throw wrong();
      return booleanOf(word, at);
    }
    case "int":
    case "float": {
      const number = parseYamlNumber(source.replaceAll("_", ""), at);
      if (number === undefined) throw wrong();
      return number;
    }
    case "timestamp": {
      const time = timestamp(source);
      if (time === undefined) throw wrong();
      return textOf(time, at);
    }
    default:
      return undefined;
  }
}

function parseYamlNumber(source: string, at: TerraformValue["at"]): TerraformValue | undefined {
  return parseNumber(/^0[xo]/.test(source) ? String(BigInt(source)) : source, at);
}

/** A date, or date and time, as RFC 3339; undefined for anything else. */
function timestamp(source: string): string | undefined {
  const match =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(Z|[+-]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?))?$/.exec(
      source,
    );
  if (match === null) return undefined;
  const [, year, month = "", day = "", hour, minute, second, zone, hour2, minute2, second2] = match;
  const two = (text: string | undefined) => (text ?? "0").padStart(2, "0");
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1 || Number(hour ?? hour2 ?? 0) > 23) return undefined;
  const offset = zone === undefined || /[+-]00:00/.test(zone) ? "Z" : zone;
  return `${year}-${two(month)}-${two(day)}T${two(hour ?? hour2)}:${two(minute ?? minute2)}:${two(second ?? second2)}${offset}`;
}

export const yamlFunctions: Readonly<Record<string, FunctionSpec>> = {
  yamldecode: { parameters: [parameter(STRING, { known: "nothing" })], run: yamldecode },
  yamlencode: { parameters: [anything], returns: STRING, run: yamlencode },
};
