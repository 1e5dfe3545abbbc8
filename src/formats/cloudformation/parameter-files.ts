/**
 * Files that give values to the parameters of a stack, as the command line takes them. Nothing says which of them a stack
 * is made with, so they are said, not used.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/create-stack.html
 */
import type { Unit } from "../../facts/resources.ts";
import type { Problem } from "../../source.ts";
import type { Document } from "../../syntax/document.ts";
import { get, plainText, type Value } from "../../syntax/value.ts";

export interface ParameterFile {
  readonly path: string;
  readonly keys: readonly string[];
}

/** Whether a document is a list of parameters with their values. */
export function isParameterFile({ value }: { readonly value: Value }): boolean {
  return value.kind === "list" && value.items.length > 0 && value.items.every((item) => keyOf(item) !== undefined);
}

export function parameterFile({ file, value }: Document): ParameterFile {
  const items = value.kind === "list" ? value.items : [];
  return { path: file.path, keys: items.flatMap((item) => keyOf(item) ?? []) };
}

function keyOf(item: Value): string | undefined {
  return get(item, "ParameterValue") || get(item, "UsePreviousValue")
    ? plainText(get(item, "ParameterKey"))
    : undefined;
}

/** The unit with a note about the files whose parameters its template has, if it has jobs. */
export function withUnused(unit: Unit, files: readonly ParameterFile[], parameters: ReadonlySet<string>): Unit {
  const [first, ...more] = files.filter(({ keys }) => keys.every((key) => parameters.has(key)));
  if (!first || unit.resources.job_definitions.length === 0) return unit;
  const others =
    more.length === 0 ? "" : ` Neither ${more.length === 1 ? `was ${more[0]?.path}` : `were ${more.length} more`}.`;
  const message = `The values in this file were not used: ${unit.id} was checked with the defaults of its parameters.${others}`;
  const note: Problem = { path: first.path, message };
  return { ...unit, notes: [...(unit.notes ?? []), note] };
}
