import { hasWideHole, isLiteral, knownEnds, knownRuns } from "../../../../facts/text.ts";
import { piecesOf, slicePieces } from "../../../../syntax/text.ts";
import type { Piece } from "../../../../syntax/value.ts";
import { spendText } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { sliceText, textOfPieces } from "../evaluate/text.ts";
import { STRING, type Type } from "../evaluate/types.ts";
import type { TerraformText, TerraformUnknown, TerraformValue } from "../evaluate/values.ts";
import { holed, listOfType, text, textAt, tuple } from "./arguments.ts";
import { compilePattern, expand, findAll, findMatch, isEmpty, type Match, type Pattern } from "./patterns.ts";

/** A function of a pattern and a string; groups must all be named, or none. */
function matching(
  name: string,
  run: (pattern: Pattern, subject: TerraformText, call: Call) => TerraformValue,
  ofHoles: (unknown: TerraformUnknown, matches: boolean) => TerraformValue,
) {
  const spec: FunctionSpec = {
    parameters: [text, holed],
    run: (values, call) => {
      const source = textAt(values, 0).value;
      const pattern = compilePattern(source);
      if (pattern === undefined) return derived(name, values, call.at);
      const { value } = textAt(values, 1);
      if (!isLiteral(value)) return ofHoles(derived(name, values, call.at), matchesKnown(source, pattern, value, call));
      const unnamed = pattern.names.filter((group) => group === "").length;
      if (unnamed > 0 && unnamed < pattern.names.length) throw new Complaint("argument");
      return run(pattern, textAt(values, 1), call);
    },
  };
  return spec;
}

/** Whether a pattern without any condition on what follows matches something that is known of a string. */
function matchesKnown(source: string, pattern: Pattern, value: string, { budget }: Call): boolean {
  const plain = source.replace(/\\\W|\[\^?\]?[^\][]*\]/g, "").replaceAll("(?:", "");
  if (/[$]|\(\?|\\[ABCQbpPz]|(?<!^)\^/.test(plain)) return false;
  const runs = plain.startsWith("^") ? knownEnds(value).slice(0, 1) : knownRuns(value);
  return runs.some((run) => findMatch(pattern, run, 0, budget) !== undefined);
}

/** The whole match, or its groups: a tuple of them, or an object when they have names. */
function resultOf({ names }: Pattern, subject: TerraformText, match: Match, { at }: Call): TerraformValue {
  const part = (index: number): TerraformValue => {
    const [start = -1, end = -1] = match.slice(index * 2);
    if (start < 0 || end < 0) return { kind: "null", at, type: STRING };
    return { ...sliceText(subject, start, end), at: subject.at };
  };
  if (names.length === 0) return part(0);
  const parts = names.map((_, index) => part(index + 1));
  if (names[0] === "") return tuple(parts, at);
  const entries = names.map((key, index) => ({ key, keyAt: at, value: parts[index] ?? part(0) }));
  return { kind: "object", entries, at };
}

function resultType({ names }: Pattern): Type {
  if (names.length === 0) return STRING;
  if (names[0] === "") return { is: "tuple", elements: names.map(() => STRING) };
  return { is: "object", attributes: new Map(names.map((name) => [name, STRING])) };
}

/** The occurrences of a plain text; the empty one is everywhere. */
function occurrences(subject: string, search: string): readonly Match[] {
  if (search === "") return [[0, 0]];
  const found: Match[] = [];
  for (let at = subject.indexOf(search); at >= 0; at = subject.indexOf(search, at + search.length)) {
    found.push([at, at + search.length]);
  }
  return found;
}

/** Replaces a plain text, or what a pattern between slashes matches. */
function replace(values: readonly TerraformValue[], call: Call): TerraformValue {
  const subject = textAt(values, 0);
  const search = textAt(values, 1).value;
  const replacement = textAt(values, 2);
  if (!isLiteral(subject.value) && !isSafe(subject.value, search)) return derived("replace", values, call.at, STRING);
  const between = search.length > 1 && search.startsWith("/") && search.endsWith("/");
  const pattern = between ? compilePattern(search.slice(1, -1)) : undefined;
  if (between && pattern === undefined) return derived("replace", values, call.at, STRING);
  const found = pattern ? findAll(pattern, subject.value, call.budget) : occurrences(subject.value, search);
  // Where matches are empty is not computed. Nothing in the place of nothing changes nothing.
  if (replacement.value !== "" && found.some(isEmpty)) return derived("replace", values, call.at, STRING);
  if (found.length === 0) return subject;
  const pieces = piecesOf(subject);
  const result: Piece[] = [];
  let position = 0;
  let length = 0;
  for (const match of found) {
    const [start = 0, end = 0] = match;
    for (const piece of slicePieces(pieces, position, start)) result.push(piece);
    const put = pattern ? expand(replacement.value, pattern, subject.value, match) : replacement.value;
    if (put !== "") result.push({ text: put, at: replacement.at, ...(pattern ? {} : { value: replacement }) });
    length += start - position + put.length;
    spendText(call.budget, length);
    position = end;
  }
  for (const piece of slicePieces(pieces, position, subject.value.length)) result.push(piece);
  return textOfPieces(result, subject.at, subject.sensitive ?? replacement.sensitive);
}

const colons = (text: string) => text.split(":").length;

const FILLED_IN =
  /^(?:__\w+__|[A-Z][A-Z\d]*_[A-Z\d_]+|\$\{?\w+\}?|\{\{ *\w+ *\}\}|<[\w-]+>|@@?\w+@@?|%%?\w+%%?|##?\w+##?)$/;

/**
 * Whether a replacement in a string with holes is certain. Narrow holes contain no colon, so colons are found in
 * literal text only, and `[^:]+` matches a hole completely. That is enough to strip a JSON key from a reference. So is
 * an end that begins with a colon, where as many colons are behind the last hole. What reads like a place to fill in is
 * in no name or id.
 */
function isSafe(subject: string, search: string): boolean {
  if (hasWideHole(subject)) return false;
  const [, end] = /^\/(:[\w:-]*)\$\/$/.exec(search) ?? [];
  if (end && colons(knownEnds(subject)[1]) >= colons(end)) return true;
  return FILLED_IN.test(search) || search === ":" || /^\/\^?(?::|\[\^:\][+*]?)+\$?\/$/.test(search);
}

export const regexFunctions: Readonly<Record<string, FunctionSpec>> = {
  regex: matching(
    "regex",
    (pattern, subject, call) => {
      const match = findMatch(pattern, subject.value, 0, call.budget);
      if (match === undefined) throw new Complaint("argument");
      return resultOf(pattern, subject, match, call);
    },
    (unknown, matches) => ({ ...unknown, ...(matches && { accepted: true }) }),
  ),
  regexall: matching(
    "regexall",
    (pattern, subject, call) => {
      const matches = findAll(pattern, subject.value, call.budget);
      if (matches.some(isEmpty)) return derived("regexall", [subject], call.at);
      const items = matches.map((match) => resultOf(pattern, subject, match, call));
      return listOfType(items, resultType(pattern), call.at);
    },
    (unknown, matches) =>
      matches
        ? tuple(
            [
              { ...unknown, name: `${unknown.name}[0]` },
              { ...unknown, several: true },
            ],
            unknown.at,
          )
        : unknown,
  ),
  replace: { parameters: [holed, text, holed], returns: STRING, run: replace },
};
