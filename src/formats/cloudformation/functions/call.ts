/** What a function of the template language is called with, and what several of them do alike. */
import { holeOf } from "../../../facts/text.ts";
import type { Place } from "../../../source.ts";
import type { ListValue, TextValue, Value } from "../../../syntax/value.ts";
import { doubtOf } from "../condition.ts";
import { type Doubt, doubt, type Named, narrowText, refuse, type Scope, type Unknown, unknown } from "../scope.ts";
import { callName } from "../text.ts";

export interface Call {
  readonly name: string;
  /** The place of the whole call, which is that of its result. */
  readonly at: Place;
  readonly scope: Scope;
}

/** A function: its argument is not evaluated yet. Undefined when the call gives nothing (`AWS::NoValue`). */
export type Intrinsic = (argument: Value, call: Call) => Value | undefined;

export function undecided(
  argument: Value,
  { name, at, scope }: Call,
  doubt: Doubt,
  more: Omit<Partial<Unknown>, "kind" | "why" | "name" | "at"> = {},
): Unknown {
  const about = aboutCall(name, doubt);
  return { ...unknown(scope, callName(name, argument), doubt, at, more, about), ...markOf(about) };
}

/** The mark of a result that is made of what must not be shown. */
export function markOf({ sensitive, digest }: Named): { readonly sensitive?: true } {
  return sensitive && !digest ? { sensitive: true } : {};
}

/** What is known of the result of a call, which is computed from the holes of the doubt. */
export function aboutCall(name: string, { of = [] }: Doubt, digest = false): Named {
  const called = name.replace("Fn::", "");
  return {
    words: `${called}(…)`,
    origin: { kind: "computed", of: [...new Set(of)], function: name },
    digest: digest || (of.length > 0 && of.every((one) => holeOf(one).digest)),
    sensitive: of.some((one) => holeOf(one).sensitive),
  };
}

/** The unknown result of a call that surely has no colon. */
export function narrow(argument: Value, { name, at, scope }: Call, doubt: Doubt, digest = false): TextValue {
  return narrowText(scope, callName(name, argument), doubt, at, aboutCall(name, doubt, digest));
}

/** The result of a call that CloudFormation refuses, with a problem that says what it takes. */
export function malformed(argument: Value, call: Call, message: string): Unknown {
  refuse(call.scope, call.at, `${message}.`);
  return undecided(argument, call, doubt(call.scope, "refused", call.name));
}

export function argumentsOf(argument: Value): readonly Value[] {
  return argument.kind === "list" ? argument.items : [argument];
}

/** A list that a function takes, evaluated; else what is not known. */
export function listOf(
  value: Value | undefined,
  { scope, name }: Call,
): ListValue | { readonly kind: "no list"; readonly doubt: Doubt; readonly value: Value | undefined } {
  const list = value && scope.evaluate(value);
  if (list?.kind === "list") return list;
  return {
    kind: "no list",
    doubt: list === undefined ? doubt(scope, "refused", name) : doubtOf(list, scope),
    value: list,
  };
}
