/** The whole way: files → documents → resources → cases → judgements → report (DESIGN §3). */

import type { Config } from "./config/config.ts";
import { unusedEntries } from "./config/unused.ts";
import { type BuiltCase, buildCases } from "./facts/cases.ts";
import { link } from "./facts/link.ts";
import type { Unit } from "./facts/resources.ts";
import type { World } from "./facts/world.ts";
import { readUnits } from "./formats/units.ts";
import { loadPolicy } from "./policy/load.ts";
import { loadRules } from "./policy/rules.ts";
import { makeExcerpts } from "./report/excerpts.ts";
import { hideMarked, hider } from "./report/hide.ts";
import type { Excerpts, Report } from "./report/report.ts";
import type { Place, Problem, SourceFile } from "./source.ts";
import { readCandidates } from "./sources/folder.ts";
import { openFolder, type Tree } from "./sources/tree.ts";
import { totals } from "./verdict/account.ts";
import { type Baseline, baselineOf } from "./verdict/baseline.ts";
import { digester } from "./verdict/digest.ts";
import { distinct, merged } from "./verdict/findings.ts";
import { judge } from "./verdict/judge.ts";
import { levelsOf } from "./verdict/levels.ts";
import { mergedEntries } from "./verdict/questions.ts";
import { byPlace, countLevels } from "./verdict/rank.ts";
import { notInBaseline, ruled } from "./verdict/ruling.ts";
import { decide, type FailOn } from "./verdict/verdict.ts";

export interface CheckOptions {
  /** The folder to which every path is relative, the limit of what is read. */
  readonly root: string;
  /** The folder, above the root or the root itself, in which modules and files that the checked ones name are read. */
  readonly bounds?: string | undefined;
  /** What is read in place of that folder. */
  readonly tree?: Tree | undefined;
  /** Files, folders or globs below the root; all of it when empty. */
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  readonly config: Config;
  readonly failOn: FailOn;
  /**
   * Fingerprints of the findings that comments suppress in what judges these files: no other comment counts. It is
   * asked only when a comment suppresses something. Left out: every comment counts.
   */
  readonly suppressedInBase?: (() => Promise<ReadonlySet<string>>) | undefined;
  /** Findings that are known and don't fail the check. */
  readonly baseline?: Baseline | undefined;
  /** What the report is to mention besides. */
  readonly notes?: readonly Problem[];
  /** Whether the report shows the chains of references; true when it is left out. */
  readonly chains?: boolean;
}

export interface Checked {
  readonly report: Report;
  /** A baseline of the findings, and how many can't be in one. */
  readonly baseline: () => ReturnType<typeof baselineOf>;
  readonly excerpts: Excerpts;
  readonly world: World;
}

/** The places of a unit that are never shown: what its format marks, and what reads like a credential. */
function hiddenPlaces({ sensitive, resources }: Unit): readonly Place[] {
  const holders = [...resources.job_definitions, ...resources.launch_templates.map(({ agent }) => agent)];
  const written = holders.flatMap((one) => one?.credentials ?? []);
  return [...sensitive, ...written.map(({ at, written }) => written ?? at)];
}

interface Read {
  readonly files: readonly SourceFile[];
  readonly units: readonly Unit[];
  readonly world: World;
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
}

async function read({ paths, ignore, config, ...where }: CheckOptions): Promise<Read> {
  const tree = where.tree ?? openFolder(where.root, where.bounds);
  const { problems, unused, ...candidates } = await readCandidates(tree, { paths, ignore });
  const read = await readUnits(tree, candidates, config);
  const world = await link(read.units);
  return {
    files: read.files,
    units: read.units,
    world,
    problems: [...problems, ...read.problems],
    notes: [...read.notes, ...(await unusedEntries(config, unused, read))],
  };
}

/** Checks a folder. Throws when the policies can't be loaded or fail on a case, never because of the files. */
export async function check(options: CheckOptions): Promise<Checked> {
  // Not performance.now(), whose first use loads a module of Node for 1 ms.
  const started = Date.now();
  const [evaluate, { files, units, world, notes, problems: unread }] = await Promise.all([loadPolicy(), read(options)]);
  const levels = await levelsOf(loadRules(), options.config.rules);
  const characters = files.reduce((sum, { text }) => sum + text.length, 0);
  const judged = judge(world, units, evaluate, levels.rules, {
    off: levels.off,
    levels: options.config.rules.size > 0 ? levels : undefined,
    chains: options.chains,
    characters,
  });
  const problems = [...unread, ...judged.problems];
  const shown = new Set([...files, ...judged.files]);
  const today = new Date(started).toISOString().slice(0, 10);
  const found = distinct(merged(judged.findings).sort(byPlace));
  const digest = digester(judged.subjects, shown);
  const { findings: sorted, notes: idle } = await ruled(found, {
    ...options,
    rules: loadRules(),
    files,
    today,
    digest,
  });
  const { error, warning, notice } = countLevels(sorted);
  const hide = hider();
  const report: Report = {
    version: 1,
    verdict: decide(sorted, problems, options.failOn),
    findings: sorted,
    unverified: mergedEntries(judged.unverified).sort(byPlace),
    references: judged.references,
    problems,
    notes: [...(options.notes ?? []), ...notes, ...idle],
    summary: {
      files: files.length,
      jobDefinitions: world.jobs.length,
      ...totals(judged.references),
      errors: error,
      warnings: warning,
      infos: notice,
      suppressed: sorted.filter(({ status }) => status === "suppressed").length,
      durationMs: Date.now() - started,
    },
  };
  return {
    report: hideMarked(report, hide),
    baseline: async () => hideMarked(await baselineOf(sorted, digest, notInBaseline(loadRules())), hide),
    excerpts: makeExcerpts([...shown], units.flatMap(hiddenPlaces), hide),
    world,
  };
}

/** The cases of a folder, to be judged by any other engine. */
export async function cases(
  options: CheckOptions,
): Promise<{ cases: Iterable<BuiltCase>; problems: readonly Problem[] }> {
  const { world, problems } = await read(options);
  return {
    cases: buildCases(world, new Set(["job_definition", "policy", "secret", "network", "compute_environment"])),
    problems,
  };
}
