/** From Terraform's files to units: one for each root module that has to do with Batch jobs. */
import { posix } from "node:path";
import type { Unit } from "../../facts/resources.ts";
import type { Workspace } from "../../sources/workspace.ts";
import type { Place, Problem, Value } from "../value.ts";
import { evaluate } from "./evaluate/evaluate.ts";
import { createLoader, type Loader } from "./modules/load.ts";
import { openModule } from "./modules/module.ts";
import { findRoots } from "./modules/roots.ts";
import { parseBody } from "./modules/source.ts";
import { createTree, type Tree } from "./modules/tree.ts";
import { isRead, readResources } from "./resources/read.ts";
import { sensitivePlaces } from "./resources/sensitive.ts";
import { spellingsOf } from "./resources/spellings.ts";
import { loadGrammar } from "./syntax/parse.ts";

export interface TerraformOptions {
  /** Variables files besides those that Terraform reads by itself, relative to the workspace. */
  readonly varFiles: readonly string[];
}

/** Reads all root modules that matter. `paths` are all files of Terraform below the checked paths. */
export async function readTerraform(
  workspace: Workspace,
  paths: readonly string[],
  options: TerraformOptions,
): Promise<Unit[]> {
  const roots = findRoots(workspace, paths);
  if (roots.length === 0) return [];
  await loadGrammar();
  const loader = createLoader(workspace);
  const units: Unit[] = [];
  for (const root of roots) units.push(await readRoot(workspace, loader, root, options));
  return units;
}

async function readRoot(workspace: Workspace, loader: Loader, root: string, options: TerraformOptions): Promise<Unit> {
  const { loaded, problems } = await loader.load(root);
  const tree = createTree(workspace, root, isRead);
  const values = await variableFiles(workspace, tree, root, options.varFiles);
  const at: Place = { file: { path: root, text: "" }, start: 0, end: 0 };
  const module = openModule({
    tree,
    loaded,
    prefix: "",
    given: (name) => values.given.get(name),
    at,
    maybe: null,
  });
  const instances = [...module.instances()];
  return {
    id: tree.unit,
    format: "terraform",
    resources: readResources(instances),
    spellings: spellingsOf(instances),
    problems: [...problems, ...values.problems, ...tree.problems],
    sensitive: sensitivePlaces(instances),
  };
}

/** What Terraform reads by itself, in its order: https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence */
async function variableFiles(workspace: Workspace, tree: Tree, root: string, more: readonly string[]) {
  const automatic = workspace.names(root).filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name));
  const paths = [
    ...["terraform.tfvars", "terraform.tfvars.json", ...automatic].map((name) => posix.join(root, name)),
    ...more,
  ];
  const given = new Map<string, Value>();
  const problems: Problem[] = [];
  for (const path of paths) {
    const read = workspace.read(path);
    if ("why" in read) {
      if (more.includes(path)) problems.push({ path, message: `The variables file was not read: ${read.why}.` });
      continue;
    }
    const parsed = await parseBody(read);
    problems.push(...parsed.problems);
    for (const { attributes } of parsed.bodies) {
      for (const { name, value } of attributes) given.set(name, evaluate(value, tree.setting));
    }
  }
  return { given, problems };
}
