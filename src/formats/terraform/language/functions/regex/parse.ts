/**
 * Go's regular expressions (RE2), parsed. They have no look-around and no back-references, so matching is linear.
 * https://github.com/google/re2/wiki/Syntax, complaints as https://pkg.go.dev/regexp/syntax words them.
 */
import { Complaint } from "../../evaluate/complaint.ts";
import {
  ANY_CHARACTER,
  type CharSet,
  complement,
  NOT_LINE_FEED,
  PERL_CLASSES,
  POSIX_CLASSES,
  type Range,
  single,
  unicodeClass,
} from "./classes.ts";

export type Assertion = "text-start" | "text-end" | "line-start" | "line-end" | "word" | "not-word";
export type RegexNode =
  | { readonly kind: "empty" }
  | { readonly kind: "set"; readonly set: CharSet }
  | { readonly kind: "assert"; readonly what: Assertion }
  | { readonly kind: "concat"; readonly nodes: readonly RegexNode[] }
  | { readonly kind: "choice"; readonly nodes: readonly RegexNode[] }
  | { readonly kind: "group"; readonly node: RegexNode; readonly index: number }
  | {
      readonly kind: "repeat";
      readonly node: RegexNode;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
    };

export interface ParsedRegex {
  readonly node: RegexNode;
  /** The names of the groups in order, empty for those that have none. */
  readonly names: readonly string[];
}

interface Flags {
  readonly fold: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly ungreedy: boolean;
}

const MAX_REPEAT = 1000;
const MAX_DEPTH = 250;
/** @throws Complaint */
export function parseRegex(pattern: string): ParsedRegex {
  const names: string[] = [];
  let position = 0;
  let flags: Flags = { fold: false, multiline: false, dotAll: false, ungreedy: false };

  const fail = (code: string, expression: string): never => {
    throw new Complaint(`invalid regexp pattern: ${code} in ${expression}`);
  };
  const rest = () => pattern.slice(position);
  const take = (text: string): boolean => {
    if (!pattern.startsWith(text, position)) return false;
    position += text.length;
    return true;
  };
  const nextCode = (): number => {
    const code = pattern.codePointAt(position) ?? 0;
    position += code > 0xffff ? 2 : 1;
    return code;
  };

  const choice = (depth: number): RegexNode => {
    if (depth > MAX_DEPTH) fail("expression nests too deeply", pattern);
    const branches: RegexNode[] = [];
    do branches.push(sequence(depth));
    while (take("|"));
    return branches.length === 1 && branches[0] !== undefined ? branches[0] : { kind: "choice", nodes: branches };
  };

  const sequence = (depth: number): RegexNode => {
    const nodes: RegexNode[] = [];
    let operator = "";
    while (position < pattern.length && !/[|)]/.test(pattern.charAt(position))) {
      const start = position;
      if (take("\\Q")) {
        const end = pattern.indexOf("\\E", position);
        const text = pattern.slice(position, end < 0 ? undefined : end);
        for (const character of text)
          nodes.push({ kind: "set", set: single(character.codePointAt(0) ?? 0, flags.fold) });
        position = end < 0 ? pattern.length : end + 2;
        operator = "";
        continue;
      }
      const count = repetition();
      if (count === undefined) {
        const node = atom(depth);
        if (node !== undefined) nodes.push(node);
        operator = "";
        continue;
      }
      const after = position;
      const lazy = take("?");
      const node = nodes.pop() ?? fail("missing argument to repetition operator", pattern.slice(start, after));
      if (operator !== "") fail("invalid nested repetition operator", operator + pattern.slice(start, position));
      if (
        count.min > MAX_REPEAT ||
        (count.max > MAX_REPEAT && count.max !== Number.POSITIVE_INFINITY) ||
        count.max < count.min
      ) {
        fail("invalid repeat count", pattern.slice(start, after));
      }
      nodes.push({ kind: "repeat", node, min: count.min, max: count.max, greedy: lazy === flags.ungreedy });
      operator = pattern.slice(start, position);
    }
    return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: "concat", nodes };
  };

  /** The repetition operator that stands here. A brace that is none is a literal. */
  const repetition = (): { readonly min: number; readonly max: number } | undefined => {
    if (take("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (take("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (take("?")) return { min: 0, max: 1 };
    const match = /^\{(0|[1-9]\d{0,8})(,(0|[1-9]\d{0,8})?)?\}/.exec(pattern.slice(position, position + 24));
    if (match === null) return undefined;
    const [whole, min = "0", comma, max] = match;
    position += whole.length;
    return {
      min: Number(min),
      max: comma === undefined ? Number(min) : max === undefined ? Number.POSITIVE_INFINITY : Number(max),
    };
  };

  const atom = (depth: number): RegexNode | undefined => {
    if (take("(")) return group(depth);
    if (take("[")) return { kind: "set", set: characterClass() };
    if (take(".")) return { kind: "set", set: flags.dotAll ? ANY_CHARACTER : NOT_LINE_FEED };
    if (take("^")) return { kind: "assert", what: flags.multiline ? "line-start" : "text-start" };
    if (take("$")) return { kind: "assert", what: flags.multiline ? "line-end" : "text-end" };
    if (pattern.charAt(position) === "\\") return escaped();
    return { kind: "set", set: single(nextCode(), flags.fold) };
  };

  const group = (depth: number): RegexNode | undefined => {
    const start = position - 1;
    const named = /^\?P?</.exec(pattern.slice(position, position + 3));
    if (named !== null) {
      const end = pattern.indexOf(">", position);
      if (end < 0) fail("invalid named capture", pattern.slice(start));
      const name = pattern.slice(position + named[0].length, end);
      if (!/^\w+$/.test(name)) fail("invalid named capture", pattern.slice(start, end + 1));
      position = end + 1;
      return capture(depth, name);
    }
    if (!pattern.startsWith("?", position)) return capture(depth, "");
    const outer = flags;
    const only = setFlags(start);
    if (only) return undefined;
    const node = choice(depth + 1);
    if (!take(")")) fail("missing closing )", pattern);
    flags = outer;
    return node;
  };

  const capture = (depth: number, name: string): RegexNode => {
    names.push(name);
    const index = names.length;
    const outer = flags;
    const node = choice(depth + 1);
    if (!take(")")) fail("missing closing )", pattern);
    flags = outer;
    return { kind: "group", node, index };
  };

  /** Reads `?flags)` or `?flags:`. True when the flags are for what follows and there is no group. */
  const setFlags = (start: number): boolean => {
    position++;
    let on = true;
    let some = false;
    let { fold, multiline, dotAll, ungreedy } = flags;
    while (position < pattern.length) {
      const letter = pattern.charAt(position++);
      if (letter === "i") fold = on;
      else if (letter === "m") multiline = on;
      else if (letter === "s") dotAll = on;
      else if (letter === "U") ungreedy = on;
      else if (letter === "-" && on) {
        on = false;
        some = false;
        continue;
      } else if ((letter === ":" || letter === ")") && (on || some)) {
        flags = { fold, multiline, dotAll, ungreedy };
        return letter === ")";
      } else break;
      some = true;
    }
    return fail("invalid or unsupported Perl syntax", pattern.slice(start, position));
  };

  const escaped = (): RegexNode => {
    const letter = pattern.charAt(position + 1);
    const assertion = ({ A: "text-start", z: "text-end", b: "word", B: "not-word" } as const)[letter];
    if (assertion !== undefined) {
      position += 2;
      return { kind: "assert", what: assertion };
    }
    const perl = perlClass();
    if (perl !== undefined) return { kind: "set", set: { ...perl, negated: false, fold: false } };
    const unicode = unicodeEscape();
    if (unicode !== undefined)
      return { kind: "set", set: { ranges: [], classes: [unicode], negated: false, fold: flags.fold } };
    return { kind: "set", set: single(escapedCode(), flags.fold) };
  };

  const perlClass = (): Pick<CharSet, "ranges" | "classes"> | undefined => {
    const letter = pattern.charAt(position + 1);
    const ranges = PERL_CLASSES[letter.toLowerCase()];
    if (pattern.charAt(position) !== "\\" || ranges === undefined) return undefined;
    position += 2;
    return { ranges: letter === letter.toLowerCase() ? ranges : complement(ranges), classes: [] };
  };

  const unicodeEscape = (): CharSet["classes"][number] | undefined => {
    const match = /^\\([pP])(?:\{(\^?)([^}]*)\}|(.))/u.exec(pattern.slice(position, position + 64));
    if (match === null) return /^\\[pP]/.test(rest()) ? fail("invalid character class range", rest()) : undefined;
    const [whole, letter, caret = "", long, short] = match;
    const test = unicodeClass(long ?? short ?? "") ?? fail("invalid character class range", whole);
    position += whole.length;
    return { test, negated: (letter === "P") !== (caret === "^") };
  };

  /** The character that an escape sequence stands for. */
  const escapedCode = (): number => {
    const start = position++;
    if (position >= pattern.length) fail("trailing backslash at end of expression", "");
    const code = nextCode();
    const letter = String.fromCodePoint(code);
    const simple = ({ a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 } as Readonly<Record<string, number>>)[letter];
    if (simple !== undefined) return simple;
    const octal = /^(?:[1-7][0-7]{1,2}|0[0-7]{0,2})/.exec(pattern.slice(start + 1, start + 4))?.[0];
    if (octal !== undefined) {
      position = start + 1 + octal.length;
      return Number.parseInt(octal, 8);
    }
    const hex =
      letter === "x" ? /^(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]+)\})/.exec(pattern.slice(position, position + 12)) : null;
    if (hex !== null) {
      position += hex[0].length;
      const value = Number.parseInt(hex[1] ?? hex[2] ?? "", 16);
      if (value <= 0x10ffff) return value;
    } else if (code < 0x80 && !/[A-Za-z0-9]/.test(letter)) return code;
    return fail("invalid escape sequence", pattern.slice(start, position));
  };

  const characterClass = (): CharSet => {
    const start = position - 1;
    const negated = take("^");
    const ranges: Range[] = [];
    const classes: CharSet["classes"][number][] = [];
    for (let first = true; first || pattern.charAt(position) !== "]"; first = false) {
      if (position >= pattern.length) fail("missing closing ]", pattern.slice(start));
      const posix = /^\[:(\^?)([^\]]*):\]/.exec(pattern.slice(position, position + 24));
      if (posix !== null) {
        const found = POSIX_CLASSES[posix[2] ?? ""] ?? fail("invalid character class range", posix[0]);
        position += posix[0].length;
        ranges.push(...(posix[1] === "^" ? complement(found) : found));
        continue;
      }
      const perl = perlClass();
      if (perl !== undefined) {
        ranges.push(...perl.ranges);
        continue;
      }
      const unicode = unicodeEscape();
      if (unicode !== undefined) {
        classes.push(unicode);
        continue;
      }
      ranges.push(classRange(start));
    }
    position++;
    return { ranges, classes, negated, fold: flags.fold };
  };

  const classRange = (classStart: number): Range => {
    const start = position;
    const code = () => {
      if (position >= pattern.length) fail("missing closing ]", pattern.slice(classStart));
      return pattern.charAt(position) === "\\" ? escapedCode() : nextCode();
    };
    const low = code();
    if (pattern.charAt(position) !== "-" || pattern.charAt(position + 1) === "]" || position + 1 >= pattern.length) {
      return [low, low];
    }
    position++;
    const high = code();
    return high < low ? fail("invalid character class range", pattern.slice(start, position)) : [low, high];
  };

  const node = choice(0);
  if (position < pattern.length) fail("unexpected )", pattern);
  return { node, names };
}
