/** Conversion to objects, and of values whose type is only partly known. */
import { Complaint } from "./complaint.ts";
import { type Conversion, conversionOf, convert } from "./convert.ts";
import { derived } from "./derive.ts";
import { ANY, type ObjectType, sameType, type Type, withoutOptional } from "./types.ts";
import {
  sortedEntries,
  type TerraformEntry,
  type TerraformList,
  type TerraformObject,
  type TerraformValue,
  typeOf,
} from "./values.ts";

export function objectToObject(from: ObjectType, to: ObjectType, unsafe: boolean): Conversion | undefined {
  const conversions = new Map<string, Conversion>();
  for (const [name, wanted] of to.attributes) {
    const type = from.attributes.get(name);
    if (type === undefined) {
      if (to.optional?.has(name)) continue;
      return undefined;
    }
    const conversion = sameType(type, wanted) ? (value: TerraformValue) => value : conversionOf(type, wanted, unsafe);
    if (conversion === undefined) return undefined;
    conversions.set(name, conversion);
  }
  return (value) => (value.kind === "object" ? pick(value, to, (name) => conversions.get(name)) : value);
}

export function mapToObject(element: Type, to: ObjectType): Conversion | undefined {
  const conversions = new Map<string, Conversion>();
  for (const [name, wanted] of to.attributes) {
    const conversion = sameType(element, wanted)
      ? (value: TerraformValue) => value
      : conversionOf(element, wanted, true);
    if (conversion !== undefined) conversions.set(name, conversion);
    else if (!to.optional?.has(name)) return undefined;
  }
  return (value) => {
    if (value.kind !== "object") return value;
    return pick(value, to, (name) => {
      const conversion = conversions.get(name);
      if (conversion === undefined) throw new Complaint("type");
      return conversion;
    });
  };
}

/** The attributes of the wanted type. Missing optional ones are null; missing ones of an open object are unknown. */
function pick(
  value: TerraformObject,
  to: ObjectType,
  conversion: (name: string) => Conversion | undefined,
): TerraformObject {
  const entries: TerraformEntry[] = [];
  const given = new Set<string>();
  for (const entry of sortedEntries(value)) {
    if (!to.attributes.has(entry.key)) continue;
    given.add(entry.key);
    entries.push({ ...entry, value: conversion(entry.key)?.(entry.value) ?? entry.value });
  }
  for (const [key, type] of to.attributes) {
    if (given.has(key)) continue;
    const { at } = value;
    if (value.open !== undefined) {
      entries.push({
        key,
        keyAt: at,
        value: derived(`attribute ${key}`, [value], at, withoutOptional(type), value.open),
      });
    } else if (to.optional?.has(key)) {
      entries.push({ key, keyAt: at, value: { kind: "null", at, type: withoutOptional(type) } });
    } else throw new Complaint("missing");
  }
  const { open: _open, element: _element, ...kept } = value;
  return { ...kept, entries };
}

/** Converts a value whose type is only partly known: an unknown, an open object, a list of unknown length. */
export function convertPartly(value: TerraformValue, to: Type): TerraformValue {
  if (value.kind === "list" && (to.is === "list" || to.is === "set")) return convertItems(value, to.is, to.element);
  if (value.kind === "object" && to.is === "map") {
    const entries = value.entries.map((entry) => ({ ...entry, value: convert(entry.value, to.element) }));
    return { ...value, entries, element: withoutOptional(to.element) };
  }
  if (value.kind === "object" && to.is === "object") {
    return pick(value, to, (name) => (item) => convert(item, to.attributes.get(name) ?? ANY));
  }
  if (typeOf(value).is === "any") throw new Complaint("type");
  return convert(value, to);
}

function convertItems(value: TerraformList, kind: "list" | "set", element: Type): TerraformList {
  const items = value.items.map((item) => convert(item, element));
  return { ...value, items, collection: kind, element: withoutOptional(element) };
}
