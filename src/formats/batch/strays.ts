/**
 * What is meant for a secret and is where the API has none: after everything was read, all the rest of a definition is
 * looked through for ARNs of secrets and for keys `valueFrom`.
 */
import type { ShapeNote } from "../../facts/located.ts";
import { behindFirstHole, holeOf, insides, isHole } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import type { Entry, ObjectValue, TextValue, Value } from "../../syntax/value.ts";
import { folded } from "../read.ts";
import { type Fields, type Node, note, noteAt, spelled } from "./fields.ts";

/**
 * Keys, folded, under which an ARN may be meant for the code in the container, or which rules judge: variables, the
 * command, options and labels.
 */
const FREE = new Set([
  "args",
  "annotations",
  "command",
  "entrypoint",
  "environment",
  "executionrolearn",
  "jobrolearn",
  "labels",
  "options",
  "parameters",
  "tags",
  "taskrolearn",
  "value",
]);

/** Keys of lists that name secrets. */
const LISTS = new Set(["secrets", "secretoptions"]);

/** Notes them in a property group, such as `containerProperties`, or in a definition that has none. */
export function noteStrays(fields: Fields, { object, path }: Node): void {
  const around = path === "" ? "" : `${spelled(fields, path)}.`;
  for (const entry of counting(object)) noteIn(fields, entry, `${around}${entry.key}`);
}

/** The entries of an object without those that a later one of the same key replaces. */
function counting({ entries }: ObjectValue): Iterable<Entry> {
  return new Map(entries.map((entry) => [entry.key, entry])).values();
}

function noteIn(fields: Fields, { key, keyAt, value }: Entry, path: string): void {
  const plain = folded(key);
  if (FREE.has(plain) || COMMENT.test(key) || isNoted(fields, keyAt)) return;
  const isList = LISTS.has(plain);
  if (isList && value.kind === "object" && (value.entries.length > 0 || value.open === undefined)) {
    note(fields, {
      kind: "object-for-list",
      key: path,
      expected: spelled(fields, "valueFrom"),
      means: null,
      at: keyAt,
    });
    return;
  }
  const items = value.kind === "list" ? value.items : [value];
  for (const one of items) if (one.kind === "object") noteInside(fields, one, path);
  const wrong = items.find((one) =>
    isList ? isNoObject(one) || (one !== value && (one.kind === "null" || one.kind === "list")) : isSecretArn(one),
  );
  if (!wrong) return;
  const kind = !isList ? "misplaced-arn" : wrong.kind === "list" ? "list-for-object" : "text-for-object";
  note(fields, { kind, key: path, expected: isList ? spelled(fields, "valueFrom") : null, means: null, at: wrong.at });
}

function isNoObject(value: Value): boolean {
  if (value.kind === "number" || value.kind === "boolean") return true;
  return value.kind === "text" && !isPlaceholder(value);
}

/** What another tool replaces as a whole may become anything, quotes and all. */
function isPlaceholder({ value }: TextValue): boolean {
  return isHole(value) && insides(value).every((inside) => holeOf(inside).origin.kind === "placeholder");
}

function noteInside(fields: Fields, object: ObjectValue, path: string): void {
  for (const entry of counting(object)) {
    const inner = `${path}.${entry.key}`;
    const isRead = fields.named.has(object) && READ.has(folded(entry.key));
    if (isRead) continue;
    if (folded(entry.key) !== "valuefrom" && !isSecretRef(entry)) noteIn(fields, entry, inner);
    else if (!isNoted(fields, entry.keyAt)) {
      note(fields, { kind: "misplaced-key", key: inner, expected: null, means: null, at: entry.keyAt });
    }
  }
}

/**
 * `envFrom` with a Secret of Kubernetes, which containers of AWS Batch on Amazon EKS don't have.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainer.html
 */
function isSecretRef({ key, value }: Entry): boolean {
  if (folded(key) !== "envfrom" || value.kind !== "list") return false;
  return value.items.some(
    (item) => item.kind === "object" && item.entries.some((one) => folded(one.key) === "secretref"),
  );
}

/** Where the API has the ARN of a secret, folded. */
const READ = new Set(["valuefrom", "credentialsparameter"]);

/** A key that nobody reads, or one that is noted by itself. */
function isNoted(fields: Fields, at: Place): boolean {
  const noted = noteAt(fields, at);
  return noted !== undefined && UNREAD.has(noted.kind);
}

const UNREAD = new Set<ShapeNote["kind"]>(["dropped-key", "refused-key", "misplaced-key"]);

/** A key that people comment with. */
const COMMENT = /^(?:[_/#$]|comment|description)/i;

/** The ARN of a secret, written out or as an attribute of a secret, also with selectors. */
function isSecretArn(value: Value): boolean {
  if (value.kind === "unknown") return isArnOfSecret(value.name);
  if (value.kind !== "text") return false;
  if (value.value.startsWith("arn:")) return value.value.split(":", 3)[2] === "secretsmanager";
  return behindFirstHole(value.value) !== undefined && insides(value.value).slice(0, 1).some(isArnOfSecret);
}

function isArnOfSecret(inside: string): boolean {
  const { resource_kind, attribute } = holeOf(inside).origin;
  return resource_kind === "secret" && attribute === "arn";
}
