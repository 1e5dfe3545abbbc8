/** Judges cases in several threads at once, for runs of many: no case knows of another. */
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Judgement } from "../../facts/schema/judgement.ts";
import type { Case } from "../../facts/schema.ts";
import { threadFile } from "../built.ts";
import { answerOf, jsonOf, judgementOf, type Policy } from "../evaluate.ts";
import type { Answers } from "./worker.ts";

/** More threads wait for the one that builds the cases. */
const MOST_THREADS = 4;
/**
 * So many cases go to a thread at once, since each message has its price, and so many batches wait for each thread. When
 * no thread takes more, the one that builds the cases judges a batch itself.
 */
const BATCH = 16;
const WAITING = 2;
/** The young objects of a thread, in MB: cases and answers go as soon as they are there. */
const YOUNG = 2;

export interface Pool {
  /**
   * Gives each case with what the policy says of it to `take`, in the order of the cases. Rejects with a sentence when
   * the policy fails on one, or a thread ends.
   */
  readonly judge: <B extends { readonly input: Case }>(
    cases: Iterable<B>,
    take: (built: B, judgement: Judgement) => void,
  ) => Promise<void>;
  readonly end: () => Promise<void>;
}

/**
 * The threads that this machine has beside the one that builds the cases, which judges with `policy`; undefined for none.
 */
export function openPoolHere(policy: Policy): Pool | undefined {
  const threads = Math.min(availableParallelism() - 1, MOST_THREADS);
  return threads > 0 ? openPool(threads, policy) : undefined;
}

export function openPool(threads: number, policy: Policy, program?: string): Pool {
  const all = Array.from({ length: threads }, () => openThread(program));
  const ask = (cases: readonly string[]): Answers | Promise<Answers> => {
    const free = leastBusy(all);
    return free.open() < WAITING ? free.ask(cases) : cases.map((json) => answerOf(policy, json));
  };
  return {
    judge: async (cases, take) => {
      const waiting: (() => Promise<void>)[] = [];
      const oldest = async () => waiting.shift()?.();
      for (const batch of batchesOf(cases)) {
        const answers = ask(batch.map(({ input }) => jsonOf(input)));
        waiting.push(async () => {
          const given = await answers;
          batch.forEach((one, index) => {
            take(one, judgementOf(one.input, given[index] ?? { failure: "it gave no answer" }));
          });
        });
        if (waiting.length > threads * WAITING) await oldest();
        // The answers of threads come in only here.
        await setImmediate();
      }
      while (waiting.length > 0) await oldest();
    },
    end: async () => {
      await Promise.all(all.map(({ end }) => end()));
    },
  };
}

function* batchesOf<T>(all: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const one of all) {
    batch.push(one);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

interface Thread {
  /** The answers about cases that are written as JSON. */
  readonly ask: (cases: readonly string[]) => Promise<Answers>;
  /** How many questions have no answer yet. */
  readonly open: () => number;
  readonly end: () => Promise<unknown>;
}

function leastBusy(threads: readonly Thread[]): Thread {
  return threads.reduce((least, one) => (one.open() < least.open() ? one : least));
}

function openThread(program = threadFile("judge-worker.js", "pool/worker.ts")): Thread {
  const worker = new Worker(program, {
    env: {},
    argv: [],
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
  });
  const open: { readonly resolve: (answers: Answers) => void; readonly reject: (error: Error) => void }[] = [];
  let failure: Error | undefined;
  const fail = (why: string): void => {
    failure ??= new Error(`the policy failed: a thread ended: ${why}`);
    for (const one of open.splice(0)) one.reject(failure);
  };
  worker.on("message", (answers: Answers) => open.shift()?.resolve(answers));
  worker.on("error", (error) => fail(error instanceof Error ? error.message : String(error)));
  worker.on("exit", (code) => fail(`exit code ${code}`));
  return {
    ask: (cases) => {
      const answers = new Promise<Answers>((resolve, reject) => {
        if (failure) reject(failure);
        else open.push({ resolve, reject });
      });
      // Whoever waits for an earlier answer hears of a failure later.
      answers.catch(() => {});
      worker.postMessage(cases);
      return answers;
    },
    open: () => open.length,
    end: () => worker.terminate(),
  };
}
