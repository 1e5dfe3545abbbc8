/** The type that several types have in common, if they can all be converted to one. The rules are those of go-cty. */
import { type Conversion, conversionOf } from "./convert.ts";
import {
  ANY,
  type CollectionType,
  listOf,
  mapOf,
  type ObjectType,
  sameType,
  type TupleType,
  type Type,
} from "./types.ts";

export interface Unified {
  readonly type: Type;
  /** For each type the conversion to the common one; undefined where none is needed. */
  readonly conversions: readonly (Conversion | undefined)[];
}

/** Undefined when there is no common type. `unsafe` allows conversions that depend on the value. */
export function unify(types: readonly Type[], unsafe: boolean): Unified | undefined {
  const [first] = types;
  if (first === undefined) return undefined;
  if (types.every((type) => sameType(type, first))) return { type: first, conversions: types.map(() => undefined) };
  const kinds = new Set(types.map((type) => type.is));
  const only = (...names: readonly Type["is"][]) => [...kinds].every((kind) => kind === "any" || names.includes(kind));
  for (const kind of ["map", "list", "set"] as const) {
    if (kinds.has(kind) && only(kind)) return unifyCollections(types, kind, unsafe);
  }
  if (kinds.has("map") && only("map", "object")) {
    const found = unifyMixed(types, "object", unsafe);
    if (found !== undefined) return found;
  } else if (kinds.has("list") && only("list", "tuple")) {
    const found = unifyMixed(types, "tuple", unsafe);
    if (found !== undefined) return found;
  } else if (kinds.has("object") && only("object")) return unifyObjects(types, unsafe);
  else if (kinds.has("tuple") && only("tuple")) return unifyTuples(types, unsafe);
  else if (kinds.has("object") && kinds.has("tuple")) return undefined;
  return unifyPreferred(types, unsafe);
}

/** What can't be told before the unknown types are known: everything stays as it is. */
function undecided(types: readonly Type[]): Unified {
  return { type: ANY, conversions: types.map(() => undefined) };
}

function conversionsTo(types: readonly Type[], type: Type, unsafe: boolean): Unified | undefined {
  const conversions: (Conversion | undefined)[] = [];
  for (const from of types) {
    const conversion = sameType(from, type) ? undefined : conversionOf(from, type, unsafe);
    if (conversion === undefined && !sameType(from, type)) return undefined;
    conversions.push(conversion);
  }
  return { type, conversions };
}

function unifyCollections(types: readonly Type[], kind: CollectionType["is"], unsafe: boolean): Unified | undefined {
  const elements = types.flatMap((type) => (type.is === kind ? [type.element] : []));
  if (elements.length < types.length) return undecided(types);
  const element = unify(elements, unsafe)?.type;
  return element === undefined ? undefined : conversionsTo(types, { is: kind, element }, unsafe);
}

/** Maps and objects as maps, lists and tuples as lists. */
function unifyMixed(types: readonly Type[], structural: "object" | "tuple", unsafe: boolean): Unified | undefined {
  const structures = types.filter((type) => type.is === structural);
  const common =
    structural === "object"
      ? asMap(structures as readonly ObjectType[], unsafe)
      : asList(structures as readonly TupleType[], unsafe);
  if (common === undefined) return undefined;
  const replaced = types.map((type) => (type.is === structural ? common : type));
  const whole = unify(replaced, unsafe)?.type;
  return whole?.is === common.is ? conversionsTo(types, whole, unsafe) : undefined;
}

function asMap(types: readonly ObjectType[], unsafe: boolean): CollectionType | undefined {
  const element = unify(
    types.flatMap((type) => [...type.attributes.values()]),
    unsafe,
  )?.type;
  return element === undefined ? undefined : mapOf(element);
}

function asList(types: readonly TupleType[], unsafe: boolean): CollectionType | undefined {
  const element = unify(
    types.flatMap((type) => type.elements),
    unsafe,
  )?.type;
  return element === undefined ? undefined : listOf(element);
}

function unifyObjects(all: readonly Type[], unsafe: boolean): Unified | undefined {
  const types = all.filter((type) => type.is === "object");
  const [first] = types;
  if (first === undefined || types.length < all.length) return undecided(all);
  const map = () => {
    const common = asMap(types, unsafe);
    return common === undefined ? undefined : conversionsTo(types, common, unsafe);
  };
  const alike = types.every(
    (type) =>
      type.attributes.size === first.attributes.size &&
      [...type.attributes.keys()].every((name) => first.attributes.has(name)),
  );
  if (!alike) return map();
  const attributes = new Map<string, Type>();
  for (const name of first.attributes.keys()) {
    const type = unify(
      types.map((object) => object.attributes.get(name) ?? ANY),
      unsafe,
    )?.type;
    if (type === undefined) return undefined;
    attributes.set(name, type);
  }
  return conversionsTo(types, { is: "object", attributes }, unsafe) ?? map();
}

function unifyTuples(all: readonly Type[], unsafe: boolean): Unified | undefined {
  const types = all.filter((type) => type.is === "tuple");
  const [first] = types;
  if (first === undefined || types.length < all.length) return undecided(all);
  const list = () => {
    const common = asList(types, unsafe);
    return common === undefined ? undefined : conversionsTo(types, common, unsafe);
  };
  if (types.some((type) => type.elements.length !== first.elements.length)) return list();
  const elements: Type[] = [];
  for (let index = 0; index < first.elements.length; index++) {
    const type = unify(
      types.map((tuple) => tuple.elements[index] ?? ANY),
      unsafe,
    )?.type;
    if (type === undefined) return undefined;
    elements.push(type);
  }
  return conversionsTo(types, { is: "tuple", elements }, unsafe) ?? list();
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
function unifyPreferred(types: readonly Type[], unsafe: boolean): Unified | undefined {
  for (const type of types.toSorted((a, b) => RANK[a.is] - RANK[b.is])) {
    const found = conversionsTo(types, type, unsafe);
    if (found !== undefined) return found;
  }
  return undefined;
}
