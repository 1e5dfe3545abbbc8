/** What a parameter of a template may be, by its type and the values that it allows. */
import { isLiteral } from "../../facts/text.ts";
import { get, type ObjectValue, plainText, type Value } from "../../syntax/value.ts";
import type { Scope } from "./scope.ts";
import { textOf } from "./text.ts";

const SSM_VALUE = /^AWS::SSM::Parameter::Value<(.+)>$/;
/** Types of lists. */
export const LIST = /^(?:CommaDelimitedList|List<.*>)$/;

/** The type of the value that the template sees: what is in SSM, for a parameter that is read from there. */
export function valueType(declared: ObjectValue): string {
  const type = plainText(get(declared, "Type")) ?? "String";
  return SSM_VALUE.exec(type)?.[1] ?? type;
}

/** Whether a parameter's value is the name of a parameter of Systems Manager, whose value the template sees. */
export function isStored(declared: ObjectValue): boolean {
  return SSM_VALUE.test(plainText(get(declared, "Type")) ?? "");
}

/** The values that a parameter may have, undefined where it may have others. */
export function allowedValues(declared: ObjectValue | undefined): readonly string[] | undefined {
  const allowed = get(declared, "AllowedValues");
  if (allowed?.kind !== "list" || allowed.items.length === 0) return undefined;
  const texts = allowed.items.flatMap((item) => textOf(item) ?? []);
  return texts.length === allowed.items.length && texts.every(isLiteral) ? texts : undefined;
}

/** The strings that a reference to a parameter may be, undefined where it may be others, or is none. */
export function allowedFor(reference: Value | undefined, { template }: Scope): readonly string[] | undefined {
  const name = plainText(get(reference, "Ref"));
  const declared = name === undefined ? undefined : template.parameters.get(name);
  if (declared?.kind !== "object" || isStored(declared) || LIST.test(valueType(declared))) return undefined;
  return allowedValues(declared);
}

/** Whether a parameter is never shown. */
export function isNoEcho(declared: ObjectValue): boolean {
  const value = get(declared, "NoEcho");
  return value?.kind === "boolean" ? value.value : plainText(value)?.toLowerCase() === "true";
}
