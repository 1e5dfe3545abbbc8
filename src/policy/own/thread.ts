/** Asks a bundle that runs in a thread of its own, and waits for the answer, for as long as it may take. */
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { threadFile } from "../built.ts";
import type { OwnBundle } from "./bundle.ts";
import type { Answer, Given, Question } from "./worker.ts";

/** What a bundle may use. Times are in milliseconds. */
export interface Limits {
  /** For one case. */
  readonly time: number;
  /** For all cases of a run. */
  readonly total: number;
  /** For the module, in MB. */
  readonly memory: number;
}

export const limits: Limits = { time: 5_000, total: 60_000, memory: 256 };

/** How long the thread itself may take to start on a busy machine, besides. */
const START = 20_000;
/** The heap of the thread, in MB: it holds a case and an answer. */
const HEAP = 128;
const PAGES_A_MEGABYTE = 16;

export interface Thread {
  /** The result of an entrypoint, undefined when there is none. Throws a sentence. */
  readonly ask: (entrypoint: string, input: string | null) => unknown;
  readonly end: () => void;
}

export function openThread({ path, wasm, data }: OwnBundle, { time, total, memory }: Limits = limits): Thread {
  const { port1: port, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const workerData: Given = { wasm, data, pages: memory * PAGES_A_MEGABYTE, port: port2, signal };
  const worker = new Worker(threadFile("policy-worker.js", "own/worker.ts"), {
    workerData,
    transferList: [port2],
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    // What it prints is kept from the report.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP, maxYoungGenerationSizeMb: HEAP / 4, stackSizeMb: 4 },
  });
  worker.unref();
  worker.on("error", () => {});
  let left = total;
  let isFirst = true;
  const end = () => {
    port.close();
    void worker.terminate();
  };
  const fail = (why: string): never => {
    end();
    throw new Error(`the policy ${path} failed: ${why}`);
  };
  return {
    end,
    ask: (entrypoint, input) => {
      const started = Date.now();
      const allowed = Math.min(time, left);
      port.postMessage({ entrypoint, input } satisfies Question);
      const waited = Atomics.wait(signal, 0, 0, isFirst ? START + allowed : allowed);
      Atomics.store(signal, 0, 0);
      if (waited === "timed-out")
        return fail(
          allowed < time
            ? `all cases took more than ${total / 1000} seconds`
            : `it gave no answer within ${time / 1000} seconds, with ${memory} MB of memory`,
        );
      if (!isFirst) left -= Date.now() - started;
      isFirst = false;
      const answer: Answer | undefined = receiveMessageOnPort(port)?.message;
      if (answer === undefined) return fail("it gave no answer");
      if ("failure" in answer) return fail(answer.failure);
      return answer.result === undefined ? undefined : JSON.parse(answer.result);
    },
  };
}
