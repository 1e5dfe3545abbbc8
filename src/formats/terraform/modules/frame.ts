/** What the parts of one opened module share: values, resources and calls are evaluated in the same frame. */
import type { Cause } from "../../../facts/causes.ts";
import type { HandedResource } from "../../../facts/resources.ts";
import type { Place } from "../../../source.ts";
import type { Block } from "../../../syntax/hcl/tree.ts";
import type { ObjectValue, Value } from "../../../syntax/value.ts";
import { grouped } from "../../../words.ts";
import type { Instance, Providers } from "../instance.ts";
import type { Scope, Setting } from "../language/evaluate/context.ts";
import type { ModuleNames } from "../names.ts";
import { type Home, keyOf, unknown } from "../unknowns.ts";
import type { Loaded } from "./load.ts";
import { MAX_INSTANCES, type Repetition, repetitionOf } from "./repetition.ts";
import type { Tree } from "./tree.ts";

export interface Opening {
  readonly tree: Tree;
  readonly loaded: Loaded;
  /** Empty for the root, otherwise as in addresses, with the dot: `module.jobs["a"].`. */
  readonly prefix: string;
  readonly given: (name: string) => Value | undefined;
  readonly at: Place;
  /** The configurations of providers that the caller passes; undefined for the root. */
  readonly inherited?: Providers;
  /** What is not known, so that the module may not be called at all; null when it certainly is. */
  readonly maybe: Cause | null;
}

/** A module: the root, or one that is called. */
export interface Module {
  readonly output: (name: string) => Value | undefined;
  /** All outputs as an object, each evaluated when it is asked for. */
  readonly outputs: ObjectValue;
  /** The instances of the module's own resources and data sources, and of the modules it calls. */
  readonly instances: () => Generator<Instance>;
  /** What the module, and those it calls, give to modules whose source is not in the files. */
  readonly handed: () => Generator<HandedResource>;
  /** The outputs that have been computed. */
  readonly computedOutputs: () => Generator<readonly [name: string, value: Value]>;
  /** How the code of the module, and of the modules it calls, can name things. A known module has no code here. */
  readonly names: () => Generator<ModuleNames>;
  /** The Region that the module's provider is given. */
  readonly region: () => Value | undefined;
  /** Where the configurations of the module's providers deploy to. */
  readonly providers: Providers;
}

export interface Frame extends Opening {
  /** The scope of the module, or one within it. */
  readonly setting: (scope?: Scope) => Setting;
  readonly scope: Scope;
  readonly providers: Providers;
  /** The unit and the prefix: they make the keys of this module's unknown values unique. */
  readonly home: Home;
  readonly repeated: (block: Block, address: string) => Repetition;
  /** Computes a value once. One that refers to itself is unknown, and a problem. */
  readonly once: (address: string, at: Place, compute: () => Value) => Value;
  /** The values computed so far, by address in the module: `var.image`, `output.arn`. */
  readonly computed: () => Generator<readonly [address: string, value: Value]>;
}

/** The frame of a module, whose scope and providers are made from the frame. */
export function createFrame(
  opening: Opening,
  scopeOf: (frame: Frame) => Scope,
  providersOf: (frame: Frame) => Providers,
): Frame {
  const { tree, prefix } = opening;
  const values = new Map<string, Value | "open">();
  const repetitions = new Map<Block, Repetition | "open">();
  const home: Home = { unit: tree.unit, prefix };
  const itself = (address: string): Cause => ({ kind: "refused", name: `${prefix}${address}`, unit: tree.unit });
  let scope: Scope = () => undefined;
  const frame: Frame = {
    ...opening,
    home,
    providers: (name) => providers(name),
    scope: (reference) => scope(reference),
    setting: (inner = scope) => ({ ...tree.setting, scope: inner, module: keyOf(home, "") }),
    repeated: (block, address) => {
      const known = repetitions.get(block);
      if (known === "open") {
        tree.cycle(`${prefix}${address}`, block.typeAt);
        return { kind: "single", instances: [], unknown: itself(address) };
      }
      if (known) return known;
      repetitions.set(block, "open");
      const made = repetitionOf(block.body, frame.setting());
      if (made.beyond) {
        const most = grouped(MAX_INSTANCES);
        tree.complain(block.typeAt, `${address} has more than ${most} instances, so the others were not read.`);
      }
      repetitions.set(block, made);
      return made;
    },
    once: (address, at, compute) => {
      const known = values.get(address);
      if (known === "open") {
        tree.cycle(`${prefix}${address}`, at);
        return unknown(home, address, { cause: itself(address) }, at);
      }
      if (known) return known;
      values.set(address, "open");
      const value = compute();
      values.set(address, value);
      return value;
    },
    *computed() {
      for (const [address, value] of values) if (value !== "open") yield [address, value];
    },
  };
  const providers = providersOf(frame);
  scope = scopeOf(frame);
  return frame;
}
