import { literal } from "../../../../facts/text.ts";
import { jsonSource } from "../../../../syntax/embedded.ts";
import { readJson } from "../../../../syntax/json/reader.ts";
import { parseNumber } from "../evaluate/arithmetic.ts";
import { spendText, spendValues } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { encodeJson } from "../evaluate/json-encode.ts";
import { STRING } from "../evaluate/types.ts";
import { isWhollyKnown, type TerraformText, type TerraformValue, weightOf } from "../evaluate/values.ts";
import { anything, holed, listOfType, parameter, textAt } from "./arguments.ts";
import { made } from "./string.ts";

/** The bytes of base64 as Go's standard encoding reads it: padded, line breaks ignored; undefined for anything else. */
function base64Bytes(source: string): Buffer | undefined {
  const plain = source.replace(/[\r\n]/g, "");
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return undefined;
  return Buffer.from(plain, "base64");
}

/** The string that UTF-8 bytes spell, undefined when they spell none. */
function utf8Of(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function base64encode(values: readonly TerraformValue[], call: Call): TerraformValue {
  const source = textAt(values, 0);
  if (!isWhollyKnown(source)) return { ...derived("base64encode", values, call.at, STRING), decoded: source };
  return { ...made(Buffer.from(source.value).toString("base64"), call), decoded: source };
}

function base64decode(values: readonly TerraformValue[], call: Call): TerraformValue {
  const [given] = values;
  if (given?.kind === "unknown") return given.decoded ?? derived("base64decode", values, call.at, STRING);
  const source = textAt(values, 0);
  if (!isWhollyKnown(source)) return derived("base64decode", values, call.at, STRING);
  const bytes = base64Bytes(source.value);
  const decoded = bytes && utf8Of(bytes);
  if (decoded === undefined) throw new Complaint("argument");
  return made(decoded, call);
}

/** The text of a value, which remembers the value: places and unknown parts are not lost in it. */
function jsonencode(values: readonly TerraformValue[], call: Call): TerraformText {
  const [value = { kind: "null", at: call.at } as const] = values;
  const encoded = encodeJson(value);
  spendText(call.budget, encoded.length);
  return { kind: "text", value: encoded, at: call.at, json: () => value };
}

function jsondecode(values: readonly TerraformValue[], call: Call): TerraformValue {
  const source = textAt(values, 0);
  const known = source.json?.();
  if (known !== undefined && known.kind !== "unknown") return known;
  spendText(call.budget, source.value.length);
  const result = readJson(jsonSource(source, { strict: true, number: parseNumber }));
  if (result.kind === "value") {
    spendValues(call.budget, weightOf(result.value));
    return result.value;
  }
  if (!isWhollyKnown(source)) return derived("jsondecode", values, call.at);
  const found = result.kind === "failure" ? result.message : "it is empty";
  throw new Complaint("argument", `the string is not valid JSON: ${found}`);
}

/**
 * Rows of a string of CSV as maps by the names in the first, as Go reads them: quotes may hold anything, empty lines are
 * none, and each row has as many fields. https://developer.hashicorp.com/terraform/language/functions/csvdecode
 */
function csvdecode(values: readonly TerraformValue[], call: Call): TerraformValue {
  const source = textAt(values, 0);
  if (!isWhollyKnown(source)) return derived("csvdecode", values, call.at);
  spendText(call.budget, source.value.length);
  const [names = [], ...rows] = csvRows(source.value.replaceAll("\r\n", "\n"));
  if (names.length === 0 || new Set(names).size < names.length) throw new Complaint("argument");
  spendValues(call.budget, rows.length * (names.length + 1));
  const text = (value: string): TerraformText => ({ kind: "text", value: literal(value), at: call.at });
  const items = rows.map((row): TerraformValue => {
    if (row.length !== names.length) throw new Complaint("argument");
    const entries = names.map((key, index) => ({ key, keyAt: call.at, value: text(row[index] ?? "") }));
    return { kind: "object", entries, at: call.at };
  });
  return listOfType(items, { is: "object", attributes: new Map(names.map((name) => [name, STRING])) }, call.at);
}

/** A field in quotes or without, and what ends it. */
const CSV_FIELD = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/y;

/** @throws Complaint for a quote where none may be */
function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let from = 0; from < text.length || row.length > 0; ) {
    CSV_FIELD.lastIndex = from;
    const found = CSV_FIELD.exec(text);
    if (!found) throw new Complaint("argument");
    const [, quoted, plain = "", end] = found;
    from = CSV_FIELD.lastIndex;
    const isEmptyLine = row.length === 0 && quoted === undefined && plain === "" && end !== ",";
    if (!isEmptyLine) row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ",") continue;
    if (row.length > 0) rows.push(row);
    row = [];
  }
  return rows;
}

export const encodingFunctions: Readonly<Record<string, FunctionSpec>> = {
  base64encode: { parameters: [holed], returns: STRING, run: base64encode },
  base64decode: { parameters: [parameter(STRING, { known: "nothing" })], returns: STRING, run: base64decode },
  base64gzip: {
    parameters: [holed],
    returns: STRING,
    run: (values, call) => ({
      ...derived("base64gzip", values, call.at, STRING),
      decoded: { ...textAt(values, 0), isCompressed: true },
    }),
  },
  csvdecode: { parameters: [parameter(STRING, { known: "nothing" })], run: csvdecode },
  jsondecode: { parameters: [holed], run: jsondecode },
  jsonencode: { parameters: [anything], returns: STRING, run: jsonencode },
};
