/** What of a unit of Terraform is never shown. */
import { isWithin, type Place } from "../../../source.ts";
import { parseEmbeddedJson } from "../../../syntax/embedded.ts";
import type { Value } from "../../../syntax/value.ts";
import type { Instance } from "../instance.ts";
import type { TerraformValue } from "../language/evaluate/values.ts";

/** Where secrets' values are written out. */
export function sensitivePlaces(instances: readonly Instance[]): Place[] {
  const arguments_ = new Set(["secret_string", "secret_binary", "secret_string_wo"]);
  return instances.flatMap(({ type, value, at }) => {
    if (type !== "aws_secretsmanager_secret_version" && type !== "aws_ssm_parameter") return [];
    const given = value.entries.filter(({ key }) => arguments_.has(key) || key === "value");
    // What a module that is known by heart passes on stands at the head of its call, and is no value.
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
 * Where what is known of a value is written out. Of a template the text, and what is interpolated when that is written in it as well: else it
 * stands elsewhere, and need not be secret by itself.
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
