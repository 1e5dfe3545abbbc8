/**
 * Runs one bundle in a thread of its own. It gets strings and answers with strings; it has no environment, and the
 * module has no functions but those that compute.
 */
import { type MessagePort, workerData } from "node:worker_threads";
import * as sdk from "@open-policy-agent/opa-wasm";
import { said } from "../evaluate.ts";

/** What the thread is started with. */
export interface Given {
  readonly wasm: Uint8Array;
  readonly data: string;
  /** Pages of memory that the module may have. */
  readonly pages: number;
  readonly port: MessagePort;
  /** Becomes 1 with each answer. */
  readonly signal: Int32Array;
}

/** A question: the entrypoint, and the input as JSON; null for none. */
export interface Question {
  readonly entrypoint: string;
  readonly input: string | null;
}

/** The result as JSON, undefined when there is none; or why there is no answer. */
export type Answer = { readonly result: string | undefined } | { readonly failure: string };

interface LoadedPolicy {
  readonly mem: { readonly buffer: ArrayBuffer };
  readonly wasmInstance: {
    readonly exports: { readonly builtins: () => number; readonly opa_json_dump: (at: number) => number };
  };
  readonly entrypoints: Readonly<Record<string, number>>;
  readonly setData: (data: ArrayBuffer) => void;
  readonly evaluate: (input: ArrayBuffer | undefined, entrypoint: string) => readonly { readonly result: unknown }[];
}

/** See `load.ts` for why it is the default export. */
const { loadPolicySync } = (
  sdk as unknown as {
    default: { loadPolicySync: (wasm: Uint8Array, memory: { initial: number; maximum: number }) => LoadedPolicy };
  }
).default;

/** The functions that the SDK supplies, besides those that modules bring with them; those for YAML are left out. */
const SUPPLIED: ReadonlySet<string> = new Set(["json.is_valid", "sprintf", "regex.split"]);

const { wasm, data, pages, port, signal }: Given = workerData;
let loaded: LoadedPolicy | undefined;

port.on("message", ({ entrypoint, input }: Question) => {
  port.postMessage(answer(entrypoint, input));
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});

function answer(entrypoint: string, input: string | null): Answer {
  try {
    loaded ??= load();
    if (!Object.hasOwn(loaded.entrypoints, entrypoint))
      return { failure: `it has no entrypoint ${entrypoint}: build it with \`--entrypoint ${entrypoint}\`` };
    const [first] = loaded.evaluate(input === null ? undefined : bufferOf(input), entrypoint);
    return { result: first && JSON.stringify(first.result) };
  } catch (error) {
    return { failure: said(error) };
  }
}

function load(): LoadedPolicy {
  const policy = loadPolicySync(wasm, { initial: 5, maximum: pages });
  const unknown = builtinsOf(policy).filter((name) => !SUPPLIED.has(name));
  if (unknown.length > 0) throw new Error(`it needs ${unknown.join(", ")}, which policies can't use here`);
  policy.setData(bufferOf(data));
  return policy;
}

/** The names of the functions that a module needs from outside. */
function builtinsOf({ mem, wasmInstance: { exports } }: LoadedPolicy): readonly string[] {
  const bytes = new Uint8Array(mem.buffer, exports.opa_json_dump(exports.builtins()));
  return Object.keys(JSON.parse(new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)))));
}

function bufferOf(text: string): ArrayBuffer {
  const bytes = new TextEncoder().encode(text);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
