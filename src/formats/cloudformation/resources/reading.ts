/** What a reader of one resource type is given, and what it gives back. */

import type { Deployment } from "../../../facts/arn.ts";
import type { Cause } from "../../../facts/causes.ts";
import type { SecretAddition, Text, Unseen } from "../../../facts/located.ts";
import { eitherAbsence } from "../../../facts/presence.ts";
import type { Resources } from "../../../facts/resources.ts";
import type { Place } from "../../../source.ts";
import { get, type Value } from "../../../syntax/value.ts";
import { anyText, toText } from "../../read.ts";
import { addressOf, ask } from "../attributes.ts";
import { absenceBy, doubtOf } from "../condition.ts";
import { LOOP } from "../loop.ts";
import type { Scope } from "../scope.ts";
import type { Declaration } from "../template.ts";

/** One declared resource, in a scope in which its own condition holds. */
export interface Reading {
  readonly scope: Scope;
  readonly declaration: Declaration;
  readonly id: string;
  readonly address: string;
  readonly unit: string;
  readonly deployment: Deployment;
  readonly at: Place;
  /** What is not known, so that it may not be made at all; else null. */
  readonly maybe: Cause | null;
  readonly written: (name: string) => Value | undefined;
  /** A property evaluated; undefined when it is absent or removed. */
  readonly property: (name: string) => Value | undefined;
  readonly text: (name: string) => Text | null;
  /** What `Ref` (null) or `Fn::GetAtt` of this resource gives. */
  readonly attribute: (name: string | null) => Text;
}

/** What makes a secret's JSON have more keys, or its value change. */
export interface SecretEffect {
  readonly secret: Text;
  readonly adds: SecretAddition;
  readonly rotates: boolean;
}

export interface Profile {
  readonly names: readonly string[];
  readonly role: Text | null;
}

export type Found = { readonly [K in keyof Resources]: Resources[K] } & {
  readonly secret_effects: readonly SecretEffect[];
  readonly profiles: readonly Profile[];
};

export type Reader = (reading: Reading) => Partial<Found>;

export function read(scope: Scope, declaration: Declaration, maybe: Cause | null): Reading {
  const { logicalId, keyAt, body } = declaration;
  const address = addressOf(scope, logicalId);
  const { property } = ask(scope, declaration);
  return {
    scope,
    declaration,
    id: `${scope.unit}#${address}`,
    address,
    unit: scope.unit,
    deployment: scope.run.deployment,
    at: keyAt,
    maybe,
    written: (name) => get(get(body, "Properties"), name),
    property,
    text: (name) => toText(property(name)),
    attribute: (name) => {
      const value = scope.attribute(declaration, name, keyAt);
      return toText(value) ?? { value: anyText(value, address), at: keyAt };
    },
  };
}

export function declared(
  { id, address, unit, at, declaration, scope }: Reading,
  unseen: readonly Unseen[] = [],
): { id: string; address: string; unit: string; at: Place; unseen: readonly Unseen[] } {
  const hidden = hiddenProperties(declaration, scope);
  return { id, address, unit, at, unseen: hidden ? [...unseen, hidden] : unseen };
}

/** Properties that can't be seen: a macro gives them, or they are not written as an object. */
function hiddenProperties({ body, keyAt }: Declaration, scope: Scope): Unseen | undefined {
  const properties = get(body, "Properties");
  if (properties === undefined || properties.kind === "null") return undefined;
  if (properties.kind !== "object") {
    return { part: "properties", cause: doubtOf(properties, scope).cause, at: properties.at };
  }
  const hiding = properties.entries.find(({ key }) => key === "Fn::Transform" || LOOP.test(key));
  if (hiding === undefined && properties.open === undefined) return undefined;
  const macro: Cause = { kind: "macro", name: hiding?.key ?? "", unit: scope.unit };
  return { part: "properties", cause: properties.open ?? macro, at: hiding?.keyAt ?? keyAt };
}

/** One way a value may come out: `maybe` is what is not known, so that it may not; null when it is certain. */
export interface Alternative {
  readonly value: Value;
  /** The value before it was evaluated, and the scope to evaluate it in. */
  readonly written: Value;
  readonly scope: Scope;
  readonly maybe: Cause | null;
}

/**
 * What a value may be, with the branches of undecided conditions told apart. A branch that only a parameter's default
 * rules out is one too: the stack may be made with another value.
 */
export function alternatives(
  written: Value | undefined,
  scope: Scope,
  maybe: Cause | null = null,
): readonly Alternative[] {
  if (written === undefined) return [];
  const choice = choiceOf(written);
  if (choice === undefined) {
    const value = scope.evaluate(written);
    return value === undefined || value.kind === "null" ? [] : [{ value, written, scope, maybe }];
  }
  const { condition, then, otherwise, at } = choice;
  const truth = scope.condition(condition, at);
  const always = typeof truth === "boolean" ? scope.strict().condition(condition, at) : truth;
  if (typeof always === "boolean") return alternatives(always ? then : otherwise, scope, maybe);
  const missing = (holds: boolean): Cause | null => {
    if (typeof truth !== "boolean") return absenceBy(truth, holds);
    return truth === holds ? null : always.cause;
  };
  const branch = (value: Value, holds: boolean): readonly Alternative[] =>
    alternatives(value, scope.assuming(condition, holds), eitherAbsence(maybe, missing(holds)));
  return [...branch(then, true), ...branch(otherwise, false)];
}

/** The items of a list, or of a value that may be several lists, each with why it may not be there. */
export function alternativeItems(
  written: Value | undefined,
  scope: Scope,
  maybe: Cause | null = null,
): readonly Alternative[] {
  if (written === undefined) return [];
  if (written.kind === "list") return written.items.flatMap((item) => alternatives(item, scope, maybe));
  return alternatives(written, scope, maybe).flatMap((one) => {
    if (one.written.kind === "list") return alternativeItems(one.written, one.scope, one.maybe);
    return one.value.kind === "list" ? one.value.items.map((item) => ({ ...one, value: item, written: item })) : [one];
  });
}

interface Choice {
  readonly condition: string;
  readonly then: Value;
  readonly otherwise: Value;
  readonly at: Place;
}

function choiceOf(written: Value): Choice | undefined {
  const argument = written.kind === "object" && written.entries.length === 1 ? get(written, "Fn::If") : undefined;
  const [condition, then, otherwise] = argument?.kind === "list" ? argument.items : [];
  if (condition?.kind !== "text" || then === undefined || otherwise === undefined) return undefined;
  return { condition: condition.value, then, otherwise, at: condition.at };
}
