/** From files to units: each document goes to the format that recognises it. */
import type { Config } from "../config.ts";
import type { Unit } from "../facts/resources.ts";
import type { Candidates } from "../sources/folder.ts";
import { openWorkspace } from "../sources/workspace.ts";
import { isTemplate, readCloudFormation } from "./cloudformation/read.ts";
import { type Document, parseDocuments } from "./document.ts";
import { isPlan } from "./plan/recognise.ts";
import { readRaw } from "./raw/read.ts";
import type { Problem } from "./value.ts";

/** Reads all units below a root, and what could not be read. */
export async function readUnits(
  root: string,
  { files, terraform }: Pick<Candidates, "files" | "terraform">,
  config: Config,
): Promise<{ units: Unit[]; problems: Problem[] }> {
  const documents: Document[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const parsed = await parseDocuments(file);
    documents.push(...parsed.documents);
    problems.push(...parsed.problems);
  }
  const templates = documents.filter(isTemplate);
  const plans = documents.filter(isPlan);
  const raw = documents.filter((document) => !isTemplate(document) && !isPlan(document));
  const units = [
    ...(await readModules(root, terraform, plans)),
    ...readCloudFormation(templates),
    ...readRaw(raw, { rolePolicies: config.rolePolicies }),
  ];
  return { units, problems: [...problems, ...units.flatMap((unit) => unit.problems)] };
}

/** The evaluator of Terraform is loaded only where there are files of Terraform, and the readers of its resources where there are plans. */
async function readModules(root: string, paths: readonly string[], plans: readonly Document[]): Promise<Unit[]> {
  if (paths.length > 0) {
    const { readTerraform } = await import("./terraform/read.ts");
    return readTerraform(openWorkspace(root), paths, { varFiles: [], plans });
  }
  if (plans.length === 0) return [];
  const { readPlans } = await import("./plan/read.ts");
  return readPlans(plans);
}
