/** Findings that somebody has decided to live with: the configuration names them, with the reason and until when. */
import type { Suppression } from "../config/config.ts";
import { pathTest } from "../sources/globs.ts";
import type { Finding } from "./finding.ts";

export interface Suppressed {
  readonly findings: readonly Finding[];
  /** A sentence for each suppression that does nothing. */
  readonly notes: readonly string[];
}

/** `today` is a day in UTC, as YYYY-MM-DD. */
export async function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  today: string,
): Promise<Suppressed> {
  const tests = await Promise.all(suppressions.map(testOf));
  const notes = suppressions.flatMap((one, index) => {
    if (!findings.some((finding) => tests[index]?.(finding)))
      return [`No finding fits the suppression of ${describe(one)}.`];
    return isOver(one, today) ? [`The suppression of ${describe(one)} ended on ${one.until}.`] : [];
  });
  const marked = findings.map((finding): Finding => {
    const index = suppressions.findIndex((one, at) => !isOver(one, today) && tests[at]?.(finding));
    const found = suppressions[index];
    if (found === undefined) return finding;
    const { reason, until } = found;
    return { ...finding, status: "suppressed", suppression: { reason, ...(until === undefined ? {} : { until }) } };
  });
  return { findings: marked, notes };
}

function isOver({ until }: Suppression, today: string): boolean {
  return until !== undefined && until < today;
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
