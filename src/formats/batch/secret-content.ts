/** What a secret's value is, never the value itself. */
import type { SecretContent } from "../../facts/resources.ts";
import { isLiteral } from "../../facts/text.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import { get, type ObjectValue, type Value } from "../../syntax/value.ts";

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

/**
 * A generated password alone is plain text; with a template it becomes one more key of the template's JSON. `names` are
 * those of the template and the key:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
 */
export function generatedContent(
  generated: Value,
  names: { readonly template: string; readonly key: string },
): Pick<SecretContent, "kind" | "keys"> {
  if (generated.kind !== "object" || generated.open !== undefined) return { kind: "string", keys: null };
  const template = get(generated, names.template);
  const key = get(generated, names.key);
  if (template === undefined && key === undefined) return { kind: "text", keys: null };
  const json = template?.kind === "text" ? parseEmbeddedJson(template) : undefined;
  if (template !== undefined && template.kind !== "text") return { kind: "string", keys: null };
  const keys = json?.kind === "object" ? literalKeys(json) : null;
  const known = keys && key?.kind === "text" && isLiteral(key.value);
  return { kind: "json", keys: known ? [...new Set([...keys, key.value])] : null };
}
