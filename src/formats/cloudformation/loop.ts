/**
 * `Fn::ForEach::NAME: [identifier, collection, {key: value}]`: the entries it represents.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
import type { Cause } from "../../facts/causes.ts";
import { changeKnown, isLiteral } from "../../facts/text.ts";
import type { Entry, ObjectValue, TextValue, Value } from "../../syntax/value.ts";
import { doubtOf } from "./condition.ts";
import { exhausted, refuse, type Scope, unknown } from "./scope.ts";
import { isKnown, sizeOf, textOf } from "./text.ts";

export const LOOP = /^Fn::ForEach::/;

export interface LoopOptions {
  /** Whether a loop over what is not known gives its fragment once, for an item that is a hole, instead of nothing. */
  readonly standIn?: boolean;
}

export interface Expanded {
  readonly entries: readonly Entry[];
  /** What is not known, so that there may be more entries. */
  readonly open: Cause | undefined;
}

/** A string in which an item of a loop was put, holes and all, so that its holes are not taken for text of the file. */
interface Filled extends TextValue {
  readonly filled: true;
}

export function isFilled(text: TextValue): text is Filled {
  return "filled" in text;
}

/** The entries of an object with its loops written out, inner loops too; the values are not evaluated. */
export function expandLoops(object: ObjectValue, scope: Scope, options: LoopOptions = {}): Expanded {
  if (!object.entries.some(({ key }) => LOOP.test(key))) return { entries: object.entries, open: openOf(object) };
  const entries: Entry[] = [];
  let open = openOf(object);
  for (const entry of object.entries) {
    if (!LOOP.test(entry.key)) entries.push(entry);
    else {
      const expanded = expandLoop(entry, scope, options);
      for (const one of expanded.entries) entries.push(one);
      open ??= expanded.open;
    }
  }
  return { entries, open };
}

function openOf({ open }: ObjectValue): Cause | undefined {
  return open === undefined ? undefined : open;
}

function expandLoop({ key, value, keyAt }: Entry, scope: Scope, options: LoopOptions): Expanded {
  const [identifierValue, collection, fragment] = value.kind === "list" ? value.items : [];
  const identifier = identifierValue && textOf(identifierValue);
  if (!identifier || collection === undefined || fragment?.kind !== "object") {
    refuse(scope, keyAt, `${key} expects a list of an identifier, a collection and an object.`);
    return { entries: [], open: { kind: "shape", name: key, unit: scope.unit } };
  }
  const { texts, open } = itemsOf(collection, key, identifier, scope, options);
  const entries: Entry[] = [];
  let why = open;
  for (const text of texts) {
    const tooMuch = exhausted(scope, keyAt, sizeOf(fragment));
    if (tooMuch !== undefined) return { entries, open: tooMuch.cause };
    const inner = expandLoops({ ...fragment, entries: substituted(fragment, identifier, text) }, scope, options);
    for (const one of inner.entries) entries.push(one);
    why ??= inner.open;
  }
  return { entries, open: why };
}

/** What a loop goes over, as far as it is known. */
function itemsOf(
  collection: Value,
  key: string,
  identifier: string,
  scope: Scope,
  { standIn }: LoopOptions,
): { readonly texts: readonly string[]; readonly open: Cause | undefined } {
  const list = scope.evaluate(collection);
  if (list === undefined) return { texts: [], open: undefined };
  const items = list.kind === "list" ? list.items : [list];
  const texts = items.map(textOf).filter((text) => text !== undefined && isLiteral(text));
  if (list.kind === "list" && texts.length === items.length)
    return { texts: texts.filter((text) => text !== undefined), open: undefined };
  const why = doubtOf(items.find((item) => !isKnown(item)) ?? list, scope);
  if (!standIn) return { texts: texts.filter((text) => text !== undefined), open: why.cause };
  const named = { words: identifier, term: identifier, spelled: `\${${identifier}}` };
  return {
    texts: [textOf(unknown(scope, `${key}.${identifier}`, why, collection.at, {}, named)) ?? ""],
    open: undefined,
  };
}

function substituted(fragment: ObjectValue, identifier: string, item: string): Entry[] {
  const fill = (text: string): string =>
    text.replaceAll(`\${${identifier}}`, item).replaceAll(
      `&{${identifier}}`,
      changeKnown(item, (known) => known.replace(/[^A-Za-z0-9]/g, "")),
    );
  const textWith = (value: string, at: TextValue["at"]): TextValue | Filled =>
    isLiteral(item) ? { kind: "text", value, at } : { kind: "text", value, at, filled: true };
  const inValue = (value: Value): Value => {
    switch (value.kind) {
      case "text": {
        const filled = fill(value.value);
        return filled === value.value ? value : textWith(filled, value.at);
      }
      case "list":
        return { ...value, items: value.items.map(inValue) };
      case "object": {
        const [only, ...more] = value.entries;
        const refers = more.length === 0 && only?.key === "Ref" && only.value.kind === "text";
        if (refers && only.value.value === identifier) return textWith(item, value.at);
        return { ...value, entries: value.entries.map(inEntry) };
      }
      default:
        return value;
    }
  };
  const inEntry = (entry: Entry): Entry => ({ ...entry, key: fill(entry.key), value: inValue(entry.value) });
  return fragment.entries.map(inEntry);
}
