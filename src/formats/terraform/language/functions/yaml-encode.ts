/** YAML as Terraform writes it: every string in quotes, or as a block when it has line breaks. */
import { toDigits } from "../evaluate/arithmetic.ts";
import { sortedEntries, type TerraformValue } from "../evaluate/values.ts";

/** Strings in quotes are broken at the first space behind this column. */
const WIDTH = 80;
/** Keys with more bytes stand on a line of their own. */
const MAX_SIMPLE_KEY = 128;

/** The document, its last line break included. The value must be known in full. */
export function encodeYaml(value: TerraformValue): string {
  const body = block(value, 0, 0, 0);
  const plain = value.kind === "number" || value.kind === "boolean" || value.kind === "null";
  return plain ? `${body}\n...\n` : `${body}\n`;
}

/**
 * A value.
 * @param indent of the lines of a list or object that begins here
 * @param outer indent of what it stands in; the lines of a string are two deeper
 * @param column where its first line goes on
 */
function block(value: TerraformValue, indent: number, outer: number, column: number): string {
  switch (value.kind) {
    case "text":
      return isBlock(value.value) ? literal(value.value, outer + 2) : quoted(value.value, column, outer + 2);
    case "number":
      return toDigits(value);
    case "boolean":
      return String(value.value);
    case "list": {
      if (value.items.length === 0) return "[]";
      return value.items.map((item) => `- ${block(item, indent + 2, indent, indent + 2)}`).join(lineBreak(indent));
    }
    case "object": {
      const entries = sortedEntries(value);
      if (entries.length === 0) return "{}";
      return entries.map((entry) => mapping(entry.key, entry.value, indent)).join(lineBreak(indent));
    }
    default:
      return "null";
  }
}

function lineBreak(indent: number): string {
  return `\n${" ".repeat(indent)}`;
}

function mapping(name: string, value: TerraformValue, indent: number): string {
  if (isBlock(name) || name.includes("\n") || Buffer.byteLength(name) > MAX_SIMPLE_KEY) {
    const key = isBlock(name) ? literal(name, indent + 2) : quoted(name, indent + 2, indent + 2);
    return `? ${key}${lineBreak(indent)}: ${block(value, indent + 2, indent, indent + 2)}`;
  }
  const key = quoted(name, 0, undefined);
  const nested = value.kind === "list" ? value.items.length > 0 : value.kind === "object" && value.entries.length > 0;
  if (!nested) return `${key}: ${block(value, indent, indent, indent + key.length + 2)}`;
  // A list stands as deep as its key, an object two deeper.
  const inner = value.kind === "list" ? indent : indent + 2;
  return `${key}:${lineBreak(inner)}${block(value, inner, inner, inner)}`;
}

// What libyaml does not call printable; characters beyond U+FFFF are among it.
const NOT_PRINTABLE = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;

function isBlock(value: string): boolean {
  return value.includes("\n") && !NOT_PRINTABLE.test(value) && !/ \n| $/.test(value);
}

function literal(value: string, indent: number): string {
  const hint = /^[ \n\u0085\u2028\u2029]/.test(value) ? "2" : "";
  const chomp = !value.endsWith("\n") ? "-" : value === "\n" || value.endsWith("\n\n") ? "+" : "";
  const pad = " ".repeat(indent);
  const lines = value.replace(/\n$/, "").split("\n");
  return `|${hint}${chomp}\n${lines.map((line) => (line === "" ? "" : pad + line)).join("\n")}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "0",
  "\x07": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\x1b": "e",
  '"': '"',
  "\\": "\\",
  "\u0085": "N",
  "\u00a0": "_",
  "\u2028": "L",
  "\u2029": "P",
};

/** @param indent of further lines; undefined where the string must stay on one */
function quoted(value: string, start: number, indent: number | undefined): string {
  const characters = [...value];
  let result = '"';
  let column = start + 1;
  let afterSpace = false;
  for (const [index, character] of characters.entries()) {
    const breaks = character === " " && !afterSpace && column > WIDTH && index > 0 && index < characters.length - 1;
    if (breaks && indent !== undefined) {
      const backslash = characters[index + 1] === " " ? "\\" : "";
      result += lineBreak(indent) + backslash;
      column = indent + backslash.length;
    } else {
      const written = inQuotes(character);
      result += written;
      column += written.length;
    }
    afterSpace = character === " ";
  }
  return `${result}"`;
}

function inQuotes(character: string): string {
  if (!NOT_PRINTABLE.test(character) && !/[\n"\\\u0085\u2028\u2029]/.test(character)) return character;
  const letter = ESCAPES[character];
  if (letter !== undefined) return `\\${letter}`;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
