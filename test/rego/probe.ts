/** The libraries of the policies, compiled to WebAssembly with entrypoints of their own, as the program runs them. */
import * as sdk from "@open-policy-agent/opa-wasm";
import { compile, POLICIES, regoFiles } from "../../tools/policy.ts";

interface Probe {
  readonly evaluate: (input: unknown, entrypoint: string) => readonly { readonly result: unknown }[];
}

const { loadPolicySync } = (sdk as unknown as { default: { loadPolicySync: (wasm: Uint8Array) => Probe } }).default;

const ENTRYPOINTS = ["matches", "arns", "decisions"] as const;

/**
 * Compiles the libraries with test/rego/probe.rego. Returns a function that asks one of its entrypoints about a list.
 */
export function probe(): (entrypoint: (typeof ENTRYPOINTS)[number], questions: readonly unknown[]) => unknown[] {
  const files = [...regoFiles(`${POLICIES}/lib`), "test/rego/probe.rego"];
  const entrypoints = ENTRYPOINTS.map((name) => `probe/${name}`);
  const policy = loadPolicySync(compile(files, entrypoints));
  return (entrypoint, questions) => {
    const result = policy.evaluate(questions, `probe/${entrypoint}`)[0]?.result;
    if (!Array.isArray(result) || result.length !== questions.length) throw new Error(`no answer from ${entrypoint}`);
    return result;
  };
}
