/** `count` and `for_each`: which instances a block has. https://developer.hashicorp.com/terraform/language/meta-arguments/for_each */
import { isLiteral } from "../../../facts/text.ts";
import type { Value } from "../../value.ts";
import { evaluate, type Setting } from "../evaluate/evaluate.ts";
import { isSeveral, sortedEntries, type TerraformValue } from "../evaluate/values.ts";
import { attributeOf } from "../syntax/body.ts";
import type { Body } from "../syntax/tree.ts";

/** More instances of one block than anybody writes by hand: what is beyond is told of as not seen. */
export const MAX_INSTANCES = 1000;

/** One instance of a repeated block. `index` is how an address writes it: empty, `[0]` or `["a"]`. */
export interface Repeated {
  readonly index: string;
  /** What `count` and `each` mean in it, made when it is asked for. */
  readonly names: Readonly<Record<string, Value>>;
  /** The key: a number or a text, null for a block that is not repeated. */
  readonly key: number | string | null;
}

export interface Repetition {
  readonly kind: "single" | "count" | "each";
  readonly instances: readonly Repeated[];
  /** Why the instances can't be told. There is one then, that stands for all; with `count` it is the first. */
  readonly unknown: string | null;
}

type Keys = readonly { readonly key: Value; readonly value: Value }[] | { readonly unknown: string };

/** The keys and values that a collection gives to `for_each`, also of a dynamic block, where a list has numbers for keys. */
export function expandKeys(value: TerraformValue, of: "resource" | "dynamic"): Keys {
  if (value.kind === "unknown") return { unknown: value.why };
  if (value.kind === "object") {
    if (value.open !== undefined) return { unknown: value.open };
    return sortedEntries(value).map((entry) => ({
      key: { kind: "text", value: entry.key, at: entry.keyAt },
      value: entry.value,
    }));
  }
  if (value.kind !== "list") return [];
  if (isSeveral(value))
    return { unknown: value.items.find((item) => item.kind === "unknown")?.why ?? "its length is not known" };
  if (of === "dynamic" && value.collection !== "set") {
    return value.items.map((item, index) => ({ key: { kind: "number", value: index, at: item.at }, value: item }));
  }
  const unknown = value.items.find((item) => item.kind !== "text" || !isLiteral(item.value));
  if (unknown) return { unknown: unknown.kind === "unknown" ? unknown.why : "its keys are not known" };
  return value.items.map((item) => ({ key: item, value: item }));
}

/** The instances of a resource, data source or module call. */
export function repetitionOf(body: Body, address: string, setting: Setting): Repetition {
  const count = attributeOf(body, "count");
  if (count) return counted(evaluate(count.value, setting));
  const each = attributeOf(body, "for_each");
  if (each) return keyed(evaluate(each.value, setting), address);
  return { kind: "single", instances: [{ index: "", names: {}, key: null }], unknown: null };
}

function counted(value: TerraformValue): Repetition {
  const instance = (index: number): Repeated => ({
    index: `[${index}]`,
    get names() {
      return { count: objectOf(value, { index: { kind: "number", value: index, at: value.at } }) };
    },
    key: index,
  });
  const number =
    value.kind === "number"
      ? value.value
      : value.kind === "text" && /^\d+$/.test(value.value)
        ? Number(value.value)
        : undefined;
  if (number === undefined) {
    const why = value.kind === "unknown" ? value.why : "count is not a number";
    return { kind: "count", instances: [instance(0)], unknown: why };
  }
  const length = Math.min(Math.max(0, Math.trunc(number)), MAX_INSTANCES);
  return {
    kind: "count",
    instances: Array.from({ length }, (_, index) => instance(index)),
    unknown: number > MAX_INSTANCES ? `count is more than ${MAX_INSTANCES}` : null,
  };
}

function keyed(value: TerraformValue, address: string): Repetition {
  const keys = expandKeys(value, "resource");
  if ("unknown" in keys) {
    const item = (name: string): Value => ({
      kind: "unknown",
      name: `${address}.each.${name}`,
      why: keys.unknown,
      at: value.at,
    });
    const names = { each: objectOf(value, { key: item("key"), value: item("value") }) };
    return { kind: "each", instances: [{ index: "[…]", names, key: "…" }], unknown: keys.unknown };
  }
  const instances = keys.slice(0, MAX_INSTANCES).map(({ key, value: item }): Repeated => {
    const text = key.kind === "text" ? key.value : "";
    return { index: `[${JSON.stringify(text)}]`, names: { each: objectOf(value, { key, value: item }) }, key: text };
  });
  return {
    kind: "each",
    instances,
    unknown: keys.length > MAX_INSTANCES ? `for_each has more than ${MAX_INSTANCES} keys` : null,
  };
}

function objectOf({ at }: TerraformValue, values: Readonly<Record<string, Value>>): Value {
  const entries = Object.entries(values).map(([key, value]) => ({ key, keyAt: at, value }));
  return { kind: "object", entries, at };
}
