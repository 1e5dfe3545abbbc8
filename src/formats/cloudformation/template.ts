/**
 * A template as it is written: its sections by name, nothing evaluated.
 * Anatomy: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
import type { Place, SourceFile } from "../../source.ts";
import { entry, get, type ObjectValue, plainText, type TextValue, type Value } from "../../syntax/value.ts";

export interface Declaration {
  readonly logicalId: string;
  readonly type: string;
  /** The place of its logical id, which is shown for the resource. */
  readonly keyAt: Place;
  readonly body: ObjectValue;
  readonly condition: string | undefined;
}

export interface Template {
  readonly file: SourceFile;
  readonly root: ObjectValue;
  readonly parameters: ReadonlyMap<string, ObjectValue>;
  readonly mappings: ObjectValue | undefined;
  readonly conditions: ObjectValue | undefined;
  readonly resources: ObjectValue;
  readonly outputs: ObjectValue | undefined;
  /** Whether it has everything that a reference can name: it is no fragment, and no macro adds resources. */
  readonly whole: boolean;
  /** A macro that may add or change anything. */
  readonly macro?: { readonly name: string; readonly at: Place; readonly parameters: Value | undefined };
}

const RESOURCE_TYPE = /^(?:AWS|Alexa|Custom)::|^\w+(?:::\w+){2}::MODULE$/;

/** Transforms that add no resources which a template could refer to. */
const HARMLESS_TRANSFORMS: ReadonlySet<string> = new Set([
  "AWS::LanguageExtensions",
  "AWS::SecretsManager-2020-07-23",
  "AWS::SecretsManager-2024-09-16",
]);

/** Transforms that change no role, secret, key or network that a template declares. */
const READ_TRANSFORMS: ReadonlySet<string> = new Set([
  ...HARMLESS_TRANSFORMS,
  "AWS::CodeDeployBlueGreen",
  "AWS::Serverless-2016-10-31",
]);

/**
 * Templates that a document holds as strings: the answer of `aws cloudformation get-template` for one of YAML, and the
 * bodies of StackSets. `read` reads a string.
 */
export function templatesInside({ value }: { readonly value: Value }): readonly TextValue[] {
  const described = get(value, "StackSet");
  const resources = get(value, "Resources");
  const bodies = [
    get(value, "TemplateBody"),
    get(described, "TemplateBody"),
    ...(resources?.kind === "object" ? resources.entries : []).map((one) =>
      plainText(get(one.value, "Type")) === "AWS::CloudFormation::StackSet"
        ? get(get(one.value, "Properties"), "TemplateBody")
        : undefined,
    ),
  ];
  return bodies.flatMap((body) => (body?.kind === "text" ? [body] : []));
}

/** Whether a document is a CloudFormation template, or a Serverless Framework file with one in it, by its content. */
export function isTemplate({ value }: { readonly value: Value }): boolean {
  return rootOf(value) !== undefined;
}

/** The sections of a document that is a template, undefined for any other. */
export function readTemplate({
  file,
  value,
}: {
  readonly file: SourceFile;
  readonly value: Value;
}): Template | undefined {
  const root = rootOf(value);
  if (root === undefined) return undefined;
  const resources = sectionOf(root, "Resources") ?? { kind: "object", entries: [], at: root.at };
  const macro = macroOf(root, resources);
  return {
    file,
    root,
    parameters: parametersOf(root),
    mappings: sectionOf(root, "Mappings"),
    conditions: sectionOf(root, "Conditions"),
    resources,
    outputs: sectionOf(root, "Outputs"),
    ...(macro && { macro }),
    whole:
      entry(root, "AWSTemplateFormatVersion") !== undefined &&
      root.open === undefined &&
      resources.open === undefined &&
      transformsOf(root).every((name) => name !== undefined && HARMLESS_TRANSFORMS.has(name)) &&
      !resources.entries.some(({ key, value }) => key === "Fn::Transform" || isModule(value)),
  };
}

/** The declaration an entry of `Resources` is, undefined when it has no type. */
export function declarationOf(logicalId: string, keyAt: Place, body: Value): Declaration | undefined {
  const type = plainText(get(body, "Type"));
  if (body.kind !== "object" || type === undefined) return undefined;
  return { logicalId, type, keyAt, body, condition: plainText(get(body, "Condition")) };
}

/** The object that has the sections: the document, or `resources` of a Serverless Framework file. */
function rootOf(value: Value): ObjectValue | undefined {
  if (value.kind !== "object") return undefined;
  if (hasSections(value)) return value;
  // The answer of `aws cloudformation get-template`.
  const body = get(value, "TemplateBody");
  if (body?.kind === "object") return hasSections(body) ? body : undefined;
  const inner = get(value, "resources");
  if (get(value, "service") === undefined || inner === undefined) return undefined;
  if (inner.kind === "object") return hasSections(inner) ? inner : undefined;
  if (inner.kind !== "list") return undefined;
  const fragments = inner.items.filter((item) => item.kind === "object").filter(hasSections);
  if (fragments.length === 0) return undefined;
  return {
    kind: "object",
    entries: mergedSections(fragments),
    at: inner.at,
    open: { kind: "fragment", name: "resources", unit: inner.at.file.path },
  };
}

function hasSections(value: ObjectValue): boolean {
  const resources = get(value, "Resources");
  if (resources?.kind !== "object") return false;
  if (entry(value, "AWSTemplateFormatVersion") !== undefined) return true;
  return resources.entries.some(({ key, value }) => {
    const type = plainText(get(value, "Type"));
    return (
      (type !== undefined && RESOURCE_TYPE.test(type)) ||
      (key.startsWith("Fn::ForEach::") && value.kind === "list") ||
      (key === "Fn::Transform" && plainText(get(value, "Name")) === "AWS::Include")
    );
  });
}

/** A module adds resources that are declared elsewhere and can be referred to through it. */
function isModule(resource: Value): boolean {
  return plainText(get(resource, "Type"))?.endsWith("::MODULE") === true;
}

/** Sections of several fragments, those of one name joined. */
function mergedSections(fragments: readonly ObjectValue[]): ObjectValue["entries"] {
  const byKey = new Map<string, ObjectValue["entries"][number]>();
  for (const one of fragments.flatMap(({ entries }) => entries)) {
    const earlier = byKey.get(one.key);
    const joined =
      earlier?.value.kind === "object" && one.value.kind === "object"
        ? { ...earlier, value: { ...earlier.value, entries: [...earlier.value.entries, ...one.value.entries] } }
        : one;
    byKey.set(one.key, joined);
  }
  return [...byKey.values()];
}

function sectionOf(root: ObjectValue, name: string): ObjectValue | undefined {
  const section = get(root, name);
  return section?.kind === "object" ? section : undefined;
}

function parametersOf(root: ObjectValue): ReadonlyMap<string, ObjectValue> {
  const parameters = new Map<string, ObjectValue>();
  for (const { key, value } of sectionOf(root, "Parameters")?.entries ?? []) {
    if (value.kind === "object") parameters.set(key, value);
  }
  return parameters;
}

function transformsOf(root: ObjectValue): readonly (string | undefined)[] {
  const transform = get(root, "Transform");
  if (transform === undefined || transform.kind === "null") return [];
  return transform.kind === "list" ? transform.items.map(plainText) : [plainText(transform)];
}

/** The first macro of the template, or of its resources, that may add anything. */
function macroOf(root: ObjectValue, resources: ObjectValue): Template["macro"] {
  const written = [get(root, "Transform"), get(root, "Fn::Transform"), get(resources, "Fn::Transform")];
  return written
    .flatMap((value) => (value?.kind === "list" ? value.items : value && value.kind !== "null" ? [value] : []))
    .map((value) => ({
      name: plainText(value) ?? plainText(get(value, "Name")) ?? "Fn::Transform",
      at: value.at,
      parameters: get(value, "Parameters"),
    }))
    .find(({ name }) => !READ_TRANSFORMS.has(name));
}
