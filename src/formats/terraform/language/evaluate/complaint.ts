import type { Cause } from "../../../../facts/causes.ts";

/** Why an expression is refused, in the words that people read. */
const REASONS = {
  type: "a value has the wrong type",
  null: "a value is null",
  range: "a number is out of range",
  argument: "an argument is not valid",
  missing: "it uses something that does not exist",
  limit: "it would take too much time or memory",
} as const;

export type Reason = keyof typeof REASONS;

/**
 * Terraform would refuse the expression. Thrown anywhere in the evaluator and caught where the expression is evaluated,
 * whose value is unknown then. It never leaves `evaluate`.
 */
export class Complaint extends Error {
  /** What is missing, when that says more to people than that the expression is refused. */
  readonly missing: Cause | undefined;
  /** Whether Terraform may well accept it, and only this evaluation has no room for it. */
  readonly isLimit: boolean;
  /** @param words more precise than those of the reason */
  constructor(reason: Reason, words: string = REASONS[reason], missing?: Cause) {
    super(words);
    this.missing = missing;
    this.isLimit = reason === "limit";
  }
}
