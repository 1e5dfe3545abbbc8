import { posix } from "node:path";
import { ANYWHERE, type Deployment } from "../../../facts/arn.ts";
import { type Purses, pay } from "../../../purse.ts";
import { cut, lengthOf, locate, type Place, type Problem, type SourceFile } from "../../../source.ts";
import type { Workspace } from "../../../sources/workspace.ts";
import type { Value } from "../../../syntax/value.ts";
import { grouped } from "../../../words.ts";
import { budgetOf } from "../language/evaluate/bounds.ts";
import type { Fault, Files, Setting } from "../language/evaluate/context.ts";
import type { Elsewhere } from "./elsewhere.ts";
import type { States } from "./states.ts";

export interface Tree {
  /** The id of the unit: the files of the root module, since the folder may be a raw unit. */
  readonly unit: string;
  readonly root: string;
  /** Where it is deployed if its providers don't say otherwise. */
  readonly place: Deployment;
  /** The workspace of Terraform that it is deployed from; undefined when nothing tells. */
  readonly workspace?: string | undefined;
  /** It has no scope: each module adds its own. */
  readonly setting: Setting;
  /** Whether instances of a type are read even if nothing refers to them. */
  readonly isWanted: (type: string) => boolean;
  /** Notes what is cut. */
  readonly complain: (at: Place, message: string) => void;
  readonly cycle: (name: string, at: Place) => void;
  /** Counts one more instance. False when the limit is reached, which is noted as a problem. */
  readonly room: (of: Limited, at: Place) => boolean;
  /** Places of values that must not be shown, since their variables are declared sensitive. Evaluation adds to it. */
  readonly hidden: Place[];
  readonly isFull: (of: Limited) => boolean;
  /** What is not there with the values of the files, and was not checked. */
  readonly absent: Problem[];
  /** The strings of the defaults that count. Evaluation adds to it. */
  readonly defaults: Set<string>;
  /** What variables files give that nothing uses, though a deployment may. */
  readonly elsewhere: readonly Elsewhere[];
  /** Where the states of other root modules are; undefined where none is read. */
  readonly states?: States;
  /**
   * By the addresses of resources that exist already, what an instance is imported by; the root module fills it. The
   * index is that of the import: empty where it is not repeated.
   */
  readonly imported: Map<string, (index: string) => Value | undefined>;
  readonly problems: readonly Problem[];
  /** The files that functions of the language have read: templates, documents. */
  readonly rendered: ReadonlySet<SourceFile>;
  readonly faults: readonly Fault[];
  /** A problem if the evaluation reached a limit, so that something is unknown which Terraform knows. */
  readonly exhausted: () => readonly Problem[];
}

/**
 * The most instances of one root module, in all its modules together. A state of a few thousand resources takes
 * Terraform itself many minutes; nested modules that are each called many times would use all memory.
 */
const MAX_INSTANCES = { resources: 10_000, modules: 5_000 } as const;
type Limited = keyof typeof MAX_INSTANCES;
/** A resource or a call is written in some hundred characters. */
const CHARACTERS_AN_INSTANCE = 50;

/** Characters of modules that count again for each root module that calls them, and which part of them does. */
const MOST_AGAIN = 10_000_000;
const PART_AGAIN = 1 / 4;

/**
 * Counts the characters that pay for a root module. A file that several have pays in full for the first one only: else
 * a large module that a thousand short ones call would pay for a thousand.
 */
export function characterCount(): (files: readonly SourceFile[]) => number {
  const counted = new Set<SourceFile>();
  let again = MOST_AGAIN;
  return (files) => {
    const fresh = lengthOf(files.filter((file) => !counted.has(file)));
    const repeated = Math.min(lengthOf(files.filter((file) => counted.has(file))), again);
    again -= repeated;
    for (const file of files) counted.add(file);
    return fresh + repeated * PART_AGAIN;
  };
}

/** What a root module may cost: its length, and what the run has for all that mean more than they say. */
export interface Means {
  readonly characters: number;
  readonly purses: Purses;
}

export function createTree(
  workspace: Workspace,
  root: string,
  isWanted: (type: string) => boolean,
  { characters, purses }: Means,
): Tree {
  const faults: Fault[] = [];
  const problems: Problem[] = [];
  const rendered = new Set<SourceFile>();
  const setting: Setting = {
    scope: () => undefined,
    files: filesOf(workspace, root, "/", (path, read) => {
      if ("file" in read) rendered.add(read.file);
      else if (read.problem !== undefined && !problems.some(({ path: known }) => known === path)) {
        problems.push(cut({ path, message: read.problem }));
      }
    }),
    budget: budgetOf(characters, purses.steps),
    faults,
    legacy: true,
  };
  const taken = { resources: 0, modules: 0 };
  const refused = { resources: false, modules: false };
  const allowance = { own: characters / CHARACTERS_AN_INSTANCE, purse: purses.instances };
  const complain = (at: Place, message: string, mark = cut) => {
    if (problems.some((known) => known.message === message)) return;
    problems.push(mark({ path: at.file.path, message, line: locate(at).start.line }));
  };
  return {
    unit: unitOf(root),
    root,
    place: ANYWHERE,
    isWanted,
    problems,
    faults,
    hidden: [],
    rendered,
    setting,
    complain,
    cycle: (name, at) => complain(at, `${name} refers to itself, so its value is unknown.`, (problem) => problem),
    room: (of, at) => {
      if (refused[of]) return false;
      if (taken[of] < MAX_INSTANCES[of] && pay(allowance, 1)) {
        taken[of]++;
        return true;
      }
      refused[of] = true;
      const most = grouped(taken[of]);
      complain(at, `There are more than ${most} ${of} with this one, so the others were not read.`);
      return false;
    },
    exhausted: () => {
      const { beyond } = setting.budget;
      return beyond ? [partlyRead(beyond)] : [];
    },
    isFull: (of) => refused[of],
    imported: new Map(),
    absent: [],
    defaults: new Set(),
    elsewhere: [],
  };
}

/** The problem of the first expression of a module, or of a file of Terragrunt, that is beyond a limit. */
export function partlyRead({ why, at }: Fault): Problem {
  const message = `The module was only partly read: ${why}.`;
  return cut({ path: at.file.path, message, line: locate(at).start.line });
}

export function unitOf(root: string): string {
  return posix.join(root, "*.tf");
}

/**
 * Files by the paths that functions of the language use: relative to the folder in which Terraform runs. `top` replaces
 * the slash of absolute paths. `onRead` is told what became of each file that was to be read.
 */
export function filesOf(
  workspace: Workspace,
  folder: string,
  top: string,
  onRead?: (path: string, read: ReturnType<Workspace["read"]>) => void,
): Files {
  const resolve = (path: string): string => (path.startsWith("/") ? top + path.slice(1) : posix.join(folder, path));
  return {
    read: (path) => {
      const resolved = resolve(path);
      const read = workspace.read(resolved);
      onRead?.(resolved, read);
      return read;
    },
    bytes: (path) => workspace.bytes(resolve(path)),
    exists: (path) => workspace.isFile(resolve(path)),
    list: (path) => workspace.under(resolve(path)),
  };
}
