/** The lines of what begins on a line: a block, a resource, a list item, or the line alone. */
import { lineStarts, type Place, position, type SourceFile } from "../../source.ts";

/** The last line of what begins on a line (both from 1). */
export type LastLine = (line: number) => number;

const HCL_NAME = /\.(?:tf|tofu|hcl|tfvars)$/i;

/** By the syntax tree in Terraform's language, by indentation in everything else. */
export async function blocksOf(file: SourceFile): Promise<LastLine> {
  const byIndentation = indented(file.text.split("\n"));
  if (!HCL_NAME.test(file.path)) return byIndentation;
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

/**
 * What is indented deeper belongs to a line, and so do the items of a YAML list below its key, the lines that a `\` at
 * the end continues, and the bracket that closes it.
 */
function indented(lines: readonly string[]): LastLine {
  const lineAt = (line: number) => lines[line - 1] ?? "";
  return (line) => {
    const own = indentOf(lineAt(line));
    const isItem = /^\s*- /.test(lineAt(line));
    let last = line;
    for (let next = line + 1; next <= lines.length; next++) {
      const text = lineAt(next);
      if (isBlank(text) || isComment(text)) continue;
      const isDeeper = indentOf(text) > own;
      const isOwnItem = !isItem && indentOf(text) === own && /^\s*- /.test(text);
      if (!isDeeper && !isOwnItem && !/\\\r?$/.test(lineAt(next - 1))) {
        if (indentOf(text) === own && /^\s*[\])}]/.test(text)) last = next;
        break;
      }
      last = next;
    }
    return last;
  };
}

/** The next line (from 1) behind a line with code in it; undefined when none comes. */
export function nextCode(file: SourceFile, line: number): number | undefined {
  const starts = lineStarts(file);
  for (let next = line + 1; next <= starts.length; next++) {
    const text = file.text.slice(starts[next - 1], starts[next]);
    if (!isBlank(text) && !isComment(text)) return next;
  }
  return undefined;
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
