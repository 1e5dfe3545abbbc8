/** Findings that somebody has decided to live with, where they have said so, with the reason and until when. */
import type { Suppression } from "../config/config.ts";
import type { Problem } from "../source.ts";
import { pathTest } from "../sources/globs.ts";
import { capitalized } from "../words.ts";
import type { Finding } from "./finding.ts";

/** Something that suppresses findings. */
export interface Suppressor {
  readonly by: NonNullable<Finding["suppression"]>["by"];
  readonly fits: (finding: Finding) => boolean;
  readonly reason: string;
  /** The last day on which it counts, as YYYY-MM-DD; undefined: forever. */
  readonly until?: string | undefined;
  /** How notes call it: "the suppression of secret-arn-format (infra/**)". */
  readonly words: string;
  /** Where it is written. */
  readonly place: { readonly path: string; readonly line?: number };
}

export interface Suppressed {
  readonly findings: readonly Finding[];
  /** A note for each that does nothing. */
  readonly notes: readonly Problem[];
}

/** `today` is a day in UTC, as YYYY-MM-DD. Of several suppressors that fit, the first one counts. */
export function suppress(findings: readonly Finding[], suppressors: readonly Suppressor[], today: string): Suppressed {
  const notes = suppressors.flatMap((one): Problem[] => {
    if (!findings.some(one.fits)) return [{ ...one.place, message: `No finding fits ${one.words}.` }];
    return isOver(one, today) ? [{ ...one.place, message: `${capitalized(one.words)} ended on ${one.until}.` }] : [];
  });
  const counting = suppressors.filter((one) => !isOver(one, today));
  const marked = findings.map((finding): Finding => {
    const found = counting.find(({ fits }) => fits(finding));
    if (found === undefined) return finding;
    const { reason, until, by } = found;
    return { ...finding, status: "suppressed", suppression: { reason, ...(until === undefined ? {} : { until }), by } };
  });
  return { findings: marked, notes };
}

/**
 * Without the suppressions by comments that the base of a change does not have: a comment of the base was approved for
 * the finding that it is about there, not for another wrong value in the same place. `found` are the findings before
 * they were suppressed, `approved` the fingerprints of those that comments of the base suppress.
 */
export function asInBase(
  { findings, notes }: Suppressed,
  found: readonly Finding[],
  approved: ReadonlySet<string>,
): Suppressed {
  const before = new Map(found.map((one) => [one.fingerprint, one]));
  const isApproved = (fingerprint: string) =>
    approved.has(fingerprint) && before.get(fingerprint)?.status === "existing";
  const isNew = ({ suppression, fingerprint }: Finding) =>
    suppression?.by === "comment" && before.has(fingerprint) && !isApproved(fingerprint);
  return {
    findings: findings.map((one) => (isNew(one) ? (before.get(one.fingerprint) ?? one) : one)),
    notes: [
      ...notes,
      ...findings.filter(isNew).map(({ rule, location }) => ({
        path: location.path,
        line: location.start.line,
        message: `The suppression of ${rule} here is new, so it counts once it is merged.`,
      })),
    ],
  };
}

function isOver({ until }: Suppressor, today: string): boolean {
  return until !== undefined && until < today;
}

/** The suppressions of the configuration. */
export function configured(suppressions: readonly Suppression[]): Promise<readonly Suppressor[]> {
  return Promise.all(
    suppressions.map(async (one) => ({
      by: "configuration" as const,
      fits: await testOf(one),
      reason: one.reason,
      until: one.until,
      words: `the suppression of ${describe(one)}`,
      place: { path: "configuration" },
    })),
  );
}

async function testOf({ rule, path, address, fingerprint }: Suppression): Promise<(finding: Finding) => boolean> {
  const isThere = path === undefined ? () => true : await pathTest(path);
  return (finding) =>
    finding.rule === rule &&
    (fingerprint === undefined || finding.fingerprint === fingerprint) &&
    (address === undefined || finding.subject.address === address) &&
    isThere(finding.location.path);
}

function describe({ rule, path, address, fingerprint }: Suppression): string {
  const where = [path, address, fingerprint].filter((part) => part !== undefined);
  return where.length === 0 ? rule : `${rule} (${where.join(", ")})`;
}
