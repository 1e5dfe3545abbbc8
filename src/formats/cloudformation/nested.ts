/**
 * Nested stacks whose template is at hand: evaluated with what their parent gives them, and part of its unit.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
 */
import { get, type ObjectValue, type Place, plainText, type Value } from "../value.ts";
import { existence, whyDoubted } from "./condition.ts";
import { outputsOf } from "./outputs.ts";
import { complain, type Import, type Run, type Scope, unknown } from "./scope.ts";
import { openStack } from "./stack.ts";
import type { Declaration, Template } from "./template.ts";

/** How deep stacks nest, and how many one unit has. Real ones stay far below; the bounds keep hostile ones from growing without end. */
const MAX_NESTING = 10;
const MAX_STACKS = 500;

/** A stack of a unit. */
export interface NestedStack {
  readonly scope: Scope;
  /** Why it may not be made at all, else null. */
  readonly maybe: string | null;
}

export interface Family {
  /** The outermost stack. */
  readonly root: Scope;
  /** It and all stacks in it, each opened once. */
  readonly stacks: () => readonly NestedStack[];
}

export interface FamilyOptions {
  readonly unit: string;
  readonly run: Run;
  readonly imported: (name: string) => Import;
  /** The template at a path, if there is one. */
  readonly templateAt: (path: string) => Template | undefined;
}

/** The stack of a template with all stacks nested in it. */
export function openFamily(template: Template, options: FamilyOptions): Family {
  const children = new Map<string, Scope | "opening" | undefined>();
  const depthOf = new Map<Scope, number>();
  let count = 0;

  const output = (scope: Scope, resource: Declaration, attribute: string): Value | undefined => {
    const name = attribute.startsWith("Outputs.") ? attribute.slice("Outputs.".length) : undefined;
    const child = name === undefined ? undefined : childOf(scope, resource);
    const value = child && get(outputsOf(child).findLast(({ key }) => key === name)?.value, "Value");
    return value && child?.evaluate(value);
  };

  const open = (of: Template, prefix: string, given: ReadonlyMap<string, Value>, depth: number): Scope => {
    const scope = openStack(of, { ...options, prefix, given, output });
    depthOf.set(scope, depth);
    return scope;
  };

  const childOf = (scope: Scope, resource: Declaration): Scope | undefined => {
    const prefix = `${scope.prefix}${resource.logicalId}/`;
    const known = children.get(prefix);
    if (known === "opening") return undefined;
    if (known !== undefined || children.has(prefix)) return known;
    children.set(prefix, "opening");
    const path = nestedPath(scope, resource);
    const inner = path === undefined ? undefined : options.templateAt(path);
    const depth = (depthOf.get(scope) ?? 0) + 1;
    const child =
      inner && allowed(scope, resource, depth)
        ? open(inner, prefix, givenTo(inner, scope, resource), depth)
        : undefined;
    children.set(prefix, child);
    return child;
  };

  const allowed = (scope: Scope, resource: Declaration, depth: number): boolean => {
    count++;
    if (depth <= MAX_NESTING && count <= MAX_STACKS) return true;
    complain(scope, resource.keyAt, "Stacks nest too deep here, so the inner ones were not checked.");
    return false;
  };

  const root = open(template, "", new Map(), 0);
  let all: readonly NestedStack[] | undefined;
  const inside = (scope: Scope, maybe: string | null): NestedStack[] => {
    const nested = [...scope.resources().values()].filter(isStack).flatMap((resource): NestedStack[] => {
      const exists = existence(scope, resource, { anyStack: false });
      const child = exists === "absent" ? undefined : childOf(scope, resource);
      return child ? inside(child, maybe ?? (exists === "absent" ? null : exists)) : [];
    });
    return [{ scope, maybe }, ...nested];
  };
  return {
    root,
    stacks: () => {
      all ??= inside(root, null);
      return all;
    },
  };
}

function isStack({ type }: Declaration): boolean {
  return type === "AWS::CloudFormation::Stack" || type === "AWS::Serverless::Application";
}

/** The path of a nested stack's template, when it is a local file: as the AWS CLI packages it, or as the CDK writes it. */
export function nestedPath(scope: Scope, resource: Declaration): string | undefined {
  if (!isStack(resource)) return undefined;
  const properties = get(resource.body, "Properties");
  const asset = plainText(get(get(resource.body, "Metadata"), "aws:asset:path"));
  const written = asset ?? plainText(get(properties, "TemplateURL") ?? get(properties, "Location"));
  if (written === undefined || /^[a-z][a-z0-9+.-]*:/i.test(written)) return undefined;
  return resolved(scope.template.file.path, written);
}

/** A path as seen from the folder of a file; undefined when it leads out of the checked folder. */
function resolved(from: string, path: string): string | undefined {
  const parts = path.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** What a parent gives the parameters of a nested stack. When it can't be told, each of them is unknown. */
function givenTo(template: Template, scope: Scope, resource: Declaration): ReadonlyMap<string, Value> {
  const written = get(get(resource.body, "Properties"), "Parameters");
  const value = written && scope.evaluate(written);
  if (value === undefined || value.kind === "null") return new Map();
  const given = new Map<string, Value>();
  if (value.kind !== "object" || value.open !== undefined) {
    const why = value.kind === "object" ? (value.open ?? "") : whyDoubted(value, scope);
    for (const name of template.parameters.keys()) given.set(name, hidden(scope, resource, name, why, value.at));
  }
  for (const { key, value: one } of (value as ObjectValue).entries ?? []) given.set(key, one);
  return given;
}

function hidden(scope: Scope, { logicalId }: Declaration, name: string, why: string, at: Place): Value {
  return unknown(scope, `${logicalId}.Parameters.${name}`, why, at);
}
