/**
 * What decides whether something is there that may not be: a resource with a count, a statement that one side of a
 * condition adds. What hangs on the same condition is there together.
 */
import type { Cause } from "./causes.ts";
import type { Choice, Chooser, Chosen } from "./choices.ts";

export interface Presence {
  /** What chooses, as in choices. */
  readonly by: string;
  /** Whether it is there, by the clauses of what chooses. */
  readonly sides: ReadonlyMap<string, boolean>;
}

/** By the cause that something may not be there, which is one of its own. */
const ofCauses = new WeakMap<Cause, Presence>();

/** By the insides of the holes of values that are one thing or nothing. */
const ofValues = new Map<string, Presence>();

let any = false;

export function startPresences(): void {
  ofValues.clear();
  any = false;
}

/** Whether anything in this run is there on one side only. */
export function anyPresences(): boolean {
  return any;
}

/** The cause that something may not be there, with what decides it. */
export function absence(cause: Cause, presence: Presence | undefined): Cause {
  if (presence === undefined) return cause;
  any = true;
  const own = { ...cause };
  ofCauses.set(own, presence);
  return own;
}

export function presenceBehind(cause: Cause | null): Presence | undefined {
  return cause === null ? undefined : ofCauses.get(cause);
}

/** The cause that something may not be there for either of two reasons: nothing decides both. */
export function eitherAbsence(one: Cause | null, other: Cause | null): Cause | null {
  if (one === null || other === null) return one ?? other;
  return isTogether(one, other) ? one : { ...one };
}

/** Whether two things that may not be there are there together. */
export function isTogether(one: Cause, other: Cause): boolean {
  const [a, b] = [ofCauses.get(one), ofCauses.get(other)];
  if (one === other) return true;
  return a?.by === b?.by && a !== undefined && [...a.sides].every(([clause, is]) => b?.sides.get(clause) === is);
}

/** Whether something is there on a side, undefined where what is chosen does not tell. */
export function isThere(cause: Cause | null, chosen: Chosen): boolean | undefined {
  const presence = presenceBehind(cause);
  const clause = presence && chosen.get(presence.by);
  return clause === undefined ? undefined : presence?.sides.get(clause);
}

/** Notes that a value is there on some sides and not on others. */
export function notePresence(inside: string, presence: Presence): void {
  ofValues.set(inside, presence);
}

export function presenceOf(inside: string): Presence | undefined {
  return ofValues.get(inside);
}

/** There with some clauses of a chooser. */
export function withClauses({ by, clauses }: Chooser, isThere: readonly boolean[]): Presence {
  return { by, sides: new Map(clauses.map((clause, index) => [clause, isThere[index] === true])) };
}

/** There where a choice is one of those texts. */
export function whereChosen({ by, sides }: Choice, isThere: (text: string) => boolean): Presence {
  return { by, sides: new Map([...sides].map(([clause, text]) => [clause, isThere(text)])) };
}
