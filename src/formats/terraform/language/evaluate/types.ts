/** Terraform's types. https://developer.hashicorp.com/terraform/language/expressions/type-constraints */

export interface PrimitiveType {
  readonly is: "string" | "number" | "bool";
}
/** `any`: a type that is not known, or that may be whatever fits. */
export interface AnyType {
  readonly is: "any";
}
export interface CollectionType {
  readonly is: "list" | "set" | "map";
  readonly element: Type;
}
export interface TupleType {
  readonly is: "tuple";
  readonly elements: readonly Type[];
}
export interface ObjectType {
  readonly is: "object";
  readonly attributes: ReadonlyMap<string, Type>;
  /** Attributes that a value may leave out; they are null then. */
  readonly optional?: ReadonlySet<string>;
}
export type Type = PrimitiveType | AnyType | CollectionType | TupleType | ObjectType;

export const STRING: PrimitiveType = { is: "string" };
export const NUMBER: PrimitiveType = { is: "number" };
export const BOOL: PrimitiveType = { is: "bool" };
export const ANY: AnyType = { is: "any" };
/** The type of a plain `null`. It is `any` as well, but nothing about the value is unknown. */
export const NULL_TYPE: AnyType = { is: "any" };

export function listOf(element: Type): CollectionType {
  return { is: "list", element };
}
export function setOf(element: Type): CollectionType {
  return { is: "set", element };
}
export function mapOf(element: Type): CollectionType {
  return { is: "map", element };
}

export function isPrimitive(type: Type): type is PrimitiveType {
  return type.is === "string" || type.is === "number" || type.is === "bool";
}
export function isCollection(type: Type): type is CollectionType {
  return type.is === "list" || type.is === "set" || type.is === "map";
}

export function sameType(a: Type, b: Type): boolean {
  if (a === b) return true;
  switch (a.is) {
    case "list":
    case "set":
    case "map":
      return a.is === b.is && sameType(a.element, b.element);
    case "tuple":
      return (
        b.is === "tuple" &&
        a.elements.length === b.elements.length &&
        a.elements.every((element, index) => sameType(element, b.elements[index] ?? ANY))
      );
    case "object":
      return b.is === "object" && sameAttributes(a, b);
    default:
      return a.is === b.is;
  }
}

function sameAttributes(a: ObjectType, b: ObjectType): boolean {
  if (a.attributes.size !== b.attributes.size || (a.optional?.size ?? 0) !== (b.optional?.size ?? 0)) return false;
  for (const [name, type] of a.attributes) {
    const other = b.attributes.get(name);
    if (other === undefined || !sameType(type, other)) return false;
    if ((a.optional?.has(name) ?? false) !== (b.optional?.has(name) ?? false)) return false;
  }
  return true;
}

export function hasAny(type: Type): boolean {
  switch (type.is) {
    case "any":
      return true;
    case "tuple":
      return type.elements.some(hasAny);
    case "object":
      return [...type.attributes.values()].some(hasAny);
    case "list":
    case "set":
    case "map":
      return hasAny(type.element);
    default:
      return false;
  }
}

/** The type without optional attributes, as values have it. */
export function withoutOptional(type: Type): Type {
  switch (type.is) {
    case "list":
    case "set":
    case "map":
      return { is: type.is, element: withoutOptional(type.element) };
    case "tuple":
      return { is: "tuple", elements: type.elements.map(withoutOptional) };
    case "object":
      return {
        is: "object",
        attributes: new Map([...type.attributes].map(([name, attribute]) => [name, withoutOptional(attribute)])),
      };
    default:
      return type;
  }
}
