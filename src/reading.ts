/** Everything that a run reads: the files of the checked folder and the evidence, as units and what links them. */

import type { Config } from "./config/config.ts";
import { unusedEntries } from "./config/unused.ts";
import { link } from "./facts/link.ts";
import type { Unit } from "./facts/unit.ts";
import type { World } from "./facts/world.ts";
import { readUnits } from "./formats/units.ts";
import type { Problem, SourceFile } from "./source.ts";
import {
  type EvidenceFolder,
  evidenceFolders,
  isEvidence,
  type ReadEvidence,
  readEvidence,
  thereOf,
} from "./sources/evidence.ts";
import { type Candidates, readCandidates } from "./sources/folder.ts";
import type { History } from "./sources/history.ts";
import { roomOfRun } from "./sources/read-file.ts";
import { openFolder, type Tree } from "./sources/tree.ts";

export interface ReadOptions {
  /** The folder to which every path is relative, the limit of what is read. */
  readonly root: string;
  /** The folder, above the root or the root itself, in which modules and files that the checked ones name are read. */
  readonly bounds?: string | undefined;
  /** What is read in place of that folder. */
  readonly tree?: Tree | undefined;
  /** Files, folders or globs below the root; all of it when empty. */
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  /** Files and folders of evidence; the usual folder, if it is there, when it is left out. */
  readonly evidence?: readonly string[] | undefined;
  /** Whether it is the account that is checked: the job definitions of the evidence are subjects then. */
  readonly ofAccount?: boolean | undefined;
  readonly config: Config;
  /** How the files of a tree came about, where a change is judged. */
  readonly history?: ((tree: Tree) => History) | undefined;
  /** The one deployment that is looked at, of those of a unit; all of them when it is left out. */
  readonly deployment?: string | undefined;
}

/** The texts that are read before anything is made of them. */
export interface Sources {
  readonly tree: Tree;
  readonly candidates: Candidates;
  readonly evidence: ReadEvidence;
  /** Where evidence can be, whether or not there is any. */
  readonly evidenceFolders: readonly EvidenceFolder[];
}

export interface Read extends Sources {
  readonly files: readonly SourceFile[];
  readonly units: readonly Unit[];
  readonly world: World;
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
}

export async function readSources({
  root,
  bounds,
  paths,
  ignore,
  config,
  history,
  ...where
}: ReadOptions): Promise<Sources> {
  const tree = where.tree ?? openFolder(root, bounds);
  const usual = config.deployments.flatMap(({ evidence }) => evidence ?? []);
  const possible = evidenceFolders(tree, root, { named: where.evidence, usual });
  const folders = thereOf(tree, possible);
  const passed = folders.length > 0 ? isEvidence(folders) : undefined;
  const room = roomOfRun();
  const candidates = await readCandidates(tree, {
    paths,
    ignore,
    evidence: passed,
    isCommitted: history?.(tree).isCommitted,
    room,
  });
  return { tree, candidates, evidence: readEvidence(tree, root, folders, room), evidenceFolders: possible };
}

/** What the sources mean, with their own evidence or other files in its place. */
export async function read(
  { config, deployment, ofAccount, history }: ReadOptions,
  sources: Sources,
  evidence: readonly SourceFile[] = sources.evidence.files,
): Promise<Read> {
  const { tree, candidates } = sources;
  const given = { ...candidates, evidence, ofAccount, history: history?.(tree) };
  const read = await readUnits(tree, given, config, deployment);
  const paths = new Set(read.files.map(({ path }) => path));
  const { units, problems } = inDeployment(read.units, deployment, config);
  return {
    ...sources,
    files: read.files,
    units,
    world: await link(units),
    problems: [...candidates.problems, ...sources.evidence.problems, ...read.problems, ...problems],
    notes: [
      ...candidates.notes,
      ...(candidates.unread ?? []).filter(({ path }) => !paths.has(path)),
      ...sources.evidence.notes,
      ...read.notes,
      ...(await unusedEntries(config, candidates.unused, read)),
    ],
  };
}

/** The units of one deployment, and those that are of none. */
function inDeployment(
  units: readonly Unit[],
  name: string | undefined,
  { deployments }: Config,
): Pick<Read, "units" | "problems"> {
  if (name === undefined) return { units, problems: [] };
  const names = new Set([
    ...deployments.map((one) => one.name.value),
    ...units.flatMap(({ deployed }) => deployed?.name ?? []),
  ]);
  const known = names.size === 0 ? "No deployment is configured." : `There are ${[...names].sort().join(", ")}.`;
  return {
    units: units.filter(({ deployed }) => deployed === undefined || deployed.name === name),
    problems: names.has(name) ? [] : [{ path: "configuration", message: `There is no deployment ${name}. ${known}` }],
  };
}
