/**
 * Conditions, three-valued: they hold, they don't, or the files can't tell and say why.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
 */

import { equalTexts } from "../../facts/alike.ts";
import type { Cause } from "../../facts/causes.ts";
import { type Chooser, clauseOf } from "../../facts/choices.ts";
import { absence, withClauses } from "../../facts/presence.ts";
import { holeOf, holes, insides, isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import type { ObjectValue, Value } from "../../syntax/value.ts";
import { allowedFor } from "./allowed.ts";
import { byKey } from "./by-key.ts";
import { type Deciding, type Doubt, doubt, exhausted, refuse, type Scope, type Truth } from "./scope.ts";
import type { Declaration } from "./template.ts";
import { saying, textOf } from "./text.ts";

type Operator = (argument: Value, scope: Scope) => Truth;

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["Fn::Equals", equals],
  ["Fn::And", (argument, scope) => combined(argument, scope, false)],
  ["Fn::Or", (argument, scope) => combined(argument, scope, true)],
  ["Fn::Not", not],
  ["Condition", named],
]);

export function truthOf(value: Value, scope: Scope): Truth {
  const why = exhausted(scope, value.at);
  if (why !== undefined) return why;
  scope.run.depth++;
  const truth = truthInside(value, scope);
  scope.run.depth--;
  return truth;
}

function truthInside(value: Value, scope: Scope): Truth {
  const [only] = value.kind === "object" ? value.entries : [];
  const operator = only && OPERATORS.get(only.key);
  if (only && operator) return operator(only.value, scope);
  const result = scope.evaluate(value);
  if (result?.kind === "boolean") return result.value;
  const text = result && textOf(result);
  if (text === "true") return true;
  if (text === "false") return false;
  return result === undefined ? doubt(scope, "refused", "a condition") : doubtOf(result, scope);
}

/** The value of a condition by name, as `scope.condition` has it once: what is declared, or a doubt. */
export function conditionTruth(scope: Scope, conditions: ObjectValue | undefined, name: string, at: Place): Truth {
  const declared = conditions && byKey(conditions, name);
  if (declared) return decidedBy(name, truthOf(declared, scope), scope);
  if (conditions && byKey(conditions, "Fn::Transform")) return doubt(scope, "macro", "Fn::Transform");
  refuse(scope, at, `The condition ${name} is not declared in this template, so CloudFormation refuses the template.`);
  return doubt(scope, "undeclared", `the condition ${name}`);
}

/** What is not known of a condition depends on the condition, or on the one that it is the opposite of. */
function decidedBy(name: string, truth: Truth, { prefix, unit }: Scope): Truth {
  if (typeof truth === "boolean" || truth.decides) return truth;
  return { ...truth, decides: { by: `${prefix}condition ${name}@${unit}`, words: name, holds: true } };
}

/** What chooses between where something holds and where it doesn't. */
export function chooserOf({ by, words, holds }: Deciding): Chooser {
  return { by, clauses: [holds, !holds].map((is) => clauseOf(words, String(is))) };
}

/** Why something may not be there that is there where a doubtful condition holds, or where it doesn't. */
export function absenceBy({ cause, decides }: Doubt, holds: boolean): Cause {
  return absence(cause, decides && withClauses(chooserOf(decides), [holds, !holds]));
}

function named(argument: Value, scope: Scope): Truth {
  const name = textOf(argument);
  return name === undefined ? doubt(scope, "refused", "Condition") : scope.condition(name, argument.at);
}

function not(argument: Value, scope: Scope): Truth {
  const inner = argument.kind === "list" ? argument.items[0] : argument;
  if (inner === undefined) return doubt(scope, "refused", "Fn::Not");
  const truth = truthOf(inner, scope);
  if (typeof truth === "boolean") return !truth;
  return truth.decides ? { ...truth, decides: { ...truth.decides, holds: !truth.decides.holds } } : truth;
}

/** `Fn::Or` and `Fn::And`: one operand that is `decisive` decides, whatever the others are. */
function combined(argument: Value, scope: Scope, decisive: boolean): Truth {
  if (argument.kind !== "list") return doubt(scope, "refused", decisive ? "Fn::Or" : "Fn::And");
  const truths = argument.items.map((item) => truthOf(item, scope));
  if (truths.includes(decisive) || areOpposed(truths)) return decisive;
  const open = truths.find((truth) => typeof truth !== "boolean");
  if (open === undefined) return !decisive;
  const { decides: _, ...undecided } = open;
  return undecided;
}

/** Whether one of two operands holds where the other doesn't. */
function areOpposed(truths: readonly Truth[]): boolean {
  const deciding = truths.flatMap((truth) => (typeof truth !== "boolean" && truth.decides ? [truth.decides] : []));
  const holding = new Set(deciding.flatMap(({ by, holds }) => (holds ? [by] : [])));
  return deciding.some(({ by, holds }) => !holds && holding.has(by));
}

function equals(argument: Value, scope: Scope): Truth {
  if (argument.kind !== "list" || argument.items.length !== 2) {
    refuse(scope, argument.at, "Fn::Equals expects a list of two values.");
    return doubt(scope, "refused", "Fn::Equals");
  }
  const [left, right] = argument.items.map((item) => scope.evaluate(item));
  if (left === undefined || right === undefined) return left === right;
  const [a, b] = [textOf(left), textOf(right)];
  if (a === undefined || b === undefined) {
    const known =
      holes(saying(left) + saying(right)).length === 0 && left.kind !== "unknown" && right.kind !== "unknown";
    return known ? saying(left) === saying(right) : doubtOf(left, scope, right);
  }
  return equalTexts(a, b) ?? equalByAllowed(argument.items, [a, b], scope) ?? doubtOf(left, scope, right);
}

/** Whether a parameter is equal to a string, where the values that it may have tell. */
function equalByAllowed(items: readonly Value[], texts: readonly [string, string], scope: Scope): boolean | undefined {
  for (const [index, item] of items.entries()) {
    const [allowed, other = ""] = [allowedFor(item, scope), texts[1 - index]];
    if (!allowed || !isLiteral(other)) continue;
    if (!allowed.includes(other)) return false;
    if (allowed.every((one) => one === other)) return true;
  }
  return undefined;
}

/** What is not known of a value, or of one of two, and all holes that it is made of. */
export function doubtOf(value: Value, scope: Scope, other?: Value): Doubt {
  const of = (other ? [value, other] : [value]).flatMap(holesIn);
  const [first] = of;
  return first === undefined ? doubt(scope, "value", "a value") : { cause: holeOf(first).cause, of };
}

/** The insides of all holes in a value. */
export function holesIn(value: Value): readonly string[] {
  switch (value.kind) {
    case "unknown":
      return [value.name];
    case "text":
      return insides(value.value);
    case "list":
      return value.items.flatMap(holesIn);
    case "object":
      return value.entries.flatMap((entry) => holesIn(entry.value));
    default:
      return [];
  }
}

export interface Existence {
  /**
   * `yes`; `maybe` when it is unknown; `off` when only the default of a parameter rules it out, so that the stack
   * may be made with it; `no` when it is in no stack.
   */
  readonly made: "yes" | "maybe" | "off" | "no";
  /** What is not known, so that it may not be made; else null. */
  readonly maybe: Cause | null;
}

export function existence(scope: Scope, { condition, keyAt }: Pick<Declaration, "condition" | "keyAt">): Existence {
  const truth = condition === undefined || scope.condition(condition, keyAt);
  if (truth === true || condition === undefined) return { made: "yes", maybe: null };
  if (truth !== false) return { made: "maybe", maybe: absenceBy(truth, true) };
  const always = scope.strict().condition(condition, keyAt);
  return typeof always === "boolean" ? { made: "no", maybe: null } : { made: "off", maybe: always.cause };
}

/** Whether it is made, or may be, with the parameters as the files have them. */
export function isMade({ made }: Existence): boolean {
  return made === "yes" || made === "maybe";
}
