/** What functions share: parameters and the values of arguments. */

import type { Place } from "../../../../source.ts";
import { integerOf } from "../evaluate/arithmetic.ts";
import { Complaint } from "../evaluate/complaint.ts";
import type { Parameter } from "../evaluate/function-spec.ts";
import { ANY, NUMBER, STRING, type Type } from "../evaluate/types.ts";
import type { TerraformList, TerraformNumber, TerraformText, TerraformValue } from "../evaluate/values.ts";

export function parameter(type: Type, options: Omit<Parameter, "type"> = {}): Parameter {
  return { type, ...options };
}
/** A string that must be known in full. */
export const text = parameter(STRING);
/** A string that may have holes. */
export const holed = parameter(STRING, { known: "outside" });
export const number = parameter(NUMBER);
/** Anything whose own kind must be known, while its contents need not be. */
export const outside = parameter(ANY, { known: "outside", marks: "outer" });
/** Anything at all: the function deals with null and with unknown arguments itself. */
export const anything = parameter(ANY, { nullable: true, known: "nothing" });

/** Arguments are converted to the types of their parameters before; these functions only tell the compiler. */
export function textAt(values: readonly TerraformValue[], index: number): TerraformText {
  const value = values[index];
  if (value?.kind !== "text") throw new Complaint("type");
  return value;
}
export function numberAt(values: readonly TerraformValue[], index: number): TerraformNumber {
  const value = values[index];
  if (value?.kind !== "number") throw new Complaint("type");
  return value;
}
export function listAt(values: readonly TerraformValue[], index: number): TerraformList {
  const value = values[index];
  if (value?.kind !== "list") throw new Complaint("type");
  return value;
}

export function integerAt(values: readonly TerraformValue[], index: number): number {
  const value = integerOf(numberAt(values, index));
  if (value === undefined) throw new Complaint("range");
  return value;
}

export function withItems(list: TerraformList, items: readonly TerraformValue[], at: Place): TerraformList {
  const { sensitive: _sensitive, ...kept } = list;
  return { ...kept, items, at };
}

export function tuple(items: readonly TerraformValue[], at: Place): TerraformList {
  return { kind: "list", items, at };
}
export function listOfType(items: readonly TerraformValue[], element: Type, at: Place): TerraformList {
  return { kind: "list", items, collection: "list", element, at };
}
