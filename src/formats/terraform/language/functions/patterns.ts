/** Regular expressions as Go has them, in linear time, by the library re2js. */
import type { RE2JS } from "re2js";
import { type Budget, spend } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";

let library: typeof import("re2js") | undefined;

/** Loads the library. Without it regular expressions are not known. */
export async function loadPatterns(): Promise<void> {
  library ??= await import("re2js");
}

export interface Pattern {
  readonly compiled: RE2JS;
  /** The name of each group in order, "" where it has none. */
  readonly names: readonly string[];
}

/** Start and end of the match and then of every group; -1 where a group took no part. Offsets are UTF-16. */
export type Match = readonly number[];

/** Compiling is linear in the pattern; the same few patterns come again and again. */
const patterns = new Map<string, Pattern>();
const MAX_REMEMBERED = 100;

/** Undefined when the library is not loaded, or refuses what Go accepts: two groups of one name. @throws Complaint */
export function compilePattern(source: string): Pattern | undefined {
  const known = patterns.get(source);
  if (known !== undefined || library === undefined) return known;
  let compiled: RE2JS;
  try {
    compiled = library.RE2JS.compile(source);
  } catch (error) {
    if (!(error instanceof library.RE2JSException)) throw error;
    if (error.message.includes("duplicate capture group name")) return undefined;
    throw new Complaint("argument");
  }
  const named = new Map(Object.entries(compiled.namedGroups()).map(([name, index]) => [index, name]));
  const names = Array.from({ length: compiled.groupCount() }, (_, index) => named.get(index + 1) ?? "");
  if (patterns.size >= MAX_REMEMBERED) patterns.clear();
  const pattern = { compiled, names };
  patterns.set(source, pattern);
  return pattern;
}

/** Characters times instructions that are paid for with one step. */
const WORK_A_STEP = 16;

/** The first match at or after an offset. @throws Complaint when the budget does not allow it */
export function findMatch({ compiled }: Pattern, text: string, from: number, budget: Budget): Match | undefined {
  spend(budget, Math.ceil(((text.length - from + 1) * compiled.programSize()) / WORK_A_STEP));
  const matcher = compiled.matcher(text);
  if (!matcher.find(from)) return undefined;
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => [
    matcher.start(group),
    matcher.end(group),
  ]).flat();
}

/** All matches that do not overlap. Engines differ in where they find empty ones: see `isEmpty`. */
export function findAll(pattern: Pattern, text: string, budget: Budget): readonly Match[] {
  const matches: Match[] = [];
  for (let position = 0; position <= text.length; ) {
    const match = findMatch(pattern, text, position, budget);
    if (match === undefined) break;
    matches.push(match);
    const [, end = 0] = match;
    position = isEmpty(match) ? end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1) : end;
  }
  return matches;
}

export function isEmpty([start, end]: Match): boolean {
  return start === end;
}

/** A replacement with `$1`, `${name}` and `$$` filled in. */
export function expand(template: string, { names }: Pattern, text: string, match: Match): string {
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole, short?: string, long?: string) => {
    if (whole === "$$") return "$";
    const name = short ?? long ?? "";
    const index = /^\d+$/.test(name) ? Number(name) : names.lastIndexOf(name) + 1 || -1;
    const start = match[index * 2] ?? -1;
    return start < 0 || index < 0 ? "" : text.slice(start, match[index * 2 + 1]);
  });
}
