/** What a reference to a repeated block means: one instance, or all of them as a list or map. */
import { notePresence, presenceBehind } from "../../../facts/presence.ts";
import type { Place } from "../../../source.ts";
import type { Entry, Value } from "../../../syntax/value.ts";
import type { Reference } from "../language/evaluate/context.ts";
import { derived } from "../language/evaluate/derive.ts";
import { unknownAt } from "../language/evaluate/unknown.ts";
import { severalLike, type TerraformValue } from "../language/evaluate/values.ts";
import type { Repeated, Repetition } from "./repetition.ts";

/** The one instance that a reference names. `used` counts the steps. */
export function pick(
  all: Repetition,
  { steps }: Reference,
  used: number,
): { readonly one: Repeated; readonly used: number } | undefined {
  const [only] = all.instances;
  if (all.kind === "single") return only && { one: only, used };
  const step = steps[used];
  if (step?.kind !== "index" || (step.key.kind !== "number" && step.key.kind !== "text")) return undefined;
  const key = step.key.kind === "text" && all.kind === "count" ? Number(step.key.value) : step.key.value;
  const one = all.instances.find((instance) => instance.key === key);
  return one && { one, used: used + 1 };
}

/** All instances: a list for `count`, a map for `for_each`, open when there may be more than those with known keys. */
export function collection(all: Repetition, whole: (one: Repeated) => Value, at: Place): Value {
  if (all.kind === "count") return { kind: "list", items: all.instances.map((one) => item(one, whole(one), at)), at };
  const known = all.instances.filter(({ maybe }) => maybe === null);
  const entries = known.map((one) => lazyEntry(String(one.key), at, () => whole(one)));
  return { kind: "object", entries, at, ...(all.unknown !== null && { open: all.unknown }) };
}

/** An instance in the list of all: one that may not be there is so where its number is large enough. */
function item({ maybe }: Repeated, value: TerraformValue, at: Place): TerraformValue {
  const presence = presenceBehind(maybe);
  if (maybe === null || presence === undefined) return value;
  const by = derived("count", [value], at, undefined, maybe);
  notePresence(by.name, presence);
  return severalLike(by, value);
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
