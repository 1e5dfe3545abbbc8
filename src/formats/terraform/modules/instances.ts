/** The resources and data sources of a module, each instance evaluated once, and what references to them mean. */
import type { Cause } from "../../../facts/causes.ts";
import { eitherAbsence } from "../../../facts/presence.ts";
import type { Place } from "../../../source.ts";
import { parseEmbeddedJson } from "../../../syntax/embedded.ts";
import type { Block } from "../../../syntax/hcl/tree.ts";
import { type Entry, get, type Value } from "../../../syntax/value.ts";
import { asProviderAws, readAs } from "../cloud-control.ts";
import type { Instance } from "../instance.ts";
import type { Reference, Resolved, Scope } from "../language/evaluate/context.ts";
import { joinedMarks } from "../language/evaluate/unknown.ts";
import type { TerraformObject, TerraformValue } from "../language/evaluate/values.ts";
import { computedAttributes } from "../resources/computed.ts";
import { causeOfResource, type Declared, unknownResource, unreadOf } from "../unknowns.ts";
import { isJob, noteAbsent } from "./absent.ts";
import { bind, evaluateBody, hasProvisioner, partOf } from "./body.ts";
import type { Frame } from "./frame.ts";
import { withoutIgnored } from "./ignored.ts";
import { withImport } from "./imports.ts";
import { withLocalData } from "./local-data.ts";
import { deploymentOf } from "./providers.ts";
import { collection, pick, withSymbolic } from "./repeated-value.ts";
import { namesIn, type Repeated } from "./repetition.ts";
import { headOf } from "./source.ts";
import { withRemoteState } from "./states.ts";

/**
 * A block of a resource (`aws_iam_role.job`), data source (`data.aws_region.current`), or an action that Terraform runs
 * (`action.aws_lambda_invoke.grant`): https://developer.hashicorp.com/terraform/language/block/action
 */
export interface Declaration {
  readonly mode: Instance["mode"];
  readonly block: Block;
  readonly address: string;
}

export interface Instances {
  /** What a reference means whose first `used` steps name the declaration. */
  readonly resolve: (declaration: Declaration, reference: Reference, used: number) => Resolved;
  /** The instances that are read whether or not anything refers to them. */
  readonly all: () => Generator<Instance>;
  readonly made: () => Instance[];
}

export function createInstances(frame: Frame): Instances {
  const { tree, prefix, loaded, maybe } = frame;
  const known = new Map<string, Instance | "open">();
  const declared = ({ mode, block, address }: Declaration, index = ""): Declared => {
    return { ...frame.home, mode, type: readAs(block.labels[0]?.name ?? ""), address: `${prefix}${address}${index}` };
  };
  /** The cause of an instance that refers to itself, or that is beyond the limit. */
  const unread = (address: string): Cause => ({ kind: "refused", name: `${prefix}${address}`, unit: tree.unit });
  const make = ({ mode, block, address }: Declaration, one: Repeated): Instance => {
    const type = block.labels[0]?.name ?? "";
    const runs = hasProvisioner(block.body);
    const body = runs ? partOf(block.body, "description") : block.body;
    const scope = bind(frame.scope, namesIn(one, isJob(address)));
    const value = evaluateBody(body, frame.setting(scope));
    const made: Instance = {
      mode,
      type,
      prefix,
      address: `${prefix}${address}${one.index}`,
      unit: tree.unit,
      value,
      at: headOf(block),
      deployment: () => deploymentOf(frame, block, value),
      maybe: eitherAbsence(one.maybe, maybe),
    };
    const known = withRemoteState(withImport(withoutIgnored(asProviderAws(made)), tree), tree.states, tree.root);
    const whole = withLocalData(known, frame.setting());
    return runs ? withProvisioners(whole, block, scope) : whole;
  };
  /** Provisioners see the resource as `self`: https://developer.hashicorp.com/terraform/language/provisioners */
  const withProvisioners = (made: Instance, { body }: Block, scope: Scope): Instance => {
    const setting = frame.setting(bind(scope, { self: visible(made) }));
    const { entries } = evaluateBody(partOf(body, "provisioners"), setting);
    return { ...made, value: { ...made.value, entries: [...made.value.entries, ...entries] } };
  };
  const instance = (declaration: Declaration, one: Repeated): Instance | undefined => {
    const key = `${declaration.address}${one.index}`;
    const found = known.get(key);
    if (found === "open") {
      tree.cycle(`${prefix}${key}`, declaration.block.at);
      return undefined;
    }
    if (found) return found;
    if (!tree.room("resources", declaration.block.at)) return undefined;
    known.set(key, "open");
    const made = make(declaration, one);
    known.set(key, made);
    return made;
  };
  return {
    resolve: (declaration, reference, used) => {
      const { block, address } = declaration;
      const whole = (one: Repeated): TerraformValue => {
        const found = instance(declaration, one);
        return found
          ? visible(found)
          : unknownResource(declared(declaration, one.index), unread(address), reference.at);
      };
      const all = frame.repeated(block, address);
      const picked = pick(all, reference, used);
      if (picked) {
        const { maybe } = picked.one;
        return { ...attribute(whole(picked.one), reference, picked.used), ...(maybe && { maybe }) };
      }
      const isOne = all.kind === "count" || all.instances.length < 2 || reference.steps[used]?.kind === "index";
      if (all.unknown !== null && isOne && !all.presences) {
        const value = unknownResource(declared(declaration), all.unknown, reference.at);
        return { value: { ...value, ...withSymbolic(all, whole) }, used };
      }
      return { value: collection(all, whole, block.at), used };
    },
    made: () => [...known.values()].filter((one) => one !== "open"),
    *all() {
      for (const declaration of declarations(frame)) {
        const { mode, block, address } = declaration;
        const type = block.labels[0]?.name ?? "";
        if (!tree.isWanted(mode === "data" ? `data.${type}` : type) && !hasProvisioner(block.body)) continue;
        if (tree.isFull("resources")) return;
        const all = frame.repeated(block, address);
        const absent = isJob(address) ? noteAbsent(block, `${prefix}${address}`, all) : undefined;
        if (absent) tree.absent.push(absent);
        for (const one of all.instances) {
          const made = instance(declaration, one);
          if (made) yield made;
        }
      }
    },
  };

  function* declarations({ loaded: { source } }: Frame): Generator<Declaration> {
    for (const [address, block] of source.resources) yield { mode: "managed", block, address };
    for (const [key, block] of loaded.source.data) yield { mode: "data", block, address: `data.${key}` };
    for (const [key, block] of source.actions) yield { mode: "managed", block, address: `action.${key}` };
  }
}

/** An attribute; known only after apply if it is neither given nor in our table. */
function attribute(value: TerraformValue, reference: Reference, used: number): Resolved {
  const step = reference.steps[used];
  const found = value.kind === "object" && step?.kind === "attribute" ? get(value, step.name) : undefined;
  return found ? { value: asComputed(found, reference.at), used: used + 1 } : { value, used };
}

/** An attribute as a reference sees it: made by the provider. A document keeps its place. */
function asComputed(value: Value, at: Place): Value {
  if (value.kind !== "text") return value;
  const document = parseEmbeddedJson(value);
  if (document && document.kind !== "unknown") return value;
  const { kind, value: text, sensitive } = value;
  return sensitive ? { kind, value: text, at, sensitive } : { kind, value: text, at };
}

/** Instances as references see them: many refer to the same one. */
const visibleOnce = new WeakMap<Instance, TerraformObject>();

function visible(instance: Instance): TerraformObject {
  const known = visibleOnce.get(instance) ?? makeVisible(instance);
  visibleOnce.set(instance, known);
  return known;
}

/**
 * An instance as a reference sees it: its arguments, and the attributes that the provider computes. An attribute that
 * the provider marks as sensitive is sensitive even when it is an argument.
 */
function makeVisible(instance: Instance): TerraformObject {
  const all = new Map(computedAttributes(instance).map((one) => [one.key, one]));
  const kept = instance.value.entries.flatMap((one): Entry[] => {
    const made = all.get(one.key);
    if (made && one.value.kind === "null") return [];
    all.delete(one.key);
    const mark = made?.value.sensitive;
    return [mark ? { ...one, value: { ...one.value, sensitive: joinedMarks(mark, one.value.sensitive) } } : one];
  });
  const computed = [...all.values()];
  return {
    ...instance.value,
    entries: [...kept, ...computed],
    open: causeOfResource(instance),
    unread: unreadOf(instance),
  };
}
