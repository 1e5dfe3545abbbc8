/** The report: what every output is made from, and the JSON form itself (DESIGN §8). */
import type { Problem } from "../source.ts";
import type { Finding, Remedy, Unverified } from "../verdict/finding.ts";

export interface Summary {
  readonly files: number;
  readonly jobDefinitions: number;
  /** references = proven + references with findings + references unverified. */
  readonly references: number;
  readonly proven: number;
  /** Certain errors that are not suppressed. A likely one counts among the warnings, as it is told. */
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly unverified: number;
  readonly suppressed: number;
  readonly durationMs: number;
}

export interface Report {
  readonly version: 1;
  readonly verdict: "pass" | "fail";
  readonly findings: readonly Finding[];
  readonly unverified: readonly Unverified[];
  readonly problems: readonly Problem[];
  readonly summary: Summary;
}

/** The code of a remedy, to be pasted by people: empty when its sentence says everything. */
export function codeOf({ edits, add }: Remedy): string {
  return [...edits, ...(add === null ? [] : [add])].map(({ text }) => text).join("\n\n");
}

/** A remedy as one text: its sentence and, when there is code, a blank line and the code. */
export function remedyText(remedy: Remedy): string {
  return [remedy.text, codeOf(remedy)].filter((part) => part !== "").join("\n\n");
}

/** The lines of a file around a place, safe to print: secret values are already masked. Keyed by path, for code frames. */
export interface Excerpts {
  /** The text of a line (1-based) with every secret value replaced by `***` of the same length, or undefined. */
  readonly line: (path: string, line: number) => string | undefined;
}
