/**
 * Conversion of values to types, as Terraform does it implicitly and in `tostring` and the like, by the rules of go-cty:
 * https://pkg.go.dev/github.com/zclconf/go-cty/cty/convert
 *
 * A partly known value stays as it is as far as the type allows.
 */
import { holes, isLiteral } from "../../../../facts/text.ts";
import { parseNumber, toDigits } from "./arithmetic.ts";
import { Complaint } from "./complaint.ts";
import { convertPartly, mapToObject, objectToObject } from "./convert-objects.ts";
import { toSet } from "./sets.ts";
import { ANY, BOOL, isPrimitive, NUMBER, STRING, sameType, type Type, withoutOptional } from "./types.ts";
import { unify } from "./unify.ts";
import { computedOf, unknownValue } from "./unknown.ts";
import { sortedEntries, type TerraformValue, textOf, typeOf, withMarks } from "./values.ts";

export type Conversion = (value: TerraformValue) => TerraformValue;

/** @throws Complaint when the value can't be of that type. */
export function convert(value: TerraformValue, type: Type): TerraformValue {
  const from = typeOf(value);
  if (type.is === "any" || sameType(from, withoutOptional(type))) return value;
  const conversion = conversionOf(from, type, true);
  if (conversion === undefined) throw new Complaint("type");
  return conversion(value);
}

/**
 * The conversion from one type to another, undefined when there is none. `unsafe` allows conversions that depend on the
 * value: from string to number, from map to object.
 */
export function conversionOf(from: Type, to: Type, unsafe: boolean): Conversion | undefined {
  const known = knownConversion(from, to, unsafe);
  if (known === undefined || to.is === "any") return known;
  return (value) => {
    if (value.kind === "unknown" || value.kind === "null") return { ...value, type: withoutOptional(to) };
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
  if (number === undefined) throw new Complaint("type");
  return number;
}

function textToBoolean(value: TerraformValue): TerraformValue {
  if (value.kind !== "text") return value;
  if (!isLiteral(value.value)) return unknownText(value, BOOL);
  const { at } = value;
  if (value.value === "true" || value.value === "1") return { kind: "boolean", value: true, at };
  if (value.value === "false" || value.value === "0") return { kind: "boolean", value: false, at };
  throw new Complaint("type");
}

/** A text with holes as something else than text. Its name is the text, so equal ones stay equal. */
function unknownText(value: TerraformValue & { kind: "text" }, type: Type): TerraformValue {
  const found = holes(value.value);
  const [only] = found;
  if (only?.token === value.value) return { kind: "unknown", name: only.name, at: value.at, type };
  const of = found.map(({ name }) => name);
  return { ...unknownValue(value.value, computedOf("", of, value.at), value.at), type };
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
  if (unified === undefined) throw new Complaint("type");
  if (kind === "set" && unified.conversions.some((conversion) => conversion !== undefined)) {
    throw new Complaint("type");
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

/** The value as a text. @throws Complaint */
export function convertToText(value: TerraformValue): TerraformValue {
  return value.kind === "text" ? value : convert(value, STRING);
}
