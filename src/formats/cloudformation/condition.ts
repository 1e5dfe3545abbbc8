/**
 * Conditions, three-valued: they hold, they don't, or the files can't tell and say why.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
 */

import { holes } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import type { ObjectValue, Value } from "../../syntax/value.ts";
import { byKey } from "./by-key.ts";
import { exhausted, refuse, type Scope, type Truth } from "./scope.ts";
import type { Declaration } from "./template.ts";
import { equalTexts, saying, textOf } from "./text.ts";

type Operator = (argument: Value, scope: Scope) => Truth;

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["Fn::Equals", equals],
  ["Fn::And", (argument, scope) => combined(argument, scope, false)],
  ["Fn::Or", (argument, scope) => combined(argument, scope, true)],
  ["Fn::Not", not],
  ["Condition", named],
]);

/** Whether an expression of `Conditions` holds. */
export function truthOf(value: Value, scope: Scope): Truth {
  const why = exhausted(scope, value.at);
  if (why !== undefined) return { why };
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
  return { why: result === undefined ? "a condition is made of nothing" : whyDoubted(result, scope) };
}

/** The value of a condition by name, as `scope.condition` has it once: what is declared, or a doubt. */
export function conditionTruth(scope: Scope, conditions: ObjectValue | undefined, name: string, at: Place): Truth {
  const declared = conditions && byKey(conditions, name);
  if (declared) return truthOf(declared, scope);
  if (conditions && byKey(conditions, "Fn::Transform")) return { why: `a macro gives the condition ${name}` };
  refuse(scope, at, `The condition ${name} is not declared in this template, so CloudFormation refuses the template.`);
  return { why: `the condition ${name} is not declared` };
}

function named(argument: Value, scope: Scope): Truth {
  const name = textOf(argument);
  return name === undefined ? { why: "a condition has no name" } : scope.condition(name, argument.at);
}

function not(argument: Value, scope: Scope): Truth {
  const inner = argument.kind === "list" ? argument.items[0] : argument;
  if (inner === undefined) return { why: "Fn::Not has nothing to negate" };
  const truth = truthOf(inner, scope);
  return typeof truth === "boolean" ? !truth : truth;
}

/** `Fn::Or` and `Fn::And`: one operand that is `decisive` decides, whatever the others are. */
function combined(argument: Value, scope: Scope, decisive: boolean): Truth {
  if (argument.kind !== "list") return { why: "Fn::And and Fn::Or take a list of conditions" };
  const truths = argument.items.map((item) => truthOf(item, scope));
  if (truths.includes(decisive)) return decisive;
  return truths.find((truth) => typeof truth !== "boolean") ?? !decisive;
}

function equals(argument: Value, scope: Scope): Truth {
  if (argument.kind !== "list" || argument.items.length !== 2) {
    refuse(scope, argument.at, "Fn::Equals takes a list of two values.");
    return { why: "Fn::Equals takes a list of two values" };
  }
  const [left, right] = argument.items.map((item) => scope.evaluate(item));
  if (left === undefined || right === undefined) return left === right;
  const [a, b] = [textOf(left), textOf(right)];
  if (a === undefined || b === undefined) {
    const known =
      holes(saying(left) + saying(right)).length === 0 && left.kind !== "unknown" && right.kind !== "unknown";
    return known ? saying(left) === saying(right) : { why: whyDoubted(left, scope, right) };
  }
  return equalTexts(a, b) ?? { why: whyDoubted(left, scope, right) };
}

/** Why a value, or one of two, is not known. */
export function whyDoubted(value: Value, scope: Scope, other?: Value): string {
  for (const one of other ? [value, other] : [value]) {
    if (one.kind === "unknown") return one.why;
    for (const { token } of holes(saying(one))) {
      const reason = scope.run.reasons.get(token);
      if (reason !== undefined) return reason;
      if (!token.includes("@")) return `it depends on ${token.slice(1, -1).replace(".", "::")}`;
    }
  }
  return "it is known only when the stack is made";
}

/** How sure it is that something under a condition is made. */
export interface Existence {
  /**
   * `yes`; `maybe` when it can't be told; `off` when only the default of a parameter rules it out, so that the stack may be made with it; `no` when
   * it is in no stack.
   */
  readonly made: "yes" | "maybe" | "off" | "no";
  /** Why it may not be made, else null. */
  readonly maybe: string | null;
}

/** Whether a resource or an output is made. */
export function existence(scope: Scope, { condition, keyAt }: Pick<Declaration, "condition" | "keyAt">): Existence {
  const truth = condition === undefined || scope.condition(condition, keyAt);
  if (truth === true || condition === undefined) return { made: "yes", maybe: null };
  const because = (reason: string) => `it is made only under the condition ${condition}, and ${reason}`;
  if (truth !== false) return { made: "maybe", maybe: because(truth.why) };
  const always = scope.strict().condition(condition, keyAt);
  return typeof always === "boolean" ? { made: "no", maybe: null } : { made: "off", maybe: because(always.why) };
}

/** Whether it is made, or may be, with the parameters as the files have them. */
export function isMade({ made }: Existence): boolean {
  return made === "yes" || made === "maybe";
}
