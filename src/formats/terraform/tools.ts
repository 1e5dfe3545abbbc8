/**
 * Modules that Terraform and OpenTofu read differently: OpenTofu reads `x.tofu` in place of `x.tf`, and Terraform knows no
 * `x.tofu`. Which of them deploys the files is not in them, so both have to be right.
 * https://opentofu.org/docs/language/files/
 */
import { ANYWHERE } from "../../facts/arn.ts";
import type { SourceFile } from "../../source.ts";
import type { Workspace } from "../../sources/workspace.ts";
import type { Root } from "./root.ts";

/** One of the tools. */
export interface Tool {
  readonly name: string;
  /** The files that it reads and the other does not. */
  readonly own: ReadonlySet<string>;
  /** Whether roots without such files are left out: the other tool has read them. */
  readonly isOther: boolean;
}

const TOFU = /\.tofu(?=\.json$|$)/;

/** What each of the tools reads; none where it makes no difference. */
export function toolsOf(paths: readonly string[]): { readonly tofu: Tool; readonly terraform: Tool } | undefined {
  const all = new Set(paths);
  const own = paths.filter((path) => TOFU.test(path) && all.has(path.replace(TOFU, ".tf")));
  if (own.length === 0) return undefined;
  return {
    tofu: { name: "OpenTofu", own: new Set(own), isOther: false },
    terraform: { name: "Terraform", own: new Set(own.map((path) => path.replace(TOFU, ".tf"))), isOther: true },
  };
}

/** The files as Terraform sees them. */
export function withoutTofu(workspace: Workspace): Workspace {
  return { ...workspace, names: (folder) => workspace.names(folder).filter((name) => !TOFU.test(name)) };
}

/** The paths that Terraform reads. */
export function pathsWithoutTofu(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !TOFU.test(path));
}

/** The roots as a tool deploys them: one in which the tools read different files is a deployment of each. */
export async function readBy(
  { name, own, isOther }: Tool,
  roots: readonly Root[],
  filesOf: (root: Root) => Promise<readonly SourceFile[]>,
): Promise<Root[]> {
  const read: Root[] = [];
  for (const root of roots) {
    const differs = (await filesOf(root)).some(({ path }) => own.has(path));
    const { planned = { name: "", place: ANYWHERE, varFiles: [], parameters: [] } } = root;
    const called = planned.name === "" ? name : `${planned.name}, ${name}`;
    if (differs) read.push({ ...root, planned: { ...planned, name: called } });
    else if (!isOther) read.push(root);
  }
  return read;
}
