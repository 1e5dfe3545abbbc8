/** What is known of a pull request and of what was found in it: all that a plan is made from. */
import type { SummaryOptions } from "../report/markdown.ts";
import type { Report } from "../report/report.ts";
import type { ChangedFile } from "./api.ts";
import type { CommentWhen, FixedThreads } from "./inputs.ts";
import type { PullState } from "./pull-state.ts";

export interface Situation {
  /** Paths are relative to the repository. */
  readonly report: Report;
  readonly head: string;
  readonly files: readonly ChangedFile[];
  readonly readLines: (path: string) => readonly string[];
  /** The lines of a file in the base; left out where they are not known. */
  readonly readBefore?: ((path: string) => readonly string[]) | undefined;
  /** A line as it may be shown, with `***` for secret values. */
  readonly safeLine: (path: string, line: number) => string | undefined;
  readonly state: PullState;
  readonly key: string;
  readonly comment: CommentWhen;
  readonly review: boolean;
  readonly fixed: FixedThreads;
  /** The page of a comment on a line. */
  readonly thread: (comment: number) => string;
  /** How the summary is written, but for its size and what has a comment. */
  readonly summary: Pick<SummaryOptions, "name" | "checks" | "address" | "commit" | "notes">;
}
