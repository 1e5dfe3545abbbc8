/**
 * Conversion of values to types, as Terraform does it by itself and in `tostring` and its kin. The rules are those of go-cty:
 * https://pkg.go.dev/github.com/zclconf/go-cty/cty/convert
 *
 * What is only partly known stays as it is as far as the type lets it.
 */
import { isLiteral } from "../../../facts/text.ts";
import { parseNumber, toDigits } from "./arithmetic.ts";
import { Complaint } from "./complaint.ts";
import { mismatch } from "./mismatch.ts";
import { toSet } from "./sets.ts";
import {
  ANY,
  BOOL,
  isPrimitive,
  NUMBER,
  type ObjectType,
  STRING,
  sameType,
  type Type,
  withoutOptional,
} from "./types.ts";
import { unify } from "./unify.ts";
import {
  sortedEntries,
  type TerraformEntry,
  type TerraformList,
  type TerraformObject,
  type TerraformValue,
  textOf,
  typeOf,
  withMarks,
} from "./values.ts";

export type Conversion = (value: TerraformValue) => TerraformValue;

/** @throws Complaint when the value can't be of that type. */
export function convert(value: TerraformValue, type: Type): TerraformValue {
  const from = typeOf(value);
  if (type.is === "any" || sameType(from, withoutOptional(type))) return value;
  const conversion = conversionOf(from, type, true);
  if (conversion === undefined) throw new Complaint(mismatch(from, type));
  return conversion(value);
}

/**
 * The conversion from a type to another, undefined when there is none. `unsafe` allows those that depend on the value: from string
 * to number, from map to object.
 */
export function conversionOf(from: Type, to: Type, unsafe: boolean): Conversion | undefined {
  const known = knownConversion(from, to, unsafe);
  if (known === undefined || to.is === "any") return known;
  return (value) => {
    if (value.kind === "unknown" || value.kind === "null")
      return { ...value, type: fillAny(from, withoutOptional(to)) };
    return withMarks(known(value), [value]);
  };
}

function knownConversion(from: Type, to: Type, unsafe: boolean): Conversion | undefined {
  if (to.is === "any") return (value) => value;
  if (from.is === "any") return unsafe ? (value) => convertPartly(value, to) : undefined;
  if (isPrimitive(to)) return isPrimitive(from) ? primitiveConversion(from, to, unsafe) : undefined;
  switch (to.is) {
    case "object":
      if (from.is === "object") return objectToObject(from, to, unsafe);
      return from.is === "map" && unsafe ? mapToObject(from.element, to) : undefined;
    case "map":
      if (from.is === "object") return structure([...from.attributes.values()], to, unsafe);
      return from.is === "map" ? collection(from.element, to, unsafe) : undefined;
    case "tuple":
      return from.is === "tuple" ? tupleToTuple(from.elements, to.elements, unsafe) : undefined;
    default:
      if (from.is === "tuple") return structure(from.elements, to, unsafe);
      if (from.is !== "list" && from.is !== "set") return undefined;
      return to.is === "set" && from.is === "list" && !unsafe ? undefined : collection(from.element, to, unsafe);
  }
}

function primitiveConversion(from: Type, to: Type, unsafe: boolean): Conversion | undefined {
  if (from.is === to.is) return (value) => value;
  if (to.is === "string") return toText;
  if (from.is !== "string" || !unsafe) return undefined;
  return to.is === "number" ? textToNumber : textToBoolean;
}

function toText(value: TerraformValue): TerraformValue {
  if (value.kind === "number") return textOf(toDigits(value), value.at);
  return value.kind === "boolean" ? textOf(String(value.value), value.at) : value;
}

function textToNumber(value: TerraformValue): TerraformValue {
  if (value.kind !== "text") return value;
  if (!isLiteral(value.value)) return unknownText(value, NUMBER);
  const number = parseNumber(value.value, value.at);
  if (number === undefined) throw new Complaint("a number is required");
  return number;
}

function textToBoolean(value: TerraformValue): TerraformValue {
  if (value.kind !== "text") return value;
  if (!isLiteral(value.value)) return unknownText(value, BOOL);
  const { at } = value;
  if (value.value === "true" || value.value === "1") return { kind: "boolean", value: true, at };
  if (value.value === "false" || value.value === "0") return { kind: "boolean", value: false, at };
  const lower = value.value.toLowerCase();
  const hint = lower === "true" || lower === "false" ? `; to convert from string, use lowercase "${lower}"` : "";
  throw new Complaint(`a bool is required${hint}`);
}

/** A text with holes as something else than text. Its name is the text, so equal ones stay equal. */
function unknownText(value: TerraformValue & { kind: "text" }, type: Type): TerraformValue {
  const name = value.value.replace(/[⟨⟩#*]/g, "");
  return { kind: "unknown", name, why: "a part of the text is not known", at: value.at, type };
}

/** The type an empty collection, or one of a single element type, gets when anything would do. */
function elementType(wanted: Type, found: readonly Type[], unsafe: boolean): Type | undefined {
  if (wanted.is !== "any" || found.length === 0) return wanted;
  const unified = unify(found, unsafe)?.type;
  // Terraform refuses a plain null beside lists or objects; what is unknown may turn out to fit.
  const refused = unified?.is === "any" && found.some((type) => type.is !== "any") && !found.includes(ANY);
  return refused ? undefined : unified;
}

/** From a tuple or object to a list, set or map: every element gets the same type. */
function structure(
  elements: readonly Type[],
  to: Extract<Type, { is: "list" | "set" | "map" }>,
  unsafe: boolean,
): Conversion | undefined {
  const element = elementType(to.element, elements, unsafe);
  if (element === undefined) return undefined;
  const conversions = new Map<Type, Conversion | undefined>();
  for (const type of elements) {
    if (conversions.has(type) || sameType(type, element)) continue;
    const conversion = conversionOf(type, element, unsafe);
    if (conversion === undefined) return undefined;
    conversions.set(type, conversion);
  }
  return (value) => gather(value, to.is, element, (item) => conversions.get(typeOf(item))?.(item) ?? item, unsafe);
}

function collection(
  from: Type,
  to: Extract<Type, { is: "list" | "set" | "map" }>,
  unsafe: boolean,
): Conversion | undefined {
  const conversion = sameType(from, to.element)
    ? (value: TerraformValue) => value
    : conversionOf(from, to.element, unsafe);
  if (conversion === undefined) return undefined;
  const element = to.element.is === "any" ? from : to.element;
  return (value) => gather(value, to.is, element, conversion, unsafe);
}

/** Converts every part and puts them together as a collection whose parts have one type. */
function gather(
  value: TerraformValue,
  kind: "list" | "set" | "map",
  element: Type,
  conversion: Conversion,
  unsafe: boolean,
): TerraformValue {
  if (value.kind === "object") {
    const entries = sortedEntries(value).map((entry) => ({ ...entry, value: conversion(entry.value) }));
    const { values, type } = level(
      entries.map((entry) => entry.value),
      element,
      "map",
      unsafe,
    );
    const leveled = entries.map((entry, index) => ({ ...entry, value: values[index] ?? entry.value }));
    return { ...value, entries: leveled, element: type };
  }
  if (value.kind !== "list" || kind === "map") return value;
  const { values, type } = level(value.items.map(conversion), element, kind, unsafe);
  return kind === "set"
    ? toSet(values, type, value.at)
    : { ...value, items: values, collection: "list", element: type };
}

/** Converted parts may still differ inside (an `any` in the type): gives them one type. */
function level(
  parts: readonly TerraformValue[],
  element: Type,
  kind: "list" | "set" | "map",
  unsafe: boolean,
): { readonly values: readonly TerraformValue[]; readonly type: Type } {
  const types = parts.map(typeOf);
  const [first] = types;
  if (first === undefined) return { values: parts, type: withoutOptional(element) };
  if (types.every((type) => type === first || sameType(type, first))) return { values: parts, type: first };
  const unified = unify(types, unsafe);
  if (unified === undefined) throw new Complaint("cannot find a common base type for all elements");
  if (kind === "set" && unified.conversions.some((conversion) => conversion !== undefined)) {
    throw new Complaint("element types must all match for conversion to set");
  }
  return { values: parts.map((part, index) => unified.conversions[index]?.(part) ?? part), type: unified.type };
}

function tupleToTuple(from: readonly Type[], to: readonly Type[], unsafe: boolean): Conversion | undefined {
  if (from.length !== to.length) return undefined;
  const conversions = from.map((type, index) => {
    const wanted = to[index] ?? ANY;
    return sameType(type, wanted) ? (value: TerraformValue) => value : conversionOf(type, wanted, unsafe);
  });
  if (conversions.some((conversion) => conversion === undefined)) return undefined;
  return (value) =>
    value.kind !== "list"
      ? value
      : { ...value, items: value.items.map((item, index) => conversions[index]?.(item) ?? item) };
}

function objectToObject(from: ObjectType, to: ObjectType, unsafe: boolean): Conversion | undefined {
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

function mapToObject(element: Type, to: ObjectType): Conversion | undefined {
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
    return pick(value, to, (name, found) => {
      const wanted = to.attributes.get(name) ?? ANY;
      if (conversions.has(name)) return conversions.get(name);
      const why = mismatch(typeOf(found), wanted);
      throw new Complaint(`map element type is incompatible with attribute "${name}": ${why}`);
    });
  };
}

/** The attributes of the wanted type; optional ones that are not there are null, others of an open object unknown. */
function pick(
  value: TerraformObject,
  to: ObjectType,
  conversion: (name: string, value: TerraformValue) => Conversion | undefined,
): TerraformObject {
  const entries: TerraformEntry[] = [];
  const given = new Set<string>();
  for (const entry of sortedEntries(value)) {
    if (!to.attributes.has(entry.key)) continue;
    given.add(entry.key);
    entries.push({ ...entry, value: conversion(entry.key, entry.value)?.(entry.value) ?? entry.value });
  }
  for (const [key, type] of to.attributes) {
    if (given.has(key)) continue;
    const { at } = value;
    if (value.open !== undefined) {
      entries.push({
        key,
        keyAt: at,
        value: { kind: "unknown", name: key, why: value.open, at, type: withoutOptional(type) },
      });
    } else if (to.optional?.has(key)) {
      entries.push({ key, keyAt: at, value: { kind: "null", at, type: withoutOptional(type) } });
    } else throw new Complaint(`map has no element for required attribute "${key}"`);
  }
  const { open: _open, element: _element, ...kept } = value;
  return { ...kept, entries };
}

/** A value whose type is not wholly known: an unknown, an open object, a list of unknown length, or one that has its own type. */
function convertPartly(value: TerraformValue, to: Type): TerraformValue {
  if (value.kind === "list" && (to.is === "list" || to.is === "set")) return convertItems(value, to.is, to.element);
  if (value.kind === "object" && to.is === "map") {
    const entries = value.entries.map((entry) => ({ ...entry, value: convert(entry.value, to.element) }));
    return { ...value, entries, element: withoutOptional(to.element) };
  }
  if (value.kind === "object" && to.is === "object") {
    return pick(value, to, (name) => (item) => convert(item, to.attributes.get(name) ?? ANY));
  }
  const from = typeOf(value);
  if (from.is === "any")
    throw new Complaint(mismatch(value.kind === "list" ? { is: "tuple", elements: [] } : from, to));
  return convert(value, to);
}

function convertItems(value: TerraformList, kind: "list" | "set", element: Type): TerraformList {
  const items = value.items.map((item) => convert(item, element));
  return { ...value, items, collection: kind, element: withoutOptional(element) };
}

/** The wanted type with its `any` parts taken from the type that the value has. */
function fillAny(from: Type, to: Type): Type {
  if (from.is === "any") return to;
  if (to.is === "any") return from;
  if (isPrimitive(to) || isPrimitive(from)) return to;
  switch (to.is) {
    case "list":
    case "set":
    case "map": {
      const found =
        from.is === "tuple"
          ? unify(from.elements, true)?.type
          : from.is === "object"
            ? unify([...from.attributes.values()], true)?.type
            : from.element;
      return { is: to.is, element: fillAny(found ?? ANY, to.element) };
    }
    case "tuple":
      return from.is === "tuple"
        ? { is: "tuple", elements: to.elements.map((element, index) => fillAny(from.elements[index] ?? ANY, element)) }
        : to;
    case "object": {
      const inner = (name: string) =>
        from.is === "object" ? from.attributes.get(name) : from.is === "map" ? from.element : ANY;
      return {
        is: "object",
        attributes: new Map([...to.attributes].map(([name, type]) => [name, fillAny(inner(name) ?? ANY, type)])),
      };
    }
  }
}

/** The value as a text. @throws Complaint */
export function convertToText(value: TerraformValue): TerraformValue {
  return value.kind === "text" ? value : convert(value, STRING);
}
