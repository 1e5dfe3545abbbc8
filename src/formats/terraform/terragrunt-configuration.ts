/** One file of Terragrunt, evaluated where it is asked. https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/ */

import { posix } from "node:path";
import { isLiteral } from "../../facts/text.ts";
import type { Purse } from "../../purse.ts";
import type { Problem, SourceFile } from "../../source.ts";
import type { Workspace } from "../../sources/workspace.ts";
import { attributeOf, blocksOf } from "../../syntax/hcl/body.ts";
import { parseConfiguration } from "../../syntax/hcl/parse.ts";
import type { Block, Body } from "../../syntax/hcl/tree.ts";
import type { Entry, ObjectValue, Value } from "../../syntax/value.ts";
import { type Budget, budgetOf } from "./language/evaluate/bounds.ts";
import type { Scope, Setting } from "./language/evaluate/context.ts";
import { evaluate } from "./language/evaluate/evaluate.ts";
import { lazyEntry } from "./modules/repeated-value.ts";
import { joined } from "./modules/source-argument.ts";
import { stateIn } from "./modules/states.ts";
import { filesOf } from "./modules/tree.ts";
import { answerOf, CALL, type Folders } from "./terragrunt-functions.ts";
import { unknown } from "./unknowns.ts";

export interface Run {
  readonly workspace: Workspace;
  readonly parse: (path: string) => { readonly file: SourceFile; readonly body: Body } | undefined;
  readonly output: (folder: string, name: string) => Value | undefined;
  readonly purse: Purse;
  /** What a stack gives to the unit that is read, by name. */
  readonly values?: () => Value | undefined;
  /** Told what became of each file that is to be read. */
  readonly onRead: (path: string, read: ReturnType<Workspace["read"]>) => void;
  readonly complain: (problem: Problem) => void;
  /** What evaluating each file may take. Opening a file adds to it. */
  readonly budgets: Budget[];
}

/** A unit or another stack that a stack puts into a folder below it. */
export interface Placed {
  readonly what: "unit" | "stack";
  readonly source: Value | undefined;
  readonly folder: string;
  readonly values: () => Value | undefined;
}

export interface Configuration {
  readonly source: () => Value | undefined;
  /** With the inputs of included files, unless it only exposes them. */
  readonly inputs: () => ReadonlyMap<string, Value>;
  readonly includes: () => ReadonlyMap<string, Configuration>;
  readonly dependencies: () => ReadonlyMap<string, string>;
  /** The configurations that it writes beside the module, by the labels of their blocks, with those of included files. */
  readonly generated: () => ReadonlyMap<string, Body>;
  /** Of a stack: https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/#unit */
  readonly placed: () => readonly Placed[];
  /** Where the state of the module is, in a file that it includes if it doesn't say so itself. */
  readonly state: () => string | undefined;
  readonly exposed: ObjectValue;
}

const MAX_INCLUDES = 10;

export function openConfiguration(path: string, folders: Folders, run: Run, depth = 0): Configuration | undefined {
  if (depth >= MAX_INCLUDES) {
    run.complain({ path, message: "Files include each other too deeply, so this one was not read." });
    return undefined;
  }
  const parsed = run.parse(path);
  if (!parsed) return undefined;
  const { file, body } = parsed;
  const budget = budgetOf(file.text.length, run.purse);
  run.budgets.push(budget);
  const setting: Setting = {
    scope: (reference) => scope(reference),
    files: filesOf(run.workspace, folders.own, "", run.onRead),
    budget,
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
    const own = value(body, "inputs");
    const given = new Map(own?.kind === "object" ? own.entries.map(({ key, value }) => [key, value]) : []);
    for (const block of blocksOf(body, "include")) {
      const strategy = text(block.body, "merge_strategy") ?? "shallow";
      if (strategy === "no_merge") continue;
      for (const [name, included] of includes().get(nameOf(block))?.inputs() ?? []) {
        const mine = strategy.startsWith("deep") ? given.get(name) : undefined;
        if (mine) given.set(name, deeplyMerged(included, mine, strategy === "deep"));
        found.set(name, included);
      }
    }
    for (const [name, mine] of given) found.set(name, mine);
    return found;
  });
  const generated = lazily(() => {
    const above = [...includes().values()].flatMap((included) => [...included.generated()]);
    return new Map([
      ...above,
      ...namedBlocks(body, "generate", (block) => {
        const contents = value(block.body, "contents");
        return contents?.kind === "text"
          ? parseConfiguration({ path: file.path, text: contents.value }).tree
          : undefined;
      }),
    ]);
  });
  const state = (): string | undefined => {
    const [own] = blocksOf(body, "remote_state");
    if (!own) return [...includes().values()].map((included) => included.state()).find((one) => one !== undefined);
    const [backend, config] = [text(own.body, "backend"), value(own.body, "config")];
    return backend !== undefined && config?.kind === "object" ? stateIn(backend, config, folders.own) : undefined;
  };

  const placed = (): readonly Placed[] =>
    (["unit", "stack"] as const).flatMap((what) =>
      blocksOf(body, what).flatMap((block) => {
        const path = text(block.body, "path");
        const isBeside = value(block.body, "no_dot_terragrunt_stack");
        const below = isBeside?.kind === "boolean" && isBeside.value ? "." : ".terragrunt-stack";
        const folder = path === undefined ? undefined : within(posix.join(below, path), folders.own);
        const values = () => value(block.body, "values");
        return folder === undefined ? [] : [{ what, source: value(block.body, "source"), folder, values }];
      }),
    );

  const scope: Scope = ({ root, steps, at }) => {
    const names = steps.map((step) => {
      if (step.kind === "attribute") return step.name;
      return step.kind === "index" && step.key.kind === "text" && isLiteral(step.key.value) ? step.key.value : "";
    });
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
      case "values": {
        const given = run.values?.();
        if (given) return { value: given, used: 0 };
        const name = `values.${first}`;
        const about = { origin: { kind: "variable" }, cause: { kind: "variable", name, unit: path } } as const;
        return { value: unknown({ unit: path, prefix: "" }, name, about, at), used: 1 };
      }
      case CALL: {
        const [name = "", count] = first.split(" ");
        const used = 1 + Number(count);
        const keys = steps.slice(1, used).map((step) => (step.kind === "index" ? step.key : undefined));
        const included = (label: string | undefined) => includedFolder(body, label, text, folders.own);
        const answer = answerOf(name, keys, { workspace: run.workspace, folders, path, at, included });
        return told("file" in answer ? opened(answer.file, true)?.exposed : answer.value, used);
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
    generated,
    placed,
    state,
    exposed: exposedOf(body, locals, inputs),
  };
}

/**
 * An input of an included file with what the file says itself: maps are merged at any depth, and lists are put together
 * if `lists` says so. https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/#include
 */
function deeplyMerged(included: Value, own: Value, lists: boolean): Value {
  if (lists && included.kind === "list" && own.kind === "list")
    return { ...own, items: [...included.items, ...own.items] };
  if (included.kind !== "object" || own.kind !== "object") return own;
  const entries = new Map(included.entries.map((one) => [one.key, one]));
  for (const one of own.entries) {
    const before = entries.get(one.key);
    entries.set(one.key, before ? { ...one, value: deeplyMerged(before.value, one.value, lists) } : one);
  }
  const open = own.open ?? included.open;
  return { ...own, entries: [...entries.values()], ...(open && { open }) };
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

/**
 * The path of a file or folder that a configuration names, relative to the workspace, without the slash at its end;
 * undefined when it leads out of the workspace.
 */
export function within(path: string, folder: string): string | undefined {
  const found = path.startsWith("/") ? posix.normalize(path.slice(1)) : joined(folder, path);
  return found === ".." || found.startsWith("../") ? undefined : found.replace(/(?<=.)\/$/, "");
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
