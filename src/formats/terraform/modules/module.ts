/**
 * A module, the root or a called one: its variables, locals, resources and calls, each evaluated on demand and once.
 * https://developer.hashicorp.com/terraform/language/expressions/references
 */

import { hideVariable } from "../../../facts/hidden.ts";
import type { HandedResource } from "../../../facts/resources.ts";
import { type About, hole, isLiteral, literal } from "../../../facts/text.ts";
import type { Place } from "../../../source.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import { get, type Value } from "../../../syntax/value.ts";
import type { Instance } from "../instance.ts";
import type { Reference, Resolved, Scope } from "../language/evaluate/context.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";
import { sidesOf } from "../language/evaluate/sides.ts";
import { computed } from "../resources/declared.ts";
import { literalPlaces } from "../resources/sensitive.ts";
import { unknown, unknownResource } from "../unknowns.ts";
import { createCalls } from "./calls.ts";
import { createFrame, type Frame, type Module, type Opening } from "./frame.ts";
import { noteImports } from "./imports.ts";
import { createInstances } from "./instances.ts";
import { moduleNames } from "./names.ts";
import { createProviders } from "./providers.ts";
import { lazyEntry } from "./repeated-value.ts";
import { isHidden, variableValue } from "./variables.ts";

export function openModule(opening: Opening): Module {
  const { loaded, at } = opening;
  const { source } = loaded;
  const frame = createFrame(opening, scopeOf, createProviders);
  if (opening.prefix === "") noteImports(frame);
  const instances = createInstances(frame);
  const calls = createCalls(frame, openModule);

  function scopeOf(frame: Frame): Scope {
    const declared: Scope = (reference) => {
      const [first, second] = reference.steps;
      const name = first?.kind === "attribute" ? first.name : "";
      const plain = Object.hasOwn(PLAIN, reference.root) ? PLAIN[reference.root] : undefined;
      if (plain) {
        const value = plain(name, frame, reference.at);
        return value && { value, used: 1 };
      }
      if (reference.root === "module") return calls.resolve(name, reference);
      if (reference.root === "data") {
        const key = `${name}.${second?.kind === "attribute" ? second.name : ""}`;
        const block = source.data.get(key);
        return block && instances.resolve({ mode: "data", block, address: `data.${key}` }, reference, 2);
      }
      const address = `${reference.root}.${name}`;
      const block = source.resources.get(address);
      return block && instances.resolve({ mode: "managed", block, address }, reference, 1);
    };
    return (reference) => {
      const meant = withoutAlias(reference);
      const found = declared(meant) ?? undeclared(meant, frame);
      return found && meant !== reference ? { ...found, used: found.used + 1 } : found;
    };
  }

  const output = (name: string): Value | undefined => {
    const block = source.outputs.get(name);
    const given = block && attributeOf(block.body, "value");
    return (
      given &&
      frame.once(`${OUTPUT}${name}`, given.at, () => {
        const value = evaluate(given.value, frame.setting());
        return !value.sensitive && isHidden(block, frame.setting()) ? { ...value, sensitive: true } : value;
      })
    );
  };
  function* named(): Generator<readonly [name: string, value: Value]> {
    const computed = [...frame.computed()];
    yield* computed.filter(([address]) => address.startsWith("var."));
    yield* calls.outputs();
    for (const { type, address, value } of instances.made()) {
      const outputs = type === "terraform_remote_state" ? get(value, "outputs") : undefined;
      if (outputs) yield [`${address.slice(frame.prefix.length)}.outputs`, outputs];
    }
    yield* computed.filter(([address]) => address.startsWith("local."));
  }
  const entries = [...source.outputs.keys()].map((key) => lazyEntry(key, at, () => output(key)));
  return {
    output,
    outputs: { kind: "object", at, entries },
    *computedOutputs() {
      for (const [address, value] of frame.computed()) {
        if (address.startsWith(OUTPUT)) yield [address.slice(OUTPUT.length), value];
      }
    },
    *names() {
      if (source.files.length > 0) yield moduleNames(frame, { instances: instances.made(), values: named() });
      yield* calls.names();
    },
    region: () => {
      const provider = source.providers.get("aws");
      const given = provider && attributeOf(provider.body, "region");
      return given && evaluate(given.value, frame.setting());
    },
    *handed() {
      yield* calls.handed();
      if (source.unread !== undefined) yield toUnread(source.unread, frame, instances.made(), at);
    },
    providers: frame.providers,
    *instances() {
      yield* instances.all();
      yield* calls.instances();
    },
  };
}

/**
 * `resource.TYPE.NAME` is another way to write `TYPE.NAME`:
 * https://github.com/hashicorp/terraform/blob/main/internal/addrs/parse_ref.go
 */
function withoutAlias(reference: Reference): Reference {
  const [first, ...steps] = reference.steps;
  return reference.root === "resource" && first?.kind === "attribute"
    ? { ...reference, root: first.name, steps }
    : reference;
}

/** What a file that can't be read may add to: all that the module declares and others are attached to. */
function toUnread(file: string, { home }: Frame, instances: Iterable<Instance>, at: Place): HandedResource {
  const texts = [...instances].flatMap((instance) => {
    const attributes =
      instance.mode === "managed" ? ATTACHED_TO.find(({ types }) => types.test(instance.type)) : undefined;
    return (attributes?.attributes ?? []).map((name) => computed(instance, name).value);
  });
  return { cause: { kind: "file", name: file, unit: home.unit }, at, texts };
}

const ATTACHED_TO: readonly { readonly types: RegExp; readonly attributes: readonly string[] }[] = [
  { types: /^aws_(?:iam_role|iam_policy|ssm_parameter)$/, attributes: ["arn", "id", "name"] },
  { types: /^aws_(?:secretsmanager_secret|kms_key)$/, attributes: ["arn", "id"] },
  { types: /^aws_(?:vpc|subnet|route_table|security_group|network_acl|internet_gateway)$/, attributes: ["id"] },
];

const OUTPUT = "output.";

/** The value of a reference to something that no file of the module declares: all references to it are equal. */
function undeclared({ root, steps, at }: Reference, frame: Frame): Resolved | undefined {
  if (BUILT_IN.has(root)) return undefined;
  if (root === "ephemeral") return ephemeral(steps, at, frame);
  const named = steps.slice(0, root === "data" ? 2 : 1).flatMap((step) => (step.kind === "attribute" ? step.name : []));
  const address = [root, ...named].join(".");
  const { prefix, home, loaded } = frame;
  const { unread } = loaded.source;
  const { unit } = home;
  const cause: About["cause"] = unread
    ? { kind: "file", name: unread, unit }
    : { kind: "undeclared", name: `${prefix}${address}`, unit };
  const used = named.length;
  if (root === "var" || root === "local" || root === "module") {
    const kind = root === "var" ? "variable" : root === "module" ? "module" : "other";
    return { value: unknown(home, address, { origin: { kind }, cause }, at), used };
  }
  const mode = root === "data" ? "data" : "managed";
  const type = (mode === "data" ? named[0] : undefined) ?? root;
  return { value: unknownResource({ ...home, mode, type, address: `${prefix}${address}` }, cause, at), used };
}

/**
 * A resource that is there for one run only, such as a generated password:
 * https://developer.hashicorp.com/terraform/language/block/ephemeral
 */
function ephemeral(steps: Reference["steps"], at: Place, { home, prefix }: Frame): Resolved | undefined {
  const [type, name] = steps.slice(0, 2).flatMap((step) => (step.kind === "attribute" ? step.name : []));
  if (type === undefined || name === undefined) return undefined;
  const address = `${prefix}ephemeral.${type}.${name}`;
  const cause = { kind: "apply", name: address, unit: home.unit } as const;
  return { value: unknownResource({ ...home, mode: "managed", type, address }, cause, at), used: 2 };
}

/** A value that is never shown if its name is that of a credential. */
function hiddenByName(name: string, value: Value): Value {
  if (value.kind === "text") hideVariable(name, value.value);
  if (value.kind === "object") for (const entry of value.entries) hiddenByName(entry.key, entry.value);
  return value;
}

/** Adds the literal strings of a value. */
function noteTexts(value: Value, texts: Set<string>): void {
  if (value.kind === "list") for (const item of value.items) noteTexts(item, texts);
  if (value.kind === "object") for (const entry of value.entries) noteTexts(entry.value, texts);
  if (value.kind === "text" && isLiteral(value.value)) texts.add(value.value);
}

/** Roots that no block declares, or only a repetition. */
const BUILT_IN: ReadonlySet<string> = new Set(["path", "terraform", "each", "count", "self"]);

/** The roots whose complete reference is `root.name`. */
const PLAIN: Readonly<Record<string, (name: string, frame: Frame, at: Place) => Value | undefined>> = {
  var: (name, frame) => {
    const block = frame.loaded.source.variables.get(name);
    const address = `var.${name}`;
    return (
      block &&
      frame.once(address, block.at, () => {
        const given = frame.given(name);
        const { tree, home, prefix } = frame;
        const value = variableValue(block, given, home, frame.setting(), tree.elsewhere);
        for (const side of sidesOf(value)?.sides.values() ?? [value]) {
          hiddenByName(name, side);
          if (prefix === "" && given === undefined) noteTexts(side, tree.defaults);
        }
        if (value.sensitive) tree.hidden.push(...literalPlaces(value));
        return hiddenByName(name, value);
      })
    );
  },
  local: (name, frame) => {
    const found = frame.loaded.source.locals.get(name);
    return (
      found && frame.once(`local.${name}`, found.at, () => hiddenByName(name, evaluate(found.value, frame.setting())))
    );
  },
  path: (name, { tree, loaded }, at) => {
    if (name === "root") return { kind: "text", value: ".", at };
    return name === "module"
      ? { kind: "text", value: literal(relativePath(tree.root, loaded.source.path)), at }
      : undefined;
  },
  terraform: (name, { tree: { unit, workspace } }, at) => {
    if (name !== "workspace") return undefined;
    if (workspace !== undefined) return { kind: "text", value: literal(workspace), at };
    const words = "terraform.workspace";
    const about = { words, term: name, unit, cause: { kind: "deployment", name: words, unit } } as const;
    return { kind: "text", value: hole(`${words}@${unit}`, "narrow", about), at };
  },
};

/** Paths are relative to the root module, in which Terraform runs. */
function relativePath(from: string, to: string): string {
  const parts = (path: string) => path.split("/").filter((part) => part !== "" && part !== ".");
  const [start, end] = [parts(from), parts(to)];
  let shared = 0;
  while (shared < start.length && start[shared] === end[shared]) shared++;
  return [...start.slice(shared).map(() => ".."), ...end.slice(shared)].join("/") || ".";
}
