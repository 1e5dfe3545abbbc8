/** Where `terraform init` has put the modules of registries and repositories. */
import { posix } from "node:path";
import { into } from "../../../maps.ts";
import type { Problem } from "../../../source.ts";
import { type History, NO_HISTORY } from "../../../sources/history.ts";
import type { Workspace } from "../../../sources/workspace.ts";
import { joined } from "./source-argument.ts";

/** The list of them, from the folder of the root. */
const LIST = ".terraform/modules/modules.json";

/** The folders of the modules that a root calls, by the dotted names of the calls. */
export type InstalledIn = (root: string) => Promise<ReadonlyMap<string, string>>;

export interface Installed {
  readonly of: InstalledIn;
  /** The list of a root. */
  readonly listOf: (root: string) => string;
  /** About lists that don't count. */
  readonly notes: () => readonly Problem[];
}

/**
 * The modules of a run. Where a change is judged, a list that its commit has does not count: what is installed is what
 * the change says that it is.
 */
export function openInstalled(
  workspace: Workspace,
  { isCommitted }: Pick<History, "isCommitted"> = NO_HISTORY,
): Installed {
  const known = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const refused: string[] = [];
  const listOf = (root: string) => posix.join(root, LIST);
  const of = async (root: string) => {
    const found = foldersIn(workspace, root);
    if (found.size === 0 || !(await isCommitted(listOf(root)))) return found;
    refused.push(listOf(root));
    return new Map<string, string>();
  };
  return {
    of: (root) => into(known, root, () => of(root)),
    listOf,
    notes: () => refused.map((path) => ({ path, message: COMMITTED })),
  };
}

const COMMITTED =
  "The modules of `terraform init` are committed, so they may be others than those that are deployed, and do not count. Run `terraform init` in a step of the workflow.";

function foldersIn(workspace: Workspace, root: string): ReadonlyMap<string, string> {
  const read = workspace.read(posix.join(root, LIST));
  if ("why" in read) return new Map();
  try {
    const { Modules = [] } = JSON.parse(read.file.text) as { Modules?: { Key?: unknown; Dir?: unknown }[] };
    return new Map(
      Modules.flatMap(({ Key, Dir }) =>
        typeof Key === "string" && typeof Dir === "string" && Key !== "" ? [[Key, joined(root, Dir)]] : [],
      ),
    );
  } catch {
    return new Map();
  }
}
