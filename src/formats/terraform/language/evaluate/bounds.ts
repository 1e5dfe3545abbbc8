/**
 * Limits of an evaluation. Real modules stay far below all of them. A file that is made to run forever reaches one in
 * well under a second; the expression is unknown then, with the limit as its reason.
 */
import { Complaint } from "./complaint.ts";
import { depthOf, type TerraformValue, weightOf } from "./values.ts";

/**
 * Steps of one budget: an expression evaluated, an item produced or visited. Each costs half a microsecond at most. The
 * largest real modules need 20,000; a module with 500 job definitions needs 300,000.
 */
export const MAX_STEPS = 1_000_000;
/** Expressions within expressions, through references too. Each level takes a few hundred bytes of stack. */
export const MAX_DEPTH = 400;
/** UTF-16 units of one string. Job definitions and policies have at most some 100,000. */
export const MAX_TEXT = 1_048_576;
/** Values in one list or object, at any depth. */
export const MAX_VALUES = 200_000;
/** Nesting of lists and objects: visiting a value needs a stack of so many levels. */
const MAX_VALUE_DEPTH = 200;
/** One step pays for so many characters of new strings. */
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

/** Pays for a string. @throws Complaint when it is too long or the budget is used up */
export function spendText(budget: Budget, length: number): void {
  if (length > MAX_TEXT) throw tooLarge();
  spend(budget, Math.ceil(length / CHARACTERS_A_STEP));
}

/** Pays for a new list or object whose parts are paid for. @throws Complaint when it is too large or costs too much */
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
