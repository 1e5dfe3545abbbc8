/** From files to units: each document goes to the format that recognises it. */

import type { Config } from "../config.ts";
import { groupBy } from "../facts/maps.ts";
import { narrowed } from "../facts/narrow.ts";
import type { Unit } from "../facts/resources.ts";
import type { Problem, SourceFile } from "../source.ts";
import type { Candidates } from "../sources/folder.ts";
import { openWorkspace } from "../sources/workspace.ts";
import { type Document, parseDocuments } from "../syntax/document.ts";
import type { Templates } from "./cloudformation/read.ts";
import { isTemplate } from "./cloudformation/template.ts";
import { isTerraformTemplate, mattersWhenBroken } from "./markers.ts";
import { isPlan } from "./plan/recognise.ts";
import { folderOf } from "./raw/groups.ts";
import { openFolder, readRaw } from "./raw/read.ts";
import type { ReadTerraform } from "./terraform/read.ts";

/** Reads all units below a root, with the files they stand in, and what could not be read. */
export async function readUnits(
  root: string,
  { files, terraform, named }: Pick<Candidates, "files" | "terraform" | "named">,
  config: Config,
): Promise<{ units: Unit[]; files: SourceFile[]; problems: Problem[] }> {
  let templates: Templates | undefined;
  const plans: Document[] = [];
  const others: SourceFile[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const parsed = await parseDocuments(file);
    const found = parsed.documents.filter(isTemplate);
    if (found.length > 0) {
      // The evaluator of templates is loaded only where there are templates.
      templates ??= (await import("./cloudformation/read.ts")).openTemplates();
      templates.add(found);
    }
    plans.push(...parsed.documents.filter(isPlan));
    if (parsed.documents.some(isRaw)) others.push(file);
    if (named.has(file.path) || isWorthTelling(file, terraform.length > 0)) problems.push(...parsed.problems);
  }
  const modules = await readModules(root, terraform, plans, config);
  const raw = others.filter(({ path }) => !modules.rendered.has(path));
  const units = [...modules.units, ...((await templates?.read()) ?? []), ...(await readFolders(raw, config))];
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

function isRaw(document: Document): boolean {
  return !isTemplate(document) && !isPlan(document);
}

/**
 * Raw files are parsed again, folder by folder, so that not all of them are in memory at once: as values they take ten times the memory of
 * their text. Where the configuration joins folders, all are looked at together.
 */
async function readFolders(files: readonly SourceFile[], { rolePolicies }: Config): Promise<Unit[]> {
  if (rolePolicies.size > 0) return readRaw(await rawDocuments(files), { rolePolicies });
  const units: Unit[] = [];
  for (const [path, inside] of groupBy(files, ({ path }) => folderOf(path))) {
    const folder = openFolder(path, { rolePolicies });
    for (const file of inside) for (const document of await rawDocuments([file])) folder.add(document);
    const unit = folder.read();
    if (unit) units.push(unit);
  }
  return units;
}

async function rawDocuments(files: readonly SourceFile[]): Promise<Document[]> {
  const documents: Document[] = [];
  for (const file of files) documents.push(...(await parseDocuments(file)).documents.filter(isRaw));
  return documents;
}

/** The evaluator of Terraform is loaded only where there are files of Terraform, and the readers of its resources where there are plans. */
async function readModules(
  root: string,
  paths: readonly string[],
  plans: readonly Document[],
  { varFiles }: Config,
): Promise<ReadTerraform> {
  const opened = plans.length > 0 ? (await import("./plan/source.ts")).openPlans(plans) : undefined;
  if (paths.length === 0 && varFiles.length === 0) {
    return { units: opened?.alone() ?? [], files: [], rendered: new Set(), problems: [] };
  }
  const { readTerraform } = await import("./terraform/read.ts");
  const read = await readTerraform(openWorkspace(root), paths, { varFiles, ...(opened && { plans: opened.ofRoots }) });
  return { ...read, units: [...read.units, ...(opened?.alone() ?? [])] };
}
