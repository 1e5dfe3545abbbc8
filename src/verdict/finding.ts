/** Findings and unverified answers, from which reports are made. */
import type { Assumption } from "../facts/assumptions.ts";
import type { settles, Cause as UnknownCause } from "../facts/causes.ts";
import type { Confidence, Severity } from "../facts/schema/judgement.ts";
import type { SubjectKind } from "../facts/schema.ts";
import type { Location } from "../source.ts";

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
  /**
   * A statement for a policy, or a policy for a role: `location` is that of the policy's last statement or of the role,
   * null when it is not known. The edits add it where the place is sure.
   */
  readonly add: {
    readonly location: Location | null;
    readonly text: string;
    readonly edits: readonly { readonly location: Location; readonly text: string }[];
  } | null;
  /** The language of the code. */
  readonly language: "json" | "yaml" | "hcl";
}

/** A line that a change wrote (`head`) or deleted (`base`). */
export interface Cause {
  readonly side: "base" | "head";
  readonly location: Location;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly remedy: Remedy;
  /** What it assumes although no file shows it. */
  readonly assumes: readonly Assumption[];
  readonly subject: Subject;
  readonly location: Location;
  readonly related: readonly { readonly message: string; readonly location: Location }[];
  /** The URL of the rule's page. */
  readonly help: string;
  readonly fingerprint: string;
  /** Stays the same when the file or its folder is moved; others may have the same one. */
  readonly fingerprintAnywhere: string;
  /** The names of the deployments in which it is so; left out where its unit has none. */
  readonly deployments?: readonly string[];
  /** `existing`: the base has it too. */
  readonly status: "new" | "existing" | "suppressed";
  /** The changed line that made it one, where that is elsewhere. `base`: a line that is gone, as the base numbers it. */
  readonly cause?: Cause;
  readonly suppression?: {
    readonly reason: string;
    readonly until?: string;
    /** Where it is suppressed: in the configuration, in the file itself, in a baseline. */
    readonly by: "configuration" | "comment" | "baseline";
  };
}

export interface Unverified {
  readonly rule: string;
  /** What can't be decided and why: "can't tell whether `R` may read `S`: `var.x` has no value in these files". */
  readonly reason: string;
  /** The second half alone, the clause of the cause. */
  readonly because: string;
  /** The one thing that is not known. Equal causes are one open question. */
  readonly cause: UnknownCause;
  /** What would settle it; null when nothing but the deployment does. */
  readonly settles: ReturnType<typeof settles>;
  /** The references that wait for it, by keys that are equal for equal references of a run. */
  readonly references: readonly string[];
  readonly subject: Subject;
  readonly location: Location;
  /** The id of its unit, in the deployment that it was read for. */
  readonly unit?: string;
  /** The names of the deployments in which it is open; left out where its unit has none. */
  readonly deployments?: readonly string[];
}

/** All edits of a remedy: those of values, and those that add its statement. */
export function editsIn({ edits, add }: Remedy): Remedy["edits"] {
  return [...edits, ...(add?.edits ?? [])];
}

/** The message of a finding as reports say it. */
export function said({ confidence, message }: Finding): string {
  return confidence === "likely" ? `Likely: ${message}` : message;
}

/** Which findings count: those that the change brings with it, or all of them. */
export type Scope = "new" | "all";
export const scopeValues = ["new", "all"] as const satisfies readonly Scope[];

/** The findings that count: not suppressed, and in the scope. */
export function counted(findings: readonly Finding[], scope: Scope): readonly Finding[] {
  return findings.filter(({ status }) => status === "new" || (status === "existing" && scope === "all"));
}

/** Whether a finding that counts blocks by itself: an error that is certain and not suppressed. */
export function blocks(finding: Finding): boolean {
  return finding.severity === "error" && finding.confidence === "certain" && finding.status !== "suppressed";
}
