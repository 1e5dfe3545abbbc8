/**
 * What to write into a pull request, decided from what is there. Pure: the same situation gives the same plan, and a
 * plan carried out leaves a situation in which nothing is left to write.
 *
 * Comments of ours whose finding is gone are left alone.
 */
import { renderComment, renderSummary, type SummaryOptions } from "../report/markdown.ts";
import type { Report } from "../report/report.ts";
import type { Finding } from "../verdict/finding.ts";
import { worstFirst } from "../verdict/rank.ts";
import { quantity } from "../words.ts";
import { type Anchor, align, anchor } from "./anchor.ts";
import type { ChangedFile, IssueComment, NewReview, ReviewComment } from "./api.ts";
import { parsePatch } from "./diff.ts";
import type { CommentWhen } from "./inputs.ts";
import { readMarker, writeMarker } from "./marker.ts";

export interface Situation {
  /** Paths are relative to the repository. */
  readonly report: Report;
  readonly head: string;
  readonly files: readonly ChangedFile[];
  readonly readLines: (path: string) => readonly string[];
  readonly issueComments: readonly IssueComment[];
  readonly reviewComments: readonly ReviewComment[];
  /** The login under which we write: a comment of anybody else is not ours, whatever it says. */
  readonly login: string;
  readonly key: string;
  readonly comment: CommentWhen;
  readonly review: boolean;
  /** How the summary is written, but for its size and what has a comment. */
  readonly summary: Pick<SummaryOptions, "name" | "address" | "commit" | "notes">;
}

export interface Plan {
  readonly review?: NewReview;
  readonly createSticky?: { readonly body: string };
  readonly updateSticky?: { readonly id: number; readonly body: string };
  /** Summaries of ours beside the first. */
  readonly removeStickies?: readonly number[];
}

/**
 * More comments would bury the pull request, and GitHub limits how much is written a minute. Existing ones count too: a
 * second run must not go on where the first one stopped.
 */
const mostComments = 30;
/**
 * GitHub accepts 65,536 characters in a body; how it counts them is not documented, so this stays clear of it. In
 * UTF-16 units.
 */
const longestBody = 60_000;

export function plan(situation: Situation): Plan {
  const findings = worstFirst(situation.report.findings);
  const kept = findCommented(findings, situation);
  const fresh = situation.review ? place(findings, kept, situation) : new Map<Finding, Anchor>();
  return {
    ...(fresh.size > 0 ? { review: writeReview(fresh, situation) } : {}),
    ...planSticky(new Set([...kept, ...fresh.keys()]), situation),
  };
}

/** Whether a comment carries a marker of this check; the author must be checked as well. */
export function isMarked(body: string, key: string): boolean {
  return readMarker(body)?.key === key;
}

function findCommented(findings: readonly Finding[], { reviewComments, login, key }: Situation): ReadonlySet<Finding> {
  const standing = new Set<string>();
  for (const { author, body, outdated } of reviewComments) {
    const marker = readMarker(body);
    if (author !== login || outdated || marker?.kind !== "finding" || marker.key !== key) continue;
    standing.add(marker.fingerprint);
  }
  return new Set(findings.filter((finding) => standing.has(finding.fingerprint)));
}

/** The worst findings that can have a comment and have none. */
function place(
  findings: readonly Finding[],
  commented: ReadonlySet<Finding>,
  { files, readLines }: Situation,
): ReadonlyMap<Finding, Anchor> {
  const patches = new Map(
    files.flatMap(({ path, removed, patch }) => (removed || !patch ? [] : [[path, patch] as const])),
  );
  const read = remember((path) => {
    const lines = readLines(path);
    return { hunks: align(parsePatch(patches.get(path) ?? ""), lines), lines };
  });
  const placed = new Map<Finding, Anchor>();
  for (const finding of findings) {
    if (commented.size + placed.size >= mostComments) break;
    if (commented.has(finding) || !patches.has(finding.location.path)) continue;
    const { hunks, lines } = read(finding.location.path);
    const at = anchor(finding.location, hunks, lines);
    if (at !== undefined) placed.set(finding, at);
  }
  return placed;
}

function remember<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

function writeReview(placed: ReadonlyMap<Finding, Anchor>, { head, key, summary }: Situation): NewReview {
  return {
    commit: head,
    body: `Batch secrets check: ${quantity(placed.size, "finding")} on lines of this pull request.`,
    comments: [...placed].map(([finding, at]) => {
      const marker = writeMarker({ kind: "finding", key, fingerprint: finding.fingerprint });
      return { ...at, body: `${marker}${renderComment(finding, summary)}` };
    }),
  };
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
