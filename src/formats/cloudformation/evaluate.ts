/** Evaluates values of a template: functions are called, what `AWS::NoValue` removes is gone, places stay. */
import type { Cause } from "../../facts/causes.ts";
import type { Entry, ListValue, ObjectValue, Value } from "../../syntax/value.ts";
import { INTRINSICS } from "./functions/table.ts";
import { expandLoops, LOOP } from "./loop.ts";
import { type Doubt, doubt, exhausted, type Scope, unknown } from "./scope.ts";

/** Undefined when the value is removed. Never throws: what can't be evaluated is unknown. */
export function evaluate(value: Value, scope: Scope): Value | undefined {
  switch (value.kind) {
    case "text":
      return scope.plain(value);
    case "list":
    case "object": {
      const why = exhausted(scope, value.at);
      if (why !== undefined) return unknown(scope, `${value.kind}.${value.at.start}`, why, value.at);
      scope.run.depth++;
      const result = value.kind === "list" ? evaluateList(value, scope) : evaluateObject(value, scope);
      scope.run.depth--;
      return result;
    }
    default:
      return value;
  }
}

function evaluateList(list: ListValue, scope: Scope): Value {
  return { ...list, items: list.items.flatMap((item) => scope.evaluate(item) ?? []) };
}

function evaluateObject(object: ObjectValue, scope: Scope): Value | undefined {
  const [only, ...more] = object.entries;
  if (only !== undefined && more.length === 0) {
    const intrinsic = INTRINSICS.get(only.key);
    if (intrinsic) return intrinsic(only.value, { name: only.key, at: object.at, scope });
    const foreign = foreignFunction(only.key, scope);
    if (foreign !== undefined)
      return unknown(scope, `${only.key}.${object.at.start}`, foreign, object.at, {}, { words: only.key });
  }
  const { entries, open } = expandLoops(object, scope);
  const why = open ?? macroOf(entries, scope);
  return {
    ...object,
    entries: entries.flatMap((entry): Entry[] => {
      const value = entry.key === "Fn::Transform" ? undefined : scope.evaluate(entry.value);
      return value === undefined ? [] : [{ ...entry, value }];
    }),
    ...(why === undefined ? {} : { open: why }),
  };
}

/** Why the only key of an object is a function that nobody here knows; undefined when it is a key. */
function foreignFunction(key: string, scope: Scope): Doubt | undefined {
  // A tool that puts templates together: https://github.com/aws-cloudformation/rain
  if (key.startsWith("Rain::")) return doubt(scope, "placeholder", key);
  return key.startsWith("Fn::") && !LOOP.test(key) ? doubt(scope, "function", key) : undefined;
}

/** A macro beside other keys adds keys to them. */
function macroOf(entries: readonly Entry[], { unit }: Scope): Cause | undefined {
  const name = "Fn::Transform";
  return entries.some(({ key }) => key === name) ? { kind: "macro", name, unit } : undefined;
}
