/** What tests of templates share. */
import { type Cause, causeWords } from "../../facts/causes.ts";
import type { Resources } from "../../facts/resources.ts";
import type { Unit } from "../../facts/unit.ts";
import { locate, type Place, type SourceFile } from "../../source.ts";
import { parseDocuments } from "../../syntax/document.ts";
import { get, type Value } from "../../syntax/value.ts";
import { openTemplates } from "./read.ts";
import type { Scope } from "./scope.ts";
import { expandTag } from "./short-tags.ts";
import { newRun, openStack, type StackOptions } from "./stack.ts";
import { isTemplate, readTemplate } from "./template.ts";

/** The scope of a template in a file `stack.yaml`, or `stack.json` when it is JSON. */
export async function stackOf(text: string, options: Partial<StackOptions> = {}): Promise<Scope> {
  const file: SourceFile = { path: text.trimStart().startsWith("{") ? "stack.json" : "stack.yaml", text };
  const { documents, problems } = await parseDocuments(file, expandTag);
  const template = documents[0] && readTemplate(documents[0]);
  if (!template || problems.length > 0) throw new Error(`no template: ${JSON.stringify(problems)}`);
  return openStack(template, {
    unit: "u",
    prefix: "",
    run: newRun(text.length),
    given: new Map(),
    imported: (name) => ({ cause: { kind: "import", name, unit: null } }),
    output: () => undefined,
    ...options,
  });
}

/** What an expression in YAML gives, in a template with other sections; and the scope that knows what was noted. */
export async function evaluated(
  expression: string,
  sections = "",
  options: Partial<StackOptions> = {},
): Promise<{ value: Value | undefined; scope: Scope }> {
  const resources = sections.includes("Resources:") ? "" : "Resources: {}";
  const indented = expression.split("\n").join("\n      ");
  const text = `AWSTemplateFormatVersion: "2010-09-09"\n${sections}\n${resources}\nOutputs:\n  X:\n    Value:\n      ${indented}\n`;
  const scope = await stackOf(text, options);
  const written = get(get(scope.template.outputs, "X"), "Value");
  return { value: written && scope.evaluate(written), scope };
}

/** What is in the file at a place. */
export function sourceAt({ file, start, end }: Place): string {
  return file.text.slice(start, end);
}

/** A place as `line:column-line:column`. */
export function where(place: Place): string {
  const { start, end } = locate(place);
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}

/** The units of templates given as files. */
export async function unitsOf(files: Readonly<Record<string, string>>): Promise<Unit[]> {
  const all = Object.entries(files).map(([path, text]) => ({ path, text }));
  const templates = openTemplates(all);
  for (const file of all) {
    const read = await parseDocuments(file, expandTag);
    if (read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
    templates.add(read.documents.filter(isTemplate));
  }
  return [...(await templates.read(new Set())).units];
}

/** The resources of one template in `u`, given as the lines of its `Resources` section, and of its other sections. */
export async function resourcesOf(resources: string, sections = ""): Promise<Resources> {
  const indented = resources.trim().split("\n").join("\n  ");
  const text = `AWSTemplateFormatVersion: "2010-09-09"\n${sections.trim()}\nResources:\n  ${indented}\n`;
  const [unit] = await unitsOf({ u: text });
  if (!unit) throw new Error("no unit");
  return unit.resources;
}

/** A copy in which every place is what is there, and every text its value, for comparing. */
export function shown(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(shown);
  if ("file" in value && "start" in value) return sourceAt(value as Place);
  const entries = Object.entries(value);
  if (entries.length === 3 && "kind" in value && "name" in value && "unit" in value) return causeWords(value as Cause);
  if (entries.length === 2 && "value" in value && "at" in value) return value.value;
  return Object.fromEntries(entries.map(([key, inner]) => [key, shown(inner)]));
}
