/** Lists and mappings of YAML, in lines and in brackets. */

import type { CST } from "yaml";
import type { Entry, ListValue, ObjectValue, TextValue, Value } from "../value.ts";
import { isScalar, nothing, scalarOf, tagOf } from "./scalar.ts";
import type { Merge, State } from "./state.ts";
import { checkEnd, type Properties, propertiesOf, type Surroundings, UNEXPECTED } from "./tokens.ts";

/** A list in lines. Behind a tag or anchor it begins on a new line. */
export function blockList(state: State, token: CST.BlockSequence, before: Properties, depth: number): ListValue {
  const gap = before.tag || before.anchor ? state.text.slice(before.end, token.offset) : "\n";
  if (!gap.includes("\n")) state.fail("a line break is missing before a list", before.end);
  const items: Value[] = [];
  for (const { start, value } of token.items) {
    const around = { flow: false, atNewline: true, indent: token.indent, end: token.offset };
    const properties = propertiesOf(start, { indicator: "seq-item-ind", next: value, ...around }, state.fail);
    if (!properties.found) {
      // Comments at the end.
      if (!value && !properties.tag && !properties.anchor) continue;
      state.fail(value?.type === "block-seq" ? BAD_INDENT : "- is missing before an item of a list", properties.end);
    }
    items.push(state.read(value, properties, depth + 1));
  }
  return { kind: "list", items, at: state.place(token.offset, state.end) };
}

/** A mapping in lines. */
export function blockMapping(state: State, token: CST.BlockMap, depth: number): ObjectValue {
  const pairs: Pair[] = [];
  let end = token.offset;
  for (const item of token.items) {
    const { start, key, sep, value } = item;
    const around = { flow: false, atNewline: true, indent: token.indent, end };
    const next = key ?? sep?.[0];
    const before = propertiesOf(start, { indicator: "explicit-key-ind", next, ...around }, state.fail);
    // Comments at the end.
    if (!before.found && !before.tag && !before.anchor && !sep) continue;
    const column = before.found ?? key;
    if (column && "indent" in column && column.indent !== token.indent) state.fail(BAD_INDENT, column.offset);
    const pair = pairOf(state, item, before, around, depth);
    pairs.push(pair);
    end = state.end;
    if (before.found) continue;
    const { after } = pair;
    const from = (before.tag ?? before.anchor ?? key)?.offset ?? end;
    if (!after.found) state.fail("a colon is missing after a key", pair.keyEnd);
    else if (isBlock(key) || state.text.slice(from, after.found.offset).includes("\n")) state.fail(LONG_KEY, from);
    else if (value?.type === "block-map" && !after.newline) state.fail(NESTED, value.offset);
  }
  return { kind: "object", ...entriesOf(state, pairs), at: state.place(token.offset, state.end) };
}

const BAD_INDENT = "a line is not indented like the lines around it";
const LONG_KEY = "a key spans several lines; check the indentation and the colons around it";
const NESTED = "a mapping begins on the line of a key; quote a value that contains a colon";

function isBlock(token: CST.Token | null | undefined): boolean {
  return token?.type === "block-map" || token?.type === "block-seq";
}

interface Pair {
  readonly key: TextValue;
  readonly keyEnd: number;
  readonly value: Value;
  /** Whether it is a merge key. */
  readonly merges: boolean;
  readonly after: Properties;
}

type Around = Pick<Surroundings, "flow" | "indent">;

function pairOf(state: State, item: CST.CollectionItem, before: Properties, around: Around, depth: number): Pair {
  const { key: keyToken, sep, value: token } = item;
  const key = keyOf(state, keyToken, before, depth);
  const keyEnd = state.end;
  const atNewline = !around.flow && (!keyToken || keyToken.type === "block-scalar");
  const { flow, indent } = around;
  const surroundings = { indicator: "map-value-ind", next: token, flow, atNewline, indent, end: keyEnd } as const;
  const after = propertiesOf(sep ?? [], surroundings, state.fail);
  const value = after.found ? state.read(token, after, depth + 1) : nothing(state, keyEnd);
  const merges = keyToken?.type === "scalar" && keyToken.source === "<<";
  return { key, keyEnd, value, merges, after };
}

/** A key is text, whatever it would be as a value. */
function keyOf(state: State, token: CST.Token | null | undefined, properties: Properties, depth: number): TextValue {
  const tag = tagOf(state, properties);
  if (!token || isScalar(token)) {
    const key = state.rules.key(scalarOf(state, token, properties.end, false), tag);
    const name = properties.anchor?.source.slice(1);
    if (name !== undefined) state.anchors.set(name, { value: key, values: 1, depth: 0 });
    return key;
  }
  const value = state.read(token, properties, depth + 1);
  if (token.type === "alias" && value.kind === "text") return value;
  const { end } = state;
  const start = token.offset;
  const text = state.text.slice(start, end);
  const at = state.place(start, end);
  return state.rules.key({ text, style: "collection", at, start, end, offsets: () => [] }, tag);
}

function entriesOf({ rules }: State, pairs: readonly Pair[]): Pick<ObjectValue, "entries" | "open"> {
  const own: Entry[] = [];
  const merges: Merge[] = [];
  for (const pair of pairs) {
    if (pair.merges) merges.push({ value: pair.value, before: own.length });
    else own.push({ key: pair.key.value, keyAt: pair.key.at, value: pair.value });
  }
  return merges.length === 0 ? { entries: own } : rules.merged(own, merges);
}

/** A list or mapping in brackets. */
export function brackets(state: State, token: CST.FlowCollection, depth: number): ListValue | ObjectValue {
  const isMapping = token.start.source === "{";
  const pairs: Pair[] = [];
  const items: Value[] = [];
  state.end = token.offset + 1;
  for (const [index, item] of token.items.entries()) {
    const { start, key, sep, value } = item;
    const around = { flow: true, atNewline: false, indent: token.indent, end: state.end };
    const next = key ?? sep?.[0];
    const before = propertiesOf(start, { indicator: "explicit-key-ind", next, ...around }, state.fail);
    if (!before.found && !before.tag && !before.anchor && !sep && !value) {
      // What follows the last comma.
      if (index === 0 ? before.comma : index < token.items.length - 1) state.fail(UNEXPECTED, before.end);
      continue;
    }
    if (index === 0 && before.comma) state.fail(UNEXPECTED, before.comma.offset);
    if (index > 0 && !before.comma) state.fail("a comma is missing between brackets", state.end);
    if (isBlock(key) || isBlock(value)) state.fail("a block list or mapping is inside brackets", state.end);
    if (!isMapping && !sep && !before.found) {
      items.push(state.read(value, before, depth + 1));
      continue;
    }
    const pair = pairOf(state, item, before, around, isMapping ? depth : depth + 1);
    if (value && !pair.after.found) state.fail("a comma or colon is missing between brackets", pair.keyEnd);
    if (isMapping) pairs.push(pair);
    else items.push(singlePair(state, pair, depth + 1));
  }
  const [closing, ...rest] = token.end;
  state.end = closing ? closing.offset + 1 : state.end;
  if (closing?.source !== (isMapping ? "}" : "]")) state.fail("a bracket is not closed", token.offset);
  checkEnd(rest, state.fail);
  const at = state.place(token.offset, state.end);
  return isMapping ? { kind: "object", ...entriesOf(state, pairs), at } : { kind: "list", items, at };
}

/** `[a: b]` is a list of one mapping. */
function singlePair(state: State, pair: Pair, depth: number): Value {
  state.values++;
  state.deepest = Math.max(state.deepest, depth);
  const at = { ...pair.key.at, end: Math.max(pair.key.at.end, pair.value.at.end) };
  return state.rules.collection({ kind: "object", ...entriesOf(state, [pair]), at }, undefined, false);
}
