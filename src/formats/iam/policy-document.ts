/**
 * IAM policy documents, whatever format they stand in.
 *
 * What the files don't tell never disappears: an unknown scalar is a text with a wide hole, an unknown statement or statement
 * list is an `unseen` entry, unknown values of a condition are null.
 * Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import type { Condition, Principal, Statement, Text, Unseen } from "../../facts/resources.ts";
import { hole } from "../../facts/text.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import type { Entry, ObjectValue, Value } from "../../syntax/value.ts";
import { toText } from "../read.ts";
import { whyUnread } from "../unread.ts";

export interface PolicyContext {
  /** The id of the policy the document belongs to. */
  readonly policy: string;
  /** Why the policy may not be there at all (a template condition that can't be told). */
  readonly maybe?: string | null;
}

export interface ReadStatements {
  readonly statements: readonly Statement[];
  readonly unseen: readonly Unseen[];
}

/** The types a principal may have; one that can't be told may be of any of them. */
const PRINCIPAL_TYPES = ["AWS", "Service", "Federated"] as const;

/**
 * The statements of a policy document given as an object or as JSON in a string. Absent (undefined or null) has none.
 * `unseen` names what can't be told: the whole document, its statement list, or single statements.
 */
export function readStatements(document: Value | undefined, context: PolicyContext): ReadStatements {
  if (document === undefined || document.kind === "null") return { statements: [], unseen: [] };
  const object = documentObject(document);
  if (object === undefined) return { statements: [], unseen: [unreadable(document)] };
  const unseen: Unseen[] = [];
  const statements: Statement[] = [];
  const list = field(object, "Statement")?.value;
  if (list === undefined && object.open !== undefined) {
    unseen.push({ part: "Statement", why: object.open, at: object.at });
  }
  for (const item of itemsOf(list)) {
    if (item.kind === "object") statements.push(readStatement(item, context));
    else if (item.kind !== "null")
      unseen.push({ part: "Statement", why: whyUnread(item, "a statement", "an object"), at: item.at });
  }
  return { statements, unseen };
}

/**
 * Whether a value is a policy document: an object with a `Statement` that has an `Effect` and an action, or with a `Version` of
 * the policy language and statements that can't be told. A string is never one.
 */
export function isPolicyDocument(value: Value | undefined): boolean {
  if (value?.kind !== "object") return false;
  const list = field(value, "Statement")?.value;
  if (list === undefined) return false;
  const items = itemsOf(list);
  if (items.some(looksLikeStatement)) return true;
  const version = field(value, "Version")?.value;
  const known = version?.kind === "text" && (version.value === "2012-10-17" || version.value === "2008-10-17");
  return known && items.every((item) => item.kind === "unknown" || item.kind === "text");
}

function looksLikeStatement(value: Value): boolean {
  if (value.kind !== "object" || field(value, "Effect") === undefined) return false;
  return field(value, "Action") !== undefined || field(value, "NotAction") !== undefined;
}

/** The document as an object: itself, or what its text holds. */
function documentObject(document: Value): ObjectValue | undefined {
  const value = document.kind === "text" ? parseEmbeddedJson(document) : document;
  return value?.kind === "object" ? value : undefined;
}

function unreadable(document: Value): Unseen {
  return { part: "policy document", why: whyUnread(document, "the policy document", "an object"), at: document.at };
}

function readStatement(statement: ObjectValue, { policy, maybe = null }: PolicyContext): Statement {
  const read = (key: string): Value | undefined => presentField(statement, key, policy);
  const sid = read("Sid");
  return {
    sid: sid?.kind === "text" ? sid.value : null,
    effect: toText(read("Effect")) ?? { value: "", at: statement.at },
    actions: textsOf(read("Action")),
    not_actions: textsOf(read("NotAction")),
    resources: textsOf(read("Resource")),
    not_resources: textsOf(read("NotResource")),
    principals: principalsOf(read("Principal")),
    not_principals: principalsOf(read("NotPrincipal")),
    conditions: conditionsOf(read("Condition")),
    maybe,
    policy,
    at: statement.at,
  };
}

/** Elements that each stand in for one another: when one of a pair is there, the other is not, even in an open object. */
const COUNTERPART: Readonly<Record<string, string>> = {
  Action: "NotAction",
  NotAction: "Action",
  Resource: "NotResource",
  NotResource: "Resource",
  Principal: "NotPrincipal",
  NotPrincipal: "Principal",
};
/** Of a pair that is missing from an open object, the one taken to be there and unknown. */
const ASSUMED: ReadonlySet<string> = new Set(["Effect", "Action", "Resource", "Principal", "Condition"]);

/** The element, unknown when the statement may have more elements than are seen and this may be one of them. */
function presentField(statement: ObjectValue, key: string, policy: string): Value | undefined {
  const found = field(statement, key)?.value;
  if (found !== undefined || statement.open === undefined || !ASSUMED.has(key)) return found;
  const counterpart = COUNTERPART[key];
  if (counterpart !== undefined && field(statement, counterpart) !== undefined) return undefined;
  const name = `${policy}.${statement.at.start}.${key}`;
  return { kind: "unknown", why: statement.open, name, at: statement.at };
}

/** Element names are read in any case: templates that lower-case them are seen, and their meaning is plain. */
function field(object: ObjectValue, key: string): Entry | undefined {
  const lower = key.toLowerCase();
  let found: Entry | undefined;
  for (const entry of object.entries) {
    if (entry.key === key || (found?.key !== key && entry.key.toLowerCase() === lower)) found = entry;
  }
  return found;
}

/** The items of a list; anything else is a list of itself, absent and null a list of none. */
function itemsOf(value: Value | undefined): readonly Value[] {
  if (value === undefined || value.kind === "null") return [];
  return value.kind === "list" ? value.items : [value];
}

/** The texts of a string or a list of strings; null when absent. An unknown piece is a text with a wide hole. */
function textsOf(value: Value | undefined): readonly Text[] | null {
  if (value === undefined || value.kind === "null") return null;
  // Not flatMap, whose result takes the room of 17 items.
  const texts = itemsOf(value).map(toText);
  return texts.every((text) => text !== null) ? texts : texts.filter((text) => text !== null);
}

function principalsOf(value: Value | undefined): readonly Principal[] | null {
  if (value === undefined || value.kind === "null") return null;
  if (value.kind === "text" && value.value === "*") return [{ type: "*", values: [{ value: "*", at: value.at }] }];
  if (value.kind !== "object") return ofAnyType(unknownText(value, "Principal"));
  const told = value.entries.map((entry) => ({ type: entry.key, values: textsOf(entry.value) ?? [] }));
  return value.open === undefined ? told : [...told, ...ofAnyType(unknownText(value, "Principal"))];
}

function ofAnyType(text: Text): readonly Principal[] {
  return PRINCIPAL_TYPES.map((type) => ({ type, values: [text] }));
}

/** A text that may be anything, for a value that is no text, or text where it means nothing. */
function unknownText(value: Value, what: string): Text {
  if (value.kind === "unknown") return { value: hole(value.name, "wide"), at: value.at };
  return { value: hole(`${what}.${value.at.start}@${value.at.file.path}`, "wide"), at: value.at };
}

function conditionsOf(value: Value | undefined): readonly Condition[] {
  if (value === undefined || value.kind === "null") return [];
  if (value.kind !== "object") return [unknownCondition(value)];
  const told = value.entries.flatMap(({ key: operator, value: keys }) =>
    keys.kind === "null" ? [] : conditionsOfOperator(operator, keys),
  );
  return value.open === undefined ? told : [...told, unknownCondition(value)];
}

function conditionsOfOperator(operator: string, keys: Value): readonly Condition[] {
  if (keys.kind !== "object") return [{ ...unknownCondition(keys), operator }];
  const told = keys.entries.map((entry) => ({
    operator,
    key: entry.key,
    values: conditionValues(entry.value),
    at: entry.value.at,
  }));
  return keys.open === undefined ? told : [...told, { ...unknownCondition(keys), operator }];
}

/** Null as soon as one value can't be told: an unknown list may hold any number of them. */
function conditionValues(value: Value): readonly Text[] | null {
  const items = itemsOf(value);
  return items.some((item) => item.kind === "unknown") ? null : (textsOf(value) ?? []);
}

function unknownCondition(value: Value): Condition {
  const { value: name } = unknownText(value, "Condition");
  return { operator: name, key: name, values: null, at: value.at };
}
