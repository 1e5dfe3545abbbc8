/** Whose a statement is: what is written beside it, several roles get that have it. */
import type { Role } from "../facts/roles.ts";
import { inModule } from "../facts/writing.ts";
import type { Place } from "../source.ts";

export type Owner = Pick<Role, "unit" | "address" | "name"> & { readonly at: Place };

/** Whether code that is written at a place, beside a statement or for a role, is for one role alone: any, if undefined. */
export type IsAlone = (owner: Owner | undefined, place: Place, code: string) => boolean;

/**
 * Opens the question for the roles of a run, which are looked through when it is first asked. Copies of one role, as two
 * calls of a module have them, each get their own by a name, and all the same by an ARN. A role is the same in each
 * deployment of its unit, and one that another unit looks up by its name is that of the name.
 */
export function openAlone(roles: readonly Role[], writtenUnit: (unit: string) => string): IsAlone {
  let known: ReadonlyMap<string, readonly Role[]> | undefined;
  return (given, place, code) => {
    known ??= byPlace(roles);
    const all = known.get(keyOf(place)) ?? [];
    const owner = given ?? all[0];
    if (!owner) return true;
    const own = inModule(owner.address);
    const isSame = (other: Owner) =>
      (writtenUnit(other.unit) === writtenUnit(owner.unit) && other.address === owner.address) ||
      (other.unit !== owner.unit && other.name !== null && other.name.value === owner.name?.value);
    // A policy for `role["key"]` names that key alone.
    const isNamed = keyOf(place) === keyOf(owner.at) && owner.address.endsWith("]");
    const others = all.filter((other) => !isSame(other) && !(isNamed && inModule(other.address) !== own));
    const isCopy = (other: Owner) => keyOf(other.at) === keyOf(owner.at) && inModule(other.address) === own;
    return all.length <= MOST_COMPARED && (others.length === 0 || (others.every(isCopy) && !/\barn:/.test(code)));
  };
}

/** So that a statement of very many roles costs no more than others. */
const MOST_COMPARED = 100;

function byPlace(roles: readonly Role[]): ReadonlyMap<string, readonly Role[]> {
  const result = new Map<string, Role[]>();
  for (const role of roles) {
    const surely = [...role.statements, ...(role.trust ?? []), ...(role.boundary?.statements ?? [])].filter(
      ({ maybe }) => maybe?.kind !== "attachment" && maybe?.kind !== "carried",
    );
    for (const key of new Set([role, ...surely].map(({ at }) => keyOf(at)))) {
      const there = result.get(key);
      if (there && there.length <= MOST_COMPARED) there.push(role);
      else if (!there) result.set(key, [role]);
    }
  }
  return result;
}

function keyOf({ file, start }: Place): string {
  return `${start} ${file.path}`;
}
