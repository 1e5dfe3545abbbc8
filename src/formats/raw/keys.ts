import type { Text } from "../../facts/located.ts";
import { afterLastSlash } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { entry, get, type ObjectValue, type TextValue, type Value } from "../../syntax/value.ts";
import { loose, toBoolean, toText } from "../read.ts";

/** A field that is there: null, and the empty text of a `--generate-cli-skeleton` template, count as absent. */
export function given(value: Value | undefined, key: string): Value | undefined {
  return unlessEmpty(get(value, key));
}

/** A field under any spelling of its key (`RoleName`, `roleName`, `role_name`). */
export function loosely(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "object" ? unlessEmpty(loose(value, key)?.value) : undefined;
}

function unlessEmpty(found: Value | undefined): Value | undefined {
  return found === undefined || found.kind === "null" || (found.kind === "text" && found.value === "")
    ? undefined
    : found;
}

/** The text of a field that is there, null when it isn't. */
export function textOf(value: Value | undefined, key: string): Text | null {
  return toText(given(value, key));
}

/** The objects of a list field, and whether there is such a list. */
export function listOf(value: Value | undefined, key: string): readonly ObjectValue[] | undefined {
  const list = get(value, key);
  if (list?.kind !== "list") return undefined;
  return list.items.filter((item) => item.kind === "object");
}

/** The texts of a list field, or of a single text in its place. */
export function textsOf(value: Value | undefined, key: string): readonly Text[] {
  const found = given(value, key);
  const items = found?.kind === "list" ? found.items : found === undefined ? [] : [found];
  return items.flatMap((item) => toText(item) ?? []);
}

/** The place of a field's key, of the whole value when it isn't there. */
export function keyPlace(value: ObjectValue, key: string): Place {
  return entry(value, key)?.keyAt ?? value.at;
}

export function hasAny(value: Value | undefined, keys: readonly string[]): boolean {
  return keys.some((key) => given(value, key) !== undefined);
}

/**
 * The last part of a role's or policy's ARN; a name is its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function nameOf(nameOrArn: string): string {
  return nameOrArn.startsWith("arn:") ? afterLastSlash(nameOrArn) : nameOrArn;
}

/**
 * A policy document as IAM's API answers it: percent-encoded (RFC 3986), which some tools leave as it is
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html). Anything else stays.
 */
export function decoded(value: Value): Value {
  if (value.kind !== "text" || !/^%(?:7B|5B|0A|20)/i.test(value.value)) return value;
  try {
    const text: TextValue = { kind: "text", value: decodeURIComponent(value.value), at: value.at };
    return text;
  } catch {
    return value;
  }
}

/** Whether an answer is one page of several, of which another one follows. */
export function isPart(value: Value): boolean {
  const truncated = get(value, "IsTruncated") ?? get(value, "Truncated");
  return toBoolean(truncated, false) === true || hasAny(value, ["NextToken", "nextToken", "NextMarker"]);
}
