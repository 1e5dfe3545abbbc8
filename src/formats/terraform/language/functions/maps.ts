import type { Cause } from "../../../../facts/causes.ts";
import { isLiteral, knownOf } from "../../../../facts/text.ts";
import { spendValues } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { chooserBy, chooserByState, derived, oneOf } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { graphemesOf } from "../evaluate/graphemes.ts";
import { areInOneOrder, inOrderOf } from "../evaluate/sets.ts";
import { onSides, onSidesOfList, sidesOf, underKey } from "../evaluate/sides.ts";
import { keyOf } from "../evaluate/text.ts";
import { ANY, listOf, NUMBER, STRING, sameType, type Type } from "../evaluate/types.ts";
import { unify } from "../evaluate/unify.ts";
import {
  causeOf,
  entryOf,
  firstOf,
  isSeveral,
  listedOthers,
  numberOf,
  sortedEntries,
  type TerraformEntry,
  type TerraformList,
  type TerraformObject,
  type TerraformValue,
  textOf,
  typeOf,
  withMarks,
} from "../evaluate/values.ts";
import { anything, listAt, listOfType, outside, parameter, tuple } from "./arguments.ts";
import { rest } from "./lists.ts";

/** The first argument that is neither null nor the empty string, in the type that all have in common. */
function coalesce(values: readonly TerraformValue[], call: Call): TerraformValue {
  const { at } = call;
  const type = unify(values.map(typeOf));
  if (type === undefined) throw new Complaint("type");
  for (const value of values) {
    const converted = convert(value, type);
    const vague =
      converted.kind === "unknown" ||
      (converted.kind === "text" && !isLiteral(converted.value) && knownOf(converted.value) === "");
    if (vague) {
      const later = values.slice(values.indexOf(value) + 1);
      const onlyOne = later.every((other) => other.kind === "null" || (other.kind === "text" && other.value === ""));
      if (onlyOne) return converted;
      const unknown = derived("coalesce", values, at, type);
      const sides = sidesOf(converted);
      if (sides) return onSides(sides, (side) => coalesce([side, ...later], call), unknown);
      if (converted.kind === "text") return converted;
      return oneOf(
        [converted, coalesce(later, call)],
        unknown,
        chooserByState(converted, ["is given", "is not given"]),
      );
    }
    if (converted.kind === "null" || (converted.kind === "text" && converted.value === "")) continue;
    return converted;
  }
  throw new Complaint("argument");
}

function keys([value]: readonly TerraformValue[], call: Call): TerraformValue {
  if (value?.kind !== "object") throw new Complaint("type");
  const found: TerraformValue[] = sortedEntries(value).map((one) => textOf(one.key, one.keyAt));
  if (value.open !== undefined) found.push(rest("keys", [value], call));
  const { at } = call;
  return inOrderOf([value], value.element === undefined ? tuple(found, at) : listOfType(found, STRING, at));
}

function values([value]: readonly TerraformValue[], call: Call): TerraformValue {
  const one = value?.kind === "object" || value?.kind === "unknown" ? value.symbolic?.() : undefined;
  if (value?.kind === "unknown") {
    const item = rest("values", [value], call);
    return one ? tuple([{ ...item, every: one.value }], call.at) : derived("values", [value], call.at);
  }
  if (value?.kind !== "object") throw new Complaint("type");
  const found: TerraformValue[] = sortedEntries(value).map((entry) => entry.value);
  if (value.open !== undefined) found.push({ ...rest("values", [value], call), ...(one && { every: one.value }) });
  const { at } = call;
  return inOrderOf([value], value.element === undefined ? tuple(found, at) : listOfType(found, value.element, at));
}

function length([value]: readonly TerraformValue[], call: Call): TerraformValue {
  const { at } = call;
  const count = (known: number) => numberOf(known, at);
  switch (value?.kind) {
    case "list": {
      const sure =
        !isSeveral(value) && (value.collection !== "set" || value.items.every((item) => item.kind !== "unknown"));
      return sure ? count(value.items.length) : lengthOfSome(value, call);
    }
    case "object": {
      const known = sortedEntries(value).length;
      return value.open === undefined
        ? count(known)
        : { ...derived("length", [value], at, NUMBER, value.open), atLeast: known };
    }
    case "text":
      return isLiteral(value.value)
        ? count(graphemesOf(value.value).length)
        : { ...derived("length", [value], at, NUMBER), atLeast: knownOf(value.value) === "" ? 0 : 1 };
    case "unknown":
      return derived("length", [value], at, NUMBER);
    default:
      throw new Complaint("type");
  }
}

/** The length of a list that may have more items, or of a set of which some may be the same. */
function lengthOfSome(value: TerraformList, call: Call): TerraformValue {
  const { at } = call;
  const sure = value.items.filter((item) => item.kind !== "unknown" || !item.several).length;
  const atLeast = value.collection === "set" ? Math.min(sure, 1) : sure;
  return onSidesOfList(value, (side) => length([side], call), { ...derived("length", [value], at, NUMBER), atLeast });
}

function lookup(args: readonly TerraformValue[], call: Call): TerraformValue {
  const [map, key, fallback, more] = args;
  if (map === undefined || key === undefined || more !== undefined) throw new Complaint("argument");
  if (map.kind === "unknown") return derived("lookup", args, call.at);
  if (key.kind === "unknown") {
    const same = map.kind === "object" ? underKey(map, key, call.at) : undefined;
    return same ? withMarks(same, [map, key]) : lookupUnknown(map, args, call);
  }
  if (map.kind !== "object" || key.kind !== "text") throw new Complaint("type");
  const given = fallback && map.element ? convert(fallback, map.element) : fallback;
  const found = underKey(map, key, call.at, map.open === undefined ? given : undefined);
  if (found !== undefined) return withMarks(found, [map, key]);
  if (map.open !== undefined || !isLiteral(key.value)) return lookupUnknown(map, args, call);
  throw new Complaint("missing");
}

function lookupUnknown(map: TerraformValue, args: readonly TerraformValue[], { at }: Call): TerraformValue {
  if (map.kind !== "object") return derived("lookup", args, at);
  const one = derived("lookup", args, at, map.element);
  const [, key, ...fallback] = args;
  if (key === undefined || map.open !== undefined) return one;
  const sides = [...map.entries.map((entry) => entry.key), ...fallback.map(() => "another key")];
  return oneOf([...map.entries.map((entry) => entry.value), ...fallback], one, chooserBy(key, sides));
}

/** Later keys win. An unknown argument may replace every key before it. */
function merge(args: readonly TerraformValue[], call: Call): TerraformValue {
  const entries = new Map<string, TerraformEntry>();
  let open: Cause | undefined;
  let others: Map<string, TerraformEntry> | undefined = new Map();
  const maps: TerraformObject[] = [];
  for (const value of args) {
    const listed = mayAdd(value);
    if (listed) {
      open = causeOf(value);
      for (const other of listed) {
        const old = entries.get(other.key);
        if (old === undefined) others?.set(other.key, other);
        else entries.set(other.key, { ...old, value: either(old.value, other.value, open, call) });
      }
    } else if (value.kind === "unknown" || (value.kind === "object" && value.open !== undefined)) {
      open = causeOf(value);
      others = undefined;
      for (const [key, old] of entries) {
        if (value.kind === "object" && entryOf(value, key) !== undefined) continue;
        entries.set(key, {
          ...old,
          value: {
            ...derived("merge", [old.value, value], call.at, undefined, open),
            at: old.value.at,
            ...((old.value.kind === "list" || old.value.kind === "object") && { like: old.value }),
          },
        });
      }
    }
    if (
      value.kind === "unknown" ||
      (value.kind === "null" && (value.type === undefined || value.type.is === "map" || value.type.is === "object"))
    )
      continue;
    if (value.kind !== "object") throw new Complaint("type");
    maps.push(value);
    for (const one of value.entries) {
      entries.set(one.key, one);
      others?.delete(one.key);
    }
  }
  if (others?.size === 0) open = undefined;
  spendValues(call.budget, entries.size);
  const mark = firstOf(maps, (map) => map.sensitive);
  const element = maps.length === args.length ? commonElement(maps) : undefined;
  return {
    kind: "object",
    entries: [...entries.values()],
    at: call.at,
    ...(open !== undefined && { open }),
    ...(open !== undefined && others && { others: [...others.values()] }),
    ...(element !== undefined && { element }),
    ...(mark !== undefined && { sensitive: mark }),
  };
}

/** The only entries that a map may add besides those that it has; undefined when it may add any, or none. */
function mayAdd(value: TerraformValue): readonly TerraformEntry[] | undefined {
  if (value.kind === "object") return value.open === undefined ? undefined : listedOthers(value);
  const like = value.kind === "unknown" ? value.like : undefined;
  return like?.kind === "object" && like.open === undefined ? like.entries : undefined;
}

/** The value of a key that a later map may set, and may not. */
function either(old: TerraformValue, other: TerraformValue, cause: Cause, { at }: Call): TerraformValue {
  return { ...derived("merge", [old, other], at, undefined, cause), at: old.at };
}

/** Maps that are all of one type stay a map; anything else becomes an object. */
function commonElement(maps: readonly TerraformObject[]): Type | undefined {
  const [first] = maps;
  const element = first?.element;
  if (element === undefined) return undefined;
  return maps.every((map) => map.element !== undefined && sameType(map.element, element)) ? element : undefined;
}

function zipmap(args: readonly TerraformValue[], { at }: Call): TerraformValue {
  const names = listAt(args, 0);
  const list = args[1];
  if (list?.kind !== "list" || list.collection === "set") throw new Complaint("type");
  if (isSeveral(names) || isSeveral(list) || !areInOneOrder([names, list])) return derived("zipmap", args, at);
  const [count, other] = [names.items.length, list.items.length];
  if (count !== other) throw new Complaint("argument");
  const entries: TerraformEntry[] = [];
  let open: Cause | undefined;
  for (const [index, name] of names.items.entries()) {
    const value = list.items[index];
    if (name.kind === "null") throw new Complaint("null");
    const key = keyOf(name);
    if (key === undefined || value === undefined) open ??= causeOf(name);
    else entries.push({ key, keyAt: name.at, value });
  }
  const mark = firstOf(names.items, (name) => name.sensitive);
  return {
    kind: "object",
    entries: sortedEntries({ kind: "object", entries, at }),
    at,
    ...(list.collection === "list" && { element: list.element ?? ANY }),
    ...(open !== undefined && { open }),
    ...(mark !== undefined && { sensitive: mark }),
  };
}

export const mapFunctions: Readonly<Record<string, FunctionSpec>> = {
  coalesce: { parameters: [], rest: anything, run: coalesce },
  keys: { parameters: [outside], run: keys },
  values: { parameters: [parameter(ANY, { known: "nothing", marks: "outer" })], run: values },
  length: {
    parameters: [parameter(ANY, { known: "nothing", marks: "outer" })],
    returns: NUMBER,
    run: length,
  },
  lookup: {
    parameters: [
      parameter(ANY, { known: "nothing", marks: "outer" }),
      parameter(STRING, { known: "nothing", marks: "outer" }),
    ],
    rest: parameter(ANY, { nullable: true, known: "nothing", marks: "outer" }),
    run: lookup,
  },
  merge: {
    parameters: [],
    rest: parameter(ANY, { nullable: true, known: "nothing", marks: "outer" }),
    gathers: true,
    run: merge,
  },
  zipmap: {
    parameters: [parameter(listOf(STRING), { known: "outside", marks: "outer" }), outside],
    run: zipmap,
  },
};
