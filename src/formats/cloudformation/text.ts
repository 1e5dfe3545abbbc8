/** Texts that functions put together, and values compared and named by what they say. */

import { hash } from "../../facts/hash.ts";
import { hole, holes, isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { joined, offsetsOf } from "../../syntax/text.ts";
import type { Mark, Piece, TextValue, Value } from "../../syntax/value.ts";
import { doubt, exhausted, MAX_TEXT, type Scope, type Unknown, unknown } from "./scope.ts";
import { withStored } from "./stored.ts";

/** What a scalar is inside a string: unknown values are wide holes. Undefined for lists and objects. */
export function textOf(value: Value): string | undefined {
  switch (value.kind) {
    case "text":
      return value.value;
    case "number":
      return numberText(value.value, value.at);
    case "boolean":
      return String(value.value);
    case "null":
      return "";
    case "unknown":
      return hole(value.name, "wide");
    case "list":
    case "object":
      return undefined;
  }
}

/** YAML reads 012345678901 as a number, but CloudFormation gives it as it is written. */
function numberText(value: number, at: Place): string {
  const written = at.end - at.start <= 40 ? at.file.text.slice(at.start, at.end) : "";
  return /^[-+]?\d+(?:\.\d+)?$/.test(written) && Number(written) === value ? written : String(value);
}

/** The mark of what must not be shown, to be taken over by what is made of it. */
export function marked({ sensitive }: { readonly sensitive?: Mark }): { readonly sensitive?: Mark } {
  return sensitive ? { sensitive } : {};
}

/** A scalar as a piece, undefined for lists and objects. */
export function pieceOf(value: Value): Piece | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  return {
    text,
    at: value.at,
    ...(value.kind === "text" && value.offsets ? { offsets: value.offsets } : {}),
    ...(value.kind === "text" && value.pieces ? { value } : {}),
    ...marked(value),
  };
}

/**
 * The text that the pieces make, placed at `at`. A piece that does not stand literally in the file is mapped as a
 * whole to where it is. Unknown when it gets too long.
 */
export function compose(scope: Scope, pieces: readonly Piece[], at: Place): TextValue | Unknown {
  const value = joined(pieces);
  // Holes are looked for again and again.
  const steps = 1 + (value.length >> (isLiteral(value) ? 6 : 3));
  const why = isTooLong(value) ? doubt(scope, "limit", "a string") : exhausted(scope, at, steps);
  if (why !== undefined) return unknown(scope, `text.${at.start}`, why, at, {}, { words: "a string" });
  const text: TextValue = {
    kind: "text",
    value,
    at,
    pieces,
    ...marked(pieces.find(({ sensitive }) => sensitive) ?? {}),
  };
  const isHere = pieces.every((piece) => piece.at.file === at.file);
  return withStored(isHere ? { ...text, offsets: () => offsetsOf(pieces, at) } : text, scope);
}

/** A text with so many holes was doubled and doubled again. */
const MOST_HOLES = 2_000;

function isTooLong(value: string): boolean {
  return (
    value.length > MAX_TEXT || (value.length > MOST_HOLES && !isLiteral(value) && holes(value).length > MOST_HOLES)
  );
}

/** The value as it is at another place, where it is referred to. */
export function moved(value: Value, at: Place): Value {
  switch (value.kind) {
    case "text":
      return { kind: "text", value: value.value, at, ...marked(value) };
    case "list":
      return { ...value, items: value.items.map((item) => moved(item, at)), at };
    case "object":
      return {
        ...value,
        entries: value.entries.map((entry) => ({ ...entry, keyAt: at, value: moved(entry.value, at) })),
        at,
      };
    default:
      return { ...value, at };
  }
}

export function sizeOf(value: Value): number {
  switch (value.kind) {
    case "list":
      return value.items.reduce((sum, item) => sum + sizeOf(item), 1);
    case "object":
      return value.entries.reduce((sum, { value: inner }) => sum + sizeOf(inner), 1);
    default:
      return 1;
  }
}

/**
 * What a value says, without places: equal for values that are equal. Also names an expression, since within one stack
 * an expression written alike is a value alike.
 */
export function saying(value: Value | undefined): string {
  if (value === undefined) return "nothing";
  switch (value.kind) {
    case "null":
      return "null";
    case "boolean":
    case "number":
      return String(value.value);
    case "text":
      return JSON.stringify(value.value);
    case "unknown":
      return `?${value.name}`;
    case "list":
      return `[${value.items.map(saying).join(",")}]`;
    case "object":
      return `{${value.entries.map(({ key, value: inner }) => `${JSON.stringify(key)}:${saying(inner)}`).join(",")}}${value.open ?? ""}`;
  }
}

/** No name of a hole gets longer: it is read by people too. */
const MAX_NAME = 120;

/**
 * A name for what a function gives when its result is not known: `Select(0,Ref(Subnets))`. Names are in reports and
 * facts, and text that is written in a template may be a secret: only names of the template's own things are taken
 * over, other text by its hash.
 */
export function callName(name: string, argument: Value): string {
  const written = brief({ key: name, value: argument });
  if (written.length <= MAX_NAME) return written;
  return `${name.replace("Fn::", "")}.${hash(saying(argument))}`;
}

/** Functions whose arguments are names. */
const OF_NAMES = new Set(["Ref", "Fn::GetAZs", "Fn::GetAtt", "Fn::ImportValue", "Fn::FindInMap", "Condition"]);

/** What is too short for a secret, and numbers and addresses. */
const HARMLESS = /^(?:.{0,5}|[\d./:]*)$/s;

function brief({ key, value }: { readonly key: string; readonly value: Value }): string {
  const [first, ...rest] = value.kind === "list" ? value.items : [value];
  const named = OF_NAMES.has(key);
  const parts = [
    ...(first ? [part(first, named || (key === "Fn::If" && value.kind === "list"))] : []),
    ...rest.map((item) => part(item, named)),
  ];
  return `${key.replace("Fn::", "")}(${parts.join(",")})`;
}

function part(value: Value, named: boolean): string {
  switch (value.kind) {
    case "text":
      return named || HARMLESS.test(value.value) ? value.value : hash(value.value);
    case "list":
      return value.items.map((item) => part(item, named)).join(",");
    case "object": {
      const [only] = value.entries;
      if (value.entries.length === 1 && only) return brief(only);
      return `{${value.entries.map(({ key, value: inner }) => `${key}=${part(inner, named)}`).join(",")}}`;
    }
    default:
      return saying(value);
  }
}

export function isKnown(value: Value): boolean {
  const text = textOf(value);
  return text !== undefined && isLiteral(text);
}

/** Whether a string surely has no colon: neither written nor inside a wide hole. */
export function hasNoColon(text: string): boolean {
  return !text.includes(":") && holes(text).every(({ width }) => width !== "wide");
}
