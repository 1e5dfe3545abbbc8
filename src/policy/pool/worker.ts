/** Judges cases in a thread of its own: texts in, texts out. */
import { parentPort } from "node:worker_threads";
import { type Answer, answerOf } from "../evaluate.ts";
import { openPolicy } from "../load.ts";

/** The answers about some cases, in their order. */
export type Answers = readonly Answer[];

const policy = await openPolicy();

parentPort?.on("message", (cases: readonly string[]) => {
  parentPort?.postMessage(cases.map((json) => answerOf(policy, json)) satisfies Answers);
});
