/** The report: what every output is made from, and the JSON form itself (DESIGN §8). */
import type { SubjectKind } from "../facts/schema.ts";
import type { Location, Problem } from "../source.ts";

export type Severity = "error" | "warning" | "info";
export type Confidence = "certain" | "likely";

export interface Subject {
  readonly kind: SubjectKind;
  readonly address: string;
}

/** What to write so that a finding goes away. Every text is code as its file would have it, except `text`. */
export interface Remedy {
  /** One sentence for people. */
  readonly text: string;
  /** The new text of each range; applied, the file still parses. */
  readonly edits: readonly { readonly location: Location; readonly text: string }[];
  /** A statement for a policy: `location` is that of the policy or role, null when it is not known. */
  readonly add: { readonly location: Location | null; readonly text: string } | null;
  /** The language of the code. */
  readonly language: "json" | "yaml" | "hcl";
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly remedy: Remedy;
  readonly subject: Subject;
  readonly location: Location;
  readonly related: readonly { readonly message: string; readonly location: Location }[];
  /** The URL of the rule's page. */
  readonly help: string;
  readonly fingerprint: string;
  readonly status: "new" | "existing" | "suppressed";
  readonly suppression?: { readonly reason: string; readonly until?: string };
}

export interface Unverified {
  readonly rule: string;
  readonly reason: string;
  readonly subject: Subject;
  readonly location: Location;
}

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

/** Whether a finding blocks by itself: an error that is certain and not suppressed. */
export function blocks(finding: Finding): boolean {
  return finding.severity === "error" && finding.confidence === "certain" && finding.status !== "suppressed";
}

/** The lines of a file around a place, safe to print: secret values are already masked. Keyed by path, for code frames. */
export interface Excerpts {
  /** The text of a line (1-based) with every secret value replaced by `***` of the same length, or undefined. */
  readonly line: (path: string, line: number) => string | undefined;
}
