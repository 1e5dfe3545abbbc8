/** Sets of characters. */

/** Code points from `low` to `high`, both in. */
export type Range = readonly [low: number, high: number];

export interface CharSet {
  readonly ranges: readonly Range[];
  /** Unicode classes, as tests of one character. */
  readonly classes: readonly { readonly test: RegExp; readonly negated: boolean }[];
  readonly negated: boolean;
  /** Letters match in either case. */
  readonly fold: boolean;
}

export const ANY_CHARACTER: CharSet = { ranges: [[0, 0x10ffff]], classes: [], negated: false, fold: false };
export const NOT_LINE_FEED: CharSet = { ranges: [[10, 10]], classes: [], negated: true, fold: false };

export function single(code: number, fold: boolean): CharSet {
  return { ranges: [[code, code]], classes: [], negated: false, fold };
}

const DIGIT: readonly Range[] = [[0x30, 0x39]];
const LOWER: readonly Range[] = [[0x61, 0x7a]];
const UPPER: readonly Range[] = [[0x41, 0x5a]];
const ALPHA: readonly Range[] = [...UPPER, ...LOWER];
const WORD: readonly Range[] = [...DIGIT, ...ALPHA, [0x5f, 0x5f]];
/** `\d`, `\s` and `\w` are ASCII in RE2, and `\s` has no vertical tab. */
export const PERL_CLASSES: Readonly<Record<string, readonly Range[]>> = {
  d: DIGIT,
  s: [
    [9, 10],
    [12, 13],
    [32, 32],
  ],
  w: WORD,
};
/** `[[:name:]]`. https://github.com/google/re2/wiki/Syntax */
export const POSIX_CLASSES: Readonly<Record<string, readonly Range[]>> = {
  alnum: [...DIGIT, ...ALPHA],
  alpha: ALPHA,
  ascii: [[0, 0x7f]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: DIGIT,
  graph: [[0x21, 0x7e]],
  lower: LOWER,
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: UPPER,
  word: WORD,
  xdigit: [...DIGIT, [0x41, 0x46], [0x61, 0x66]],
};

/** Every code point that is not in the ranges. */
export function complement(ranges: readonly Range[]): readonly Range[] {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0]);
  const result: Range[] = [];
  let next = 0;
  for (const [low, high] of sorted) {
    if (low > next) result.push([next, low - 1]);
    next = Math.max(next, high + 1);
  }
  if (next <= 0x10ffff) result.push([next, 0x10ffff]);
  return result;
}

/** `\p{name}` as a test; undefined when there is no such class. Names are general categories and scripts. */
export function unicodeClass(name: string): RegExp | undefined {
  if (name === "Any") return /^.$/su;
  if (!/^[A-Z][A-Za-z_]*$/.test(name)) return undefined;
  for (const property of [/^[A-Z][a-z&]?$/.test(name) ? name : undefined, `Script=${name}`]) {
    if (property === undefined) continue;
    try {
      return new RegExp(`^\\p{${property}}$`, "u");
    } catch {
      // Not that kind of property.
    }
  }
  return undefined;
}

/** The other cases of a character under simple folding, the character itself first. */
function caseVariants(code: number): readonly number[] {
  const character = String.fromCodePoint(code);
  const variants = new Set([code]);
  for (const other of [character.toLowerCase(), character.toUpperCase(), character.toUpperCase().toLowerCase()]) {
    const variant = other.codePointAt(0) ?? code;
    if (other.length === (variant > 0xffff ? 2 : 1)) variants.add(variant);
  }
  for (const group of FOLDED) if (group.includes(code)) for (const other of group) variants.add(other);
  return [...variants];
}

/** Characters that fold together although neither is the other's upper or lower case: k and the Kelvin sign, s and the long s, … */
const FOLDED: readonly (readonly number[])[] = [
  [0x4b, 0x6b, 0x212a],
  [0x53, 0x73, 0x17f],
  [0xc5, 0xe5, 0x212b],
  [0x3a9, 0x3c9, 0x2126],
  [0x3a3, 0x3c2, 0x3c3],
  [0x398, 0x3b8, 0x3d1, 0x3f4],
  [0x392, 0x3b2, 0x3d0],
  [0x395, 0x3b5, 0x3f5],
  [0xb5, 0x39c, 0x3bc],
];

export function contains(set: CharSet, code: number): boolean {
  const codes = set.fold ? caseVariants(code) : [code];
  return codes.some((variant) => within(set, variant)) !== set.negated;
}

function within(set: CharSet, code: number): boolean {
  if (set.ranges.some(([low, high]) => code >= low && code <= high)) return true;
  return set.classes.some(({ test, negated }) => test.test(String.fromCodePoint(code)) !== negated);
}
