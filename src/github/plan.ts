/**
 * What to write into a pull request, decided from what is there. Pure: the same situation gives the same plan, and a
 * plan carried out leaves a situation in which nothing is left to write.
 */
import { renderSummary } from "../report/markdown.ts";
import { countedIn } from "../report/report.ts";
import type { NewReview } from "./api.ts";
import { readMarker, writeMarker } from "./marker.ts";
import type { Comment } from "./pull-state.ts";
import type { Situation } from "./situation.ts";
import { planThreads, type Threads } from "./threads.ts";

/** What holds the summary: a comment of its own, or the first review, so that it costs no further notification. */
export interface Summary extends Comment {
  readonly in: "comment" | "review";
}

export interface Plan {
  /** Its body is the first summary, or empty. */
  readonly review?: NewReview;
  readonly createSummary?: string;
  readonly updateSummary?: { readonly of: Summary; readonly body: string };
  /** Summaries of ours beside the first. */
  readonly surplus?: readonly Summary[];
  readonly removeComments?: readonly number[];
  readonly editComments?: readonly { readonly id: number; readonly body: string }[];
  readonly resolve?: readonly string[];
}

/**
 * GitHub accepts 65,536 characters in a body; how it counts them is not documented, so this stays clear of it. In
 * UTF-16 units.
 */
const longestBody = 60_000;

export function plan(situation: Situation): Plan {
  const threads = planThreads(situation);
  const { fresh, remove, edit, resolve } = threads;
  const { create, ...summary } = planSummary(threads, situation);
  // Without words of its own a review goes when its last comment does.
  const review = { commit: situation.head, body: create ?? "", comments: fresh };
  return {
    ...(fresh.length > 0 ? { review } : {}),
    ...(fresh.length === 0 && create !== undefined ? { createSummary: create } : {}),
    ...(remove.length > 0 ? { removeComments: remove } : {}),
    ...(edit.length > 0 ? { editComments: edit } : {}),
    ...(resolve.length > 0 ? { resolve } : {}),
    ...summary,
  };
}

function planSummary(
  { commented, waiting }: Threads,
  situation: Situation,
): Pick<Plan, "updateSummary" | "surplus"> & { readonly create?: string } {
  const { report, key, comment, summary, thread } = situation;
  if (comment === "never") return {};
  const all = summaries(situation);
  const [standing, ...surplus] = all.filter(({ hidden }) => !hidden);
  // Whoever hid it doesn't want to see another one.
  if (standing === undefined && (all.length > 0 || !isWorthSaying(situation))) return {};
  const hidden = writeMarker({ kind: "summary", key });
  const limit = longestBody - hidden.length;
  const open = waiting.map(({ id, path }) => ({ path, address: thread(id) }));
  // Naming the commit would change the summary with each push.
  const options = {
    ...summary,
    commit: undefined,
    commented,
    waiting: open,
    limit,
    measure: ({ length }: string) => length,
  };
  const body = `${hidden}${renderSummary(report, options)}`;
  if (standing === undefined) return { create: body };
  return {
    ...(sameBody(standing.body, body) ? {} : { updateSummary: { of: standing, body } }),
    ...(surplus.length > 0 ? { surplus } : {}),
  };
}

/** The summaries of this check; that which stays is the first. Anybody can write a marker, so the author counts too. */
function summaries({ state, key }: Situation): readonly Summary[] {
  const ours = (comments: readonly Comment[], where: Summary["in"]) =>
    comments
      .filter(({ author, body }) => {
        const marker = readMarker(body);
        return author === state.login && marker?.kind === "summary" && marker.key === key;
      })
      .map((comment) => ({ ...comment, in: where }))
      .sort((a, b) => a.id - b.id);
  return [...ours(state.comments, "comment"), ...ours(state.reviews, "review")];
}

/** Whether a first summary is written: an unrelated pull request gets none. */
function isWorthSaying({ report, comment, files }: Situation): boolean {
  if (comment === "on-failure") return report.verdict === "fail";
  const touched = new Set(files.map(({ path }) => path));
  return (
    report.problems.length > 0 ||
    countedIn(report).length > 0 ||
    report.unverified.some(({ location }) => touched.has(location.path))
  );
}

/**
 * GitHub may give a body back with other line breaks, or without the blank space at its ends. Links to the same lines of
 * an older commit are as good.
 */
function sameBody(a: string, b: string): boolean {
  return plainBody(a) === plainBody(b);
}

function plainBody(body: string): string {
  return body
    .replaceAll("\r\n", "\n")
    .replace(/\/blob\/[0-9a-f]{40}\//g, "/blob/")
    .trim();
}
