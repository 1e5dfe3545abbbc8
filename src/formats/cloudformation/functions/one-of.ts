/** One of several values; which one is unknown. */
import { type Chooser, noteChoice } from "../../../facts/choices.ts";
import { commonFields, insides } from "../../../facts/text.ts";
import type { ListValue, ObjectValue, Value } from "../../../syntax/value.ts";
import { holesIn } from "../condition.ts";
import { type Doubt, narrowText, unknown } from "../scope.ts";
import { callName, saying, textOf } from "../text.ts";
import { aboutCall, type Call, markOf } from "./call.ts";

type Candidates = readonly (Value | undefined)[];

/**
 * What is sure of a result that is one of the candidates; undefined is one that is removed. Equal candidates are that
 * value, texts with equally many colons what they have in common, objects an object and lists of one length a list, in
 * which the same applies to each part. Anything else is unknown for the reason given.
 */
export function oneOf(
  candidates: Candidates,
  argument: Value,
  call: Call,
  why: Doubt,
  chooser: Chooser,
): Value | undefined {
  const name = callName(call.name, argument);
  return merged(candidates, { name, call, why, chooser, path: "" });
}

interface Choice {
  readonly name: string;
  readonly call: Call;
  readonly why: Doubt;
  readonly chooser: Chooser;
  /** Where inside the result the candidates stand: it makes the names of holes different. */
  readonly path: string;
}

function merged(candidates: Candidates, choice: Choice): Value | undefined {
  const [first, ...others] = candidates;
  const said = saying(first);
  if (others.every((other) => saying(other) === said)) return first;
  const { call, name, path, why, chooser } = choice;
  const objects = candidates.filter((one) => one?.kind === "object");
  if (objects.length === candidates.length) return mergedObjects(objects, choice);
  const lists = candidates.filter((one) => one?.kind === "list");
  const [list] = lists;
  if (list && lists.length === candidates.length && lists.every(({ items }) => items.length === list.items.length)) {
    return mergedLists(list, lists, choice);
  }
  const texts = candidates.map((candidate) => candidate && textOf(candidate));
  // The result is made of the candidates, lists and objects too; what chooses among them is its cause.
  const of = candidates.flatMap((candidate) => (candidate ? holesIn(candidate) : []));
  const about = aboutCall(call.name, { ...why, of });
  const known = texts.flatMap((text) => text ?? []);
  const isShown = candidates.every((candidate) => candidate?.kind !== "text" || !candidate.sensitive);
  const noted = (inside: string, sides: readonly string[]) => isShown && noteChoice(inside, chooser, sides);
  const differing = (index: number, fields: readonly string[]) => {
    const field = narrowText(call.scope, `${name}${path}${index === 0 ? "" : `.${index}`}`, why, call.at, about).value;
    for (const inside of insides(field)) noted(inside, fields);
    return field;
  };
  const text = known.length === texts.length ? commonFields(known, differing) : undefined;
  if (text !== undefined) return { kind: "text", value: text, at: call.at, ...markOf(about) };
  const like = likeOf(candidates, call);
  const more = { ...(candidates.includes(undefined) && ({ removable: true } as const)), ...(like && { like }) };
  const whole = unknown(call.scope, `${name}${path}`, why, call.at, more, about);
  noted(whole.name, known);
  return { ...whole, ...markOf(about) };
}

/** What the result is where it is not removed, and of lists all items that it may have. */
function likeOf(candidates: Candidates, { at }: Call): Value | undefined {
  const there = candidates.filter((one) => one !== undefined);
  const [only, more] = there;
  if (only?.kind === "object" && more === undefined) return only;
  const items = there.flatMap((one) => (one.kind === "list" ? one.items : []));
  const byText = new Map(items.map((item) => [saying(item), item]));
  return there.every(({ kind }) => kind === "list") ? { kind: "list", items: [...byText.values()], at } : undefined;
}

/** Every key of any of them; what some of them lack may be absent. */
function mergedObjects(objects: readonly ObjectValue[], choice: Choice): ObjectValue {
  const keys = new Map(objects.flatMap(({ entries }) => entries.map(({ key, keyAt }) => [key, keyAt] as const)));
  const byKey = objects.map(({ entries }) => new Map(entries.map(({ key, value }) => [key, value])));
  const entries = [...keys].flatMap(([key, keyAt]) => {
    const value = merged(
      byKey.map((values) => values.get(key)),
      { ...choice, path: `${choice.path}.${key}` },
    );
    return value ? [{ key, keyAt, value }] : [];
  });
  const open = objects.find((object) => object.open !== undefined)?.open;
  return { kind: "object", entries, at: choice.call.at, ...(open === undefined ? {} : { open }) };
}

function mergedLists(first: ListValue, lists: readonly ListValue[], choice: Choice): ListValue {
  const items = first.items.flatMap(
    (_, index) =>
      merged(
        lists.map((list) => list.items[index]),
        { ...choice, path: `${choice.path}.${index}` },
      ) ?? [],
  );
  return { kind: "list", items, at: choice.call.at };
}
