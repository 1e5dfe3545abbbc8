/**
 * What to write into a pull request, decided from what is there. Pure: the same situation gives the same plan, and a
 * plan carried out leaves a situation in which nothing is left to write.
 */
import { renderSummary, type SummaryOptions } from "../report/markdown.ts";
import type { Report } from "../report/report.ts";
import type { Finding } from "../verdict/finding.ts";
import type { ChangedFile, IssueComment, NewReview, ReviewComment } from "./api.ts";
import type { CommentWhen } from "./inputs.ts";
import { readMarker, writeMarker } from "./marker.ts";
import { planThreads } from "./threads.ts";

export interface Situation {
  /** Paths are relative to the repository. */
  readonly report: Report;
  readonly head: string;
  readonly files: readonly ChangedFile[];
  readonly readLines: (path: string) => readonly string[];
  /** A line as it may be shown, with `***` for secret values. */
  readonly safeLine: (path: string, line: number) => string | undefined;
  readonly issueComments: readonly IssueComment[];
  readonly reviewComments: readonly ReviewComment[];
  /** The login under which we write: a comment of anybody else is not ours, whatever it says. */
  readonly login: string;
  readonly key: string;
  readonly comment: CommentWhen;
  readonly review: boolean;
  /** How the summary is written, but for its size and what has a comment. */
  readonly summary: Pick<SummaryOptions, "name" | "checks" | "address" | "commit" | "notes">;
}

export interface Plan {
  readonly review?: NewReview;
  readonly createSticky?: { readonly body: string };
  readonly updateSticky?: { readonly id: number; readonly body: string };
  /** Summaries of ours beside the first. */
  readonly removeStickies?: readonly number[];
  readonly removeComments?: readonly number[];
  readonly editComments?: readonly { readonly id: number; readonly body: string }[];
}

/**
 * GitHub accepts 65,536 characters in a body; how it counts them is not documented, so this stays clear of it. In
 * UTF-16 units.
 */
const longestBody = 60_000;

export function plan(situation: Situation): Plan {
  const { fresh, remove, edit, commented } = planThreads(situation);
  return {
    // Without words of its own a review goes when its last comment does.
    ...(fresh.length > 0 ? { review: { commit: situation.head, body: "", comments: fresh } } : {}),
    ...(remove.length > 0 ? { removeComments: remove } : {}),
    ...(edit.length > 0 ? { editComments: edit } : {}),
    ...planSticky(commented, situation),
  };
}

/** Whether a comment carries a marker of this check; the author must be checked as well. */
export function isMarked(body: string, key: string): boolean {
  return readMarker(body)?.key === key;
}

function planSticky(commented: ReadonlySet<Finding>, situation: Situation): Plan {
  const { report, issueComments, login, key, comment, summary } = situation;
  if (comment === "never") return {};
  const [standing, ...surplus] = summaries(issueComments, login, key);
  if (standing === undefined && !isWorthSaying(situation)) return {};
  const hidden = writeMarker({ kind: "summary", key });
  const limit = longestBody - hidden.length;
  const body = `${hidden}${renderSummary(report, { ...summary, commented, limit, measure: ({ length }) => length })}`;
  if (standing === undefined) return { createSticky: { body } };
  return {
    ...(sameBody(standing.body, body) ? {} : { updateSticky: { id: standing.id, body } }),
    ...(surplus.length > 0 ? { removeStickies: surplus.map(({ id }) => id) } : {}),
  };
}

/** The summaries of this check, the oldest first. */
export function summaries(comments: readonly IssueComment[], login: string, key: string): readonly IssueComment[] {
  return comments.filter(({ author, body }) => {
    const marker = readMarker(body);
    return author === login && marker?.kind === "summary" && marker.key === key;
  });
}

/** Whether a first summary is written: an unrelated pull request gets none. */
function isWorthSaying({ report, comment, files }: Situation): boolean {
  if (comment === "on-failure") return report.verdict === "fail";
  const touched = new Set(files.map(({ path }) => path));
  return (
    report.problems.length > 0 ||
    report.findings.some(({ status }) => status === "new") ||
    report.unverified.some(({ location }) => touched.has(location.path))
  );
}

/** GitHub may give a body back with other line breaks, or without the blank space at its ends. */
function sameBody(a: string, b: string): boolean {
  return plainBody(a) === plainBody(b);
}

function plainBody(body: string): string {
  return body.replaceAll("\r\n", "\n").trim();
}
