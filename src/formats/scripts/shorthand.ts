/**
 * The shorthand syntax of the AWS CLI: `type=EC2,subnets=a,b`, `image=x,secrets=[{name=A,valueFrom=arn}]`.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
 */
import type { Place } from "../../source.ts";
import { locate, piecesOf } from "../../syntax/text.ts";
import type { Entry, TextValue, Value } from "../../syntax/value.ts";

/** Fields that are lists even of one. */
const LISTS = new Set(["subnets", "securityGroupIds", "instanceTypes"]);

/** So deep are properties of jobs at most. */
const DEEPEST = 12;

/** The object that a string in shorthand syntax is; undefined for JSON, and for what is neither. */
export function shorthandOf(given: TextValue): Value | undefined {
  const { value: text } = given;
  if (!/^\w+=/.test(text)) return undefined;
  const located = locate(piecesOf(given), given.at);
  const value = (start: number, end: number, value: string): Value => {
    return { kind: "text", value, at: located.place(start, end) };
  };
  const reader: Reader = { text, at: given.at, value, offset: 0 };
  const object = objectIn(reader, "", DEEPEST);
  return reader.offset === text.length ? object : undefined;
}

interface Reader {
  readonly text: string;
  readonly at: Place;
  /** The string between two offsets, which means that value. */
  readonly value: (start: number, end: number, value: string) => Value;
  offset: number;
}

/** The fields up to a bracket that ends them; without one, up to the end. */
function objectIn(reader: Reader, end: string, depth: number): Value | undefined {
  const { text, at } = reader;
  const entries: Entry[] = [];
  if (depth === 0) return undefined;
  while (text[reader.offset] !== end || end === "") {
    const key = matched(reader, /\s*([\w.-]+)\s*=\s*/y)?.[1];
    const value = key === undefined ? undefined : fieldIn(reader, key, depth);
    if (key === undefined || !value) return undefined;
    entries.push({ key, keyAt: at, value });
    if (text[reader.offset] === ",") reader.offset++;
    else if (reader.offset < text.length && text[reader.offset] !== end) return undefined;
    else if (reader.offset >= text.length) break;
  }
  return { kind: "object", entries, at };
}

/** The value of a field: it is a list as long as what follows is no field. */
function fieldIn(reader: Reader, key: string, depth: number): Value | undefined {
  const items: Value[] = [];
  do {
    if (items.length > 0) reader.offset++;
    const item = valueIn(reader, depth);
    if (!item) return undefined;
    items.push(item);
  } while (
    reader.text[reader.offset] === "," &&
    !NEXT_FIELD.test(reader.text.slice(reader.offset, LONGEST_KEY + reader.offset))
  );
  const [only] = items;
  return items.length === 1 && !LISTS.has(key) ? only : { kind: "list", items, at: reader.at };
}

const LONGEST_KEY = 100;
const NEXT_FIELD = /^,\s{0,9}[\w.-]{1,60}\s{0,9}=/;

function valueIn(reader: Reader, depth: number): Value | undefined {
  const { text } = reader;
  const first = text[reader.offset];
  if (first === "{") {
    reader.offset++;
    return closed(reader, "}", objectIn(reader, "}", depth - 1));
  }
  if (first === "[") {
    reader.offset++;
    return closed(reader, "]", listIn(reader, depth - 1));
  }
  const start = reader.offset;
  const quoted = matched(reader, /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/sy);
  if (quoted) {
    const inside = (quoted[1] ?? quoted[2] ?? "").replaceAll(/\\(["'])/g, "$1");
    return reader.value(start, reader.offset, inside);
  }
  const plain = (matched(reader, /[^,[\]{}"']*/y)?.[0] ?? "").trimEnd();
  return reader.value(start, start + plain.length, plain);
}

function listIn(reader: Reader, depth: number): Value | undefined {
  const items: Value[] = [];
  if (depth <= 0) return undefined;
  while (reader.text[reader.offset] !== "]") {
    matched(reader, /\s*/y);
    const item = valueIn(reader, depth);
    if (!item || !/[,\]]/.test(reader.text[reader.offset] ?? "")) return undefined;
    items.push(item);
    if (reader.text[reader.offset] === ",") reader.offset++;
  }
  return { kind: "list", items, at: reader.at };
}

function closed(reader: Reader, end: string, value: Value | undefined): Value | undefined {
  if (reader.text[reader.offset] !== end) return undefined;
  reader.offset++;
  return value;
}

function matched(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = reader.offset;
  const found = pattern.exec(reader.text);
  if (found) reader.offset = pattern.lastIndex;
  return found ?? undefined;
}
