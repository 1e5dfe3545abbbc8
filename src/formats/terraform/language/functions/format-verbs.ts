/** The verbs of a format, as Go's `fmt` has them. */

import type { Piece } from "../../../../syntax/value.ts";
import { integerOf, toDigits } from "../evaluate/arithmetic.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { graphemesOf } from "../evaluate/graphemes.ts";
import { encodeJson, encodeString } from "../evaluate/json-encode.ts";
import { interpolated } from "../evaluate/text.ts";
import { ANY, BOOL, isPrimitive, NUMBER, STRING } from "../evaluate/types.ts";
import { isWhollyKnown, type TerraformNumber, type TerraformValue } from "../evaluate/values.ts";

/** More digits than any number has, and than anybody pads to. */
const MAX_WIDTH = 10_000;

export interface Verb {
  /** Characters of the verb in the format. */
  readonly length: number;
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  /** The argument it formats, counted from 1. */
  readonly argument: number;
  readonly mode: string;
}

const VERB = /%([0#\-+ ]*)([1-9]\d*)?(?:\.(\d*))?(?:\[([1-9]\d*)\])?([bdeEfgGoqstvxX])/y;

/** The verb that begins at an offset. `next` is the argument of a verb that names none. @throws Complaint */
export function readVerb(source: string, offset: number, next: number): Verb {
  VERB.lastIndex = offset;
  const match = VERB.exec(source);
  if (match === null) throw new Complaint("argument");
  const [raw, flags = "", width, precision, argument = next, mode = ""] = match;
  if (Number(width ?? 0) > MAX_WIDTH || Number(precision ?? 0) > MAX_WIDTH) throw new Complaint("limit");
  return {
    length: raw.length,
    flags,
    width: width === undefined ? undefined : Number(width),
    precision: precision === undefined ? undefined : Number(precision),
    argument: Number(argument),
    mode,
  };
}

/**
 * The value as the verb formats it, undefined where that is not known. An unknown value in a plain `%s`, `%v` or `%d`
 * is a hole. Numbers in other bases and with digits after the point are not computed here.
 */
export function formatted(verb: Verb, value: TerraformValue, at: Piece["at"]): readonly Piece[] | undefined {
  const plain = verb.flags === "" && verb.width === undefined && verb.precision === undefined;
  if (!isWhollyKnown(value)) {
    const { type = ANY } = value.kind === "unknown" ? value : {};
    const single = value.kind === "text" || (value.kind === "unknown" && (type.is === "any" || isPrimitive(type)));
    return plain && single && /[svd]/.test(verb.mode) ? interpolated(value, at) : undefined;
  }
  if (verb.mode !== "v" && value.kind === "null") throw new Complaint("null");
  switch (verb.mode) {
    case "v":
      return plain && value.kind === "text" ? interpolated(value, at) : made(pad(verb, verbatim(verb, value)), at);
    case "s":
    case "q": {
      const converted = convert(value, STRING);
      if (plain && verb.mode === "s") return interpolated(converted, at);
      const whole = converted.kind === "text" ? converted.value : "";
      const shown = verb.precision ? whole.slice(0, graphemesOf(whole)[verb.precision - 1]) : whole;
      return made(pad(verb, verb.mode === "q" ? encodeString(shown) : shown), at);
    }
    case "t":
      return interpolated(convert(value, BOOL), at);
    case "d": {
      const converted = convert(value, NUMBER);
      return converted.kind === "number" ? made(integer(verb, converted), at) : undefined;
    }
    default:
      return undefined;
  }
}

function made(value: string, at: Piece["at"]): readonly Piece[] {
  return value === "" ? [] : [{ text: value, at, value: { kind: "text", value, at } }];
}

/** `%v`: a string or number as it is, anything else as JSON. */
function verbatim(verb: Verb, value: TerraformValue): string {
  if (verb.flags.includes("#") || (value.kind !== "text" && value.kind !== "number")) return encodeJson(value);
  return value.kind === "text" ? value.value : shortest(value);
}

/** Go's `%g`: large and small numbers have an exponent of at least two digits. */
function shortest(number: TerraformNumber): string {
  const size = Math.abs(number.value);
  if (size === 0 || (size >= 1e-4 && size < 1e6)) return toDigits(number);
  return number.value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

/** Widths count characters, not code points. */
function pad(verb: Verb, value: string): string {
  const missing = (verb.width ?? 0) - graphemesOf(value).length;
  if (missing <= 0) return value;
  const padding = (verb.flags.includes("0") ? "0" : " ").repeat(missing);
  return verb.flags.includes("-") ? value + padding : padding + value;
}

/** A whole number: zeros go behind the sign, spaces around it all. */
function integer({ flags, width = 0, precision }: Verb, number: TerraformNumber): string {
  const value = integerOf(number);
  if (value === undefined) throw new Complaint("type");
  const digits = String(Math.abs(value)).padStart(precision ?? 0, "0");
  const sign = value < 0 ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  if (flags.includes("-")) return (sign + digits).padEnd(width);
  const zeros = flags.includes("0") && precision === undefined;
  return zeros ? sign + digits.padStart(width - sign.length, "0") : (sign + digits).padStart(width);
}
