/** In what order and how loudly findings are told. */
import type { Finding } from "./report.ts";

/** How loud a finding is. A likely finding never blocks, so it is told as a warning whatever its severity. */
export type Level = "error" | "warning" | "notice";

/** How loud a finding is told: an error only when it is certain. */
export function level(finding: Finding): Level {
  if (finding.severity === "info") return "notice";
  return finding.severity === "error" && finding.confidence === "certain" ? "error" : "warning";
}

const loudness: Readonly<Record<Level, number>> = { error: 0, warning: 1, notice: 2 };

/** The findings that are not suppressed, worst first, then by path and line. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return findings
    .filter((finding) => finding.status !== "suppressed")
    .sort((a, b) => loudness[level(a)] - loudness[level(b)] || byPlace(a, b));
}

function byPlace({ location: a }: Finding, { location: b }: Finding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.start.line - b.start.line || a.start.column - b.start.column;
}

/** How many findings of each level there are, suppressed ones left out. */
export function countLevels(findings: readonly Finding[]): Readonly<Record<Level, number>> {
  const count = { error: 0, warning: 0, notice: 0 };
  for (const finding of findings) if (finding.status !== "suppressed") count[level(finding)]++;
  return count;
}

/** `1 error`, `2 errors`. */
export function quantity(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
