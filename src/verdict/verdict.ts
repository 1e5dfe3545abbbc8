/** Decides whether a run passes. */

import type { Problem } from "../source.ts";
import { blocks, type Finding } from "./finding.ts";

export const failOnValues = ["error", "warning", "never"] as const;

/** The lowest severity that fails a run. With `never` nothing does, not even an unreadable file. */
export type FailOn = (typeof failOnValues)[number];

/**
 * Pass or fail: certain errors always count; with `warning` warnings and likely findings count too. A problem is a
 * relevant file that was not understood, so nothing in it is proven: it fails as well.
 */
export function decide(findings: readonly Finding[], problems: readonly Problem[], failOn: FailOn): "pass" | "fail" {
  if (failOn === "never") return "pass";
  const counts =
    failOn === "error" ? blocks : ({ severity, status }: Finding) => severity !== "info" && status !== "suppressed";
  return problems.length > 0 || findings.some(counts) ? "fail" : "pass";
}

/** 0 passed, 1 findings that fail the check, 2 an incomplete result (DESIGN §10). */
export type ExitCode = 0 | 1 | 2;

/** An incomplete result differs from one with findings: after a 1 there is nothing else to find. */
export function exitCode({ verdict, problems }: Ended): ExitCode {
  if (verdict === "pass") return 0;
  return problems.length > 0 ? 2 : 1;
}

interface Ended {
  readonly verdict: "pass" | "fail";
  readonly problems: readonly Problem[];
}
