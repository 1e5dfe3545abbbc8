/** Values of variables files that nothing uses, though a deployment may: a default is only one of several values then. */
import { credentialNamed } from "../../../facts/credentials/find.ts";
import { unknownOf, type Value } from "../../../syntax/value.ts";
import { onSides } from "../language/evaluate/sides.ts";
import type { Type } from "../language/evaluate/types.ts";
import { type PartStep, partOf } from "../language/evaluate/unknown.ts";
import {
  entryOf,
  type TerraformList,
  type TerraformObject,
  type TerraformUnknown,
  type TerraformValue,
} from "../language/evaluate/values.ts";
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
  return either(all, `variables files of ${unit}`, unknownOf(token, fallback.at), constraint.type);
}

type Sides = ReadonlyMap<string, TerraformValue>;

/** What it is on each side: by parts where all of them have the same. */
function either(sides: Sides, by: string, { name, at }: TerraformUnknown, type?: Type): TerraformValue {
  const [first, ...others] = sides.values();
  const inPart = (step: PartStep, part: (value: TerraformValue) => TerraformValue | undefined) => {
    const on = [...sides].flatMap(([clause, value]) => {
      const one = part(value);
      return one ? [[clause, one] as const] : [];
    });
    return either(new Map(on), by, { kind: "unknown", name: partOf(name, step), at });
  };
  if (first?.kind === "object" && others.every((other) => hasSameKeys(first, other))) {
    const entries = first.entries.map((entry) => {
      const { key } = entry;
      return { ...entry, value: inPart({ spelled: `.${key}`, key }, (value) => objectEntry(value, key)) };
    });
    return { ...first, entries };
  }
  if (first?.kind === "list" && others.every((other) => isAsLong(first, other))) {
    const items = first.items.map((_, index) =>
      inPart({ spelled: `[${index}]`, key: null }, (value) => (value.kind === "list" ? value.items[index] : undefined)),
    );
    return { ...first, items };
  }
  return onSides({ by, sides }, (one) => one, { kind: "unknown", name, at, ...(type && { type }) });
}

function objectEntry(value: TerraformValue, key: string): TerraformValue | undefined {
  return value.kind === "object" ? entryOf(value, key)?.value : undefined;
}

function hasSameKeys(one: TerraformObject, other: TerraformValue): boolean {
  if (other.kind !== "object" || one.open !== undefined || other.open !== undefined) return false;
  return other.entries.length === one.entries.length && one.entries.every(({ key }) => objectEntry(other, key));
}

/** A set has no order by which its items are the same. */
function isAsLong(one: TerraformList, other: TerraformValue): boolean {
  return one.collection !== "set" && other.kind === "list" && other.items.length === one.items.length;
}
