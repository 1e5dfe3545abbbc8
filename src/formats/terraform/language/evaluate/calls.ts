/** Function calls: arguments, and what happens before and after the function itself. */

import type { Place } from "../../../../source.ts";
import { type CallExpression, type Expression, literalString } from "../../../../syntax/hcl/tree.ts";
import type { Mark } from "../../../../syntax/value.ts";
import { functionNamed } from "../functions/table.ts";
import { spend, spendValue } from "./bounds.ts";
import { Complaint } from "./complaint.ts";
import type { Context } from "./context.ts";
import { convert } from "./convert.ts";
import { derived } from "./derive.ts";
import { evaluateIn } from "./evaluate.ts";
import { ArgumentComplaint, type Call, type FunctionSpec, type Parameter } from "./function-spec.ts";
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
  if (name === "templatestring") checkTemplate(expression.arguments[0]);
  const literal = context.setting.legacy && legacyLiteral(name, expression);
  if (literal) return evaluateIn(literal, context);
  const spec = functionNamed(name);
  const values = argumentsOf(expression, spec, context);
  if ("kind" in values) return values;
  if (spec === undefined) return unknownFunction(name, values, expression.at);
  const failed = values.find(({ value }) => value.kind === "unknown" && value.fault)?.value;
  if (failed !== undefined) return { ...failed, at: expression.at };
  const checked = checkArguments(name, spec, values);
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

/** `templatestring` takes its template from a reference alone. @throws Complaint */
function checkTemplate(template: Expression | undefined): void {
  let source = template;
  while (source?.kind === "attribute" || source?.kind === "index" || source?.kind === "splat") source = source.source;
  if (source === undefined || source.kind === "variable") return;
  const only =
    "invalid template expression: templatestring is only for rendering templates retrieved dynamically from elsewhere";
  const why =
    template?.kind === "wrap"
      ? `${only}; to treat the inner expression as template syntax, write the reference expression directly without any template interpolation syntax`
      : template?.kind !== "template"
        ? "invalid template expression: must be a direct reference to a single string from elsewhere, containing valid Terraform template syntax"
        : literalString(template) === undefined
          ? `${only}; to render an inline template, consider using a plain template string expression`
          : `${only}, and so does not support providing a literal template; consider using a template string expression instead`;
  throw new Complaint(`Invalid value for "template" parameter: ${why}.`);
}

function unknownFunction(name: string, values: readonly Argument[], at: Place): TerraformValue {
  if (!name.includes("::")) throw new Complaint(`There is no function named "${name}".`);
  return derived(
    `${name.replaceAll("::", ".")}`,
    values.map(({ value }) => value),
    at,
    undefined,
    `${name} is a function of a provider`,
  );
}

/** The arguments, the last one spread out when it is followed by `...`; an unknown result when that one is not known. */
function argumentsOf(
  expression: CallExpression,
  spec: FunctionSpec | undefined,
  context: Context,
): readonly Argument[] | TerraformValue {
  const values = expression.arguments.map((argument) => ({ value: evaluateIn(argument, context), at: argument.at }));
  const last = values.at(-1);
  if (!expression.expand || last === undefined) return values;
  const { value, at } = last;
  if (value.kind === "null") throw new Complaint("The expanding argument (indicated by ...) must not be null.");
  if (value.kind === "unknown")
    return {
      ...derived(
        expression.name,
        values.map((argument) => argument.value),
        expression.at,
      ),
      ...(value.fault && { fault: true }),
    };
  if (value.kind !== "list")
    throw new Complaint("The expanding argument (indicated by ...) must be of a tuple, list, or set type.");
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
function checkArguments(name: string, spec: FunctionSpec, values: readonly Argument[]): readonly TerraformValue[] {
  const { parameters, rest } = spec;
  const missing = parameters[values.length];
  if (missing !== undefined) {
    const least = rest === undefined ? "" : " at least";
    throw new Complaint(
      `Function "${name}" expects${least} ${parameters.length} argument(s). Missing value for "${missing.name}".`,
    );
  }
  if (rest === undefined && values.length > parameters.length) {
    throw new Complaint(`Function "${name}" expects only ${parameters.length} argument(s).`);
  }
  return values.map(({ value }, index) => {
    const parameter = parameters[index] ?? rest;
    return parameter === undefined ? value : complainOf(parameter, () => convert(value, parameter.type));
  });
}

function complainOf<T>(parameter: Parameter | undefined, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Complaint && parameter !== undefined) {
      throw new Complaint(`Invalid value for "${parameter.name}" parameter: ${error.message}.`);
    }
    throw error;
  }
}

function callOf(expression: CallExpression, values: readonly Argument[], context: Context): Call {
  const { setting } = context;
  return {
    at: expression.at,
    argumentPlaces: values.map(({ at }) => at),
    budget: setting.budget,
    files: setting.files,
    render: (template, bindings) =>
      evaluateIn(template, { setting: { ...setting, scope: () => undefined }, bindings, item: undefined }),
    serial: nextSerial,
  };
}

/** What a call costs besides its arguments. */
const STEPS_OF_CALL = 8;

/** Counts through the whole run: values that are new every time must not be taken for equal, whoever evaluates them. */
let serial = 0;

function nextSerial(): number {
  serial++;
  return serial;
}

function callFunction(name: string, spec: FunctionSpec, values: readonly TerraformValue[], call: Call): TerraformValue {
  const parameterOf = (index: number) => spec.parameters[index] ?? spec.rest;
  for (const [index, value] of values.entries()) {
    const parameter = parameterOf(index);
    if (value.kind === "null" && parameter?.nullable !== true) {
      complainOf(parameter, () => {
        throw new Complaint("argument must not be null");
      });
    }
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
  const result = vague
    ? derived(name, values, call.at, spec.returns)
    : spendValue(call.budget, run(name, spec, values, call));
  return mark === undefined ? result : { ...result, sensitive: markOfResult(name, mark) };
}

function passedMark(value: TerraformValue, marks: Parameter["marks"]): Mark | undefined {
  if (marks === undefined) return markOf(value);
  return marks === "outer" ? value.sensitive : undefined;
}

function isKnownEnough(value: TerraformValue, known: Parameter["known"]): boolean {
  return known === "nothing" || (known === "outside" ? value.kind !== "unknown" : isWhollyKnown(value));
}

function run(name: string, spec: FunctionSpec, values: readonly TerraformValue[], call: Call): TerraformValue {
  try {
    return spec.run(values, call);
  } catch (error) {
    if (error instanceof ArgumentComplaint) {
      const parameter = spec.parameters[error.index] ?? spec.rest;
      throw new Complaint(`Invalid value for "${parameter?.name ?? name}" parameter: ${error.message}.`);
    }
    if (error instanceof Complaint) throw new Complaint(`Call to function "${name}" failed: ${error.message}.`);
    throw error;
  }
}

/** Evaluates and says whether Terraform would have refused any of it; such faults are not noted. */
function withoutFaults(
  expression: Expression,
  context: Context,
): { readonly value: TerraformValue; readonly refused: boolean } {
  const { faults, budget } = context.setting;
  const [noted, before] = [faults.length, budget.faults];
  const value = evaluateIn(expression, context);
  const refused = budget.faults > before || (value.kind === "unknown" && value.fault === true);
  faults.splice(noted);
  budget.faults = before;
  return { value, refused };
}

/** Whether an expression only picks from values: Terraform refuses it for what is not there, not for what it computes. */
function isPicking(expression: Expression): boolean {
  if (expression.kind === "attribute") return isPicking(expression.source);
  if (expression.kind === "index") return isPicking(expression.source);
  return expression.kind === "variable";
}

/**
 * Whether the outside of a value may come from something that Terraform refuses once it is known. What is inside counts as not
 * refused: else one unknown attribute would hide all the others.
 */
function mayBeRefused(expression: Expression, value: TerraformValue): boolean {
  if (value.kind === "unknown") return true;
  if (isPicking(expression)) return false;
  return value.kind === "list" ? isSeveral(value) : value.kind === "object" && value.open !== undefined;
}

/** The first argument that Terraform does not refuse. One that is unknown may be refused yet, once it is known. */
function evaluateTry(expression: CallExpression, context: Context): TerraformValue {
  if (expression.arguments.length === 0) {
    throw new Complaint('Call to function "try" failed: at least one argument is required.');
  }
  for (const argument of expression.arguments) {
    const { value, refused } = withoutFaults(argument, context);
    if (refused) continue;
    return mayBeRefused(argument, value) ? derived("try", [value], expression.at) : value;
  }
  throw new Complaint('Call to function "try" failed: no expression succeeded');
}

function evaluateCan(expression: CallExpression, context: Context): TerraformValue {
  const [argument, more] = expression.arguments;
  if (argument === undefined)
    throw new Complaint('Function "can" expects 1 argument(s). Missing value for "expression".');
  if (more !== undefined) throw new Complaint('Function "can" expects only 1 argument(s).');
  const { value, refused } = withoutFaults(argument, context);
  const vague = isPicking(argument) ? value.kind === "unknown" : !isWhollyKnown(value);
  if (!refused && vague) return derived("can", [value], expression.at, { is: "bool" });
  return { kind: "boolean", value: !refused, at: expression.at };
}
