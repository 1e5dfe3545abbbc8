/** The changed line that made a finding, in words. */
import type { Cause } from "../verdict/finding.ts";

/** "since `iam.tf:21` was deleted". `name` writes the place. */
export function causeWords({ side, location: { path, start } }: Cause, name: (place: string) => string): string {
  return `since ${name(`${path}:${start.line}`)} ${side === "base" ? "was deleted" : "changed"}`;
}
