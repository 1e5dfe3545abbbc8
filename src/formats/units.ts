/** From files to units: each document goes to the format that recognises it. */
import type { Config } from "../config.ts";
import { narrowed } from "../facts/narrow.ts";
import type { Unit } from "../facts/resources.ts";
import type { Candidates } from "../sources/folder.ts";
import { openWorkspace } from "../sources/workspace.ts";
import { isTemplate } from "./cloudformation/template.ts";
import { type Document, parseDocuments } from "./document.ts";
import { isTerraformTemplate, mattersWhenBroken } from "./markers.ts";
import { isPlan } from "./plan/recognise.ts";
import { readRaw } from "./raw/read.ts";
import type { ReadTerraform } from "./terraform/read.ts";
import type { Problem, SourceFile } from "./value.ts";

/** Reads all units below a root, with the files they stand in, and what could not be read. */
export async function readUnits(
  root: string,
  { files, terraform, named }: Pick<Candidates, "files" | "terraform" | "named">,
  config: Config,
): Promise<{ units: Unit[]; files: SourceFile[]; problems: Problem[] }> {
  const documents: Document[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const parsed = await parseDocuments(file);
    documents.push(...parsed.documents);
    if (named.has(file.path) || isWorthTelling(file, terraform.length > 0)) problems.push(...parsed.problems);
  }
  const templates = documents.filter(isTemplate);
  const plans = documents.filter(isPlan);
  const modules = await readModules(root, terraform, plans, config);
  const raw = documents.filter(
    (document) => !isTemplate(document) && !isPlan(document) && !modules.rendered.has(document.file.path),
  );
  const units = [
    ...modules.units,
    ...(await readTemplates(templates)),
    ...readRaw(raw, { rolePolicies: config.rolePolicies }),
  ];
  return {
    units: units.map(narrowed),
    files: [...files, ...modules.files],
    problems: [...problems, ...modules.problems, ...units.flatMap((unit) => unit.problems)],
  };
}

/** Whether it is a problem that a file which nobody named can't be parsed. Templates of Terraform are its own affair. */
function isWorthTelling({ text }: SourceFile, withTerraform: boolean): boolean {
  return mattersWhenBroken(text) && !(withTerraform && isTerraformTemplate(text));
}

/** The evaluator of templates is loaded only where there are templates. */
async function readTemplates(templates: readonly Document[]): Promise<Unit[]> {
  if (templates.length === 0) return [];
  const { readCloudFormation } = await import("./cloudformation/read.ts");
  return readCloudFormation(templates);
}

/** The evaluator of Terraform is loaded only where there are files of Terraform, and the readers of its resources where there are plans. */
async function readModules(
  root: string,
  paths: readonly string[],
  plans: readonly Document[],
  { varFiles }: Config,
): Promise<ReadTerraform> {
  if (paths.length > 0 || varFiles.length > 0) {
    const { readTerraform } = await import("./terraform/read.ts");
    return readTerraform(openWorkspace(root), paths, { varFiles, plans });
  }
  if (plans.length === 0) return { units: [], files: [], rendered: new Set(), problems: [] };
  const { readPlans } = await import("./plan/read.ts");
  return { units: readPlans(plans), files: [], rendered: new Set(), problems: [] };
}
