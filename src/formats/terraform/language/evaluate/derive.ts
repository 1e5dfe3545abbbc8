/** Unknowns that are computed from unknowns. Equal computations of equal unknowns get equal names. */

import { hash } from "../../../../facts/hash.ts";
import { hasWideHole, hole, holes } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import type { Mark } from "../../../../syntax/value.ts";
import { setKey } from "./sets.ts";
import { textOfPieces } from "./text.ts";
import type { Type } from "./types.ts";
import { firstOf, isWhollyKnown, reasonOf, type TerraformUnknown, type TerraformValue, weightOf } from "./values.ts";

/** Longer names are cut; the hash keeps them apart. */
const MAX_NAME = 80;
const MAX_NAMED = 3;

/** The unknown result of doing `label` with these values, at least one of which is not wholly known. */
export function derived(
  label: string,
  inputs: readonly TerraformValue[],
  at: Place,
  type?: Type,
  why = firstOf(inputs, reasonOf) ?? "it depends on something that is not known",
): TerraformUnknown {
  if (inputs.reduce((sum, input) => sum + weightOf(input), 0) > MAX_HASHED)
    return { ...large(label, why, at, type), ...mark(inputs) };
  const names = new Set<string>();
  for (const input of inputs) collectNames(input, names);
  const known = inputs.some(isWhollyKnown) || inputs.length > 1 || inputs.some((input) => input.kind !== "unknown");
  const listed = [...names].slice(0, MAX_NAMED).join(",");
  const name = `${label}(${listed.length > MAX_NAME ? `${listed.slice(0, MAX_NAME)}…` : listed})`;
  const exact = known || names.size > MAX_NAMED || listed.length > MAX_NAME;
  const unknown: TerraformUnknown = {
    kind: "unknown",
    name: exact ? `${name}~${hash(inputs.map(setKey).join(";"))}` : name,
    why,
    at,
    ...(type !== undefined && { type }),
  };
  return { ...unknown, ...mark(inputs) };
}

/**
 * One of these values, and it is not known which: a text that has no colon when none of them has, else unknown. Regions, accounts and
 * names are chosen so, by the workspace or by a variable.
 */
export function oneOf(values: readonly TerraformValue[], unknown: TerraformUnknown): TerraformValue {
  const narrow = values.every(
    (value) => value.kind === "text" && !value.value.includes(":") && !hasWideHole(value.value),
  );
  if (!narrow || values.length === 0 || unknown.sensitive) return unknown;
  const { at } = unknown;
  return textOfPieces([{ text: hole(unknown.name, "narrow"), at, value: unknown }], at);
}

/** Larger values are not looked through for a name: what is computed of them is equal to nothing. */
const MAX_HASHED = 5_000;
let largeOnes = 0;

function large(label: string, why: string, at: Place, type: Type | undefined): TerraformUnknown {
  largeOnes++;
  return { kind: "unknown", name: `${label}(…)~large${largeOnes}`, why, at, ...(type !== undefined && { type }) };
}

function mark(inputs: readonly TerraformValue[]): { readonly sensitive?: Mark } {
  const found = firstOf(inputs, (input) => input.sensitive);
  return found === undefined ? {} : { sensitive: found };
}

/** The names of what is unknown in a value, up to a few: more would only make the name long. */
function collectNames(value: TerraformValue, names: Set<string>): void {
  if (names.size > MAX_NAMED || isWhollyKnown(value)) return;
  switch (value.kind) {
    case "unknown":
      names.add(value.name);
      break;
    case "text":
      for (const hole of holes(value.value)) names.add(hole.name);
      break;
    case "list":
      for (const item of value.items) collectNames(item, names);
      break;
    case "object":
      for (const entry of value.entries) collectNames(entry.value, names);
      break;
  }
}
