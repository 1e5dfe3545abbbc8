/** Values of variables files that nothing uses, though a deployment may: a default is only one of several values then. */
import { credentialNamed } from "../../../facts/credentials/find.ts";
import { unknownOf, type Value } from "../../../syntax/value.ts";
import { onSides } from "../language/evaluate/sides.ts";
import type { TerraformValue } from "../language/evaluate/values.ts";
import { type Constraint, conform } from "./constraint.ts";

/** A variables file that nothing uses. */
export interface Elsewhere {
  readonly path: string;
  readonly values: ReadonlyMap<string, Value>;
}

/** Whether one of the files gives a variable the ARN of something. */
export function isReference(files: readonly Elsewhere[], name: string): boolean {
  return files.some(({ values }) => {
    const value = values.get(name);
    return value?.kind === "text" && value.value.startsWith("arn:");
  });
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
  const isCredential = fallback.kind === "text" && credentialNamed(name, fallback.value) !== undefined;
  if (isCredential && !isReference(files, name)) return fallback;
  const sides = files.map(({ path, values }): readonly [string, TerraformValue] => {
    const other = values.get(name);
    return [`\`${path}\` is used`, other && other.kind !== "null" ? conform(other, constraint) : fallback];
  });
  const all = new Map([["no other variables file is used", fallback] as const, ...sides]);
  const either = { ...unknownOf(token, fallback.at), type: constraint.type };
  return onSides({ by: `variables files of ${unit}`, sides: all }, (one) => one, either);
}
