/** The deployments of templates in the configuration, with the values of their parameters. */
import { posix } from "node:path";
import type { Unit } from "../../facts/unit.ts";
import { addTo } from "../../maps.ts";
import type { Problem } from "../../source.ts";
import type { Workspace } from "../../sources/workspace.ts";
import type { TextValue } from "../../syntax/value.ts";
import { type Deployments, isFor, type Planned, unusedValues, withRegion } from "../deployments.ts";
import type { ParameterFile } from "./elsewhere.ts";
import { type Parameters, parametersFor, samEnvironments } from "./parameter-files.ts";

/** A template in a deployment. */
export interface Stacked {
  readonly planned: Planned;
  readonly values: ReadonlyMap<string, TextValue>;
  readonly previous: ReadonlySet<string>;
}

/** The deployments of a template; undefined when the configuration has none of it. */
export type StacksOf = (path: string) => readonly Stacked[] | undefined;

/** The deployments of the templates at some paths. */
export async function stacksOf(
  paths: readonly string[],
  deployments: Deployments,
  workspace: Pick<Workspace, "read">,
): Promise<{ readonly of: StacksOf; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const planned = new Map(paths.map((path) => [path, deployments.of(path)]));
  const folders = new Map<string, string[]>();
  for (const [path, all] of planned) {
    for (const name of new Set(all?.map((one) => one.name))) addTo(folders, name, posix.dirname(path));
  }
  const files = new Map<Planned, readonly ReadParameters[]>();
  for (const one of new Set([...planned.values()].flatMap((all) => all ?? []))) {
    const read = await Promise.all(one.parameters.map((path) => parametersAt(path, one, workspace)));
    files.set(
      one,
      read.flatMap((found) => ("parameters" in found ? [found] : [])),
    );
    problems.push(...read.flatMap((found) => ("problem" in found ? found.problem : [])));
  }
  return {
    of: (path) =>
      planned.get(path)?.map((one) => {
        const around = folders.get(one.name) ?? [];
        const mine = (files.get(one) ?? []).filter((file) => isFor(posix.dirname(path), file, around));
        return stacked(
          one,
          mine.map(({ parameters }) => parameters),
        );
      }),
    problems,
  };
}

interface ReadParameters {
  readonly path: string;
  readonly parameters: Parameters;
}

/** The parameters in a file; nothing of one that is not there, which is a mistake of the configuration. */
async function parametersAt(
  path: string,
  { name }: Planned,
  workspace: Pick<Workspace, "read">,
): Promise<ReadParameters | { readonly problem: readonly Problem[] }> {
  const read = workspace.read(path);
  if (!("file" in read)) {
    return { problem: read.missing ? [] : [{ path, message: `The values were not read: ${read.why}.` }] };
  }
  const parameters = await parametersFor(read.file, name);
  return "why" in parameters ? { problem: [{ path, message: parameters.why }] } : { path, parameters };
}

/** Later files come before earlier ones. */
function stacked(planned: Planned, files: readonly Parameters[]): Stacked {
  const region = files.map((one) => one.region).findLast((one) => one !== undefined);
  return {
    planned: region === undefined ? planned : withRegion(planned, region),
    values: new Map(files.flatMap(({ values }) => [...values])),
    previous: new Set(files.flatMap(({ previous }) => [...previous])),
  };
}

/** The configurations of SAM beside templates. `textOf` gives the text of a file that is there. */
export async function samFiles(
  templates: readonly string[],
  textOf: (path: string) => string | undefined,
): Promise<readonly ParameterFile[]> {
  const found: ParameterFile[] = [];
  for (const path of new Set(templates.map(samFileOf))) {
    const text = textOf(path);
    if (text === undefined) continue;
    for (const [name, values] of await samEnvironments({ path, text })) found.push({ path, values, name });
  }
  return found;
}

/** Where the configuration of SAM is that a template has. */
export function samFileOf(template: string): string {
  return posix.join(posix.dirname(template), "samconfig.toml");
}

/** The unit with a note about the files with values for its template that nothing uses, if it has jobs. */
export function withUnused(unit: Unit, files: readonly ParameterFile[]): Unit {
  if (unit.deployed || unit.resources.job_definitions.length === 0) return unit;
  const why = `${unit.id} was checked with the defaults of its parameters`;
  const unused = unusedValues(unit.id, "parameters", files, { why, them: "them" });
  if (!unused) return unit;
  return { ...unit, notes: [...(unit.notes ?? []), unused.note], suggested: unused.suggested };
}
