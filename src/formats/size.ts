/** How large what AWS takes may be, before it is read, and how much of it one run keeps. */
import type { JobDefinition } from "../facts/located.ts";
import { BEYOND, hole } from "../facts/text.ts";
import { excludable, type Problem, type SourceFile } from "../source.ts";
import { unknownOf, type Value } from "../syntax/value.ts";

/**
 * So many values, or characters of strings, has no job definition and no policy that AWS takes: those have 24 KiB, these
 * less than 33 kB.
 * https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 */
const MOST_VALUES = 20_000;
const CHARACTERS_A_VALUE = 8;

/** Whether a job definition or policy is larger than any that AWS takes, by far, or holds something that is. */
export function isTooLarge(value: Value): boolean {
  return roomIn(value, MOST_VALUES) < 0;
}

/** What is left of so many values behind this one and all that are in it; below zero when there are more. */
function roomIn(value: Value, most: number): number {
  let left = most - 1;
  if (value.kind === "text") return left - ofText(value.value);
  if (value.kind === "unknown" && value.name === BEYOND) return -1;
  const inside = value.kind === "object" ? value.entries : value.kind === "list" ? value.items : [];
  for (const one of inside) {
    if (left < 0) break;
    left = roomIn("key" in one ? one.value : one, left);
  }
  return left;
}

/** What a string counts: for its length, or for what its commas separate if it is JSON. */
function ofText(text: string): number {
  let commas = 0;
  for (let at = text.indexOf(","); at !== -1; at = text.indexOf(",", at + 1)) commas++;
  return Math.max(commas, text.length / CHARACTERS_A_VALUE);
}

/** What represents something that is too large to be read: no case that has it is judged. */
export function unread({ at }: Value): Value {
  return unknownOf(hole(BEYOND, "wide"), at);
}

/**
 * So many arguments and variables of jobs one run keeps, some 300 bytes each. Ten thousand jobs have 500,000 at most, and
 * some thirty thousand references.
 */
const MOST_KEPT = 1_500_000;
const OF_A_CONTAINER = 25;
/** A reference with its links, and a mistake in the form of a definition. */
const OF_A_REFERENCE = 8;
const OF_A_MISTAKE = 2;
/** A role, policy, secret or anything else with its texts and places. */
const OF_A_RESOURCE = 12;

let kept = 0;

/** Begins a run. */
export function keepNothing(): void {
  kept = 0;
}

/** Whether the run can keep more jobs. */
export function hasRoom(): boolean {
  return kept < MOST_KEPT;
}

/** Counts so many resources. Whether the run can keep them: if not, they don't count. */
export function keepResources(count: number): boolean {
  const more = count * OF_A_RESOURCE;
  if (kept + more >= MOST_KEPT) return false;
  kept += more;
  return true;
}

/** What is said of a file whose resources the run can't keep, less the way out. */
export const TOO_MANY_RESOURCES =
  "This file and those before it have more resources than one run can keep, so it was not checked.";

export function tooManyResources({ path }: SourceFile): Problem {
  return excludable({ path, message: TOO_MANY_RESOURCES });
}

/** Counts a job that is kept. */
export function keep({ containers, parameters, shape }: JobDefinition): void {
  kept += parameters.length + OF_A_MISTAKE * shape.length;
  for (const { environment, command, secrets } of containers) {
    kept += OF_A_CONTAINER + environment.length + command.length + OF_A_REFERENCE * secrets.length;
  }
}
