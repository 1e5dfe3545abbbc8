/**
 * Small accessors for the readers of resources. They know three answers: what is there, what is absent, and what the
 * files don't show. Absent is never unknown: an unknown text is a wide hole, an unknown part of a list or object is an
 * `unseen`.
 */
import type { Cause } from "../facts/causes.ts";
import { hideValue } from "../facts/hidden.ts";
import type { Tags, Text, Unseen } from "../facts/located.ts";
import { causeOfText, hole, isLiteral, partsBetween } from "../facts/text.ts";
import type { Place } from "../source.ts";
import { causeOf, type Entry, get, type NullValue, type ObjectValue, type Value } from "../syntax/value.ts";

/** What was read of a list or object, and which parts of it could not be seen. */
export interface Seen<T> {
  readonly values: readonly T[];
  readonly unseen: readonly Unseen[];
}

/** What keys are folded to: the same few hundred are in all files, and each is asked for many times. */
const foldings = new Map<string, string>();
const MOST_FOLDINGS = 5_000;

/** The letters and digits of a key in lower case: equal for all spellings of one name. */
export function folded(key: string): string {
  const known = foldings.get(key);
  if (known !== undefined) return known;
  const made = key.replace(/[_-]/g, "").toLowerCase();
  if (foldings.size < MOST_FOLDINGS) foldings.set(key, made);
  return made;
}

/** The entry under any spelling of a key. */
export function loose(object: ObjectValue, key: string): Entry | undefined {
  const plain = folded(key);
  // Most keys are too short to be another spelling.
  return object.entries.findLast((one) => one.key.length >= plain.length && folded(one.key) === plain);
}

/** Whether a value is not given: no such key, or null, which AWS reads alike. */
export function isAbsent(value: Value | undefined): value is undefined | Extract<Value, { kind: "null" }> {
  return value === undefined || value.kind === "null";
}

/** Why a value is not what a reader needs. `what` names the value. */
export function causeUnread(value: Value, what: string): Cause {
  if (value.kind === "unknown") return causeOf(value);
  const cause = value.kind === "text" ? causeOfText(value.value) : undefined;
  return cause ?? { kind: "shape", name: what, unit: value.at.file.path };
}

/** The part as one that could not be seen; `what` names the value when the part does not. */
export function unseenPart(part: string, value: Value, what = part): Unseen {
  return { part, cause: causeUnread(value, what), at: value.at };
}

/** The part as something that an object may have more of than is seen, as a list: empty when all of it is seen. */
export function unseenMore(part: string, { open, at }: ObjectValue): readonly Unseen[] {
  return open === undefined ? [] : [{ part, cause: open, at }];
}

/**
 * A value as text: strings as they are, numbers and booleans as AWS writes them, null when absent. What is unknown, and
 * a list or object in place of a string, is a wide hole.
 */
export function toText(value: Value | undefined): Text | null {
  if (isAbsent(value)) return null;
  const text = { value: textOf(value), at: value.at };
  if (!value.sensitive) return text;
  hideMarked(value, text.value);
  return { ...text, sensitive: value.sensitive };
}

/** Notes what of a string is marked, where that is known of its pieces, else all of it. */
function hideMarked(value: Value, text: string): void {
  const pieces = value.kind === "text" ? (value.pieces ?? []) : [];
  const marked = pieces.filter((piece) => piece.sensitive ?? piece.value?.sensitive);
  if (marked.length === 0) hideValue(text);
  for (const piece of marked) hideValue(piece.text, text);
}

/** A value as text, placed where it is used; `written` tells where it is when that is somewhere else. */
export function toUsedText(value: Value | undefined): Text | null {
  const text = toText(value);
  return text && value?.usedAt ? { ...text, at: value.usedAt, written: text.at } : text;
}

function textOf(value: Exclude<Value, NullValue>): string {
  switch (value.kind) {
    case "text":
      return value.value;
    case "number":
    case "boolean":
      return String(value.value);
    case "unknown":
      return hole(value.name, "wide");
    case "list":
    case "object":
      return anyText(value, value.kind);
  }
}

/** A string that may be anything. `what` tells two of one place apart. */
export function anyText(value: Value, what: string): string {
  if (value.kind === "unknown") return hole(value.name, "wide");
  const { file, start } = value.at;
  const words = value.kind === "object" ? "an object" : `a ${value.kind}`;
  const cause = causeUnread(value, words);
  return hole(`${what}.${start}@${file.path}`, "wide", { words, unit: file.path, cause });
}

/**
 * A list of texts; a single text counts as a list of one, as in IAM. Absent is an empty list. Items that are unknown
 * are wide holes; an unknown list gives no texts and one `unseen` named `part`.
 */
export function toTexts(value: Value | undefined, part: string): Seen<Text> {
  if (isAbsent(value)) return { values: [], unseen: [] };
  if (value.kind === "unknown" || value.kind === "object") {
    return { values: [], unseen: [unseenPart(part, value)] };
  }
  const values = value.kind === "list" ? value.items : [value];
  return { values: values.map(toText).filter((text) => text !== null), unseen: [] };
}

/** The same, in which an unknown list is one hole: what it is made of, or stored in, may tell its items. */
export function toListedTexts(value: Value | undefined, part: string): Seen<Text> {
  if (value?.kind !== "unknown") return toTexts(value, part);
  return { values: [{ value: hole(value.name, "wide"), at: value.at }], unseen: [] };
}

/** Tags that are not known at all. */
export const NO_TAGS: Tags = { given: [], complete: false };

/** What the APIs call the key of a tag, and its value. */
const TAG_KEYS = ["Key", "key", "TagKey"];
const TAG_VALUES = ["Value", "value", "TagValue"];

/** Tags as a map from keys to values, or as a list of objects with a key and a value each; none when there is no value. */
export function toTags(value: Value | undefined): Tags {
  if (isAbsent(value)) return { given: [], complete: true };
  const listed = value.kind === "list" ? value.items : [];
  const field = (item: Value, names: readonly string[]) => get(item, names.find((name) => get(item, name)) ?? "");
  const all: readonly { readonly key: string | undefined; readonly tag: Value | undefined }[] = [
    ...listed.map((item) => ({
      key: toText(field(item, TAG_KEYS))?.value,
      tag: field(item, TAG_VALUES),
    })),
    ...(value.kind === "object" ? value.entries.map((entry) => ({ key: entry.key, tag: entry.value })) : []),
  ];
  const given = all.flatMap(({ key, tag }) => {
    const text = tag?.kind === "unknown" ? null : toText(tag);
    return key !== undefined && text && isLiteral(key) ? [{ key, value: text }] : [];
  });
  const isSeen = value.kind === "list" || (value.kind === "object" && value.open === undefined);
  return { given, complete: isSeen && given.length === all.length };
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["on", true],
  ["false", false],
  ["no", false],
  ["off", false],
]);

/**
 * A boolean, also written as a string or as YAML 1.1 has it (`yes`, `off`). `absent` is the service's default, null
 * when that is unknown; null is the answer for anything whose truth the files don't show.
 */
export function toBoolean(value: Value | undefined, absent: boolean | null): boolean | null {
  if (isAbsent(value)) return absent;
  if (value.kind === "boolean") return value.value;
  if (value.kind === "text") return BOOLEANS.get(value.value.toLowerCase()) ?? null;
  return null;
}

/** Whether interfaces give public addresses: null leaves it to the subnet; absent when that, or the list, is unknown. */
export function givenAddress(list: Value | undefined, name: string): { readonly public_ip?: boolean | null } {
  const interfaces = objects(list, name);
  const [given] = interfaces.values.flatMap((one) => get(one, name) ?? []);
  const public_ip = toBoolean(given, null);
  return interfaces.unseen.length > 0 || (public_ip === null && !isAbsent(given)) ? {} : { public_ip };
}

/** What a VPC has of settings of DNS, as a part of a network that may not be seen. */
export const DNS_SETTINGS = "DNS settings";

/** Settings that are either on or off and are given so that they can't be told. */
export function unseenSettings(part: string, values: readonly (Value | undefined)[]): readonly Unseen[] {
  return values.flatMap((value) => (value && toBoolean(value, true) === null ? [unseenPart(part, value)] : []));
}

/** A number, also written as a string. Null when it is unknown; `absent` is the service's default. */
export function toNumber(value: Value | undefined, absent: number | null): number | null {
  if (isAbsent(value)) return absent;
  if (value.kind === "number") return value.value;
  if (value.kind !== "text" || !/^[-+]?\d+(\.\d+)?$/.test(value.value)) return null;
  return Number(value.value);
}

/** The items of a list. Absent is an empty list; an unknown list, or something else in its place, is one `unseen`. */
function items(value: Value | undefined, part: string): Seen<Value> {
  if (isAbsent(value)) return { values: [], unseen: [] };
  if (value.kind === "list") return { values: value.items, unseen: [] };
  return { values: [], unseen: [unseenPart(part, value)] };
}

/**
 * The objects of a list; a single object counts as a list of one. Null items are skipped; items that are unknown or no
 * objects are `unseen` under `part[index]`.
 */
export function objects(value: Value | undefined, part: string): Seen<ObjectValue> {
  if (value?.kind === "object") return { values: [value], unseen: [] };
  const { values: all, unseen: whole } = items(value, part);
  const values: ObjectValue[] = [];
  const unseen: Unseen[] = [...whole];
  all.forEach((item, index) => {
    if (item.kind === "object") values.push(item);
    else if (item.kind !== "null") unseen.push(unseenPart(`${part}[${index}]`, item));
  });
  return { values, unseen };
}

/** Arguments whose literal values may be names of roles, secrets or keys. */
const NAMING = /role|principal|secret|key|kms|grant|iam/i;
/** What separates names in a list or document that is one string, and a name from its kind where it is no ARN. */
const BETWEEN_NAMES = /[\s,;|"'=()[\]{}]+/g;
const KIND_AND_NAME = /:/g;
/** The most values of one thing that are looked at. */
const MOST_HANDED = 1_000;

/**
 * The ARNs, names and ids in what something is given, by the names of its arguments. A literal name counts where the
 * argument says that it is one, or a script or template that it is in.
 */
export function handedIn(entries: readonly Entry[]): string[] {
  const texts = new Set<string>();
  let left = MOST_HANDED;
  const visit = (value: Value, naming: boolean): void => {
    if (left-- <= 0) return;
    if (value.kind === "list")
      for (const [index, item] of value.items.entries()) visit(item, naming || isNamingOption(value.items[index - 1]));
    else if (value.kind === "object") {
      for (const { key, value: inner } of value.entries) visit(inner, naming || NAMING.test(key));
    } else if (value.kind === "text" && value.json) {
      const inner = value.json();
      if (inner) visit(inner, naming);
    } else if (value.kind === "text") {
      const mayName = naming || (/\s/.test(value.value) && NAMING.test(value.value));
      for (const name of namesIn(value.value)) {
        if (mayName || !isLiteral(name) || name.startsWith("arn:")) texts.add(name);
      }
      // What an expression puts into a string is meant, whatever the string says.
      for (const piece of value.pieces ?? []) if (piece.value) texts.add(piece.text);
    } else if (value.kind === "unknown") texts.add(hole(value.name, "wide"));
  };
  for (const { key, value } of entries) visit(value, NAMING.test(key));
  return [...texts];
}

/** Whether a word of a command says that the next one is a name: `--role-name`. */
function isNamingOption(word: Value | undefined): boolean {
  return word?.kind === "text" && word.value.startsWith("-") && NAMING.test(word.value);
}

/** A string, and the names in it where it is a list of them or has more than one. */
function namesIn(text: string): string[] {
  const names = partsBetween(text, BETWEEN_NAMES);
  const own = names.flatMap((name) => (name.startsWith("arn:") ? [] : partsBetween(name, KIND_AND_NAME)));
  return [text, ...names, ...own].filter((name) => name !== "");
}

/** The state of a KMS key by the argument that enables it: it is enabled when that is left out. */
export function keyState(enabled: Value | undefined, otherwise: Place): Text {
  const text = toText(enabled);
  if (!text) return { value: "Enabled", at: otherwise };
  const isOn = toBoolean(enabled, true);
  return isOn === null ? text : { value: isOn ? "Enabled" : "Disabled", at: text.at };
}
