/** The order and the level of findings. */
import type { Location } from "../source.ts";
import type { Finding } from "./finding.ts";

/** How a finding is reported. A likely finding never blocks, so it is a warning whatever its severity. */
export type Level = "error" | "warning" | "notice";

/** The level of a finding: an error only when it is certain. */
export function level(finding: Finding): Level {
  if (finding.severity === "info") return "notice";
  return finding.severity === "error" && finding.confidence === "certain" ? "error" : "warning";
}

const order: Readonly<Record<Level, number>> = { error: 0, warning: 1, notice: 2 };

/** 0 for the worst. */
export function loudness(finding: Finding): number {
  return order[level(finding)];
}

/** The findings that are not suppressed, worst first, then by place. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return findings
    .filter((finding) => finding.status !== "suppressed")
    .sort((a, b) => loudness(a) - loudness(b) || byPlace(a, b));
}

/** Orders by place, then by rule. */
export function byPlace<T extends { readonly location: Location; readonly rule: string }>(a: T, b: T): number {
  return (
    compare(a.location.path, b.location.path) ||
    a.location.start.line - b.location.start.line ||
    a.location.start.column - b.location.start.column ||
    compare(a.rule, b.rule)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many findings of each level there are, suppressed ones left out. */
export function countLevels(findings: readonly Finding[]): Readonly<Record<Level, number>> {
  const count = { error: 0, warning: 0, notice: 0 };
  for (const finding of findings) if (finding.status !== "suppressed") count[level(finding)]++;
  return count;
}
