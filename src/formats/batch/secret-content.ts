/** What a secret's value is, never the value itself. */
import type { SecretContent } from "../../facts/resources.ts";
import { isLiteral } from "../../facts/text.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import type { ObjectValue, Value } from "../../syntax/value.ts";

/** Strings that the AWS CLI and CloudFormation replace with something else. */
const REPLACED = /^fileb?:\/\/|\{\{resolve:/;

/** The kind of a secret's string and the keys of its JSON. A string that is partly unknown may become anything. */
export function secretContent(value: Value): Pick<SecretContent, "kind" | "keys"> {
  const json = value.kind === "text" ? parseEmbeddedJson(value) : value;
  if (json?.kind === "object") return { kind: "json", keys: literalKeys(json) };
  const literal = value.kind === "text" && isLiteral(value.value) && !REPLACED.test(value.value);
  return { kind: literal || json?.kind === "list" ? "text" : "string", keys: null };
}

/** The keys of an object, null when not all of them are known. */
export function literalKeys({ entries, open }: ObjectValue): string[] | null {
  const keys = entries.map(({ key }) => key);
  return open === undefined && keys.every(isLiteral) ? [...new Set(keys)] : null;
}
