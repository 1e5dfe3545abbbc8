/**
 * Publishes the report of a run that may not write: of a fork, or of Dependabot. The report is what that run says, no
 * more: it is shown in the pull request to which GitHub says that the run belongs, and decides nothing.
 */
import { lstatSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as core from "@actions/core";
import { renderJobSummary } from "../report/markdown.ts";
import { longestReport, parseReport } from "../report/parse.ts";
import { redactReport } from "../report/redact.ts";
import { isThroughLink, isWithin } from "../sources/within.ts";
import type { RepositoryApi } from "./api.ts";
import { splitLines } from "./checkout.ts";
import { connect } from "./connect.ts";
import { type Environment, type PullRequest, readStartingRun, type StartingRun } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import { markerKey } from "./marker.ts";
import { publish } from "./publish.ts";
import { linksTo, readTexts } from "./pull-request.ts";
import { failureOf } from "./refusal.ts";
import { addSummary, notify } from "./runner.ts";

/** How long it may take, in milliseconds. */
const publishTime = 90_000;

const origin =
  "The run of the pull request made this report, and the pull request may have changed it. Its check decides, not this text.";

/** Throws a sentence when the report can't be published. */
export async function publishReport(environment: Environment, inputs: Inputs, payload: unknown): Promise<void> {
  const run = readStartingRun(environment, payload);
  if (run.event !== "pull_request") {
    core.info(`The run that started this one was for ${run.event}, not for a pull request: nothing is published.`);
    return;
  }
  const report = redactReport(parseReport(readReport(environment, inputs.report ?? "")));
  if (inputs.token === "") throw new Error("Input github-token is empty, so the report can't be published.");
  const api = await connect(inputs.token, run.repository, Date.now() + publishTime);
  const event = await pullRequestOf(api, run);
  if (event === undefined) {
    notify(["No open pull request has the commit of that run as its newest one, so nothing was published."]);
    return;
  }
  const { number } = event;
  const paths = [...new Set(report.findings.map(({ location }) => location.path))].slice(0, 100);
  const { commit, lines } = await readMerge(api, number, paths);
  const summary = {
    name: inputs.name,
    ...linksTo(event, { commit }),
    checks: run.page,
    notes: [origin],
  };
  await addSummary(renderJobSummary(report, summary));
  const { comment, review, fixed } = inputs;
  const key = markerKey(environment, inputs);
  const work = { report, event, key, comment, review, fixed, summary, readLines: lines, safeLine: () => undefined };
  notify((await publish(async () => api.pullRequest(number), work)).sentences);
}

/** A pull request chooses what its run uploads, so no link is followed. */
function readReport({ GITHUB_WORKSPACE = ".", RUNNER_TEMP }: Environment, named: string): string {
  const wanted = resolve(GITHUB_WORKSPACE, named);
  const folders = [GITHUB_WORKSPACE, ...(RUNNER_TEMP === undefined ? [] : [RUNNER_TEMP])].map((one) => resolve(one));
  if (!folders.some((folder) => isWithin(folder, wanted))) {
    throw new Error(`Input report is "${named}", but it must be in the workspace or the runner's temporary folder.`);
  }
  const stats = lstatSync(wanted, { throwIfNoEntry: false });
  if (stats === undefined) throw new Error(`Input report is "${named}", but there is no such file.`);
  if (!stats.isFile() || isThroughLink(wanted)) throw new Error(`Input report is "${named}", which is no plain file.`);
  if (stats.size > longestReport) throw new Error("The report is too large to be published.");
  return readFileSync(wanted, "utf8");
}

/** The pull request whose newest commit the run was for; undefined when there is none any more. */
async function pullRequestOf(api: RepositoryApi, run: StartingRun): Promise<PullRequest | undefined> {
  const { repository, head, branch } = run;
  let open: Awaited<ReturnType<RepositoryApi["openPullRequests"]>>;
  try {
    open = await api.openPullRequests(run.owner, branch);
  } catch (error) {
    throw failureOf("The pull request of the run can't be found", error, "pull-requests: write");
  }
  const [first, ...others] = open.filter((one) => one.head === head && one.headRepository === run.headRepository);
  if (first === undefined) return undefined;
  if (others.length > 0) {
    throw new Error("Several pull requests have the commit of that run: it can't be told which one it was for.");
  }
  const judge = { words: "the base branch", ref: undefined };
  const { number } = first;
  const fork = run.owner !== repository.owner;
  return { kind: "pull_request", name: "workflow_run", repository, number, head, judge, changedFiles: 0, fork };
}

/** The merge that such a run checks out: the lines of the report are its lines. */
async function readMerge(api: RepositoryApi, number: number, paths: readonly string[]) {
  const { commit, texts } = await readTexts(api, `refs/pull/${number}/merge`, paths);
  const byPath = new Map(paths.map((path, index) => [path, splitLines(texts[index])]));
  return { commit, lines: (path: string) => byPath.get(path) ?? [] };
}
