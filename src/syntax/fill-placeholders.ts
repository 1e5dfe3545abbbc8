/** Placeholders of raw files become holes, each with what is known of it. */
import { ACCOUNT, BEYOND, type HoleWidth, hole, insides, PARTITION, REGION } from "../facts/text.ts";
import { into } from "../maps.ts";
import {
  aboutPlaceholder,
  colonsOutside,
  documentationWords,
  innerName,
  isHinted,
  placeholdersIn,
  type Stretch,
} from "./placeholders.ts";
import { type Token, withTokens } from "./text.ts";
import { type Entry, type ListValue, type ObjectValue, unknownOf, type Value } from "./value.ts";

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

/** So many placeholders one run replaces, some twenty microseconds each. Ten thousand jobs have two thirds. */
const MOST_OF_A_RUN = 300_000;

let replaced = 0;

/** Begins a run. */
export function replaceNothing(): void {
  replaced = 0;
}

function tokensIn(text: string, filling: Filling): readonly Token[] {
  const isArn = text.startsWith("arn:");
  if (!isArn && !isHinted(text)) return [];
  if (replaced > MOST_OF_A_RUN) return [{ start: 0, end: text.length, token: hole(BEYOND, "wide") }];
  const spans: Stretch[] = [];
  for (const match of placeholdersIn(text, isArn || text.startsWith("$"))) {
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

function widthOf(placeholder: string, text: string, span: Stretch, field: number): HoleWidth {
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
