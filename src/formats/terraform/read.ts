/** From Terraform's files to units: one for each root module that has to do with Batch jobs. */
import type { Unit } from "../../facts/resources.ts";
import type { Workspace } from "../../sources/workspace.ts";
import type { Document } from "../document.ts";
import { filled } from "../plan/fill.ts";
import { openPlan, readPlans } from "../plan/read.ts";
import { chosenVariable, plannedVariables, plansOf } from "../plan/source.ts";
import type { Place, Problem, SourceFile, Value } from "../value.ts";
import { evaluateArgument } from "./modules/body.ts";
import { createLoader, type Loaded } from "./modules/load.ts";
import { openModule } from "./modules/module.ts";
import { findRoots } from "./modules/roots.ts";
import { declares, headOf } from "./modules/source.ts";
import { createTree } from "./modules/tree.ts";
import { isRead, readResources } from "./resources/read.ts";
import { sensitivePlaces } from "./resources/sensitive.ts";
import { spellingsOf } from "./resources/spellings.ts";
import { loadGrammar } from "./syntax/parse.ts";
import { automaticFiles, isFor, openFiles, parseFiles, type VariablesFile, valuesOf } from "./variable-files.ts";

export interface TerraformOptions {
  /** Files of variables besides those that Terraform reads by itself, relative to the workspace; which root module each is for, `isFor` tells. */
  readonly varFiles: readonly string[];
  /** Plans and states as JSON. Each is read together with the root module it is of, or else as a unit of its own. */
  readonly plans?: readonly Document[];
}

/** What was read: the units, and the files of Terraform they are made from. */
export interface ReadTerraform {
  readonly units: readonly Unit[];
  readonly files: readonly SourceFile[];
  /** What is wrong beside the units. */
  readonly problems: readonly Problem[];
}

/** Reads all root modules that matter, and all plans. `paths` are all files of Terraform below the checked paths. */
export async function readTerraform(
  workspace: Workspace,
  paths: readonly string[],
  options: TerraformOptions,
): Promise<ReadTerraform> {
  const { plans = [], varFiles } = options;
  const roots = findRoots(workspace, paths);
  const variables = openFiles(workspace, varFiles);
  if (roots.length === 0) return { units: readPlans(plans), files: [], problems: variables.problems };
  await loadGrammar();
  const named = await parseFiles(variables);
  const loader = createLoader(workspace);
  const opened: Root[] = [];
  for (const path of roots) opened.push({ path, ...(await loader.load(path)) });
  const planned = plansOf(
    plans,
    opened.map(({ path, loaded }) => ({ path, declares: (address) => declares(loaded.source, address) })),
  );
  const units: Unit[] = [];
  for (const root of opened) {
    const mine = named.files.filter((file) => isFor(root.path, file, roots));
    units.push(await readRoot(workspace, root, planned.get(root.path), mine));
  }
  const used = new Set(planned.values());
  const alone = readPlans(plans.filter((plan) => !used.has(plan)));
  return { units: [...units, ...alone], files: await loader.files(), problems: named.problems };
}

interface Root {
  readonly path: string;
  readonly loaded: Loaded;
  readonly problems: readonly Problem[];
}

async function readRoot(
  workspace: Workspace,
  { path, loaded, problems }: Root,
  planned: Document | undefined,
  named: readonly VariablesFile[],
): Promise<Unit> {
  const tree = createTree(workspace, path, isRead);
  const automatic = await automaticFiles(workspace, path);
  const values = valuesOf([...automatic.files, ...named], tree.setting);
  const at: Place = { file: { path, text: "" }, start: 0, end: 0 };
  const plan = planned && openPlan(planned, tree.unit);
  const variables = planned && plannedVariables(planned);
  const given = (name: string): Value | undefined => {
    const written = values.get(name);
    const block = loaded.source.variables.get(name);
    if (!variables || !block) return written;
    const fallback = evaluateArgument(block.body, "default", tree.setting);
    return chosenVariable(written ?? fallback, variables.get(name), headOf(block));
  };
  const module = openModule({ tree, loaded, prefix: "", given, at, maybe: null });
  const source = [...module.instances()];
  const instances = plan ? filled(source, plan.instances) : source;
  return {
    id: tree.unit,
    format: "terraform",
    resources: readResources(instances),
    spellings: spellingsOf(instances),
    problems: [...problems, ...automatic.problems, ...tree.problems, ...(plan?.problems ?? [])],
    sensitive: [...sensitivePlaces(instances), ...(plan?.sensitive ?? [])],
  };
}
