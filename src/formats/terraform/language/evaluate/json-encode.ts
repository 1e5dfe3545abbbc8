/**
 * JSON as Terraform writes it: keys sorted, no spaces, and the characters escaped that Go's `encoding/json` escapes.
 */

import { hole } from "../../../../facts/text.ts";
import { toDigits } from "./arithmetic.ts";
import { derived } from "./derive.ts";
import { sortedEntries, type TerraformValue } from "./values.ts";

/** What is not known is a hole: in a string where it was in one, else where its value would stand. */
export function encodeJson(value: TerraformValue): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "boolean":
      return String(value.value);
    case "number":
      return toDigits(value);
    case "text":
      return encodeString(value.value);
    case "unknown":
      return hole(value.name, "wide");
    case "list":
      return `[${value.items.map(encodeJson).join(",")}]`;
    case "object": {
      const entries = sortedEntries(value).map((entry) => `${encodeString(entry.key)}:${encodeJson(entry.value)}`);
      if (value.open !== undefined) entries.push(hole(derived("more", [value], value.at).name, "wide"));
      return `{${entries.join(",")}}`;
    }
  }
}

const ESCAPED = /[<>&\u2028\u2029]/g;

/** A string in the quotes of JSON. */
export function encodeString(value: string): string {
  return JSON.stringify(value).replace(ESCAPED, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
