/**
 * Terragrunt: each `terragrunt.hcl` is a root module by another name, with inputs for a module in another folder.
 * https://terragrunt.gruntwork.io/docs/reference/hcl/
 *
 * It reads `terraform { source }` of local modules, `inputs`, `locals`, `include` and `dependency`. Folders are
 * absolute, as in Terragrunt: `/` is the checked folder. Values that depend on where Terragrunt runs, such as the
 * environment, are unknown.
 */

import { posix } from "node:path";
import { isLiteral } from "../../facts/text.ts";
import { newPurses, type Purse } from "../../purse.ts";
import { locate, type Problem, type SourceFile } from "../../source.ts";
import type { Workspace } from "../../sources/workspace.ts";
import { attributeOf, blocksOf } from "../../syntax/hcl/body.ts";
import { parseConfiguration } from "../../syntax/hcl/parse.ts";
import type { Block, Body } from "../../syntax/hcl/tree.ts";
import type { Entry, ObjectValue, Value } from "../../syntax/value.ts";
import { budgetOf } from "./language/evaluate/bounds.ts";
import type { Scope, Setting } from "./language/evaluate/context.ts";
import { evaluate } from "./language/evaluate/evaluate.ts";
import { argumentsIn, makesJobs, notInFiles } from "./modules/job-calls.ts";
import { isLocal, joined } from "./modules/load.ts";
import { lazyEntry } from "./modules/repeated-value.ts";
import { configurationsOf } from "./modules/source.ts";
import { filesOf } from "./modules/tree.ts";
import { answerOf, CALL, type Folders, rewritten } from "./terragrunt-functions.ts";
import { unknown } from "./unknowns.ts";

export interface Terragrunt {
  /** The path of the file, which is the unit's id. */
  readonly path: string;
  readonly folder: string;
  readonly module: string;
  /** The folders whose outputs it may use. */
  readonly dependencies: readonly string[];
  readonly input: (name: string) => Value | undefined;
}

export interface TerragruntRun {
  readonly roots: readonly Terragrunt[];
  /** Notes about units whose module makes jobs, as its name or its inputs tell, and is not in the files. */
  readonly notes: readonly Problem[];
  readonly files: () => readonly SourceFile[];
}

const FILE = "terragrunt.hcl";

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
  const parse = (path: string): { readonly file: SourceFile; readonly body: Body } | undefined => {
    if (!bodies.has(path)) {
      const read = workspace.read(path);
      bodies.set(
        path,
        "file" in read ? { file: read.file, body: rewritten(parseConfiguration(read.file).tree) } : undefined,
      );
    }
    return bodies.get(path);
  };
  const run: Run = { workspace, parse, output, purse };
  const units = paths.filter((path) => posix.basename(path) === FILE).flatMap((path) => unitOf(path, run) ?? []);
  const roots = units.flatMap((unit) => rootOf(unit) ?? []);
  const notes = units.flatMap((unit) => unreadModule(unit, run) ?? []);
  return { roots, notes, files: () => [...bodies.values()].flatMap((found) => (found ? [found.file] : [])) };
}

/** The configurations that run one of the modules, and those whose outputs they need, directly or indirectly. */
export function runsFor(all: readonly Terragrunt[], modules: readonly string[]): Terragrunt[] {
  const byFolder = new Map(all.map((one) => [one.folder, one]));
  const found = new Set(all.filter(({ module }) => modules.includes(module)));
  for (const one of found) {
    for (const folder of one.dependencies) {
      const needed = byFolder.get(folder);
      if (needed) found.add(needed);
    }
  }
  return [...found];
}

interface Run {
  readonly workspace: Workspace;
  readonly parse: (path: string) => { readonly file: SourceFile; readonly body: Body } | undefined;
  readonly output: (folder: string, name: string) => Value | undefined;
  readonly purse: Purse;
}

interface TerragruntUnit {
  readonly path: string;
  readonly folder: string;
  readonly own: Configuration;
  readonly source: Value | undefined;
  /** The folder of its module, when that is local. */
  readonly module: string | undefined;
}

function unitOf(path: string, run: Run): TerragruntUnit | undefined {
  const folder = posix.dirname(path);
  const own = openConfiguration(path, { own: folder, parent: folder, original: folder }, run);
  if (!own) return undefined;
  const source = own.source() ?? [...own.includes().values()].map((included) => included.source()).find((one) => one);
  return { path, folder, own, source, module: source === undefined ? folder : moduleFolder(source, folder) };
}

function unreadModule({ path, source, module }: TerragruntUnit, run: Run): Problem | undefined {
  const isThere = module !== undefined && configurationsOf(run.workspace, module).length > 0;
  const name = source?.kind === "text" ? source.value : undefined;
  if (!source || isThere) return undefined;
  const text = run.parse(path)?.file.text ?? "";
  const jobs = makesJobs({ source: name, given: argumentsIn(text), text });
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
  };
}

/** The folder of a local source. A double slash only marks the folder that is copied. */
function moduleFolder(source: Value, folder: string): string | undefined {
  if (source.kind !== "text" || !isLiteral(source.value)) return undefined;
  const path = source.value.replace(/(?<!:)\/{2,}/g, "/").replace(/\?.*$/, "");
  if (path.startsWith("/")) return inside(posix.normalize(path.slice(1)));
  return isLocal(path) ? inside(joined(folder, path)) : undefined;
}

function inside(path: string): string | undefined {
  return path === ".." || path.startsWith("../") ? undefined : path.replace(/(?<=.)\/$/, "");
}

interface Configuration {
  readonly source: () => Value | undefined;
  /** With the inputs of included files, unless it only exposes them. */
  readonly inputs: () => ReadonlyMap<string, Value>;
  readonly includes: () => ReadonlyMap<string, Configuration>;
  readonly dependencies: () => ReadonlyMap<string, string>;
  readonly exposed: ObjectValue;
}

const MAX_INCLUDES = 10;

function openConfiguration(path: string, folders: Folders, run: Run, depth = 0): Configuration | undefined {
  const parsed = depth < MAX_INCLUDES ? run.parse(path) : undefined;
  if (!parsed) return undefined;
  const { file, body } = parsed;
  const setting: Setting = {
    scope: (reference) => scope(reference),
    files: filesOf(run.workspace, folders.own, ""),
    budget: budgetOf(file.text.length, run.purse),
    faults: [],
  };
  const value = (of: Body, name: string): Value | undefined => {
    const found = attributeOf(of, name);
    return found && evaluate(found.value, setting);
  };
  const text = (of: Body, name: string): string | undefined => {
    const found = value(of, name);
    return found?.kind === "text" && isLiteral(found.value) ? found.value : undefined;
  };
  const locals = once((name: string) => {
    const found = blocksOf(body, "locals").flatMap((block) => attributeOf(block.body, name) ?? [])[0];
    return found && evaluate(found.value, setting);
  });
  const opened = (to: string, own: boolean): Configuration | undefined => {
    const target = within(to, folders.own);
    if (target === undefined) return undefined;
    const parent = posix.dirname(target);
    const next = own ? { own: parent, parent, original: folders.original } : { ...folders, parent };
    return openConfiguration(target, next, run, depth + 1);
  };
  const includes = lazily(() =>
    namedBlocks(body, "include", (block) => {
      const to = text(block.body, "path");
      return to === undefined ? undefined : opened(to, false);
    }),
  );
  const dependencies = lazily(() =>
    namedBlocks(body, "dependency", (block) => {
      const to = text(block.body, "config_path");
      return to === undefined ? undefined : within(to, folders.own);
    }),
  );
  const inputs = lazily(() => {
    const found = new Map<string, Value>();
    for (const block of blocksOf(body, "include")) {
      if (text(block.body, "merge_strategy") === "no_merge") continue;
      for (const [name, given] of includes().get(nameOf(block))?.inputs() ?? []) found.set(name, given);
    }
    const own = value(body, "inputs");
    if (own?.kind === "object") for (const entry of own.entries) found.set(entry.key, entry.value);
    return found;
  });

  const scope: Scope = ({ root, steps, at }) => {
    const names = steps.map((step) => (step.kind === "attribute" ? step.name : ""));
    const [first = "", second = "", third = ""] = names;
    const told = (found: Value | undefined, used: number) => found && { value: found, used };
    switch (root) {
      case "local":
        return told(locals(first), 1);
      case "include":
        return told(includes().get(first)?.exposed, 1) ?? told(includes().get("")?.exposed, 0);
      case "dependency": {
        if (second !== "outputs" || third === "") return undefined;
        const folder = dependencies().get(first) ?? dependencyOf(includes(), first);
        const found = folder === undefined ? undefined : run.output(folder, third);
        const name = `dependency.${first}.outputs.${third}`;
        const about = { origin: { kind: "import" }, cause: { kind: "remote-output", name, unit: path } } as const;
        return told(found ?? unknown({ unit: path, prefix: "" }, name, about, at), 3);
      }
      case CALL: {
        const keys = steps.slice(1).map((step) => (step.kind === "index" ? step.key : undefined));
        const included = (label: string | undefined) => includedFolder(body, label, text, folders.own);
        const answer = answerOf(first, keys, { workspace: run.workspace, folders, path, at, included });
        return told("file" in answer ? opened(answer.file, true)?.exposed : answer.value, steps.length);
      }
      default:
        return undefined;
    }
  };
  return {
    source: () => blocksOf(body, "terraform").flatMap((block) => value(block.body, "source") ?? [])[0],
    inputs,
    includes,
    dependencies,
    exposed: exposedOf(body, locals, inputs),
  };
}

/** The values that a file which includes or reads this one can use. */
function exposedOf(
  body: Body,
  locals: (name: string) => Value | undefined,
  inputs: () => ReadonlyMap<string, Value>,
): ObjectValue {
  const { at } = body;
  const names = blocksOf(body, "locals").flatMap((block) => block.body.attributes.map(({ name }) => name));
  const objectOf = (entries: readonly Entry[]): ObjectValue => ({ kind: "object", entries, at });
  return objectOf([
    lazyEntry("locals", at, () => objectOf(names.map((name) => lazyEntry(name, at, () => locals(name))))),
    lazyEntry("inputs", at, () => objectOf([...inputs()].map(([key, value]) => ({ key, keyAt: value.at, value })))),
  ]);
}

/** The folder of the file that an `include` block of a configuration names; the only block needs no label. */
function includedFolder(
  body: Body,
  label: string | undefined,
  text: (of: Body, name: string) => string | undefined,
  folder: string,
): string | undefined {
  const blocks = blocksOf(body, "include");
  const block = label === undefined ? blocks[0] : blocks.find((one) => nameOf(one) === label);
  const path = block && text(block.body, "path");
  const target = path === undefined ? undefined : within(path, folder);
  return target === undefined ? undefined : posix.dirname(target);
}

/** The path of a file or folder that a configuration names, relative to the workspace. */
function within(path: string, folder: string): string | undefined {
  return inside(path.startsWith("/") ? posix.normalize(path.slice(1)) : joined(folder, path));
}

function nameOf({ labels }: Block): string {
  return labels[0]?.name ?? "";
}

function namedBlocks<T>(body: Body, type: string, make: (block: Block) => T | undefined): Map<string, T> {
  return new Map(
    blocksOf(body, type).flatMap((block) => {
      const made = make(block);
      return made === undefined ? [] : [[nameOf(block), made] as const];
    }),
  );
}

function dependencyOf(includes: ReadonlyMap<string, Configuration>, name: string): string | undefined {
  return [...includes.values()].map((included) => included.dependencies().get(name)).find((one) => one !== undefined);
}

/** Computes once; while it is being computed, the result is empty. */
function lazily<T extends ReadonlyMap<string, unknown>>(compute: () => T): () => T {
  let found: T | undefined;
  let open = false;
  return () => {
    if (found) return found;
    if (open) return new Map() as unknown as T;
    open = true;
    found = compute();
    return found;
  };
}

function once(compute: (name: string) => Value | undefined): (name: string) => Value | undefined {
  const values = new Map<string, Value | undefined>();
  return (name) => {
    if (values.has(name)) return values.get(name);
    values.set(name, undefined);
    const value = compute(name);
    values.set(name, value);
    return value;
  };
}
