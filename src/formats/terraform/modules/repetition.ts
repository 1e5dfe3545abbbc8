/**
 * `count` and `for_each`: which instances a block has.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
 */
import type { Cause } from "../../../facts/causes.ts";
import { choiceOf, MOST_SIDES } from "../../../facts/choices.ts";
import { absence, type Presence, whereChosen, withClauses } from "../../../facts/presence.ts";
import { isLiteral } from "../../../facts/text.ts";
import { attributeOf, blocksOf } from "../../../syntax/hcl/body.ts";
import type { Body } from "../../../syntax/hcl/tree.ts";
import type { Value } from "../../../syntax/value.ts";
import { toBoolean } from "../../read.ts";
import type { Setting } from "../language/evaluate/context.ts";
import { chooserByState, derived } from "../language/evaluate/derive.ts";
import { areDifferent } from "../language/evaluate/equal.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";
import { unknownElement } from "../language/evaluate/loops.ts";
import { keyOf } from "../language/evaluate/text.ts";
import { NUMBER } from "../language/evaluate/types.ts";
import { causeOf, sortedEntries, type TerraformValue, textOf } from "../language/evaluate/values.ts";
import { expressionAt } from "../language/evaluate/written.ts";

/** The most instances of one block that are read: more are a problem. */
export const MAX_INSTANCES = 1000;

/** One instance of a repeated block. `index` is how an address writes it: empty, `[0]` or `["a"]`. */
export interface Repeated {
  readonly index: string;
  /** The values of `count` and `each` in it, made on demand. */
  readonly names: Readonly<Record<string, Value>>;
  /** The same where it represents any of a number of instances that is not known. */
  readonly any?: Readonly<Record<string, Value>>;
  /** The key: a number or a string, null for a block that is not repeated. */
  readonly key: number | string | null;
  /** What is not known, so that it may not exist; null when it certainly does. */
  readonly maybe: Cause | null;
}

export interface Repetition {
  readonly kind: "single" | "count" | "each";
  readonly instances: readonly Repeated[];
  /** Why there may be other instances: the last one represents them; for `count`, the first. */
  readonly unknown: Cause | null;
  /** Of a `count` that is chosen: when each of the instances is there, which are all then. */
  readonly presences?: readonly Presence[];
  /** There are more instances than `MAX_INSTANCES`. */
  readonly beyond?: true;
}

/** The values of `count` and `each` in an instance. What is proven of jobs is proven of those of each that it represents. */
export function namesIn({ names, any }: Repeated, makesJobs: boolean): Repeated["names"] {
  return makesJobs && any ? any : names;
}

/** The known keys with their values, and the cause if there may be more. */
interface Keys {
  readonly known: readonly { readonly key: Value; readonly value: Value }[];
  readonly unknown: Cause | null;
}

/** The keys and values of a collection for `for_each` or a dynamic block. */
export function expandKeys(value: TerraformValue, of: "resource" | "dynamic"): Keys {
  const keys = keysOf(value, of);
  return of === "resource" ? withoutSame(keys) : keys;
}

/** More keys than these are not compared. */
const MOST_COMPARED = 10_000;

/** Without the keys that may be the same as another: they may be one instance. */
function withoutSame(keys: Keys): Keys {
  const texts = keys.known.flatMap(({ key }) => (key.kind === "text" ? key.value : []));
  const open = keys.known.filter(({ key }) => key.kind === "text" && !isLiteral(key.value));
  const [first] = open;
  if (first === undefined) return keys;
  const isOwn = ({ key }: Keys["known"][number]) =>
    key.kind === "text" && texts.every((other) => other === key.value || areDifferent(other, key.value));
  if (open.length * texts.length <= MOST_COMPARED && open.every(isOwn)) return keys;
  return { known: keys.known.filter((one) => !open.includes(one)), unknown: keys.unknown ?? causeOf(first.key) };
}

function keysOf(value: TerraformValue, of: "resource" | "dynamic"): Keys {
  if (value.kind === "unknown") return { known: [], unknown: causeOf(value) };
  if (value.kind === "object") {
    const known = sortedEntries(value).map((entry): Keys["known"][number] => ({
      key: { kind: "text", value: entry.key, at: entry.keyAt },
      value: entry.value,
    }));
    return { known, unknown: value.open ?? null };
  }
  if (value.kind !== "list") return { known: [], unknown: null };
  if (of === "dynamic" && value.collection !== "set") {
    // After an item that may be any number of items, no index is known.
    const several = value.items.findIndex((item) => item.kind === "unknown" && item.several);
    const known = several < 0 ? value.items : value.items.slice(0, several);
    return {
      known: known.map((item, index) => ({ key: { kind: "number", value: index, at: item.at }, value: item })),
      unknown: causeOfItem(value.items[several]),
    };
  }
  const known: Keys["known"][number][] = [];
  let unknown: Cause | null = null;
  for (const item of value.items) {
    const name = item.kind === "unknown" && item.several ? undefined : keyOf(item);
    if (name === undefined) {
      unknown ??= causeOf(item);
      continue;
    }
    const key = item.kind === "text" ? item : textOf(name, item.at);
    known.push({ key, value: key });
  }
  return { known, unknown };
}

function causeOfItem(item: TerraformValue | undefined): Cause | null {
  return item === undefined ? null : causeOf(item);
}

export function repetitionOf(body: Body, setting: Setting): Repetition {
  const count = attributeOf(body, "count");
  if (count) return counted(evaluate(count.value, setting));
  const each = attributeOf(body, "for_each");
  if (each) return keyed(evaluate(each.value, setting), setting);
  return once(enabledBy(body, setting));
}

/** What says whether a block is there at all: https://opentofu.org/docs/language/meta-arguments/enabled/ */
function enabledBy(body: Body, setting: Setting): TerraformValue | undefined {
  const [given] = blocksOf(body, "lifecycle").flatMap((one) => attributeOf(one.body, "enabled") ?? []);
  return given && evaluate(given.value, setting);
}

function once(enabled: TerraformValue | undefined): Repetition {
  const given = enabled && toBoolean(enabled, true);
  const unknown = enabled && given === null ? causeOf(enabled) : null;
  const one: Repeated = { index: "", names: {}, key: null, maybe: unknown };
  return { kind: "single", instances: given === false ? [] : [one], unknown };
}

function counted(value: TerraformValue): Repetition {
  const instance = (index: number, maybe: Cause | null): Repeated => ({
    index: `[${index}]`,
    get names() {
      return { count: objectOf(value, { index: { kind: "number", value: index, at: value.at } }) };
    },
    key: index,
    maybe,
  });
  const number =
    value.kind === "number"
      ? value.value
      : value.kind === "text" && /^\d+$/.test(value.value)
        ? Number(value.value)
        : undefined;
  if (number === undefined) {
    const cause = causeOf(value);
    const presences = presencesOf(value);
    const [presence, ...more] = presences.length > 0 ? presences : [whereAny(value)];
    const any = { count: objectOf(value, { index: derived("count.index", [value], value.at, NUMBER) }) };
    const first = instance(0, absence(cause, presence));
    const instances = [
      presences.length > 0 ? first : { ...first, any },
      ...more.map((one, at) => instance(at + 1, absence(cause, one))),
    ];
    return { kind: "count", instances, unknown: cause, ...(presences.length > 0 && { presences }) };
  }
  const length = Math.min(Math.max(0, Math.trunc(number)), MAX_INSTANCES);
  return {
    kind: "count",
    instances: Array.from({ length }, (_, index) => instance(index, null)),
    unknown: number > MAX_INSTANCES ? limit(value) : null,
    ...(number > MAX_INSTANCES && { beyond: true }),
  };
}

/** The first instance is there of any number but none. */
function whereAny(value: TerraformValue): Presence {
  return withClauses(chooserByState(value, ["is more than 0", "is 0"]), [true, false]);
}

/** When the instances are there of a number that is chosen, one for each up to the largest. */
function presencesOf(value: TerraformValue): readonly Presence[] {
  const choice = value.kind === "unknown" ? choiceOf(value.name) : undefined;
  if (choice === undefined) return [];
  const numbers = [...choice.sides.values()].map(Number);
  const length = numbers.every(Number.isInteger) ? Math.min(Math.max(0, ...numbers), MOST_SIDES) : 0;
  return Array.from({ length }, (_, index) => whereChosen(choice, (text) => Number(text) > index));
}

function keyed(value: TerraformValue, setting: Setting): Repetition {
  const { known, unknown } = expandKeys(value, "resource");
  const instances = known.slice(0, MAX_INSTANCES).map(({ key, value: item }): Repeated => {
    const text = key.kind === "text" ? key.value : "";
    const names = { each: objectOf(value, { key, value: item }) };
    return { index: `[${JSON.stringify(text)}]`, names, key: text, maybe: null };
  });
  const more = known.length > MAX_INSTANCES ? limit(value) : unknown;
  return {
    kind: "each",
    instances: unknown === null ? instances : [...instances, symbolic(value, setting, unknown)],
    unknown: more,
    ...(known.length > MAX_INSTANCES && { beyond: true }),
  };
}

function limit({ at }: TerraformValue): Cause {
  return { kind: "limit", name: expressionAt(at), unit: at.file.path };
}

/** The key of the instance that represents all instances with unknown keys. */
export const SYMBOLIC = "…";

/** The instance that represents all instances with unknown keys. */
function symbolic(value: TerraformValue, setting: Setting, cause: Cause): Repeated {
  const { key, value: own } = unknownElement(value, setting, cause);
  const presence = withClauses(chooserByState(derived("each", [value], value.at), ["is not empty", "is empty"]), [
    true,
    false,
  ]);
  return {
    index: "[…]",
    names: { each: objectOf(value, { key, value: own }) },
    key: SYMBOLIC,
    maybe: absence(cause, presence),
  };
}

function objectOf({ at }: TerraformValue, values: Readonly<Record<string, Value>>): Value {
  const entries = Object.entries(values).map(([key, value]) => ({ key, keyAt: at, value }));
  return { kind: "object", entries, at };
}
