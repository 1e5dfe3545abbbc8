/** Matching in linear time: all ways through the pattern at once, the preferred first (as Perl and Go choose). */
import { type Budget, spend } from "../../evaluate/bounds.ts";
import { Complaint } from "../../evaluate/complaint.ts";
import { type CharSet, contains } from "./classes.ts";
import { type Assertion, parseRegex, type RegexNode } from "./parse.ts";

type Instruction =
  | { readonly op: "set"; readonly set: CharSet; next: number }
  | { readonly op: "split"; next: number; other: number }
  | { readonly op: "save"; readonly slot: number; next: number }
  | { readonly op: "assert"; readonly what: Assertion; next: number }
  | { readonly op: "match" };

export interface Regex {
  readonly program: readonly Instruction[];
  readonly names: readonly string[];
}

/** Start and end of the match and then of every group; -1 where a group took no part. Offsets are UTF-16. */
export type Match = readonly number[];

/** Repetitions are written out, so a nested one can be enormous. */
const MAX_PROGRAM = 20_000;

/** @throws Complaint */
export function compileRegex(pattern: string): Regex {
  const { node, names } = parseRegex(pattern);
  const program: Instruction[] = [];
  const add = (instruction: Instruction): number => {
    if (program.length >= MAX_PROGRAM)
      throw new Complaint(`invalid regexp pattern: expression too large in ${pattern}`);
    return program.push(instruction) - 1;
  };
  // Built from the end, so that every instruction knows where it goes on.
  const emit = (part: RegexNode, next: number): number => {
    switch (part.kind) {
      case "empty":
        return next;
      case "set":
        return add({ op: "set", set: part.set, next });
      case "assert":
        return add({ op: "assert", what: part.what, next });
      case "concat":
        return part.nodes.reduceRight((after, inner) => emit(inner, after), next);
      case "choice":
        return part.nodes
          .slice(0, -1)
          .reduceRight(
            (other, inner) => add({ op: "split", next: emit(inner, next), other }),
            emit(part.nodes.at(-1) ?? part, next),
          );
      case "group":
        return add({
          op: "save",
          slot: part.index * 2,
          next: emit(part.node, add({ op: "save", slot: part.index * 2 + 1, next })),
        });
      case "repeat":
        return repeat(part, next);
    }
  };
  const split = (first: number, second: number, greedy: boolean): number =>
    add({ op: "split", next: greedy ? first : second, other: greedy ? second : first });
  const repeat = (part: RegexNode & { kind: "repeat" }, next: number): number => {
    const { node: inner, min, max, greedy } = part;
    let start = next;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = add({ op: "split", next: -1, other: -1 });
      const body = emit(inner, loop);
      program[loop] = { op: "split", next: greedy ? body : next, other: greedy ? next : body };
      if (min > 0) start = body;
      else start = mayBeEmpty(inner) ? split(body, next, greedy) : loop;
      for (let count = 1; count < min; count++) start = emit(inner, start);
      return start;
    }
    for (let count = min; count < max; count++) start = split(emit(inner, start), next, greedy);
    for (let count = 0; count < min; count++) start = emit(inner, start);
    return start;
  };
  const end = add({ op: "match" });
  const start = emit(node, end);
  add({ op: "save", slot: 0, next: start });
  return { program, names };
}

function mayBeEmpty(node: RegexNode): boolean {
  switch (node.kind) {
    case "set":
      return false;
    case "concat":
      return node.nodes.every(mayBeEmpty);
    case "choice":
      return node.nodes.some(mayBeEmpty);
    case "group":
      return mayBeEmpty(node.node);
    case "repeat":
      return node.min === 0 || mayBeEmpty(node.node);
    default:
      return true;
  }
}

interface Thread {
  readonly at: number;
  readonly saved: readonly number[];
}

/** The first match at or after an offset. @throws Complaint when the budget does not allow it */
export function findMatch(regex: Regex, text: string, from: number, budget: Budget): Match | undefined {
  const { program, names } = regex;
  const start = program.length - 1;
  const slots = (names.length + 1) * 2;
  let threads: Thread[] = [];
  let found: Match | undefined;
  const visited = new Int32Array(program.length).fill(-1);
  let generation = 0;

  /** Adds the instructions that can be reached without a character, the preferred first. */
  const follow = (list: Thread[], at: number, saved: readonly number[], position: number): void => {
    const stack: Thread[] = [{ at, saved }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const instruction = program[top.at];
      if (instruction === undefined || visited[top.at] === generation) continue;
      visited[top.at] = generation;
      switch (instruction.op) {
        case "split":
          stack.push({ at: instruction.other, saved: top.saved }, { at: instruction.next, saved: top.saved });
          break;
        case "save":
          stack.push({ at: instruction.next, saved: top.saved.with(instruction.slot, position) });
          break;
        case "assert":
          if (holds(instruction.what, text, position)) stack.push({ at: instruction.next, saved: top.saved });
          break;
        default:
          list.push(top);
      }
    }
  };

  const nothing: readonly number[] = new Array<number>(slots).fill(-1);
  for (let position = from; ; ) {
    spend(budget, threads.length + 1);
    if (found === undefined) {
      if (threads.length === 0) generation++;
      follow(threads, start, nothing, position);
    }
    if (threads.length === 0 && (found !== undefined || position >= text.length)) return found;
    const code = text.codePointAt(position);
    const width = code === undefined ? 1 : code > 0xffff ? 2 : 1;
    const next: Thread[] = [];
    generation++;
    for (const thread of threads) {
      const instruction = program[thread.at];
      if (instruction?.op === "match") {
        found = thread.saved.with(1, position);
        break;
      }
      if (instruction?.op === "set" && code !== undefined && contains(instruction.set, code)) {
        follow(next, instruction.next, thread.saved, position + width);
      }
    }
    threads = next;
    if (code === undefined) return found;
    position += width;
  }
}

function holds(what: Assertion, text: string, position: number): boolean {
  switch (what) {
    case "text-start":
      return position === 0;
    case "text-end":
      return position === text.length;
    case "line-start":
      return position === 0 || text.charAt(position - 1) === "\n";
    case "line-end":
      return position === text.length || text.charAt(position) === "\n";
    default: {
      const word = (offset: number) => /\w/.test(text.charAt(offset));
      return (word(position - 1) !== word(position)) === (what === "word");
    }
  }
}

function widthAt(text: string, position: number): number {
  const code = text.codePointAt(position);
  return code === undefined ? 0 : code > 0xffff ? 2 : 1;
}

/** All matches that do not overlap, as Go's `FindAll` gives them: no empty one right behind another. */
export function findAll(regex: Regex, text: string, budget: Budget): readonly Match[] {
  const matches: Match[] = [];
  let previousEnd = -1;
  for (let position = 0; position <= text.length; ) {
    const match = findMatch(regex, text, position, budget);
    if (match === undefined) break;
    const [start = 0, end = 0] = match;
    const empty = end === position;
    if (!(empty && start === previousEnd)) matches.push(match);
    position = empty ? position + (widthAt(text, position) || 1) : end;
    previousEnd = end;
  }
  return matches;
}

/** The matches that `ReplaceAll` replaces, which differ from those of `FindAll` where empty matches follow others. */
export function findForReplace(regex: Regex, text: string, budget: Budget): readonly Match[] {
  const matches: Match[] = [];
  let lastEnd = 0;
  for (let position = 0; position <= text.length; ) {
    const match = findMatch(regex, text, position, budget);
    if (match === undefined) break;
    const [start = 0, end = 0] = match;
    if (end > lastEnd || start === 0) matches.push(match);
    lastEnd = end;
    const width = widthAt(text, position);
    position = position + width > end ? position + width : Math.max(position + 1, end);
  }
  return matches;
}

/** A replacement with `$1`, `${name}` and `$$` filled in. */
export function expand(template: string, regex: Regex, text: string, match: Match): string {
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole, short?: string, long?: string) => {
    if (whole === "$$") return "$";
    const name = short ?? long ?? "";
    const index = /^\d+$/.test(name) ? Number(name) : regex.names.lastIndexOf(name) + 1 || -1;
    const start = match[index * 2] ?? -1;
    return start < 0 || index < 0 ? "" : text.slice(start, match[index * 2 + 1]);
  });
}
