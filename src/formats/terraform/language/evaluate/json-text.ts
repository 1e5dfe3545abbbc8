/**
 * JSON in a text that a template put together: every value where it is written, holes where something is not known, and a value
 * that `jsonencode` made as it was given to it.
 */

import type { Reason } from "../../../../facts/causes.ts";
import type { Place } from "../../../../source.ts";
import { parseNumber } from "./arithmetic.ts";
import { type Located, locate, textOfPieces } from "./text.ts";
import { firstOf, type Piece, type TerraformEntry, type TerraformText, type TerraformValue } from "./values.ts";

/** Deeper nesting than that is no document of anybody's. */
const MAX_JSON_DEPTH = 200;
const UNKNOWN = "the template has a part here that is not known";

interface Source {
  readonly value: string;
  readonly at: Place;
  readonly pieces: readonly Piece[];
}

/** Where JSON ends being JSON. Internal: it becomes undefined. */
class NoJson extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super("no JSON");
    this.offset = offset;
  }
}

/** The list or object that the text spells, undefined when it spells none. */
export function jsonOf(source: Source): TerraformValue | undefined {
  if (!/^\s*[[{⟨]/.test(source.value)) return undefined;
  try {
    return parseJson(source);
  } catch (error) {
    if (error instanceof NoJson) return undefined;
    throw error;
  }
}

/** Any JSON document; `{ offset }` of the first character that can't be read when it is none. */
export function jsonOrError(source: Source): TerraformValue | { readonly offset: number } {
  try {
    return parseJson(source);
  } catch (error) {
    if (error instanceof NoJson) return { offset: error.offset };
    throw error;
  }
}

function parseJson(source: Source): TerraformValue {
  const reader = createReader(source);
  const value = reader.value(0);
  reader.end();
  return value;
}

interface Reader {
  readonly value: (depth: number) => TerraformValue;
  readonly end: () => void;
}

function createReader({ value: text, at: whole, pieces }: Source): Reader {
  const located = locate(pieces, whole);
  const { place, pieceAt, emptyMark } = located;
  let position = 0;

  const fail = (): never => {
    throw new NoJson(position);
  };
  const skip = () => {
    while (/[ \t\r\n]/.test(text.charAt(position))) position++;
  };
  const next = (): string => {
    skip();
    return text.charAt(position);
  };
  const expect = (character: string) => {
    if (next() !== character) fail();
    position++;
  };

  /** The value of a run that begins here, when it is more than its characters: something encoded, something unknown. */
  const wholePiece = (): TerraformValue | undefined => {
    const { piece, start } = pieceAt(position);
    if (piece?.value === undefined || start !== position) return undefined;
    const { value } = piece;
    const found = value.kind === "unknown" ? value : value.kind === "text" ? value.json?.() : undefined;
    if (found !== undefined) position += piece.text.length;
    return found;
  };

  const value = (depth: number): TerraformValue => {
    const character = next();
    if (depth > MAX_JSON_DEPTH) return fail();
    const encoded = wholePiece();
    if (encoded !== undefined) return encoded;
    if (character === "{") return object(depth);
    if (character === "[") return list(depth);
    if (character === '"') return string();
    if (character === "⟨") return holeHere();
    return scalar();
  };

  const holeHere = (): TerraformValue => {
    const end = text.indexOf("⟩", position) + 1;
    if (end === 0) return fail();
    const start = position;
    position = end;
    const { piece } = pieceAt(start);
    const name = text.slice(start, end).replace(/[⟨⟩#*]/g, "");
    const known = piece?.value?.kind === "unknown" ? piece.value : undefined;
    return known ?? { kind: "unknown", name, why: UNKNOWN, at: place(start, end) };
  };

  const scalar = (): TerraformValue => {
    const match = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/.exec(
      text.slice(position, position + 400),
    );
    if (match === null) return fail();
    const [word] = match;
    const at = place(position, position + word.length);
    position += word.length;
    if (word === "null") return { kind: "null", at };
    if (word === "true" || word === "false") return { kind: "boolean", value: word === "true", at };
    return parseNumber(word, at) ?? fail();
  };

  /**
   * The end of the string that begins here, after its closing quote. Quotes inside a value that was put in count as well, but not those
   * of a hole's name, such as `⟨aws_iam_role.all["a"]⟩`.
   */
  const stringEnd = (): number => {
    for (let index = position + 1; index < text.length; index++) {
      const character = text.charAt(index);
      if (character === "\\") index++;
      else if (character === "⟨") index = Math.max(index, text.indexOf("⟩", index));
      else if (character === '"') return index + 1;
      else if (character < " ") {
        position = index;
        return fail();
      }
    }
    position = text.length;
    return fail();
  };

  const string = (): TerraformText => {
    const start = position;
    const end = stringEnd();
    position = end;
    const content = unescaped(text, start + 1, end - 1, located);
    if (content === undefined) {
      position = start;
      return fail();
    }
    const mark = firstOf(content, (piece) => piece.value?.sensitive);
    return textOfPieces(content, place(start, end), mark ?? emptyMark(start, end));
  };

  const list = (depth: number): TerraformValue => {
    const start = position++;
    const items: TerraformValue[] = [];
    let loose = true;
    while (next() !== "]") {
      if (!loose && text.charAt(position) !== "⟨") expect(",");
      if (loose && items.length > 0 && text.charAt(position) === ",") position++;
      const item = value(depth + 1);
      loose = item.kind === "unknown" && isLoose(text, start, position);
      items.push(loose && item.kind === "unknown" ? { ...item, several: true } : item);
    }
    position++;
    return { kind: "list", items, at: place(start, position) };
  };

  const object = (depth: number): TerraformValue => {
    const start = position++;
    const entries: TerraformEntry[] = [];
    let open: Reason | undefined;
    while (next() !== "}") {
      if (text.charAt(position) === "⟨") {
        const unknown = holeHere();
        open = unknown.kind === "unknown" ? unknown.why : UNKNOWN;
        if (next() === ",") position++;
        continue;
      }
      if (entries.length > 0 && open === undefined) expect(",");
      if (next() === "⟨") continue;
      if (next() !== '"') fail();
      const key = string();
      expect(":");
      entries.push({ key: key.value, keyAt: key.at, value: value(depth + 1) });
      if (open !== undefined && next() === ",") position++;
    }
    position++;
    const at = place(start, position);
    return open === undefined ? { kind: "object", entries, at } : { kind: "object", entries, at, open };
  };

  return {
    value,
    end: () => {
      skip();
      if (position < text.length) fail();
    },
  };
}

/** Whether the hole that ends here does not stand between commas like an item: it may be any number of items, commas included. */
function isLoose(text: string, listStart: number, end: number): boolean {
  const start = text.lastIndexOf("⟨", end);
  const before =
    text
      .slice(Math.max(listStart, start - 200), start)
      .trimEnd()
      .at(-1) ?? "";
  const after = text
    .slice(end, end + 200)
    .trimStart()
    .charAt(0);
  return (before !== "," && before !== "[") || (after !== "," && after !== "]") || (before === "[" && after === "]");
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  '"': '"',
  "\\": "\\",
  "/": "/",
};

/** The runs of a string's content, its escape sequences replaced; undefined when one of them is none. */
function unescaped(
  text: string,
  start: number,
  end: number,
  { pieceAt, place }: Located,
): readonly Piece[] | undefined {
  const found: Piece[] = [];
  for (let position = start; position < end; ) {
    const { piece, start: pieceStart } = pieceAt(position);
    const pieceEnd = Math.min(end, pieceStart + (piece?.text.length ?? end));
    if (piece?.value !== undefined && pieceStart === position && pieceEnd - pieceStart === piece.text.length) {
      if (!piece.text.includes("\\")) {
        found.push(piece);
        position = pieceEnd;
        continue;
      }
    }
    if (text.charAt(position) === "\\") {
      const sequence = readEscape(text, position, end);
      if (sequence === undefined) return undefined;
      found.push({ text: sequence.text, at: place(position, sequence.end) });
      position = sequence.end;
      continue;
    }
    const backslash = text.indexOf("\\", position);
    const until = backslash < 0 ? pieceEnd : Math.min(pieceEnd, backslash);
    found.push({ text: text.slice(position, until), at: place(position, until) });
    position = until;
  }
  return found;
}

function readEscape(text: string, position: number, end: number): { text: string; end: number } | undefined {
  const match = /\\(?:u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|(["\\/bfnrt]))/y;
  match.lastIndex = position;
  const [whole, first, second, letter] = match.exec(text) ?? [];
  if (whole === undefined || position + whole.length > end) return undefined;
  if (letter !== undefined) return { text: ESCAPES[letter] ?? letter, end: position + 2 };
  const high = Number.parseInt(first ?? "", 16);
  if (second !== undefined && high >= 0xd800 && high < 0xdc00) {
    return { text: String.fromCharCode(high, Number.parseInt(second, 16)), end: position + 12 };
  }
  return { text: String.fromCharCode(high).toWellFormed(), end: position + 6 };
}
