/** What a reference to a repeated block means: one instance, or all of them as a list or map. */
import { presenceBehind } from "../../../facts/presence.ts";
import type { Place } from "../../../source.ts";
import { type Entry, get, type Value } from "../../../syntax/value.ts";
import type { Reference } from "../language/evaluate/context.ts";
import { derived } from "../language/evaluate/derive.ts";
import { setKey } from "../language/evaluate/sets.ts";
import { optionalItem } from "../language/evaluate/sides.ts";
import { keyOf } from "../language/evaluate/text.ts";
import { unknownAt } from "../language/evaluate/unknown.ts";
import type { Symbolic, TerraformValue } from "../language/evaluate/values.ts";
import { type Repeated, type Repetition, SYMBOLIC } from "./repetition.ts";

/** The one instance that a reference names. `used` counts the steps. */
export function pick(
  all: Repetition,
  { steps }: Reference,
  used: number,
): { readonly one: Repeated; readonly used: number } | undefined {
  const [only] = all.instances;
  if (all.kind === "single") return only && { one: only, used };
  const step = steps[used];
  const symbolic = step?.kind === "index" ? all.instances.find((one) => isKeyOf(one, step.key)) : undefined;
  if (symbolic) return { one: symbolic, used: used + 1 };
  if (step?.kind !== "index") return undefined;
  const name = step.key.kind === "number" ? step.key.value : keyOf(step.key);
  const key = typeof name === "string" && all.kind === "count" ? Number(name) : name;
  const one = all.instances.find((instance) => instance.key === key);
  return one && { one, used: used + 1 };
}

/** What `each.key` is in an instance. */
function eachKey({ names }: Repeated): Value | undefined {
  const { each } = names;
  return each?.kind === "object" ? get(each, "key") : undefined;
}

/** Whether a key is that of the instance that represents all with unknown keys. */
function isKeyOf(one: Repeated, given: TerraformValue): boolean {
  const own = one.key === SYMBOLIC ? eachKey(one) : undefined;
  return own !== undefined && setKey(own) === setKey(given);
}

/** All instances: a list for `count`, a map for `for_each`, open when there may be more than those with known keys. */
export function collection(all: Repetition, whole: (one: Repeated) => TerraformValue, at: Place): TerraformValue {
  if (all.kind === "count") return { kind: "list", items: all.instances.map((one) => item(one, whole(one), at)), at };
  const known = all.instances.filter(({ maybe }) => maybe === null);
  const entries = known.map((one) => lazyEntry(String(one.key), at, () => whole(one)));
  const open = all.unknown !== null && { open: all.unknown };
  return { kind: "object", entries, at, ...open, ...withSymbolic(all, whole) };
}

/** What a collection of all instances has for those with unknown keys. */
export function withSymbolic(all: Repetition, whole: (one: Repeated) => TerraformValue): { symbolic?: Symbolic } {
  const one = all.instances.find(({ key }) => key === SYMBOLIC);
  const key = one && eachKey(one);
  return key ? { symbolic: () => ({ key, value: whole(one) }) } : {};
}

/** An instance in the list of all: one that may not be there is so where its number is large enough. */
function item({ maybe }: Repeated, value: TerraformValue, at: Place): TerraformValue {
  const presence = presenceBehind(maybe);
  if (maybe === null || presence === undefined) return value;
  return optionalItem(derived("count", [value], at, undefined, maybe), value, presence);
}

/** An entry whose value is evaluated on demand. */
export function lazyEntry(key: string, at: Place, value: () => Value | undefined): Entry {
  return {
    key,
    keyAt: at,
    get value(): Value {
      return value() ?? unknownAt(key, key, { kind: "undeclared", name: key, unit: at.file.path }, at);
    },
  };
}
