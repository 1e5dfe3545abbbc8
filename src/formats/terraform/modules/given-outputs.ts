/** What a root module gives to other tools by name: its outputs, and what lists and maps of them hold. */
import { isHandedOver } from "../../../facts/handed-over.ts";
import type { Output } from "../../../facts/resources.ts";
import { get, plainText, type Value } from "../../../syntax/value.ts";
import type { Module } from "./frame.ts";

/** The outputs that are ARNs or ids, also those in a list of names and values, as containers have variables. */
export function outputsOf({ outputs }: Pick<Module, "outputs">): readonly Output[] {
  return outputs.entries.flatMap(({ key, value }) => {
    const address = `output.${key}`;
    return namedIn(key, value).flatMap(([name, one]): Output[] =>
      one.kind === "text" && !one.sensitive && isHandedOver(one.value) ? [{ name, value: one.value, address }] : [],
    );
  });
}

function namedIn(name: string, value: Value): readonly (readonly [name: string, value: Value])[] {
  if (value.sensitive) return [];
  if (value.kind === "object") return value.entries.map((entry) => [entry.key, entry.value] as const);
  if (value.kind !== "list") return [[name, value]];
  return value.items.flatMap((item) => {
    const [called, given] = [plainText(get(item, "name")), get(item, "value")];
    return called === undefined || given === undefined ? [] : [[called, given] as const];
  });
}
