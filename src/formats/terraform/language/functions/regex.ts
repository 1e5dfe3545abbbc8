/** `regex`, `regexall` and `replace`. */

import { isLiteral } from "../../../../facts/text.ts";
import { spendText } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import { ArgumentComplaint, type Call, type FunctionSpec } from "../evaluate/function-spec.ts";
import { piecesOf, slicePieces, sliceText, textOfPieces } from "../evaluate/text.ts";
import { STRING, type Type } from "../evaluate/types.ts";
import type { Piece, TerraformText, TerraformValue } from "../evaluate/values.ts";
import { listOfType, parameter, text, textAt, tuple } from "./arguments.ts";
import { compileRegex, expand, findAll, findForReplace, findMatch, type Match, type Regex } from "./regex/match.ts";

/** Compiling is linear in the pattern; the same few patterns come again and again. */
const compiled = new Map<string, Regex>();
const MAX_REMEMBERED = 100;

function regexOf(pattern: string): Regex {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    regex = compileRegex(pattern);
    if (compiled.size >= MAX_REMEMBERED) compiled.clear();
    compiled.set(pattern, regex);
  }
  return regex;
}

/** The pattern of the first argument, and whether its groups are named. @throws Complaint */
function patternOf(values: readonly TerraformValue[]): Regex {
  try {
    const regex = regexOf(textAt(values, 0).value);
    const named = regex.names.filter((name) => name !== "").length;
    if (named > 0 && named < regex.names.length) {
      throw new Complaint("invalid regexp pattern: cannot mix both named and unnamed capture groups");
    }
    return regex;
  } catch (error) {
    if (error instanceof Complaint) throw new ArgumentComplaint(0, error.message);
    throw error;
  }
}

/** The whole match, or its groups: a tuple of them, or an object when they have names. */
function resultOf(regex: Regex, subject: TerraformText, match: Match, { at }: Call): TerraformValue {
  const part = (index: number): TerraformValue => {
    const start = match[index * 2] ?? -1;
    const end = match[index * 2 + 1] ?? -1;
    return start < 0 || end < 0
      ? { kind: "null", at, type: STRING }
      : { ...sliceText(subject, start, end), at: subject.at };
  };
  const { names } = regex;
  if (names.length === 0) return part(0);
  if (names[0] === "")
    return tuple(
      names.map((_, index) => part(index + 1)),
      at,
    );
  const groups = new Map(names.map((name, index) => [name, part(index + 1)]));
  return { kind: "object", entries: [...groups].map(([key, value]) => ({ key, keyAt: at, value })), at };
}

function resultType({ names }: Regex): Type {
  if (names.length === 0) return STRING;
  if (names[0] === "") return { is: "tuple", elements: names.map(() => STRING) };
  return { is: "object", attributes: new Map(names.map((name) => [name, STRING])) };
}

/** The matches of what `replace` looks for: a pattern between slashes, or a plain text. */
function occurrences(
  subject: string,
  search: string,
  { budget }: Call,
): readonly { readonly match: Match; readonly regex: Regex | undefined }[] {
  if (search.length > 1 && search.startsWith("/") && search.endsWith("/")) {
    const regex = regexOfReplace(search.slice(1, -1));
    return findForReplace(regex, subject, budget).map((match) => ({ match, regex }));
  }
  const found: { match: Match; regex: undefined }[] = [];
  if (search === "") {
    for (let at = 0; at <= subject.length; at += (subject.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
      found.push({ match: [at, at], regex: undefined });
    return found;
  }
  for (let at = subject.indexOf(search); at >= 0; at = subject.indexOf(search, at + search.length)) {
    found.push({ match: [at, at + search.length], regex: undefined });
  }
  return found;
}

function regexOfReplace(pattern: string): Regex {
  try {
    return regexOf(pattern);
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    throw new Complaint(
      error.message.replace("invalid regexp pattern: ", "error parsing regexp: ").replace(/ in (.*)$/s, ": `$1`"),
    );
  }
}

function replace(values: readonly TerraformValue[], call: Call): TerraformValue {
  const subject = textAt(values, 0);
  const search = textAt(values, 1).value;
  const replacement = textAt(values, 2);
  if (!isLiteral(subject.value) && !isSafe(subject.value, search)) return derived("replace", values, call.at, STRING);
  const found = occurrences(subject.value, search, call);
  if (found.length === 0) return subject;
  const pieces = piecesOf(subject);
  const result: Piece[] = [];
  let position = 0;
  let length = 0;
  for (const { match, regex } of found) {
    const [start = 0, end = 0] = match;
    for (const piece of slicePieces(pieces, position, start)) result.push(piece);
    const put = regex === undefined ? replacement.value : expand(replacement.value, regex, subject.value, match);
    if (put !== "") result.push({ text: put, at: replacement.at, ...(regex === undefined && { value: replacement }) });
    length += start - position + put.length;
    spendText(call.budget, length);
    position = end;
  }
  for (const piece of slicePieces(pieces, position, subject.value.length)) result.push(piece);
  return textOfPieces(result, subject.at, subject.sensitive ?? replacement.sensitive);
}

/**
 * Whether a replacement in a text with holes can be told: narrow holes stand for something without a colon, so a colon is found in
 * literal text only, and `[^:]+` takes a hole as a whole. That is enough for the idiom that strips a JSON key from a reference.
 */
function isSafe(subject: string, search: string): boolean {
  return !subject.includes("⟨*") && (search === ":" || /^\/\^?(?::|\[\^:\][+*]?)+\$?\/$/.test(search));
}

export const regexFunctions: Readonly<Record<string, FunctionSpec>> = {
  regex: {
    parameters: [text("pattern"), text("string")],
    run: (values, call) => {
      const regex = patternOf(values);
      const subject = textAt(values, 1);
      const match = findMatch(regex, subject.value, 0, call.budget);
      if (match === undefined) throw new Complaint("pattern did not match any part of the given string");
      return resultOf(regex, subject, match, call);
    },
  },
  regexall: {
    parameters: [text("pattern"), text("string")],
    run: (values, call) => {
      const regex = patternOf(values);
      const subject = textAt(values, 1);
      const matches = findAll(regex, subject.value, call.budget);
      return listOfType(
        matches.map((match) => resultOf(regex, subject, match, call)),
        resultType(regex),
        call.at,
      );
    },
  },
  replace: {
    parameters: [
      parameter("str", STRING, { known: "outside" }),
      text("substr"),
      parameter("replace", STRING, { known: "outside" }),
    ],
    returns: STRING,
    run: replace,
  },
};
