/** The whole way: files → documents → resources → cases → judgements → report (DESIGN §3). */

import type { Against, Base } from "./base/against.ts";
import type { Believed, Judge } from "./base/evidence.ts";
import type { JudgedTree } from "./base/judged-tree.ts";
import { type BuiltCase, buildCases } from "./facts/cases.ts";
import type { Judgement } from "./facts/schema/judgement.ts";
import type { Suggested, Unit } from "./facts/unit.ts";
import type { World } from "./facts/world.ts";
import { evaluator, type Policy } from "./policy/evaluate.ts";
import { openPolicy } from "./policy/load.ts";
import type { OwnPolicies, PolicyFile } from "./policy/own/open.ts";
import { loadRules, useOwnRules } from "./policy/rules.ts";
import { type Read, type ReadOptions, read, readSources, type Sources } from "./reading.ts";
import { makeExcerpts } from "./report/excerpts.ts";
import { hideMarked, hider } from "./report/hide.ts";
import { redact } from "./report/redact.ts";
import type { Excerpts, Report } from "./report/report.ts";
import { lengthOf, type Place, type Problem } from "./source.ts";
import { type Called, NO_HISTORY } from "./sources/history.ts";
import type { Tree } from "./sources/tree.ts";
import { totals } from "./verdict/account.ts";
import type { Baseline, BaselineEntry, baselineOf } from "./verdict/baseline.ts";
import { countWritten, type Deployments, deploymentsOf, joinFindings, joinUnverified } from "./verdict/deployments.ts";
import { digester } from "./verdict/digest.ts";
import { counted, type Finding, type Scope } from "./verdict/finding.ts";
import { distinct, type Found, merged } from "./verdict/findings.ts";
import { inlineSuppressions } from "./verdict/inline/find.ts";
import { type Judged, openJudging } from "./verdict/judge.ts";
import { levelsOf, requireRules } from "./verdict/levels.ts";
import { mergedEntries } from "./verdict/questions.ts";
import { byPlace, countLevels } from "./verdict/rank.ts";
import { notInBaseline, ruled } from "./verdict/ruling.ts";
import { suppress } from "./verdict/suppress.ts";
import { decide, type FailOn } from "./verdict/verdict.ts";

export interface CheckOptions extends ReadOptions {
  readonly failOn: FailOn;
  /** Policies of the user's own, which judge beside the built-in ones. */
  readonly policies?: readonly PolicyFile[] | undefined;
  /** Findings that are known and don't fail the check. */
  readonly baseline?: Baseline | undefined;
  /** Whether comments that suppress findings count although the base lacks them; true when it is left out. */
  readonly newSuppressions?: boolean | undefined;
  /** Which findings count: all of them when it is left out. */
  readonly scope?: Scope | undefined;
  /** What findings are compared with. It is read only when there are any. */
  readonly base?: Base | undefined;
  /** Whose evidence counts, where a change is judged; all of it proves when it is left out. */
  readonly judge?: Judge | undefined;
  /** What the report is to mention besides. */
  readonly notes?: readonly Problem[];
  /** Whether the report shows the chains of references; true when it is left out. */
  readonly chains?: boolean;
}

export interface Checked {
  readonly report: Report;
  /** The lines of a file in the base, which may hold secrets; none where it has no such file. */
  readonly linesBefore: (path: string) => readonly string[];
  /** A baseline of the findings, and how many can't be in one. */
  readonly baseline: () => ReturnType<typeof baselineOf>;
  readonly excerpts: Excerpts;
  readonly world: World;
  /** Deployments that the configuration could have. */
  readonly suggested: readonly Suggested[];
}

/** The places of a unit that are never shown: what its format marks, and what reads like a credential. */
function hiddenPlaces({ sensitive, resources }: Unit): readonly Place[] {
  const holders = [...resources.job_definitions, ...resources.launch_templates.map(({ agent }) => agent)];
  const written = holders.flatMap((one) => one?.credentials ?? []);
  return [...sensitive, ...written.map(({ at, written }) => written ?? at)];
}

/** The policies of a run: the built-in ones, and what those of the user's own say besides. */
interface Policies {
  readonly builtIn: Policy;
  readonly beside: OwnPolicies["beside"];
}

/** So many job definitions are judged in several threads: fewer take less time than threads need to start. */
const MANY = 300;

/** What the rules say of everything that was read. */
async function judgeAll(
  options: CheckOptions,
  { builtIn, beside }: Policies,
  { world, units, files }: Read,
): Promise<Judged> {
  const levels = await levelsOf(loadRules(), options.config.rules);
  const { cases, settle, judged } = openJudging(world, units, levels.rules, {
    off: levels.off,
    levels: options.config.rules.size > 0 ? levels : undefined,
    chains: options.chains,
    characters: lengthOf(files),
  });
  const evaluate = evaluator(builtIn);
  const take = (built: BuiltCase, said: Judgement) => settle(built, beside(built.input, said));
  const pool = world.jobs.length < MANY ? undefined : (await import("./policy/pool/open.ts")).openPoolHere(builtIn);
  try {
    if (pool) await pool.judge(cases, take);
    else for (const built of cases) take(built, evaluate(built.input));
  } finally {
    await pool?.end();
  }
  return judged();
}

interface Told {
  readonly head: Read;
  readonly judged: Judged;
}

/**
 * What is said of sources. Where other evidence than theirs is believed, they are judged with that first: what is known
 * of holes belongs to the last run, so that one has to be the whole.
 */
async function tell(
  options: CheckOptions,
  policies: Policies,
  sources: Sources,
  believed: Believed | undefined,
): Promise<Told> {
  const careful = believed && (await judgeAll(options, policies, await read(options, sources, believed.files)));
  const head = await read(options, sources);
  const whole = await judgeAll(options, policies, head);
  if (!careful) return { head, judged: whole };
  const { withoutProofsOf } = await import("./verdict/doubted.ts");
  return { head, judged: withoutProofsOf(whole, careful) };
}

/** The evidence that counts, where it is another than that of the checked folder. */
async function believedIn(
  { judge }: CheckOptions,
  { tree, candidates, evidence, evidenceFolders }: Sources,
): Promise<Believed | undefined> {
  const paths = [...candidates.files.map(({ path }) => path), ...candidates.terraform];
  if (judge === undefined || paths.length === 0) return undefined;
  const { believedEvidence } = await import("./base/evidence.ts");
  return believedEvidence(judge, { tree, paths, files: evidence.files, folders: evidenceFolders });
}

/** Compares what was found with the base, if there is one and anything was found. */
async function compareWithBase(
  options: CheckOptions,
  policies: Policies,
  { head, judged }: Told,
  believed: Believed | undefined,
): Promise<Against | undefined> {
  const { base } = options;
  if (base === undefined || judged.findings.length + head.problems.length === 0) return undefined;
  // Most runs find nothing: then nothing of this is loaded.
  const { against, historyOfBase } = await import("./base/against.ts");
  const beside = await evidenceBeside(base, head);
  return against(base, head.tree, inTree(head, judged), async (tree) => {
    const history = options.judge && historyOfBase(options.judge);
    const other = { ...options, history: history && (() => history), tree: beside(tree), chains: false };
    const before = await tell(other, policies, await readSources(other), believed);
    return inTree(before.head, before.judged);
  });
}

/** Puts evidence that is of no commit into the tree of one. */
async function evidenceBeside({ isBeside }: Base, { evidence }: Read): Promise<(tree: Tree) => Tree> {
  const files = evidence.files.filter(({ path }) => isBeside?.(path));
  if (files.length === 0) return (tree) => tree;
  const { contentsOf, overlay } = await import("./sources/overlay.ts");
  return (tree) => overlay(tree, contentsOf(files));
}

function inTree(read: Read, { findings }: Judged): JudgedTree {
  const hide = hider();
  return {
    findings,
    problems: read.problems,
    files: read.files.map(({ path }) => path),
    characters: lengthOf(read.files),
    show: (finding) => hideMarked(finding, hide),
    suppressed: async () => {
      const { suppressors } = await inlineSuppressions(read.files, ruleIds());
      const marked = suppress(reported(findings, deploymentsOf(read.units)), suppressors, today());
      return marked.findings.flatMap(({ status, fingerprint }) => (status === "suppressed" ? [fingerprint] : []));
    },
  };
}

/** The findings as a report has them: each once, by place. */
function reported(found: readonly Found[], deployments: Deployments): Finding[] {
  return distinct(merged(joinFindings(found, deployments)).sort(byPlace));
}

function ruleIds(): readonly string[] {
  return loadRules().map(({ id }) => id);
}

/** In UTC, as YYYY-MM-DD. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function historyOf({ judge, base }: CheckOptions): ReadOptions["history"] {
  if (judge === undefined) return undefined;
  const { isCommitted } = judge;
  if (base === undefined) return () => ({ ...NO_HISTORY, isCommitted });
  const stoodAlone = async (tree: Tree, called: readonly Called[]) =>
    called.length === 0 ? new Set<string>() : (await import("./base/alone.ts")).stoodAlone(base, tree, called);
  return (tree) => ({ isCommitted, stoodAlone: (called) => stoodAlone(tree, called) });
}

/** Checks a folder. Throws when the policies can't be loaded or fail on a case, never because of the files. */
export async function check(given: CheckOptions): Promise<Checked> {
  const options = { ...given, history: historyOf(given) };
  const { policies = [] } = options;
  const own = policies.length > 0 ? (await import("./policy/own/open.ts")).openOwnPolicies(policies) : undefined;
  useOwnRules(own?.rules ?? []);
  requireRules(options.config, loadRules());
  try {
    return await checkWith(options, own?.beside);
  } finally {
    own?.end();
  }
}

async function checkWith(
  options: CheckOptions,
  beside: OwnPolicies["beside"] = (_, builtIn) => builtIn,
): Promise<Checked> {
  // Not performance.now(), whose first use loads a module of Node for 1 ms.
  const started = Date.now();
  const [builtIn, sources] = await Promise.all([openPolicy(), readSources(options)]);
  const policies = { builtIn, beside };
  const believed = await believedIn(options, sources);
  const told = await tell(options, policies, sources, believed);
  const { head, judged } = told;
  const { files, units, world, notes } = head;
  const shown = new Set([...files, ...judged.files]);
  const deployments = deploymentsOf(units);
  const digest = digester(judged.subjects, shown);
  // The marked values are those of the last run.
  const hide = hider();
  const compared = await compareWithBase(options, policies, told, believed);
  const isOld = (problem: Problem) => options.scope === "new" && (compared?.oldProblems.has(problem) ?? false);
  const problems = [...head.problems.filter((one) => !isOld(one)), ...judged.problems];
  const found = reported(
    judged.findings.map((one) => marked(one, compared)),
    deployments,
  );
  const { findings, notes: idle } = await ruled(found, {
    ...options,
    rules: loadRules(),
    files,
    today: today(),
    digest,
    approved: options.newSuppressions === false ? (compared?.suppressed ?? new Set()) : undefined,
  });
  const scope = options.scope ?? "all";
  const standing = counted(findings, scope);
  const { error, warning, notice } = countLevels(standing);
  const report: Report = {
    version: 1,
    verdict: decide(standing, problems, options.failOn),
    scope,
    base: compared && compared.failure === undefined ? (options.base?.words ?? null) : null,
    findings,
    fixed: compared?.fixed ?? [],
    unverified: mergedEntries(joinUnverified(judged.unverified, deployments)).sort(byPlace),
    references: judged.references,
    problems,
    notes: [
      ...(options.notes ?? []),
      ...(believed?.notes ?? []),
      ...notes,
      ...idle,
      ...head.problems.filter(isOld).map((one) => ({ ...one, message: `${one.message} This was so before.` })),
      ...(compared?.failure === undefined ? [] : [notCompared(options, compared.failure)]),
    ],
    summary: {
      files: files.length,
      jobDefinitions: countWritten(world.jobs, deployments),
      ...totals(judged.fates),
      errors: error,
      warnings: warning,
      infos: notice,
      suppressed: findings.filter(({ status }) => status === "suppressed").length,
      existing: findings.filter(({ status }) => status === "existing").length,
      durationMs: Date.now() - started,
    },
  };
  return {
    report: hideMarked(report, hide),
    linesBefore: compared?.linesBefore ?? (() => []),
    baseline: async () => {
      const { baselineOf } = await import("./verdict/baseline.ts");
      const { entries, refused } = await baselineOf(findings, digest, notInBaseline(loadRules()));
      return hideMarked({ entries: entries.map(redactEntry), refused }, hide);
    },
    excerpts: makeExcerpts([...shown], units.flatMap(hiddenPlaces), hide),
    world,
    suggested: units.flatMap(({ suggested }) => suggested ?? []),
  };
}

/** What a baseline says for people, redacted. */
function redactEntry(entry: BaselineEntry): BaselineEntry {
  return { ...entry, path: redact(entry.path), subject: redact(entry.subject) };
}

/** A finding with what the base says about it. */
function marked(found: Found, compared: Against | undefined): Found {
  const cause = compared?.causes.get(found);
  const status = compared?.old.has(found) ? "existing" : "new";
  return { ...found, finding: { ...found.finding, status, ...(cause && { cause }) } };
}

function notCompared({ base }: CheckOptions, reason: string): Problem {
  return { path: base?.words ?? "", message: `It can't be read, so every finding counts as new. ${reason}` };
}

/** The cases of a folder, to be judged by any other engine. */
export async function cases(
  options: CheckOptions,
): Promise<{ cases: Iterable<BuiltCase>; problems: readonly Problem[] }> {
  const { world, problems } = await read(options, await readSources(options));
  return {
    cases: buildCases(world, new Set(["job_definition", "policy", "secret", "network", "compute_environment"])),
    problems,
  };
}
