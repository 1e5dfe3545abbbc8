import { noteChoice } from "../../../../facts/choices.ts";
import { withClauses } from "../../../../facts/presence.ts";
import { hole, holeOf } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import type {
  BinaryExpression,
  BinaryOperator,
  ConditionalExpression,
  UnaryExpression,
} from "../../../../syntax/hcl/tree.ts";
import type { TextValue, Value } from "../../../../syntax/value.ts";
import { type Arithmetic, calculate, compareNumbers } from "./arithmetic.ts";
import { spend } from "./bounds.ts";
import { Complaint } from "./complaint.ts";
import { type Context, fault } from "./context.ts";
import { convert } from "./convert.ts";
import { chooserBy, chooserByEquality, derived, oneOf } from "./derive.ts";
import { equal } from "./equal.ts";
import { evaluateIn } from "./evaluate.ts";
import { onSides, optionalItem, sidesOf } from "./sides.ts";
import { BOOL, NUMBER, type Type } from "./types.ts";
import { unify } from "./unify.ts";
import { markOfResult } from "./unknown.ts";
import {
  booleanOf,
  causeOf,
  entryOf,
  markOf,
  numberOf,
  sortedEntries,
  type TerraformEntry,
  type TerraformList,
  type TerraformNumber,
  type TerraformObject,
  type TerraformUnknown,
  type TerraformValue,
  typeOf,
  weightOf,
  withMarks,
} from "./values.ts";

type Compute = (a: TerraformValue, b: TerraformValue, at: Place) => TerraformValue | undefined;
interface Operator {
  /** What the operands are converted to; undefined: they stay as they are. */
  readonly operands: Type | undefined;
  readonly result: Type;
  /** Undefined: what is known does not tell. */
  readonly compute: Compute;
}

function arithmetic(operator: Arithmetic): Operator {
  return {
    operands: NUMBER,
    result: NUMBER,
    compute: numeric((a, b, at) => calculate(operator, a, b, at)),
  };
}

function comparison(test: (order: number) => boolean): Operator {
  const known = numeric((a, b, at) => booleanOf(test(compareNumbers(a, b)), at));
  return {
    operands: NUMBER,
    result: BOOL,
    compute: (a, b, at) => {
      const [first, ...others] = orders(a, b, at);
      if (first === undefined) return known(a, b, at);
      return others.every((order) => test(order) === test(first)) ? booleanOf(test(first), at) : undefined;
    },
  };
}

/** How two numbers may compare when it is known of one only what it is at least; empty when that does not tell. */
function orders(a: TerraformValue, b: TerraformValue, at: Place): readonly number[] {
  if (b.kind === "unknown" && b.atLeast !== undefined) return orders(b, a, at).map((order) => -order);
  if (a.kind !== "unknown" || a.atLeast === undefined || b.kind !== "number") return [];
  const least = compareNumbers(numberOf(a.atLeast, at), b);
  return least < 0 ? [] : least === 0 ? [0, 1] : [1];
}

function numeric(compute: (a: TerraformNumber, b: TerraformNumber, at: Place) => TerraformValue | undefined): Compute {
  return (a, b, at) => {
    if (a.kind === "null" || b.kind === "null") throw new Complaint("null");
    return a.kind === "number" && b.kind === "number" ? compute(a, b, at) : undefined;
  };
}

/** `&&` and `||`: one operand that decides is enough. */
function logical(decides: boolean): Operator {
  return {
    operands: BOOL,
    result: BOOL,
    compute: (a, b, at) => {
      if (a.kind === "null" || b.kind === "null") throw new Complaint("null");
      const values = [a, b].map((operand) => (operand.kind === "boolean" ? operand.value : undefined));
      if (values.includes(decides)) return booleanOf(decides, at);
      return values.includes(undefined) ? undefined : booleanOf(!decides, at);
    },
  };
}

function equality(wanted: boolean): Operator {
  return {
    operands: undefined,
    result: BOOL,
    compute: (a, b, at) => {
      const same = equal(a, b);
      return same === undefined ? undefined : booleanOf(same === wanted, at);
    },
  };
}

const OPERATORS: Readonly<Record<BinaryOperator, Operator>> = {
  "+": arithmetic("+"),
  "-": arithmetic("-"),
  "*": arithmetic("*"),
  "/": arithmetic("/"),
  "%": arithmetic("%"),
  "<": comparison((order) => order < 0),
  "<=": comparison((order) => order <= 0),
  ">": comparison((order) => order > 0),
  ">=": comparison((order) => order >= 0),
  "&&": logical(false),
  "||": logical(true),
  "==": equality(true),
  "!=": equality(false),
};

export function evaluateBinary(expression: BinaryExpression, context: Context): TerraformValue {
  const { operands, compute } = OPERATORS[expression.operator];
  const given = [evaluateIn(expression.left, context), evaluateIn(expression.right, context)] as const;
  const [left, right] = [operand(given[0], operands), operand(given[1], operands)];
  const { budget } = context.setting;
  if (operands === undefined) spend(budget, Math.min(weightOf(left), weightOf(right)));
  const value = compute(left, right, expression.at) ?? sided(expression, left, right);
  const mark = markOf(left) ?? markOf(right);
  return mark === undefined ? value : { ...value, sensitive: markOfResult(expression.operator, mark) };
}

/** The result of an operator that is not known: what it is on each side of an operand, if that has any. */
function sided({ operator, at }: BinaryExpression, left: TerraformValue, right: TerraformValue): TerraformValue {
  const { result, compute } = OPERATORS[operator];
  const of = (a: TerraformValue, b: TerraformValue) => derived(operator, [a, b], at, result);
  const make = (a: TerraformValue, b: TerraformValue) => compute(a, b, at) ?? of(a, b);
  const unknown = of(left, right);
  const [ofLeft, ofRight] = [sidesOf(left), sidesOf(right)];
  if (ofLeft) return onSides(ofLeft, (side) => make(side, right), unknown);
  if (ofRight) return onSides(ofRight, (side) => make(left, side), unknown);
  if (operator === "==") noteChoice(unknown.name, chooserByEquality(left, right), ["true", "false"]);
  if (operator === "!=") noteChoice(unknown.name, chooserByEquality(left, right), ["false", "true"]);
  return unknown;
}

function operand(value: TerraformValue, type: Type | undefined): TerraformValue {
  return type === undefined ? value : convert(value, type);
}

export function evaluateUnary(expression: UnaryExpression, context: Context): TerraformValue {
  const { operator, at } = expression;
  const value = operand(evaluateIn(expression.operand, context), operator === "-" ? NUMBER : BOOL);
  if (value.kind === "null") throw new Complaint("null");
  if (operator === "-" && value.kind === "number") return withMarks(numberOf(-value.value, at), [value]);
  if (operator === "!" && value.kind === "boolean") return withMarks(booleanOf(!value.value, at), [value]);
  const unknown = derived(operator, [value], at, operator === "-" ? NUMBER : BOOL);
  if (operator === "!") noteChoice(unknown.name, chooserBy(value, ["true", "false"]), ["false", "true"]);
  return unknown;
}

/** Evaluates what may not count in the end: its faults are forgotten unless `keep` is called. */
export function tentatively(
  context: Context,
  evaluateIt: () => TerraformValue,
): { readonly value: TerraformValue; readonly keep: () => void } {
  const { faults, budget } = context.setting;
  const [noted, before] = [faults.length, budget.faults];
  const value = evaluateIt();
  const found = faults.splice(noted);
  const count = budget.faults - before;
  budget.faults = before;
  const keep = () => {
    faults.push(...found);
    budget.faults += count;
  };
  return { value, keep };
}

/** Types are compared faster than values are made. */
const VALUES_A_STEP = 8;

/** `a ? b : c`. Both results get the type that they have in common. */
export function evaluateConditional(expression: ConditionalExpression, context: Context): TerraformValue {
  const yes = tentatively(context, () => evaluateIn(expression.yes, context));
  const no = tentatively(context, () => evaluateIn(expression.no, context));
  const given = evaluateIn(expression.condition, context);
  spend(context.setting.budget, Math.ceil((weightOf(yes.value) + weightOf(no.value)) / VALUES_A_STEP));
  return choose(given, yes, no, expression.at, context);
}

/** The result of a condition, as conditionals and `%{if}` have it. */
function choose(
  given: TerraformValue,
  yes: { readonly value: TerraformValue; readonly keep: () => void },
  no: { readonly value: TerraformValue; readonly keep: () => void },
  at: Place,
  context: Context,
): TerraformValue {
  const branches = unifyBranches(yes.value, no.value);
  if (given.kind === "null") throw new Complaint("null");
  const condition = convert(given, BOOL);
  const mark = (value: TerraformValue) => withMarks(value, [yes.value, no.value, condition]);
  if (condition.kind === "boolean") {
    const [chosen, convertIt] = condition.value ? ([yes, branches[0]] as const) : ([no, branches[1]] as const);
    chosen.keep();
    try {
      return mark(convertIt(chosen.value));
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      return fault(context, at, error.message);
    }
  }
  const either = merged(condition, attempt(branches[0], yes.value), attempt(branches[1], no.value), at);
  return mark(either);
}

function attempt(convertIt: (value: TerraformValue) => TerraformValue, value: TerraformValue): TerraformValue {
  try {
    return convertIt(value);
  } catch (error) {
    if (error instanceof Complaint) return value;
    throw error;
  }
}

type Branches = readonly [(value: TerraformValue) => TerraformValue, (value: TerraformValue) => TerraformValue];
const asIs = (value: TerraformValue): TerraformValue => value;

/** How the results of a conditional are converted. A plain `null` takes the other's type. */
function unifyBranches(yes: TerraformValue, no: TerraformValue): Branches {
  const yesType = typeOf(yes);
  const noType = typeOf(no);
  const typed = (type: Type) => (value: TerraformValue) => (type.is === "any" ? value : convert(value, type));
  if (yes.kind === "null" && yesType.is === "any") return [typed(noType), asIs];
  if (no.kind === "null" && noType.is === "any") return [asIs, typed(yesType)];
  if (yesType.is === "any" || noType.is === "any") return [asIs, asIs];
  const common = unify([yesType, noType]);
  if (common === undefined) throw new Complaint("type");
  return [typed(common), typed(common)];
}

/** What is known when it is not known which of two values it is: what they have in common. */
export function merged(condition: TerraformValue, yes: TerraformValue, no: TerraformValue, at: Place): TerraformValue {
  if (equal(yes, no) === true) return yes;
  if (yes.kind === "object" && no.kind === "object" && (yes.element === undefined) === (no.element === undefined)) {
    const both = mergedObjects(condition, yes, no, at);
    if (both !== undefined) return both;
  }
  if (yes.kind === "list" && no.kind === "list" && yes.collection === no.collection) {
    return mergedLists(condition, yes, no, at);
  }
  const type = typeOf(yes);
  const cause = causeOf(condition);
  const either = derived("if", [condition, yes, no], at, type.is === "any" ? undefined : type, cause);
  if (yes.kind === "text" && no.kind === "text" && yes.json && no.json) return mergedJson(condition, yes, no, either);
  return oneOf([yes, no], either, chooserBy(condition, ["true", "false"]));
}

/** Two texts of JSON: the text is not known, and the document is what both have in common. */
function mergedJson(condition: TerraformValue, yes: TextValue, no: TextValue, either: TerraformUnknown): TextValue {
  const { name, at } = either;
  const json = (): Value | undefined => {
    const [left, right] = [yes.json?.(), no.json?.()];
    return left && right && merged(condition, left, right, at);
  };
  return { kind: "text", value: hole(name, "wide", holeOf(name)), at, json };
}

/** The items that both begin with, and then any of the others. */
function mergedLists(condition: TerraformValue, yes: TerraformList, no: TerraformList, at: Place): TerraformList {
  const differs = yes.items.findIndex((item, index) => {
    const other = no.items[index];
    return other === undefined || equal(item, other) !== true;
  });
  const same = yes.collection === "set" ? 0 : differs < 0 ? yes.items.length : differs;
  const cause = causeOf(condition);
  const chooser = chooserBy(condition, ["true", "false"]);
  const others = [yes, no].flatMap(({ items }, side) =>
    items.slice(same).map((item) => {
      const by = derived("if", [condition, item, numberOf(side, at)], at, undefined, cause);
      return optionalItem(by, item, withClauses(chooser, [side === 0, side === 1]));
    }),
  );
  return { ...yes, items: [...yes.items.slice(0, same), ...others], at };
}

function mergedObjects(
  condition: TerraformValue,
  yes: TerraformObject,
  no: TerraformObject,
  at: Place,
): TerraformObject | undefined {
  const left = sortedEntries(yes);
  const right = sortedEntries(no);
  if (yes.open !== undefined || no.open !== undefined) return undefined;
  const entries: TerraformEntry[] = [];
  const others: TerraformEntry[] = right.filter(({ key }) => entryOf(yes, key) === undefined);
  for (const one of left) {
    const other = entryOf(no, one.key);
    if (other === undefined) others.push(one);
    else entries.push({ ...one, value: merged(condition, one.value, other.value, at) });
  }
  return { ...yes, entries, ...(others.length > 0 && { open: causeOf(condition), others }) };
}
