/**
 * Raw files are often templates: what a pipeline fills in later is in them as `${X}`, `{{ x }}`, `<region>`,
 * `__X__`, … This file knows what such a placeholder looks like; `fill-placeholders.ts` makes a hole of it.
 */
import { type About, HOLE_SOURCE, hole, holes, isLiteral } from "../facts/text.ts";
import type { Place } from "../source.ts";
import { unknownOf, type Value } from "./value.ts";

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
  "^ENC\\[[A-Z0-9_]{1,40},data:[^\\]\\r\\n]{1,4000}\\]$", // ENC[AES256_GCM,data:…], a value that SOPS has encrypted
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

/**
 * The placeholder that begins at an offset of a string, with what is written directly after it, when it can represent a
 * whole JSON value: `${{RAM}}`, `{{ cpu }}00`. Undefined when there is none. `holes`: whether a hole counts as one.
 */
export function barePlaceholder(text: string, offset: number, holes: boolean): string | undefined {
  const pattern = holes ? BARE_OR_HOLE : BARE;
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

/** The placeholders in a text, `dollars` as well: those that are written as `$X`. */
export function placeholdersIn(text: string, dollars: boolean): Iterable<RegExpExecArray> {
  return isHinted(text) ? text.matchAll(dollars ? ANYWHERE_OR_DOLLAR : ANYWHERE) : [];
}

/** A stretch of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Whether a string is one placeholder and nothing else. */
export function isPlaceholder(text: string): boolean {
  return ALONE.test(text);
}

/** Whether a string may have a placeholder: a cheap test before the dear ones. */
export function isHinted(text: string): boolean {
  return HINT.test(text);
}

/** Whether a placeholder is anywhere in a string. */
export function hasPlaceholder(text: string): boolean {
  return isHinted(text) && text.search(ANYWHERE) !== -1;
}

/** Whole texts that say that somebody has yet to write the value. */
const FILL_IN =
  /^\W*(?:(?:to[-_ ]?do|tbd|fix[-_ ]?me|place[-_ ]?holder|dummy|x{3,}|(?:replace|change|update|set|fill)[-_ ]?(?:me|it|this|in))\W*|(?:your|my|insert|enter|replace|change|put|todo|dummy|placeholder)[-_: ].*)$/i;

/** Whether a string is only there for somebody to write something else. */
export function isFillIn(text: string): boolean {
  return FILL_IN.test(text.trimEnd()) || isPlaceholder(text) || isSampleArn(text);
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

/** What a hole says of the placeholder that it stands for. */
export function aboutPlaceholder(placeholder: string, unit: string | null): About {
  return {
    words: placeholder,
    term: innerName(placeholder),
    unit,
    origin: { kind: "placeholder" },
    cause: { kind: "placeholder", name: placeholder, unit },
  };
}

/** The name in a placeholder. */
export function innerName(placeholder: string): string {
  const inner = placeholder.replace(/^[^A-Za-z0-9]+/, "").replace(/(?<![^A-Za-z0-9])[^A-Za-z0-9]+$/, "");
  return inner === "" ? "placeholder" : inner;
}

/** The first five colons of an ARN that don't belong to a placeholder. */
export function colonsOutside(text: string, spans: readonly Stretch[]): readonly number[] {
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

/** The words of documentation in the fields of an ARN whose colons are given. */
export function documentationWords(
  text: string,
  spans: readonly Stretch[],
  colons: readonly number[],
): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let field = 1; field < colons.length; field++) {
    const start = (colons[field - 1] ?? 0) + 1;
    const end = colons[field] ?? 0;
    const value = text.slice(start, end);
    if (FIELD_VALUE.test(value) || !FIELD_WORDS[field]?.test(value)) continue;
    if (!spans.some((span) => span.start < end && span.end > start)) found.push({ start, end });
  }
  return found;
}
