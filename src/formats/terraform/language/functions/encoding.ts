/** Encoding functions. */
import { spendText } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import { ArgumentComplaint, type Call, type FunctionSpec } from "../evaluate/function-spec.ts";
import { encodeJson } from "../evaluate/json-encode.ts";
import { jsonOrError } from "../evaluate/json-text.ts";
import { goQuote } from "../evaluate/quote.ts";
import { piecesOf } from "../evaluate/text.ts";
import { ANY, STRING, type Type } from "../evaluate/types.ts";
import {
  isWhollyKnown,
  type TerraformEntry,
  type TerraformText,
  type TerraformValue,
  textOf,
} from "../evaluate/values.ts";
import { listOfType, parameter, text, textAt } from "./arguments.ts";
import { byteTable } from "./charsets.ts";
import { parseCsv } from "./csv.ts";
import { jsonComplaint } from "./json-complaint.ts";
import { made } from "./string.ts";

/** The bytes of base64 as Go's standard encoding reads it: padded, line breaks ignored; undefined for anything else. */
export function base64Bytes(source: string): Buffer | undefined {
  const plain = source.replace(/[\r\n]/g, "");
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return undefined;
  return Buffer.from(plain, "base64");
}

/** Bytes as UTF-8, undefined when they are none. */
export function utf8Of(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A text of which parts are not known has no encoding that is, but it is not forgotten. */
function encodedPartly(name: string, values: readonly TerraformValue[], { at }: Call, why?: string): TerraformValue {
  return { ...derived(name, values, at, STRING, why), decoded: textAt(values, 0) };
}

function base64encode(values: readonly TerraformValue[], call: Call): TerraformValue {
  const source = textAt(values, 0);
  if (!isWhollyKnown(source)) return encodedPartly("base64encode", values, call);
  return made(Buffer.from(source.value).toString("base64"), call);
}

function base64decode(values: readonly TerraformValue[], call: Call): TerraformValue {
  const [given] = values;
  if (given?.kind === "unknown") return given.decoded ?? derived("base64decode", values, call.at, STRING);
  const source = textAt(values, 0);
  if (!isWhollyKnown(source)) return derived("base64decode", values, call.at, STRING);
  const bytes = base64Bytes(source.value);
  if (bytes === undefined) {
    throw new Complaint(
      `failed to decode base64 data ${source.sensitive ? "(sensitive value)" : goQuote(source.value)}`,
    );
  }
  const decoded = utf8Of(bytes);
  if (decoded === undefined) throw new Complaint("the result of decoding the provided string is not valid UTF-8");
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
  const found = jsonOrError({ value: source.value, at: source.at, pieces: piecesOf(source) });
  if ("kind" in found) return found;
  if (!isWhollyKnown(source)) return derived("jsondecode", values, call.at);
  throw new Complaint(jsonComplaint(source.value));
}

interface Encoding {
  readonly name: string;
  /** Undefined when a character has no bytes. */
  readonly encode: (text: string) => Buffer | undefined;
  readonly decode: (bytes: Buffer) => string;
}

function ofNode(name: string, node: BufferEncoding, highest: number): Encoding {
  return {
    name,
    encode: (value) =>
      [...value].some((one) => (one.codePointAt(0) ?? 0) > highest) ? undefined : Buffer.from(value, node),
    decode: (bytes) => bytes.toString(node),
  };
}

const LATIN1 = ofNode("ISO_8859-1:1987", "latin1", 0xff);
/** By what IANA calls them, in lower case. */
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  "utf-8": ofNode("UTF-8", "utf8", 0x10ffff),
  "utf-16le": ofNode("UTF-16LE", "utf16le", 0x10ffff),
  "utf-16be": {
    name: "UTF-16BE",
    encode: (value) => Buffer.from(value, "utf16le").swap16(),
    decode: (bytes) => (bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString("utf16le") : "\ufffd"),
  },
  "iso-8859-1": LATIN1,
  "iso_8859-1": LATIN1,
  latin1: LATIN1,
  "us-ascii": ofNode("US-ASCII", "ascii", 0x7f),
};

/** The encoding of the second argument, undefined when it may be one that is not known here. @throws Complaint */
function encodingOf(values: readonly TerraformValue[]): Encoding | undefined {
  const name = textAt(values, 1).value;
  const found = ENCODINGS[name.toLowerCase()];
  const table = found === undefined ? byteTable(name) : undefined;
  if (table !== undefined) {
    return {
      name,
      encode: (value) => {
        const bytes = [...value].map((character) => table.indexOf(character));
        return bytes.includes(-1) ? undefined : Buffer.from(bytes);
      },
      decode: (bytes) => [...bytes].map((byte) => table[byte] ?? "\ufffd").join(""),
    };
  }
  if (found === undefined && !/^[A-Za-z][\w:.()+-]*\d/.test(name)) {
    throw new ArgumentComplaint(
      1,
      `${goQuote(name)} is not a supported IANA encoding name or alias in this Terraform version`,
    );
  }
  return found;
}

const OTHER_ENCODING = "this text encoding is not known here";

function textencodebase64(values: readonly TerraformValue[], call: Call): TerraformValue {
  const encoding = encodingOf(values);
  if (encoding === undefined) return derived("textencodebase64", values, call.at, STRING, OTHER_ENCODING);
  const bytes = encoding.encode(textAt(values, 0).value);
  if (bytes !== undefined) return made(bytes.toString("base64"), call);
  throw new ArgumentComplaint(0, `the given string contains characters that cannot be represented in ${encoding.name}`);
}

function textdecodebase64(values: readonly TerraformValue[], call: Call): TerraformValue {
  const encoding = encodingOf(values);
  if (encoding === undefined) return derived("textdecodebase64", values, call.at, STRING, OTHER_ENCODING);
  const source = textAt(values, 0).value;
  const bytes = base64Bytes(source);
  if (bytes === undefined) {
    const wrong = /[^A-Za-z0-9+/]/.exec(source)?.index ?? source.length;
    throw new ArgumentComplaint(0, `the given value is has an invalid base64 symbol at offset ${wrong}`);
  }
  const decoded = encoding.decode(bytes);
  if (!decoded.includes("\ufffd")) return made(decoded, call);
  throw new ArgumentComplaint(0, `the given string contains symbols that are not defined for ${encoding.name}`);
}

function csvdecode(values: readonly TerraformValue[], { at, budget }: Call): TerraformValue {
  const { value } = textAt(values, 0);
  spendText(budget, value.length);
  const [header, ...rows] = parseCsv(value);
  if (header === undefined) throw new Complaint("missing header line");
  const twice = header.find((name, index) => header.indexOf(name) < index);
  if (twice !== undefined) throw new Complaint(`duplicate column name ${goQuote(twice)}`);
  const element: Type = { is: "object", attributes: new Map(header.map((name) => [name, STRING])) };
  const items = rows.map(
    (row): TerraformValue => ({
      kind: "object",
      entries: header.map((key, index): TerraformEntry => ({ key, keyAt: at, value: textOf(row[index] ?? "", at) })),
      at,
    }),
  );
  return listOfType(items, element, at);
}

/** `url.QueryEscape`: everything but letters, digits and `-_.~`, with `+` for a space. */
function urlencode(value: string): string {
  return encodeURIComponent(value.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

const encoded = (encode: (value: string) => string): FunctionSpec => ({
  parameters: [text("str")],
  returns: STRING,
  run: (values, call) => made(encode(textAt(values, 0).value), call),
});

const partOfText = parameter("str", STRING, { known: "outside" });

export const encodingFunctions: Readonly<Record<string, FunctionSpec>> = {
  base64encode: { parameters: [partOfText], returns: STRING, run: base64encode },
  base64decode: { parameters: [parameter("str", STRING, { known: "nothing" })], returns: STRING, run: base64decode },
  base64gzip: {
    parameters: [partOfText],
    returns: STRING,
    run: (values, call) =>
      encodedPartly("base64gzip", values, call, "the compressed bytes depend on the version of Terraform"),
  },
  csvdecode: { parameters: [text("str")], run: csvdecode },
  jsondecode: { parameters: [partOfText], run: jsondecode },
  jsonencode: {
    parameters: [parameter("val", ANY, { nullable: true, known: "nothing" })],
    returns: STRING,
    run: jsonencode,
  },
  textencodebase64: { parameters: [text("string"), text("encoding")], returns: STRING, run: textencodebase64 },
  textdecodebase64: { parameters: [text("source"), text("encoding")], returns: STRING, run: textdecodebase64 },
  urlencode: encoded(urlencode),
};
