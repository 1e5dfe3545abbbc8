/**
 * IAM policy documents, whatever format they are in.
 *
 * What the files don't show never disappears: an unknown scalar is a string with a wide hole, an unknown statement or
 * statement list is an `unseen` entry, unknown values of a condition are null. Grammar:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import type { Cause } from "../../facts/causes.ts";
import type { Condition, Principal, Statement, Text, Unseen } from "../../facts/located.ts";
import { absence, eitherAbsence, presenceOf } from "../../facts/presence.ts";
import { type About, hole } from "../../facts/text.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import { causeOf, type Entry, type ObjectValue, type UnknownValue, unknownOf, type Value } from "../../syntax/value.ts";
import { anyText, toText, unseenMore, unseenPart } from "../read.ts";
import { isTooLarge, unread } from "../size.ts";

export interface PolicyContext {
  readonly policy: string;
  /** What is not known, so that the policy may not be there at all (a template condition that can't be decided). */
  readonly maybe?: Cause | null;
}

export interface ReadStatements {
  readonly statements: readonly Statement[];
  readonly unseen: readonly Unseen[];
}

/** The types a principal may have; one that is unknown may be of any of them. */
const PRINCIPAL_TYPES = ["AWS", "Service", "Federated"] as const;

/**
 * The statements of a policy document given as an object or as JSON in a string. Absent (undefined or null) has none.
 * `unseen` names what can't be decided: the whole document, its statement list, or single statements.
 */
export function readStatements(document: Value | undefined, context: PolicyContext): ReadStatements {
  if (document === undefined || document.kind === "null") return { statements: [], unseen: [] };
  const tooLarge = (): ReadStatements => ({ statements: [unreadStatement(document, context)], unseen: [] });
  if (isTooLarge(document)) return tooLarge();
  const object = documentObject(document);
  if (object && object !== document && isTooLarge(object)) return tooLarge();
  if (object === undefined) {
    const unseen = [unseenPart("policy document", document)];
    // Who wrote it meant to allow or deny something, and without its end nobody can tell what.
    const isBroken = document.kind === "text" && /^\s*\{(?!\{)/.test(document.value);
    return { statements: isBroken ? [brokenStatement(document, unseen, context)] : [], unseen };
  }
  const unseen: Unseen[] = [];
  const statements: Statement[] = [];
  const read = hasVariables(object) ? readStatement : withoutVariables;
  const list = field(object, "Statement")?.value;
  if (list === undefined) unseen.push(...unseenMore("Statement", object));
  for (const item of itemsOf(list)) {
    const like = item.kind === "unknown" ? itemsOf(item.like) : [];
    if (item.kind === "object") statements.push(read(item, context));
    else if (item.kind === "unknown" && like.length > 0 && like.every(({ kind }) => kind === "object")) {
      // A statement that may not be there, or more than once.
      const maybe = absenceOf(item, context);
      statements.push(...like.flatMap((one) => (one.kind === "object" ? [read(one, { ...context, maybe })] : [])));
    } else if (item.kind !== "null") unseen.push(unseenPart("Statement", item, "a statement"));
  }
  // A list that grew has room for 16 more, and thousands of them stay.
  return { statements: [...statements], unseen };
}

/** Why a statement may not be there: for its own reason, or that of its document. */
function absenceOf(item: UnknownValue, { maybe = null }: PolicyContext): Cause {
  const own = causeOf(item);
  return eitherAbsence(maybe, absence(own, presenceOf(item.name))) ?? own;
}

/** Nothing is kept of a policy that is larger than any: no case that has this one is judged. */
function unreadStatement(document: Value, context: PolicyContext): Statement {
  return anyStatement(toText(unread(document)) ?? { value: "", at: document.at }, context);
}

/** What stands in the place of a document that stops being JSON: it may allow or deny anything. */
function brokenStatement({ at }: Value, [unseen]: readonly Unseen[], context: PolicyContext): Statement {
  const cause: Cause = unseen?.cause ?? { kind: "other", name: "policy document", unit: at.file.path };
  const about: About = { words: "policy document", term: "policy document", unit: at.file.path, cause };
  return anyStatement({ value: hole(`${context.policy}.${at.start}`, "wide", about), at }, context);
}

function anyStatement(effect: Text, { policy, maybe = null }: PolicyContext): Statement {
  return {
    sid: null,
    effect,
    actions: [effect],
    not_actions: null,
    resources: [effect],
    not_resources: null,
    principals: null,
    not_principals: null,
    conditions: [],
    maybe,
    policy,
    at: effect.at,
  };
}

/**
 * Whether `${aws:…}` is a variable in a document. In the older version of the language, which is that of a document
 * that names none, it is plain text:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
function hasVariables(document: ObjectValue): boolean {
  const version = field(document, "Version")?.value;
  if (version === undefined) return document.open !== undefined;
  return version.kind !== "text" || version.value !== "2008-10-17";
}

/** A statement of the older language, as the newer one says the same: `${` is written `${$}{` there. */
function withoutVariables(statement: ObjectValue, context: PolicyContext): Statement {
  const read = readStatement(statement, context);
  const plain = (texts: readonly Text[] | null) =>
    texts?.map((text) => ({ ...text, value: text.value.replaceAll("${", "${$}{") })) ?? null;
  return {
    ...read,
    resources: plain(read.resources),
    not_resources: plain(read.not_resources),
    conditions: read.conditions.map((condition) => ({ ...condition, values: plain(condition.values) })),
  };
}

/**
 * Whether a value is a policy document: an object with a `Statement` that has an `Effect` and an action, or with a
 * `Version` of the policy language and statements that is unknown. A string is never one.
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

/** Elements that a statement has only once, even in an open object. */
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
  const { at, open } = statement;
  const about: About = { words: key, term: key, unit: at.file.path, cause: open };
  return unknownOf(hole(`${policy}.${at.start}.${key}`, "wide", about), at);
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

/** The texts of a string or a list of strings; null when absent. An unknown piece is a string with a wide hole. */
function textsOf(value: Value | undefined): readonly Text[] | null {
  if (value === undefined || value.kind === "null") return null;
  // Not flatMap, whose result takes the room of 17 items.
  const texts = itemsOf(value).map(toText);
  for (const item of itemsOf(value)) {
    // Whichever instance is asked for, the list has its item.
    if (item.kind === "unknown" && item.every) texts.push(toText(item.every));
  }
  return texts.every((text) => text !== null) ? texts : texts.filter((text) => text !== null);
}

function principalsOf(value: Value | undefined): readonly Principal[] | null {
  if (value === undefined || value.kind === "null") return null;
  if (value.kind === "text" && value.value === "*") return [{ type: "*", values: [{ value: "*", at: value.at }] }];
  const unknown: Text = { value: anyText(value, "Principal"), at: value.at };
  if (value.kind !== "object") return ofAnyType(unknown);
  const told = value.entries.map((entry) => ({ type: entry.key, values: textsOf(entry.value) ?? [] }));
  return value.open === undefined ? told : [...told, ...ofAnyType(unknown)];
}

function ofAnyType(text: Text): readonly Principal[] {
  return PRINCIPAL_TYPES.map((type) => ({ type, values: [text] }));
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

/** Null as soon as one value can't be decided: an unknown list may hold any number of them. */
function conditionValues(value: Value): readonly Text[] | null {
  const items = itemsOf(value);
  return items.some((item) => item.kind === "unknown") ? null : (textsOf(value) ?? []);
}

function unknownCondition(value: Value): Condition {
  const name = anyText(value, "Condition");
  return { operator: name, key: name, values: null, at: value.at };
}
