import type { Cause } from "../../../../facts/causes.ts";
import { presenceBehind } from "../../../../facts/presence.ts";
import type { Place } from "../../../../source.ts";
import type { CallExpression, Expression } from "../../../../syntax/hcl/tree.ts";
import type { Mark } from "../../../../syntax/value.ts";
import { functionNamed } from "../functions/table.ts";
import { spend, spendValue } from "./bounds.ts";
import { Complaint } from "./complaint.ts";
import type { Context, Scope } from "./context.ts";
import { convert } from "./convert.ts";
import { chooserBy, derived, oneOf } from "./derive.ts";
import { evaluate, evaluateIn } from "./evaluate.ts";
import type { Call, FunctionSpec, Parameter } from "./function-spec.ts";
import { onSides } from "./sides.ts";
import { markOfResult } from "./unknown.ts";
import { isSeveral, isWhollyKnown, marked, markOf, type TerraformValue, weightOf } from "./values.ts";

interface Argument {
  readonly value: TerraformValue;
  readonly at: Place;
}

export function evaluateCall(expression: CallExpression, context: Context): TerraformValue {
  const name = expression.name.replace(/^core::/, "");
  if (name === "try") return evaluateTry(expression, context);
  if (name === "can") return evaluateCan(expression, context);
  const literal = context.setting.legacy && legacyLiteral(name, expression);
  if (literal) return evaluateIn(literal, context);
  const spec = functionNamed(name);
  const values = argumentsOf(expression, spec, context);
  if ("kind" in values) return values;
  if (spec === undefined) return unknownFunction(name, values, expression.at);
  const failed = values.find(({ value }) => value.kind === "unknown" && value.fault)?.value;
  if (failed !== undefined) return { ...failed, at: expression.at };
  const checked = checkArguments(spec, values);
  const call = callOf(expression, values, context);
  return callFunction(name, spec, checked, call);
}

/** The list or object that a call of the old functions `list` and `map` writes. */
function legacyLiteral(name: string, { arguments: values, expand, at }: CallExpression): Expression | undefined {
  if (expand) return undefined;
  if (name === "list") return { kind: "tuple", items: values, at };
  if (name !== "map" || values.length % 2 !== 0) return undefined;
  const items = values.flatMap((key, index) => {
    const value = values[index + 1];
    return index % 2 === 0 && value ? [{ key, value }] : [];
  });
  return { kind: "object", items, at };
}

function unknownFunction(name: string, values: readonly Argument[], at: Place): TerraformValue {
  if (!name.includes("::")) throw new Complaint("missing");
  return derived(
    `${name.replaceAll("::", ".")}`,
    values.map(({ value }) => value),
    at,
  );
}

/** The arguments; `...` spreads out the last one, and when that is not known, the result of the call is unknown. */
function argumentsOf(
  expression: CallExpression,
  spec: FunctionSpec | undefined,
  context: Context,
): readonly Argument[] | TerraformValue {
  const values = expression.arguments.map((argument) => ({ value: evaluateIn(argument, context), at: argument.at }));
  const last = values.at(-1);
  if (!expression.expand || last === undefined) return values;
  const { value, at } = last;
  if (value.kind === "null") throw new Complaint("null");
  if (value.kind === "unknown")
    return {
      ...derived(
        expression.name,
        values.map((argument) => argument.value),
        expression.at,
      ),
      ...(value.fault && { fault: true }),
    };
  if (value.kind !== "list") throw new Complaint("type");
  if (isSeveral(value) && spec?.gathers !== true) {
    const all = values.map((argument) => argument.value);
    return derived(expression.name, all, expression.at);
  }
  spend(context.setting.budget, value.items.length);
  const items = value.items.map((item) => ({
    value: marked(item, value.sensitive),
    at,
  }));
  return [...values.slice(0, -1), ...items];
}

/** The arguments converted to their parameters' types. @throws Complaint */
function checkArguments(spec: FunctionSpec, values: readonly Argument[]): readonly TerraformValue[] {
  const { parameters, rest } = spec;
  const fits = values.length === parameters.length || (rest !== undefined && values.length > parameters.length);
  if (!fits) throw new Complaint("argument");
  return values.map(({ value }, index) => {
    const parameter = parameters[index] ?? rest;
    return parameter === undefined ? value : convert(value, parameter.type);
  });
}

function callOf(expression: CallExpression, values: readonly Argument[], context: Context): Call {
  const { setting } = context;
  return {
    at: expression.at,
    argumentPlaces: values.map(({ at }) => at),
    budget: setting.budget,
    files: setting.files,
    ...(setting.tried && { tried: true }),
    render: (template, scope) => evaluate(template, { ...setting, scope }),
    serial: nextSerial,
  };
}

/** Steps of a call besides its arguments. */
const STEPS_OF_CALL = 8;

/** Counts through the whole run, so that no two results of `uuid()` are taken for equal. */
let serial = 0;

function nextSerial(): number {
  serial++;
  return serial;
}

function callFunction(name: string, spec: FunctionSpec, values: readonly TerraformValue[], call: Call): TerraformValue {
  const parameterOf = (index: number) => spec.parameters[index] ?? spec.rest;
  for (const [index, value] of values.entries()) {
    if (value.kind === "null" && parameterOf(index)?.nullable !== true) throw new Complaint("null");
  }
  spend(
    call.budget,
    values.reduce(
      (sum, value, index) => sum + (parameterOf(index)?.known === undefined ? weightOf(value) : 1),
      STEPS_OF_CALL,
    ),
  );
  const mark = values.reduce<Mark | undefined>(
    (found, value, index) => found ?? passedMark(value, parameterOf(index)?.marks),
    undefined,
  );
  const vague = values.some((value, index) => !isKnownEnough(value, parameterOf(index)?.known));
  const result = vague ? derived(name, values, call.at, spec.returns) : spendValue(call.budget, spec.run(values, call));
  return mark === undefined ? result : { ...result, sensitive: markOfResult(name, mark) };
}

function passedMark(value: TerraformValue, marks: Parameter["marks"]): Mark | undefined {
  if (marks === undefined) return markOf(value);
  return marks === "outer" ? value.sensitive : undefined;
}

function isKnownEnough(value: TerraformValue, known: Parameter["known"]): boolean {
  return known === "nothing" || (known === "outside" ? value.kind !== "unknown" : isWhollyKnown(value));
}

/** What an expression gives where Terraform may refuse it. */
interface Tried {
  readonly value: TerraformValue;
  /** Whether it refuses any of it. */
  readonly refused: boolean;
  /** What is not known, so that it may refuse the instance that is asked for. */
  readonly maybe?: Cause;
}

/** Evaluates, and reports whether Terraform would refuse any of it, without noting the faults. */
function withoutFaults(expression: Expression, context: Context): Tried {
  const { faults, budget, scope } = context.setting;
  const [noted, before] = [faults.length, budget.faults];
  let maybe: Cause | undefined;
  const noting: Scope = (reference) => {
    const found = scope(reference);
    maybe ??= found?.maybe;
    return found;
  };
  const value = evaluateIn(expression, { ...context, setting: { ...context.setting, scope: noting, tried: true } });
  const refused = budget.faults > before || (value.kind === "unknown" && value.fault === true);
  faults.splice(noted);
  budget.faults = before;
  return { value, refused, ...(maybe && { maybe }) };
}

/** Whether an expression only selects parts of values: Terraform refuses it only when a part is missing. */
function isPicking(expression: Expression): boolean {
  if (expression.kind === "attribute") return isPicking(expression.source);
  if (expression.kind === "index") return isPicking(expression.source);
  return expression.kind === "variable";
}

/**
 * Whether Terraform may refuse the expression once the value is known. Unknown parts inside the value count as not
 * refused: otherwise one unknown attribute would hide all the others.
 */
function mayBeRefused(expression: Expression, value: TerraformValue): boolean {
  if (value.kind === "unknown") return !value.accepted;
  if (isPicking(expression)) return false;
  return value.kind === "list" ? isSeveral(value) : value.kind === "object" && value.open !== undefined;
}

function evaluateTry({ arguments: given, at }: CallExpression, context: Context): TerraformValue {
  const value = firstAccepted(given, at, context);
  if (value === undefined) throw new Complaint("argument");
  return value;
}

/** The first value that Terraform accepts. An unknown one may still be refused once it is known. */
function firstAccepted(
  [argument, ...others]: readonly Expression[],
  at: Place,
  context: Context,
): TerraformValue | undefined {
  if (argument === undefined) return undefined;
  const { value, refused, maybe } = withoutFaults(argument, context);
  if (refused) return firstAccepted(others, at, context);
  if (mayBeRefused(argument, value)) return derived("try", [value], at, undefined, maybe);
  const other = maybe && firstAccepted(others, at, context);
  if (other === undefined) return value;
  const either = derived("try", [value, other], at, undefined, maybe);
  const presence = presenceBehind(maybe ?? null);
  if (presence) {
    const sides = new Map([...presence.sides].map(([clause, is]) => [clause, is ? value : other]));
    return onSides({ by: presence.by, sides }, (side) => side, either);
  }
  return oneOf([value, other], either, chooserBy(either, ["its first value", "another one"]));
}

function evaluateCan(expression: CallExpression, context: Context): TerraformValue {
  const [argument, more] = expression.arguments;
  if (argument === undefined) throw new Complaint("argument");
  if (more !== undefined) throw new Complaint("argument");
  const { value, refused, maybe } = withoutFaults(argument, context);
  const isVague = isPicking(argument) ? value.kind === "unknown" : !isWhollyKnown(value);
  const vague = maybe !== undefined || (isVague && !(value.kind === "unknown" && value.accepted));
  if (!refused && vague) return derived("can", [value], expression.at, { is: "bool" }, maybe);
  return { kind: "boolean", value: !refused, at: expression.at };
}
