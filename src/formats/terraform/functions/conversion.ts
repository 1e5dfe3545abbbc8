/** `tostring` and its kin, and JSON. */
import type { FunctionSpec, Parameter } from "../evaluate/calls.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { ANY, BOOL, listOf, mapOf, NUMBER, STRING, setOf, type Type, typeName } from "../evaluate/types.ts";
import { typeOf } from "../evaluate/values.ts";

const value: Parameter = { name: "v", type: ANY, nullable: true, known: "nothing", keepsMarks: true };

function converter(type: Type): FunctionSpec {
  return {
    parameters: [value],
    returns: type,
    run: ([given], { at }) => {
      if (given === undefined) return { kind: "null", at };
      try {
        return convert(given, type);
      } catch (error) {
        if (!(error instanceof Complaint)) throw error;
        throw new Complaint(`cannot convert ${typeName(typeOf(given))} to ${typeName(type)}`);
      }
    },
  };
}

export const conversionFunctions: Readonly<Record<string, FunctionSpec>> = {
  tostring: converter(STRING),
  tonumber: converter(NUMBER),
  tobool: converter(BOOL),
  tolist: converter(listOf(ANY)),
  toset: converter(setOf(ANY)),
  tomap: converter(mapOf(ANY)),
};
