/** Every function of the language by its name. https://developer.hashicorp.com/terraform/language/functions */
import type { FunctionSpec } from "../evaluate/function-spec.ts";
import { cidrFunctions } from "./cidr.ts";
import { conversionFunctions } from "./conversion.ts";
import { encodingFunctions } from "./encoding.ts";
import { filesystemFunctions } from "./filesystem.ts";
import { formatFunctions } from "./format.ts";
import { hashFunctions } from "./hash.ts";
import { listPartFunctions } from "./list-parts.ts";
import { listFunctions } from "./lists.ts";
import { mapFunctions } from "./maps.ts";
import { notComputedFunctions } from "./not-computed.ts";
import { numericFunctions } from "./numeric.ts";
import { providerFunctions } from "./provider-aws.ts";
import { regexFunctions } from "./regex.ts";
import { setFunctions } from "./sets.ts";
import { stringFunctions } from "./string.ts";
import { templateFunctions } from "./template.ts";
import { yamlFunctions } from "./yaml.ts";

let functions: ReadonlyMap<string, FunctionSpec> | undefined;

function table(): ReadonlyMap<string, FunctionSpec> {
  functions ??= new Map(
    Object.entries({
      ...cidrFunctions,
      ...conversionFunctions,
      ...encodingFunctions,
      ...filesystemFunctions,
      ...formatFunctions,
      ...hashFunctions,
      ...listFunctions,
      ...listPartFunctions,
      ...mapFunctions,
      ...notComputedFunctions,
      ...numericFunctions,
      ...providerFunctions,
      ...regexFunctions,
      ...setFunctions,
      ...stringFunctions,
      ...templateFunctions,
      ...yamlFunctions,
    }),
  );
  return functions;
}

export function functionNamed(name: string): FunctionSpec | undefined {
  return table().get(name);
}

/** The names of all functions that are known here, `try` and `can` included. */
export function functionNames(): readonly string[] {
  return [...table().keys(), "try", "can"].sort();
}
