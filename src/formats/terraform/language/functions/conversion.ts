import { convert } from "../evaluate/convert.ts";
import type { FunctionSpec, Parameter } from "../evaluate/function-spec.ts";
import { ANY, BOOL, listOf, mapOf, NUMBER, STRING, setOf, type Type } from "../evaluate/types.ts";
import { marked, type TerraformValue } from "../evaluate/values.ts";
import { anything } from "./arguments.ts";

const marks = (kept: "outer" | "none"): Parameter => ({ ...anything, marks: kept });

function converter(type: Type): FunctionSpec {
  return { parameters: [marks("outer")], run: ([value], { at }) => convert(value ?? { kind: "null", at }, type) };
}

function sensitive(value: TerraformValue): TerraformValue {
  return marked(value, value.sensitive ?? (value.kind === "unknown" ? value.name : true));
}

function nonsensitive({ sensitive: _sensitive, ...plain }: TerraformValue): TerraformValue {
  return plain;
}

export const conversionFunctions: Readonly<Record<string, FunctionSpec>> = {
  tostring: converter(STRING),
  tonumber: converter(NUMBER),
  tobool: converter(BOOL),
  tolist: converter(listOf(ANY)),
  toset: converter(setOf(ANY)),
  tomap: converter(mapOf(ANY)),
  sensitive: { parameters: [marks("outer")], run: ([value], { at }) => sensitive(value ?? { kind: "null", at }) },
  nonsensitive: { parameters: [marks("none")], run: ([value], { at }) => nonsensitive(value ?? { kind: "null", at }) },
};
