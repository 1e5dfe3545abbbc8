/**
 * Evidence that may be somebody's invention: what it shows can be wrong for the author's benefit. A run is judged with and
 * without it. It may break what held, and nothing holds because of it.
 */
import type { Fate, Reference } from "./account.ts";
import { type Links, perLink } from "./chains.ts";
import type { Found } from "./findings.ts";
import type { Judged } from "./judge.ts";

/** The findings of both; what is open, and what is proven, without the doubted evidence. */
export function withoutProofsOf(whole: Judged, careful: Judged): Judged {
  const { unverified, problems } = careful;
  // Evidence adds no references, so both runs have them in one order.
  const isBroken = careful.fates.map(({ id }, index) => isWithFindings(id, whole.fates[index]));
  const subjects = new Map(careful.subjects);
  for (const [key, places] of whole.subjects) subjects.set(key, [...(subjects.get(key) ?? []), ...places]);
  return {
    findings: stronger(careful.findings, whole.findings),
    unverified,
    fates: careful.fates.map((one, index) => (isBroken[index] ? (whole.fates[index] ?? one) : one)),
    references: careful.references.map((one, index) => (isBroken[index] ? joined(one, whole.references[index]) : one)),
    files: new Set([...whole.files, ...careful.files]),
    subjects,
    problems: problems.length > whole.problems.length ? problems : whole.problems,
  };
}

/** Both lists; of two findings that are the same but for how sure they are, the surer one. */
function stronger(careful: readonly Found[], whole: readonly Found[]): readonly Found[] {
  const isSure = ({ finding }: Found) => finding.confidence === "certain";
  const sure = new Set(whole.filter(isSure).map(({ key }) => key));
  const kept = careful.filter((one) => isSure(one) || !sure.has(one.key));
  const keys = new Set(kept.map(({ key }) => key));
  return [...kept, ...whole.filter(({ key }) => !keys.has(key))];
}

/** Whether the reference with an id, in the other run, has findings. */
function isWithFindings(id: string, other: Fate | undefined): boolean {
  return other?.id === id && other.state === "with findings";
}

/** A reference as it is without the doubted evidence, with the links that are broken because of it. */
function joined(careful: Reference, whole: Reference | undefined): Reference {
  if (!whole) return careful;
  const { job, container, name, secret, deployments } = careful;
  return {
    ...{ job, container, name, secret, deployments, state: whole.state },
    get location() {
      return careful.location;
    },
    get links(): Links {
      const links = { careful: careful.links, whole: whole.links };
      return perLink((link) => (links.whole[link].state === "broken" ? links.whole[link] : links.careful[link]));
    },
  };
}
