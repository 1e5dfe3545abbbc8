/**
 * What an account says of secrets that the files declare. Files mostly leave the value to somebody else, and the account
 * says whether anybody stored one.
 */

import { groupBy } from "../maps.ts";
import { type Deployment, splitArn } from "./arn.ts";
import type { Cause } from "./causes.ts";
import type { MergedSecret } from "./merge.ts";
import { isLiteral } from "./text.ts";
import type { Unit } from "./unit.ts";

/** The secrets, with what evidence of the same name adds to those that the files declare without a value. */
export function withToldValues(
  secrets: readonly MergedSecret[],
  units: readonly Unit[],
  deploymentOf: (unit: string) => Deployment,
): readonly MergedSecret[] {
  const evidence = new Set(units.filter(({ isEvidence }) => isEvidence).map(({ id }) => id));
  if (evidence.size === 0) return secrets;
  const told = groupBy(
    secrets.filter(({ unit, versions }) => evidence.has(unit) && versions !== null),
    ({ name }) => name?.value,
  );
  return secrets.map((secret) => {
    const { unit, name, contents, versions, filled_by, declared } = secret;
    if (evidence.has(unit) || !declared || !name || !isLiteral(name.value)) return secret;
    const place = deploymentOf(unit);
    const [only, ...more] = (told.get(name.value) ?? []).filter((one) => mayBeIn(place, one));
    if (!only || more.length > 0) return secret;
    if (isIn(place, only)) {
      const stored = contents.length > 0 ? contents : only.contents;
      return { ...secret, contents: stored, versions: versions ?? only.versions, filled_by: null };
    }
    const cause: Cause = { kind: "same-secret", name: only.arn.value, unit: null };
    return contents.length > 0 ? secret : { ...secret, filled_by: filled_by ?? cause };
  });
}

const FIELDS = ["account", "region"] as const;

/** Whether a secret of an account may be one that is deployed at a place, by what is known of both. */
function mayBeIn(place: Deployment, { arn }: MergedSecret): boolean {
  const fields = splitArn(arn.value);
  return fields !== undefined && FIELDS.every((key) => !isLiteral(place[key]) || place[key] === fields[key]);
}

/** Whether it surely is. */
function isIn(place: Deployment, { arn }: MergedSecret): boolean {
  const fields = splitArn(arn.value);
  return fields !== undefined && FIELDS.every((key) => place[key] === fields[key]);
}
