/** Judges a case: the one input of one evaluation, since nothing is freed inside an evaluation (DESIGN §4). */
import type { Case, Judgement } from "../facts/schema.ts";

/** A loaded policy. What it throws is a string, an object with a message, or an error of WebAssembly. */
export interface Policy {
  readonly evaluate: (input: unknown) => unknown;
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
    return policy.evaluate(input) as readonly { readonly result: Judgement }[];
  } catch (error) {
    throw new Error(failed(input, said(error)), { cause: error });
  }
}

function failed({ subject }: Case, why: string): string {
  return `the policy failed on the ${subject.kind.replaceAll("_", " ")} ${subject.id}: ${why}`;
}

/** The words of whatever was thrown. */
function said(error: unknown): string {
  if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  return String(error);
}
