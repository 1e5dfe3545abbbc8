/** String functions. Those that only take a part of a string keep the places of what is left. */

import { holdsText } from "../../../../facts/alike.ts";
import { canSplit, holes, isLiteral, knownEnds } from "../../../../facts/text.ts";
import { isAscii } from "../../../../syntax/hcl/origin.ts";
import { spacesAtEnd, spacesAtStart } from "../../../../syntax/hcl/space.ts";
import { piecesOf, slicePieces } from "../../../../syntax/text.ts";
import type { Piece } from "../../../../syntax/value.ts";
import { spendText } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec, Parameter } from "../evaluate/function-spec.ts";
import { graphemesOf } from "../evaluate/graphemes.ts";
import { isSorted } from "../evaluate/sets.ts";
import { onSidesOfList } from "../evaluate/sides.ts";
import { sliceText, textOfPieces } from "../evaluate/text.ts";
import { BOOL, listOf, STRING } from "../evaluate/types.ts";
import {
  booleanOf,
  compareText,
  isSeveral,
  type TerraformText,
  type TerraformValue,
  textOf,
} from "../evaluate/values.ts";
import { holed, integerAt, listAt, listOfType, number, parameter, text, textAt } from "./arguments.ts";

function lettered(name: string, change: (value: string) => string): FunctionSpec {
  return {
    parameters: [text],
    returns: STRING,
    run: (values, call) => {
      const { value } = textAt(values, 0);
      return isAscii(value) ? made(change(value), call) : derived(name, values, call.at, STRING);
    },
  };
}

/** A new text, normalised and paid for. */
export function made(value: string, { at, budget }: Call): TerraformText {
  spendText(budget, value.length);
  return textOf(value.normalize("NFC"), at);
}

type Cut = (value: string, other: string) => readonly [start: number, end: number];
/** Whether the cut of a string with holes is certain. A hole at an edge may begin or end with anything. */
type Certain = (value: string, other: string, cut: readonly [start: number, end: number]) => boolean;

/** Takes what is between two offsets of the first argument, in its place. */
function cutting(name: string, second: readonly Parameter[], cut: Cut, certain: Certain): FunctionSpec {
  return {
    parameters: [holed, ...second],
    returns: STRING,
    run: (values, { at }) => {
      const subject = textAt(values, 0);
      const other = second.length === 0 ? "" : textAt(values, 1).value;
      const [start, end] = cut(subject.value, other);
      if (isLiteral(subject.value) || certain(subject.value, other, [start, end]))
        return sliceText(subject, start, end);
      return derived(name, values, at, STRING);
    },
  };
}

/**
 * What was cut off is literal, and so are the characters that are at the edges now, or they are the letters and digits
 * at the end of an ARN.
 */
const literalEdges: Certain = (value, other, [start, end]) => {
  const [first, last] = knownEnds(value);
  const known = value.length - last.length;
  const isSuffix = holes(value).at(-1)?.width === "suffix" && !/[a-z\d]/i.test(other);
  return start < first.length && (end > known || (end === known && isSuffix));
};

function literalEnd(value: string, start: boolean): string {
  return knownEnds(value)[start ? 0 : 1];
}

/** Whether it can be decided from the literal characters at one end that a string begins or ends with another. */
function isToldBy(value: string, other: string, start: boolean): boolean {
  const known = literalEnd(value, start);
  return known.length >= other.length || !(start ? other.startsWith(known) : other.endsWith(known));
}

/** `startswith` and `endswith` can often be decided although the middle is not known. */
function edgeTest(name: string, start: boolean): FunctionSpec {
  return {
    parameters: [holed, text],
    returns: BOOL,
    run: (values, { at }) => {
      const subject = textAt(values, 0).value;
      const edge = textAt(values, 1).value;
      const starts = start ? holdsText(subject, edge, "start") : undefined;
      if (starts !== undefined) return booleanOf(starts, at);
      if (!isToldBy(subject, edge, start)) return derived(name, values, at, BOOL);
      return booleanOf(start ? subject.startsWith(edge) : subject.endsWith(edge), at);
    },
  };
}

function trimSpace(value: string): readonly [number, number] {
  const start = spacesAtStart(value);
  return [start, Math.max(start, value.length - spacesAtEnd(value))];
}

function trim(value: string, characters: string): readonly [number, number] {
  const set = new Set(characters);
  const all = [...value];
  let first = 0;
  let last = all.length;
  while (first < last && set.has(all[first] ?? "")) first++;
  while (last > first && set.has(all[last - 1] ?? "")) last--;
  const start = all.slice(0, first).join("").length;
  return [start, start + all.slice(first, last).join("").length];
}

function chomp(value: string): number {
  let end = value.length;
  while (end > 0 && (value.charAt(end - 1) === "\n" || value.charAt(end - 1) === "\r")) end--;
  return end;
}

function join(values: readonly TerraformValue[], call: Call): TerraformValue {
  const { at, budget } = call;
  const separator = textAt(values, 0);
  const lists = values.slice(1);
  if (lists.length === 0) throw new Complaint("argument");
  const vague = lists.findIndex((list) => list.kind === "list" && isSeveral(list));
  if (vague >= 0) {
    const make = (side: TerraformValue) => join([separator, ...lists.with(vague, side)], call);
    return onSidesOfList(listAt(lists, vague), make, derived("join", values, at, STRING));
  }
  const pieces: Piece[] = [];
  let length = 0;
  const add = (piece: Piece) => {
    length += piece.text.length;
    spendText(budget, length);
    pieces.push(piece);
  };
  let first = true;
  for (const [number] of lists.entries()) {
    for (const item of listAt(values, number + 1).items) {
      if (item.kind === "null") throw new Complaint("null");
      if (item.kind !== "text") return derived("join", values, at, STRING);
      if (!first && separator.value !== "") add({ text: separator.value, at: separator.at });
      first = false;
      if (item.value !== "") add({ text: item.value, at: item.at, value: item });
    }
  }
  return textOfPieces(pieces, at);
}

/** Splits a string. One with holes can be split where no hole can hold the separator. */
export function split(values: readonly TerraformValue[], call: Call): TerraformValue {
  const separator = textAt(values, 0).value;
  const subject = textAt(values, 1);
  const { value } = subject;
  if (!canSplit(value, separator)) return derived("split", values, call.at, listOf(STRING));
  const items: TerraformText[] = [];
  const pieces = piecesOf(subject);
  const add = (start: number, end: number) => items.push(textOfPieces(slicePieces(pieces, start, end), subject.at));
  if (separator === "") {
    for (let start = 0; start < value.length; ) {
      const end = start + ((value.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
      add(start, end);
      start = end;
    }
  } else {
    let start = 0;
    for (let end = value.indexOf(separator); end >= 0; end = value.indexOf(separator, start)) {
      add(start, end);
      start = end + separator.length;
    }
    add(start, value.length);
  }
  spendText(call.budget, value.length);
  return listOfType(items, STRING, call.at);
}

/** Puts spaces in front of each line but the first. */
function indent(values: readonly TerraformValue[], { at, budget }: Call): TerraformValue {
  const width = integerAt(values, 0);
  const subject = textAt(values, 1);
  if (width < 0) throw new Complaint("range");
  const lines = subject.value.split("\n").length;
  spendText(budget, subject.value.length + width * lines);
  const spaces: Piece = { text: " ".repeat(width), at };
  const indented = piecesOf(subject).flatMap((piece) => {
    const parts: Piece[] = [];
    let start = 0;
    for (let end = piece.text.indexOf("\n") + 1; end > 0; end = piece.text.indexOf("\n", start) + 1) {
      parts.push(...slicePieces([piece], start, end), spaces);
      start = end;
    }
    return [...parts, ...slicePieces([piece], start, piece.text.length)];
  });
  return textOfPieces(indented, at);
}

function substr(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const subject = textAt(values, 0);
  const offset = integerAt(values, 1);
  const length = integerAt(values, 2);
  const ends = graphemesOf(subject.value);
  const start = offset < 0 ? offset + ends.length : offset;
  if (offset >= 0 && length === 0) return textOf("", at);
  if (offset > 0 && start >= ends.length) return textOf("", at);
  const from = Math.max(start, 0);
  // A length of 0 behind a negative offset never stops, as in Terraform.
  const to = length > 0 ? from + length : ends.length;
  const edge = (index: number) => (index === 0 ? 0 : (ends[Math.min(index, ends.length) - 1] ?? 0));
  return sliceText(subject, edge(from), edge(to));
}

export const stringFunctions: Readonly<Record<string, FunctionSpec>> = {
  chomp: cutting("chomp", [], (value) => [0, chomp(value)], literalEdges),
  endswith: edgeTest("endswith", false),
  startswith: edgeTest("startswith", true),
  strcontains: {
    parameters: [holed, text],
    returns: BOOL,
    run: (values, { at }) => {
      const isThere = holdsText(textAt(values, 0).value, textAt(values, 1).value, "anywhere");
      return isThere === undefined ? derived("strcontains", values, at, BOOL) : booleanOf(isThere, at);
    },
  },
  join: {
    parameters: [text],
    rest: parameter(listOf(STRING), { known: "outside" }),
    returns: STRING,
    run: join,
  },
  indent: { parameters: [number, text], returns: STRING, run: indent },
  lower: lettered("lower", (value) => value.toLowerCase()),
  upper: lettered("upper", (value) => value.toUpperCase()),
  title: lettered("title", (value) => value.replace(/(?<!\w)[a-z]/g, (letter) => letter.toUpperCase())),
  split: { parameters: [text, holed], returns: listOf(STRING), run: split },
  sort: {
    parameters: [parameter(listOf(STRING), { known: "outside" })],
    returns: listOf(STRING),
    run: (values, { at }) => {
      const list = listAt(values, 0);
      if (list.items.some((item) => item.kind === "null")) throw new Complaint("null");
      const texts = list.items.flatMap((item) => (item.kind === "text" ? item : []));
      const sorted = texts.toSorted((a, b) => compareText(a.value, b.value));
      const others = list.items.filter((item) => item.kind !== "text");
      const made = listOfType([...sorted, ...others], STRING, at);
      return others.length === 0 && isSorted(sorted.map(({ value }) => value)) ? made : { ...made, unordered: list };
    },
  },
  substr: { parameters: [text, number, number], returns: STRING, run: substr },
  trim: cutting("trim", [text], trim, literalEdges),
  trimspace: cutting("trimspace", [], trimSpace, literalEdges),
  trimprefix: cutting(
    "trimprefix",
    [text],
    (value, prefix) => [value.startsWith(prefix) ? prefix.length : 0, value.length],
    (value, prefix) => isToldBy(value, prefix, true),
  ),
  trimsuffix: cutting(
    "trimsuffix",
    [text],
    (value, suffix) => [0, value.length - (value.endsWith(suffix) ? suffix.length : 0)],
    (value, suffix) => isToldBy(value, suffix, false),
  ),
};
