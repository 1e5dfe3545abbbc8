/**
 * Which findings a change brings with it: findings of the checked files against those of their base. Nothing that the
 * author of a change writes makes a finding an old one but the finding itself: it must have been there, at least as
 * bad, and what it is about must be as it was.
 */
import { addTo } from "../maps.ts";
import type { Found } from "./findings.ts";
import { loudness } from "./rank.ts";

export interface Comparison {
  /** The findings that the base has too. Each of the base excuses one. */
  readonly old: ReadonlySet<Found>;
  /** The findings of the base that are gone. */
  readonly fixed: readonly Found[];
}

export interface Moves {
  /** Whether a file of the base is in another place now: gone from `from`, and much the same at `to`. */
  readonly moved: (from: string, to: string) => boolean;
  /** The line of the base that a line is, undefined when the change wrote it. */
  readonly lineBefore: (path: string, line: number) => number | undefined;
}

export function compare(head: readonly Found[], base: readonly Found[], { moved, lineBefore }: Moves): Comparison {
  const left = new Set(base);
  const old = new Set<Found>();
  const pair = (keyOf: (found: Found) => string, fits: (now: Found, before: Found) => boolean): void => {
    const byKey = new Map<string, Found[]>();
    for (const one of left) addTo(byKey, keyOf(one), one);
    for (const now of head) {
      if (old.has(now)) continue;
      const before = byKey.get(keyOf(now))?.find((one) => left.has(one) && excuses(one, now) && fits(now, one));
      if (before === undefined) continue;
      left.delete(before);
      old.add(now);
    }
  };
  const stayed = ({ finding: { location: now } }: Found, { finding: { location: before } }: Found) =>
    now.path === before.path && lineBefore(now.path, now.start.line) === before.start.line;
  // Of equal findings the one on a line that is as it was is the old one.
  pair(({ key }) => key, stayed);
  pair(
    ({ key }) => key,
    () => true,
  );
  // A copy elsewhere may give the subject another address: `nightly (a.json)`.
  pair(inUnit, stayed);
  pair(
    ({ anywhere }) => anywhere,
    (now, before) => moved(before.finding.location.path, now.finding.location.path),
  );
  const fresh = new Set(head.flatMap((one) => (old.has(one) ? [] : [one.key])));
  return { old, fixed: [...left].filter(({ key }) => !fresh.has(key)) };
}

/** The key without the address of the subject. */
function inUnit({ key }: Found): string {
  return JSON.stringify((JSON.parse(key) as readonly string[]).toSpliced(3, 1));
}

/** Whether a finding of the base can be this one: as loud, and about the same words, or saying the same of many. */
function excuses(before: Found, now: Found): boolean {
  const { start, end } = now.finding.location;
  const same =
    start.line === end.line ? before.written === now.written : before.finding.message === now.finding.message;
  return same && loudness(before.finding) <= loudness(now.finding);
}
