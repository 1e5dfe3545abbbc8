/** Carries out a plan in the pull request. Nothing here changes the verdict: a failure becomes a sentence. */
import type { NewReview, PullRequestApi } from "./api.ts";
import type { PullRequest } from "./event.ts";
import { isMarked, type Plan, plan, type Situation, summaries } from "./plan.ts";
import { isDenied, reasonOf, statusOf } from "./refusal.ts";

export type Work = Pick<Situation, "report" | "readLines" | "safeLine" | "key" | "comment" | "review" | "summary"> & {
  readonly event: PullRequest;
};

/** Writes the review and the summary. Gives a sentence for each thing that could not be written. Never throws. */
export async function publish(connect: () => Promise<PullRequestApi>, work: Work): Promise<readonly string[]> {
  try {
    return await write(await connect(), work);
  } catch (error) {
    return [explain(error, work.event)];
  }
}

async function write(api: PullRequestApi, work: Work): Promise<readonly string[]> {
  const { situation, notices } = await look(api, work);
  const planned = plan(situation);
  if (Object.keys(planned).length === 0) return notices;
  if ((await api.head()) !== work.event.head) {
    return [
      ...notices,
      "The pull request has newer commits, so nothing was commented here; the run for the newest commit comments.",
    ];
  }
  if (planned.review === undefined || (await postReview(api, planned.review))) {
    await endThreads(api, planned);
    await writeSticky(api, situation, planned);
    return notices;
  }
  await writeSticky(api, situation, plan({ ...situation, review: false }));
  return [...notices, "GitHub refused the line comments (422); the summary has their contents."];
}

/** Neither notifies anybody. */
async function endThreads(api: PullRequestApi, { removeComments = [], editComments = [] }: Plan): Promise<void> {
  for (const id of removeComments) await api.deleteReviewComment(id);
  for (const { id, body } of editComments) await api.updateReviewComment(id, body);
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

async function writeSticky(api: PullRequestApi, { key }: Situation, planned: Plan): Promise<void> {
  const { createSticky, updateSticky, removeStickies = [] } = planned;
  if (createSticky !== undefined) await createOnce(api, key, createSticky.body);
  if (updateSticky !== undefined) await api.updateComment(updateSticky.id, updateSticky.body);
  for (const id of removeStickies) await api.deleteComment(id);
}

/** Two runs at once may both find no summary and write one: whoever then sees two leaves the older one. */
async function createOnce(api: PullRequestApi, key: string, body: string): Promise<void> {
  const created = await api.createComment(body);
  const [first, ...surplus] = summaries(await api.issueComments(), created.author ?? "", key);
  if (first === undefined || surplus.length === 0) return;
  if (first.id !== created.id) await api.updateComment(first.id, body);
  for (const { id } of surplus) await api.deleteComment(id);
}

/** Reads what the plan needs to know, and no more: most pull requests have nothing to say and cost one request. */
async function look(api: PullRequestApi, work: Work): Promise<{ situation: Situation; notices: readonly string[] }> {
  const { report, event, key, comment, review, summary } = work;
  const wantsLines = review && report.findings.length > 0;
  const wantsFiles = wantsLines || (comment === "always" && report.unverified.length > 0);
  const [issueComments, reviewComments, files] = await Promise.all([
    comment === "never" ? [] : api.issueComments(),
    review ? api.reviewComments() : [],
    wantsFiles ? api.files() : [],
  ]);
  const marked = [...issueComments, ...reviewComments].some(({ body }) => isMarked(body, key));
  const notices = wantsFiles ? tellPartial(files.length, event.changedFiles) : [];
  const situation = {
    ...work,
    head: event.head,
    files,
    issueComments,
    reviewComments,
    login: marked ? await api.identity() : "",
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
