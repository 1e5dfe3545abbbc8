/**
 * Text: a string that a template computes, with holes for what is not known (DESIGN §4). In a string a hole is a token:
 *
 * | token | means |
 * |---|---|
 * | `⟨12⟩`  | narrow: something without a colon, such as a Region, an account ID or a random part |
 * | `⟨#12⟩` | suffix: exactly the six random letters or digits that Secrets Manager puts after a secret's name |
 * | `⟨*12⟩` | wide: anything at all, also several fields of an ARN |
 *
 * Equal tokens are equal values. What is known of a hole is a row of the table: nothing can be read from the inside of
 * a token.
 */

import type { Hole } from "./schema/common.ts";

export type HoleWidth = Hole["width"];

/** What a format tells of a hole when it makes one; the rest is filled in. */
export interface About extends Partial<Omit<Hole, "width" | "origin">> {
  readonly origin?: Partial<Hole["origin"]>;
}

const SIGIL = { narrow: "", suffix: "#", wide: "*" } as const satisfies Record<HoleWidth, string>;
const HOLE = /⟨([#*]?)([^⟨⟩]*)⟩/g;

/**
 * What is known of each hole, by the inside of its token. Insides are unique in a process, so that runs do not disturb
 * each other.
 */
const table = new Map<string, Hole>();

/**
 * The insides of this run, by the keys of the values that the holes represent; what AWS gives every deployment is equal
 * in all runs.
 */
const insideOf = new Map<string, string>();
const shared = new Map<string, string>();

/** Whether tokens have keys inside, for people who read tests. */
let byKey = false;

let made = 0;

/**
 * So many holes one run can hold: each takes some 600 bytes. A thousand root modules of Terraform have 91,000, ten
 * thousand jobs in files of the AWS CLI 41,000.
 */
const MOST_HOLES = 400_000;

/**
 * The inside of the hole that represents every unknown value beyond them. Its tokens are equal although the values are
 * not, so no case that has it is judged.
 */
export const BEYOND = "too many holes";
const WORDS_BEYOND = "a value in files with more unknown values than one run can hold";
table.set(BEYOND, rowOf(WORDS_BEYOND, "wide", { cause: { kind: "limit", name: WORDS_BEYOND, unit: null } }));

/** Begins a run: equal keys of two runs are two holes. */
export function startRun(): void {
  for (const inside of byKey ? insideOf.values() : []) table.delete(inside);
  insideOf.clear();
}

/** Calls new holes by their keys instead of by numbers, and forgets those that are there. Tests alone do so. */
export function callHolesBy(what: "key" | "number"): void {
  for (const inside of insideOf.values()) table.delete(inside);
  insideOf.clear();
  byKey = what === "key";
}

/** What a token can hold of a key. */
function plain(key: string): string {
  return key.replace(/[:⟨⟩]/g, "_");
}

/**
 * A hole. `key` says which unknown value it is: equal keys are equal values. It may be the inside of a hole that is
 * there. What is known of the value is `about`. What is known to have no colon somewhere has none anywhere.
 */
export function hole(key: string, width: HoleWidth, about?: About): string {
  const inside = insideFor(key);
  if (inside === BEYOND) return tokenOf("wide", BEYOND);
  const known = table.get(inside);
  const narrowest = known && known.width !== "wide" ? known.width : width;
  if (!known || about) table.set(inside, rowOf(key, narrowest, about));
  else if (known.width !== narrowest) table.set(inside, { ...known, width: narrowest });
  return tokenOf(width, inside);
}

function tokenOf(width: HoleWidth, inside: string): string {
  return `⟨${SIGIL[width]}${inside}⟩`;
}

function insideFor(key: string): string {
  const known = shared.get(key) ?? insideOf.get(key) ?? (table.has(key) ? key : undefined);
  if (known !== undefined) return known;
  if (insideOf.size >= MOST_HOLES) return BEYOND;
  const inside = byKey ? plain(key) : String(made++);
  insideOf.set(key, inside);
  return inside;
}

/** Each field by its name: engines copy objects of many shapes slowly, and a run has some 100,000 rows. */
function rowOf(key: string, width: HoleWidth, about: About = {}): Hole {
  const { words = key, term = "", unit = null, identifies = null, arn = null, holds = null, json_key = null } = about;
  const { digest = false, sensitive = false, cause = { kind: "value", name: words, unit }, image } = about;
  const { kind = "other", of = [], function: by = null, resource_kind = null, attribute = null } = about.origin ?? {};
  const origin = { kind, of, function: by, resource_kind, attribute };
  const row = { width, words, term, unit, origin, identifies, arn, holds, json_key, digest, sensitive, cause };
  return image === undefined ? row : { ...row, image };
}

/** What AWS gives every deployment: equal in all units of a run, and `called` alike in all formats. */
export function pseudo(key: string, term: string, called: string): string {
  const words = `AWS::${term}`;
  shared.set(key, plain(key));
  return hole(key, "narrow", {
    words,
    term,
    origin: { kind: "pseudo" },
    cause: { kind: "deployment", name: called, unit: null },
  });
}

export const REGION = pseudo("AWS.Region", "Region", "the Region");
export const ACCOUNT = pseudo("AWS.AccountId", "AccountId", "the account");
export const PARTITION = pseudo("AWS.Partition", "Partition", "the partition");

/** What is known of the hole with that inside. */
export function holeOf(inside: string): Hole {
  return table.get(inside) ?? rowOf(inside, "wide", undefined);
}

/** Makes a hole narrow wherever it stands: a name that it is part of can have no colon. */
export function narrow(inside: string): void {
  const known = holeOf(inside);
  if (known.width === "wide" && inside !== BEYOND) table.set(inside, { ...known, width: "narrow" });
}

/** Notes of the values of parameters with these ARNs that they are encrypted. */
export function noteEncrypted(arns: ReadonlySet<string>): void {
  for (const [inside, row] of table) {
    const isOfOne = row.holds === "parameter" && row.arn !== null && arns.has(row.arn);
    if (isOfOne) table.set(inside, { ...row, holds: "secure_parameter" });
  }
}

/** The text with each token as the table has its width now. */
export function canonical(value: string): string {
  return tokensOf(value).every((token) => token === canonicalToken(token, insideOfToken(token)))
    ? value
    : replaceHoles(value, canonicalToken);
}

function canonicalToken(token: string, inside: string): string {
  const known = table.get(inside);
  return known ? tokenOf(known.width, inside) : token;
}

/** Whether a piece of a string belongs to one unit, so that the text means the same thing wherever it stands. */
export function isOfOneUnit(value: string): boolean {
  return insides(value).some((inside) => holeOf(inside).unit !== null);
}

/** What is known of a string before its first hole and behind its last one; of a literal text all of it, twice. */
export function knownEnds(value: string): readonly [start: string, end: string] {
  return [value.split("⟨", 1)[0] ?? "", value.slice(value.lastIndexOf("⟩") + 1)];
}

/** The insides of the tokens in a string: keys of the table. */
export function insides(value: string): string[] {
  return tokensOf(value).map(insideOfToken);
}

/**
 * What is not known of a string: the cause of its first hole, undefined for a string without any. Partition, Region and
 * account don't count: texts are full of them, and they are not what an answer depends on.
 */
export function causeOfText(value: string): Hole["cause"] | undefined {
  return insides(value)
    .map(holeOf)
    .find(({ origin }) => origin.kind !== "pseudo")?.cause;
}

/** Text of a file that must not be taken for holes: the two brackets are replaced by look-alikes. */
export function literal(text: string): string {
  return /[⟨⟩]/.test(text) ? text.replaceAll("⟨", "〈").replaceAll("⟩", "〉") : text;
}

/** Whether every character is known. */
export function isLiteral(value: string): boolean {
  return !value.includes("⟨");
}

/** Whether a wide hole is in it, so that it can't be split on colons. */
export function hasWideHole(value: string): boolean {
  return value.includes("⟨*") && holes(value).some(({ width }) => width === "wide");
}

/**
 * What strings have in common that have equally many colons: each field that is not the same is what `differing` makes
 * of its index and of what it is in each of them, a narrow hole. Undefined when a hole may have colons of its own.
 */
export function commonFields(
  values: readonly string[],
  differing: (index: number, fields: readonly string[]) => string,
): string | undefined {
  const all = values.some(hasWideHole) ? [] : values.map((value) => value.split(":"));
  const [first, ...others] = all;
  if (first === undefined || others.some(({ length }) => length !== first.length)) return undefined;
  const fieldOf = (field: string, at: number) =>
    others.every((other) => other[at] === field)
      ? field
      : differing(
          at,
          all.map((one) => one[at] ?? ""),
        );
  return first.map(fieldOf).join(":");
}

/** A hole in a string, as the source of a regular expression. */
export const HOLE_SOURCE = "⟨[^⟨⟩]*⟩";

/** Whether it is one hole and nothing else. */
export function isHole(value: string): boolean {
  return behindFirstHole(value) === "";
}

/** What follows the hole that a string begins with; undefined when it begins with none. */
export function behindFirstHole(value: string): string | undefined {
  return value.startsWith("⟨") ? value.slice(value.indexOf("⟩") + 1) : undefined;
}

/** What is known of a string, its holes left out. */
export function knownOf(value: string): string {
  return replaceHoles(value, () => "");
}

/** What is known of a string, piece by piece between its holes. */
export function knownRuns(value: string): string[] {
  return value.split(HOLE).filter((_, index) => index % 3 === 0);
}

/** The text with `change` made to what is known between its holes. */
export function changeKnown(value: string, change: (known: string) => string): string {
  let changed = "";
  let from = 0;
  for (const { index, 0: token } of value.matchAll(HOLE)) {
    changed += change(value.slice(from, index)) + token;
    from = index + token.length;
  }
  return changed + change(value.slice(from));
}

/** The holes of a string in order: each with its token, and its inside as `name`. */
export function holes(value: string): { token: string; name: string; width: HoleWidth }[] {
  return tokensOf(value).map((token) => {
    const name = insideOfToken(token);
    return {
      token,
      name,
      width: table.get(name)?.width ?? (token[1] === "*" ? "wide" : token[1] === "#" ? "suffix" : "narrow"),
    };
  });
}

/** The tokens of a string in order. Found without a pattern, since there are millions of strings to look at. */
function tokensOf(value: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (let end = value.indexOf("⟩"); end >= 0; end = value.indexOf("⟩", from)) {
    const start = value.lastIndexOf("⟨", end);
    if (start >= from) found.push(value.slice(start, end + 1));
    from = end + 1;
  }
  return found;
}

function insideOfToken(token: string): string {
  return token.slice(token[1] === "#" || token[1] === "*" ? 2 : 1, -1);
}

/** What Regions and accounts surely have none of: they have letters, digits and hyphens only. */
const NEVER_IN_AWS = /^[:/,.;|=_ ]+$/;

/**
 * Whether no hole of a string can hold a separator: a colon is in no narrow hole, and what AWS makes up has letters and
 * digits only.
 */
export function canSplit(value: string, separator: string): boolean {
  if (isLiteral(value)) return true;
  if (hasWideHole(value)) return false;
  if (separator.includes(":")) return true;
  return holes(value).every(
    ({ width, name }) =>
      (width === "suffix" && !/[A-Za-z0-9]/.test(separator)) ||
      (holeOf(name).origin.kind === "pseudo" && NEVER_IN_AWS.test(separator)),
  );
}

/** A character that no text of a file has where it counts. */
const SEPARATOR = "\0";

/** What is behind the last slash of a string, as the name in a role's ARN. Slashes inside of holes are no slashes. */
export function afterLastSlash(value: string): string {
  return value.slice(replaceHoles(value, (token) => "_".repeat(token.length)).lastIndexOf("/") + 1);
}

/** The parts of a string between separators, which are none inside of holes. */
export function partsBetween(value: string, separators: RegExp): string[] {
  return changeKnown(value, (known) => known.replace(separators, SEPARATOR)).split(SEPARATOR);
}

/** Where two strings begin to differ: a hole is the same as a whole or not at all. */
export function differAt(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const inHole = one.lastIndexOf("⟨", at - 1);
  return at > 0 && inHole > one.lastIndexOf("⟩", at - 1) ? inHole : at;
}

/** Whether it is known which of two strings comes first: what they begin to differ in is no hole. */
export function isSureOrder(one: string, other: string): boolean {
  const at = differAt(one, other);
  return at === one.length || (one[at] !== "⟨" && other[at] !== "⟨");
}

/** The text with every hole replaced by what `spell` makes of it. */
export function replaceHoles(value: string, spell: (token: string, name: string) => string): string {
  return isLiteral(value) ? value : value.replace(HOLE, (token, _sigil, name) => spell(token, name));
}
