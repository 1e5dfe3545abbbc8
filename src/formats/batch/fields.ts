/**
 * Field access for job definitions: the same tree is written in four spellings, and a key in the wrong one means
 * something else to each service. Everything that reads a job definition reads its fields through `Fields`.
 *
 * | style | keys | a key spelled otherwise |
 * |---|---|---|
 * | `api` | `valueFrom` | refused by the SDKs: read, and noted |
 * | `cloudformation` | `ValueFrom` | refused by the resource schema: read, and noted |
 * | `terraform` | `valueFrom` in any case (the provider uses Go's encoding/json) | dropped silently: not read, noted |
 * | `awscc` | `value_from` | refused by the provider's schema: read, and noted |
 *
 * The root and the EKS blocks of Terraform's resource are no JSON but its own snake_case schema: `loose` reads those.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_job_definition
 */
import type { ShapeNote, Text, Unseen } from "../../facts/resources.ts";
import { type About, hole } from "../../facts/text.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import type { Entry, ObjectValue, Value } from "../../syntax/value.ts";
import { toText, unseenMore, unseenPart } from "../read.ts";

export type JobDefinitionStyle = "api" | "cloudformation" | "terraform" | "awscc";

const SPELL: Readonly<Record<JobDefinitionStyle, (key: string) => string>> = {
  api: (key) => key,
  cloudformation: (key) => key.charAt(0).toUpperCase() + key.slice(1),
  terraform: (key) => key,
  awscc: (key) => key.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
};

export interface Fields {
  readonly style: JobDefinitionStyle;
  /** Makes the names of holes unique in the run: `address@unit`. */
  readonly scope: string;
  readonly shape: ShapeNote[];
}

/** An object of a job definition and its path in the API's words, such as `containerProperties.logConfiguration`. */
export interface Node {
  readonly object: ObjectValue;
  readonly path: string;
}

export function spelled(fields: Fields, key: string): string {
  return SPELL[fields.style](key);
}

/** The letters and digits of a key in lower case: equal for all spellings of one name. */
export function folded(key: string): string {
  return key.replace(/[_-]/g, "").toLowerCase();
}

/**
 * The entry under an API key (camelCase). The exact spelling wins over another one, and the last over the first;
 * Terraform knows no exact spelling. A differently spelled key that is read all the same is noted once.
 */
export function field(fields: Fields, object: ObjectValue, key: string): Entry | undefined {
  const expected = spelled(fields, key);
  const terraform = fields.style === "terraform";
  const plain = terraform ? expected.toLowerCase() : folded(expected);
  let exact: Entry | undefined;
  let other: Entry | undefined;
  for (const entry of object.entries) {
    if (entry.key === expected && !terraform) exact = entry;
    else if ((terraform ? entry.key.toLowerCase() : folded(entry.key)) === plain) other = entry;
  }
  if (exact !== undefined || other === undefined || terraform) return exact ?? other;
  note(fields, { kind: "key-case", key: other.key, expected, at: other.keyAt });
  return other;
}

/** The entry under any spelling of a key, without a note. */
export function loose(object: ObjectValue, key: string): Entry | undefined {
  const plain = folded(key);
  return object.entries.findLast((entry) => folded(entry.key) === plain);
}

/** Adds a note, unless one is at this place already: a field may be looked up twice. */
export function note(fields: Fields, added: ShapeNote): void {
  if (!fields.shape.some(({ at }) => at.file === added.at.file && at.start === added.at.start))
    fields.shape.push(added);
}

/** The value under a key; null counts as absent. */
export function value(fields: Fields, { object }: Node, key: string): Value | undefined {
  const found = field(fields, object, key)?.value;
  return found?.kind === "null" ? undefined : found;
}

/** The text under a key; null when absent, a wide hole if the object may have more entries. */
export function text(fields: Fields, node: Node, key: string): Text | null {
  const found = value(fields, node, key);
  if (found !== undefined) return toText(found);
  const { open, at } = node.object;
  if (open === undefined) return null;
  const about: About = { words: key, term: key, unit: at.file.path, cause: open };
  return { value: hole(`${fields.scope}.${node.path}.${key}`, "wide", about), at };
}

/** The object a value is, also as JSON in a string; undefined for anything else. */
export function objectOf(found: Value | undefined): ObjectValue | undefined {
  const inner = unwrapped(found);
  return inner?.kind === "object" ? inner : undefined;
}

/** What a string of JSON holds, when it holds an object or a list; any other value as it is. */
export function unwrapped(found: Value | undefined): Value | undefined {
  if (found?.kind !== "text") return found;
  const inner = parseEmbeddedJson(found);
  return inner?.kind === "object" || inner?.kind === "list" ? inner : found;
}

/** The object under a key as a node of its own. `unseen` gets an entry when something else is there. */
export function child(fields: Fields, node: Node, key: string, unseen: Unseen[]): Node | undefined {
  const found = unwrapped(value(fields, node, key));
  if (found === undefined) {
    unseen.push(...unseenMore(key, node.object));
    return undefined;
  }
  if (found.kind === "object") return { object: found, path: `${node.path}.${key}` };
  const first = found.kind === "list" ? found.items.map(objectOf).find((item) => item !== undefined) : undefined;
  if (found.kind === "list" && first !== undefined) {
    const keyAt = field(fields, node.object, key)?.keyAt ?? found.at;
    note(fields, { kind: "array-for-object", key: spelled(fields, key), expected: null, at: keyAt });
    return { object: first, path: `${node.path}.${key}` };
  }
  if (found.kind !== "list" || found.items.length > 0) {
    unseen.push(unseenPart(key, found));
  }
  return undefined;
}

/**
 * The items of the list under a key, each with its index. Absent is empty; unknown lists and items, and what is no
 * list, go to `unseen` under the key's name.
 */
export function items(fields: Fields, node: Node, key: string, unseen: Unseen[]): readonly Value[] {
  const found = unwrapped(value(fields, node, key));
  if (found === undefined) {
    unseen.push(...unseenMore(key, node.object));
    return [];
  }
  if (found.kind === "list") return found.items;
  unseen.push(unseenPart(key, found));
  return [];
}

/** The objects among the items of a list; the others go to `unseen`. Paths are `node.path.key[index]`. */
export function nodes(fields: Fields, node: Node, key: string, unseen: Unseen[]): readonly Node[] {
  return items(fields, node, key, unseen).flatMap((item, index) => {
    const object = objectOf(item);
    if (object !== undefined) return [{ object, path: `${node.path}.${key}[${index}]` }];
    if (item.kind !== "null") unseen.push(unseenPart(key, item));
    return [];
  });
}
