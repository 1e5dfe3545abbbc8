/** What all modules of one root share. */
import { posix } from "node:path";
import { locate, type Place, type Problem, type SourceFile } from "../../../source.ts";
import type { Workspace } from "../../../sources/workspace.ts";
import { createBudget } from "../language/evaluate/bounds.ts";
import type { Fault, Files, Setting } from "../language/evaluate/context.ts";

export interface Tree {
  /** The unit's id: the files of the root module. A folder of raw files has the folder itself for an id, and may be the same one. */
  readonly unit: string;
  readonly root: string;
  /** Without a scope of its own: each module puts in its own. */
  readonly setting: Setting;
  /** Whether instances of a type are to be evaluated although nothing refers to them. */
  readonly isWanted: (type: string) => boolean;
  /** Notes a problem, once. */
  readonly complain: (at: Place, message: string) => void;
  /** Notes that something refers to itself. */
  readonly cycle: (name: string, at: Place) => void;
  /** Takes room for one more instance. False when there is none left, which is noted as a problem. */
  readonly room: (of: Limited, at: Place) => boolean;
  /** Where values stand that must not be shown: those of variables that are declared so. Evaluating adds to it. */
  readonly hidden: Place[];
  /** Whether there is no room left. */
  readonly isFull: (of: Limited) => boolean;
  readonly problems: readonly Problem[];
  /** The files that functions of the language have read: templates, documents. */
  readonly rendered: ReadonlySet<SourceFile>;
  readonly faults: readonly Fault[];
  /** The problem, if it is one, that evaluating took more steps than it may, so that what came after is not known. */
  readonly exhausted: () => readonly Problem[];
}

/**
 * Instances that one root module may have, of all its modules together. A state of a few thousand resources takes Terraform itself many
 * minutes; modules that call modules that call modules, each many times, would take all memory.
 */
const MAX_INSTANCES = { resources: 10_000, modules: 5_000 } as const;
type Limited = keyof typeof MAX_INSTANCES;

/** Prepares the evaluation of a root module. */
export function createTree(workspace: Workspace, root: string, isWanted: (type: string) => boolean): Tree {
  const faults: Fault[] = [];
  const problems: Problem[] = [];
  const rendered = new Set<SourceFile>();
  const setting: Setting = {
    scope: () => undefined,
    files: filesOf(workspace, root, rendered),
    budget: createBudget(),
    faults,
    legacy: true,
  };
  const taken = { resources: 0, modules: 0 };
  const complain = (at: Place, message: string) => {
    if (problems.some((known) => known.message === message)) return;
    problems.push({ path: at.file.path, message, line: locate(at).start.line });
  };
  return {
    unit: unitOf(root),
    root,
    isWanted,
    problems,
    faults,
    hidden: [],
    rendered,
    setting,
    complain,
    cycle: (name, at) => complain(at, `${name} refers to itself, so its value can't be told.`),
    room: (of, at) => {
      taken[of]++;
      const most = MAX_INSTANCES[of];
      if (taken[of] === most + 1) {
        complain(
          at,
          `There are more than ${most.toLocaleString("en")} ${of} with this one, so the others were not read.`,
        );
      }
      return taken[of] <= most;
    },
    exhausted: () => {
      if (setting.budget.steps >= 0) return [];
      const last = faults.at(-1)?.at;
      const path = last?.file.path ?? root;
      const message = "What this module computes takes too many steps, so not all of it was read.";
      return [{ path, message, ...(last && { line: locate(last).start.line }) }];
    },
    isFull: (of) => taken[of] > MAX_INSTANCES[of],
  };
}

/** The id of the unit of a root module. */
export function unitOf(root: string): string {
  return posix.join(root, "*.tf");
}

/** Files as the functions of the language name them: relative to the folder in which Terraform runs, the root module. */
function filesOf(workspace: Workspace, root: string, rendered: Set<SourceFile>): Files {
  const resolve = (path: string): string => (path.startsWith("/") ? path : posix.join(root, path));
  return {
    read: (path) => {
      const read = workspace.read(resolve(path));
      if ("file" in read) rendered.add(read.file);
      return read;
    },
    bytes: (path) => workspace.bytes(resolve(path)),
    exists: (path) => workspace.isFile(resolve(path)),
    list: (folder) => workspace.under(resolve(folder)),
  };
}
