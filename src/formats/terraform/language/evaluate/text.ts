/** Texts of Terraform, which remember what they were put together from. */

import { hole } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import { isAscii } from "../../../../syntax/hcl/origin.ts";
import { joined, piecesOf, slicePieces, textFrom } from "../../../../syntax/text.ts";
import type { Mark, Piece } from "../../../../syntax/value.ts";
import { toDigits } from "./arithmetic.ts";
import { Complaint } from "./complaint.ts";
import { isCollection } from "./types.ts";
import type { TerraformText, TerraformValue } from "./values.ts";
import { typeOf } from "./values.ts";

/** A string of pieces, normalized as Terraform does. */
export function textOfPieces(pieces: readonly Piece[], at: Place, sensitive?: Mark): TerraformText {
  const value = joined(pieces);
  const normal = isAscii(value) ? value : value.normalize("NFC");
  return textFrom(normal === value ? pieces : [{ text: normal, at }], at, sensitive);
}

/** A value as the key of an object: one that is not known is a hole. */
export function keyOf(value: TerraformValue): string | undefined {
  if (value.kind === "unknown") return value.fault ? undefined : hole(value.name, "wide");
  return value.kind === "text" ? value.value : undefined;
}

export function sliceText(text: TerraformText, start: number, end: number): TerraformText {
  if (start === 0 && end >= text.value.length) return text;
  return textOfPieces(slicePieces(piecesOf(text), start, end), text.at, text.sensitive);
}

/**
 * What an interpolation adds to a string: the runs of a string, the digits of a number, a hole for what is unknown. Of
 * an empty text the mark alone is left, when it has one.
 * @param at the expression's place
 * @throws Complaint for what is no text: null, lists, objects
 */
export function interpolated(value: TerraformValue, at: Place): readonly Piece[] {
  switch (value.kind) {
    case "text":
      return value.value === "" && !value.sensitive ? [] : [{ text: value.value, at, value }];
    case "number":
      return [{ text: toDigits(value), at, value }];
    case "boolean":
      return [{ text: String(value.value), at, value }];
    case "unknown": {
      const type = typeOf(value);
      if (isCollection(type) || type.is === "tuple" || type.is === "object") throw new Complaint("type");
      return [{ text: hole(value.name, "wide"), at, value }];
    }
    case "null":
      throw new Complaint("null");
    default:
      throw new Complaint("type");
  }
}
