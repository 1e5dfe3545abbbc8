/** A template and what its parameters are given: the scope in which its values are evaluated. */
import { ANYWHERE, type Deployment } from "../../facts/arn.ts";
import type { Deployed } from "../../facts/unit.ts";
import { newPurses, type Purses } from "../../purse.ts";
import type { Place } from "../../source.ts";
import type { ObjectValue, Value } from "../../syntax/value.ts";
import { isStored } from "./allowed.ts";
import { attributeValue } from "./attributes.ts";
import { conditionTruth } from "./condition.ts";
import { type ParameterFile, withOthers } from "./elsewhere.ts";
import { evaluate } from "./evaluate.ts";
import { expandLoops } from "./loop.ts";
import { namesInNames } from "./names.ts";
import { givenValue, isNarrow, parameterValue, storedValue } from "./parameter.ts";
import { plainText } from "./plain.ts";
import { sharedSpellings } from "./pseudo.ts";
import { generatedRole } from "./sam-roles.ts";
import { doubt, exhausted, type Import, noteArn, type Run, refuse, type Scope, type Truth, unknown } from "./scope.ts";
import { type Declaration, declarationOf, type Template } from "./template.ts";
import { moved, sizeOf, textOf } from "./text.ts";

/**
 * How many values of a template are evaluated for each of its characters; what it needs besides is taken from the run's
 * purse. Only one that repeats itself on purpose needs more: a real one has at most 1 MB
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
 */
const STEPS_A_CHARACTER = 1;

/** The notes of a unit whose outermost template has so many characters. */
export function newRun(
  characters: number,
  deployment: Deployment = ANYWHERE,
  { steps: purse }: Pick<Purses, "steps"> = newPurses(),
  deployed?: Deployed,
): Run {
  return {
    deployment,
    ...(deployed && { deployed }),
    budget: { own: STEPS_A_CHARACTER * characters, purse },
    depth: 0,
    problems: new Map(),
    refused: new Set(),
    spellings: sharedSpellings(),
    names: new Map(),
    sensitive: new Set(),
    perhaps: new Map(),
    given: new Map(),
    defaults: new Set(),
  };
}

export interface StackOptions {
  readonly unit: string;
  readonly prefix: string;
  readonly run: Run;
  /** What a parent stack gives its parameters; others have their defaults. */
  readonly given: ReadonlyMap<string, Value>;
  /** Parameters that keep a value which no file shows. */
  readonly previous?: ReadonlySet<string> | undefined;
  /** Files with values for the outermost stack that nothing uses. */
  readonly elsewhere?: readonly ParameterFile[];
  readonly imported: (name: string) => Import;
  /** The output of a nested stack; undefined when it, or the template, is not there. */
  readonly output: (scope: Scope, resource: Declaration, attribute: string) => Value | undefined;
}

interface Stack extends StackOptions {
  readonly template: Template;
  readonly attributes: Map<string, Value | "asked">;
  /** Whether a parameter surely has no colon, for those that were asked for. */
  readonly narrow: Map<string, boolean>;
  resources: ReadonlyMap<string, Declaration> | undefined;
  conditions: ObjectValue | undefined;
  base: Scope | undefined;
}

export function openStack(template: Template, options: StackOptions): Scope {
  const stack: Stack = {
    ...options,
    template,
    attributes: new Map(),
    narrow: new Map([...namesInNames(template.resources)].map((name) => [name, true])),
    resources: undefined,
    conditions: undefined,
    base: undefined,
  };
  stack.base = scopeOf(stack, new Map(), true);
  return stack.base;
}

function scopeOf(stack: Stack, assumed: ReadonlyMap<string, boolean>, defaults: boolean): Scope {
  const { template, unit, prefix, run } = stack;
  const truths = new Map<string, Truth | "asked">(assumed);
  let strict: Scope | undefined;
  const scope: Scope = {
    template,
    unit,
    prefix,
    run,
    plain: (text) => plainText(text, scope),
    evaluate: (value) => evaluate(value, scope),
    parameter: (name, at) => {
      const declared = template.parameters.get(name);
      if (declared === undefined) return undefined;
      const given = stack.given.get(name);
      if (given && !isStored(declared)) {
        noteArn(scope, given, name);
        return givenValue(scope, name, given, declared, at);
      }
      const narrow = stack.narrow.get(name) ?? isNarrow(name, declared);
      stack.narrow.set(name, narrow);
      const path = given && textOf(given);
      if (path !== undefined) return storedValue(scope, name, declared, path, { at, narrow });
      const counts = defaults && !stack.previous?.has(name);
      const value = parameterValue(scope, name, declared, { at, narrow, defaults: counts });
      const files = counts && prefix === "" ? stack.elsewhere : undefined;
      return files ? withOthers(value, { name, declared, files }, scope, at) : value;
    },
    condition: (name, at) => {
      const known = truths.get(name);
      if (known === "asked") return circular(scope, name, at);
      if (known !== undefined) return known;
      truths.set(name, "asked");
      const truth = conditionTruth(scope, conditionsOf(stack, stack.base ?? scope), name, at);
      truths.set(name, truth);
      return truth;
    },
    resources: () => declarations(stack, stack.base ?? scope),
    attribute: (resource, attribute, at) => attributeOnce(stack, stack.base ?? scope, resource, attribute, at),
    imported: stack.imported,
    assuming: (condition, holds) => scopeOf(stack, new Map([...assumed, [condition, holds]]), defaults),
    strict: () => {
      strict ??= scopeOf(stack, assumed, false);
      return strict;
    },
  };
  return scope;
}

function circular(scope: Scope, name: string, at: Place): Truth {
  refuse(scope, at, `The condition ${name} depends on itself, so CloudFormation refuses the template.`);
  return doubt(scope, "refused", `the condition ${name}`);
}

/**
 * The resources with loops written out, and the roles that SAM makes for them. While they are, the collections of the
 * loops can refer to none.
 */
function declarations(stack: Stack, scope: Scope): ReadonlyMap<string, Declaration> {
  if (stack.resources) return stack.resources;
  const resources = new Map<string, Declaration>();
  stack.resources = resources;
  for (const { key, keyAt, value } of expandLoops(stack.template.resources, scope, { standIn: true }).entries) {
    const declaration = declarationOf(key, keyAt, value);
    if (declaration) resources.set(key, declaration);
  }
  for (const declaration of [...resources.values()]) {
    const role = generatedRole(declaration, stack.template.root);
    if (role && !resources.has(role.logicalId)) resources.set(role.logicalId, role);
  }
  return resources;
}

/** `Conditions` with loops written out. */
function conditionsOf(stack: Stack, scope: Scope): ObjectValue | undefined {
  const { conditions } = stack.template;
  if (stack.conditions || !conditions) return stack.conditions;
  stack.conditions = conditions;
  stack.conditions = { ...conditions, entries: expandLoops(conditions, scope, { standIn: true }).entries };
  return stack.conditions;
}

/** An attribute, worked out once for all who ask. Resources whose names are made of each other are refused. */
function attributeOnce(stack: Stack, scope: Scope, resource: Declaration, attribute: string | null, at: Place): Value {
  const path = attribute === null ? resource.logicalId : `${resource.logicalId}.${attribute}`;
  const known = stack.attributes.get(path);
  if (known === "asked") {
    refuse(scope, at, `${path} depends on itself, so CloudFormation refuses the template.`);
    return unknown(scope, path, doubt(scope, "refused", path), at);
  }
  if (known !== undefined) return referred(known, scope, path, at);
  stack.attributes.set(path, "asked");
  const output = attribute === null ? undefined : stack.output(scope, resource, attribute);
  if (output) noteArn(scope, output, path);
  const value = output ?? attributeValue(scope, resource, attribute, at);
  stack.attributes.set(path, value);
  return referred(value, scope, path, at);
}

/** A value where it is referred to; the budget counts each copy. */
function referred(value: Value, scope: Scope, path: string, at: Place): Value {
  const why = exhausted(scope, at, sizeOf(value));
  return why === undefined ? moved(value, at) : unknown(scope, path, why, at);
}
