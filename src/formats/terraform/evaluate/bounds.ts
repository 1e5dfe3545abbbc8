/**
 * What an evaluation may cost. Real modules stay far below every limit; a file that is made to never end meets one in well under a
 * second, and the expression is unknown then, with the limit as its reason.
 */
import { Complaint } from "./complaint.ts";

/** Steps of one budget: an expression evaluated, an item produced or walked through. About 50 ns each. */
export const MAX_STEPS = 4_000_000;
/** Expressions within expressions, through references too. Each level takes a few hundred bytes of stack. */
export const MAX_DEPTH = 400;
/** UTF-16 units of one text. Job definitions and policies have at most some 100,000. */
export const MAX_TEXT = 1_048_576;
/** Values of which one list or object consists, at any depth. */
export const MAX_VALUES = 200_000;
/** Characters that all texts of one budget may have together; a step is paid for every so many characters. */
const CHARACTERS_A_STEP = 64;

/** Shared by everything that is evaluated together, such as one root module. */
export interface Budget {
  steps: number;
  depth: number;
}

export function createBudget(steps = MAX_STEPS): Budget {
  return { steps, depth: 0 };
}

/** @throws Complaint when the budget is used up. */
export function spend(budget: Budget, steps: number): void {
  budget.steps -= steps;
  if (budget.steps < 0) throw new Complaint("evaluating the module takes too many steps");
}

/** Pays for a text and says whether it may be that long. @throws Complaint */
export function spendText(budget: Budget, length: number): void {
  if (length > MAX_TEXT) throw new Complaint(`a text would be longer than ${MAX_TEXT.toLocaleString("en")} characters`);
  spend(budget, Math.ceil(length / CHARACTERS_A_STEP));
}

/** Pays for a list or object of so many values. @throws Complaint */
export function spendValues(budget: Budget, count: number): void {
  if (!(count <= MAX_VALUES))
    throw new Complaint(`a value would have more than ${MAX_VALUES.toLocaleString("en")} parts`);
  spend(budget, count);
}
