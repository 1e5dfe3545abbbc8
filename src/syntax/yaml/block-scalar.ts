/** Literal and folded scalars of YAML: https://yaml.org/spec/1.2.2/#chapter-8-block-style-productions */
import type { CST } from "yaml";
import { copied, headerOf, made, type Written } from "./written.ts";

/**
 * A line of a block scalar: where it begins, how many spaces it is indented by, and where its content ends, before the
 * line break.
 */
interface Line {
  readonly start: number;
  readonly indent: number;
  readonly end: number;
}

function linesOf(source: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= source.length; ) {
    const newline = source.indexOf("\n", start);
    const stop = newline === -1 ? source.length : newline;
    let content = start;
    while (content < stop && source[content] === " ") content++;
    const end = newline !== -1 && stop > content && source[stop - 1] === "\r" ? stop - 1 : stop;
    lines.push({ start, indent: content - start, end });
    start = stop + 1;
  }
  return lines;
}

/** Literal and folded scalars; the offset after the last character that counts. */
export function block(token: CST.BlockScalar, out: Written): number {
  const { style, length } = headerOf(token);
  const base = token.offset + length;
  const { source } = token;
  const lines = linesOf(source);
  const isEmpty = ({ start, indent, end }: Line) => start + indent === end;
  const firstContent = lines.findIndex((line) => !isEmpty(line));
  const keeps = style.includes("+");
  if (firstContent === -1) {
    if (keeps && source !== "") made(out, "\n".repeat(Math.max(1, lines.length - 1)), base);
    return base + source.length;
  }
  const explicit = Number(/\d/.exec(style)?.[0] ?? 0);
  const trim = explicit > 0 ? token.indent + explicit : (lines[firstContent]?.indent ?? 0);
  const isTrailing = (line: Line) => isEmpty(line) && line.indent <= trim;
  let stop = lines.length;
  while (stop > firstContent && lines[stop - 1] && isTrailing(lines[stop - 1] as Line)) stop--;
  const content = lines.slice(0, stop);
  const copy = (line: Line) =>
    copied(out, source, Math.min(line.start + trim, line.start + line.indent), line.end, base);
  for (const line of content.slice(0, firstContent)) {
    copy(line);
    made(out, "\n", base + line.end);
  }
  const rest = content.slice(firstContent);
  if (style.startsWith(">")) foldLines(rest, source, trim, copy, (text, at) => made(out, text, base + at));
  else {
    rest.forEach((line, index) => {
      if (index > 0) made(out, "\n", base + (rest[index - 1]?.end ?? 0));
      copy(line);
    });
  }
  const contentEnd = lines[stop - 1]?.end ?? 0;
  if (style.includes("-")) return base + contentEnd;
  const trailing = keeps ? lines.slice(stop) : [];
  for (const line of trailing) {
    made(out, "\n", base + line.start - 1);
    if (line.indent > trim) copy(line);
  }
  if (!keeps || !out.text.endsWith("\n")) made(out, "\n", base + contentEnd);
  // Without a line break at the end of the file, the one that clipping adds stands nowhere.
  return Math.min((out.offsets.at(-1) ?? base) + 1, base + source.length);
}

/** Folding of a block scalar: breaks around more indented lines stay, one break between others becomes a space. */
function foldLines(
  lines: readonly Line[],
  source: string,
  trim: number,
  copy: (line: Line) => void,
  make: (text: string, at: number) => void,
): void {
  let separator = "";
  let moreIndented = false;
  let end = 0;
  for (const line of lines) {
    const first = line.start + line.indent;
    const isEmpty = first === line.end;
    if (line.indent > trim || source[first] === "\t") {
      if (separator === " ") separator = "\n";
      else if (!moreIndented && separator === "\n") separator = "\n\n";
      make(separator, end);
      copy(line);
      separator = "\n";
      moreIndented = true;
      end = line.end;
    } else if (isEmpty) {
      if (separator === "\n") make("\n", end);
      else separator = "\n";
    } else {
      make(separator, end);
      copy(line);
      separator = " ";
      moreIndented = false;
      end = line.end;
    }
  }
}
