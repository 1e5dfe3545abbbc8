/** Every function of the language by its name. https://developer.hashicorp.com/terraform/language/functions */
import type { FunctionSpec } from "../evaluate/calls.ts";
import { conversionFunctions } from "./conversion.ts";

const functions: ReadonlyMap<string, FunctionSpec> = new Map(Object.entries({ ...conversionFunctions }));

export function functionNamed(name: string): FunctionSpec | undefined {
  return functions.get(name);
}

/** The names of all functions that are known here, `try` and `can` included. */
export function functionNames(): readonly string[] {
  return [...functions.keys(), "try", "can"].sort();
}
