/** Carrying out the edits of fixes. */
import type { Position } from "../source.ts";
import { editsIn, type Finding } from "./finding.ts";

export type Edit = Finding["remedy"]["edits"][number];

/** A part of a fix that only a person can fill in: `<arn of the execution role>`. */
export const GAP = /<[A-Za-z][^<>\n]*>/;

/** The edits of a fix that a program can make; none when it has a gap, or a value that is not shown. */
export function editsOf({ remedy }: Finding): readonly Edit[] {
  const edits = editsIn(remedy);
  return edits.some(({ text }) => GAP.test(text) || text.includes("***")) ? [] : edits;
}

/** Whether a program may fix a finding: it is certain, nobody wants to keep it, and its edits say everything. */
export function isFixable(finding: Finding): boolean {
  return finding.confidence === "certain" && finding.status !== "suppressed" && editsOf(finding).length > 0;
}

/** What is put behind another thing, and may be followed by more: an item of a list or a block without a name. */
const APPENDED = /^[,\n](?!\s*resource )(?:[\s\S]*[^\]])?$/;

/**
 * The findings whose fixes can be made together, each as a whole: edits that overlap, or write different things at one
 * place, such as the key `Policies` or the brackets of a list, would break the file. The later fix is left to another
 * pass.
 */
export function fixedTogether(
  findings: readonly Finding[],
  textOf: (path: string) => string | undefined,
): readonly Finding[] {
  const files = new Map<string, Taken>();
  const takenIn = (path: string) => {
    const known = files.get(path) ?? taken(textOf(path) ?? "");
    files.set(path, known);
    return known;
  };
  return findings.filter((finding) => {
    const edits = editsOf(finding);
    const fits = edits.every((edit) => takenIn(edit.location.path).fits(edit));
    if (fits) for (const edit of edits) takenIn(edit.location.path).take(edit);
    return fits;
  });
}

interface Taken {
  readonly fits: (edit: Edit) => boolean;
  readonly take: (edit: Edit) => void;
}

/** What is replaced and put in in one text. The cost is that of the ranges. */
function taken(text: string): Taken {
  const range = rangeIn(text, 1);
  const written = new Map<number, string>();
  const writing = (edit: Edit) => {
    const { from, to } = range(edit);
    const what = from === to && APPENDED.test(edit.text) ? "appended" : `${from}:${to}:${edit.text}`;
    return { what, offsets: Array.from({ length: Math.max(1, to - from) }, (_, index) => from + index) };
  };
  return {
    fits: (edit) => {
      const { what, offsets } = writing(edit);
      return offsets.every((offset) => (written.get(offset) ?? what) === what);
    },
    take: (edit) => {
      const { what, offsets } = writing(edit);
      for (const offset of offsets) written.set(offset, what);
    },
  };
}

/** The offsets of an edit in a text whose first line has that number. */
function rangeIn(text: string, first: number) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const offset = ({ line, column }: Position) => (starts[line - first] ?? text.length) + column - 1;
  return ({ location: { start, end } }: Edit) => ({ from: offset(start), to: offset(end) });
}

/**
 * A text with edits made in it, whose lines end as those of the text do. `first` is the number of its first line. What
 * is put in at one place is there once, one after the other. Of edits that overlap the later one is left out.
 */
export function applyEdits(text: string, edits: readonly Edit[], first = 1): string {
  const range = rangeIn(text, first);
  const isCrlf = /^[^\n]*\r(?:\n|$)/.test(text);
  const ranges = edits
    .map((edit) => ({ ...range(edit), text: isCrlf ? edit.text.replace(/\r?\n/g, "\r\n") : edit.text }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const pieces: string[] = [];
  let done = 0;
  const made = new Set<string>();
  for (const { from, to, text: written } of ranges) {
    const key = JSON.stringify([from, to, written]);
    if (from < done || made.has(key)) continue;
    made.add(key);
    pieces.push(text.slice(done, from), written);
    done = to;
  }
  return pieces.join("") + text.slice(done);
}
