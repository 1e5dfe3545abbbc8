/** `yamldecode` and `yamlencode`. */
import type { FunctionSpec } from "../evaluate/calls.ts";
export const yamlFunctions: Readonly<Record<string, FunctionSpec>> = {};
