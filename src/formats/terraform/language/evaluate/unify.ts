/**
 * Which types can become which, and what several have in common, by the rules of go-cty:
 * https://pkg.go.dev/github.com/zclconf/go-cty/cty/convert
 */
import { ANY, type CollectionType, isPrimitive, listOf, mapOf, type ObjectType, sameType, type Type } from "./types.ts";

/** Whether values of one type can become values of another. Of some it depends on the value. */
export function converts(from: Type, to: Type): boolean {
  if (to.is === "any" || from.is === "any" || sameType(from, to)) return true;
  switch (to.is) {
    case "object":
      return (from.is === "object" || from.is === "map") && hasAttributes(from, to);
    case "tuple":
      return (
        from.is === "tuple" &&
        from.elements.length === to.elements.length &&
        to.elements.every((element, index) => converts(from.elements[index] ?? ANY, element))
      );
    case "map":
      return (from.is === "object" || from.is === "map") && partsConvert(from, to.element);
    case "list":
    case "set":
      return (from.is === "tuple" || from.is === "list" || from.is === "set") && partsConvert(from, to.element);
    default:
      return isPrimitive(from) && (from.is === "string" || to.is === "string");
  }
}

/** Of a map it is not known which attributes it has, so only those that must be there have to fit. */
function hasAttributes(from: Type, to: ObjectType): boolean {
  return [...to.attributes].every(([name, wanted]) => {
    const optional = to.optional?.has(name) ?? false;
    if (from.is === "map") return optional || converts(from.element, wanted);
    const given = from.is === "object" ? from.attributes.get(name) : undefined;
    return given === undefined ? optional : converts(given, wanted);
  });
}

function partsConvert(from: Type, element: Type): boolean {
  const parts = partsOf(from);
  if (element.is !== "any" || parts.length === 0) return parts.every((part) => converts(part, element));
  return unifyParts(parts) !== undefined;
}

function partsOf(type: Type): readonly Type[] {
  if (type.is === "tuple") return type.elements;
  if (type.is === "object") return [...type.attributes.values()];
  return "element" in type ? [type.element] : [];
}

/** The type of the parts of a collection that are of these types, when any would do. */
export function unifyParts(types: readonly Type[]): Type | undefined {
  const unified = unify(types);
  // Terraform refuses a plain null beside lists or objects; what is unknown may turn out to fit.
  const refused = unified?.is === "any" && types.some((type) => type.is !== "any") && !types.includes(ANY);
  return refused ? undefined : unified;
}

/** The type that all others can be converted to; undefined when there is none. */
export function unify(types: readonly Type[]): Type | undefined {
  const [first] = types;
  if (first === undefined || types.every((type) => sameType(type, first))) return first;
  const kinds = new Set(types.map((type) => type.is));
  const only = (...names: readonly Type["is"][]) => [...kinds].every((kind) => kind === "any" || names.includes(kind));
  for (const kind of ["map", "list", "set"] as const) {
    if (kinds.has(kind) && only(kind)) return unifyCollections(types, kind);
  }
  if (kinds.has("object") && only("object")) return unifyStructures(types, "object");
  if (kinds.has("tuple") && only("tuple")) return unifyStructures(types, "tuple");
  const mixed =
    kinds.has("map") && only("map", "object")
      ? unifyMixed(types, "object")
      : kinds.has("list") && only("list", "tuple")
        ? unifyMixed(types, "tuple")
        : undefined;
  return mixed ?? (kinds.has("object") && kinds.has("tuple") ? undefined : mostGeneral(types));
}

/** The type, if all others can be converted to it. */
function reached(types: readonly Type[], type: Type): Type | undefined {
  return types.every((from) => converts(from, type)) ? type : undefined;
}

/** Where a type is not known, neither is the common one: everything stays as it is. */
function unifyCollections(types: readonly Type[], kind: CollectionType["is"]): Type | undefined {
  const elements = types.flatMap((type) => (type.is === kind ? [type.element] : []));
  if (elements.length < types.length) return ANY;
  const element = unify(elements);
  return element && reached(types, { is: kind, element });
}

/** Maps and objects as maps, lists and tuples as lists. */
function unifyMixed(types: readonly Type[], kind: "object" | "tuple"): Type | undefined {
  const common = asCollection(
    types.filter((type) => type.is === kind),
    kind,
  );
  if (common === undefined) return undefined;
  const whole = unify(types.map((type) => (type.is === kind ? common : type)));
  return whole?.is === common.is ? reached(types, whole) : undefined;
}

/** Objects as a map, tuples as a list. */
function asCollection(types: readonly Type[], kind: "object" | "tuple"): CollectionType | undefined {
  const element = unify(types.flatMap(partsOf));
  return element && (kind === "object" ? mapOf(element) : listOf(element));
}

/** Objects with the same attributes and tuples of one length stay what they are; others become maps and lists. */
function unifyStructures(types: readonly Type[], kind: "object" | "tuple"): Type | undefined {
  if (types.some((type) => type.is !== kind)) return ANY;
  const collection = () => {
    const common = asCollection(types, kind);
    return common && reached(types, common);
  };
  const named = types.map(
    (type) => new Map<unknown, Type>(type.is === "object" ? type.attributes : partsOf(type).entries()),
  );
  const [first = new Map<unknown, Type>()] = named;
  if (named.some((parts) => parts.size !== first.size || [...first.keys()].some((name) => !parts.has(name))))
    return collection();
  const common = new Map<unknown, Type>();
  for (const name of first.keys()) {
    const type = unify(named.map((parts) => parts.get(name) ?? ANY));
    if (type === undefined) return undefined;
    common.set(name, type);
  }
  const whole: Type =
    kind === "tuple"
      ? { is: "tuple", elements: [...common.values()] }
      : { is: "object", attributes: common as Map<string, Type> };
  return reached(types, whole) ?? collection();
}

/** How general a type is among those that can be converted to each other, the most general first. */
const RANK: Readonly<Record<Type["is"], number>> = {
  string: 0,
  list: 0,
  map: 0,
  number: 1,
  bool: 1,
  tuple: 1,
  object: 1,
  set: 2,
  any: 3,
};

/** One of the given types that all others can be converted to, the most general first. */
function mostGeneral(types: readonly Type[]): Type | undefined {
  return types.toSorted((a, b) => RANK[a.is] - RANK[b.is]).find((type) => reached(types, type) !== undefined);
}
