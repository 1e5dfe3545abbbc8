/**
 * TOML as configuration files have it: tables, dotted keys, strings, numbers, booleans and arrays. What it can't read
 * it leaves out: dates, inline tables and arrays of tables. https://toml.io/en/v1.0.0
 */
import type { Place, SourceFile } from "../source.ts";
import type { Entry, ObjectValue, Value } from "./value.ts";

interface Table {
  readonly tables: Map<string, Table>;
  readonly values: Map<string, Entry>;
}

const KEY = /(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')/.source;
const HEADER = new RegExp(`^[ \\t]*\\[[ \\t]*(${KEY}(?:[ \\t]*\\.[ \\t]*${KEY})*)[ \\t]*\\]`);
const PAIR = new RegExp(`^[ \\t]*(${KEY}(?:[ \\t]*\\.[ \\t]*${KEY})*)[ \\t]*=[ \\t]*`);

/** The file as one object. */
export function parseToml(file: SourceFile): ObjectValue {
  const { text } = file;
  const root = newTable();
  let table = root;
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at, at + LONGEST_LINE);
    const header = HEADER.exec(rest);
    const pair = header ? undefined : PAIR.exec(rest);
    if (header) table = within(root, keysIn(header[1]));
    if (pair) {
      const [whole, written = ""] = pair;
      const names = keysIn(written);
      const read = valueAt(file, at + whole.length);
      const key = names.at(-1);
      if (read && key !== undefined) {
        const keyAt = { file, start: at, end: at + whole.length };
        within(table, names.slice(0, -1)).values.set(key, { key, keyAt, value: read });
        at = read.at.end;
      }
    }
    const end = text.indexOf("\n", at);
    at = end < 0 ? text.length : end + 1;
  }
  return objectOf(root, { file, start: 0, end: text.length });
}

/** A line up to its value; nobody writes longer keys. */
const LONGEST_LINE = 1_000;

function newTable(): Table {
  return { tables: new Map(), values: new Map() };
}

function within(table: Table, names: readonly string[]): Table {
  return names.reduce((inner, name) => {
    const found = inner.tables.get(name) ?? newTable();
    inner.tables.set(name, found);
    return found;
  }, table);
}

function keysIn(written = ""): string[] {
  return [...written.matchAll(new RegExp(KEY, "g"))].map(([key]) => key.replace(/^["']|["']$/g, ""));
}

function objectOf({ tables, values }: Table, at: Place): ObjectValue {
  const inner = [...tables].map(([key, table]): Entry => ({ key, keyAt: at, value: objectOf(table, at) }));
  return { kind: "object", entries: [...values.values(), ...inner], at };
}

/** Strings of several lines come before those of one. */
const STRINGS = [
  { form: /^"""\n?((?:[^\\]|\\[\s\S])*?)"""/, escapes: true },
  { form: /^'''\n?([\s\S]*?)'''/, escapes: false },
  { form: /^"((?:[^"\\\n]|\\.)*)"/, escapes: true },
  { form: /^'([^'\n]*)'/, escapes: false },
] as const;

function valueAt(file: SourceFile, start: number): Value | undefined {
  const rest = file.text.slice(start);
  for (const { form, escapes } of STRINGS) {
    const [whole, inside = ""] = form.exec(rest) ?? [];
    if (whole === undefined) continue;
    return {
      kind: "text",
      value: escapes ? unescaped(inside) : inside,
      at: { file, start, end: start + whole.length },
    };
  }
  if (rest.startsWith("[")) return arrayAt(file, start);
  const [word] = /^[\w.+-]+/.exec(rest) ?? [];
  if (word === undefined) return undefined;
  const at = { file, start, end: start + word.length };
  if (word === "true" || word === "false") return { kind: "boolean", value: word === "true", at };
  const number = Number(word.replaceAll("_", ""));
  return Number.isNaN(number) ? undefined : { kind: "number", value: number, at };
}

function arrayAt(file: SourceFile, start: number): Value {
  const items: Value[] = [];
  let at = start + 1;
  for (;;) {
    at += /^(?:[\s,]|#[^\n]*)*/.exec(file.text.slice(at))?.[0].length ?? 0;
    const item = file.text[at] === "]" ? undefined : valueAt(file, at);
    if (!item) return { kind: "list", items, at: { file, start, end: Math.min(at + 1, file.text.length) } };
    items.push(item);
    at = item.at.end;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|\n\s*|(.))/g, (_, short, long, one) => {
    const code = short ?? long;
    if (code !== undefined) return codePoint(Number.parseInt(code, 16));
    return one === undefined ? "" : (ESCAPES[one] ?? one);
  });
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}
