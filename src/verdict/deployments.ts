/** What the deployments of a unit have in common, and in which of them alone something is so. */
import { groupBy } from "../facts/maps.ts";
import type { Deployed, Unit } from "../facts/resources.ts";
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

/** Answers that are one, each with the names of the deployments that it is about; `others`: also in all others. */
interface Joined<T> {
  readonly first: T;
  readonly rest: readonly T[];
  readonly names: readonly string[];
  /** What to say of it when it isn't so in every deployment; undefined when it is. */
  readonly only: string | undefined;
}

function join<T>(items: readonly T[], answerOf: (item: T) => Answer, { of, all }: Deployments): Joined<T>[] {
  const subjectOf = (item: T, deployed: Deployed) => {
    const { rule, address } = answerOf(item);
    return JSON.stringify([deployed.of, rule, address]);
  };
  const placeOf = (item: T, deployed: Deployed) =>
    `${subjectOf(item, deployed)}${JSON.stringify(answerOf(item).location)}`;
  const wordsOf = (item: T, deployed: Deployed) => withoutValues(answerOf(item).text, deployed);
  const grouped = (keyOf: (item: T, deployed: Deployed) => string) =>
    groupBy(items, (item) => {
      const deployed = of(answerOf(item).unit);
      return deployed ? keyOf(item, deployed) : item;
    });
  const alike = grouped((item, deployed) => `${placeOf(item, deployed)}${wordsOf(item, deployed)}`);
  const atPlace = grouped(placeOf);
  // The value of each deployment may be in a file of its own.
  const elsewhere = grouped((item, deployed) => `${subjectOf(item, deployed)}${wordsOf(item, deployed)}`);
  return [...alike.values()].flatMap(([first, ...rest]): Joined<T>[] => {
    if (first === undefined) return [];
    const deployed = of(answerOf(first).unit);
    if (!deployed) return [{ first, rest, names: [], only: undefined }];
    const namesOf = (some: readonly T[]) => new Set(some.flatMap((one) => of(answerOf(one).unit)?.name ?? []));
    const names = [...namesOf([first, ...rest])];
    const isEverywhere = names.length === all(deployed.of).length;
    // Where the others have the like with other words, "only" would be too much.
    const others = [
      ...(atPlace.get(placeOf(first, deployed)) ?? []),
      ...(elsewhere.get(`${subjectOf(first, deployed)}${wordsOf(first, deployed)}`) ?? []),
    ];
    const isSole = namesOf(others).size === names.length;
    const only = isEverywhere ? undefined : `in ${enumeration(names)}${isSole ? " only" : ""}`;
    return [{ first, rest, names, only }];
  });
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
