/** Values of variables files that nothing uses, though a deployment may: a default is only one of several values then. */
import { unknownOf } from "../../../syntax/value.ts";
import { isCredential, type UnusedFile } from "../../elsewhere.ts";
import { onSides } from "../language/evaluate/sides.ts";
import type { TerraformValue } from "../language/evaluate/values.ts";
import { type Constraint, conform } from "./constraint.ts";

/** A variables file that nothing uses. */
export interface Elsewhere extends UnusedFile {
  readonly path: string;
}

/**
 * The value of a variable that has a default, and others in some of the files. `token` is the hole for it. A credential
 * is one whatever the others are.
 */
export function withOthers(
  fallback: TerraformValue,
  name: string,
  files: readonly Elsewhere[],
  { unit, token, constraint }: { readonly unit: string; readonly token: string; readonly constraint: Constraint },
): TerraformValue {
  if (isCredential(fallback, name, files)) return fallback;
  const sides = files.map(({ path, values }): readonly [string, TerraformValue] => {
    const other = values.get(name);
    return [`\`${path}\` is used`, other && other.kind !== "null" ? conform(other, constraint) : fallback];
  });
  const all = new Map([["no other variables file is used", fallback] as const, ...sides]);
  const either = { ...unknownOf(token, fallback.at), type: constraint.type };
  return onSides({ by: `variables files of ${unit}`, sides: all }, (one) => one, either);
}
