/** What functions share: parameters and the values of arguments. */

import type { Place } from "../../../../source.ts";
import { integerOf } from "../evaluate/arithmetic.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { ArgumentComplaint, type Parameter } from "../evaluate/function-spec.ts";
import { ANY, NUMBER, STRING, type Type } from "../evaluate/types.ts";
import type {
  TerraformList,
  TerraformNumber,
  TerraformObject,
  TerraformText,
  TerraformValue,
} from "../evaluate/values.ts";

export function parameter(name: string, type: Type, options: Omit<Parameter, "name" | "type"> = {}): Parameter {
  return { name, type, ...options };
}
/** A string that must be known in full. */
export function text(name: string): Parameter {
  return parameter(name, STRING);
}
export function number(name: string): Parameter {
  return parameter(name, NUMBER);
}
/** Anything whose own kind must be known, while what is in it need not be. */
export function outside(name: string): Parameter {
  return parameter(name, ANY, { known: "outside", marks: "outer" });
}

/** The arguments have been converted to their parameters' types already; this only tells the compiler. */
export function textAt(values: readonly TerraformValue[], index: number): TerraformText {
  const value = values[index];
  if (value?.kind !== "text") throw new ArgumentComplaint(index, "string required");
  return value;
}
export function numberAt(values: readonly TerraformValue[], index: number): TerraformNumber {
  const value = values[index];
  if (value?.kind !== "number") throw new ArgumentComplaint(index, "number required");
  return value;
}
export function listAt(values: readonly TerraformValue[], index: number): TerraformList {
  const value = values[index];
  if (value?.kind !== "list") throw new ArgumentComplaint(index, "list required");
  return value;
}
export function objectAt(values: readonly TerraformValue[], index: number): TerraformObject {
  const value = values[index];
  if (value?.kind !== "object") throw new ArgumentComplaint(index, "map required");
  return value;
}

const NOT_WHOLE = "value must be a whole number, between -9223372036854775808 and 9223372036854775807";

/** A whole number. @throws Complaint, of that argument alone when `own` */
export function integerAt(values: readonly TerraformValue[], index: number, own = false): number {
  const value = integerOf(numberAt(values, index));
  if (value === undefined) throw own ? new ArgumentComplaint(index, NOT_WHOLE) : new Complaint(NOT_WHOLE);
  return value;
}

/** A list with other items. */
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
