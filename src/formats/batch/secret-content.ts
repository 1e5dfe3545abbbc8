/** What a secret's value is, never the value itself. */
import type { Cause } from "../../facts/causes.ts";
import type { SecretAddition, SecretContent } from "../../facts/located.ts";
import { behindFirstHole, causeOfText, holeOf, insides, isLiteral } from "../../facts/text.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import { causeOf, get, type ObjectValue, type TextValue, type Value } from "../../syntax/value.ts";
import { causeUnread, isAbsent } from "../read.ts";

/** What a value says of a secret's content: where it is and when it counts is for its format to say. */
export type Content = Pick<SecretContent, "kind" | "keys" | "open">;

/** Strings that the AWS CLI and CloudFormation replace with something else. */
const REPLACED = /^fileb?:\/\/|\{\{resolve:/;

const TEXT: Content = { kind: "text", keys: null, open: null };

/** Content that is a string, which may or may not be JSON: `open` says why. */
export function someString(open: Cause): Content {
  return { kind: "string", keys: null, open };
}

/** The kind of a secret's string and the keys of its JSON. */
export function secretContent(value: Value): Content {
  if (value.kind === "object") return jsonContent(value);
  if (value.kind === "unknown") return isPlain(value.name) ? TEXT : someString(causeOf(value));
  if (value.kind !== "text") return TEXT;
  return isLiteral(value.value) && !value.json ? literalContent(value.value) : templateContent(value);
}

/**
 * The agent reads JSON strictly, and only an object has keys:
 * https://github.com/aws/amazon-ecs-agent/blob/master/agent/asm/asm.go
 */
function literalContent(text: string): Content {
  try {
    const json: unknown = JSON.parse(text);
    const isObject = typeof json === "object" && json !== null && !Array.isArray(json);
    return isObject ? { kind: "json", keys: Object.keys(json), open: null } : TEXT;
  } catch {
    return REPLACED.test(text) ? someString({ kind: "replaced", name: "", unit: null }) : TEXT;
  }
}

/** A string with holes, or one that a format knows as the JSON of something. */
function templateContent(value: TextValue): Content {
  const start = value.value.trimStart();
  if (behindFirstHole(start) !== undefined && isPlain(insides(start)[0])) return TEXT;
  const json = parseEmbeddedJson(value);
  if (json?.kind === "object") return jsonContent(json);
  if (json?.kind === "unknown") return isPlain(json.name) ? TEXT : someString(causeOf(json));
  const why = json === undefined && start.startsWith("{") ? causeOfText(value.value) : undefined;
  return why ? someString(why) : TEXT;
}

/** The known keys of a JSON object, and why it may have others. */
export function jsonContent({ entries, open }: ObjectValue): Content {
  const keys = entries.map(({ key }) => key);
  const hidden = keys.find((key) => !isLiteral(key));
  const why = open ?? (hidden === undefined ? undefined : causeOfText(hidden));
  return { kind: "json", keys: [...new Set(keys.filter(isLiteral))], open: why ?? null };
}

/** What generates passwords, keys and the like, which are no JSON. */
const GENERATORS: ReadonlySet<string | null> = new Set(["password", "random", "access_key", "private_key"]);

/** Whether a value begins with something that is generated as plain text. */
function isPlain(inside: string | undefined): boolean {
  return inside !== undefined && GENERATORS.has(holeOf(inside).origin.resource_kind);
}

/**
 * A generated password alone is plain text; with a template it becomes one more key of the template's JSON. `names` are
 * those of the template and the key:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
 */
export function generatedContent(
  generated: Value,
  names: { readonly template: string; readonly key: string },
): Content {
  const template = get(generated, names.template);
  const key = get(generated, names.key);
  const why = generated.kind === "object" ? generated.open : causeUnread(generated, names.template);
  if (isAbsent(template) && isAbsent(key)) return why ? someString(why) : TEXT;
  const json = template && secretContent(template);
  const named = key?.kind === "text" && isLiteral(key.value) ? [key.value] : [];
  const hidden = why ?? json?.open ?? (isAbsent(key) || named.length > 0 ? null : causeUnread(key, names.key));
  return { kind: "json", keys: [...new Set([...(json?.keys ?? []), ...named])], open: hidden };
}

/**
 * What an attachment adds to a secret's JSON: the connection of the database that it names, by its type.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function connectionKeys(type: string | undefined): Pick<SecretAddition, "keys" | "others"> {
  const keys = ["engine", "host", "port"];
  if (!type?.startsWith("AWS::")) return { keys, others: null };
  const id = type === "AWS::RDS::DBInstance" ? "dbInstanceIdentifier" : "dbClusterIdentifier";
  return { keys, others: [id, "dbname", "masterarn", "ssl", "username", "password"] };
}
