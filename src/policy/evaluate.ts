/** Judges a case: the one input of one evaluation, since nothing is freed inside an evaluation (DESIGN §4). */

import type { Judgement } from "../facts/schema/judgement.ts";
import type { Case } from "../facts/schema.ts";

/** A loaded policy, which answers JSON with JSON. It throws strings and objects too. */
export interface Policy {
  readonly evaluate: (json: string) => string;
}

/** Judges one case. Throws a sentence that names the subject when the policy fails. */
export type Evaluate = (input: Case) => Judgement;

/** What a policy answers about one case as JSON, or why it does not. */
export type Answer = { readonly json: string } | { readonly failure: string };

/** Makes a loaded policy judge cases. Its entrypoint answers with a `Judgement`. */
export function evaluator(policy: Policy): Evaluate {
  return (input) => judgementOf(input, answerOf(policy, jsonOf(input)));
}

/** What a policy answers about a case that is written as JSON. */
export function answerOf({ evaluate }: Policy, json: string): Answer {
  try {
    return { json: evaluate(json) };
  } catch (error) {
    return { failure: said(error) };
  }
}

/** What a policy says of a case. Throws a sentence that names the subject when it failed on it. */
export function judgementOf({ subject }: Case, answer: Answer): Judgement {
  const why = (failure: string) =>
    new Error(`the policy failed on the ${subject.kind.replaceAll("_", " ")} ${subject.id}: ${failure}`);
  if ("failure" in answer) throw why(answer.failure);
  const [first]: readonly { readonly result: Judgement }[] = JSON.parse(answer.json);
  if (first === undefined) throw why("it gave no answer");
  return first.result;
}

/** A lone surrogate, which `JSON.stringify` writes as an escape, or any other escape. */
const ESCAPE = /\\(?:u(d[89a-f][0-9a-f]{2})|.)/g;

/** A case as JSON. The engine refuses lone surrogates, which a file may hold: each becomes `�`. */
export function jsonOf(input: Case): string {
  const json = JSON.stringify(input);
  if (!json.includes("\\ud")) return json;
  return json.replace(ESCAPE, (all, lone) => (lone === undefined ? all : "\u{fffd}"));
}

/** Why a policy failed, whatever it threw. */
export function said(error: unknown): string {
  if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  return String(error);
}
