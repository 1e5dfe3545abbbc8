/** A suppression in a checked file, wherever it is written: what counts, and what it covers. */
import { nearest } from "../../nearest.ts";
import type { Location, Problem } from "../../source.ts";
import type { Suppressor } from "../suppress.ts";

export interface Inline {
  readonly suppressors: readonly Suppressor[];
  /** Suppressions that don't count, and why. */
  readonly notes: readonly Problem[];
}

/** What each suppression in a file begins with. */
export const WORD = "batch-secrets-check";

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** Why a suppression doesn't count; undefined when it does. */
export function whyNot(
  rules: readonly string[],
  until: string | undefined,
  reason: string,
  known: readonly string[],
): string | undefined {
  const name = `The suppression of ${rules.join(", ")}`;
  const unknown = rules.find((rule) => !known.includes(rule));
  if (unknown !== undefined) {
    const meant = nearest(unknown, known);
    return `${name} does not count: there is no rule ${unknown}.${meant ? ` Did you mean ${meant}?` : ""}`;
  }
  if (reason.trim() === "") return `${name} has no reason, so it does not count.`;
  if (until !== undefined && !DAY.test(until))
    return `${name} does not count: ${until} is not a day such as 2027-03-31.`;
  return undefined;
}

/** Some lines of a file that a suppression of a rule covers. */
interface Lines {
  readonly path: string;
  readonly first: number;
  readonly last: number;
}

/** What suppresses the findings of a rule that begin in some lines of the file that it is written in; undefined: none. */
export function covering(
  rule: string,
  lines: Lines | undefined,
  written: Pick<Suppressor, "reason" | "until" | "place"> & { readonly where: string },
): Suppressor {
  const { where, ...given } = written;
  return {
    by: "comment",
    fits: (finding) => finding.rule === rule && lines !== undefined && beginsIn(finding.location, lines),
    words: `the suppression of ${rule} ${where}`,
    ...given,
  };
}

function beginsIn({ path, start }: Location, { first, last, path: own }: Lines): boolean {
  return path === own && start.line >= first && start.line <= last;
}
