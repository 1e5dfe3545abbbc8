/** One root module: opened with its values, and read as a unit. */

import type { Cause } from "../../facts/causes.ts";
import type { Deployed, Unit } from "../../facts/unit.ts";
import { isCut, type Place, type Problem } from "../../source.ts";
import type { Workspace } from "../../sources/workspace.ts";
import { attributeOf } from "../../syntax/hcl/body.ts";
import type { Body } from "../../syntax/hcl/tree.ts";
import type { Value } from "../../syntax/value.ts";
import type { Planned, Unused } from "../deployments.ts";
import { unreadJobs } from "../job-calls.ts";
import { unitIn } from "./deployments.ts";
import type { Instance } from "./instance.ts";
import { evaluateArgument } from "./modules/body.ts";
import type { Module } from "./modules/frame.ts";
import type { Loaded, LoadedRoot } from "./modules/load.ts";
import { openModule } from "./modules/module.ts";
import { deploymentOfJobs } from "./modules/providers.ts";
import { headOf, withGenerated } from "./modules/source.ts";
import { type States, stateOf } from "./modules/states.ts";
import { createTree, type Means, type Tree } from "./modules/tree.ts";
import { namesIn } from "./names.ts";
import { faultsOf } from "./resources/faults.ts";
import { ownRegion, withOwnRegion } from "./resources/own-region.ts";
import { isRead, readResources } from "./resources/read.ts";
import { sensitivePlaces } from "./resources/sensitive.ts";
import { spellingsOf } from "./resources/spellings.ts";
import { withUnread } from "./unread.ts";
import { automaticFiles, type VariablesFile, valuesOf } from "./variable-files.ts";
import { writeTerraform } from "./write.ts";

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

export interface Root {
  readonly path: string;
  /** The folder in which it runs: the same, except for Terragrunt. */
  readonly folder: string;
  readonly unit: string;
  readonly inputs: (name: string) => Value | undefined;
  /** What Terragrunt writes beside the module. */
  readonly generated?: () => readonly Body[];
  /** Where its state is, if Terragrunt says so. */
  readonly state?: () => string | undefined;
  /** Whether it has no jobs, and is read for what it adds to others. */
  readonly isContext: boolean;
  /** Whether no file gives it the inputs that it needs, so that it may be a module for others only. */
  readonly needsInputs?: boolean;
  /** The deployment of the configuration that it is read for. */
  readonly planned: Planned | undefined;
}

export interface Opened {
  readonly isContext: boolean;
  readonly deployed: Deployed | undefined;
  readonly loaded: Loaded;
  readonly tree: Tree;
  readonly module: Module;
  /** Where its state is, as far as the files tell. */
  readonly state: () => string | undefined;
  readonly planned: RootPlan | undefined;
  readonly problems: readonly Problem[];
  /** The root modules whose states it reads. */
  readonly givers?: ReadonlySet<Opened>;
  /** What is said of values that were not used. */
  readonly unused?: Unused | undefined;
}

interface OwnFiles {
  /** The variables files of its deployment. */
  readonly own: readonly VariablesFile[];
  /** Those that nothing uses, though a deployment may. */
  readonly elsewhere?: readonly VariablesFile[];
}

/** Opens a root module. `named` are the variables files that the configuration gives it. */
export async function openRoot(
  workspace: Workspace,
  { own, elsewhere = [], loaded: written, characters, purses, problems, ...root }: Root & LoadedRoot & Means & OwnFiles,
  planned: RootPlan | undefined,
  named: readonly VariablesFile[],
  states: States | undefined,
): Promise<Opened> {
  const { path, inputs, isContext, generated } = root;
  const loaded = generated ? { ...written, source: withGenerated(written.source, generated()) } : written;
  const bare = createTree(workspace, path, isRead, { characters, purses });
  const ownValues = valuesOf(own, bare.setting);
  const { id: unit, deployed } = unitIn(root, ownValues);
  const tree: Tree = {
    ...bare,
    unit,
    ...(root.planned && { place: root.planned.place, workspace: root.planned.workspace }),
    ...(states && { states }),
    elsewhere: elsewhere.map((file) => ({ path: file.path, values: valuesOf([file], bare.setting) })),
  };
  const automatic = await automaticFiles(workspace, path);
  const values = new Map([...valuesOf([...automatic.files, ...named], tree.setting), ...ownValues]);
  const at: Place = { file: { path, text: "" }, start: 0, end: 0 };
  const given = (name: string): Value | undefined => {
    const value = values.get(name) ?? inputs(name);
    const block = loaded.source.variables.get(name);
    if (!planned || !block) return value;
    const fallback = evaluateArgument(block.body, "default", tree.setting);
    return planned.variable(name, value ?? fallback, headOf(block));
  };
  const maybe = root.needsInputs ? missingInput(loaded, given, unit) : null;
  const module = openModule({ tree, loaded, prefix: "", given, at, maybe });
  const state = () => root.state?.() ?? stateOf(loaded.source, tree.setting);
  return { isContext, deployed, loaded, tree, module, state, planned, problems: [...problems, ...automatic.problems] };
}

/** The first variable of a module that nothing gives a value. */
function missingInput({ source }: Loaded, given: (name: string) => Value | undefined, unit: string): Cause | null {
  const missing = [...source.variables].find(
    ([name, { body }]) => attributeOf(body, "default") === undefined && given(name) === undefined,
  );
  return missing ? { kind: "variable", name: `var.${missing[0]}`, unit } : null;
}

/** The texts that are outputs of a root module, each made once. */
const outputsOf = new WeakMap<Module, ReadonlySet<string>>();

/** Which root module has a string as an output, of those whose states are read. */
function givenBy(givers: ReadonlySet<Opened>): NonNullable<Unit["givenBy"]> {
  const has = (module: Module, text: string) => {
    const known = outputsOf.get(module) ?? new Set(module.outputs.entries.flatMap(({ value }) => textsIn(value)));
    outputsOf.set(module, known);
    return known.has(text);
  };
  return (text) => [...givers].find(({ module }) => has(module, text))?.tree.unit;
}

/** The texts of an output: itself, or those that it holds. */
function textsIn(value: Value): readonly string[] {
  if (value.kind === "text") return [value.value];
  const inner =
    value.kind === "list" ? value.items : value.kind === "object" ? value.entries.map((one) => one.value) : [];
  return inner.flatMap((one) => (one.kind === "text" ? [one.value] : []));
}

/** The unit of a root module. */
export function readRoot({ givers, ...opened }: Opened): Unit {
  const { isContext, deployed, loaded, tree, module, planned, problems, unused } = opened;
  const source = [...module.instances()];
  const filled = planned?.fill(tree.unit, source);
  const instances = filled?.instances ?? source;
  const found = readResources(instances);
  const read = { ...found, handed: [...found.handed, ...module.handed()] };
  const notes = isContext ? [] : read.handed.filter(({ jobs }) => jobs).map((one) => unreadJobs("The module", one));
  const absent = isContext ? [] : tree.absent;
  const faults = faultsOf(isContext ? [] : instances);
  const said = [...problems, ...(filled?.problems ?? []), ...tree.problems, ...tree.exhausted(), ...faults.problems];
  const seen = withOwnRegion(read, ownRegion(module, loaded));
  const resources = withUnread(tree.unit, seen, problems, loaded.source.files);
  const idle = read.job_definitions.length + absent.length > 0 ? unused : undefined;
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
    ...(givers?.size && { givenBy: givenBy(givers) }),
    defaults: tree.defaults,
    namesAt: namesIn([...module.names()], tree.unit),
    // Where no jobs are read, nobody knows what its policies are for.
    isContext: isContext || (notes.length > 0 && !instances.some(({ type }) => /^aws(?:cc)?_batch_/.test(type))),
    // What Terraform refuses in a module that has no jobs is none of ours, and what is cut there may still count.
    problems: isContext ? said.filter(isCut) : said,
    notes: [...notes, ...absent, ...faults.notes, ...(idle ? [idle.note] : [])],
    ...(idle && { suggested: idle.suggested }),
    sensitive: [...sensitivePlaces(instances), ...tree.hidden, ...(filled?.sensitive ?? [])],
  };
}
