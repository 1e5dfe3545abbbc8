/** The deployments of root modules: those of the configuration, and the folders of Terragrunt. */

import { isLiteral } from "../../facts/text.ts";
import type { Deployed } from "../../facts/unit.ts";
import { groupBy, into } from "../../maps.ts";
import type { Workspace } from "../../sources/workspace.ts";
import type { Value } from "../../syntax/value.ts";
import { type Deployments, deployedUnit, environmentIn, isFor, type Planned } from "../deployments.ts";
import { openFiles, parseFiles } from "./variable-files.ts";

interface Root {
  readonly path: string;
  /** The folder in which it runs: the same, except for Terragrunt. */
  readonly folder: string;
  readonly unit: string;
}

interface DeployedRoot extends Root {
  readonly planned: Planned | undefined;
}

/** The roots once for each of their deployments. */
export function inDeployments<R extends Root>(
  roots: readonly R[],
  { of }: Deployments,
): (R & { readonly planned: Planned | undefined })[] {
  return roots.flatMap((root) => {
    const all: readonly (Planned | undefined)[] = of(root.folder) ?? [undefined];
    return all.map((planned) => ({ ...root, planned }));
  });
}

/** The roots that are deployed once, as far as the configuration says. */
export function deployedOnce<R extends Root>(roots: readonly R[]): readonly R[] {
  const counts = groupBy(roots, ({ folder }) => folder);
  return roots.filter(({ folder }) => counts.get(folder)?.length === 1);
}

/** The variables files of deployments, by a root module that they are for, of all that there are: each is parsed once. */
export function filesOf(workspace: Workspace, all: readonly DeployedRoot[]) {
  const parsed = new Map<Planned, ReturnType<typeof parseFiles>>();
  const rootsOf = groupBy(all, ({ planned }) => planned?.name);
  // Of a file that is not there the configuration is to blame.
  const filesIn = ({ varFiles }: Planned) =>
    openFiles(
      workspace,
      varFiles.filter((file) => workspace.isFile(file) !== false),
    );
  return async ({ path, planned }: DeployedRoot): ReturnType<typeof parseFiles> => {
    if (!planned) return { files: [], problems: [] };
    const { files, problems } = await into(parsed, planned, () => parseFiles(filesIn(planned)));
    const roots = (rootsOf.get(planned.name) ?? []).map((one) => one.path);
    return { files: files.filter((file) => isFor(path, file, roots)), problems };
  };
}

/** The id of a root's unit, and the deployment that it is. `values` are those of the deployment's own files. */
export function unitIn(
  { unit, folder, path, planned }: DeployedRoot,
  values: ReadonlyMap<string, Value>,
): { readonly id: string; readonly deployed?: Deployed } {
  if (planned)
    return deployedUnit(unit, planned, new Map([...values].flatMap(([name, value]) => textsIn(name, value))));
  const name = folder === path ? undefined : placeIn(folder);
  return name === undefined ? { id: unit } : { id: unit, deployed: { name, of: unit, values: new Map() } };
}

/** The texts in a value, by their paths. */
function textsIn(name: string, value: Value): (readonly [string, string])[] {
  switch (value.kind) {
    case "text":
      return isLiteral(value.value) ? [[name, value.value]] : [];
    case "number":
      return [[name, String(value.value)]];
    case "list":
      return value.items.flatMap((item, index) => textsIn(`${name}[${index}]`, item));
    case "object":
      return value.entries.flatMap(({ key, value: inner }) => textsIn(`${name}.${key}`, inner));
    default:
      return [];
  }
}

/** The parts of a folder of Terragrunt that say where it is deployed: environment, account, Region. */
function placeIn(folder: string): string | undefined {
  const parts = folder.split("/").filter((part) => isPlace(part));
  return parts.length === 0 ? undefined : parts.join("/");
}

function isPlace(part: string): boolean {
  return /^\d{12}$/.test(part) || /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(part) || environmentIn(part) !== undefined;
}
