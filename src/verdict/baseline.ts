/**
 * A baseline: findings that were there when the check was introduced, and don't fail it. It says nothing about a
 * resource that has changed since, and holds no credentials.
 */
import type { Problem } from "../source.ts";
import { quantity } from "../words.ts";
import type { Finding } from "./finding.ts";
import type { Suppressed } from "./suppress.ts";

export interface BaselineEntry {
  readonly rule: string;
  readonly fingerprint: string;
  /** Of the text of what the finding is about. */
  readonly digest: string;
  /** For people. */
  readonly path: string;
  readonly subject: string;
}

export interface Baseline {
  /** Where it is. */
  readonly path: string;
  readonly entries: readonly BaselineEntry[];
}

/** More bytes than a baseline of any repository has. */
export const LONGEST_BASELINE = 16_777_216;

const FIELDS = ["rule", "fingerprint", "digest", "path", "subject"] as const;

/** Reads a baseline. Never throws: what is wrong with it is a problem. */
export function parseBaseline(text: string, path: string): Baseline | Problem {
  const wrong = { path, message: "This is no baseline: `check --write-baseline` writes one." };
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return wrong;
  }
  if (typeof read !== "object" || read === null || !("version" in read) || !("findings" in read)) return wrong;
  if (read.version !== 1 || !Array.isArray(read.findings) || !read.findings.every(isEntry)) return wrong;
  return { path, entries: read.findings };
}

function isEntry(value: unknown): value is BaselineEntry {
  return (
    typeof value === "object" &&
    value !== null &&
    FIELDS.every((field) => typeof (value as Record<string, unknown>)[field] === "string")
  );
}

/** Digests what a finding is about. */
export type Digest = (finding: Finding) => Promise<string>;

/** The entries of findings, but for suppressed ones and those of the rules `never`, which are `refused`. */
export async function baselineOf(
  findings: readonly Finding[],
  digest: Digest,
  never: ReadonlySet<string>,
): Promise<{ readonly entries: readonly BaselineEntry[]; readonly refused: number }> {
  const open = findings.filter(({ status }) => status !== "suppressed");
  const kept = open.filter(({ rule }) => !never.has(rule));
  const entries = kept.map(async (finding): Promise<BaselineEntry> => {
    const { rule, fingerprint, location, subject } = finding;
    return { rule, fingerprint, digest: await digest(finding), path: location.path, subject: subject.address };
  });
  return { entries: await Promise.all(entries), refused: open.length - kept.length };
}

/** A baseline as `parseBaseline` reads it. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  return `${JSON.stringify({ version: 1, findings: entries }, undefined, 2)}\n`;
}

/** The findings with those of the baseline suppressed, and a note for entries that do nothing. */
export async function applyBaseline(
  { findings, notes }: Suppressed,
  { path, entries }: Baseline,
  digest: Digest,
  never: ReadonlySet<string>,
): Promise<Suppressed> {
  const byFingerprint = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const fixed = new Set(entries);
  const more: Problem[] = [];
  const marked = findings.map(async (finding): Promise<Finding> => {
    const entry = byFingerprint.get(finding.fingerprint);
    if (entry?.rule !== finding.rule) return finding;
    fixed.delete(entry);
    if (finding.status === "suppressed") return finding;
    const why = never.has(finding.rule)
      ? "a credential that is written down can't be in a baseline"
      : (await digest(finding)) === entry.digest
        ? undefined
        : "what it is about has changed since";
    if (why === undefined)
      return { ...finding, status: "suppressed", suppression: { reason: `It is in ${path}.`, by: "baseline" } };
    more.push({ path, message: `The entry of ${entry.rule} for ${entry.subject} does not count: ${why}.` });
    return finding;
  });
  const all = await Promise.all(marked);
  return { findings: all, notes: [...notes, ...more, ...removable(path, [...fixed])] };
}

/** More of these say nothing new. */
const MOST_NAMED = 3;

function removable(path: string, fixed: readonly BaselineEntry[]): readonly Problem[] {
  if (fixed.length === 0) return [];
  const named = fixed.slice(0, MOST_NAMED).map(({ rule, subject }) => `${rule} for ${subject}`);
  const names = fixed.length > MOST_NAMED ? `${named.join(", ")}, …` : named.join(", ");
  const message = `${quantity(fixed.length, "finding")} of the baseline can be removed, since nothing is found any more: ${names}. \`check --write-baseline ${path}\` writes it again.`;
  return [{ path, message }];
}
