/**
 * What an evaluation may cost. Real modules stay far below every limit; a file that is made to never end meets one in well under a
 * second, and the expression is unknown then, with the limit as its reason.
 */
import { Complaint } from "./complaint.ts";
import { depthOf, type TerraformValue, weightOf } from "./values.ts";

/**
 * Steps of one budget: an expression evaluated, an item produced or walked through. Half a microsecond each at most. The largest
 * real modules take 20,000; one of 500 job definitions takes 300,000.
 */
export const MAX_STEPS = 1_000_000;
/** Expressions within expressions, through references too. Each level takes a few hundred bytes of stack. */
export const MAX_DEPTH = 400;
/** UTF-16 units of one text. Job definitions and policies have at most some 100,000. */
export const MAX_TEXT = 1_048_576;
/** Values of which one list or object consists, at any depth. */
export const MAX_VALUES = 200_000;
/** Lists and objects within each other. Walking through a value takes the stack of so many levels. */
export const MAX_VALUE_DEPTH = 200;
/** Characters that all texts of one budget may have together; a step is paid for every so many characters. */
const CHARACTERS_A_STEP = 64;

/** Shared by everything that is evaluated together, such as one root module. */
export interface Budget {
  steps: number;
  depth: number;
  /** How often something was refused, also when it is not noted any more. */
  faults: number;
}

export function createBudget(steps = MAX_STEPS): Budget {
  return { steps, depth: 0, faults: 0 };
}

/** @throws Complaint when the budget is used up. */
export function spend(budget: Budget, steps: number): void {
  budget.steps -= steps;
  if (budget.steps < 0) throw new Complaint("limit", "evaluating the module takes too many steps");
}

/** Pays for a text and says whether it may be that long. @throws Complaint */
export function spendText(budget: Budget, length: number): void {
  if (length > MAX_TEXT) throw tooLarge();
  spend(budget, Math.ceil(length / CHARACTERS_A_STEP));
}

/** Pays for a new list or object, whose parts have been paid for, and says whether it may be that large. @throws Complaint */
export function spendValue<T extends TerraformValue>(budget: Budget, value: T): T {
  const own = value.kind === "list" ? value.items.length : value.kind === "object" ? value.entries.length : 0;
  spend(budget, own);
  if (weightOf(value) > MAX_VALUES || depthOf(value) > MAX_VALUE_DEPTH) throw tooLarge();
  return value;
}

function tooLarge(): Complaint {
  return new Complaint("limit", "a value would be too large");
}

/** Pays for so many values before they are made. @throws Complaint */
export function spendValues(budget: Budget, count: number): void {
  if (!(count <= MAX_VALUES)) throw tooLarge();
  spend(budget, count);
}
