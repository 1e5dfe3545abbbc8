import type { Cause } from "../../../facts/causes.ts";
import { attributeOf, blocksOf } from "../../../syntax/hcl/body.ts";
import { type Block, type Body, type Expression, literalString } from "../../../syntax/hcl/tree.ts";
import type { Entry, ObjectValue, Value } from "../../../syntax/value.ts";
import type { Scope, Setting } from "../language/evaluate/context.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";
import { unknownAt } from "../language/evaluate/unknown.ts";
import type { TerraformValue } from "../language/evaluate/values.ts";
import { expandKeys } from "./repetition.ts";

/** Arguments that Terraform itself reads. */
const META = new Set(["count", "for_each", "provider", "depends_on"]);
/** Blocks that don't describe the resource. */
const SKIPPED = new Set(["connection", "timeouts"]);

/** Blocks and arguments that Terraform runs once the resource is there. */
const isProvisioner = (name: string): boolean => name === "provisioner";

/**
 * Whether something runs with the resource.
 * https://developer.hashicorp.com/terraform/language/provisioners
 */
export function hasProvisioner({ attributes, blocks }: Body): boolean {
  return blocks.some(({ type }) => isProvisioner(type)) || attributes.some(({ name }) => isProvisioner(name));
}

/** The description of a resource alone, or its provisioners alone. */
export function partOf(body: Body, part: "description" | "provisioners"): Body {
  const isKept = (name: string): boolean => isProvisioner(name) === (part === "provisioners");
  return {
    ...body,
    attributes: body.attributes.filter(({ name }) => isKept(name)),
    blocks: body.blocks.filter(({ type }) => isKept(type)),
  };
}

export function evaluateBody(body: Body, setting: Setting): ObjectValue {
  const entries: Entry[] = [];
  for (const { name, nameAt, value } of body.attributes) {
    if (META.has(name)) continue;
    entries.push({ key: name, keyAt: nameAt, value: evaluate(value, setting) });
  }
  for (const [type, values] of nestedBlocks(body, setting)) {
    const [first] = values;
    if (first) entries.push({ key: type, keyAt: first.at, value: { kind: "list", items: values, at: first.at } });
  }
  return { kind: "object", entries, at: body.at, ...(body.broken !== undefined && { open: brokenFile(body) }) };
}

function nestedBlocks(body: Body, setting: Setting): Map<string, Value[]> {
  const found = new Map<string, Value[]>();
  const add = (type: string, values: readonly Value[]) => found.set(type, [...(found.get(type) ?? []), ...values]);
  for (const block of body.blocks) {
    if (SKIPPED.has(block.type)) continue;
    if (block.type === "dynamic") add(block.labels[0]?.name ?? "", dynamic(block, setting));
    else add(block.type, [block.type === "lifecycle" ? lifecycle(block) : nested(block, setting)]);
  }
  return found;
}

/** A block with a syntax error is unknown: its readers would take what could not be read for what is not there. */
function nested({ type, body, at }: Block, setting: Setting): Value {
  return body.broken === undefined
    ? evaluateBody(body, setting)
    : unknownAt("broken block", type, brokenFile(body), at);
}

function brokenFile({ at: { file } }: Body): Cause {
  return { kind: "file", name: file.path, unit: null };
}

/** https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks */
function dynamic(block: Block, setting: Setting): Value[] {
  const [content] = blocksOf(block.body, "content");
  const given = attributeOf(block.body, "for_each");
  if (!content || !given) return [];
  const iterator = attributeOf(block.body, "iterator")?.value;
  const name = (iterator?.kind === "variable" ? iterator.name : undefined) ?? block.labels[0]?.name ?? "";
  const collection = evaluate(given.value, setting);
  const { known, unknown } = expandKeys(collection, "dynamic");
  const blockOf = (key: Value, value: Value): Value => {
    const item: ObjectValue = {
      kind: "object",
      entries: [
        { key: "key", keyAt: block.at, value: key },
        { key: "value", keyAt: block.at, value },
      ],
      at: block.at,
    };
    return nested(content, { ...setting, scope: bind(setting.scope, { [name]: item }) });
  };
  const blocks = known.map(({ key, value }) => blockOf(key, value));
  if (unknown === null) return blocks;
  // What the blocks have in common that may be there.
  const item = unknownAt("dynamic item", `${name}.value`, unknown, block.at);
  const like: Value = { kind: "list", items: [blockOf(item, item)], at: block.at };
  return [...blocks, { ...unknownAt("dynamic", `dynamic "${block.labels[0]?.name}"`, unknown, block.at), like }];
}

/** A scope in which some roots mean these values. */
export function bind(scope: Scope, names: Readonly<Record<string, Value>>): Scope {
  return (reference) => {
    const value = Object.hasOwn(names, reference.root) ? names[reference.root] : undefined;
    return value ? { value, used: 0 } : scope(reference);
  };
}

/** `ignore_changes` names arguments: as strings, or the string `all`. */
function lifecycle({ body }: Block): ObjectValue {
  const given = attributeOf(body, "ignore_changes");
  if (!given) return { kind: "object", entries: [], at: body.at };
  const names = given.value.kind === "tuple" ? given.value.items : [given.value];
  const items = names.map((name): Value => ({ kind: "text", value: rootName(name), at: name.at }));
  const value: Value = { kind: "list", items, at: given.value.at };
  return { kind: "object", entries: [{ key: given.name, keyAt: given.nameAt, value }], at: body.at };
}

function rootName(expression: Expression): string {
  if (expression.kind === "variable") return expression.name;
  if (expression.kind === "attribute" || expression.kind === "index") return rootName(expression.source);
  return literalString(expression) ?? "all";
}

/** An argument of a block evaluated alone, undefined when it is not given. */
export function evaluateArgument(body: Body, name: string, setting: Setting): TerraformValue | undefined {
  const found = attributeOf(body, name);
  return found && evaluate(found.value, setting);
}
