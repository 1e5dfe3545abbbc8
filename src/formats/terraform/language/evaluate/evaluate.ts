/**
 * The evaluator of Terraform expressions: `evaluate(expression, setting)` computes what Terraform would compute, as far
 * as the files tell. Modules, variables and resources build on this contract:
 *
 * - **Values.** The result is a `TerraformValue` (`values.ts`): a shared `Value` plus Terraform's own distinctions
 *   (lists, sets and tuples; maps and objects; typed nulls). Readers of resources accept it as it is.
 * - **Never throws.** An expression that Terraform would refuse is an unknown with `fault`, and is added to
 *   `setting.faults` with one of a few plain reasons. A value that the files don't show is an unknown without `fault`,
 *   and so is a function or a number that is not computed here.
 * - **Partly known.** A string may have holes (`facts/text.ts`): an unknown interpolated into it becomes a wide hole. A
 *   list of unknown length has an item with `several`; an object that may have more entries is `open`.
 * - **Names.** Unknowns with equal names are equal values, so a scope must give each unknown a name that is unique in a
 *   run. Unknowns computed from unknowns get a name made of theirs. `uuid()` never has the same name twice.
 * - **Places.** A literal has the place where it is written, and keeps it through variables, locals and outputs: that
 *   is the place to fix. A computed value has the place of its expression. The scope gives the place of a referenced
 *   value. A string remembers its `pieces`, so that JSON in it can be read with places: `parseEmbeddedJson` gives the
 *   document; for `jsonencode(x)` it is `x`.
 * - **Sensitive.** `sensitive` on a value, also inside lists and objects, names what is marked. Everything computed
 *   from the value has the mark too.
 * - **Scope.** `setting.scope` resolves every name that no for-expression binds, and gets the whole chain behind it:
 *   for `module.batch["a"].arn` the root `module` and the steps `.batch`, `["a"]`, `.arn`. It answers with a value and
 *   the number of steps that lead to it (`used`); the evaluator follows the others. Nothing need be evaluated that is
 *   not asked for. Undefined means that there is no such thing: an unknown, not a fault. An index step whose key is not
 *   known has an unknown key. Entries of an object may be getters. The scope must remember what it has evaluated and
 *   answer a cycle with an unknown; the budget bounds the depth.
 * - **Budget.** One `createBudget()` for everything evaluated together, such as a root module. When it is used up,
 *   everything is a fault.
 * - **Files.** `setting.files` reads the files of `file()` and the like, and refuses those outside the workspace.
 *
 * Libraries of rare functions must be loaded before (`loadLibraries` in `libraries.ts`).
 *
 * `functions/` has the functions by name, and knows nothing of expressions; `evaluate/calls.ts` calls them.
 */

import type { Cause } from "../../../../facts/causes.ts";
import { isWithin, type Place } from "../../../../source.ts";
import type { Expression } from "../../../../syntax/hcl/tree.ts";
import { parseNumber } from "./arithmetic.ts";
import { MAX_DEPTH, spend, spendValue } from "./bounds.ts";
import { evaluateCall } from "./calls.ts";
import { Complaint } from "./complaint.ts";
import { beyond, type Context, fault, type Setting } from "./context.ts";
import { convertToText } from "./convert.ts";
import { evaluateFor } from "./loops.ts";
import { evaluateBinary, evaluateConditional, evaluateUnary } from "./operators.ts";
import { evaluateIndexOrAttribute, evaluateSplat, evaluateVariable } from "./references.ts";
import { evaluateTemplate } from "./templates.ts";
import { keyOf } from "./text.ts";
import { causeOf, type TerraformEntry, type TerraformValue, withMarks } from "./values.ts";

/** What an expression computes. Never throws; see the head of this file. */
export function evaluate(expression: Expression, setting: Setting): TerraformValue {
  return evaluateIn(expression, { setting, bindings: undefined, item: undefined });
}

/** The same with names bound. For the evaluator's own files. */
export function evaluateIn(expression: Expression, context: Context): TerraformValue {
  const { budget } = context.setting;
  if (budget.depth >= MAX_DEPTH) return beyond(context, expression.at, "references are nested too deeply");
  budget.depth++;
  try {
    spend(budget, 1);
    return used(compute(expression, context), expression.at);
  } catch (error) {
    if (error instanceof Complaint && error.isLimit) return beyond(context, expression.at, error.message);
    if (error instanceof Complaint) return fault(context, expression.at, error.message, error.missing);
    // The stack: what called the evaluator had used most of it already.
    if (error instanceof RangeError) return beyond(context, expression.at, "it is nested too deeply");
    throw error;
  } finally {
    budget.depth--;
  }
}

/** Notes the expression that uses a value written elsewhere: in a variable's default, a local, a file of variables. */
function used(value: TerraformValue, at: Place): TerraformValue {
  if (value.kind !== "text" && value.kind !== "number" && value.kind !== "boolean") return value;
  return isWithin(value.at, at) ? value : { ...value, usedAt: at };
}

function compute(expression: Expression, context: Context): TerraformValue {
  const { at } = expression;
  switch (expression.kind) {
    case "null":
      return { kind: "null", at };
    case "boolean":
      return { kind: "boolean", value: expression.value, at };
    case "number":
      return parseNumber(expression.digits, at) ?? fault(context, at, "a number is required");
    case "template":
      return evaluateTemplate(expression, context);
    case "wrap":
      return evaluateIn(expression.expression, context);
    case "tuple": {
      const items = expression.items.map((item) => evaluateIn(item, context));
      return spendValue(context.setting.budget, { kind: "list", items, at });
    }
    case "object":
      return evaluateObject(expression, context);
    case "variable":
      return evaluateVariable(expression, context);
    case "attribute":
    case "index":
      return evaluateIndexOrAttribute(expression, context);
    case "splat":
      return evaluateSplat(expression, context);
    case "item":
      return context.item ?? fault(context, at, "there is no item here");
    case "call":
      return evaluateCall(expression, context);
    case "conditional":
      return evaluateConditional(expression, context);
    case "binary":
      return evaluateBinary(expression, context);
    case "unary":
      return evaluateUnary(expression, context);
    case "for":
      return evaluateFor(expression, context);
    case "invalid":
      return fault(context, at, expression.why);
  }
}

/** An object. A key given twice counts as given last; one that is not known leaves the object open. */
function evaluateObject(expression: Expression & { kind: "object" }, context: Context): TerraformValue {
  const entries: TerraformEntry[] = [];
  const keys: TerraformValue[] = [];
  let open: Cause | undefined;
  for (const item of expression.items) {
    const key = evaluateIn(item.key, context);
    const value = evaluateIn(item.value, context);
    keys.push(key);
    if (key.kind === "null") throw new Complaint("null");
    if (key.kind === "unknown" && key.fault) return { ...key, at: expression.at };
    const text = convertToText(key);
    const name = keyOf(text);
    if (name !== undefined) entries.push({ key: name, keyAt: key.at, value });
    if (text.kind !== "text") open ??= causeOf(text);
  }
  const object = { kind: "object", entries, at: expression.at, ...(open !== undefined && { open }) } as const;
  return withMarks(spendValue(context.setting.budget, object), keys);
}
