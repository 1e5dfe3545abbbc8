/** All edits that a program can make, as one patch for `git apply`. */
import { type Change, changes, linesOf } from "../base/lines.ts";
import { groupBy } from "../maps.ts";
import { applyEdits, type Edit, editsOf, fixedTogether, isFixable } from "../verdict/apply.ts";
import type { Finding } from "../verdict/finding.ts";
import { cleanLines } from "./visible.ts";

/** Lines around a change, as git shows them. */
const context = 3;
/** In UTF-16 units: a longer one is nothing to copy. */
const longestPatch = 200_000;

export interface Patch {
  readonly text: string;
  /** How many findings it fixes. */
  readonly findings: number;
}

type TextOf = (path: string) => string | undefined;
type SafeLine = (path: string, line: number) => string | undefined;

/**
 * The patch of the certain findings, each with all of its edits or none. `textOf` gives a file as it was read,
 * `safeLine` a line as it may be shown: a file with a change beside a secret value is left out, and so is one that can't
 * be shown exactly. Undefined when nothing is left.
 */
export function patchOf(findings: readonly Finding[], textOf: TextOf, safeLine: SafeLine): Patch | undefined {
  const sure = fixedTogether(findings.filter(isFixable), textOf);
  const first = filesOf(sure, textOf, safeLine);
  const fixed = sure.filter((one) => editsOf(one).every(({ location }) => first.has(location.path)));
  const files = fixed.length < sure.length ? filesOf(fixed, textOf, safeLine) : first;
  if (fixed.some((one) => !editsOf(one).every(({ location }) => files.has(location.path)))) return undefined;
  const text = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one)
    .join("");
  return text === "" || text.length > longestPatch ? undefined : { text, findings: fixed.length };
}

/** The part of each file that can be shown. */
function filesOf(findings: readonly Finding[], textOf: TextOf, safeLine: SafeLine): ReadonlyMap<string, string> {
  const edits = groupBy(findings.flatMap(editsOf), ({ location }) => location.path);
  return new Map(
    [...edits].flatMap(([path, here]): [string, string][] => {
      const part = fileOf(path, textOf(path), here, safeLine);
      return part === undefined ? [] : [[path, part]];
    }),
  );
}

function fileOf(
  path: string,
  text: string | undefined,
  edits: readonly Edit[],
  safeLine: SafeLine,
): string | undefined {
  // Other names are quoted in patches, and other ends of lines don't survive being copied.
  if (text === undefined || !/^[\w./@+=~-]+$/.test(path) || text.includes("\r") || !text.endsWith("\n"))
    return undefined;
  const after = applyEdits(text, edits);
  if (!after.endsWith("\n")) return undefined;
  const hunks = hunksOf(changes(text, after), linesOf(text));
  const shown = hunks.flatMap(({ start, old }) => old.map((line, index) => [start + index, line] as const));
  if (shown.some(([number, line]) => safeLine(path, number) !== line)) return undefined;
  const lines = [`--- a/${path}`, `+++ b/${path}`, ...hunks.flatMap(({ lines }) => lines)];
  return hunks.length === 0 || cleanLines(lines.join("\n")) !== lines.join("\n") ? undefined : `${lines.join("\n")}\n`;
}

interface Hunk {
  /** The number of its first line in the old text, and its lines there. */
  readonly start: number;
  readonly old: readonly string[];
  /** With the header. */
  readonly lines: readonly string[];
}

function hunksOf(all: readonly Change[], old: readonly string[]): readonly Hunk[] {
  const groups: Change[][] = [];
  for (const change of all) {
    const last = groups.at(-1)?.at(-1);
    const apart = last === undefined || change.oldStart - (last.oldStart + last.oldLines.length) > 2 * context;
    if (apart) groups.push([change]);
    else groups.at(-1)?.push(change);
  }
  return groups.map((group) => hunkOf(group, old));
}

function hunkOf(group: readonly Change[], old: readonly string[]): Hunk {
  const [first, last] = [group[0], group.at(-1)];
  const from = Math.max(1, (first?.oldStart ?? 1) - context);
  const to = Math.min(old.length, (last?.oldStart ?? 1) + (last?.oldLines.length ?? 0) - 1 + context);
  const lines: string[] = [];
  let at = from;
  for (const { oldStart, oldLines, newLines } of group) {
    lines.push(...old.slice(at - 1, oldStart - 1).map((line) => ` ${line}`));
    lines.push(...oldLines.map((line) => `-${line}`), ...newLines.map((line) => `+${line}`));
    at = oldStart + oldLines.length;
  }
  lines.push(...old.slice(at - 1, to).map((line) => ` ${line}`));
  const count = (mark: string) => lines.filter((line) => line.startsWith(mark) || line.startsWith(" ")).length;
  const newStart = (first?.newStart ?? 1) - ((first?.oldStart ?? 1) - from);
  const header = `@@ -${from},${count("-")} +${newStart},${count("+")} @@`;
  return { start: from, old: old.slice(from - 1, to), lines: [header, ...lines] };
}
