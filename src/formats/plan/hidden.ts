/**
 * The parts of a plan that must never be shown. A plan holds every secret in clear text:
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
import type { Place } from "../../source.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import { get, type Value } from "../../syntax/value.ts";
import { isTrue } from "./complete.ts";
import { fieldsOf, listOf, type ModuleConfiguration, type PlannedResource } from "./tree.ts";

/** Parts of a document that are never shown to people, and that repeat values without marking the sensitive ones. */
const UNSHOWN = [
  ["variables"],
  ["configuration"],
  ["resource_changes"],
  ["resource_drift"],
  ["deferred_changes"],
  ["output_changes"],
  ["planned_values", "outputs"],
  ["prior_state", "values", "outputs"],
  ["values", "outputs"],
] as const;

/** The ranges of a plan that are masked: values that it marks as sensitive, and parts that nobody needs to see. */
export function hiddenPlaces(plan: Value, resources: readonly PlannedResource[]): Place[] {
  const unshown = UNSHOWN.flatMap((path) => {
    const found = path.reduce<Value | undefined>((value, key) => get(value, key), plan);
    return found ? [found.at] : [];
  });
  return [...unshown, ...resources.flatMap(({ values, sensitive }) => markedIn(values, sensitive).map(({ at }) => at))];
}

/** The values that are marked in a parallel tree of marks. */
function markedIn(value: Value | undefined, marks: Value | undefined): Value[] {
  if (!value || !marks) return [];
  if (isTrue(marks)) return value.kind === "null" ? [] : [value];
  if (value.kind === "list") return value.items.flatMap((item, index) => markedIn(item, listOf(marks)[index]));
  if (value.kind !== "object") return [];
  const inner = fieldsOf(marks);
  return value.entries.flatMap((one) => markedIn(one.value, inner.get(one.key)));
}

/** Shorter strings may occur anywhere by chance. */
const SHORTEST_SECRET = 6;
/** Each is searched for in every string of a document that is marked as a whole. */
const MOST_SECRETS = 500;

/** Attributes whose JSON is marked because of a part of it, so that not every piece is sensitive. */
const MIXED = /_properties$|^policy$|^user_data/;

/** The sensitive strings: values of marked attributes and of variables that are declared sensitive. */
export function secretTexts(
  plan: Value,
  resources: readonly PlannedResource[],
  configuration: ModuleConfiguration | undefined,
): ReadonlySet<string> {
  const secrets = new Set<string>();
  const add = (value: Value | undefined): void => {
    if (secrets.size >= MOST_SECRETS || !value) return;
    if (value.kind === "list") for (const item of value.items) add(item);
    if (value.kind === "object") for (const one of value.entries) add(one.value);
    if (value.kind !== "text") return;
    const json = parseEmbeddedJson(value);
    if (json) add(json);
    else if (value.value.length >= SHORTEST_SECRET) secrets.add(value.value);
  };
  for (const { values, sensitive } of resources) {
    const marks = fieldsOf(sensitive);
    for (const { key, value } of values.entries) {
      if (!MIXED.test(key)) for (const one of markedIn(value, marks.get(key))) add(one);
    }
  }
  const variables = get(plan, "variables");
  for (const [name, declared] of fieldsOf(configuration?.variables)) {
    if (isTrue(get(declared, "sensitive"))) add(get(get(variables, name), "value"));
  }
  return secrets;
}
