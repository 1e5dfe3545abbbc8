/** `yamldecode` and `yamlencode`. */
import type { Document, LineCounter, Node, ParsedNode, Scalar } from "yaml";
import { replaceHoles } from "../../../../facts/text.ts";
import { MASK, unmask } from "../../../../syntax/placeholders.ts";
import { parseNumber } from "../evaluate/arithmetic.ts";
import { MAX_VALUES, spendText, spendValues } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { type Located, locate, piecesOf, slicePieces, textOfPieces } from "../evaluate/text.ts";
import { ANY, STRING } from "../evaluate/types.ts";
import {
  booleanOf,
  type Piece,
  type TerraformEntry,
  type TerraformText,
  type TerraformValue,
  textOf,
  weightOf,
} from "../evaluate/values.ts";
import { parameter, textAt } from "./arguments.ts";
import { base64Bytes } from "./encoding.ts";
import { made } from "./string.ts";
import { encodeYaml } from "./yaml-encode.ts";

let yaml: typeof import("yaml") | undefined;

/** Loads the YAML parser. To be awaited before anything is evaluated that calls `yamldecode`; without it that is unknown. */
export async function loadYaml(): Promise<void> {
  yaml ??= await import("yaml");
}

function yamldecode(values: readonly TerraformValue[], call: Call): TerraformValue {
  const source = textAt(values, 0);
  if (yaml === undefined) return derived("yamldecode", values, call.at, undefined, "the YAML reader is not loaded");
  spendText(call.budget, source.value.length * STEPS_A_CHARACTER);
  const lines = new yaml.LineCounter();
  const document = parse(yaml, withoutMarks(source.value), lines);
  const [error] = document.errors;
  if (error !== undefined) throw new Complaint("argument");
  if (document.contents === null) throw new Complaint("missing");
  const value = readerOf(source, yaml)(document.contents, 0);
  const weight = weightOf(value);
  if (weight > MAX_VALUES) throw new Complaint("limit", "the document has too many values");
  spendValues(call.budget, weight);
  return value;
}

/** The YAML parser takes longer for a character than other functions. */
const STEPS_A_CHARACTER = 4;

/**
 * The text with what YAML would read as marks in the names of holes, such as the quotes of `⟨*x["a"].url⟩`, replaced by as many characters
 * that it doesn't. `unmask` takes it back. A text that already has such characters is left alone.
 */
function withoutMarks(text: string): string {
  if (unmask(text) !== text) return text;
  return replaceHoles(text, (token) =>
    token.replace(/[\x20-\x2d/:-@[-`{-~]/g, (mark) => String.fromCharCode(MASK + mark.charCodeAt(0))),
  );
}

/** The document as nodes. @throws Complaint when it is nested so deeply that the parser's stack overflows */
function parse({ parseDocument }: typeof import("yaml"), text: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, { schema: "failsafe", uniqueKeys: false, merge: false, logLevel: "error", lineCounter });
  } catch (error) {
    if (error instanceof RangeError) throw new Complaint("limit", "the document is nested too deeply");
    throw error;
  }
}

const MAX_DEPTH = 200;
/** Characters of an anchor are read once; the values behind it are shared. */
type Read = (node: Node, depth: number) => TerraformValue;

function readerOf(source: TerraformText, { isAlias, isMap, isPair, isScalar, isSeq }: typeof import("yaml")): Read {
  const pieces = piecesOf(source);
  const located = locate(pieces, source.at);
  const anchors = new Map<string, TerraformValue | "pending">();
  const placeOf = (node: Node) => {
    const [start = 0, end = 0] = (node as ParsedNode).range ?? [];
    return located.place(start, Math.max(start, end));
  };
  const anchored = (node: Node & { anchor?: string }, make: () => TerraformValue): TerraformValue => {
    if (node.anchor !== undefined) anchors.set(node.anchor, "pending");
    const value = make();
    if (node.anchor !== undefined) anchors.set(node.anchor, value);
    return value;
  };
  const read: Read = (node, depth) => {
    if (depth > MAX_DEPTH) throw new Complaint("limit", "the document is nested too deeply");
    const at = placeOf(node);
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === "pending") throw new Complaint("argument");
      if (target === undefined) throw new Complaint("missing");
      return target;
    }
    if (isScalar(node)) return anchored(node, () => scalar(node, located, pieces, at));
    if (isSeq(node)) {
      checkTag(node.tag, "seq");
      return anchored(node, () => ({
        kind: "list",
        items: node.items.map((item) => read(item as Node, depth + 1)),
        at,
      }));
    }
    if (!isMap(node)) return { kind: "null", at };
    checkTag(node.tag, "map");
    return anchored(node, () => {
      const entries: TerraformEntry[] = [];
      for (const pair of node.items) {
        if (!isPair(pair) || !isScalar(pair.key)) throw new Complaint("type");
        const keyAt = placeOf(pair.key);
        const value: TerraformValue =
          pair.value === null ? { kind: "null", at: keyAt } : read(pair.value as Node, depth + 1);
        if (pair.key.value === "<<" && pair.key.type === "PLAIN") {
          if (value.kind !== "object") throw new Complaint("argument");
          for (const merged of value.entries) entries.push(merged);
          continue;
        }
        entries.push({ key: keyText(scalar(pair.key, located, pieces, keyAt)), keyAt, value });
      }
      return { kind: "object", entries, at };
    });
  };
  return read;
}

function keyText(value: TerraformValue): string {
  switch (value.kind) {
    case "text":
      return value.value;
    case "number":
    case "boolean":
      return String(value.value);
    case "null":
      throw new Complaint("null");
    default:
      throw new Complaint("type");
  }
}

const STANDARD = "tag:yaml.org,2002:";

function checkTag(tag: string | undefined, wanted: string): void {
  if (tag !== undefined && tag !== STANDARD + wanted) throw new Complaint("argument");
}

const WORDS: Readonly<Record<string, boolean | null>> = Object.fromEntries([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true]),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false]),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null]),
]);
const INFINITY = /^[-+]?\.(?:inf|Inf|INF)$/;
const INTEGER = /^(?:[-+]?\d+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** A scalar as go-cty-yaml resolves it, by YAML 1.1's words and YAML 1.2's numbers. */
function scalar(node: Scalar, located: Located, pieces: readonly Piece[], at: TerraformValue["at"]): TerraformValue {
  const source = unmask(node.source ?? (node.value === null ? "" : String(node.value)));
  const tag = node.tag?.startsWith(STANDARD) ? node.tag.slice(STANDARD.length) : undefined;
  if (node.tag !== undefined && (tag === undefined || !/^(?:str|bool|int|float|null|timestamp|binary)$/.test(tag))) {
    throw new Complaint("argument");
  }
  const string = () => scalarText(node, source, located, pieces, at);
  if (tag === "str") return string();
  if (tag === "binary") {
    if (base64Bytes(source) === undefined) throw new Complaint("argument");
    return string();
  }
  if (node.type !== "PLAIN" && (tag === undefined || /^[-+.\dyYnNtTfFoO~]|^$/.test(source))) return string();
  return (
    (node.type === "PLAIN" || node.type === undefined ? plainScalar(source, tag, at) : undefined) ??
    typed(source, tag, at) ??
    string()
  );
}

/** A word, number or time that stands without quotes; undefined for any other text. */
function plainScalar(source: string, tag: string | undefined, at: TerraformValue["at"]): TerraformValue | undefined {
  const hole = /^⟨[#*]?([^⟨⟩]*)⟩$/.exec(source);
  if (hole !== null)
    return { kind: "unknown", name: hole[1] ?? "", why: "the template has a part here that is not known", at };
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

/** A string. One that stands in the document character for character is placed so; others have the place of the whole scalar. */
function scalarText(
  node: Scalar,
  source: string,
  { place }: Located,
  pieces: readonly Piece[],
  at: TerraformValue["at"],
): TerraformText {
  const [start = 0, end = 0] = node.range ?? [];
  const quote = node.type === "PLAIN" ? 0 : 1;
  const inner = slicePieces(pieces, start + quote, end - quote);
  const literal = inner.map((piece) => piece.text).join("");
  return literal === source
    ? textOfPieces(inner, at)
    : textOfPieces(source === "" ? [] : [{ text: source, at: place(start, end) }], at);
}

export const yamlFunctions: Readonly<Record<string, FunctionSpec>> = {
  yamldecode: { parameters: [parameter(STRING, { known: "outside" })], run: yamldecode },
  yamlencode: {
    parameters: [parameter(ANY, { nullable: true })],
    returns: STRING,
    run: ([value], call) => made(encodeYaml(value ?? { kind: "null", at: call.at }), call),
  },
};
