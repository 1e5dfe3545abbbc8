/**
 * Raw files are often templates: what a pipeline fills in later is in them as `${X}`, `{{ x }}`, `<region>`,
 * `__X__`, … This file knows what such a placeholder looks like and makes a hole of it.
 */

import {
  type About,
  ACCOUNT,
  BEYOND,
  HOLE_SOURCE,
  type HoleWidth,
  hole,
  holes,
  insides,
  isLiteral,
  PARTITION,
  REGION,
} from "../facts/text.ts";
import { into } from "../maps.ts";
import type { Place } from "../source.ts";
import { type Token, withTokens } from "./text.ts";
import { type Entry, type ListValue, type ObjectValue, unknownOf, type Value } from "./value.ts";

/** Inside of a placeholder in braces. No name is longer than 200 characters: the bound keeps every pattern linear. */
const NAME = '[^{}\\r\\n"]{0,200}';

/**
 * Policy variables of IAM are no placeholders: AWS fills them in for each request. The Serverless Framework has
 * `${aws:region}` and `${aws:accountId}`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
const POLICY_VARIABLE =
  "(?:aws:(?:[Pp]rincipal|[Rr]esource|[Rr]equest|[Ss]ource|[Ff]ederated|username\\}|userid\\})|(?:kms|secretsmanager):[A-Z])";

/** The ways of writing one that can't be mistaken for anything else; the longer spelling of two comes first. */
const SPELLINGS = [
  `\\$\\{\\{ {0,9}[A-Za-z_]${NAME}\\}\\}`, // ${{ X }}
  `\\$\\{(?!${POLICY_VARIABLE}) {0,9}[A-Za-z_]${NAME}\\}`, // ${X}, ${X:-default}, ${var.x}
  "\\$\\( {0,9}[A-Za-z_][\\w.-]{0,200} {0,9}\\)", // $(X), as Azure Pipelines writes it
  "#\\{ {0,9}[A-Za-z_][\\w.-]{0,200} {0,9}\\}#?", // #{X} and #{X}#, as Octopus Deploy and Replace Tokens write it
  "^\\{[A-Za-z_][\\w.-]{0,200}\\}(?=:|$)", // {X} as a whole reference, as Python formats it
  "\\{\\{\\{?(?! {0,9}resolve:)[^{}\\r\\n]{1,200}\\}\\}\\}?", // {{ x }}, but not a dynamic reference of CloudFormation
  "<%=[^%\\r\\n]{1,200}%>", // <%= x %>
  "<[A-Za-z_][\\w .:/-]{0,200}>", // <region>
  "\\[\\[ {0,9}(?!(?:true|false|null) {0,9}\\])[A-Za-z_][\\w. -]{0,200}\\]\\]", // [[region]]
  "__[A-Za-z](?:_?[A-Za-z0-9.-]){0,200}__", // __X__
  "%%[A-Za-z_]\\w{0,200}%%", // %%X%%
  "%[A-Za-z_]\\w{2,200}%", // %ENV%; two characters would be URL encoding or a date format
  "@@?[A-Z][A-Z0-9_]{1,200}@@?", // @X@
  // REPLACE_WITH_…, CHANGE_ME, YOUR-ACCOUNT-ID
  "(?<![A-Za-z0-9_])(?:REPLACE|CHANGE|YOUR|INSERT|FILL)[_-][A-Z0-9_-]{1,200}(?![a-z])",
  "(?<![A-Za-z0-9_])(?:REPLACE|CHANGE)ME(?![A-Za-z0-9_])", // CHANGEME
].join("|");

/**
 * `$X` is a shell's variable as well as envsubst's placeholder, so it counts only in an ARN and at the beginning of a
 * text.
 */
const DOLLAR = "\\$[A-Z][A-Z0-9_]{1,200}";

const ANYWHERE = new RegExp(SPELLINGS, "g");
const ANYWHERE_OR_DOLLAR = new RegExp(`${SPELLINGS}|${DOLLAR}`, "g");
const ALONE = new RegExp(`^(?:${SPELLINGS})$`);
const BARE = new RegExp(`(?:${SPELLINGS}|${DOLLAR})(?:${SPELLINGS}|[\\w.+-])*`, "y");
const BARE_OR_HOLE = new RegExp(
  `(?:${SPELLINGS}|${DOLLAR}|${HOLE_SOURCE})(?:${SPELLINGS}|${HOLE_SOURCE}|[\\w.+-])*`,
  "y",
);
/** Nothing without one of these has a placeholder: a cheap test before the dear ones. */
const HINT = /[$<[%@{]|__|REPLACE|CHANGE|YOUR|INSERT|FILL/;

/** Words that are in the documentation where a reader has to put the value, in the fields of an ARN. */
const FIELD_WORDS: readonly (RegExp | undefined)[] = [
  undefined,
  /^(?:aws[-_]?)?partition$/i,
  undefined,
  /^(?:(?:your|my)[-_])?(?:aws[-_]?)?region(?:[-_]?(?:name|code|id))?$|^x{2,}(?:-x+)*$/i,
  /^(?:(?:your|my)[-_])?(?:aws[-_]?)?(?:account|acct)(?:[-_]?(?:id|number))?$|^x{4,}(?:-x+)*$/i,
];

/** What is in these fields when nothing must be put there. */
const FIELD_VALUE = /^(?:aws(?:-[a-z]+)*|[a-z]{2}(?:-[a-z]+)+-\d+|\d{12})?$/;

/** Words in a placeholder's name that say that its value has no colon. */
const NARROW_WORDS = new Set(
  `region account accountid partition env environment stage name prefix suffix project id number workspace branch tenant
  app application service team user key version label`.split(/\s+/),
);

const PSEUDO: ReadonlyMap<string, string> = new Map([
  ["AWS::Region", REGION],
  ["AWS::AccountId", ACCOUNT],
  ["AWS::Partition", PARTITION],
]);

/**
 * The placeholder that begins at an offset of a string, with what is written directly after it, when it can represent a
 * whole JSON value: `${{RAM}}`, `{{ cpu }}00`. Undefined when there is none. `holes`: whether a hole counts as one.
 */
export function barePlaceholder(text: string, offset: number, holes: boolean): string | undefined {
  const pattern = holes ? BARE_OR_HOLE : BARE;
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

/** Whether a string is one placeholder and nothing else. */
export function isPlaceholder(text: string): boolean {
  return ALONE.test(text);
}

/** Whether a placeholder is anywhere in a string. */
export function hasPlaceholder(text: string): boolean {
  return HINT.test(text) && text.search(ANYWHERE) !== -1;
}

/** Whole texts that say that somebody has yet to write the value. */
const FILL_IN =
  /^\W*(?:to[-_ ]?do|tbd|fix[-_ ]?me|place[-_ ]?holder|dummy|x{3,}|(?:replace|change|update|set|fill)[-_ ]?(?:me|it|this|in)|(?:your|my|insert|enter|replace|change|put|todo|dummy|placeholder)[-_: ].*)\W*$/i;

/** Whether a string is only there for somebody to write something else. */
export function isFillIn(text: string): boolean {
  return FILL_IN.test(text) || isPlaceholder(text) || isSampleArn(text);
}

/** Whether a string is an ARN as documentation has it, with words where a reader has to put Region and account. */
function isSampleArn(text: string): boolean {
  return text.startsWith("arn:") && documentationWords(text, [], colonsOutside(text, [])).length > 0;
}

/**
 * What is known of a value that is nothing but a bare placeholder: its spelling, which is its name until a unit is
 * known. A bare hole keeps its name, and what is written around a hole makes a string.
 */
export function bareValue(written: string, at: Place): Value {
  if (isLiteral(written)) {
    const token = hole(written, "wide", aboutPlaceholder(written, null));
    return { ...unknownOf(token, at), placeholder: written };
  }
  const [only] = holes(written);
  return only?.token === written && only.width === "wide"
    ? unknownOf(written, at)
    : { kind: "text", value: written, at };
}

/** The characters of private use that represent the first 128 in a masked text. */
export const MASK = 0xe000;
const MASKED = /[\ue000-\ue07f]/g;

/**
 * The text with the characters of its placeholders that YAML or JSON would trip over replaced by others of the same
 * number, so that all offsets stay. `unmask` takes it back. A string that already has such characters is left alone.
 */
export function maskPlaceholders(text: string): string {
  if (text.search(MASKED) !== -1) return text;
  return text.replace(ANYWHERE, (placeholder) =>
    placeholder.replace(/[^\w.-]/g, (character) => {
      const code = character.charCodeAt(0);
      return code < 128 ? String.fromCharCode(MASK + code) : character;
    }),
  );
}

export function unmask(text: string): string {
  return text.replace(MASKED, (character) => String.fromCharCode(character.charCodeAt(0) - MASK));
}

function aboutPlaceholder(placeholder: string, unit: string | null): About {
  return {
    words: placeholder,
    term: innerName(placeholder),
    unit,
    origin: { kind: "placeholder" },
    cause: { kind: "placeholder", name: placeholder, unit },
  };
}

/**
 * The value with the placeholders of its texts replaced by holes, and its bare ones named alike; itself where it has
 * none. `unit` makes the names of holes unique, and `spellings` gets how each hole is written. A hole is narrow where
 * its value can have no colon: in the first fields of an ARN, and inside a string when the name says so (region,
 * account, name, …); otherwise it is wide. CloudFormation's pseudo parameters are the same holes as everywhere.
 */
export function fillPlaceholders(value: Value, unit: string, spellings: Map<string, string>): Value {
  const filling: Filling = { unit, spellings, tokens: new Map() };
  const done = new Map<Value, Value>();
  const once = (value: ListValue | ObjectValue): Value => {
    const filled = done.get(value) ?? fillInside(value);
    done.set(value, filled);
    return filled;
  };
  const fillInside = (value: ListValue | ObjectValue): Value => {
    if (value.kind === "list") {
      const items = changed(value.items, fill);
      return items === value.items ? value : { ...value, items };
    }
    const entries = changed(value.entries, (entry): Entry => {
      const filled = fill(entry.value);
      return filled === entry.value ? entry : { ...entry, value: filled };
    });
    return entries === value.entries ? value : { ...value, entries };
  };
  const fill = (value: Value): Value => {
    switch (value.kind) {
      case "text":
        return withTokens(value, tokensIn(value.value, filling));
      case "unknown":
        if (value.placeholder === undefined) return value;
        return { ...value, ...unknownOf(tokenFor(value.placeholder, "wide", filling), value.at) };
      case "list":
      case "object":
        return once(value);
      default:
        return value;
    }
  };
  return fill(value);
}

/** The list with each item changed; itself when none changes. */
function changed<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  let copy: T[] | undefined;
  list.forEach((item, index) => {
    const other = change(item);
    if (other === item) return;
    copy ??= [...list];
    copy[index] = other;
  });
  return copy ?? list;
}

/** The values of one unit while their placeholders are replaced. */
interface Filling {
  readonly unit: string;
  readonly spellings: Map<string, string>;
  /** The holes of placeholders that were met before, by their widths and spellings. */
  readonly tokens: Map<string, string>;
}

/** So many placeholders one run replaces, a few microseconds each. Ten thousand jobs have two fifths. */
const MOST_OF_A_RUN = 500_000;

let replaced = 0;

/** Begins a run. */
export function replaceNothing(): void {
  replaced = 0;
}

type Span = Omit<Token, "token">;

function tokensIn(text: string, filling: Filling): readonly Token[] {
  const isArn = text.startsWith("arn:");
  const hinted = HINT.test(text);
  if (!isArn && !hinted) return [];
  if (replaced > MOST_OF_A_RUN) return [{ start: 0, end: text.length, token: hole(BEYOND, "wide") }];
  const pattern = isArn || text.startsWith("$") ? ANYWHERE_OR_DOLLAR : ANYWHERE;
  const spans: Span[] = [];
  for (const match of hinted ? text.matchAll(pattern) : []) {
    if (spans.length === MOST_PLACEHOLDERS) return [{ start: 0, end: text.length, token: tooMany(filling.unit) }];
    const dollar = /^\$[A-Z]/.test(match[0]);
    if (isArn || !dollar || match.index === 0) spans.push({ start: match.index, end: match.index + match[0].length });
  }
  replaced += spans.length;
  const colons = isArn ? colonsOutside(text, spans) : [];
  const all = isArn ? [...spans, ...documentationWords(text, spans, colons)].sort((a, b) => a.start - b.start) : spans;
  return all.map((span) => {
    const field = isArn ? colons.filter((colon) => colon < span.start).length : 0;
    const placeholder = text.slice(span.start, span.end);
    return { ...span, token: tokenFor(placeholder, widthOf(placeholder, text, span, field), filling) };
  });
}

/** No string that somebody fills in has more: one that does is not known at all. */
const MOST_PLACEHOLDERS = 10_000;

function tooMany(unit: string): string {
  const words = "a string with very many placeholders";
  return hole(`${words}@${unit}`, "wide", { words, unit, cause: { kind: "limit", name: words, unit } });
}

/** The first five colons of an ARN that don't belong to a placeholder. */
function colonsOutside(text: string, spans: readonly Span[]): readonly number[] {
  const colons: number[] = [];
  let next = 0;
  for (let index = 0; index < text.length && colons.length < 5; index++) {
    const span = spans[next];
    if (span && index >= span.start) {
      index = span.end - 1;
      next++;
    } else if (text[index] === ":") colons.push(index);
  }
  return colons;
}

function documentationWords(text: string, spans: readonly Span[], colons: readonly number[]): readonly Span[] {
  const found: Span[] = [];
  for (let field = 1; field < colons.length; field++) {
    const start = (colons[field - 1] ?? 0) + 1;
    const end = colons[field] ?? 0;
    const value = text.slice(start, end);
    if (FIELD_VALUE.test(value) || !FIELD_WORDS[field]?.test(value)) continue;
    if (!spans.some((span) => span.start < end && span.end > start)) found.push({ start, end });
  }
  return found;
}

function widthOf(placeholder: string, text: string, span: Span, field: number): HoleWidth {
  const words = innerName(placeholder)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  if (words.includes("arn")) return "wide";
  if (field >= 1 && field <= 4) return "narrow";
  const after = text[span.end];
  if (span.start === 0 && (after === undefined || after === ":")) return "wide";
  return words.some((word) => NARROW_WORDS.has(word)) ? "narrow" : "wide";
}

/**
 * The hole of a placeholder. Two placeholders of one name, such as `<region>` and `${region}`, may mean different
 * things: two holes.
 */
function tokenFor(placeholder: string, width: HoleWidth, { unit, spellings, tokens }: Filling): string {
  return into(tokens, `${width} ${placeholder}`, () => newToken(placeholder, width, unit, spellings));
}

function newToken(placeholder: string, width: HoleWidth, unit: string, spellings: Map<string, string>): string {
  const inner = innerName(placeholder);
  const free = (token: string): boolean => {
    const known = spellings.get(token);
    if (known === undefined) spellings.set(token, placeholder);
    return known === undefined || known.replaceAll(" ", "") === placeholder.replaceAll(" ", "");
  };
  const pseudo = PSEUDO.get(inner);
  if (pseudo !== undefined && free(pseudo)) return pseudo;
  // `REPLACE_ME` is the inside of `${REPLACE_ME}` and a placeholder of its own.
  for (let count = 1, name = inner; ; count++, name = count === 2 ? placeholder : `${placeholder} ${count - 1}`) {
    const key = `${name}@${unit}`;
    const token = hole(key, width);
    if (free(token) || insides(token).includes(BEYOND)) return hole(key, width, aboutPlaceholder(placeholder, unit));
  }
}

function innerName(placeholder: string): string {
  const inner = placeholder.replace(/^[^A-Za-z0-9]+/, "").replace(/[^A-Za-z0-9]+$/, "");
  return inner === "" ? "placeholder" : inner;
}
