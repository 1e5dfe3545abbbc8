/** What was found in a tree: the checked files, or those of the base. */
import type { Problem } from "../source.ts";
import type { Finding } from "../verdict/finding.ts";
import type { Found } from "../verdict/findings.ts";

export interface JudgedTree {
  readonly findings: readonly Found[];
  readonly problems: readonly Problem[];
  /** The paths of the files that were read, and how long they are together. */
  readonly files: readonly string[];
  readonly characters: number;
  /** A finding as it may be shown. */
  readonly show: (finding: Finding) => Finding;
  /** The fingerprints of the findings that comments suppress. */
  readonly suppressed: () => Promise<readonly string[]>;
}
