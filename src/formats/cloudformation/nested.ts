/**
 * Nested stacks whose template is at hand: evaluated with what their parent gives them, and part of its unit.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
 */
import type { Cause } from "../../facts/causes.ts";
import { eitherAbsence } from "../../facts/presence.ts";
import { isLiteral, knownEnds } from "../../facts/text.ts";
import { resolvedParts } from "../../sources/within.ts";
import { get, plainText, type Value } from "../../syntax/value.ts";
import { doubtOf, existence, isMade } from "./condition.ts";
import type { ParameterFile } from "./elsewhere.ts";
import { outputsOf } from "./outputs.ts";
import { complain, type Import, type Run, type Scope, unknown } from "./scope.ts";
import { openStack } from "./stack.ts";
import type { Declaration, Template } from "./template.ts";

/** How deep stacks nest, and how many a unit has: real ones stay far below. */
const MAX_NESTING = 10;
const MAX_STACKS = 500;

export interface NestedStack {
  readonly scope: Scope;
  /** What is not known, so that it may not be made at all; else null. */
  readonly maybe: Cause | null;
}

export interface Family {
  /** Whether a resource is a nested stack whose template is at hand. */
  readonly isOpen: (scope: Scope, resource: Declaration) => boolean;
  /** The outermost stack. */
  readonly root: Scope;
  /** It and all stacks in it, each opened once. */
  readonly stacks: () => readonly NestedStack[];
}

export interface FamilyOptions {
  readonly unit: string;
  readonly run: Run;
  readonly imported: (name: string) => Import;
  readonly templateAt: (path: string) => Template | undefined;
  readonly paths: Paths;
  /** What the parameters of the outermost stack are given, and which keep what they had. */
  readonly given?: ReadonlyMap<string, Value>;
  readonly previous?: ReadonlySet<string>;
  /** Files with values for it that nothing uses. */
  readonly elsewhere?: readonly ParameterFile[];
}

/** A family while it is opened: stacks by their prefix, and how deep each is. */
interface Opening extends FamilyOptions {
  readonly children: Map<string, Scope | "opening" | undefined>;
  readonly depths: Map<Scope, number>;
}

/** The stack of a template with all stacks nested in it. */
export function openFamily(template: Template, options: FamilyOptions): Family {
  const opening: Opening = { ...options, children: new Map(), depths: new Map() };
  const root = open(opening, template, "", options.given ?? new Map(), 0);
  let all: readonly NestedStack[] | undefined;
  return {
    root,
    isOpen: (scope, resource) => isStack(resource) && childOf(opening, scope, resource) !== undefined,
    stacks: () => {
      all ??= stacksIn(opening, root, null);
      return all;
    },
  };
}

function stacksIn(opening: Opening, scope: Scope, maybe: Cause | null): NestedStack[] {
  const nested = [...scope.resources().values()].filter(isStack).flatMap((resource): NestedStack[] => {
    const exists = existence(scope, resource);
    const child = isMade(exists) ? childOf(opening, scope, resource) : undefined;
    return child ? stacksIn(opening, child, eitherAbsence(maybe, exists.maybe)) : [];
  });
  return [{ scope, maybe }, ...nested];
}

function open(
  opening: Opening,
  template: Template,
  prefix: string,
  given: ReadonlyMap<string, Value>,
  depth: number,
): Scope {
  const output = (scope: Scope, resource: Declaration, attribute: string) =>
    outputOf(opening, scope, resource, attribute);
  const previous = depth === 0 ? opening.previous : undefined;
  const scope = openStack(template, { ...opening, prefix, given, previous, output });
  opening.depths.set(scope, depth);
  return scope;
}

/** `Outputs.NAME` of a nested stack; undefined when its template is not at hand or has no such output. */
function outputOf(opening: Opening, scope: Scope, resource: Declaration, attribute: string): Value | undefined {
  if (!attribute.startsWith("Outputs.")) return undefined;
  const child = childOf(opening, scope, resource);
  const name = attribute.slice("Outputs.".length);
  const value = child && get(outputsOf(child).findLast(({ key }) => key === name)?.value, "Value");
  return value && child?.evaluate(value);
}

/** The stack that a resource nests, opened once; undefined while it is opened, and when its template is not at hand. */
function childOf(opening: Opening, scope: Scope, resource: Declaration): Scope | undefined {
  const { children } = opening;
  const prefix = `${scope.prefix}${resource.logicalId}/`;
  if (children.has(prefix)) {
    const known = children.get(prefix);
    return known === "opening" ? undefined : known;
  }
  children.set(prefix, "opening");
  const path = nestedPath(scope, resource, opening.paths);
  const template = path === undefined ? undefined : opening.templateAt(path);
  const depth = (opening.depths.get(scope) ?? 0) + 1;
  const fits = template !== undefined && mayNest(opening, scope, resource, depth);
  const child = fits ? open(opening, template, prefix, givenTo(template, scope, resource), depth) : undefined;
  children.set(prefix, child);
  return child;
}

function mayNest({ depths }: Opening, scope: Scope, { keyAt }: Declaration, depth: number): boolean {
  if (depth <= MAX_NESTING && depths.size < MAX_STACKS) return true;
  complain(scope, keyAt, "Stacks nest too deep here, so the inner ones were not checked.");
  return false;
}

function isStack({ type }: Declaration): boolean {
  return type === "AWS::CloudFormation::Stack" || type === "AWS::Serverless::Application";
}

/** The paths of the templates of a run, by the last part of each. */
export type Paths = ReadonlyMap<string, readonly string[]>;

/**
 * The path of a nested stack's template: a local one, as the AWS CLI packages it or the CDK writes it, or the only one of
 * the run that is uploaded to such an address.
 */
export function nestedPath(scope: Scope, resource: Declaration, paths: Paths): string | undefined {
  if (!isStack(resource)) return undefined;
  const local = localPath(resource);
  if (local !== undefined) return resolved(scope.template.file.path, local);
  const given = templateOf(resource);
  const address = given && scope.evaluate(given);
  const uploaded = address?.kind === "text" && isAddress(address.value) ? uploadedTo(address.value, paths) : undefined;
  return uploaded === scope.template.file.path ? undefined : uploaded;
}

/** The path of a nested stack's template as it is written, where it leads out of the checked folder. */
export function pathOutside(scope: Scope, resource: Declaration): string | undefined {
  const local = isStack(resource) ? localPath(resource) : undefined;
  return local !== undefined && resolved(scope.template.file.path, local) === undefined ? local : undefined;
}

function localPath(resource: Declaration): string | undefined {
  const asset = plainText(get(get(resource.body, "Metadata"), "aws:asset:path"));
  const written = asset ?? plainText(templateOf(resource));
  return written === undefined || isAddress(written) ? undefined : written;
}

function templateOf({ body }: Declaration): Value | undefined {
  const properties = get(body, "Properties");
  return get(properties, "TemplateURL") ?? get(properties, "Location");
}

function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text);
}

/**
 * The template whose path an address ends in, folders included. Its name alone says enough only where the bucket or the
 * folder is not known: somebody else's template may have the same.
 */
function uploadedTo(address: string, paths: Paths): string | undefined {
  const segments = knownEnds(address)[1].split("/");
  const known = isLiteral(address) ? segments.slice(3) : segments.filter((one) => one !== "");
  const sameName = paths.get(known.at(-1) ?? "") ?? [];
  const most = isLiteral(address) ? known.length - 1 : known.length;
  for (let start = 0; start < most; start++) {
    const end = known.slice(start).join("/");
    const [only, ...more] = sameName.filter((path) => path === end || path.endsWith(`/${end}`));
    if (only !== undefined) return more.length === 0 ? only : undefined;
  }
  return undefined;
}

/** A path as seen from the folder of a file; undefined when it leads out of the checked folder. */
function resolved(from: string, path: string): string | undefined {
  const folder = path.startsWith("/") ? [] : from.split("/").slice(0, -1);
  return resolvedParts([...folder, ...path.split("/")]);
}

/** What a parent gives the parameters of a nested stack. When it is unknown, each of them is unknown. */
function givenTo(template: Template, scope: Scope, resource: Declaration): ReadonlyMap<string, Value> {
  const written = get(get(resource.body, "Properties"), "Parameters");
  const value = written && scope.evaluate(written);
  if (value === undefined || value.kind === "null") return new Map();
  const given = new Map<string, Value>();
  const isSeen = value.kind === "object" && value.open === undefined;
  if (!isSeen) {
    const doubt = value.kind === "object" && value.open ? { cause: value.open } : doubtOf(value, scope);
    for (const name of template.parameters.keys()) {
      given.set(name, unknown(scope, `${resource.logicalId}.Parameters.${name}`, doubt, value.at));
    }
  }
  if (value.kind === "object") for (const { key, value: one } of value.entries) given.set(key, one);
  return given;
}
