/** What the deployments of a unit have in common, and in which of them alone something is so. */

import type { Deployed, Unit } from "../facts/unit.ts";
import { groupBy } from "../maps.ts";
import type { Location } from "../source.ts";
import { enumeration } from "../words.ts";
import type { Remedy, Unverified } from "./finding.ts";
import type { Found } from "./findings.ts";

/** The deployments of the units of a run. */
export interface Deployments {
  readonly any: boolean;
  readonly of: (unit: string) => Deployed | undefined;
  /** The names of all deployments of what is written once. */
  readonly all: (written: string) => readonly string[];
}

export function deploymentsOf(units: readonly Unit[]): Deployments {
  const byUnit = new Map(units.flatMap(({ id, deployed }) => (deployed ? [[id, deployed] as const] : [])));
  const names = groupBy(byUnit.values(), ({ of }) => of);
  return {
    any: byUnit.size > 0,
    of: (unit) => byUnit.get(unit),
    all: (written) => (names.get(written) ?? []).map(({ name }) => name),
  };
}

/** An answer of a unit: what two deployments have in common is at one place, and says the same but for their values. */
interface Answer {
  readonly unit: string;
  readonly rule: string;
  readonly location: Location;
  readonly address: string;
  readonly text: string;
}

/** Answers that are one, each with the names of the deployments that it is about. */
interface Joined<T> {
  readonly first: T;
  readonly rest: readonly T[];
  readonly names: readonly string[];
  /** What to say of it when it isn't so in every deployment; undefined when it is. */
  readonly only: string | undefined;
}

function join<T>(items: readonly T[], answerOf: (item: T) => Answer, { of, all }: Deployments): Joined<T>[] {
  const keyed = items.map((item) => {
    const answer = answerOf(item);
    const deployed = of(answer.unit);
    return {
      item,
      deployed,
      ...(deployed ? keysOf(answer, deployed) : { alike: item, atPlace: item, elsewhere: item }),
    };
  });
  type Keyed = (typeof keyed)[number];
  const alike = groupBy(keyed, (one) => one.alike);
  const atPlace = groupBy(keyed, (one) => one.atPlace);
  const elsewhere = groupBy(keyed, (one) => one.elsewhere);
  const namesOf = (some: readonly Keyed[]) => new Set(some.flatMap(({ deployed }) => deployed?.name ?? []));
  return [...alike.values()].flatMap((group): Joined<T>[] => {
    const [shown, ...others] = group;
    if (shown === undefined) return [];
    const [first, rest] = [shown.item, others.map(({ item }) => item)];
    if (!shown.deployed) return [{ first, rest, names: [], only: undefined }];
    const names = [...namesOf(group)];
    const isEverywhere = names.length === all(shown.deployed.of).length;
    // Where the others have the like with other words, "only" would be too much.
    const like = [...(atPlace.get(shown.atPlace) ?? []), ...(elsewhere.get(shown.elsewhere) ?? [])];
    const isSole = namesOf(like).size === names.length;
    const only = isEverywhere ? undefined : `in ${enumeration(names)}${isSole ? " only" : ""}`;
    return [{ first, rest, names, only }];
  });
}

/** What is equal for answers that are one, for those at one place, and for those that say the same of one subject. */
function keysOf({ rule, address, location, text }: Answer, deployed: Deployed) {
  const subject = JSON.stringify([deployed.of, rule, address]);
  const place = `${subject}${JSON.stringify(location)}`;
  const words = withoutValues(text, deployed);
  // The value of each deployment may be in a file of its own.
  return { alike: `${place}${words}`, atPlace: place, elsewhere: `${subject}${words}` };
}

/** Shorter values are in too many texts. */
const SHORTEST = 2;

/** A text in which the values that a deployment is given have their names. */
function withoutValues(text: string, { values }: Deployed): string {
  const longest = [...values].filter(([, value]) => value.length >= SHORTEST);
  longest.sort(([, a], [, b]) => b.length - a.length);
  let changed = text;
  for (const [name, value] of longest)
    if (changed.includes(value)) changed = changed.replaceAll(value, `\u0000${name}`);
  return changed;
}

/** Findings, those that deployments have in common as one. */
export function joinFindings(found: readonly Found[], deployments: Deployments): readonly Found[] {
  if (!deployments.any) return found;
  const answerOf = ({ unit, finding: { rule, location, subject, message, severity, confidence } }: Found): Answer => ({
    unit,
    rule,
    location,
    address: subject.address,
    text: `${severity} ${confidence} ${message}`,
  });
  return join(found, answerOf, deployments).map(({ first, rest, names, only }): Found => {
    const deployed = deployments.of(first.unit);
    if (!deployed) return first;
    const shown = [first, ...rest].find((one) => one.finding.status === "new") ?? first;
    const { finding } = shown;
    const message = only === undefined ? finding.message : `${finding.message} This is so ${only}.`;
    const isShared = deployments.all(deployed.of).length > 1;
    const remedy = isShared ? withoutEdits(finding.remedy, deployed) : finding.remedy;
    return { ...shown, unit: deployed.of, finding: { ...finding, message, remedy, deployments: names } };
  });
}

/** The remedy without edits that would write the values of one deployment where all have theirs from. */
function withoutEdits(remedy: Remedy, deployed: Deployed): Remedy {
  const isOwn = ({ text }: { readonly text: string }) => withoutValues(text, deployed) !== text;
  const { edits, add } = remedy;
  if (!edits.some(isOwn) && !(add && isOwn(add))) return remedy;
  return { ...remedy, edits: [], add: add && { ...add, edits: [] } };
}

/** Open questions, those that deployments have in common as one. */
export function joinUnverified(unverified: readonly Unverified[], deployments: Deployments): readonly Unverified[] {
  if (!deployments.any) return unverified;
  const answerOf = ({ unit = "", rule, location, subject, reason }: Unverified): Answer => ({
    unit,
    rule,
    location,
    address: subject.address,
    text: reason,
  });
  return join(unverified, answerOf, deployments).map(({ first, rest, names, only }): Unverified => {
    if (names.length === 0) return first;
    const reason = only === undefined ? first.reason : `${first.reason} (${only})`;
    const references = [first, ...rest].flatMap((one) => one.references);
    return { ...first, reason, references, deployments: names };
  });
}

/** How many there are of things that are written once, whatever deployments they are read for. */
export function countWritten(
  things: readonly { readonly unit: string; readonly address: string }[],
  { any, of }: Deployments,
): number {
  return any ? new Set(things.map(({ unit, address }) => `${of(unit)?.of ?? unit} ${address}`)).size : things.length;
}
