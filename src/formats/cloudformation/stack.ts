/** A template and what its parameters are given: the scope in which its values are evaluated. */
import { literal } from "../../facts/text.ts";
import { fillPlaceholders } from "../placeholders.ts";
import type { ObjectValue, Place, TextValue, Value } from "../value.ts";
import { attributeValue } from "./attributes.ts";
import { conditionTruth } from "./condition.ts";
import { evaluate } from "./evaluate.ts";
import { expandLoops, isFilled } from "./loop.ts";
import { namesInNames } from "./names.ts";
import { givenValue, parameterValue } from "./parameter.ts";
import { type Import, type Run, refuse, type Scope, type Truth, unknown } from "./scope.ts";
import { type Declaration, declarationOf, type Template } from "./template.ts";
import { moved } from "./text.ts";

export interface StackOptions {
  readonly unit: string;
  /** `Network/` for a nested stack, else empty. */
  readonly prefix: string;
  readonly run: Run;
  /** What a parent stack gives its parameters; others have their defaults. */
  readonly given: ReadonlyMap<string, Value>;
  readonly imported: (name: string) => Import;
  /** The output of a nested stack whose template is at hand; undefined when there is none of that name, or no template. */
  readonly output: (scope: Scope, resource: Declaration, attribute: string) => Value | undefined;
}

/** What is the same in all scopes of a stack, however their conditions are. */
interface Stack extends StackOptions {
  readonly template: Template;
  readonly attributes: Map<string, Value | "asked">;
  readonly narrow: ReadonlySet<string>;
  resources: ReadonlyMap<string, Declaration> | undefined;
  conditions: ObjectValue | undefined;
  /** The scope without assumptions, in which attributes are worked out. */
  base: Scope | undefined;
}

/** The scope of a template's stack. */
export function openStack(template: Template, options: StackOptions): Scope {
  const stack: Stack = {
    ...options,
    template,
    attributes: new Map(),
    narrow: namesInNames(template.resources),
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
    plain: (text) => plain(text, scope),
    evaluate: (value) => evaluate(value, scope),
    parameter: (name, at) => {
      const declared = template.parameters.get(name);
      if (declared === undefined) return undefined;
      const given = stack.given.get(name);
      if (given) return givenValue(scope, name, given, declared, at);
      return parameterValue(scope, name, declared, { at, narrow: stack.narrow.has(name), defaults });
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
  return { why: `the condition ${name} depends on itself` };
}

/** The resources with loops written out. While they are, the collections of the loops can refer to none. */
function declarations(stack: Stack, scope: Scope): ReadonlyMap<string, Declaration> {
  if (stack.resources) return stack.resources;
  const resources = new Map<string, Declaration>();
  stack.resources = resources;
  for (const { key, keyAt, value } of expandLoops(stack.template.resources, scope, { standIn: true }).entries) {
    const declaration = declarationOf(key, keyAt, value);
    if (declaration) resources.set(key, declaration);
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
    return unknown(scope, path, `${path} depends on itself`, at);
  }
  if (known !== undefined) return moved(known, at);
  stack.attributes.set(path, "asked");
  const value =
    (attribute === null ? undefined : stack.output(scope, resource, attribute)) ??
    attributeValue(scope, resource, attribute, at);
  stack.attributes.set(path, value);
  return moved(value, at);
}

/**
 * A text as it is written. Templates are often filled in by other tools too (`${self:custom.x}`, `{{ x }}`); but when the text names a parameter
 * or resource of this template, it is `Fn::Sub` that was forgotten, and CloudFormation takes it as it is.
 */
function plain(text: TextValue, scope: Scope): TextValue {
  if (isFilled(text)) return text;
  const safe = literal(text.value);
  const value: TextValue = safe === text.value ? text : { ...text, value: safe };
  if (forgotSub(safe, scope)) return value;
  const filled = fillPlaceholders(value, scope.unit, scope.run.spellings);
  return filled.kind === "text" ? filled : value;
}

function forgotSub(text: string, scope: Scope): boolean {
  if (!text.includes("${")) return false;
  return [...text.matchAll(/\$\{([A-Za-z0-9:]+)(?:\.[A-Za-z0-9.]+)?\}/g)].some(
    ([, name = ""]) => name.startsWith("AWS::") || scope.template.parameters.has(name) || scope.resources().has(name),
  );
}
