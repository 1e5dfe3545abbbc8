/** Judges a case: the one input of one evaluation, since nothing is freed inside an evaluation (DESIGN §4). */
import type { Case, Judgement } from "../facts/schema.ts";

/** A loaded policy, which judges JSON. It throws strings and objects too. */
export interface Policy {
  readonly evaluate: (json: string) => unknown;
}

/** Judges one case. Throws a sentence that names the subject when the policy fails. */
export type Evaluate = (input: Case) => Judgement;

/** Makes a loaded policy judge cases. Its entrypoint answers with a `Judgement`. */
export function evaluator(policy: Policy): Evaluate {
  return (input) => {
    const [answer] = run(policy, input);
    if (answer === undefined) throw new Error(failed(input, "it gave no answer"));
    return answer.result;
  };
}

function run(policy: Policy, input: Case): readonly { readonly result: Judgement }[] {
  try {
    return policy.evaluate(jsonOf(input)) as readonly { readonly result: Judgement }[];
  } catch (error) {
    throw new Error(failed(input, said(error)), { cause: error });
  }
}

/** A lone surrogate, which `JSON.stringify` writes as an escape, or any other escape. */
const ESCAPE = /\\(?:u(d[89a-f][0-9a-f]{2})|.)/g;

/** A case as JSON. The engine refuses lone surrogates, which a file may hold: each becomes `�`. */
export function jsonOf(input: Case): string {
  const json = JSON.stringify(input);
  if (!json.includes("\\ud")) return json;
  return json.replace(ESCAPE, (all, lone) => (lone === undefined ? all : "\u{fffd}"));
}

function failed({ subject }: Case, why: string): string {
  return `the policy failed on the ${subject.kind.replaceAll("_", " ")} ${subject.id}: ${why}`;
}

function said(error: unknown): string {
  if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  return String(error);
}
