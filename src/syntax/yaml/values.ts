/**
 * Nodes of the yaml package as values with places. Scalars are read as CloudFormation and the AWS tools mean them, and
 * what has leading zeros, such as an account id, stays text.
 */

import type { Alias, CST, Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { literal } from "../../facts/text.ts";
import type { Place, SourceFile } from "../../source.ts";
import { MAX_DEPTH, MAX_YAML_VALUES } from "../limits.ts";
import { bareValue, isPlaceholder, unmask } from "../placeholders.ts";
import type { Entry, ObjectValue, TextValue, Value } from "../value.ts";
import { scalarOffsets } from "./offsets.ts";
import { resolvePlain } from "./scalars.ts";
import { expandTag, longForm } from "./short-tags.ts";

/** A document's value, or why it can't be had: `message` completes "This is not valid YAML: …". */
export type YamlResult =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "failure"; readonly message: string; readonly offset: number };

/** What an anchor marks: `values` counts it with all that aliases in it repeat, `depth` is how deep it nests. */
interface Anchored {
  readonly value: Value;
  readonly values: number;
  readonly depth: number;
}

/** The library, loaded only when a file is YAML. */
export type Library = typeof import("yaml");

interface State {
  readonly library: Library;
  readonly file: SourceFile;
  /** Whether placeholders were masked before the text was parsed. */
  readonly masked: boolean;
  readonly anchors: Map<string, Anchored>;
  /** How many values there are so far, those of aliases counted each time. */
  values: number;
  /** The deepest nesting so far. */
  deepest: number;
  failure: { readonly message: string; readonly offset: number } | undefined;
}

/**
 * The value of a document that has no errors, from its outermost node. `masked`: whether placeholders were masked.
 * Never throws; the cost is linear in the document, however often aliases repeat its parts.
 */
export function yamlValue(library: Library, root: Node | null, file: SourceFile, masked: boolean): YamlResult {
  const state: State = { library, file, masked, anchors: new Map(), values: 0, deepest: 0, failure: undefined };
  const value = convert(state, root, 1);
  return state.failure ? { kind: "failure", ...state.failure } : { kind: "value", value };
}

/** Notes the first failure; after it, everything is null. */
function fail(state: State, message: string, offset: number): Value {
  state.failure ??= { message, offset };
  return { kind: "null", at: { file: state.file, start: offset, end: offset } };
}

function convert(state: State, node: Node | null, depth: number): Value {
  const at = nodePlace(state, node);
  state.values++;
  if (state.failure || !node) return { kind: "null", at };
  if (depth > MAX_DEPTH) return fail(state, TOO_DEEP, at.start);
  if (state.values > MAX_YAML_VALUES) return fail(state, TOO_MANY, at.start);
  if (state.library.isAlias(node)) return repeated(state, node, at.start, depth);
  const known = node as Known;
  return known.anchor === undefined ? convertTagged(state, known, depth) : anchored(state, known, known.anchor, depth);
}

/** The nodes that a parsed document has besides aliases. */
type Known = Scalar | YAMLMap | YAMLSeq;

const TOO_DEEP = `it nests deeper than ${MAX_DEPTH} levels`;
const TOO_MANY = "its aliases repeat too many values";

/**
 * Converts a node and remembers it for its aliases. Inside of itself it is not known, so that no value holds itself.
 */
function anchored(state: State, node: Known, name: string, depth: number): Value {
  const { values, deepest } = state;
  state.anchors.delete(name);
  state.deepest = depth;
  const value = convertTagged(state, node, depth);
  state.anchors.set(name, { value, values: state.values - values, depth: state.deepest - depth });
  state.deepest = Math.max(state.deepest, deepest);
  return value;
}

/** The value that an alias repeats: the same object, so that its places are where it was written. */
function repeated(state: State, alias: Alias, offset: number, depth: number): Value {
  const found = state.anchors.get(alias.source);
  if (!found) return fail(state, "an alias has no anchor before it", offset);
  state.values += found.values;
  state.deepest = Math.max(state.deepest, depth + found.depth);
  if (state.deepest > MAX_DEPTH) return fail(state, TOO_DEEP, offset);
  if (state.values > MAX_YAML_VALUES) return fail(state, TOO_MANY, offset);
  return found.value;
}

function convertTagged(state: State, node: Known, depth: number): Value {
  state.deepest = Math.max(state.deepest, depth);
  const key = node.tag === undefined ? undefined : longForm(node.tag);
  if (key === undefined || node.tag === undefined) return convertUntagged(state, node, depth);
  const value = state.library.isScalar(node) ? text(state, node) : convertUntagged(state, node, depth);
  return expandTag(key, tagPlace(state.file, node.tag, node.range?.[0] ?? 0), value);
}

/** How far before its value a tag is looked for: only white space, an anchor and comments can stand between. */
const TAG_DISTANCE = 1000;

function tagPlace(file: SourceFile, tag: string, before: number): Place {
  const from = Math.max(0, before - TAG_DISTANCE);
  const found = file.text.slice(from, before).lastIndexOf(tag);
  const start = found === -1 ? before : from + found;
  return { file, start, end: found === -1 ? before : start + tag.length };
}

function convertUntagged(state: State, node: Known, depth: number): Value {
  if (state.library.isScalar(node)) return scalar(state, node);
  const placeholder = flowPlaceholder(state, node);
  if (placeholder) return placeholder;
  return state.library.isMap(node) ? mapping(state, node, depth) : sequence(state, node as YAMLSeq, depth);
}

/**
 * `{{ x }}` is a mapping with a mapping as its key to YAML, and `[[x]]` a list of a list: to people they are
 * placeholders.
 */
function flowPlaceholder(state: State, node: YAMLMap | YAMLSeq): Value | undefined {
  const [start, end] = node.range ?? [0, 0];
  const { text } = state.file;
  const first = text[start];
  if (!node.flow || text[start + 1] !== first) return undefined;
  const written = text.slice(start, end);
  return isPlaceholder(written) ? bareValue(written, { file: state.file, start, end }) : undefined;
}

function sequence(state: State, node: YAMLSeq, depth: number): Value {
  const nodes = node.items as (Node | null)[];
  const items = nodes.map((item) => convert(state, item, depth + 1));
  return { kind: "list", items, at: collectionPlace(state, node, nodes.at(-1), items.at(-1)) };
}

function mapping(state: State, node: YAMLMap, depth: number): Value {
  const entries: Entry[] = [];
  const merged: Merged = { entries: new Map(), open: undefined };
  const pairs = node.items as Pair<Node | null, Node | null>[];
  let last: Value | undefined;
  for (const { key, value: valueNode } of pairs) {
    const keyAt = nodePlace(state, key);
    const value = valueNode ? convert(state, valueNode, depth + 1) : nothingAfter(keyAt);
    last = value;
    if (isMergeKey(state, key)) merge(merged, value);
    else entries.push({ key: keyText(state, key), keyAt, value });
  }
  const own = new Set(entries.map(({ key }) => key));
  const inherited = [...merged.entries.values()].filter(({ key }) => !own.has(key));
  const at = collectionPlace(state, node, pairs.at(-1)?.value, last);
  const value: ObjectValue = { kind: "object", entries: [...inherited, ...entries], at };
  return merged.open === undefined ? value : { ...value, open: merged.open };
}

function nothingAfter(at: Place): Value {
  return { kind: "null", at: { ...at, start: at.end } };
}

function isMergeKey({ library }: State, key: Node | null): boolean {
  return library.isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}

/** What the merge keys of a mapping bring. */
interface Merged {
  readonly entries: Map<string, Entry>;
  open: string | undefined;
}

/** Adds what `<<` brings: of several mappings the first that has a key counts. https://yaml.org/type/merge.html */
function merge(into: Merged, value: Value): void {
  for (const source of value.kind === "list" ? value.items : [value]) {
    if (source.kind === "null") continue;
    if (source.kind !== "object") {
      into.open = source.kind === "unknown" ? source.why : "what it merges is not a mapping";
      continue;
    }
    const brought = new Map(source.entries.map((entry) => [entry.key, entry]));
    for (const [key, entry] of brought) if (!into.entries.has(key)) into.entries.set(key, entry);
    into.open ??= source.open;
  }
}

/** A key is always text, whatever it would be as a value. */
function keyText(state: State, key: Node | null): string {
  const { library, anchors, file } = state;
  if (key === null) return "";
  if (library.isScalar(key)) {
    const value = text(state, key);
    if (key.anchor !== undefined) anchors.set(key.anchor, { value, values: 1, depth: 0 });
    return value.value;
  }
  const repeats = library.isAlias(key) ? anchors.get(key.source)?.value : undefined;
  if (repeats?.kind === "text") return repeats.value;
  return literal(file.text.slice(key.range?.[0], key.range?.[1]).trim());
}

function readable(state: State, value: string): string {
  return literal(state.masked ? unmask(value) : value);
}

function nodePlace(state: State, node: Node | null): Place {
  const [start, end] = node?.range ?? [0, 0];
  return { file: state.file, start, end };
}

/** A block collection ends with its last value: the range of the library takes in the comments and lines after it. */
function collectionPlace(
  state: State,
  node: YAMLMap | YAMLSeq,
  lastNode: Node | null | undefined,
  last: Value | undefined,
): Place {
  const at = nodePlace(state, node);
  if (node.flow || !last) return at;
  const end = state.library.isAlias(lastNode) ? lastNode.range?.[1] : last.at.end;
  return { ...at, end: Math.max(at.start, end ?? at.end) };
}

/** White space at the end of a block scalar is no part of its place. */
function scalarPlace(state: State, node: Scalar): Place {
  const at = nodePlace(state, node);
  if (node.type !== "BLOCK_LITERAL" && node.type !== "BLOCK_FOLDED") return at;
  let end = at.end;
  while (end > at.start + 1 && /\s/.test(at.file.text[end - 1] ?? "")) end--;
  return { ...at, end };
}

/** Tags of YAML that say what a scalar is to be read as, also when it is quoted. */
const RESOLVED_TAGS = new Set(["int", "float", "bool", "null"].map((name) => `tag:yaml.org,2002:${name}`));

/**
 * Placeholders that begin so are never YAML texts; all others are, so they stay texts also where others had to be
 * masked.
 */
const TRIPPING = /^[{[%@]/;

function scalar(state: State, node: Scalar): Value {
  const asPlain = node.tag === undefined ? node.type === "PLAIN" : RESOLVED_TAGS.has(node.tag);
  if (!asPlain) return text(state, node);
  const at = scalarPlace(state, node);
  const written = at.file.text.slice(at.start, at.end);
  if (state.masked && TRIPPING.test(written) && isPlaceholder(written)) return bareValue(written, at);
  return resolvePlain(String(node.value), at) ?? text(state, node);
}

function text(state: State, node: Scalar): TextValue {
  const raw = String(node.value);
  const token = node.srcToken as CST.FlowScalar | CST.BlockScalar | undefined;
  const at = scalarPlace(state, node);
  // Only an empty text that is not written at all has no token.
  return {
    kind: "text",
    value: readable(state, raw),
    at,
    offsets: () => (token ? scalarOffsets(token, raw) : [at.start]),
  };
}
