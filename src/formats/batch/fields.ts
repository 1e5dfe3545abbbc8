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
import type { Cause } from "../../facts/causes.ts";
import type { Credential, ShapeNote, Text, Unseen } from "../../facts/located.ts";
import { type About, causeOfText, hole, isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import {
  causeOf,
  type Entry,
  entry,
  type ListValue,
  type ObjectValue,
  unknownOf,
  type Value,
} from "../../syntax/value.ts";
import { folded, loose, toText, unseenMore, unseenPart } from "../read.ts";

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
  /** The mistakes in its form, by where they are. */
  readonly noted: Map<string, ShapeNote>;
  /** The objects that name a secret where the API has one. */
  readonly named: Set<ObjectValue>;
  readonly credentials: Credential[];
  /** The parameters of the job that a command hands to an option that names a credential, with that name. */
  readonly options: Map<string, string>;
}

/** An object of a job definition and its path in the API's words, such as `containerProperties.logConfiguration`. */
export interface Node {
  readonly object: ObjectValue;
  readonly path: string;
  /** What is not known, so that it may not be there, or more than once; absent when it certainly is. */
  readonly maybe?: Cause;
}

export function spelled(fields: Fields, key: string): string {
  return SPELL[fields.style](key);
}

/**
 * The entry under an API key (camelCase). The exact spelling wins over another one, and the last over the first;
 * Terraform knows no exact spelling. A differently spelled key that is read all the same is noted once.
 */
export function field(fields: Fields, object: ObjectValue, key: string): Entry | undefined {
  const expected = spelled(fields, key);
  if (fields.style === "terraform") {
    const plain = expected.toLowerCase();
    return object.entries.findLast((one) => one.key.toLowerCase() === plain);
  }
  const exact = entry(object, expected);
  if (exact !== undefined) return exact;
  const other = loose(object, expected);
  if (other === undefined) return undefined;
  note(fields, { kind: "key-case", key: other.key, expected, means: key, at: other.keyAt });
  return other;
}

/** Adds a note, unless one is at this place already: a field may be looked up twice. */
export function note(fields: Fields, added: ShapeNote): void {
  const key = whereOf(added.at);
  if (!fields.noted.has(key)) fields.noted.set(key, added);
}

/** The note at a place. */
export function noteAt({ noted }: Fields, at: Place): ShapeNote | undefined {
  return noted.size === 0 ? undefined : noted.get(whereOf(at));
}

function whereOf({ file, start }: Place): string {
  return `${start} ${file.path}`;
}

/**
 * The value under a key; null counts as absent. One that an open object may have is unknown, and like what it has then.
 */
export function value(fields: Fields, node: Node, key: string): Value | undefined {
  const { object } = node;
  const found = field(fields, object, key)?.value;
  if (found !== undefined || object.open === undefined) return found?.kind === "null" ? undefined : found;
  const like = object.others?.find((other) => folded(other.key) === folded(key))?.value;
  return like && { ...unknownOf(openHole(fields, node, key, object.open), object.at), like };
}

/** What is under a key in an object that may have more entries than are seen. */
function openHole(fields: Fields, { object, path }: Node, key: string, cause: Cause): string {
  const about: About = { words: key, term: key, unit: object.at.file.path, cause };
  return hole(`${fields.scope}.${path}.${key}`, "wide", about);
}

/** What is not known, so that an object may have more of a key than is seen; undefined when all of it is seen. */
function openFor({ open, others }: ObjectValue, key: string): Cause | undefined {
  const isOther = others?.some((other) => !isLiteral(other.key) || folded(other.key) === folded(key)) ?? true;
  return isOther ? open : undefined;
}

/** The text under a key; null when absent, a wide hole if the object may have more entries. */
export function text(fields: Fields, node: Node, key: string): Text | null {
  const found = value(fields, node, key);
  if (found !== undefined) return toText(found);
  const open = openFor(node.object, key);
  return open === undefined ? null : { value: openHole(fields, node, key, open), at: node.object.at };
}

/** The object a value is, also as JSON in a string; undefined for anything else. */
export function objectOf(found: Value | undefined): ObjectValue | undefined {
  const inner = unwrapped(found);
  return inner?.kind === "object" ? inner : undefined;
}

/** What a string of JSON holds, when it holds an object or a list; any other value as it is. */
export function unwrapped(found: Value | undefined): Value | undefined {
  const inner = found?.kind === "text" ? parseEmbeddedJson(found) : found;
  if (inner?.kind === "object") return openByKeys(inner);
  return inner?.kind === "list" ? inner : found;
}

/** With a key that is not known, an object may have any. */
function openByKeys(object: ObjectValue): ObjectValue {
  const key = object.open ? undefined : object.entries.find(({ key }) => !isLiteral(key))?.key;
  const open = key === undefined ? undefined : causeOfText(key);
  return open ? { ...object, open } : object;
}

/** Joined, since V8 keeps a template string in its pieces, which take three times the room in ten thousand ids. */
function under(path: string, key: string): string {
  return [path, key].join(".");
}

/** The object under a key as a node of its own. `unseen` gets an entry when something else is there. */
export function child(fields: Fields, node: Node, key: string, unseen: Unseen[]): Node | undefined {
  const path = under(node.path, key);
  const given = unwrapped(value(fields, node, key));
  if (given === undefined) {
    unseen.push(...moreOf(node, key));
    return undefined;
  }
  const found = likely(given);
  if (found !== given) unseen.push(unseenPart(key, given));
  if (found.kind === "object") return withMaybe({ object: found, path }, node.maybe ?? causeOfLike(given));
  const first = found.kind === "list" ? found.items.map(objectOf).find((item) => item !== undefined) : undefined;
  if (found.kind === "list" && first !== undefined) {
    const keyAt = field(fields, node.object, key)?.keyAt ?? found.at;
    noteList(fields, spelled(fields, key), keyAt, found);
    return withMaybe({ object: first, path }, node.maybe ?? causeOfLike(given));
  }
  if (found.kind !== "list" || found.items.length > 0) {
    unseen.push(unseenPart(key, found));
  }
  return undefined;
}

/** Notes a list in place of an object. */
export function noteList(fields: Fields, key: string, at: Place, list: ListValue): void {
  const edits = unlisted(list);
  note(fields, { kind: "array-for-object", key, expected: null, means: null, at, ...(edits.length > 0 && { edits }) });
}

/** What leaves the one item of a list alone: without its brackets, or with blanks in place of its dash. */
function unlisted({ at: { file, start, end }, items: [item, ...more] }: ListValue): { at: Place; text: string }[] {
  if (item === undefined || more.length > 0 || item.at.file !== file) return [];
  const [before, behind] = [file.text.slice(start, item.at.start), file.text.slice(item.at.end, end)];
  const around = (text: string) => [
    { at: { file, start, end: item.at.start }, text },
    { at: { file, start: item.at.end, end }, text: "" },
  ];
  if (/^\[\s*$/.test(before) && /^\s*(?:,\s*)?\]$/.test(behind)) return around("");
  return /^- +$/.test(before) && behind === "" ? around(" ".repeat(before.length)).slice(0, 1) : [];
}

/**
 * The items of the list under a key, each with its index. Absent is empty; unknown lists and items, and what is no
 * list, go to `unseen` under the key's name.
 */
export function items(fields: Fields, node: Node, key: string, unseen: Unseen[]): readonly Value[] {
  const found = unwrapped(value(fields, node, key));
  if (found === undefined) {
    unseen.push(...moreOf(node, key));
    return [];
  }
  if (found.kind === "list") return found.items;
  const like = likely(found);
  if (found.kind === "unknown" && like.kind === "list") {
    return like.items.map((item) => ({
      ...found,
      several: true,
      like: item.kind === "unknown" && item.like ? item.like : item,
    }));
  }
  unseen.push(unseenPart(key, found));
  return [];
}

function moreOf({ object }: Node, key: string): readonly Unseen[] {
  return openFor(object, key) === undefined ? [] : unseenMore(key, object);
}

/** A value, or what it is where it is there. */
function likely(found: Value): Value {
  return (found.kind === "unknown" ? unwrapped(found.like) : undefined) ?? found;
}

/** What is not known, so that a value may not be there; undefined for one that certainly is. */
function causeOfLike(found: Value): Cause | undefined {
  return found.kind === "unknown" ? causeOf(found) : undefined;
}

function withMaybe(node: Node, maybe: Cause | undefined): Node {
  return maybe === undefined ? node : { ...node, maybe };
}

/**
 * The objects among the items of a list; the others go to `unseen`, as does what there may be any number of. Paths are
 * `node.path.key[index]`.
 */
export function nodes(fields: Fields, node: Node, key: string, unseen: Unseen[]): readonly Node[] {
  return items(fields, node, key, unseen).flatMap((item, index) => {
    const object = objectOf(likely(item));
    // What a condition may take away is either this or nothing.
    if (object === undefined || (item.kind === "unknown" && (item.several || !("removable" in item)))) {
      if (item.kind !== "null") pushOnce(unseen, unseenPart(key, item));
      if (object === undefined) return [];
    }
    const maybe = node.maybe ?? causeOfLike(item);
    return [withMaybe({ object, path: under(node.path, `${key}[${index}]`) }, maybe)];
  });
}

/** One part that depends on one thing is reported once. */
function pushOnce(unseen: Unseen[], more: Unseen): void {
  const same = ({ part, cause }: Unseen) =>
    part === more.part && cause.kind === more.cause.kind && cause.name === more.cause.name;
  if (!unseen.some(same)) unseen.push(more);
}
