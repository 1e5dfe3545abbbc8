/**
 * The evaluator of Terraform expressions: `evaluate(expression, setting)` is what Terraform would compute, as far as the files tell.
 *
 * The contract, for who builds modules, variables and resources on it:
 *
 * - **Values.** The result is a `TerraformValue` (`values.ts`), which is a shared `Value` with what Terraform tells apart besides:
 *   lists, sets and tuples; maps and objects; exact numbers; typed nulls. Readers of resources take it as it is.
 * - **Never throws.** What Terraform would refuse is an unknown with `fault`, its complaint as `why`, and is noted in
 *   `setting.faults`. What the files don't tell is an unknown without. A function that is not known here is an unknown.
 * - **Partly known.** A text may have holes (`facts/text.ts`): an unknown put into a text becomes the wide hole of its name. A list
 *   of unknown length has an item with `several`; an object that may have more entries is `open`.
 * - **Names.** Unknowns of equal names are equal values: a name given by a scope must be unique in a run (`var.image@infra`).
 *   What is computed from unknowns gets a name made of theirs. What is different every time (`uuid()`) never has the same name twice.
 * - **Places.** A literal has the place where it is written, and keeps it through variables, locals and outputs: that is where it is
 *   mended. A computed value has the place of the expression that computes it. The scope says what place a referenced thing has.
 *   A text remembers its runs (`pieces`), so that JSON in it can be walked: `text.json?.()` is the document, each value in its place;
 *   for `jsonencode(x)` it is `x`.
 * - **Sensitive.** `sensitive` on a value, also inside lists and objects, names what is marked; whatever is computed of it has it too.
 * - **Scope.** `setting.scope` is asked for every reference that no for-expression binds, with the whole chain behind the root: for
 *   `module.batch["a"].arn` the root `module` and the steps `.batch`, `["a"]`, `.arn`. It answers with a value and how many steps
 *   that value is already behind (`used`); the evaluator takes the others. It may take one step or all, so nothing need be evaluated
 *   that is not asked for. Undefined: there is no such thing, which makes an unknown (not a fault). An index step whose key is not
 *   known has an unknown key. Entries of an object may be getters, so that attributes are worked out when they are asked for.
 *   The scope must remember what it has evaluated and must answer a cycle with an unknown; depth is bounded by the budget.
 * - **Budget.** One `createBudget()` for what belongs together, such as a root module. When it is used up everything is a fault.
 * - **Files.** `setting.files` reads what `file()` and its kin name, and refuses what is outside the workspace.
 *
 * YAML must be loaded before when the configuration has `yamldecode` (`loadYaml` in `functions/yaml.ts`).
 */

import { isWithin, type Place } from "../../../../source.ts";
import type { Expression } from "../../../../syntax/hcl/tree.ts";
import { parseNumber } from "./arithmetic.ts";
import { MAX_DEPTH, spend, spendValue } from "./bounds.ts";
import { evaluateCall } from "./calls.ts";
import { Complaint } from "./complaint.ts";
import { type Context, fault, type Setting } from "./context.ts";
import { convertToText } from "./convert.ts";
import { evaluateFor } from "./loops.ts";
import { evaluateBinary, evaluateConditional, evaluateUnary } from "./operators.ts";
import { evaluateIndexOrAttribute, evaluateSplat, evaluateVariable } from "./references.ts";
import { evaluateTemplate } from "./templates.ts";
import { type TerraformEntry, type TerraformValue, withMarks } from "./values.ts";

/** What an expression computes. Never throws; see the head of this file. */
export function evaluate(expression: Expression, setting: Setting): TerraformValue {
  return evaluateIn(expression, { setting, bindings: undefined, item: undefined });
}

/** The same with names bound. For the evaluator's own files. */
export function evaluateIn(expression: Expression, context: Context): TerraformValue {
  const { budget } = context.setting;
  if (budget.depth >= MAX_DEPTH) return fault(context, expression.at, "references are nested too deeply");
  budget.depth++;
  try {
    spend(budget, 1);
    return used(compute(expression, context), expression.at);
  } catch (error) {
    if (error instanceof Complaint) return fault(context, expression.at, error.message);
    // The stack: what called the evaluator had used most of it already.
    if (error instanceof RangeError) return fault(context, expression.at, "it is nested too deeply");
    throw error;
  } finally {
    budget.depth--;
  }
}

/** A value that stands somewhere else than the expression that fetches it: in a variable's default, a local, a file of variables. */
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
  let open: string | undefined;
  for (const item of expression.items) {
    const key = evaluateIn(item.key, context);
    const value = evaluateIn(item.value, context);
    keys.push(key);
    if (key.kind === "null") throw new Complaint("null");
    if (key.kind === "unknown" && key.fault) return { ...key, at: expression.at };
    const text = convertToText(key);
    if (text.kind === "text") entries.push({ key: text.value, keyAt: key.at, value });
    else open ??= text.kind === "unknown" ? text.why : "a key is not known";
  }
  const object = { kind: "object", entries, at: expression.at, ...(open !== undefined && { open }) } as const;
  return withMarks(spendValue(context.setting.budget, object), keys);
}
