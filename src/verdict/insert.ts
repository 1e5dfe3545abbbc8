/** Where a statement goes in the policy that another statement is in. */
import type { Edit } from "../facts/writing.ts";
import { type Place, position, type SourceFile } from "../source.ts";
import { isRepeated } from "./repeated.ts";

/**
 * The edits that put a statement behind the one at a place: into its list, as a block after its block, or with it into
 * a list where it is alone. None where the text does not show which of these it is, as behind the `:` of a `for`
 * expression, nor where an alias repeats it: another role may have the same statements.
 */
export function behind(place: Place, statement: string): readonly Edit[] {
  if (isRepeated(place)) return [];
  const { file, start, end } = place;
  const before = file.text.slice(Math.max(0, start - LONGEST_GAP), start);
  const line = file.text.slice(start + 1 - position(file, start).column, start);
  if (file.text[start] !== "{") return behindItem(place, line, statement, IS_ALONE.test(before));
  const [indent = ""] = /^\s*/.exec(line) ?? [];
  const lines = statement.replaceAll("\n", `\n${indent}`);
  if (IS_BLOCK.test(before)) return [insert(file, end, `\n\n${indent}${lines}`)];
  const item = line.trim() === "" && line !== "" ? `,\n${indent}${lines}` : `, ${lines}`;
  if (IS_ITEM.test(before)) return [insert(file, end, item)];
  return IS_ALONE.test(before) ? [insert(file, start, "["), insert(file, end, `, ${lines}]`)] : [];
}

/** Behind a mapping in the block style of YAML. A comment on its last line stays with it. */
function behindItem({ file, start, end }: Place, line: string, statement: string, isAlone: boolean): readonly Edit[] {
  const [, indent] = (isAlone ? /^( *)$/.exec(line) : /^([ -]*)- +$/.exec(dashed(line, file.text, start))) ?? [];
  if (indent === undefined) return [];
  const margin = " ".repeat(indent.length);
  const [comment = ""] = /^[ \t]+#[^\n]*/.exec(file.text.slice(end)) ?? [];
  const item = `\n${margin}${statement.replaceAll("\n", `\n${margin}`)}`;
  if (!isAlone) return [insert(file, end + comment.length, item)];
  // Each line by itself, so that one of them can be taken out by another edit.
  const deeper = [...file.text.slice(start, end).matchAll(/\n(?=.)/g)].map(({ index }) =>
    insert(file, start + index + 1, "  "),
  );
  return [insert(file, start, "- "), ...deeper, insert(file, end + comment.length, item)];
}

function insert(file: SourceFile, at: number, text: string): Edit {
  return { place: { file, start: at, end: at }, text };
}

/** What is before an item on its line; if nothing is, the line before, which may be a dash, an anchor and a comment. */
function dashed(line: string, text: string, start: number): string {
  if (line.trim() !== "") return line;
  const lines = text.slice(Math.max(0, start - LONGEST_GAP), start).split("\n");
  const [code = ""] = (lines.at(-2) ?? "").split(" #");
  const [dash = ""] = code.trimEnd().split(" &");
  return `${dash} `;
}

/**
 * The edit that puts a string, or a truth value, under a key, as the first one of the object at a place: JSON, HCL, or YAML in either
 * style. None where the text does not show which of these it is.
 */
export function entry({ file, start, end }: Place, key: string, value: string): readonly Edit[] {
  const string = value === "true" || value === "false" ? value : JSON.stringify(value);
  const [head, space = "", quote, sign] = OBJECT.exec(file.text.slice(start, end)) ?? [];
  if (head !== undefined) {
    const given = `${quote ? JSON.stringify(key) : key}${sign === "=" ? " = " : ": "}${string}`;
    const isLine = sign === "=" && space.includes("\n");
    return [insert(file, start + 1 + space.length, `${given}${isLine ? "" : ","}${space || " "}`)];
  }
  const line = file.text.slice(file.text.lastIndexOf("\n", start - 1) + 1, start);
  const isBlock = /^[ -]*$/.test(line) && /^[\w"'-]+[ \t]*:(?:\s|$)/.test(file.text.slice(start, end));
  return isBlock ? [insert(file, start, `${key}: ${string}\n${" ".repeat(line.length)}`)] : [];
}

/** The beginning of an object, up to the sign behind its first key. */
const OBJECT = /^\{(\s*)(?:(")[^"\\\n]*"|\w+)\s*([:=])/;

/** Whether a statement is written out at a place, and not, say, the ARN of a policy of AWS. */
export function isStatement({ file, start, end }: Place): boolean {
  return HAS_KEY.test(file.text.slice(start, end));
}

const HAS_KEY = /\b(?:effect|(?:not_?)?(?:actions?|resources?))(?:\\*["'])?\s*[:=]/i;
/** How far before a statement its list is looked for, with comments between them. */
const LONGEST_GAP = 400;
/** White space, also as JSON escapes it in a string, and comments. */
const BLANK = String.raw`(?:\s|\\[nrt]|(?:#|\/\/)[^\n]*\n)*$`;
const IS_ITEM = new RegExp(`[[,]${BLANK}`);
const IS_BLOCK = /(?:^|\s)statement\s*$/;
const IS_ALONE = new RegExp(String.raw`\b[Ss]tatement(?:\\*")?\s*[:=]${BLANK}`);
