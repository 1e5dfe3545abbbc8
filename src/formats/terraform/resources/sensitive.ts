/** The places of a unit of Terraform that are never shown. */
import { isWithin, type Place } from "../../../source.ts";
import { parseEmbeddedJson } from "../../../syntax/embedded.ts";
import type { Value } from "../../../syntax/value.ts";
import type { Instance } from "../instance.ts";
import type { TerraformValue } from "../language/evaluate/values.ts";

/** Types with arguments that are the value of a secret. */
const HOLDING = new Set(["aws_secretsmanager_secret", "aws_secretsmanager_secret_version", "aws_ssm_parameter"]);

/** The places of literal secret values. */
export function sensitivePlaces(instances: readonly Instance[]): Place[] {
  const arguments_ = new Set(["secret_string", "secret_binary", "secret_string_wo"]);
  return instances.flatMap(({ type, value, at }) => {
    if (!HOLDING.has(type)) return [];
    const given = value.entries.filter(({ key }) => arguments_.has(key) || key === "value");
    // Values that a known module passes on have the place of its call's head, and are no literal values.
    return given
      .flatMap((one) => leaves(one.value))
      .filter(({ start, file }) => start !== at.start || file !== at.file);
  });
}

/** The places of the scalars in a value: the value of a secret, also one that is encoded from an object. */
function leaves(value: Value): Place[] {
  if (value.kind === "list") return value.items.flatMap(leaves);
  if (value.kind === "object") return value.entries.flatMap((entry) => leaves(entry.value));
  if (value.kind === "null") return [];
  const inner = value.kind === "text" ? parseEmbeddedJson(value) : undefined;
  return inner && inner.kind !== "unknown" ? leaves(inner) : [value.at];
}

/**
 * The places of the literal parts of a value. Of a template, its own text, and interpolated values that are written
 * inside it: others are written elsewhere, and need not be secret by themselves.
 */
export function literalPlaces(value: TerraformValue): Place[] {
  if (value.kind === "list") return value.items.flatMap(literalPlaces);
  if (value.kind === "object") return value.entries.flatMap((entry) => literalPlaces(entry.value));
  if (value.kind === "unknown") return [];
  if (value.kind !== "text" || !value.pieces?.some((piece) => piece.value)) return [value.at];
  return value.pieces
    .flatMap((piece) => (piece.value ? literalPlaces(piece.value) : [piece.at]))
    .filter((place) => isWithin(place, value.at));
}
