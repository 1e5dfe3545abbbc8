/** The deployments of a configuration: loaded only where it has any. */
import { posix } from "node:path";
import type { DeploymentSetting, Written } from "../config/deployments.ts";
import { ANYWHERE, inRegion } from "../facts/arn.ts";
import { locate, type Problem } from "../source.ts";
import { normalPath, type PathTest, pathTest } from "../sources/globs.ts";
import type { Deployments, LookedAt, Planned } from "./deployments.ts";

interface Row {
  readonly planned: Planned;
  readonly units: readonly { readonly written: Written<string>; readonly isMeant: PathTest; used: boolean }[];
}

/** The deployments of a configuration; with `only`, the one of that name. */
export async function openDeployments(
  settings: readonly DeploymentSetting[],
  only: string | undefined,
): Promise<Deployments> {
  const rows = await Promise.all(settings.map(rowOf));
  const valueFiles = settings.flatMap((one) => [...(one["var-files"] ?? []), ...(one.parameters ?? [])]);
  return {
    of: (path) => {
      const found = rows.filter(({ units }) => {
        const mine = units.filter(({ isMeant }) => isMeant(path));
        for (const unit of mine) unit.used = true;
        return mine.length > 0;
      });
      if (found.length === 0) return undefined;
      return found.map(({ planned }) => planned).filter(({ name }) => only === undefined || name === only);
    },
    files: new Set(valueFiles.map(({ value }) => normalPath(value))),
    complaints: (looked) => {
      const missing = valueFiles.filter(({ value }) => looked.workspace.isFile(normalPath(value)) !== true);
      const idle = rows.flatMap(({ planned: { name }, units }) =>
        units.filter(({ used }) => !used).map(({ written, isMeant }) => ({ name, written, isMeant })),
      );
      return {
        problems: [
          ...missing.map((one) => problemAt(one, `There is no file ${one.value}.`)),
          ...idle.filter((one) => looked.isAll && !isThere(one, looked)).map(notThere),
        ],
        notes: idle
          .filter((one) => looked.isAll && isThere(one, looked))
          .map((one) => nothingRead(one, looked.workspace.isFile(normalPath(one.written.value)) === true)),
      };
    },
  };
}

interface Idle {
  readonly name: string;
  readonly written: Written<string>;
  readonly isMeant: PathTest;
}

function isThere({ written, isMeant }: Idle, { paths, workspace }: LookedAt): boolean {
  const path = normalPath(written.value);
  return paths.some(isMeant) || workspace.isFile(path) === true || workspace.folder(path) !== undefined;
}

function notThere({ name, written }: Idle): Problem {
  return problemAt(written, `The unit ${written.value} of the deployment ${name} matches no file or folder.`);
}

function nothingRead({ name, written }: Idle, isFile: boolean): Problem {
  const unit = `The unit ${written.value} of the deployment ${name}`;
  return problemAt(
    written,
    isFile
      ? `${unit} is no template that was read. Other files are deployed by folders: name ${posix.dirname(written.value)}.`
      : `${unit} holds no template, root module or job definition that was read.`,
  );
}

async function rowOf(setting: DeploymentSetting): Promise<Row> {
  const { name, unit, account, region } = setting;
  const place = { ...ANYWHERE, ...(region && { region, ...inRegion(region) }), ...(account && { account }) };
  const paths = (given: readonly Written<string>[] = []) => given.map(({ value }) => normalPath(value));
  return {
    planned: {
      name: name.value,
      place,
      varFiles: paths(setting["var-files"]),
      parameters: paths(setting.parameters),
      workspace: setting.workspace,
    },
    units: await Promise.all(
      unit.map(async (written) => {
        const isMeant = normalPath(written.value) === "" ? () => true : await pathTest(written.value);
        return { written, isMeant, used: false };
      }),
    ),
  };
}

function problemAt({ at }: Written<string>, message: string): Problem {
  return { path: at.file.path, message, line: locate(at).start.line };
}
