import { readFileSync } from "node:fs";
import * as sdk from "@open-policy-agent/opa-wasm";
import { builtFile } from "./built.ts";
import { type Evaluate, evaluator, type Policy } from "./evaluate.ts";

/** A compiled module. Node's types have no `WebAssembly`. */
type CompiledWasm = object;
declare const WebAssembly: { readonly compile: (wasm: Uint8Array) => Promise<CompiledWasm> };

/**
 * `loadPolicySync` of the SDK is in its default export only, and its types lag behind. The asynchronous `loadPolicy`
 * asks for the global `Response`, and that loads all of Node's fetch: 20 ms.
 */
const { loadPolicySync } = (sdk as unknown as { default: { loadPolicySync: (wasm: CompiledWasm) => Policy } }).default;

/**
 * Loads `policy.wasm` (found beside the program, or the one at `path`) once, to judge any number of cases. It is
 * compiled in the background meanwhile. Rejects with a sentence when the file is missing or is no compiled policy.
 */
export async function loadPolicy(path: string = builtFile("policy.wasm")): Promise<Evaluate> {
  try {
    return evaluator(loadPolicySync(await WebAssembly.compile(readFileSync(path))));
  } catch (error) {
    throw new Error(`the policy ${path} can't be loaded: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}
