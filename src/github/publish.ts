/** Carries out a plan in the pull request. Nothing here changes the verdict: a failure becomes a sentence. */

import { countedIn } from "../report/report.ts";
import type { Finding } from "../verdict/finding.ts";
import { threadAddress } from "./addresses.ts";
import type { NewReview, PullRequestApi } from "./api.ts";
import type { PullRequest } from "./event.ts";
import { writeMarker } from "./marker.ts";
import { type Plan, plan } from "./plan.ts";
import type { PullState } from "./pull-state.ts";
import { isDenied, reasonOf, statusOf } from "./refusal.ts";
import type { Situation } from "./situation.ts";
import { planThreads } from "./threads.ts";

export type Work = Pick<
  Situation,
  "report" | "readLines" | "readBefore" | "safeLine" | "key" | "comment" | "review" | "fixed" | "summary"
> & {
  readonly event: PullRequest;
  /** The changed files, where they were listed already. */
  readonly files?: Situation["files"] | undefined;
};

export interface Published {
  /** What could not be written, and why. */
  readonly sentences: readonly string[];
  /** The findings that have a comment on a line. */
  readonly commented: ReadonlySet<Finding>;
}

/**
 * Writes the review and the summary. `seen` is what was in the pull request when the run began, undefined where that is
 * not known. Never throws.
 */
export async function publish(
  connect: () => Promise<PullRequestApi>,
  work: Work,
  seen?: PullState,
): Promise<Published> {
  try {
    return await write(await connect(), work, seen);
  } catch (error) {
    return { sentences: [explain(error, work.event)], commented: new Set() };
  }
}

async function write(api: PullRequestApi, work: Work, seen: PullState | undefined): Promise<Published> {
  const { situation, notices } = await look(api, work, seen);
  const done = (of: Situation, ...more: readonly string[]): Published => {
    return { sentences: [...notices, ...more], commented: planThreads(of).commented };
  };
  if (isNothing(plan(situation))) return done(situation);
  // What was seen may be some time ago: what is written is decided from what is there now.
  const now = seen === undefined ? situation : { ...situation, state: await api.state() };
  const standing = { ...now, review: false };
  if (now.state.head !== work.event.head) {
    return done(
      standing,
      "The pull request has newer commits, so nothing was commented here; the run for the newest commit comments.",
    );
  }
  const planned = plan(now);
  if (planned.review === undefined || (await postReview(api, planned.review))) {
    await finish(api, now, planned);
    if (planned.review ?? planned.createSummary) await tidy(api, now);
    return done(now);
  }
  const summary = plan(standing);
  await writeSummary(api, now, summary);
  if (summary.createSummary !== undefined) await tidy(api, now);
  return done(standing, "GitHub refused the line comments (422); the summary has their contents.");
}

function isNothing(planned: Plan): boolean {
  return Object.keys(planned).length === 0;
}

/** Everything but what notifies. A thread that can't be resolved is named in the summary. */
async function finish(api: PullRequestApi, situation: Situation, planned: Plan): Promise<void> {
  const { removeComments = [], editComments = [], resolve = [] } = planned;
  for (const id of removeComments) await api.deleteReviewComment(id);
  for (const { id, body } of editComments) await api.updateReviewComment(id, body);
  const refused = new Set<string | undefined>();
  for (const thread of resolve) if (!(await api.resolveThread(thread))) refused.add(thread);
  const { state } = situation;
  const threads = state.threads.map((one) => (refused.has(one.thread) ? { ...one, resolvable: false } : one));
  await writeSummary(
    api,
    situation,
    refused.size === 0 ? planned : plan({ ...situation, state: { ...state, threads } }),
  );
}

/** Two runs at once may both find nothing and write: whoever then sees both removes what is there twice. */
async function tidy(api: PullRequestApi, situation: Situation): Promise<void> {
  const { removeComments = [], surplus = [], updateSummary } = plan({ ...situation, state: await api.state() });
  for (const id of removeComments) await api.deleteReviewComment(id);
  if (surplus.length > 0) await writeSummary(api, situation, { surplus, ...(updateSummary ? { updateSummary } : {}) });
}

/** Posts a review. False if GitHub refuses it because one of its lines is not in the diff. */
async function postReview(api: PullRequestApi, review: NewReview): Promise<boolean> {
  try {
    await api.createReview(review);
    return true;
  } catch (error) {
    if (statusOf(error) === 422) return false;
    throw error;
  }
}

async function writeSummary(api: PullRequestApi, { key }: Situation, planned: Plan): Promise<void> {
  const { createSummary, updateSummary, surplus = [] } = planned;
  const update = { comment: api.updateComment, review: api.updateReview };
  if (createSummary !== undefined) await api.createComment(createSummary);
  if (updateSummary !== undefined) await update[updateSummary.of.in](updateSummary.of.id, updateSummary.body);
  for (const { id, in: where } of surplus) {
    // A review can't be deleted.
    if (where === "comment") await api.deleteComment(id);
    else await api.updateReview(id, `${writeMarker({ kind: "superseded", key })}Another run wrote the summary.`);
  }
}

/** Reads what the plan needs to know, and no more: most pull requests have nothing to say. */
async function look(
  api: PullRequestApi,
  work: Work,
  seen: PullState | undefined,
): Promise<{ situation: Situation; notices: readonly string[] }> {
  const { report, event, comment, review, summary } = work;
  const wantsFiles = (review && countedIn(report).length > 0) || (comment === "always" && report.unverified.length > 0);
  const [state, files] = await Promise.all([seen ?? api.state(), wantsFiles ? (work.files ?? api.files()) : []]);
  const notices = wantsFiles ? tellPartial(files.length, event.changedFiles) : [];
  const situation = {
    ...work,
    head: event.head,
    files,
    state,
    thread: (id: number) => threadAddress(event.repository, event.number, id),
    summary: { ...summary, notes: [...summary.notes, ...notices] },
  };
  return { situation, notices };
}

/** GitHub lists no more than 3,000 files: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files. */
function tellPartial(listed: number, changed: number): readonly string[] {
  if (listed >= changed) return [];
  return [
    `GitHub lists ${listed} of the ${changed} changed files, so line comments are incomplete: findings in the other files have none.`,
  ];
}

const elsewhere = "All findings are in the annotations and the job summary.";

function explain(error: unknown, { readOnly }: PullRequest): string {
  if (readOnly !== undefined && isDenied(error)) {
    const whose = readOnly === "fork" ? "a pull request from a fork" : "a run started by Dependabot";
    return `Nothing was commented: the token of ${whose} is read-only. ${elsewhere}`;
  }
  const what = isDenied(error) ? "Nothing was commented" : "Comments could not be written";
  return `${what}: ${reasonOf(error, "pull-requests: write")} ${elsewhere}`;
}
