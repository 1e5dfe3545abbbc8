/**
 * A module that is called or is the root: its variables, locals, resources and calls, each evaluated when it is asked for, and once.
 * What refers to itself is an unknown and a problem, as for Terraform.
 */
import { literal } from "../../../facts/text.ts";
import { locate } from "../../place.ts";
import { type Entry, get, type ObjectValue, type Place, type Value } from "../../value.ts";
import { evaluate, type Reference, type Resolved, type Scope, type Setting } from "../evaluate/evaluate.ts";
import type { TerraformValue } from "../evaluate/values.ts";
import type { Instance } from "../instance.ts";
import { computedAttributes } from "../resources/computed.ts";
import { attributeOf } from "../syntax/body.ts";
import type { Block } from "../syntax/tree.ts";
import { bind, evaluateBody } from "./body.ts";
import type { Loaded } from "./load.ts";
import { renderPolicyDocument } from "./policy-document.ts";
import { type Repeated, type Repetition, repetitionOf } from "./repetition.ts";
import { headOf } from "./source.ts";
import type { Tree } from "./tree.ts";
import { variableValue } from "./variables.ts";

export interface Module {
  readonly output: (name: string) => Value | undefined;
  /** All outputs as an object, each evaluated when it is asked for. */
  readonly outputs: ObjectValue;
  /** The instances of the module's own resources and data sources, and of the modules it calls. */
  readonly instances: () => Generator<Instance>;
}

export interface Opening {
  readonly tree: Tree;
  readonly loaded: Loaded;
  /** Empty for the root, else as in addresses: `module.jobs["a"].` with the point. */
  readonly prefix: string;
  /** The value that is given for a variable; undefined when none is. */
  readonly given: (name: string) => Value | undefined;
  readonly at: Place;
  /** Why the module may not be called at all, null when it surely is. */
  readonly maybe: string | null;
}

/** Opens a module. Nothing is evaluated before it is asked for. */
export function openModule(opening: Opening): Module {
  const { tree, loaded, prefix, at, maybe } = opening;
  const { source } = loaded;
  const remember = memory(tree);
  const unit = tree.unit;
  const setting = (scope: Scope): Setting => ({ ...tree.setting, scope });

  const variable = (name: string): Value | undefined => {
    const block = source.variables.get(name);
    if (!block) return undefined;
    return remember(`var.${name}`, block.at, () =>
      variableValue(block, opening.given(name), `${prefix}var.${name}@${unit}`, prefix === "", setting(scope)),
    );
  };
  const local = (name: string): Value | undefined => {
    const found = source.locals.get(name);
    return found && remember(`local.${name}`, found.at, () => evaluate(found.value, setting(scope)));
  };
  const output = (name: string): Value | undefined => {
    const value = source.outputs.get(name);
    const given = value && attributeOf(value.body, "value");
    return given && remember(`output.${name}`, given.at, () => evaluate(given.value, setting(scope)));
  };

  const repetitions = new Map<Block, Repetition>();
  const repeated = (block: Block, address: string): Repetition => {
    const known = repetitions.get(block);
    if (known) return known;
    const made = repetitionOf(block.body, `${prefix}${address}@${unit}`, setting(scope));
    repetitions.set(block, made);
    return made;
  };

  const instanceOf = (
    mode: Instance["mode"],
    block: Block,
    address: string,
    one: Repeated,
    unsure: string | null,
  ): Instance => {
    const type = block.labels[0]?.name ?? "";
    const made: Instance = {
      mode,
      type,
      address: `${prefix}${address}${one.index}`,
      unit,
      value: evaluateBody(block.body, setting(bind(scope, one.names))),
      at: headOf(block),
      maybe: unsure ?? maybe,
    };
    return type === "aws_iam_policy_document" ? { ...made, value: renderPolicyDocument(made) } : made;
  };
  const instances = new Map<string, Instance | "open">();
  const instance = (mode: Instance["mode"], block: Block, address: string, one: Repeated): Instance | undefined => {
    const key = `${address}${one.index}`;
    const known = instances.get(key);
    if (known === "open") {
      tree.cycle(`${prefix}${key}`, block.at);
      return undefined;
    }
    if (known) return known;
    instances.set(key, "open");
    const made = instanceOf(mode, block, address, one, repeated(block, address).unknown);
    instances.set(key, made);
    return made;
  };

  /** What a reference to a resource or data source means, from its name on: the steps before are already taken. */
  const resource = (
    mode: Instance["mode"],
    block: Block,
    address: string,
    reference: Reference,
    used: number,
  ): Resolved => {
    const all = repeated(block, address);
    const whole = (one: Repeated): Value => {
      const found = instance(mode, block, address, one);
      return found
        ? visible(found)
        : unknown(`${prefix}${address}${one.index}@${unit}`, "it refers to itself", reference.at);
    };
    const picked = pick(all, reference, used);
    if (picked) return attribute(whole(picked.one), `${prefix}${address}${picked.one.index}`, reference, picked.used);
    if (all.unknown !== null) return { value: unknown(`${prefix}${address}@${unit}`, all.unknown, reference.at), used };
    return { value: collection(all, whole, block.at), used };
  };
  /** An attribute that is neither given nor computed by our table is known after apply, under a name of its own. */
  const attribute = (value: Value, address: string, reference: Reference, used: number): Resolved => {
    const step = reference.steps[used];
    if (value.kind !== "object" || step?.kind !== "attribute") return { value, used };
    const found = get(value, step.name);
    const name = `${address}.${step.name}`;
    return { value: found ?? unknown(`${name}@${unit}`, `${name} is known after apply`, reference.at), used: used + 1 };
  };

  const children = new Map<string, Module>();
  const child = (name: string, block: Block, one: Repeated): Module | undefined => {
    const known = children.get(one.index + name);
    const called = loaded.calls.get(name);
    if (known || !called) return known;
    const inner = bind(scope, one.names);
    const opened = openModule({
      tree,
      loaded: called,
      prefix: `${prefix}module.${name}${one.index}.`,
      given: (variable) => {
        const passed = attributeOf(block.body, variable);
        return passed && evaluate(passed.value, setting(inner));
      },
      at: headOf(block),
      maybe: repeated(block, `module.${name}`).unknown ?? maybe,
    });
    children.set(one.index + name, opened);
    return opened;
  };
  const called = (name: string, block: Block, reference: Reference): Resolved => {
    const address = `module.${name}`;
    if (!loaded.calls.has(name)) {
      return {
        value: unknown(
          `${prefix}${address}@${unit}`,
          `the module ${prefix}${address} is not in these files`,
          reference.at,
        ),
        used: 1,
      };
    }
    const all = repeated(block, address);
    const picked = pick(all, reference, 1);
    const step = picked && reference.steps[picked.used];
    if (picked && step?.kind === "attribute") {
      const value = child(name, block, picked.one)?.output(step.name);
      const missing = unknown(
        `${prefix}${address}.${step.name}@${unit}`,
        `${prefix}${address} has no output ${step.name}`,
        reference.at,
      );
      return { value: value ?? missing, used: picked.used + 1 };
    }
    if (all.unknown !== null)
      return { value: unknown(`${prefix}${address}@${unit}`, all.unknown, reference.at), used: 1 };
    const outputs = (one: Repeated): Value =>
      child(name, block, one)?.outputs ?? { kind: "object", entries: [], at: block.at };
    return { value: collection(all, outputs, block.at), used: 1 };
  };

  const scope: Scope = (reference) => {
    const [first, second] = reference.steps;
    const name = first?.kind === "attribute" ? first.name : "";
    const told = (value: Value | undefined): Resolved | undefined => value && { value, used: 1 };
    switch (reference.root) {
      case "var":
        return told(variable(name));
      case "local":
        return told(local(name));
      case "path":
        return told(pathValue(name, tree, source.path, reference.at));
      case "terraform":
        return told(
          name === "workspace" ? { kind: "text", value: `⟨terraform.workspace@${unit}⟩`, at: reference.at } : undefined,
        );
      case "module": {
        const block = source.calls.get(name);
        return block && called(name, block, reference);
      }
      case "data": {
        const key = `${name}.${second?.kind === "attribute" ? second.name : ""}`;
        const block = source.data.get(key);
        return block && resource("data", block, `data.${key}`, reference, 2);
      }
      default: {
        const key = `${reference.root}.${name}`;
        const block = source.resources.get(key);
        return block && resource("managed", block, key, reference, 1);
      }
    }
  };

  return {
    output,
    outputs: {
      kind: "object",
      at,
      entries: [...source.outputs.keys()].map((key) => lazyEntry(key, at, () => output(key))),
    },
    *instances() {
      for (const [mode, blocks, lead] of [
        ["managed", source.resources, ""],
        ["data", source.data, "data."],
      ] as const) {
        for (const [key, block] of blocks) {
          if (!tree.isWanted(`${lead}${block.labels[0]?.name ?? ""}`)) continue;
          for (const one of repeated(block, `${lead}${key}`).instances) {
            const made = instance(mode, block, `${lead}${key}`, one);
            if (made) yield made;
          }
        }
      }
      for (const [name, block] of source.calls) {
        if (!loaded.calls.has(name)) continue;
        for (const one of repeated(block, `module.${name}`).instances)
          yield* child(name, block, one)?.instances() ?? [];
      }
    },
  };
}

/** Remembers values by name, and tells a cycle from a value. */
function memory(tree: Tree) {
  const values = new Map<string, Value | "open">();
  return (name: string, at: Place, compute: () => Value): Value => {
    const known = values.get(name);
    if (known === "open") {
      tree.cycle(name, at);
      return unknown(`${name}@${tree.unit}`, `${name} refers to itself`, at);
    }
    if (known) return known;
    values.set(name, "open");
    const value = compute();
    values.set(name, value);
    return value;
  };
}

function unknown(name: string, why: string, at: Place): TerraformValue {
  return { kind: "unknown", name, why, at };
}

/** An instance as a reference sees it: what is given, and what the provider computes. */
function visible(instance: Instance): ObjectValue {
  const given = new Set(instance.value.entries.filter(({ value }) => value.kind !== "null").map(({ key }) => key));
  const computed = computedAttributes(instance).filter(({ key }) => !given.has(key));
  const kept = instance.value.entries.filter(({ key }) => !computed.some((one) => one.key === key));
  return { ...instance.value, entries: [...kept, ...computed], open: `${instance.address} is known after apply` };
}

/** The one instance that a reference means by itself: of a block that is not repeated, or by a literal index. */
function pick(all: Repetition, { steps }: Reference, used: number): { one: Repeated; used: number } | undefined {
  const [only] = all.instances;
  if (all.kind === "single") return only && { one: only, used };
  const step = steps[used];
  if (step?.kind !== "index" || (step.key.kind !== "number" && step.key.kind !== "text")) return undefined;
  const key = step.key.kind === "text" && all.kind === "count" ? Number(step.key.value) : step.key.value;
  const one = all.instances.find((instance) => instance.key === key);
  return one && { one, used: used + 1 };
}

function collection(all: Repetition, whole: (one: Repeated) => Value, at: Place): Value {
  if (all.kind === "count") return { kind: "list", items: all.instances.map(whole), at };
  return { kind: "object", entries: all.instances.map((one) => lazyEntry(String(one.key), at, () => whole(one))), at };
}

function lazyEntry(key: string, at: Place, value: () => Value | undefined): Entry {
  return {
    key,
    keyAt: at,
    get value(): Value {
      return value() ?? unknown(`output.${key}`, "the output has no value", at);
    },
  };
}

/** Paths are relative to the root module, in which Terraform runs. */
function pathValue(name: string, { root }: Tree, path: string, at: Place): Value | undefined {
  if (name === "root") return { kind: "text", value: ".", at };
  if (name === "module") return { kind: "text", value: literal(relativePath(root, path)), at };
  return undefined;
}

function relativePath(from: string, to: string): string {
  const parts = (path: string) => path.split("/").filter((part) => part !== "" && part !== ".");
  const [start, end] = [parts(from), parts(to)];
  let shared = 0;
  while (shared < start.length && start[shared] === end[shared]) shared++;
  return [...start.slice(shared).map(() => ".."), ...end.slice(shared)].join("/") || ".";
}

/** For problems: where a place is, as people write it. */
export function lineOf(at: Place): number {
  return locate(at).start.line;
}
