/**
 * Values of variables in variables files.
 * https://developer.hashicorp.com/terraform/language/values/variables
 */

import { posix } from "node:path";
import type { Problem, SourceFile } from "../../source.ts";
import { isConfiguration } from "../../sources/names.ts";
import type { Workspace } from "../../sources/workspace.ts";
import type { Attribute } from "../../syntax/hcl/tree.ts";
import type { Value } from "../../syntax/value.ts";
import { isFor, type Unused, unusedValues } from "../deployments.ts";
import type { Setting } from "./language/evaluate/context.ts";
import { evaluate } from "./language/evaluate/evaluate.ts";
import { parseBody } from "./modules/source.ts";

export interface VariablesFile {
  readonly path: string;
  readonly attributes: readonly Attribute[];
}

interface OpenedFiles {
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
}

interface ReadFiles {
  readonly files: readonly VariablesFile[];
  readonly problems: readonly Problem[];
}

/** The variables files that Terraform loads by itself, later ones taking precedence. */
export function automaticFiles(workspace: Workspace, root: string): Promise<ReadFiles> {
  const names = workspace.names(root);
  const fixed = ["terraform.tfvars", "terraform.tfvars.json"].filter((name) => names.includes(name));
  const automatic = names.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name));
  return parseFiles(
    openFiles(
      workspace,
      [...fixed, ...automatic].map((name) => posix.join(root, name)),
    ),
  );
}

/** The files at some paths, and a problem for each that can't be read. */
export function openFiles(workspace: Workspace, paths: readonly string[]): OpenedFiles {
  const files: SourceFile[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const read = workspace.read(path);
    if ("file" in read) files.push(read.file);
    else problems.push({ path, message: `The variables file was not read: ${read.why}.` });
  }
  return { files, problems };
}

export async function parseFiles(opened: OpenedFiles): Promise<ReadFiles> {
  const files: VariablesFile[] = [];
  const problems = [...opened.problems];
  for (const file of opened.files) {
    const parsed = await parseBody(file);
    problems.push(...parsed.problems);
    files.push({ path: file.path, attributes: parsed.bodies.flatMap(({ attributes }) => attributes) });
  }
  return { files, problems };
}

/**
 * The variables files among some paths that no root module loads by itself and the configuration doesn't name: each is
 * the values of one environment, and nothing says of which. Those beside the files of a module are for that one, so
 * they are left out when none of the `roots` is around it.
 */
export function unusedFiles(
  paths: readonly string[],
  named: readonly string[],
  roots: readonly string[],
): readonly string[] {
  const used = new Set(named.map((path) => posix.normalize(path)));
  const modules = new Set(paths.filter(isConfiguration).map((path) => posix.dirname(path)));
  const isLoaded = (path: string) => modules.has(posix.dirname(path)) && AUTOMATIC.test(posix.basename(path));
  const around = new Set(roots);
  const isOfOther = (path: string) => modules.has(posix.dirname(path)) && !isInOneOf(path, around);
  const isValues = (path: string) => /\.tfvars(?:\.json)?$/.test(path) && !EXAMPLE.test(path);
  return paths.filter((path) => isValues(path) && !used.has(path) && !isLoaded(path) && !isOfOther(path));
}

/** Whether a file is in one of some folders, or below it. */
function isInOneOf(path: string, folders: ReadonlySet<string>): boolean {
  const folder = posix.dirname(path);
  return folders.has(folder) || (folder !== path && isInOneOf(folder, folders));
}

/** Files and folders that show how a file of values looks. */
const EXAMPLE = /example|sample|template|\bdist\b|\{\{/i;
const AUTOMATIC = /^terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/;

/** Files that give values to variables of a root module, and that nothing uses. */
export interface UnusedFiles extends Unused {
  readonly paths: readonly string[];
}

/** The unused files that give values to variables of a root module; undefined when there are none. */
export function unusedOf(
  workspace: Workspace,
  root: string,
  unused: readonly string[],
  roots: readonly string[],
  variables: Iterable<string>,
): UnusedFiles | undefined {
  const names = new Set(variables);
  const mine = unused.filter((path) => isFor(root, { path }, roots) && gives(workspace, path, names));
  const files = mine.map((path) => ({ path }));
  const said = unusedValues(root, "var-files", files, { why: "Terraform does not load it by itself", them: "it" });
  return said && { ...said, paths: mine };
}

function gives(workspace: Workspace, path: string, names: ReadonlySet<string>): boolean {
  let found = false;
  workspace.skim(path, (text) => {
    found = [...text.matchAll(/^[ \t{,]*"?([\w-]+)"?\s*[=:]/gm)].some(([, name = ""]) => names.has(name));
  });
  return found;
}

/** The values in files, by the names of the variables. */
export function valuesOf(files: readonly VariablesFile[], setting: Setting): Map<string, Value> {
  const all = files.flatMap(({ attributes }) => attributes);
  return new Map(all.map(({ name, value }) => [name, evaluate(value, setting)]));
}
