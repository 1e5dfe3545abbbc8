/** Values of which the files say what they are on each side of a condition that they can't decide. */
import { type Chooser, choiceOf, noteChoice } from "../../../../facts/choices.ts";
import { notePresence, type Presence, presenceOf } from "../../../../facts/presence.ts";
import { insides, isHole, isLiteral } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import { Complaint } from "./complaint.ts";
import { convert } from "./convert.ts";
import { chooserByEquality, derived, noteSides, oneOf } from "./derive.ts";
import { equal } from "./equal.ts";
import { keyOf } from "./text.ts";
import { STRING } from "./types.ts";
import { type PartStep, partOf } from "./unknown.ts";
import {
  causeIn,
  entryOf,
  isSeveral,
  remembered,
  severalLike,
  type TerraformList,
  type TerraformObject,
  type TerraformUnknown,
  type TerraformValue,
  textOf,
} from "./values.ts";

/** An item of a list that may not be there, with what decides that. A text that is not there is as good as an empty one. */
export function optionalItem(
  by: TerraformUnknown,
  like: TerraformValue,
  presence: Presence | undefined,
): TerraformUnknown {
  if (presence) {
    notePresence(by.name, presence);
    const clauses = [...presence.sides.keys()];
    const texts = (text: string) => [...presence.sides.values()].map((is) => (is ? text : ""));
    if (like.kind === "text" && !like.sensitive) noteChoice(by.name, { by: presence.by, clauses }, texts(like.value));
  }
  return severalLike(by, like);
}

/** An item made of one that may not be there, which is there with it. */
export function optionalFrom(item: TerraformUnknown, by: TerraformUnknown, like: TerraformValue): TerraformUnknown {
  return optionalItem(by, like, presenceOf(item.name));
}

/** What a value is, by the clauses of what chooses. */
export interface Sides<V extends TerraformValue = TerraformValue> {
  readonly by: string;
  readonly sides: ReadonlyMap<string, V>;
}

/** The sides of a value that is chosen, or is there on some sides only and null on the others. */
export function sidesOf(value: TerraformValue): Sides | undefined {
  if (value.sensitive) return undefined;
  const { at } = value;
  if (value.kind === "text" && isHole(value.value)) {
    const choice = choiceOf(insides(value.value)[0] ?? "");
    return choice && { by: choice.by, sides: mapped(choice.sides, (text) => textOf(text, at)) };
  }
  if (value.kind !== "unknown" || value.several) return undefined;
  const { name, like, type = STRING } = value;
  const presence = like && presenceOf(name);
  if (presence) {
    return {
      by: presence.by,
      sides: mapped(presence.sides, (is): TerraformValue => (is ? like : { kind: "null", at })),
    };
  }
  const choice = choiceOf(name);
  return choice && { by: choice.by, sides: mapped(choice.sides, (text) => convert(textOf(text, at), type)) };
}

/** The sides of a list some of whose items are there on one of them; undefined when anything else may be in it. */
function sidesOfList(list: TerraformList): Sides<TerraformList> | undefined {
  const optional = list.items.flatMap((item) => (item.kind === "unknown" && item.several ? item : []));
  const presences = optional.map(({ name, like }) => (like ? presenceOf(name) : undefined));
  const [first] = presences;
  if (first === undefined || presences.some((one) => one?.by !== first.by)) return undefined;
  const on = (clause: string): TerraformList => ({
    ...list,
    items: list.items.flatMap((item) => {
      if (item.kind !== "unknown" || !item.several) return item;
      return item.like && presenceOf(item.name)?.sides.get(clause) ? item.like : [];
    }),
  });
  return { by: first.by, sides: new Map([...first.sides.keys()].map((clause) => [clause, on(clause)])) };
}

/** What is made of a list, on each side where some of its items are there only on one. */
export function onSidesOfList(
  list: TerraformList,
  make: (list: TerraformList) => TerraformValue,
  unknown: TerraformUnknown,
): TerraformValue {
  const sides = sidesOfList(list);
  return sides ? onSides(sides, make, unknown) : unknown;
}

/**
 * What is made of a value that has sides: `unknown`, with what it is on each of them. Where Terraform refuses it on a
 * side, it stays unknown, since `try` may take something else there.
 */
export function onSides<V extends TerraformValue>(
  { by, sides }: Sides<V>,
  make: (value: V) => TerraformValue,
  unknown: TerraformUnknown,
): TerraformValue {
  const made = [...sides].flatMap(([clause, value]) => {
    const result = accepted(() => make(value));
    return result ? [{ clause, result }] : [];
  });
  const results = made.map(({ result }) => result);
  const chooser: Chooser = { by, clauses: made.map(({ clause }) => clause) };
  if (made.length < sides.size) return noteSides(results, unknown, chooser);
  return eitherOf(results, unknown, chooser);
}

/** One of these values, as `oneOf`, and by parts where all of them have the same. */
export function eitherOf(
  values: readonly TerraformValue[],
  unknown: TerraformUnknown,
  chooser: Chooser,
): TerraformValue {
  const [first, ...others] = values;
  if (first && others.every((other) => equal(first, other) === true)) return first;
  if (unknown.sensitive) return unknown;
  const { name, at } = unknown;
  const inPart = (step: PartStep, part: (value: TerraformValue) => TerraformValue | undefined) =>
    eitherOf(
      values.flatMap((value) => part(value) ?? []),
      { kind: "unknown", name: partOf(name, step), at },
      chooser,
    );
  if (first?.kind === "object" && others.every((other) => hasSameKeys(first, other))) {
    const entries = first.entries.map((entry) => {
      const { key } = entry;
      return { ...entry, value: inPart({ spelled: `.${key}`, key }, (value) => partAt(value, key)) };
    });
    return { ...first, entries };
  }
  if (first?.kind === "list" && others.every((other) => isAsLong(first, other))) {
    const items = first.items.map((_, index) =>
      inPart({ spelled: `[${index}]`, key: null }, (value) => (value.kind === "list" ? value.items[index] : undefined)),
    );
    return { ...first, items };
  }
  return oneOf(values, unknown, chooser);
}

/** Each look into an object compares as many keys that are not known. */
const MOST_COMPARED = 100;

const entriesOfHoles = remembered((value) =>
  value.kind === "object" ? value.entries.filter(({ key }) => !isLiteral(key)) : [],
);

/**
 * What an object has under a key, or `fallback`; undefined where a literal key surely is not there. A key of the object
 * that is not known may be this one, and then it is the one that counts: the same key is given twice. Under a key that is
 * not known there is for sure only what the object has under that very one.
 */
export function underKey(
  value: TerraformObject,
  key: TerraformValue,
  at: Place,
  fallback?: TerraformValue,
): TerraformValue | undefined {
  const given = keyOf(key);
  const same = given === undefined ? undefined : entryOf(value, given)?.value;
  if (given === undefined || !isLiteral(given)) return same;
  const found = same ?? fallback;
  const open = entriesOfHoles(value);
  if (open.length > MOST_COMPARED) return derived("element", [value, key], at, value.element);
  const keyed = open.map((entry) => ({ ...entry, name: textOf(entry.key, entry.keyAt) }));
  const [other, more] = keyed.filter(({ name }) => equal(name, key) === undefined);
  if (other === undefined) return found;
  const one = derived("element", [value, key], at, value.element, causeIn(other.name));
  if (found === undefined || more) return one;
  return eitherOf([other.value, found], one, chooserByEquality(other.name, key));
}

function partAt(value: TerraformValue, key: string): TerraformValue | undefined {
  return value.kind === "object" ? entryOf(value, key)?.value : undefined;
}

function hasSameKeys(one: TerraformObject, other: TerraformValue): boolean {
  if (other.kind !== "object" || one.open !== undefined || other.open !== undefined) return false;
  return other.entries.length === one.entries.length && one.entries.every(({ key }) => partAt(other, key));
}

/** A set has no order by which its items are the same, and where any number of items may be, none is. */
function isAsLong(one: TerraformList, other: TerraformValue): boolean {
  if (one.collection === "set" || isSeveral(one) || other.kind !== "list" || isSeveral(other)) return false;
  return other.items.length === one.items.length;
}

function accepted(make: () => TerraformValue): TerraformValue | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Complaint) return undefined;
    throw error;
  }
}

function mapped<S, V>(sides: ReadonlyMap<string, S>, change: (side: S) => V): ReadonlyMap<string, V> {
  return new Map([...sides].map(([clause, side]) => [clause, change(side)]));
}
