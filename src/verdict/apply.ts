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

/** What is put behind another thing, and may be followed by more: an item of a list or a block. */
const APPENDED = /^[,\n](?:[\s\S]*[^\]])?$/;

/**
 * The findings whose fixes can be made together, each as a whole: two that write different things at one place, such as
 * the key `Policies` or the brackets of a list, would break the file. The later one is left to another run.
 */
export function fixedTogether(findings: readonly Finding[]): readonly Finding[] {
  const taken = new Map<string, string>();
  const at = ({ location: { path, start } }: Edit) => `${start.line}:${start.column}:${path}`;
  const what = (edit: Edit) => (APPENDED.test(edit.text) ? "appended" : JSON.stringify(edit));
  return findings.filter((finding) => {
    const edits = editsOf(finding);
    const fits = edits.every((edit) => [undefined, what(edit)].includes(taken.get(at(edit))));
    if (fits) for (const edit of edits) taken.set(at(edit), what(edit));
    return fits;
  });
}

/**
 * A text with edits made in it. `first` is the number of its first line. Of edits that overlap the later one is left
 * out; what is put in at one place is there once, one after the other.
 */
export function applyEdits(text: string, edits: readonly Edit[], first = 1): string {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const offset = ({ line, column }: Position) => (starts[line - first] ?? text.length) + column - 1;
  const ranges = edits
    .map((edit) => ({ from: offset(edit.location.start), to: offset(edit.location.end), text: edit.text }))
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
