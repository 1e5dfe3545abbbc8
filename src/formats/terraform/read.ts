/** From Terraform's files to units: one for each root module that involves Batch jobs. */

import type { Deployed, HandedResource, Unit } from "../../facts/resources.ts";
import { into } from "../../maps.ts";
import { newPurses, type Purses } from "../../purse.ts";
import { locate, type Place, type Problem, type SourceFile } from "../../source.ts";
import type { Workspace } from "../../sources/workspace.ts";
import type { Value } from "../../syntax/value.ts";
import { type Deployments, isFor, NO_DEPLOYMENTS, type Planned } from "../deployments.ts";
import { deployedOnce, filesOf, inDeployments, unitIn } from "./deployments.ts";
import type { Instance } from "./instance.ts";
import { loadLibraries } from "./language/libraries.ts";
import { evaluateArgument } from "./modules/body.ts";
import type { Module } from "./modules/frame.ts";
import { mayCallJobs, notInFiles } from "./modules/job-calls.ts";
import { createLoader, type Loaded, type LoadedRoot, type Loader } from "./modules/load.ts";
import { openModule } from "./modules/module.ts";
import { deploymentOfJobs } from "./modules/providers.ts";
import { findRoots, type Neighbour } from "./modules/roots.ts";
import { declares, headOf } from "./modules/source.ts";
import { type States, stateOf } from "./modules/states.ts";
import { characterCount, createTree, type Means, type Tree, unitOf } from "./modules/tree.ts";
import { namesIn } from "./names.ts";
import { brokenDocuments } from "./resources/broken.ts";
import { ownRegion, withOwnRegion } from "./resources/own-region.ts";
import { isRead, readResources } from "./resources/read.ts";
import { sensitivePlaces } from "./resources/sensitive.ts";
import { spellingsOf } from "./resources/spellings.ts";
import { readTerragrunt, runsFor } from "./terragrunt.ts";
import {
  automaticFiles,
  noteUnused,
  openFiles,
  parseFiles,
  unusedFiles,
  type VariablesFile,
  valuesOf,
} from "./variable-files.ts";
import { writeTerraform } from "./write.ts";

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
  /** What the run can afford; its own when it is left out. */
  readonly purses?: Purses;
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

/** Values that a plan knows and the files of its root module don't. */
export interface RootPlan {
  /** The value of a variable: `written` in the files; `at` is for one that only the plan knows. */
  readonly variable: (name: string, written: Value | undefined, at: Place) => Value | undefined;
  /** The instances of the files with the plan's values, and those that only the plan has. */
  readonly fill: (unit: string, source: readonly Instance[]) => Filled;
}

export interface Filled {
  readonly instances: readonly Instance[];
  readonly sensitive: readonly Place[];
  readonly problems: readonly Problem[];
}

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
  { plans, varFiles, deployments = NO_DEPLOYMENTS, documents = [], purses = newPurses() }: TerraformOptions,
): Promise<ReadTerraform> {
  const { roots, neighbours, states: hasStates } = await findRoots(workspace, paths, documents);
  const variables = openFiles(workspace, varFiles);
  const modules = new Map<string, Opened>();
  const isNeeded = roots.length + neighbours.length > 0;
  const read = isNeeded ? paths : paths.filter((path) => isAboutJobs(workspace, path));
  const output = (folder: string, name: string) => modules.get(folder)?.module.output(name);
  const terragrunt = readTerragrunt(workspace, read, output, purses.steps);
  if (!isNeeded) {
    const { notes } = terragrunt;
    return { units: [], files: [], rendered: new Set(), problems: variables.problems, notes };
  }
  const named = await parseFiles(variables);
  const loader = createLoader(workspace);
  const modulesRead = [...roots, ...neighbours.map(({ path }) => path)];
  const runs = runsFor(terragrunt.roots, modulesRead);
  const isDeployed = ({ path, deployed }: Neighbour) => deployed || deployments.of(path) !== undefined;
  const around = neighbours.filter(isDeployed).map(({ path }) => path);
  const isContext = (path: string) => !roots.includes(path);
  const written: Omit<Root, "planned">[] = [
    ...[...roots, ...around]
      .filter((path) => !runs.some(({ module }) => module === path))
      .map((path) => ({ path, folder: path, unit: unitOf(path), inputs: () => undefined, isContext: isContext(path) })),
    ...runs.map(({ path, folder, module, input }) => {
      return {
        path: module,
        folder,
        unit: path,
        inputs: input,
        isContext: neighbours.some((one) => one.path === module),
      };
    }),
  ];
  const isRun = ({ folder, path }: Pick<Root, "folder" | "path">) =>
    folder !== path || runs.some((one) => one.folder === folder);
  const all: Root[] = inDeployments(written, deployments);
  const ownFiles = filesOf(workspace, all);
  // A plan has the values of one deployment, and does not say of which.
  const planned = await plannedRoots(plans, plans ? deployedOnce(all) : [], loader);
  const counts = new Map<string | undefined, ReturnType<typeof characterCount>>();
  const unused = unusedFiles(paths, [...varFiles, ...deployments.files]);
  const open = async (root: Root): Promise<Opened> => {
    const mine = named.files.filter((file) => isFor(root.path, file, modulesRead));
    const own = await ownFiles(root);
    const read = await loader.load(root.path);
    await loadLibraries([...read.files, ...terragrunt.files()].map(({ text }) => text));
    const values = read.loaded.source.variables.keys();
    const plan = planned.get(root.folder);
    const isGiven = plan !== undefined || root.isContext || root.folder !== root.path || root.planned !== undefined;
    const note = isGiven ? undefined : noteUnused(workspace, root.path, unused, modulesRead, values);
    const problems = [...read.problems, ...own.problems];
    const count = into(counts, root.planned?.name, characterCount);
    const options = { ...root, ...read, problems, purses, characters: count(read.files), own: own.files };
    return { ...(await openRoot(workspace, options, plan, mine, statesOf(root))), note };
  };
  const byState = new Map<string, Opened | null>();
  // A deployment reads the states of its own, and of what has no deployments.
  const statesOf = ({ planned }: Root): States | undefined =>
    hasStates
      ? (state) => (byState.get(`${planned?.name}\n${state}`) ?? byState.get(`undefined\n${state}`))?.module
      : undefined;
  const before = new Map<Root, Opened>();
  // Modules may use what the states of others hold, so all of them are open at the same time.
  for (const root of hasStates ? all.slice(0, MOST_OPEN) : []) {
    const opened = await open(root);
    before.set(root, opened);
    const state = stateOf(opened.loaded.source, opened.tree.setting);
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
  for (const opened of modules.values()) await take(opened);
  const files = [...loader.files(), ...terragrunt.files()];
  return { units, files, rendered, problems: named.problems, notes: terragrunt.notes };
}

/** Whether a file may be the configuration of a unit of Terragrunt that makes jobs. */
function isAboutJobs(workspace: Workspace, path: string): boolean {
  let found = false;
  if (path.endsWith("terragrunt.hcl")) {
    workspace.skim(path, (text) => {
      found = mayCallJobs(text);
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

interface Root {
  readonly path: string;
  /** The folder in which it runs: the same, except for Terragrunt. */
  readonly folder: string;
  readonly unit: string;
  readonly inputs: (name: string) => Value | undefined;
  /** Whether it has no jobs, and is read for what it adds to others. */
  readonly isContext: boolean;
  /** The deployment of the configuration that it is read for. */
  readonly planned: Planned | undefined;
}

/** So many root modules are open at the same time where one reads the state of another. */
const MOST_OPEN = 300;

interface Opened {
  readonly isContext: boolean;
  readonly deployed: Deployed | undefined;
  readonly loaded: Loaded;
  readonly tree: Tree;
  readonly module: Module;
  readonly planned: RootPlan | undefined;
  readonly problems: readonly Problem[];
  /** What is said of values that were not used. */
  readonly note?: Problem | undefined;
}

interface OwnFiles {
  /** The variables files of its deployment. */
  readonly own: readonly VariablesFile[];
}

async function openRoot(
  workspace: Workspace,
  { own, loaded, characters, purses, problems, ...root }: Root & LoadedRoot & Means & OwnFiles,
  planned: RootPlan | undefined,
  named: readonly VariablesFile[],
  states: States | undefined,
): Promise<Opened> {
  const { path, inputs, isContext } = root;
  const bare = createTree(workspace, path, isRead, { characters, purses });
  const ownValues = valuesOf(own, bare.setting);
  const { id: unit, deployed } = unitIn(root, ownValues);
  const tree: Tree = {
    ...bare,
    unit,
    ...(root.planned && { place: root.planned.place }),
    ...(states && { states }),
  };
  const automatic = await automaticFiles(workspace, path);
  const values = new Map([...valuesOf([...automatic.files, ...named], tree.setting), ...ownValues]);
  const at: Place = { file: { path, text: "" }, start: 0, end: 0 };
  const given = (name: string): Value | undefined => {
    const written = values.get(name) ?? inputs(name);
    const block = loaded.source.variables.get(name);
    if (!planned || !block) return written;
    const fallback = evaluateArgument(block.body, "default", tree.setting);
    return planned.variable(name, written ?? fallback, headOf(block));
  };
  const module = openModule({ tree, loaded, prefix: "", given, at, maybe: null });
  return { isContext, deployed, loaded, tree, module, planned, problems: [...problems, ...automatic.problems] };
}

function readRoot({ isContext, deployed, loaded, tree, module, planned, problems, note }: Opened): Unit {
  const source = [...module.instances()];
  const filled = planned?.fill(tree.unit, source);
  const instances = filled?.instances ?? source;
  const read = { ...readResources(instances), handed: [...module.handed()] };
  const notes = isContext ? [] : read.handed.filter(({ jobs }) => jobs).map(unreadJobs);
  const absent = isContext ? [] : tree.absent;
  const resources = withOwnRegion(read, ownRegion(module, loaded));
  return {
    id: tree.unit,
    format: "terraform",
    deployment: deploymentOfJobs(
      instances.flatMap(({ type, deployment }) =>
        type.endsWith("_batch_job_definition") ? (deployment?.() ?? []) : [],
      ),
      module.providers("aws"),
    ),
    ...(deployed && { deployed }),
    write: writeTerraform,
    resources,
    spellings: spellingsOf(instances),
    defaults: tree.defaults,
    namesAt: namesIn([...module.names()], tree.unit),
    // Where no jobs are read, nobody knows what its policies are for.
    isContext: isContext || (notes.length > 0 && !instances.some(({ type }) => /^aws(?:cc)?_batch_/.test(type))),
    problems: isContext
      ? []
      : [...problems, ...(filled?.problems ?? []), ...tree.problems, ...tree.exhausted(), ...brokenDocuments(source)],
    notes: [...notes, ...absent, ...(note && read.job_definitions.length + absent.length > 0 ? [note] : [])],
    sensitive: [...sensitivePlaces(instances), ...tree.hidden, ...(filled?.sensitive ?? [])],
  };
}

/** The note for a module that makes jobs and is not in the files. */
function unreadJobs({ cause, at, jobs }: HandedResource): Problem {
  const message = notInFiles(`The module ${cause.name}`, jobs);
  return { path: at.file.path, message, line: locate(at).start.line };
}
