/** The lines of what begins on a line: a block, a resource, a list item, or the line alone. */
import { type Place, position, type SourceFile } from "../../source.ts";

/** The last line of what begins on a line (both from 1). */
export type LastLine = (line: number) => number;

const HCL_NAME = /\.(?:tf|tofu|hcl|tfvars)$/i;

/** By the syntax tree in Terraform's language, by indentation in everything else. */
export async function blocksOf(file: SourceFile): Promise<LastLine> {
  if (!HCL_NAME.test(file.path)) return indented(file.text.split("\n"));
  const { parseConfiguration } = await import("../../syntax/hcl/parse.ts");
  const { tree } = parseConfiguration(file);
  const lasts = new Map<number, number>();
  visit([tree.attributes, tree.blocks], (at) => {
    const [first, last] = [position(at.file, at.start).line, position(at.file, at.end).line];
    lasts.set(first, Math.max(lasts.get(first) ?? 0, last));
  });
  return (line) => lasts.get(line) ?? line;
}

/** Every place of a tree. */
function visit(node: unknown, see: (at: Place) => void): void {
  if (Array.isArray(node)) for (const one of node) visit(one, see);
  else if (typeof node === "object" && node !== null && !("text" in node && "path" in node)) {
    if ("at" in node) see(node.at as Place);
    for (const [key, one] of Object.entries(node)) if (!/at$/i.test(key)) visit(one, see);
  }
}

/** What counts of a line for what belongs to it: computed once, since a file may have many comments. */
interface Line {
  readonly indent: number;
  readonly isCode: boolean;
  readonly isItem: boolean;
  readonly closes: boolean;
  readonly goesOn: boolean;
}

function lineOf(text: string): Line {
  return {
    indent: indentOf(text),
    isCode: !isBlank(text) && !isComment(text),
    isItem: /^\s*- /.test(text),
    closes: /^\s*[\])}]/.test(text),
    goesOn: /\\\r?$/.test(text),
  };
}

/**
 * What is indented deeper belongs to a line, and so do the items of a YAML list below its key, the lines that a `\` at
 * the end continues, and the bracket that closes it.
 */
function indented(texts: readonly string[]): LastLine {
  const lines = texts.map(lineOf);
  return (line) => {
    const own = lines[line - 1];
    let last = line;
    for (let index = line; own && index < lines.length; index++) {
      const next = lines[index];
      if (!next?.isCode) continue;
      const isSame = next.indent === own.indent;
      const belongs = next.indent > own.indent || (isSame && next.isItem && !own.isItem) || lines[index - 1]?.goesOn;
      if (!belongs && !(isSame && next.closes)) break;
      last = index + 1;
      if (!belongs) break;
    }
    return last;
  };
}

/** For each line of a file (from 1) the next one with code in it. */
export function nextCode(file: SourceFile): (line: number) => number | undefined {
  const texts = file.text.split("\n");
  const next: (number | undefined)[] = [];
  for (let index = texts.length - 1, found: number | undefined; index >= 0; index--) {
    next[index] = found;
    const text = texts[index] ?? "";
    if (!isBlank(text) && !isComment(text)) found = index + 1;
  }
  return (line) => next[line - 1];
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** Whether a line is nothing but a comment. */
export function isComment(text: string): boolean {
  return /^\s*(?:#|\/\/|\/\*|\*)/.test(text);
}
