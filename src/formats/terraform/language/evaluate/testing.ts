/** What tests of the language share: a string of attributes that refer to each other as `local.name`. */

import type { Place } from "../../../../source.ts";
import { attributeOf } from "../../../../syntax/hcl/body.ts";
import { parseConfiguration } from "../../../../syntax/hcl/parse.ts";
import type { Value } from "../../../../syntax/value.ts";
import { createBudget } from "./bounds.ts";
import type { Fault, Files, Reference, Setting } from "./context.ts";
import { evaluate } from "./evaluate.ts";
import type { TerraformValue } from "./values.ts";

export interface Attributes {
  /** The value of an attribute. */
  readonly of: (name: string) => TerraformValue;
  /** What Terraform would refuse of what has been evaluated. */
  readonly faults: () => readonly string[];
}

/**
 * @param resolve what other references are; a reference that it does not know is unknown
 * @param texts files by their paths
 */
export function attributes(
  text: string,
  resolve: (reference: Reference) => Value | undefined = () => undefined,
  texts: Readonly<Record<string, string>> = {},
): Attributes {
  const { tree } = parseConfiguration({ path: "main.tf", text });
  const known = new Map<string, TerraformValue>();
  const faults: Fault[] = [];
  const files: Files = {
    read: (path) => {
      const found = texts[path];
      if (path.startsWith("..")) return { why: "it is outside of what is checked" };
      return found === undefined ? { missing: true, why: "there is no such file" } : { file: { path, text: found } };
    },
    bytes: (path) => (texts[path] === undefined ? undefined : Buffer.from(texts[path])),
    exists: (path) => (path.startsWith("..") ? undefined : texts[path] !== undefined),
    list: (folder) => {
      const prefix = folder === "." ? "" : `${folder}/`;
      return Object.keys(texts).flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []));
    },
  };
  const setting: Setting = {
    budget: createBudget(),
    faults,
    files,
    scope: (reference) => {
      const [step] = reference.steps;
      if (reference.root === "local" && step?.kind === "attribute") return { value: of(step.name), used: 1 };
      const value = resolve(reference);
      return value === undefined ? undefined : { value, used: reference.steps.length };
    },
  };
  const of = (name: string): TerraformValue => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const attribute = attributeOf(tree, name);
    if (attribute === undefined) throw new Error(`the text has no attribute ${name}`);
    const value = evaluate(attribute.value, setting);
    known.set(name, value);
    return value;
  };
  return { of, faults: () => faults.map((fault) => fault.why) };
}

/** The characters that are in a place, behind the path of their file. */
export function standsIn({ file, start, end }: Place): string {
  return `${file.path}: ${file.text.slice(start, end)}`;
}
