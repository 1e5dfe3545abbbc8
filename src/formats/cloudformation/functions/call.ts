/** What a function of the template language is called with, and what several of them do alike. */
import type { Place } from "../../../source.ts";
import type { ListValue, TextValue, Value } from "../../../syntax/value.ts";
import { whyDoubted } from "../condition.ts";
import { holeText, refuse, type Scope, type Unknown, unknown } from "../scope.ts";
import { callName } from "../text.ts";

export interface Call {
  /** As it is written, `Fn::Join`. */
  readonly name: string;
  /** The place of the whole call, which is that of its result. */
  readonly at: Place;
  readonly scope: Scope;
}

/** A function: its argument is not evaluated yet. Undefined when the call gives nothing (`AWS::NoValue`). */
export type Intrinsic = (argument: Value, call: Call) => Value | undefined;

/** The unknown result of a call. */
export function undecided(
  argument: Value,
  { name, at, scope }: Call,
  why: string,
  more: Omit<Partial<Unknown>, "kind" | "why" | "name" | "at"> = {},
): Unknown {
  return unknown(scope, callName(name, argument), why, at, more);
}

/** The unknown result of a call that surely has no colon. */
export function narrow(argument: Value, { name, at, scope }: Call, why: string): TextValue {
  return holeText(scope, callName(name, argument), "narrow", why, at);
}

/** The result of a call that CloudFormation refuses, with a problem that says what it takes. */
export function malformed(argument: Value, call: Call, message: string): Unknown {
  refuse(call.scope, call.at, `${message}.`);
  return undecided(argument, call, message.replace(/^The /, "the "));
}

/** The arguments of a call that takes a list. */
export function argumentsOf(argument: Value): readonly Value[] {
  return argument.kind === "list" ? argument.items : [argument];
}

/** A list that a function takes, evaluated; else why there is none. */
export function listOf(
  value: Value | undefined,
  { scope }: Call,
): ListValue | { readonly kind: "no list"; readonly why: string; readonly value: Value | undefined } {
  const list = value && scope.evaluate(value);
  if (list?.kind === "list") return list;
  return { kind: "no list", why: list === undefined ? "it has no list" : whyDoubted(list, scope), value: list };
}
