/** CloudFormation templates as units: one per template, nested stacks with their parent. */
import type { Unit } from "../../facts/resources.ts";
import type { Document } from "../document.ts";
import { get } from "../value.ts";
import { existence, isMade } from "./condition.ts";
import { exportsOf } from "./exports.ts";
import { type Family, nestedPath, openFamily } from "./nested.ts";
import { isNoEcho } from "./parameter.ts";
import { findResources, finish, join } from "./resources/collect.ts";
import { newRun, type Scope, spelled } from "./scope.ts";
import { readTemplate, type Template } from "./template.ts";

export { isTemplate } from "./template.ts";

/**
 * The units of all templates among the documents of a run. A template that another one nests is read with that one, with what it is given there,
 * and is no unit of its own.
 */
export function readCloudFormation(documents: readonly Document[]): Unit[] {
  const templates = documents.map(readTemplate).filter((template) => template !== undefined);
  const byPath = new Map(templates.map((template) => [template.file.path, template]));
  const families: Family[] = [];
  let units: readonly Family[] | undefined;
  const lookUp = exportsOf(() => units);
  const taken = new Map<string, number>();
  for (const template of templates) {
    const run = newRun(template.file.text.length);
    families.push(
      openFamily(template, {
        unit: unitOf(template, taken),
        run,
        imported: (name) => lookUp(name, (text) => spelled({ run }, text)),
        templateAt: (path) => byPath.get(path),
      }),
    );
  }
  units = outermost(families, byPath);
  return units.map(readFamily);
}

/** The path of the file; a second template in one file is told apart by its number. */
function unitOf({ file }: Template, taken: Map<string, number>): string {
  const before = taken.get(file.path) ?? 0;
  taken.set(file.path, before + 1);
  return before === 0 ? file.path : `${file.path} (${before + 1})`;
}

/** The families whose template no other one nests; of templates that nest each other in a circle, the first. */
function outermost(families: readonly Family[], byPath: ReadonlyMap<string, Template>): readonly Family[] {
  const reached = new Set<Template>();
  const visit = (family: Family): void => {
    for (const { scope } of family.stacks()) reached.add(scope.template);
  };
  const nested = new Set(families.flatMap(({ root }) => templatesIn(root, byPath)));
  const roots = families.filter(({ root }) => !nested.has(root.template));
  for (const family of roots) visit(family);
  const rest = families.filter((family) => {
    if (reached.has(family.root.template)) return false;
    visit(family);
    return true;
  });
  const kept = new Set([...roots, ...rest]);
  return families.filter((family) => kept.has(family));
}

/** The templates that a stack nests itself. */
function templatesIn(root: Scope, byPath: ReadonlyMap<string, Template>): readonly Template[] {
  return [...root.resources().values()].flatMap((resource) => {
    const path = nestedPath(root, resource);
    const template = path === undefined ? undefined : byPath.get(path);
    if (!template || template === root.template) return [];
    return isMade(existence(root, resource)) ? [template] : [];
  });
}

function readFamily({ root, stacks }: Family): Unit {
  const { run } = root;
  const found = stacks().map(({ scope, maybe }) => {
    markHidden(scope);
    return findResources(scope, maybe);
  });
  return {
    id: root.unit,
    format: "cloudformation",
    resources: finish(join(found)),
    spellings: run.spellings,
    problems: [...run.problems.values()],
    sensitive: [...run.sensitive],
  };
}

/** The default of a NoEcho parameter is a secret that stands in the file. */
function markHidden({ template, run }: Scope): void {
  for (const declared of template.parameters.values()) {
    const given = get(declared, "Default");
    if (given && isNoEcho(declared)) run.sensitive.add(given.at);
  }
}
