/**
 * What a run can afford. What is written out pays for itself by its length. What is short and means a lot, such as a
 * loop in a loop or a module in a module, takes the rest from a purse that the whole run shares: many small files then
 * cost no more than one.
 */

/** What is left for the whole run. */
export interface Purse {
  left: number;
}

/** What one thing may cost: a part of its own, and what it needs besides from the purse. Below zero it is used up. */
export interface Allowance {
  own: number;
  readonly purse: Purse;
}

/** The purses of a run. */
export interface Purses {
  /** Steps of evaluating templates and modules: a microsecond or a few each. */
  readonly steps: Purse;
  /** Instances of resources and modules that are repeated. */
  readonly instances: Purse;
}

/** No run that people have needs a tenth of it. */
export function newPurses(): Purses {
  return { steps: { left: 1_000_000 }, instances: { left: 20_000 } };
}

/** Pays from an allowance, then from its purse. Whether there was enough: if not, nothing is taken from the purse. */
export function pay(allowance: Allowance, amount: number): boolean {
  const { purse } = allowance;
  allowance.own -= amount;
  if (allowance.own >= 0) return true;
  if (purse.left + allowance.own < 0) return false;
  purse.left += allowance.own;
  allowance.own = 0;
  return true;
}
