/** From files to units: each document goes to the format that recognises it. */
import type { Config } from "../config.ts";
import type { Unit } from "../facts/resources.ts";
import { isTemplate, readCloudFormation } from "./cloudformation/read.ts";
import { type Document, parseDocuments } from "./document.ts";
import { readRaw } from "./raw/read.ts";
import type { Problem, SourceFile } from "./value.ts";

/** Reads all units of the files, and what could not be read. */
export async function readUnits(
  files: readonly SourceFile[],
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
  const raw = documents.filter((document) => !isTemplate(document));
  const units = [...readCloudFormation(templates), ...readRaw(raw, { rolePolicies: config.rolePolicies })];
  return { units, problems: [...problems, ...units.flatMap((unit) => unit.problems)] };
}
