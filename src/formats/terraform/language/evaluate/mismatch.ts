/** Terraform's words for why a value of one type is none of another. */
import { conversionOf } from "./convert.ts";
import { isCollection, type ObjectType, sameType, type Type, typeName } from "./types.ts";

export function mismatch(got: Type, want: Type): string {
  if (got.is === "object" && want.is === "object") return objectMismatch(got, want);
  const structural = got.is === "tuple" || got.is === "object";
  if (structural && isCollection(want)) {
    const fits = (want.is === "map") === (got.is === "object");
    if (fits && want.element.is === "any") return `all ${want.is} elements must have the same type`;
    if (!fits) return required(want);
    const parts: readonly (readonly [string, Type])[] =
      got.is === "tuple"
        ? got.elements.map((type, index) => [String(index), type] as const)
        : [...got.attributes].map(([name, type]) => [JSON.stringify(name), type] as const);
    for (const [name, type] of parts) {
      if (sameType(type, want.element) || conversionOf(type, want.element, true) !== undefined) continue;
      return `element ${name}: ${mismatch(type, want.element)}`;
    }
    return `all elements must be ${typeName(want.element, true)}`;
  }
  if (isCollection(got) && isCollection(want)) {
    if ((want.is === "map") !== (got.is === "map")) return required(want);
    return `incorrect ${want.is} element type: ${mismatch(got.element, want.element)}`;
  }
  return required(want);
}

function required(want: Type): string {
  return `${typeName(want, true)} required`;
}

function objectMismatch(got: ObjectType, want: ObjectType): string {
  const missing = [...want.attributes.keys()]
    .filter((name) => !got.attributes.has(name) && !want.optional?.has(name))
    .sort();
  const [first, second] = missing;
  if (first !== undefined && second === undefined) return `attribute "${first}" is required`;
  if (missing.length > 1) {
    const quoted = missing.map((name) => `"${name}"`);
    const list =
      missing.length === 2 ? quoted.join(" and ") : `${quoted.slice(0, -1).join(", ")}, and ${quoted.at(-1)}`;
    return `attributes ${list} are required`;
  }
  for (const [name, type] of want.attributes) {
    const given = got.attributes.get(name);
    if (given === undefined || sameType(given, type) || conversionOf(given, type, true) !== undefined) continue;
    return `attribute "${name}": ${mismatch(given, type)}`;
  }
  return "incorrect object attributes";
}

/** Terraform's words for why the results of a conditional have no common type. */
export function conditionalMismatch(yes: Type, no: Type): string {
  if (yes.is === "object" && no.is === "object") {
    for (const name of [...yes.attributes.keys()].sort()) {
      const type = yes.attributes.get(name);
      const other = no.attributes.get(name);
      if (other === undefined) {
        return `The 'true' value includes object attribute "${name}", which is absent in the 'false' value`;
      }
      if (type !== undefined && !sameType(type, other)) {
        return `Type mismatch for object attribute "${name}": ${conditionalMismatch(type, other)}`;
      }
    }
    for (const name of [...no.attributes.keys()].sort()) {
      if (yes.attributes.has(name)) continue;
      return `The 'false' value includes object attribute "${name}", which is absent in the 'true' value`;
    }
  } else if (yes.is === "tuple" && no.is === "tuple") {
    const [count, other] = [yes.elements.length, no.elements.length];
    if (count !== other) return `The 'true' tuple has length ${count}, but the 'false' tuple has length ${other}`;
    for (const [index, type] of yes.elements.entries()) {
      const against = no.elements[index];
      if (against === undefined || sameType(type, against)) continue;
      return `Type mismatch for tuple element ${index}: ${conditionalMismatch(type, against)}`;
    }
  } else if (isCollection(yes) && isCollection(no) && yes.is === no.is) {
    const structural = (type: Type) => type.is === "object" || type.is === "tuple";
    if (yes.element.is === no.element.is && structural(yes.element)) {
      return `Mismatched ${yes.is} element types: ${conditionalMismatch(yes.element, no.element)}`;
    }
  }
  return typeName(yes) === typeName(no)
    ? "At least one deeply-nested attribute or element is not compatible across both the 'true' and the 'false' value"
    : `The 'true' value is ${typeName(yes)}, but the 'false' value is ${typeName(no)}`;
}
