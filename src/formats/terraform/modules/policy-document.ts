/**
 * `data "aws_iam_policy_document"` as the document that the provider renders, with the place of each value.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */

import { into } from "../../../maps.ts";
import type { Place } from "../../../source.ts";
import { parseEmbeddedJson } from "../../../syntax/embedded.ts";
import {
  causeOf,
  type Entry,
  get,
  type ObjectValue,
  plainText,
  type TextValue,
  type UnknownValue,
  type Value,
} from "../../../syntax/value.ts";
import { unread } from "../../size.ts";
import { argument, type Instance } from "../instance.ts";
import { unknownAt } from "../language/evaluate/unknown.ts";
import { expressionAt } from "../language/evaluate/written.ts";
import { attributeHole } from "../unknowns.ts";

/**
 * An IAM policy has at most 10,240 characters, so no valid document has more. Documents made of documents could: they
 * are larger than what is read.
 */
const MAX_STATEMENTS = 1_000;

/** The arguments of the data source with `json` as the provider computes it. */
export function renderPolicyDocument(instance: Instance): ObjectValue {
  const { value } = instance;
  let rendered: ObjectValue | undefined;
  const json: TextValue = {
    kind: "text",
    value: attributeHole(instance, "json", "narrow"),
    at: instance.at,
    json: () => {
      rendered ??= document(instance);
      return rendered;
    },
  };
  const given = value.entries.filter(({ key }) => key !== "json");
  const attributes = ["json", "minified_json"].map((key) => ({ key, keyAt: instance.at, value: json }));
  return { ...value, entries: [...given, ...attributes] };
}

function document(instance: Instance): ObjectValue {
  const { at } = instance;
  const own = list(argument(instance, "statement")).map(statementOrUnknown);
  const sources = [
    ...list(argument(instance, "source_json")),
    ...list(argument(instance, "source_policy_documents")),
  ].flatMap(statementsOf);
  const overrides = [
    ...list(argument(instance, "override_json")),
    ...list(argument(instance, "override_policy_documents")),
  ].flatMap(statementsOf);
  const version = argument(instance, "version") ?? { kind: "text", value: "2012-10-17", at };
  const all = overridden([...sources, ...own], overrides);
  const statements = all.length > MAX_STATEMENTS ? [unread(instance.value)] : all;
  return {
    kind: "object",
    at,
    entries: [entryOf("Version", version), entryOf("Statement", { kind: "list", items: statements, at })],
  };
}

/** An overriding statement replaces those with its Sid; one with an unknown Sid may replace any. */
function overridden(statements: readonly Value[], overrides: readonly Value[]): readonly Value[] {
  const places = new Map<string, number[]>();
  const all: Value[] = [];
  const unknown = overrides.find((statement) => statement.kind === "unknown");
  const add = (statement: Value) => {
    const sid = get(statement, "Sid");
    if (sid?.kind === "text" && sid.value !== "") into(places, sid.value, () => []).push(all.length);
    const unsure = unknown && sid && statement.kind === "object";
    all.push(unsure ? { ...statement, open: causeOf(unknown) } : statement);
  };
  for (const statement of statements) add(statement);
  for (const statement of overrides) {
    const sid = get(statement, "Sid");
    const same = sid?.kind === "text" ? places.get(sid.value) : undefined;
    if (same) for (const index of same) all[index] = statement;
    else add(statement);
  }
  return all;
}

/** The statements of a document given as a string; one unknown statement if it can't be read. */
function statementsOf(given: Value): readonly Value[] {
  if (given.kind === "null" || (given.kind === "text" && given.value.trim() === "")) return [];
  const parsed = given.kind === "text" ? parseEmbeddedJson(given) : given;
  if (parsed?.kind === "object") return list(get(parsed, "Statement"));
  if (given.kind === "unknown") return [given];
  const words = expressionAt(given.at);
  return [unknownAt("document", words, { kind: "shape", name: words, unit: given.at.file.path }, given.at)];
}

/** Arguments of the provider and the elements of IAM that they are. */
const ELEMENTS = {
  sid: "Sid",
  actions: "Action",
  not_actions: "NotAction",
  resources: "Resource",
  not_resources: "NotResource",
} as const;

/** Of a dynamic block that may be there any number of times, what each would be if its effect is known. */
function statementOrUnknown(block: Value): Value {
  if (block.kind === "object") return statement(block);
  if (block.kind !== "unknown" || block.like?.kind !== "list") return block;
  const { like, ...unknown } = block;
  const items = like.items.map(statementOrUnknown);
  const isKnown = items.every((one) => /^(?:Allow|Deny)$/.test(plainText(get(one, "Effect")) ?? ""));
  return isKnown ? { ...unknown, like: { ...like, items } } : unknown;
}

function statement(block: ObjectValue): ObjectValue {
  const effect = present(get(block, "effect")) ?? { kind: "text", value: "Allow", at: block.at };
  const plain = Object.entries(ELEMENTS).flatMap(([name, element]) => {
    const value = present(get(block, name));
    return value ? [entryOf(element, withVariables(value))] : [];
  });
  return {
    ...block,
    entries: [
      entryOf("Effect", effect),
      ...plain,
      ...principals(block, "principals", "Principal"),
      ...principals(block, "not_principals", "NotPrincipal"),
      ...conditions(block),
    ],
  };
}

/** The provider turns `&{…}` into policy variables, `${…}`, which HCL would read as its own templates. */
function withVariables(value: Value): Value {
  if (value.kind === "list") return { ...value, items: value.items.map(withVariables) };
  if (value.kind !== "text" || !value.value.includes("&{")) return value;
  return { ...value, value: value.value.replaceAll("&{", "${") };
}

function principals(block: ObjectValue, name: string, element: string): Entry[] {
  const blocks = list(get(block, name));
  if (blocks.length === 0) return [];
  const unknown = blocks.find((one) => one.kind !== "object") ?? unknownOfAll(blocks, "type");
  if (unknown) return [entryOf(element, unknown)];
  const entries = blocks.flatMap((one): Entry[] => {
    const type = get(one, "type");
    const identifiers = get(one, "identifiers");
    if (type?.kind !== "text" || !identifiers) return [];
    return [{ key: type.value, keyAt: type.at, value: withVariables(identifiers) }];
  });
  const everyone = entries.find(({ key }) => key === "*");
  if (everyone) return [entryOf(element, { kind: "text", value: "*", at: everyone.keyAt })];
  return [entryOf(element, { kind: "object", entries, at: placeOf(blocks, block.at) })];
}

/** The first value of an argument of blocks that are unknown. */
function unknownOfAll(blocks: readonly Value[], ...names: readonly string[]): UnknownValue | undefined {
  return blocks.flatMap((one) => names.map((name) => get(one, name))).find((value) => value?.kind === "unknown");
}

function conditions(block: ObjectValue): Entry[] {
  const blocks = list(get(block, "condition"));
  if (blocks.length === 0) return [];
  const unknown = blocks.find((one) => one.kind !== "object");
  if (unknown) return [entryOf("Condition", unknown)];
  // A condition of an unknown operator or key is one all the same.
  const open = unknownOfAll(blocks, "test", "variable");
  const entries = blocks.flatMap((one): Entry[] => {
    const [test, variable, values] = [get(one, "test"), get(one, "variable"), get(one, "values")];
    if (test?.kind !== "text" || variable?.kind !== "text" || !values) return [];
    const keys: Entry[] = [{ key: variable.value, keyAt: variable.at, value: withVariables(values) }];
    return [{ key: test.value, keyAt: test.at, value: { kind: "object", entries: keys, at: one.at } }];
  });
  const at = placeOf(blocks, block.at);
  return [entryOf("Condition", { kind: "object", entries, at, ...(open && { open: causeOf(open) }) })];
}

function placeOf(values: readonly Value[], otherwise: Place): Place {
  return values[0]?.at ?? otherwise;
}

function present(value: Value | undefined): Value | undefined {
  return value?.kind === "null" || (value?.kind === "list" && value.items.length === 0) ? undefined : value;
}

function list(value: Value | undefined): readonly Value[] {
  if (value === undefined || value.kind === "null") return [];
  return value.kind === "list" ? value.items : [value];
}

function entryOf(key: string, value: Value): Entry {
  return { key, keyAt: value.at, value };
}
