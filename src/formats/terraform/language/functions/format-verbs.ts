/** The verbs of a format, as Go's `fmt` has them. */

import type { Piece } from "../../../../syntax/value.ts";
import { integerOf, toDigits } from "../evaluate/arithmetic.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { encodeJson, encodeString } from "../evaluate/json-encode.ts";
import { interpolated } from "../evaluate/text.ts";
import { ANY, BOOL, isPrimitive, NUMBER, STRING } from "../evaluate/types.ts";
import { isWhollyKnown, type TerraformNumber, type TerraformValue } from "../evaluate/values.ts";

/** More digits than any number has, and than anybody pads to. */
const MAX_WIDTH = 10_000;

export interface Verb {
  readonly length: number;
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
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
  if (verb.mode === "d") return integer(verb, convert(value, NUMBER), at);
  if (!plain) return undefined;
  switch (verb.mode) {
    case "v":
      if (value.kind === "text") return interpolated(value, at);
      return value.kind === "number" ? decimal(value, at) : made(encodeJson(value), at);
    case "s":
      return interpolated(convert(value, STRING), at);
    case "q": {
      const converted = convert(value, STRING);
      return converted.kind === "text" ? made(encodeString(converted.value), at) : undefined;
    }
    case "t":
      return interpolated(convert(value, BOOL), at);
    default:
      return undefined;
  }
}

function made(value: string, at: Piece["at"]): readonly Piece[] {
  return value === "" ? [] : [{ text: value, at, value: { kind: "text", value, at } }];
}

/** Go writes larger and smaller numbers with an exponent. */
function decimal(number: TerraformNumber, at: Piece["at"]): readonly Piece[] | undefined {
  const size = Math.abs(number.value);
  return size === 0 || (size >= 1e-4 && size < 1e6) ? made(toDigits(number), at) : undefined;
}

/** A whole number, filled up with spaces or zeros to a width. Other ways to write it are not computed here. */
function integer(
  { flags, width = 0, precision }: Verb,
  number: TerraformValue,
  at: Piece["at"],
): readonly Piece[] | undefined {
  if (number.kind !== "number") return undefined;
  const value = integerOf(number);
  if (value === undefined) throw new Complaint("type");
  const digits = String(value);
  if (digits.length >= width && flags === "" && precision === undefined) return made(digits, at);
  if (value < 0 || precision !== undefined || !/^0?$/.test(flags)) return undefined;
  return made(digits.padStart(width, flags === "0" ? "0" : " "), at);
}
