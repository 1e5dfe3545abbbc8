/** Conversion of values to types, as Terraform does it implicitly and in `tostring` and the like. */
import { holes, isLiteral } from "../../../../facts/text.ts";
import { parseNumber, toDigits } from "./arithmetic.ts";
import { Complaint } from "./complaint.ts";
import { derived } from "./derive.ts";
import { inOrderOf, toSet } from "./sets.ts";
import {
  ANY,
  BOOL,
  type CollectionType,
  NUMBER,
  type ObjectType,
  STRING,
  sameType,
  type Type,
  withoutOptional,
} from "./types.ts";
import { converts, unify, unifyParts } from "./unify.ts";
import { computedOf, unknownValue } from "./unknown.ts";
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

/** A partly known value stays as it is as far as the type allows. @throws Complaint when it can't be of that type */
export function convert(value: TerraformValue, to: Type): TerraformValue {
  const from = typeOf(value);
  if (to.is === "any" || sameType(from, withoutOptional(to))) return value;
  if (!converts(from, to)) throw new Complaint("type");
  if (value.kind === "unknown" || value.kind === "null") return { ...value, type: withoutOptional(to) };
  return withMarks(converted(value, to), [value]);
}

function converted(value: TerraformValue, to: Type): TerraformValue {
  if (value.kind === "object") {
    if (to.is === "object") return pick(value, to);
    if (to.is === "map") return mapFrom(value, to);
  } else if (value.kind === "list") {
    if (to.is === "tuple" && typeOf(value).is === "tuple") {
      return { ...value, items: value.items.map((item, index) => convert(item, to.elements[index] ?? ANY)) };
    }
    if (to.is === "list" || to.is === "set") return listFrom(value, to);
  } else {
    if (to.is === "string") return toText(value);
    if (to.is === "number") return textToNumber(value);
    if (to.is === "bool") return textToBoolean(value);
  }
  throw new Complaint("type");
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

/** A string with holes as something else than text. Its name is the text, so equal ones stay equal. */
function unknownText(value: TerraformValue & { kind: "text" }, type: Type): TerraformValue {
  const found = holes(value.value);
  const [only] = found;
  if (only?.token === value.value) return { kind: "unknown", name: only.name, at: value.at, type };
  const of = found.map(({ name }) => name);
  return { ...unknownValue(value.value, computedOf("", of, value.at), value.at), type };
}

function mapFrom(value: TerraformObject, to: CollectionType): TerraformObject {
  const entries = sortedEntries(value);
  const { parts, element } = level(
    value,
    entries.map((entry) => entry.value),
    to,
  );
  return {
    ...value,
    entries: entries.map((entry, index) => ({ ...entry, value: parts[index] ?? entry.value })),
    element,
  };
}

function listFrom(value: TerraformList, to: CollectionType): TerraformList {
  const { parts, element } = level(value, value.items, to);
  if (to.is === "set" && typeOf(value).is !== "any") return toSet(parts, element, value.at);
  return inOrderOf([value], { ...value, items: parts, collection: to.is === "set" ? "set" : "list", element });
}

/** The parts of a list or object in the type of a collection's elements, and in one type where that leaves it open. */
function level(
  value: TerraformList | TerraformObject,
  given: readonly TerraformValue[],
  { is, element }: CollectionType,
): { readonly parts: readonly TerraformValue[]; readonly element: Type } {
  const parts = given.map((part) => convert(part, element));
  const types = parts.map(typeOf);
  const [first] = types;
  const wanted = withoutOptional(element.is === "any" ? (value.element ?? ANY) : element);
  // How many parts there are is not known, so neither is their common type.
  if (first === undefined || typeOf(value).is === "any") return { parts, element: wanted };
  if (types.every((type) => sameType(type, first))) return { parts, element: first };
  const common = element.is === "any" ? unifyParts(types) : unify(types);
  if (common === undefined) throw new Complaint("type");
  const differs = common.is !== "any" && types.some((type) => !sameType(type, common));
  if (is === "set" && element.is !== "any" && differs) throw new Complaint("type");
  return { parts: parts.map((part) => convert(part, common)), element: common };
}

/** The attributes of the wanted type. Missing optional ones are null; missing ones of an open object are unknown. */
function pick(value: TerraformObject, to: ObjectType): TerraformObject {
  const entries: TerraformEntry[] = [];
  const given = new Set<string>();
  for (const entry of sortedEntries(value)) {
    const type = to.attributes.get(entry.key);
    if (type === undefined) continue;
    given.add(entry.key);
    entries.push({ ...entry, value: convert(entry.value, type) });
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

export function convertToText(value: TerraformValue): TerraformValue {
  return value.kind === "text" ? value : convert(value, STRING);
}
