/**
 * Limits of an evaluation. Real modules stay far below all of them. A file that is made to run forever reaches one in
 * well under a second; the expression is unknown then, with the limit as its reason, and the budget notes where.
 */
import { type Allowance, type Purse, pay } from "../../../../purse.ts";
import { Complaint } from "./complaint.ts";
import type { Fault } from "./context.ts";
import { depthOf, type TerraformValue, weightOf } from "./values.ts";

/**
 * Steps: an expression evaluated, an item produced or visited. The largest real modules need 20,000; a module with 500
 * job definitions, of a million characters, needs 300,000. So a module has two for each of its characters, and takes
 * what it needs besides from the run's purse.
 */
const STEPS_A_CHARACTER = 2;
/** The steps of what has no purse. */
const MOST_STEPS = 1_000_000;
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
export interface Budget extends Allowance {
  depth: number;
  /** How often something was refused, also when it is not noted any more. */
  faults: number;
  /** The first expression that reached a limit, also one that was only tried. */
  beyond: Fault | undefined;
}

export function createBudget(own = MOST_STEPS, purse: Purse = { left: 0 }): Budget {
  return { own, purse, depth: 0, faults: 0, beyond: undefined };
}

/** The budget of a root module of so many characters. */
export function budgetOf(characters: number, purse: Purse): Budget {
  return createBudget(STEPS_A_CHARACTER * characters, purse);
}

/** @throws Complaint when the budget is used up. */
export function spend(budget: Budget, steps: number): void {
  if (!pay(budget, steps)) throw new Complaint("limit", "evaluating the module takes too many steps");
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
