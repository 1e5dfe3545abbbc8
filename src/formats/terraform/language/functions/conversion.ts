/** `tostring` and its kin, and marks. */

import { Complaint } from "../evaluate/complaint.ts";
import { conversionOf, convert } from "../evaluate/convert.ts";
import { derived } from "../evaluate/derive.ts";
import { ArgumentComplaint, type FunctionSpec, type Parameter } from "../evaluate/function-spec.ts";
import { goQuote } from "../evaluate/quote.ts";
import { ANY, BOOL, listOf, mapOf, NUMBER, STRING, sameType, setOf, type Type, typeName } from "../evaluate/types.ts";
import { booleanOf, hasMark, marked, type TerraformValue, typeOf } from "../evaluate/values.ts";

const anything: Omit<Parameter, "name"> = { type: ANY, nullable: true, known: "nothing", marks: "outer" };
const withoutMarks: Omit<Parameter, "name"> = { ...anything, marks: "none" };

function converter(type: Type): FunctionSpec {
  return {
    parameters: [{ name: "v", ...anything }],
    run: ([value], { at }) => {
      if (value === undefined) return { kind: "null", at };
      const from = typeOf(value);
      if (!sameType(from, type) && conversionOf(from, type, true) === undefined)
        throw new ArgumentComplaint(0, cannot(from, type));
      try {
        return convert(value, type);
      } catch (error) {
        if (error instanceof Complaint) throw new ArgumentComplaint(0, whyNot(value, type));
        throw error;
      }
    },
  };
}

function cannot(from: Type, type: Type): string {
  return `cannot convert ${typeName(from)} to ${typeName(type, true)}`;
}

/** A sensitive value is not quoted. Others are: a conversion fails on what is plainly no number or boolean. */
function whyNot(value: TerraformValue, type: Type): string {
  if (hasMark(value)) return `cannot convert this sensitive ${typeName(typeOf(value))} to ${typeName(type, true)}`;
  if (value.kind !== "text" || (type.is !== "bool" && type.is !== "number")) return cannot(typeOf(value), type);
  return type.is === "bool"
    ? `cannot convert ${goQuote(value.value)} to bool; only the strings "true" or "false" are allowed`
    : `cannot convert ${goQuote(value.value)} to number; given string must be a decimal representation of a number`;
}

export const conversionFunctions: Readonly<Record<string, FunctionSpec>> = {
  tostring: converter(STRING),
  tonumber: converter(NUMBER),
  tobool: converter(BOOL),
  tolist: converter(listOf(ANY)),
  toset: converter(setOf(ANY)),
  tomap: converter(mapOf(ANY)),
  sensitive: {
    parameters: [{ name: "value", ...anything }],
    run: ([value], { at }) =>
      marked(value ?? { kind: "null", at }, value?.sensitive ?? (value?.kind === "unknown" ? value.name : true)),
  },
  nonsensitive: {
    parameters: [{ name: "value", ...withoutMarks }],
    run: ([value], { at }) => {
      const { sensitive: _sensitive, ...plain } = value ?? { kind: "null" as const, at };
      return plain;
    },
  },
  issensitive: {
    parameters: [{ name: "value", ...withoutMarks }],
    run: ([value], { at }) => {
      if (value?.sensitive) return booleanOf(true, at);
      return value?.kind === "unknown" ? derived("issensitive", [value], at, BOOL) : booleanOf(false, at);
    },
  },
  ephemeralasnull: {
    parameters: [{ name: "value", ...anything }],
    run: ([value], { at }) => value ?? { kind: "null", at },
  },
};
