/**
 * The reader of YAML, on the concrete syntax tree of the yaml package: of that package, its lexer and parser are all
 * that a start has to load. Anchors, aliases and merge keys are followed here, and every bound is kept here; what
 * scalars and tags mean is up to the rules.
 */

import { type CST, Lexer, Parser } from "yaml";
import { newReadingPurses, pay, type ReadingPurses } from "../../purse.ts";
import { BEYOND, MAX_DEPTH, MAX_YAML_PIECES, MAX_YAML_VALUES } from "../limits.ts";
import type { Value } from "../value.ts";
import { blockList, blockMapping, brackets } from "./collections.ts";
import { isScalar, nothing, scalarOf, tagOf } from "./scalar.ts";
import type { Anchored, Failure, State, YamlSource } from "./state.ts";
import { checkEnd, NO_NAME, type Properties, propertiesOf, UNEXPECTED } from "./tokens.ts";

/** A document's value, or why it has none. A document without content is null. */
export type YamlResult = { readonly kind: "value"; readonly value: Value } | ({ readonly kind: "failure" } & Failure);

/** The documents of a string. Linear, however often aliases repeat its parts, and throws only what the rules throw. */
export function readYaml({ purses = newReadingPurses(), ...rest }: YamlSource): readonly YamlResult[] {
  const source: Source = { ...rest, purses };
  const results: YamlResult[] = [];
  let failure: Failure | undefined;
  let directive: number | undefined;
  const failed = (message: string, offset: number): void => {
    if (results.length === 0 || directive !== undefined) failure ??= { message, offset };
    else if (results.at(-1)?.kind === "value") results.splice(-1, 1, { kind: "failure", message, offset });
  };
  for (const token of tokensOf(source)) {
    if (typeof token === "string") return [...results, { kind: "failure", message: token, offset: 0 }];
    if (token.type === "error") failed(UNEXPECTED, token.offset);
    else if (token.type === "directive") directive = token.offset;
    else if (token.type === "doc-end") {
      if (results.length === 0) failed(UNEXPECTED, token.offset);
      checkEnd(token.end, failed);
    } else if (token.type === "document") {
      const started = token.start.some(({ type }) => type === "doc-start");
      if (directive !== undefined && !started) failure ??= { message: NO_START, offset: directive };
      results.push(failure ? { kind: "failure", ...failure } : documentOf(source, token));
      failure = directive = undefined;
    }
  }
  if (directive !== undefined) failure ??= { message: NO_START, offset: directive };
  return failure ? [...results, { kind: "failure", ...failure }] : results;
}

type Source = YamlSource & { readonly purses: ReadingPurses };

/** What people write has a piece for at least three characters. */
const CHARACTERS_A_PIECE = 3;
/** So many pieces of files that are refused are read until all others are refused unread. */
const MOST_IN_VAIN = 2_000_000;

/** So many collections are open at once only in what is refused: the parser closes each within the one around it. */
const MOST_OPEN = 2 * MAX_DEPTH;

/** The tokens of a string. The last is the complaint when it has too many pieces, before they take all memory. */
function* tokensOf({ text, purses }: Source): Generator<CST.Token | string> {
  const parser = new Parser();
  const allowance = { own: text.length / CHARACTERS_A_PIECE, purse: purses.pieces };
  let pieces = 0;
  let depth = 0;
  let why: string | undefined;
  if (purses.pieces.left < -MOST_IN_VAIN) return yield BEYOND.allPieces;
  for (const piece of new Lexer().lex(text)) {
    if (++pieces > MAX_YAML_PIECES) why ??= BEYOND.pieces;
    else if (!pay(allowance, 1)) why ??= BEYOND.allPieces;
    if (piece === "[" || piece === "{") depth++;
    else if (piece === "]" || piece === "}") depth--;
    if (depth > MAX_DEPTH || parser.stack.length > MOST_OPEN) why ??= BEYOND.depth;
    if (why !== undefined) break;
    for (const token of parser.next(piece)) yield token;
  }
  if (why === undefined) yield* parser.end();
  if (why === BEYOND.allPieces) purses.pieces.left -= pieces;
  if (why !== undefined) yield why;
}

const NO_START = "--- is missing after the lines that start with %; quote a value that starts with %";

function documentOf(source: Source, { start, value: token, end, offset }: CST.Document): YamlResult {
  const state: State = {
    ...source,
    anchors: new Map(),
    values: 0,
    deepest: 0,
    end: 0,
    failure: undefined,
    fail: (message, offset) => {
      state.failure ??= { message, offset };
    },
    read: (token, properties, depth) => nodeValue(state, token, properties, depth),
  };
  const around = { flow: false, atNewline: true, indent: 0 };
  const properties = propertiesOf(start, { indicator: "doc-start", next: token, end: offset, ...around }, state.fail);
  const isBlock = token?.type === "block-map" || token?.type === "block-seq";
  if (properties.found && isBlock && !properties.newline) state.fail("a line break is missing after ---", token.offset);
  const value = nodeValue(state, token, properties, 1);
  checkEnd(end, state.fail);
  return state.failure ? { kind: "failure", ...state.failure } : { kind: "value", value };
}

/** The value of a token, which is missing where nothing is written. */
function nodeValue(state: State, token: CST.Token | null | undefined, properties: Properties, depth: number): Value {
  const { anchor, tag } = properties;
  const offset = token?.offset ?? properties.end;
  count(state, 1, offset);
  if (depth > MAX_DEPTH) state.fail(BEYOND.depth, offset);
  if (state.failure) return nothing(state, offset);
  if (token?.type === "alias") {
    if (anchor || tag) state.fail("an alias has a tag or an anchor", token.offset);
    return repeated(state, token, depth);
  }
  if (anchor === undefined) return taggedValue(state, token, properties, depth);
  const { values, deepest } = state;
  const name = anchor.source.slice(1);
  // Inside of itself it is not known, so that no value holds itself.
  state.anchors.delete(name);
  state.deepest = depth;
  const value = taggedValue(state, token, properties, depth);
  state.anchors.set(name, { value, values: state.values - values, depth: state.deepest - depth });
  state.deepest = Math.max(state.deepest, deepest);
  return value;
}

/** The value that an alias repeats: the same object, so that its places are where it was written. */
function repeated(state: State, { source, offset, end }: CST.FlowScalar, depth: number): Value {
  const found = aliased(state, source, offset);
  checkEnd(end, state.fail);
  state.end = offset + source.length;
  if (!found) return nothing(state, offset);
  count(state, found.values, offset);
  state.deepest = Math.max(state.deepest, depth + found.depth);
  if (state.deepest > MAX_DEPTH) state.fail(BEYOND.depth, offset);
  return found.value;
}

/** Counts values, which the purse of the run pays for. */
function count(state: State, values: number, offset: number): void {
  state.values += values;
  state.purses.values.left -= values;
  if (state.values > MAX_YAML_VALUES) state.fail(BEYOND.aliases, offset);
  else if (state.purses.values.left < 0) state.fail(BEYOND.allValues, offset);
}

function aliased(state: State, source: string, offset: number): Anchored | undefined {
  const found = state.anchors.get(source.slice(1));
  if (!found) state.fail(source === "*" ? NO_NAME : "an alias has no anchor before it", offset);
  return found;
}

function taggedValue(state: State, token: CST.Token | null | undefined, properties: Properties, depth: number): Value {
  state.deepest = Math.max(state.deepest, depth);
  const tag = tagOf(state, properties);
  if (!token || isScalar(token)) return state.rules.scalar(scalarOf(state, token, properties.end, depth === 1), tag);
  switch (token.type) {
    case "block-map":
      return state.rules.collection(blockMapping(state, token, depth), tag, false);
    case "block-seq":
      return state.rules.collection(blockList(state, token, properties, depth), tag, false);
    case "flow-collection":
      return state.rules.collection(brackets(state, token, depth), tag, true);
    default:
      state.fail(UNEXPECTED, token.offset);
      return nothing(state, token.offset);
  }
}
