/**
 * The places of values that are only the defaults of a root module's variables. A secret's value is seldom in the
 * files, so such a default shows what it may look like, and not what is deployed.
 */
import type { Cause } from "../../facts/causes.ts";
import type { Place } from "../../source.ts";
import type { Value } from "../../syntax/value.ts";
import type { TerraformValue } from "./language/evaluate/values.ts";

const causes = new WeakMap<Place, Cause>();

/** The value with places of its own, which tell whose default it is. */
export function asDefault(value: TerraformValue, cause: Cause): TerraformValue {
  const own = (at: Place): Place => {
    const copy = { ...at };
    causes.set(copy, cause);
    return copy;
  };
  const at = own(value.at);
  if (value.kind === "list") return { ...value, at, items: value.items.map((item) => asDefault(item, cause)) };
  if (value.kind !== "object") return { ...value, at };
  const entries = value.entries.map((one) => ({
    ...one,
    keyAt: own(one.keyAt),
    value: asDefault(one.value, cause),
  }));
  return { ...value, at, entries };
}

/** Whose default a string is, or begins with, or has its JSON's keys from; undefined when it depends on none. */
export function defaultCause(value: Value): Cause | undefined {
  if (value.kind === "object") {
    return [value.at, ...value.entries.map(({ keyAt }) => keyAt)].map((at) => causes.get(at)).find((one) => one);
  }
  const json = value.kind === "text" ? value.json?.() : undefined;
  const [first] = value.kind === "text" ? (value.pieces ?? []) : [];
  return (json && defaultCause(json)) ?? causes.get(value.at) ?? (first?.value && defaultCause(first.value));
}
