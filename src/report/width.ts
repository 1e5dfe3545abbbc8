/** How wide text is in a terminal, in columns. */
import { PRINTABLE, unicodePattern } from "./visible.ts";

/** The width of a report without a terminal, as for a file or a log: an ARN in its line of JSON fits. */
export const DEFAULT_WIDTH = 120;
/** Longer lines of prose are hard to read, however wide the terminal is. */
export const PROSE_WIDTH = 100;

/** Letters and signs of one column each that combine with nothing: most text is of these, and needs no segmentation. */
const SIMPLE = /^[\t\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u27e8\u27e9]*$/;

/** A tab leads to the next multiple of this. */
const TAB = 4;

/** One character as people see it: `from` and `to` are UTF-16 offsets in its text, `column` counts from 0. */
export interface Cell {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly width: number;
}

/** Splits a line into what a terminal shows of it: tabs become blanks, control characters `�`. */
export function cells(line: string): Cell[] {
  let column = 0;
  let from = 0;
  return characters(line).map((character) => {
    const text = character === "\t" ? " ".repeat(TAB - (column % TAB)) : visible(character);
    const cell = {
      text,
      from,
      to: from + character.length,
      column,
      width: PRINTABLE.test(text) ? text.length : wide(text),
    };
    column += cell.width;
    from = cell.to;
    return cell;
  });
}

export function widthOf(text: string): number {
  return PRINTABLE.test(text) ? text.length : cells(text).reduce((sum, { width }) => sum + width, 0);
}

let segmenter: Intl.Segmenter | undefined;

function characters(line: string): readonly string[] {
  if (SIMPLE.test(line)) return line.split("");
  segmenter ??= new Intl.Segmenter("en");
  return Array.from(segmenter.segment(line), ({ segment }) => segment);
}

/** Marks over or in the letter before them, and characters that only format. */
const marks = unicodePattern("^[\\p{Mn}\\p{Me}\\p{Cf}]+$");
/** What East Asian fonts and emoji fonts make two columns wide: https://www.unicode.org/reports/tr11/, W and F. */
const scripts = unicodePattern(
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Emoji_Presentation}]",
);

function wide(character: string): number {
  if (SIMPLE.test(character)) return 1;
  if (marks().test(character)) return 0;
  return scripts().test(character) || /[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/.test(character) ? 2 : 1;
}

const unseen = unicodePattern(
  "\\p{Cc}+|[\\p{Cs}\\p{Zl}\\p{Zp}\\u061c\\u200b-\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]",
  "gu",
);

/** A character that a terminal would obey, or that hides or reorders text, as `�`. */
function visible(character: string): string {
  if (SIMPLE.test(character)) return character;
  return character.replace(unseen(), "\u{fffd}");
}

/** No line may begin with these: the runner of a workflow would take it for a command, however indented. */
const NO_BREAK_BEFORE = /^(?:::|##\[)/;

/** Breaks a sentence at blanks into lines of at most `width` columns; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(longer) > width && !NO_BREAK_BEFORE.test(word)) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}
