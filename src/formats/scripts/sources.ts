/** Where scripts are: in files of their own, and in the strings of workflows, build files and the like. */
import { lastUpTo, type SourceFile } from "../../source.ts";
import { isMakefile, isScriptName } from "../../sources/names.ts";
import { MASK } from "../../syntax/placeholders.ts";
import type { ScriptText } from "../../syntax/shell.ts";
import { remembering } from "../../syntax/text.ts";
import type { TextValue, Value } from "../../syntax/value.ts";
import { mayCall } from "./operations.ts";

/** Whether a file is a script as a whole. */
export function isScript({ path, text }: SourceFile): boolean {
  return isScriptName(path) || /^\ufeff?#!.*\b(?:ba|z|da|k)?sh\b/.test(text);
}

/** The script that a file is. In a Makefile, two dollar signs are one of the shell. */
export function wholeScript(file: SourceFile): ScriptText {
  if (!isMakefile(file.path)) return { file, text: masked(file.text), offsets: (index) => index };
  const doubled = [...file.text.matchAll(/\$\$/g)].map(({ index }, count) => index + 1 - count);
  const removedBefore = (index: number): number => lastUpTo(doubled, index) + 1;
  const text = file.text
    .replace(/\$\$/g, "$")
    .replace(/^(\t)[@-]+/gm, (start, tab: string) => tab + " ".repeat(start.length - 1));
  const rules = [...file.text.matchAll(RULE)].map(({ index }) => index);
  const offsets = (index: number): number => index + removedBefore(index);
  const partAt = (offset: number): number => lastUpTo(rules, offset);
  return { file, text: masked(text), offsets, partAt };
}

/** The head of a rule: https://www.gnu.org/software/make/manual/html_node/Rule-Syntax.html */
const RULE = /^[^\s#=][^\r\n#=]*:(?![:=])/gm;

/** The scripts in the strings of a document. The strings of a list are the lines of one script. */
export function scriptsIn(value: Value): readonly ScriptText[] {
  switch (value.kind) {
    case "text":
      return mayCall(value.value) ? [joined([value])] : [];
    case "list": {
      const lines = value.items.filter((item) => item.kind === "text");
      const isOne = lines.length === value.items.length && lines.length > 1;
      if (isOne) return mayCall(lines.map((line) => line.value).join("\n")) ? [joined(lines)] : [];
      return value.items.flatMap(scriptsIn);
    }
    case "object":
      return value.entries.flatMap((entry) => scriptsIn(entry.value));
    default:
      return [];
  }
}

function joined(written: readonly TextValue[]): ScriptText {
  const lines = written.map(remembering);
  const starts: number[] = [];
  let length = 0;
  for (const { value } of lines) {
    starts.push(length);
    length += value.length + 1;
  }
  const offsets = (index: number): number => {
    const number = Math.max(0, lastUpTo(starts, index));
    const line = lines[number];
    return line ? offsetIn(line, index - (starts[number] ?? 0)) : 0;
  };
  const [first] = lines;
  const file = first?.at.file ?? { path: "", text: "" };
  return { file, text: masked(lines.map(({ value }) => value).join("\n")), offsets };
}

function offsetIn({ offsets, at, value }: TextValue, index: number): number {
  const known = offsets?.();
  return known?.[Math.min(index, value.length)] ?? (index >= value.length ? at.end : at.start);
}

/** Expressions of GitHub and of template engines, whose braces are none of the shell's. */
const EXPRESSION = /\$?\{\{[^{}\n]{1,200}\}\}/g;

/** The text with these hidden, in the same length: `unmask` takes it back. */
function masked(text: string): string {
  return text.replace(EXPRESSION, (found) =>
    found.replace(/[^\w.-]/g, (character) => {
      const code = character.charCodeAt(0);
      return code < 128 ? String.fromCharCode(MASK + code) : character;
    }),
  );
}
