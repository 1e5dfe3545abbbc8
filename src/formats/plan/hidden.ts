/**
 * The parts of a plan that must never be shown. A plan holds every secret in clear text:
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
import { mayBeCredential } from "../../facts/credentials/values.ts";
import { hideValue } from "../../facts/hidden.ts";
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
  for (const { values, sensitive } of resources) hideMixed(values, sensitive);
  return [...unshown, ...resources.flatMap(({ values, sensitive }) => markedIn(values, sensitive).map(({ at }) => at))];
}

/** Notes the values of variables in the JSON that is marked as a whole: any of them may be the secret. */
function hideMixed(values: Value, sensitive: Value | undefined): void {
  for (const [key, value] of fieldsOf(values)) {
    const isMarked = MIXED.test(key) && isTrue(get(sensitive, key));
    if (isMarked && value.kind === "text") hideValues(parseEmbeddedJson(value));
  }
}

function hideValues(value: Value | undefined, key = ""): void {
  if (value?.kind === "list") for (const item of value.items) hideValues(item);
  if (value?.kind === "object") for (const one of value.entries) hideValues(one.value, one.key);
  if (value?.kind !== "text" || !/^value$/i.test(key)) return;
  if (/\d/.test(value.value) && mayBeCredential(value.value)) hideValue(value.value);
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

/**
 * Fields of a secret that say where something is and who asks, as in the secrets of databases. Names of other things are
 * made of the same words, so only a string that is such a value as a whole is sensitive.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
const DESCRIBING =
  /^(?:user(?:_?name)?|host(?:_?name)?|engine|region|endpoint|db_?name|db(?:Instance|Cluster)Identifier)$/i;

/**
 * Whether a string is sensitive: it is or contains the value of a marked attribute, or of a variable that is declared
 * sensitive.
 */
export function secretTexts(
  plan: Value,
  resources: readonly PlannedResource[],
  configuration: ModuleConfiguration | undefined,
): (text: string) => boolean {
  const whole = new Set<string>();
  const anywhere = new Set<string>();
  const add = (value: Value | undefined, key = ""): void => {
    if (whole.size >= MOST_SECRETS || !value) return;
    if (value.kind === "list") for (const item of value.items) add(item, key);
    if (value.kind === "object") for (const one of value.entries) add(one.value, one.key);
    if (value.kind !== "text") return;
    const json = parseEmbeddedJson(value);
    if (value.value.length >= SHORTEST_SECRET) whole.add(value.value);
    if (json) add(json);
    else if (value.value.length >= SHORTEST_SECRET && !DESCRIBING.test(key)) anywhere.add(value.value);
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
  const parts = [...anywhere];
  return (text) => whole.has(text) || parts.some((part) => text.includes(part));
}
