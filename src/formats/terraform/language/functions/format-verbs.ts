/** What each verb of a format makes of its argument, as Go's `fmt` does it. */
import { exactOf } from "../evaluate/arithmetic.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { graphemesOf } from "../evaluate/graphemes.ts";
import { encodeJson, encodeString } from "../evaluate/json-encode.ts";
import { isWhole, truncate } from "../evaluate/number.ts";
import { numberText } from "../evaluate/number-text.ts";
import { goQuote } from "../evaluate/quote.ts";
import { interpolated } from "../evaluate/text.ts";
import { BOOL, NUMBER, STRING } from "../evaluate/types.ts";
import type { Piece, TerraformNumber, TerraformValue } from "../evaluate/values.ts";

export interface Verb {
  readonly raw: string;
  readonly offset: number;
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly argument: number;
  readonly mode: string;
}

export function formatted(verb: Verb, value: TerraformValue, at: Piece["at"]): readonly Piece[] {
  if (verb.mode !== "v" && value.kind === "null")
    throw new Complaint(unsupported(verb, "null value cannot be formatted"));
  const plain = verb.flags === "" && verb.width === undefined && verb.precision === undefined;
  switch (verb.mode) {
    case "v":
      if (plain && value.kind === "text") return interpolated(value, at);
      return made(pad(verb, verbatim(verb, value)), at);
    case "s":
    case "q": {
      const converted = converting(verb, value, STRING);
      if (plain && verb.mode === "s") return interpolated(converted, at);
      const whole = converted.kind === "text" ? converted.value : "";
      const shown = verb.precision ? whole.slice(0, graphemesOf(whole)[verb.precision - 1]) : whole;
      return made(pad(verb, verb.mode === "q" ? encodeString(shown) : shown), at);
    }
    case "t":
      return interpolated(converting(verb, value, BOOL), at);
    case "b":
    case "d":
    case "o":
    case "x":
    case "X":
      return made(integer(verb, numeric(verb, value)), at);
    case "e":
    case "E":
    case "f":
    case "g":
    case "G":
      return made(floating(verb, numeric(verb, value)), at);
    default:
      throw new Complaint(`unsupported format verb '${verb.mode}' in ${goQuote(verb.raw)} at offset ${verb.offset}`);
  }
}

function made(value: string, at: Piece["at"]): readonly Piece[] {
  return value === "" ? [] : [{ text: value, at, value: { kind: "text", value, at } }];
}

function unsupported(verb: Verb, why: string): string {
  return `unsupported value for ${goQuote(verb.raw)} at ${verb.offset}: ${why}`;
}

function converting(verb: Verb, value: TerraformValue, type: typeof STRING): TerraformValue {
  try {
    return convert(value, type);
  } catch (error) {
    if (error instanceof Complaint) throw new Complaint(unsupported(verb, error.message));
    throw error;
  }
}

function numeric(verb: Verb, value: TerraformValue): TerraformNumber {
  const converted = converting(verb, value, NUMBER);
  if (converted.kind !== "number") throw new Complaint(unsupported(verb, "number required"));
  return converted;
}

/** `%v`: a string or number as it is, anything else as JSON. */
function verbatim(verb: Verb, value: TerraformValue): string {
  if (!verb.flags.includes("#")) {
    if (value.kind === "text") return value.value;
    if (value.kind === "number") return numberText(exactOf(value), "g", -1);
  }
  return encodeJson(value);
}

/** Widths count characters, not code points. */
function pad(verb: Verb, value: string): string {
  const missingCount = (verb.width ?? 0) - graphemesOf(value).length;
  if (missingCount <= 0) return value;
  const padding = (verb.flags.includes("0") ? "0" : " ").repeat(missingCount);
  return verb.flags.includes("-") ? value + padding : padding + value;
}

const BASES = { b: 2, o: 8, d: 10, x: 16, X: 16 } as const;

const PREFIXES = { b: "0b", o: "0", d: "", x: "0x", X: "0X" } as const;

/** Whole numbers as Go's `big.Int` formats them. */
function integer(verb: Verb, value: TerraformNumber): string {
  const exact = exactOf(value);
  if (!isWhole(exact)) throw new Complaint(unsupported(verb, "an integer is required"));
  const mode = verb.mode as keyof typeof BASES;
  const whole = truncate(exact);
  const digits = (whole < 0n ? -whole : whole).toString(BASES[mode]);
  const shown = mode === "X" ? digits.toUpperCase() : digits;
  const prefix = verb.flags.includes("#") ? PREFIXES[mode] : "";
  const zeros = Math.max(0, (verb.precision ?? 0) - shown.length);
  return signed(verb, whole < 0n, prefix + "0".repeat(zeros) + shown, verb.precision === undefined, prefix.length);
}

/** Numbers with a fraction as Go's `big.Float` formats them. */
function floating(verb: Verb, value: TerraformNumber): string {
  const exact = exactOf(value);
  const style = verb.mode.toLowerCase() as "e" | "f" | "g";
  const precision = verb.precision ?? (style === "g" ? -1 : 6);
  const digits = numberText(exact, style, precision).replace(/^[-+]/, "");
  const shown = verb.mode === "E" || verb.mode === "G" ? digits.replace("e", "E") : digits;
  return signed(verb, exact.mantissa < 0n, shown, true, 0);
}

/** Sign and padding: zeros go behind the sign and a prefix, spaces around it all. */
function signed(verb: Verb, negative: boolean, digits: string, mayZero: boolean, prefix: number): string {
  const { flags, width = 0 } = verb;
  const sign = negative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const missingCount = Math.max(0, width - sign.length - digits.length);
  if (flags.includes("-")) return sign + digits + " ".repeat(missingCount);
  if (!flags.includes("0") || !mayZero) return " ".repeat(missingCount) + sign + digits;
  return sign + digits.slice(0, prefix) + "0".repeat(missingCount) + digits.slice(prefix);
}
