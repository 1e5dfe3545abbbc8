/** The outputs of a stack: what others can import, and a parent stack can ask for. */
import { isHandedOver } from "../../facts/handed-over.ts";
import type { Output } from "../../facts/unit.ts";
import { type Entry, get } from "../../syntax/value.ts";
import { addressOf } from "./attributes.ts";
import { expandLoops } from "./loop.ts";
import type { Scope } from "./scope.ts";
import { textOf } from "./text.ts";

export function outputsOf(scope: Scope): readonly Entry[] {
  const { outputs } = scope.template;
  return outputs ? expandLoops(outputs, scope).entries : [];
}

/** The outputs of a stack that are ARNs or ids, as what is no template asks for them. */
export function givenOutputs(scope: Scope): readonly Output[] {
  return outputsOf(scope).flatMap(({ key, value }): Output[] => {
    const [written, name] = [get(value, "Value"), get(get(value, "Export"), "Name")];
    const [given, exported] = [written && scope.evaluate(written), name && scope.evaluate(name)];
    if (given?.kind !== "text" || given.sensitive || !isHandedOver(given.value)) return [];
    const address = addressOf(scope, key);
    return [{ name: key, value: given.value, address, exported: (exported && textOf(exported)) ?? null }];
  });
}
