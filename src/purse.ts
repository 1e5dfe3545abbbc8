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
export interface Purses extends ReadingPurses {
  /** Steps of evaluating templates and modules: a microsecond or a few each. */
  readonly steps: Purse;
  /** Instances of resources and modules that are repeated. */
  readonly instances: Purse;
  /** Characters of scripts that call AWS, and what their values take beyond those: a microsecond each. */
  readonly scripts: Purse;
}

/** What reading documents takes, before anything is made of them. */
export interface ReadingPurses {
  /** Values of JSON and YAML, those of aliases counted each time: some 200 bytes each. */
  readonly values: Purse;
  /** Names, signs and blanks of YAML beyond one for three characters: a microsecond or two each. */
  readonly pieces: Purse;
}

/** Ten thousand jobs in 57 MB of templates have two million values; of the rest no run that people have needs a tenth. */
export function newPurses(): Purses {
  return {
    ...newReadingPurses(),
    steps: { left: 1_000_000 },
    instances: { left: 20_000 },
    scripts: { left: 2_000_000 },
  };
}

export function newReadingPurses(): ReadingPurses {
  return { values: { left: 2_500_000 }, pieces: { left: 2_000_000 } };
}

/** What is left for evidence, whose values are all held at once. Those of 15,000 roles are fewer. */
export function purseOfEvidence({ values, pieces }: ReadingPurses): ReadingPurses {
  return { values: { left: Math.min(values.left, 1_000_000) }, pieces };
}

/** Whether something could not be paid: nothing more can. */
export function isSpent({ own }: Allowance): boolean {
  return own < 0;
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
