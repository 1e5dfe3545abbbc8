/**
 * Which units of a run may belong together: what one deployment declares is nothing to another one. A production role
 * is not the one of staging, whatever both are called.
 */

import { isLiteral } from "./text.ts";
import type { Unit } from "./unit.ts";

export interface Deployments {
  /** Whether both units belong to the deployment of one name. */
  readonly isOne: (unit: string, other: string) => boolean;
  /** Whether a name in one of the units can't mean what the other one declares. */
  readonly areApart: (unit: string, other: string) => boolean;
}

let now: Deployments | undefined;

/** Begins the linking of a run. */
export function startDeployments(units: readonly Unit[]): void {
  now = units.some(({ deployed }) => deployed) ? deploymentsOf(units) : undefined;
}

/** The deployments of the units that are linked; undefined when no unit belongs to any. */
export function deploymentsNow(): Deployments | undefined {
  return now;
}

/** Whether two units of the run that is being linked are apart. */
export function areApart(unit: string, other: string): boolean {
  return now?.areApart(unit, other) === true;
}

/** The same for what is asked after the linking, when another run may have begun. */
export function apartLater(): typeof areApart {
  return now?.areApart ?? (() => false);
}

function deploymentsOf(units: readonly Unit[]): Deployments {
  const names = new Map(units.flatMap(({ id, deployed }) => (deployed ? [[id, deployed.name] as const] : [])));
  const accounts = new Map(
    units.flatMap(({ id, deployment }) =>
      deployment?.account !== undefined && isLiteral(deployment.account) ? [[id, deployment.account] as const] : [],
    ),
  );
  const isOne = (unit: string, other: string) => names.get(unit) === names.get(other);
  return {
    isOne,
    areApart: (unit, other) => {
      if (isOne(unit, other)) return false;
      const [one, two] = [accounts.get(unit), accounts.get(other)];
      // Names of roles are unique in an account, so two deployments of one account may share them.
      if (one !== undefined && two !== undefined) return one !== two;
      return names.has(unit) && names.has(other);
    },
  };
}
