/** Code frames: the lines of a place with its exact range marked, as compilers show them. */
import type { Location } from "../source.ts";
import type { Paint, Style } from "./paint.ts";
import type { Excerpts } from "./report.ts";
import { clean } from "./visible.ts";
import { type Cell, cells, widthOf, wrap } from "./width.ts";

export interface Frame {
  readonly location: Location;
  /** `-->` for the place of a finding, `:::` for a related one. */
  readonly arrow: "-->" | ":::";
  readonly mark: "^" | "-";
  readonly style: Style;
  /** Said beside the underline; may be empty. */
  readonly label: string;
}

export interface FrameOptions {
  readonly excerpts: Excerpts;
  readonly paint: Paint;
  readonly width: number;
  readonly gutter: number;
}

/** A range of more lines than this is shown by its first lines and its last. */
const MOST_LINES = 5;
const FIRST_LINES = 2;
/** Columns of a long line that stay visible before the range. */
const LEAD = 24;
/** The same when the range is longer than the terminal. */
const LEAST_LEAD = 8;
/** Characters that are looked at to each side of a range: minified files have one line. */
const LONGEST_SIDE = 500;
/** Code and labels get at least so many columns. */
const LEAST_ROOM = 32;

/** Columns that the line numbers of these places need. */
export function gutterOf(locations: readonly Location[]): number {
  return Math.max(1, ...locations.map(({ end }) => String(end.line).length));
}

export function bar({ gutter, paint }: FrameOptions): string {
  return paint("blue", `${" ".repeat(gutter)} |`);
}

/** The lines of a frame: the place, then the code with its marks; without excerpts the place alone. */
export function renderFrame(frame: Frame, options: FrameOptions): string[] {
  const { path, start } = frame.location;
  const arrow = options.paint("blue", `${" ".repeat(options.gutter)}${frame.arrow}`);
  const head = `${arrow} ${clean(path)}:${start.line}:${start.column}`;
  const code = renderCode(frame, options);
  if (code.length > 0) return [head, bar(options), ...code];
  return [head, ...wrap(frame.label, room(options)).map((line) => `${bar(options)} ${line}`)];
}

function room({ width, gutter }: FrameOptions): number {
  return Math.max(LEAST_ROOM, width - gutter - 3);
}

function numbered(line: number, code: string, { gutter, paint }: FrameOptions): string {
  return `${paint("blue", `${String(line).padStart(gutter)} |`)} ${code}`.trimEnd();
}

function renderCode(frame: Frame, options: FrameOptions): string[] {
  const { path, start, end } = shown(frame.location, options.excerpts);
  const line = options.excerpts.line(path, start.line);
  if (line === undefined) return [];
  if (start.line !== end.line) return renderLines(frame, { path, start, end }, options);
  const skipped = Math.max(0, start.column - 1 - LONGEST_SIDE);
  const text = cells(line.slice(skipped, start.column - 1 + LONGEST_SIDE));
  const from = columnOf(text, start.column - skipped);
  const to = Math.max(from + 1, columnOf(text, end.column - skipped));
  const view = viewOf(text, from, to, room(options));
  const left = Math.max(from, view.first) - view.shift;
  const marks = frame.mark.repeat(Math.max(1, Math.min(to, view.last) - view.shift - left));
  return [numbered(start.line, view.text, options), ...underline(frame, " ".repeat(left), marks, options)];
}

/** The range without an end that lies on the empty beginning of a line, as YAML's blocks have it. */
function shown(location: Location, excerpts: Excerpts): Location {
  let { line, column } = location.end;
  while (line > location.start.line && (excerpts.line(location.path, line) ?? "").slice(0, column - 1).trim() === "") {
    line--;
    column = (excerpts.line(location.path, line) ?? "").trimEnd().length + 1;
  }
  return { ...location, end: { line, column } };
}

/** The marks and, if it fits, the label beside them; otherwise the label below them. */
function underline(frame: Frame, indent: string, marks: string, options: FrameOptions): string[] {
  const marked = `${bar(options)} ${indent}${options.paint(frame.style, marks)}`;
  const { label } = frame;
  if (label === "") return [marked];
  const space = room(options);
  const painted = (text: string) => options.paint(frame.style, text);
  if (widthOf(indent) + widthOf(marks) + 1 + widthOf(label) <= space) return [`${marked} ${painted(label)}`];
  const hang = widthOf(indent) + LEAST_ROOM <= space ? indent : "";
  return [marked, ...wrap(label, space - widthOf(hang)).map((line) => `${bar(options)} ${hang}${painted(line)}`)];
}

/** Several lines, tied together by a line of their own at the left. */
function renderLines(frame: Frame, { path, start, end }: Location, options: FrameOptions): string[] {
  const { excerpts, paint } = options;
  const count = end.line - start.line + 1;
  const first = count > MOST_LINES ? FIRST_LINES : count - 1;
  const tie = (sign: string) => paint(frame.style, sign);
  const space = room(options) - 2;
  const cellsOf = (line: number) => cells((excerpts.line(path, line) ?? "").slice(0, LONGEST_SIDE));
  const show = (line: number, sign: string) => {
    const { text } = viewOf(cellsOf(line), 0, 1, space);
    return numbered(line, `${tie(sign)} ${text}`, options);
  };
  const head = Array.from({ length: first }, (_, index) => show(start.line + index, index === 0 ? "/" : "|"));
  const gap = first < count - 1 ? [`${paint("blue", "...".padEnd(options.gutter + 2))} ${tie("|")}`] : [];
  const last = columnOf(cellsOf(end.line), end.column);
  const foot = `|${"_".repeat(Math.max(1, Math.min(last, space)))}${frame.mark}`;
  return [...head, ...gap, show(end.line, "|"), ...underline(frame, "", foot, options)];
}

/** The column (from 0) of a 1-based UTF-16 column. */
function columnOf(text: readonly Cell[], column: number): number {
  const cell = text.find(({ to }) => to >= column);
  if (cell) return cell.column;
  const last = text.at(-1);
  return last ? last.column + last.width : 0;
}

interface View {
  readonly text: string;
  /** The columns of the line that are visible: from `first` to before `last`. */
  readonly first: number;
  readonly last: number;
  /** What to take from a column of the line to get one of the view. */
  readonly shift: number;
}

/** As much of a line as fits into `space` columns, around the range from `from` to before `to`; `…` marks a cut. */
function viewOf(text: readonly Cell[], from: number, to: number, space: number): View {
  const end = text.at(-1);
  const total = Math.max(to, end ? end.column + end.width : 0);
  if (total <= space) return { text: text.map((cell) => cell.text).join(""), first: 0, last: total, shift: 0 };
  // The complete range is more important than the text before it; each ellipsis has a column.
  const left = space - (to - from) - 1;
  const lead = left < 1 ? LEAST_LEAD : Math.min(LEAD, left);
  const shift = to < space ? 0 : Math.max(0, Math.min(from - lead, total - space));
  const first = shift === 0 ? 0 : shift + 1;
  const last = shift + space < total ? shift + space - 1 : total;
  let line = shift === 0 ? "" : "…";
  let column = first;
  for (const cell of text) {
    if (cell.column < first || cell.column + cell.width > last) continue;
    line += " ".repeat(cell.column - column) + cell.text;
    column = cell.column + cell.width;
  }
  return { text: last < total ? `${line}${" ".repeat(last - column)}…` : line, first, last, shift };
}
