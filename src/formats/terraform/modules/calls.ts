/** The modules that a module calls, each opened once, and what references to their outputs mean. */

import type { Cause } from "../../../facts/causes.ts";
import { eitherAbsence } from "../../../facts/presence.ts";
import type { HandedResource } from "../../../facts/resources.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import type { Value } from "../../../syntax/value.ts";
import { handedIn } from "../../read.ts";
import type { Instance } from "../instance.ts";
import type { Reference, Resolved } from "../language/evaluate/context.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";
import type { ModuleNames } from "../names.ts";
import { unknown } from "../unknowns.ts";
import { declaresJobs, noteAbsent } from "./absent.ts";
import { bind, evaluateBody } from "./body.ts";
import type { Frame, Module, Opening } from "./frame.ts";
import { callMakesJobs } from "./job-calls.ts";
import { passedProviders } from "./providers.ts";
import { collection, pick } from "./repeated-value.ts";
import { namesIn, type Repeated } from "./repetition.ts";
import { headOf } from "./source.ts";

/** Arguments of a call that are no inputs. */
const META: ReadonlySet<string> = new Set(["source", "version", "providers"]);

export interface Calls {
  /** What `module.name…` means; undefined when no module of that name is called. */
  readonly resolve: (name: string, reference: Reference) => Resolved | undefined;
  readonly instances: () => Generator<Instance>;
  readonly outputs: () => Generator<readonly [name: string, value: Value]>;
  /** What modules are given whose source is not in the files, of all called modules. */
  readonly handed: () => Generator<HandedResource>;
  /** How the code of all called modules can name things. */
  readonly names: () => Generator<ModuleNames>;
}

/** `open` opens a module; it is passed in, since modules and calls refer to each other. */
export function createCalls(frame: Frame, open: (opening: Opening) => Module): Calls {
  const { tree, loaded, prefix, maybe } = frame;
  const { calls } = loaded.source;
  const opened = new Map<string, Module>();
  const child = (name: string, one: Repeated): Module | undefined => {
    const key = `${name}${one.index}`;
    const known = opened.get(key);
    const block = calls.get(name);
    const called = loaded.calls.get(name);
    if (known || !block || !called || !tree.room("modules", headOf(block))) return known;
    const inner = frame.setting(bind(frame.scope, namesIn(one, declaresJobs(called))));
    const made = open({
      tree,
      loaded: called,
      prefix: `${prefix}module.${key}.`,
      given: (variable) => {
        const passed = attributeOf(block.body, variable);
        return passed && evaluate(passed.value, inner);
      },
      at: headOf(block),
      inherited: passedProviders(block, frame.providers),
      maybe: eitherAbsence(one.maybe, maybe),
    });
    opened.set(key, made);
    return made;
  };
  return {
    resolve: (name, reference) => {
      const block = calls.get(name);
      if (!block) return undefined;
      const address = `module.${name}`;
      const { at } = reference;
      const told = (cause: Cause, path = "") =>
        unknown(frame.home, `${address}${path}`, { origin: { kind: "module" }, cause }, at);
      const cause = (kind: Cause["kind"], path = ""): Cause => {
        return { kind, name: `${prefix}${address}${path}`, unit: tree.unit };
      };
      if (!loaded.calls.has(name)) {
        return { value: told(cause("module")), used: 1 };
      }
      const all = frame.repeated(block, address);
      const picked = pick(all, reference, 1);
      const step = picked && reference.steps[picked.used];
      if (picked && step?.kind === "attribute") {
        const value = child(name, picked.one)?.output(step.name);
        const missing = told(cause("undeclared", `.${step.name}`), `.${step.name}`);
        const { maybe } = picked.one;
        return { value: value ?? missing, used: picked.used + 1, ...(maybe && { maybe }) };
      }
      if (all.unknown !== null) return { value: told(all.unknown), used: 1 };
      const outputs = (one: Repeated): Value => child(name, one)?.outputs ?? { kind: "object", entries: [], at };
      return { value: picked ? outputs(picked.one) : collection(all, outputs, block.at), used: picked?.used ?? 1 };
    },
    *outputs() {
      for (const [key, module] of opened) {
        for (const [name, value] of module.computedOutputs()) yield [`module.${key}.${name}`, value];
      }
    },
    *names() {
      for (const module of opened.values()) yield* module.names();
    },
    *handed() {
      for (const [name, block] of calls) {
        if (loaded.calls.has(name)) continue;
        const cause: Cause = { kind: "module", name: `${prefix}module.${name}`, unit: tree.unit };
        const jobs = callMakesJobs(block);
        for (const one of frame.repeated(block, `module.${name}`).instances) {
          const { entries } = evaluateBody(block.body, frame.setting(bind(frame.scope, one.names)));
          const texts = handedIn(entries.filter(({ key }) => !META.has(key)));
          yield { cause, at: headOf(block), texts, ...(jobs && { jobs }) };
        }
      }
      for (const module of opened.values()) yield* module.handed();
    },
    *instances() {
      for (const [name, block] of calls) {
        const called = loaded.calls.get(name);
        if (!called) continue;
        const all = frame.repeated(block, `module.${name}`);
        const absent = declaresJobs(called) ? noteAbsent(block, `${prefix}module.${name}`, all) : undefined;
        if (absent) tree.absent.push(absent);
        for (const one of all.instances) {
          if (tree.isFull("modules") || tree.isFull("resources")) return;
          yield* child(name, one)?.instances() ?? [];
        }
      }
    },
  };
}
