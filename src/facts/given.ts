/** What units are given by others: in a string that surely comes from another unit, a name is the one of that unit. */
import type { Unit } from "./unit.ts";

/** Whether a string of a unit comes from another one that declares what it names. */
export type IsGiven = (unit: string, text: string, owner: string) => boolean;

/** How many units may hand on a string in a row; real ones are two or three. */
const MAX_CHAIN = 20;

export function givenIn(units: readonly Pick<Unit, "id" | "givenBy">[]): IsGiven {
  const givers = new Map(units.flatMap(({ id, givenBy }) => (givenBy ? [[id, givenBy] as const] : [])));
  if (givers.size === 0) return () => false;
  return (unit, text, owner) => {
    let at: string | undefined = unit;
    for (let step = 0; step < MAX_CHAIN && at !== undefined; step++) {
      at = givers.get(at)?.(text);
      if (at === owner) return true;
    }
    return false;
  };
}
