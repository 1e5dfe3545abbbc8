/** From Terraform's files to units: one for each root module that involves Batch jobs. */

import { posix } from "node:path";
import type { Unit } from "../../facts/unit.ts";
import { groupBy, into } from "../../maps.ts";
import { newPurses, type Purses } from "../../purse.ts";
import type { Problem, SourceFile } from "../../source.ts";
import { type History, NO_HISTORY } from "../../sources/history.ts";
import type { Workspace } from "../../sources/workspace.ts";
import { type Deployments, isFor, NO_DEPLOYMENTS } from "../deployments.ts";
import { deployedOnce, filesOf, inDeployments } from "./deployments.ts";
import { loadLibraries } from "./language/libraries.ts";
import { openInstalled } from "./modules/installed.ts";
import { mayCallJobs } from "./modules/job-calls.ts";
import { createLoader, type Loader } from "./modules/load.ts";
import { findRoots } from "./modules/roots.ts";
import { declares } from "./modules/source.ts";
import type { States } from "./modules/states.ts";
import { characterCount, unitOf } from "./modules/tree.ts";
import { type Opened, openRoot, type Root, type RootPlan, readRoot } from "./root.ts";
import { readTerragrunt, runsFor } from "./terragrunt.ts";
import { readBy, type Tool } from "./tools.ts";
import { openFiles, parseFiles, unusedFiles, unusedOf } from "./variable-files.ts";

export interface TerraformOptions {
  /**
   * Variables files besides the ones that Terraform loads automatically, relative to the workspace; `isFor` decides
   * which root module each is for.
   */
  readonly varFiles: readonly string[];
  /** The deployments of root modules; none when it is left out. */
  readonly deployments?: Deployments;
  /** The texts of other files that hold jobs, which may name what a root module declares. */
  readonly documents?: readonly string[];
  /** Plans that are read together with their root modules. */
  readonly plans?: RootPlans;
  /** How the files came about; nothing is in doubt when it is left out. */
  readonly history?: History;
  /** What the run can afford; its own when it is left out. */
  readonly purses?: Purses;
  /** The tool that reads the modules, where it makes a difference which one does. */
  readonly tool?: Tool | undefined;
}

/** A root module, to find its plan. */
export interface PlannedRoot {
  /** The folder in which it runs. */
  readonly path: string;
  /** Whether it declares the object of an address in a plan's configuration. */
  readonly declares: (address: string) => boolean;
}

/** Finds the plans of root modules, by the folders in which the modules run. */
export type RootPlans = (roots: readonly PlannedRoot[]) => ReadonlyMap<string, RootPlan>;

/** The units, and the files of Terraform that they are made from. */
export interface ReadTerraform {
  readonly units: readonly Unit[];
  readonly files: readonly SourceFile[];
  /** The paths of other files that the modules read: templates and documents, which are not read by themselves. */
  readonly rendered: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
}

/** Reads all root modules that matter. `paths` are all files of Terraform below the checked paths. */
export async function readTerraform(
  workspace: Workspace,
  paths: readonly string[],
  {
    plans,
    varFiles,
    deployments = NO_DEPLOYMENTS,
    documents = [],
    purses = newPurses(),
    history = NO_HISTORY,
    tool,
  }: TerraformOptions,
): Promise<ReadTerraform> {
  const installed = openInstalled(workspace, history);
  const found = await findRoots(workspace, paths, documents, history, installed);
  const { roots, neighbours, states: hasStates } = found;
  const variables = openFiles(workspace, varFiles);
  const modules = new Map<string, Opened>();
  const isNeeded = roots.length + neighbours.length > 0;
  const read = isNeeded ? paths : paths.filter((path) => isAboutJobs(workspace, path));
  const output = (folder: string, name: string) => modules.get(folder)?.module.output(name);
  const terragrunt = readTerragrunt(workspace, read, output, purses.steps);
  if (!isNeeded) {
    const notes = [...found.notes, ...found.templates.map(notRendered), ...installed.notes(), ...terragrunt.notes];
    const problems = [...variables.problems, ...terragrunt.problems()];
    return { units: [], files: [], rendered: new Set(), problems, notes };
  }
  const named = await parseFiles(variables);
  const loader = createLoader(workspace, installed.of);
  const modulesRead = [...roots, ...neighbours.map(({ path }) => path)];
  const runs = runsFor(terragrunt.roots, modulesRead, (states) =>
    mentioned(workspace, roots, paths, hasStates ? states : []),
  );
  const isContext = (path: string) => !roots.includes(path);
  const needsInputs = (root: string) =>
    neighbours.some(({ path, deployed }) => path === root && !deployed && deployments.of(path) === undefined);
  const written: Omit<Root, "planned">[] = [
    ...modulesRead
      .filter((path) => !runs.some(({ module }) => module === path))
      .map((path) => ({
        path,
        folder: path,
        unit: unitOf(path),
        inputs: () => undefined,
        isContext: isContext(path),
        needsInputs: needsInputs(path),
      })),
    ...runs.map(({ path, folder, module, input, generated, state }) => {
      return { path: module, folder, unit: path, inputs: input, generated, state, isContext: isContext(module) };
    }),
  ];
  const isRun = ({ folder, path }: Pick<Root, "folder" | "path">) =>
    folder !== path || runs.some((one) => one.folder === folder);
  const planned: Root[] = inDeployments(written, deployments);
  const all = tool ? await readBy(tool, planned, async ({ path }) => (await loader.load(path)).files) : planned;
  const ownFiles = filesOf(workspace, all);
  // A plan has the values of one deployment, and does not say of which.
  const rootPlans = await plannedRoots(plans, plans ? deployedOnce(all) : [], loader);
  const counts = new Map<string | undefined, ReturnType<typeof characterCount>>();
  const unused = unusedFiles(paths, [...varFiles, ...deployments.files], modulesRead);
  const open = async (root: Root): Promise<Opened> => {
    const mine = named.files.filter((file) => isFor(root.path, file, modulesRead));
    const own = await ownFiles(root);
    const read = await loader.load(root.path);
    await loadLibraries([...read.files, ...terragrunt.files()].map(({ text }) => text));
    const values = read.loaded.source.variables.keys();
    const plan = rootPlans.get(root.folder);
    const isGiven = plan !== undefined || root.isContext || root.folder !== root.path || root.planned !== undefined;
    const unusedHere = isGiven ? undefined : unusedOf(workspace, root.path, unused, modulesRead, values);
    const problems = [...read.problems, ...own.problems];
    const count = into(counts, root.planned?.name, characterCount);
    const elsewhere = await parseFiles(openFiles(workspace, unusedHere?.paths ?? []));
    const options = {
      ...{ ...root, ...read, problems, purses, characters: count(read.files) },
      ...{ own: own.files, elsewhere: elsewhere.files },
    };
    const givers = new Set<Opened>();
    const opened = await openRoot(workspace, options, plan, mine, statesOf(root, givers));
    return { ...opened, givers, unused: unusedHere };
  };
  const byState = new Map<string, Opened | null>();
  // A deployment reads the states of its own, and of what has no deployments.
  const statesOf = ({ planned }: Root, givers: Set<Opened>): States | undefined =>
    hasStates
      ? (state) => {
          const found = byState.get(`${planned?.name}\n${state}`) ?? byState.get(`undefined\n${state}`);
          if (found) givers.add(found);
          return found?.module;
        }
      : undefined;
  const before = new Map<Root, Opened>();
  // Modules may use what the states of others hold, so all of them are open at the same time.
  for (const root of hasStates ? all.slice(0, MOST_OPEN) : []) {
    const opened = await open(root);
    before.set(root, opened);
    const state = opened.state();
    const key = `${root.planned?.name}\n${state}`;
    if (state !== undefined) byState.set(key, byState.has(key) ? null : opened);
  }
  const units: Unit[] = [];
  const rendered = new Set<string>();
  const take = async (opened: Opened, root?: Root) => {
    const unit = readRoot(opened);
    for (const { path } of opened.tree.rendered) rendered.add(path);
    const texts = [...opened.tree.rendered].map(({ text }) => text);
    // A template may need a library that no module needs: the module is read again with it.
    units.push(root && (await loadLibraries(texts)) ? readRoot(await open(root)) : unit);
  };
  const plain = all.filter((root) => !isRun(root));
  for (const [index, root] of plain.entries()) {
    await take(before.get(root) ?? (await open(root)), root);
    if (plain[index + 1]?.path !== root.path) loader.forget(root.path);
  }
  // Modules that Terragrunt runs may use outputs of one another, so all of them are open at the same time.
  for (const root of all.filter(isRun)) modules.set(root.folder, before.get(root) ?? (await open(root)));
  const dependencies = new Map(runs.map((one) => [one.folder, one.dependencies]));
  for (const [folder, opened] of modules) {
    const givers = (dependencies.get(folder) ?? []).flatMap((path) => modules.get(path) ?? []);
    await take({ ...opened, givers: new Set([...(opened.givers ?? []), ...givers]) });
  }
  const files = [...loader.files(), ...terragrunt.files()];
  const problems = [...named.problems, ...terragrunt.problems()];
  const unrendered = found.templates.filter((path) => !rendered.has(path)).map(notRendered);
  const notes = [...found.notes, ...unrendered, ...installed.notes(), ...terragrunt.notes];
  return { units, files, rendered, problems, notes };
}

function notRendered(path: string): Problem {
  return {
    path,
    message: "The template holds a Batch job, and no module is seen to render it, so it was not checked.",
  };
}

/** Whether a file may be the configuration of a unit of Terragrunt that makes jobs, as its folder or its text tells. */
function isAboutJobs(workspace: Workspace, path: string): boolean {
  if (!path.endsWith("terragrunt.hcl")) return false;
  let found = mayCallJobs(posix.basename(posix.dirname(path)));
  workspace.skim(path, (text) => {
    found ||= mayCallJobs(text);
  });
  return found;
}

/**
 * The states that the files of root modules may name, by the last two parts of the path of each: what is before them is
 * often put together. Each file is looked at once.
 */
function mentioned(
  workspace: Workspace,
  roots: readonly string[],
  paths: readonly string[],
  states: readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>();
  if (states.length === 0) return found;
  const ends = groupBy(new Set(states), (state) => state.split(/[\n/]/).slice(-2).join("/"));
  for (const path of paths.filter((one) => roots.includes(posix.dirname(one)))) {
    workspace.skim(path, (text) => {
      for (const [end, same] of ends) if (text.includes(end)) for (const state of same) found.add(state);
    });
  }
  return found;
}

/** The plans of root modules, by folder. */
async function plannedRoots(
  plans: RootPlans | undefined,
  roots: readonly Root[],
  loader: Loader,
): Promise<ReadonlyMap<string, RootPlan>> {
  if (!plans) return new Map();
  const declaring: PlannedRoot[] = [];
  for (const { path, folder } of roots) {
    const { loaded } = await loader.load(path);
    declaring.push({ path: folder, declares: (address) => declares(loaded.source, address) });
  }
  return plans(declaring);
}

/** So many root modules are open at the same time where one reads the state of another. */
const MOST_OPEN = 300;
