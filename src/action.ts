/**
 * The action: inputs → check → outputs, log, summary → pull request → annotations → exit code. A late failure can't hide
 * a finding.
 */
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import * as core from "@actions/core";
import { isCollected } from "./base/evidence.ts";
import { type Checked, type CheckOptions, check } from "./check.ts";
import { failureMessage } from "./failure.ts";
import { openBase, openJudge, usualScope } from "./github/base.ts";
import { chooseBaseline } from "./github/baseline.ts";
import { type Checkout, linesOf, openFiles, textOf } from "./github/checkout.ts";
import { chooseConfiguration } from "./github/configuration.ts";
import { type Environment, readEvent } from "./github/event.ts";
import { linesOnHead } from "./github/head.ts";
import { COLLECT, readInputs } from "./github/inputs.ts";
import { markerKey } from "./github/marker.ts";
import { choosePolicies } from "./github/policies.ts";
import { linksTo, openSession } from "./github/pull-request.ts";
import { relocate } from "./github/relocate.ts";
import { placeReports, writeReports } from "./github/report-file.ts";
import { addSummary, annotate, fail, log, notify, outputsOf, setOutputs, stopped } from "./github/runner.ts";
import { submoduleOf } from "./github/submodules.ts";
import { annotations, placed } from "./report/annotations.ts";
import { headline, renderJobSummary } from "./report/markdown.ts";
import { patchOf } from "./report/patch.ts";
import { redactReport, redactSource } from "./report/redact.ts";
import { countedIn, type Report } from "./report/report.ts";
import { DEFAULT_WIDTH, renderText } from "./report/text.ts";
import { exitCode } from "./verdict/verdict.ts";

async function run(environment: Environment): Promise<void> {
  const inputs = readInputs(environment);
  const { paths: wanted, pathsIgnore, failOn } = inputs;
  const { GITHUB_EVENT_PATH } = environment;
  const payload: unknown = GITHUB_EVENT_PATH ? JSON.parse(readFileSync(GITHUB_EVENT_PATH, "utf8")) : {};
  if (inputs.report !== undefined) {
    const { publishReport } = await import("./github/publish-report.ts");
    return publishReport(environment, inputs, payload);
  }
  const event = readEvent(environment, payload);
  const checkout = await openFiles(environment, inputs, event);
  const key = markerKey(environment, inputs);
  const files = placeReports(environment, inputs.files, key);
  const session = openSession(event, inputs, checkout);
  const { config, failure, ...chosen } = await chooseConfiguration(checkout, inputs.config, session.base);
  const known = await chooseBaseline(checkout, config, session.base);
  const policies = await choosePolicies(checkout, { config, named: inputs.policies }, session.base);
  const asks = inputs.evidence.includes(COLLECT);

  const base = openBase(event, inputs.token, checkout, session.before);
  const isOwn = asks ? isCollected : () => false;
  const isUsual = inputs.evidence.length === 0 && config.deployments.every(({ evidence }) => evidence === undefined);
  const options: CheckOptions = {
    root: checkout.root,
    bounds: checkout.repository,
    tree: checkout.remote?.tree,
    paths: wanted.length > 0 ? wanted : config.paths,
    ignore: [...config.pathsIgnore, ...pathsIgnore],
    config,
    // No evidence of the checkout counts beside what the run asks for itself.
    evidence: asks ? [] : inputs.evidence.length > 0 ? inputs.evidence : undefined,
    failOn: failOn ?? config.failOn ?? "error",
    policies,
    baseline: known.baseline,
    scope: inputs.scope ?? config.scope ?? usualScope(event),
    base: base && (asks ? { ...base, isBeside: isCollected } : base),
    judge: session.base && openJudge(event, inputs.token, checkout, session.base, { base, isUsual, isOwn }),
    newSuppressions: session.base === undefined || config.allowNewSuppressions,
  };
  const first = await checkAll(options, checkout);
  const collected = asks ? await (await import("./github/collected.ts")).collectFor(options, first, event) : undefined;
  const checked = collected?.options === undefined ? first : await checkAll(collected.options, checkout);
  const notices = [...chosen.notices, ...known.notices, ...(collected?.notices ?? [])];

  const found = redactReport(relocate(checked.report, checkout.prefix));
  const report: Report = failure === undefined ? found : { ...found, verdict: "fail" };

  log(renderText(checked.report, checked.excerpts, { colour: true, width: DEFAULT_WIDTH }));
  await writeReports(files, report, checked.excerpts);
  setOutputs(outputsOf(report, files));
  const inSubmodule = (path: string) => submoduleOf(checkout, event.repository.server, path);
  const summary = {
    name: inputs.name ?? config.name ?? inputs.matrix,
    ...linksTo(event, checkout, inSubmodule),
    notes: (failure === undefined ? notices : [failure, ...notices]).map(redactSource),
  };
  const safeLine = (path: string, line: number) => checked.excerpts.line(path.slice(checkout.prefix.length), line);
  const readBefore = (path: string) => checked.linesBefore(posix.relative(checkout.prefix, path));
  const patch = patchOf(countedIn(report), textOf(checkout), safeLine);
  await addSummary(renderJobSummary(report, { ...summary, patch }));
  const { sentences, commented } = await session.write({
    report,
    readLines: linesOf(checkout),
    readBefore,
    safeLine,
    key,
    summary,
  });
  // Only now it is known what a comment says on the same line. Log and summary have everything already.
  if (inputs.annotations) {
    const shown = annotations(report, { commented, quiet: options.paths.length === 0 });
    const paths = [...new Set(shown.flatMap(({ file }) => file ?? []))];
    annotate(placed(shown, await linesOnHead(event, checkout, session, paths)));
  }
  notify([...notices, ...sentences]);
  const code = exitCode(report);
  if (failure !== undefined) fail(redactSource(failure), 2);
  else if (code !== 0) fail(`Batch secrets check failed: ${headline(report).words}.`, code);
}

/** Checks everything: a file may name others, which come through the API only when they are asked for. */
async function checkAll(options: CheckOptions, { remote }: Checkout): Promise<Checked> {
  let checked = await check(options);
  while (await remote?.load()) checked = await check(options);
  return checked;
}

run(process.env).catch((error: unknown) => {
  core.debug(redactSource(error instanceof Error && error.stack ? error.stack : String(error)));
  setOutputs(stopped);
  fail(failureMessage(error), 2);
});
