import type { Text, Unseen } from "../../../facts/located.ts";
import type { Resources } from "../../../facts/resources.ts";
import type { Place } from "../../../source.ts";
import { toText } from "../../read.ts";
import { argument, type Instance } from "../instance.ts";
import { attributeHole } from "../unknowns.ts";
import { computedAttributes } from "./computed.ts";

/** Reads one instance. A unit's resources are those of all its instances, joined by kind. */
export type Reader = (instance: Instance) => Partial<Resources>;

/** The identity of a resource. `part` distinguishes what one block declares. */
export function declared(
  { address, unit, at }: Instance,
  part = "",
): { id: string; address: string; unit: string; at: Place; unseen: readonly Unseen[] } {
  return { id: `${unit}#${address}${part}`, address: `${address}${part}`, unit, at, unseen: [] };
}

/**
 * A computed attribute as text, placed at the block; a wide hole when it is not in the table. Given arguments take
 * precedence: the id that a data source looks up, and in a plan the values that the provider has computed already.
 */
export function computed(instance: Instance, name: string): Text {
  const given = argument(instance, name);
  const found = given?.kind === "text" ? given : computedAttributes(instance).find(({ key }) => key === name)?.value;
  return { value: found?.kind === "text" ? found.value : attributeHole(instance, name, "wide"), at: instance.at };
}

/** The name as given, otherwise as the provider makes it. */
export function nameText(instance: Instance): Text {
  return toText(argument(instance, "name")) ?? computed(instance, "name");
}

/** An argument as a list of zero or one. */
export function optional(instance: Instance, name: string): Text[] {
  const text = toText(argument(instance, name));
  return text ? [text] : [];
}
