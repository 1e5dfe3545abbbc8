/**
 * Terragrunt: each `terragrunt.hcl` is a root module by another name, with inputs for a module in another folder.
 * https://terragrunt.gruntwork.io/docs/reference/hcl/
 *
 * It reads `terraform { source }` of local modules, `inputs`, `locals`, `include`, `dependency`, `generate`,
 * `remote_state`, and the units of a `terragrunt.stack.hcl`. Folders are absolute, as in Terragrunt: `/` is the checked
 * folder. Values that depend on where Terragrunt runs, such as the environment, are unknown.
 */

import { posix } from "node:path";
import { isLiteral } from "../../facts/text.ts";
import { newPurses, type Purse } from "../../purse.ts";
import { locate, type Problem, problemLine, type SourceFile } from "../../source.ts";
import type { Workspace } from "../../sources/workspace.ts";
import { parseConfiguration } from "../../syntax/hcl/parse.ts";
import type { Body } from "../../syntax/hcl/tree.ts";
import type { Value } from "../../syntax/value.ts";
import { grouped } from "../../words.ts";
import { argumentsIn, makesJobs, notInFiles } from "../job-calls.ts";
import { configurationsOf } from "./modules/source.ts";
import { isLocal, joined } from "./modules/source-argument.ts";
import { partlyRead } from "./modules/tree.ts";
import { type Configuration, openConfiguration, type Run, within } from "./terragrunt-configuration.ts";
import { rewritten } from "./terragrunt-functions.ts";

export interface Terragrunt {
  /** The path of the file, which is the unit's id. */
  readonly path: string;
  readonly folder: string;
  readonly module: string;
  /** The folders whose outputs it may use. */
  readonly dependencies: readonly string[];
  readonly input: (name: string) => Value | undefined;
  /** The configurations that it writes beside the module: providers, a backend. */
  readonly generated: () => readonly Body[];
  /** Where it keeps the module's state, as far as a block `remote_state` tells. */
  readonly state: () => string | undefined;
}

export interface TerragruntRun {
  readonly roots: readonly Terragrunt[];
  /** Notes about units whose module makes jobs, as its name or its inputs tell, and is not in the files. */
  readonly notes: readonly Problem[];
  readonly files: () => readonly SourceFile[];
  /** What could not be read, or not completely, of what was needed so far. */
  readonly problems: () => readonly Problem[];
}

const FILE = "terragrunt.hcl";
const STACK = "terragrunt.stack.hcl";
/** The most units and stacks that stacks place: each may place others. */
const MOST_PLACED = 1_000;
const DEEPEST = 10;

/**
 * Reads all files of that name whose module is local. `output` gives an output of the module that another folder
 * runs; it is called only when an input is evaluated.
 */
export function readTerragrunt(
  workspace: Workspace,
  paths: readonly string[],
  output: (folder: string, name: string) => Value | undefined,
  purse: Purse = newPurses().steps,
): TerragruntRun {
  const bodies = new Map<string, { readonly file: SourceFile; readonly body: Body } | undefined>();
  const problems = new Map<string, Problem>();
  const complain: Run["complain"] = (problem) => problems.set(problemLine(problem), problem);
  const onRead: Run["onRead"] = (path, read) => {
    if ("problem" in read && read.problem !== undefined) complain({ path, message: read.problem });
  };
  const parse = (path: string): { readonly file: SourceFile; readonly body: Body } | undefined => {
    if (!bodies.has(path)) {
      const read = workspace.read(path);
      onRead(path, read);
      if ("file" in read) {
        const parsed = parseConfiguration(read.file);
        parsed.problems.forEach(complain);
        bodies.set(path, { file: read.file, body: rewritten(parsed.tree) });
      } else bodies.set(path, undefined);
    }
    return bodies.get(path);
  };
  const run: Run = { workspace, parse, output, purse, onRead, complain, budgets: [] };
  const named = (name: string) => paths.filter((path) => posix.basename(path) === name);
  const placed = placedBy(named(STACK), run);
  const sources = new Set(placed.map(({ from }) => from));
  const own = named(FILE).filter((path) => !sources.has(path));
  const units = [
    ...own.flatMap((path) => unitOf(path, posix.dirname(path), run) ?? []),
    ...placed.flatMap(({ from, folder, values }) => unitOf(from, folder, { ...run, values }) ?? []),
  ];
  const roots = units.flatMap((unit) => rootOf(unit) ?? []);
  const notes = units.flatMap((unit) => unreadModule(unit, run) ?? []);
  return {
    roots,
    notes,
    files: () => [...bodies.values()].flatMap((found) => (found ? [found.file] : [])),
    problems: () => [
      ...problems.values(),
      ...run.budgets.flatMap(({ beyond }) => (beyond ? [partlyRead(beyond)] : [])),
    ],
  };
}

/**
 * The configurations that run one of the modules or keep a state that these name, and those whose outputs they need,
 * directly or indirectly.
 */
export function runsFor(
  all: readonly Terragrunt[],
  modules: readonly string[],
  named: (states: readonly string[]) => ReadonlySet<string | undefined>,
): Terragrunt[] {
  const byFolder = new Map(all.map((one) => [one.folder, one]));
  const runsOne = ({ module }: Terragrunt) => modules.includes(module);
  const states = new Map(all.map((one) => [one, runsOne(one) ? undefined : one.state()]));
  const kept = named([...states.values()].flatMap((state) => state ?? []));
  const found = new Set(all.filter((one) => runsOne(one) || kept.has(states.get(one))));
  for (const one of found) {
    for (const folder of one.dependencies) {
      const needed = byFolder.get(folder);
      if (needed) found.add(needed);
    }
  }
  return [...found];
}

interface PlacedUnit {
  /** The file that it is made of. */
  readonly from: string;
  readonly folder: string;
  readonly values: () => Value | undefined;
}

/** The units of all stacks. A stack that another one places is read there only. */
function placedBy(stacks: readonly string[], run: Run): readonly PlacedUnit[] {
  const inner = new Set<string>();
  let left = MOST_PLACED;
  const placed = (path: string, folder: string, of: Run, depth: number): readonly PlacedUnit[] => {
    if (depth > DEEPEST) {
      run.complain({ path, message: "Stacks are nested too deeply here, so this one was not read." });
      return [];
    }
    const opened = openConfiguration(path, { own: folder, parent: folder, original: folder }, of);
    return (opened?.placed() ?? []).flatMap(({ what, source, folder: to, values }) => {
      const at = source && moduleFolder(source, folder);
      if (at === undefined) return [];
      if (left-- <= 0) {
        run.complain({
          path,
          message: `There are more than ${grouped(MOST_PLACED)} units in stacks, so others were not read.`,
        });
        return [];
      }
      if (what === "unit") return [{ from: joined(at, FILE), folder: to, values }];
      const from = joined(at, STACK);
      inner.add(from);
      return placed(from, to, { ...run, values }, depth + 1);
    });
  };
  const all = stacks.map((path) => ({ path, units: placed(path, posix.dirname(path), run, 0) }));
  return all.flatMap(({ path, units }) => (inner.has(path) ? [] : units));
}

interface TerragruntUnit {
  readonly path: string;
  /** The file that it is made of: another one where a stack places it. */
  readonly from: string;
  readonly folder: string;
  readonly own: Configuration;
  readonly source: Value | undefined;
  /** The folder of its module, when that is local. */
  readonly module: string | undefined;
}

/** The unit that a file is where it runs: in its own folder, or in one to which a stack copies it. */
function unitOf(from: string, folder: string, run: Run): TerragruntUnit | undefined {
  const own = openConfiguration(from, { own: folder, parent: folder, original: folder }, run);
  if (!own) return undefined;
  const path = joined(folder, FILE);
  const source = own.source() ?? [...own.includes().values()].map((included) => included.source()).find((one) => one);
  const module = source === undefined ? posix.dirname(from) : moduleFolder(source, folder);
  return { path, from, folder, own, source, module };
}

/** In a file of Terragrunt: it is in the `contents` of a block `generate`. */
const GENERATED = /\baws(?:cc)?_batch_job_definition\b/;

function unreadModule({ from: path, folder, source, module }: TerragruntUnit, run: Run): Problem | undefined {
  const isThere = module !== undefined && configurationsOf(run.workspace, module).length > 0;
  const name = source?.kind === "text" ? source.value : undefined;
  const text = run.parse(path)?.file.text ?? "";
  if (GENERATED.test(text)) return { path, message: "The job definition that this unit generates was not checked." };
  if (!source || isThere) return undefined;
  const given = argumentsIn(text);
  const jobs = makesJobs({ name: posix.basename(folder), source: name, given, all: given });
  if (jobs === undefined) return undefined;
  const named = module ?? (name !== undefined && isLiteral(name) ? name : "");
  const message = notInFiles(`The module ${named || "without a known source"} of this unit`, jobs);
  return { path, line: locate(source.at).start.line, message };
}

function rootOf({ path, folder, own, module }: TerragruntUnit): Terragrunt | undefined {
  if (module === undefined) return undefined;
  let inputs: ReadonlyMap<string, Value> | "open" | undefined;
  return {
    path,
    folder,
    module,
    dependencies: [own, ...own.includes().values()].flatMap((one) => [...one.dependencies().values()]),
    input: (name) => {
      if (inputs === "open") return undefined;
      if (!inputs) {
        inputs = "open";
        inputs = own.inputs();
      }
      return inputs.get(name);
    },
    generated: () => [...own.generated().values()],
    state: own.state,
  };
}

/** The folder of a local source. A double slash only marks the folder that is copied. */
function moduleFolder(source: Value, folder: string): string | undefined {
  if (source.kind !== "text" || !isLiteral(source.value)) return undefined;
  const path = source.value.replace(/(?<!:)\/{2,}/g, "/").split("?", 1)[0] ?? "";
  return path.startsWith("/") || isLocal(path) ? within(path, folder) : undefined;
}
