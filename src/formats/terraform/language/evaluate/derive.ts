/** Unknown values that are computed from unknown values. Equal computations of equal values have equal keys. */

import { type Chooser, choiceOf, clauseOf, noteChoice } from "../../../../facts/choices.ts";
import { hash } from "../../../../facts/hash.ts";
import { notePresence, withClauses } from "../../../../facts/presence.ts";
import { commonFields, hole, holeOf, holes, isHole } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import { setKey } from "./sets.ts";
import { textOfPieces } from "./text.ts";
import type { Type } from "./types.ts";
import { computedOf, inside, unknownValue } from "./unknown.ts";
import {
  causeIn,
  firstOf,
  isWhollyKnown,
  type TerraformUnknown,
  type TerraformValue,
  typeOf,
  weightOf,
} from "./values.ts";
import { expressionAt } from "./written.ts";

/** Longer keys are cut; the hash keeps them apart. */
const MAX_NAME = 80;
const MAX_NAMED = 3;

/** The unknown result of doing `label` with these values, at least one of which is not wholly known. */
export function derived(
  label: string,
  inputs: readonly TerraformValue[],
  at: Place,
  type?: Type,
  cause = firstOf(inputs, causeIn),
): TerraformUnknown {
  const of = new Set<string>();
  for (const input of inputs) collectUnknown(input, of);
  const sensitive = firstOf(inputs, (input) => input.sensitive);
  const about = computedOf(label, [...of].slice(0, MAX_NAMED), at, cause);
  return {
    ...unknownValue(keyOf(label, inputs, of), sensitive ? { ...about, sensitive: true } : about, at),
    ...(type !== undefined && { type }),
    ...(sensitive && { sensitive }),
  };
}

/** The key of a larger value is not computed: results of larger values are equal to nothing. */
const MAX_HASHED = 5_000;
let largeOnes = 0;

function keyOf(label: string, inputs: readonly TerraformValue[], of: ReadonlySet<string>): string {
  if (inputs.reduce((sum, input) => sum + weightOf(input), 0) > MAX_HASHED) return `${label}(…)~large${++largeOnes}`;
  const listed = [...of].slice(0, MAX_NAMED).join(",");
  const isLong = listed.length > MAX_NAME;
  const key = `${label}(${isLong ? `${listed.slice(0, MAX_NAME)}…` : listed})`;
  const [only, more] = inputs;
  const isExact = only?.kind === "unknown" && more === undefined && !isLong;
  return isExact ? key : `${key}~${hash(inputs.map(setKey).join(";"))}`;
}

/**
 * One of these values, but it is not known which: of strings with equally many colons what they have in common,
 * otherwise unknown. Regions, accounts, names and ARNs are chosen in this way, by the workspace or by a variable; and
 * whether something is made, by a number or by null.
 */
export function oneOf(values: readonly TerraformValue[], unknown: TerraformUnknown, chooser: Chooser): TerraformValue {
  const { at, name, sensitive } = unknown;
  const [like, more] = values.filter(({ kind }) => kind !== "null");
  if (like && more === undefined && values.length > 1) {
    notePresence(
      name,
      withClauses(
        chooser,
        values.map((value) => value === like),
      ),
    );
    const given = values.flatMap((value) => textFor(value) ?? (value.kind === "null" ? "" : []));
    if (!sensitive) noteChoice(name, chooser, given);
    return { ...unknown, like };
  }
  if (sensitive) return unknown;
  const texts = values.flatMap((value) => textFor(value) ?? []);
  if (texts.length === 0 || texts.length < values.length) return unknown;
  const primitive = values.find(({ kind }) => kind === "number" || kind === "boolean");
  if (primitive) {
    // A number is equal to no text, so the sides must say which it is.
    const isOne = values.every(({ kind }) => kind === primitive.kind);
    return isOne ? noteSides(values, { ...unknown, type: typeOf(primitive) }, chooser) : unknown;
  }
  const about = holeOf(name);
  // The words of the whole are not those of a field.
  const differing = (index: number, fields: readonly string[]) => {
    const field =
      index === 0
        ? hole(name, "narrow", about)
        : hole(`${name}.${index}`, "narrow", { ...about, words: `${about.words}…` });
    noteChoice(inside(field), chooser, fields);
    return field;
  };
  const text = commonFields(texts, differing);
  if (text !== undefined) return textOfPieces([{ text, at, value: unknown }], at);
  noteChoice(name, chooser, texts);
  return unknown;
}

/** Notes what an unknown value is on the sides on which it is anything. */
export function noteSides(
  values: readonly TerraformValue[],
  unknown: TerraformUnknown,
  chooser: Chooser,
): TerraformUnknown {
  const texts = values.flatMap((value) => textFor(value) ?? []);
  if (texts.length > 0 && !unknown.sensitive) noteChoice(unknown.name, chooser, texts);
  return unknown;
}

/** How a value is written in a choice, which has null as an empty text: providers take that for nothing, too. */
function textFor(value: TerraformValue): string | undefined {
  if (value.kind === "unknown") return hole(value.name, "wide");
  return value.kind === "text" || value.kind === "number" || value.kind === "boolean" ? String(value.value) : undefined;
}

/** What decides by a value that is not known: each side by what it is then, or by what chooses that. */
export function chooserBy(value: TerraformValue, sides: readonly string[]): Chooser {
  const known = value.kind === "unknown" ? choiceOf(value.name) : undefined;
  const behind = sides.flatMap((side) => {
    const [clause, more] = [...(known?.sides ?? [])].filter(([, text]) => text === side);
    return clause && !more ? clause[0] : [];
  });
  if (known && behind.length === known.sides.size && behind.length === sides.length) {
    return { by: known.by, clauses: behind };
  }
  return { by: setKey(value), clauses: sides.map((side) => clauseOf(wordsOf(value), side)) };
}

/** What decides by what can be said of a value that is not known: that it "is given", or that it "is empty". */
export function chooserByState(value: TerraformValue, states: readonly string[]): Chooser {
  const clauses = states.map((state) => `\`${wordsOf(value)}\` ${state}`);
  return { by: `${setKey(value)} ${states[0]}`, clauses };
}

/** What decides by whether two values are equal. */
export function chooserByEquality(one: TerraformValue, other: TerraformValue): Chooser {
  const words = `${wordsOf(one)} == ${wordsOf(other)}`;
  return { by: `${setKey(one)} == ${setKey(other)}`, clauses: ["true", "false"].map((side) => clauseOf(words, side)) };
}

function wordsOf(value: TerraformValue): string {
  if (value.kind === "text" && value.value === "") return '""';
  const text = value.kind === "unknown" ? hole(value.name, "wide") : value.kind === "text" ? value.value : "";
  return isHole(text) ? holeOf(inside(text)).words : expressionAt(value.at);
}

/** The keys of the first few unknown parts of a value. */
function collectUnknown(value: TerraformValue, names: Set<string>): void {
  if (names.size > MAX_NAMED || isWhollyKnown(value)) return;
  switch (value.kind) {
    case "unknown":
      names.add(value.name);
      break;
    case "text":
      for (const hole of holes(value.value)) names.add(hole.name);
      break;
    case "list":
      for (const item of value.items) collectUnknown(item, names);
      break;
    case "object":
      for (const entry of value.entries) collectUnknown(entry.value, names);
      break;
  }
}
