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

import { isWithin, type Place, type SourceFile } from "../../../../source.ts";
import type { Expression } from "../../../../syntax/hcl/tree.ts";
import type { Value } from "../../../../syntax/value.ts";
import { functionNames } from "../functions/table.ts";
import { parseNumber } from "./arithmetic.ts";
import { type Budget, MAX_DEPTH, spend, spendValue } from "./bounds.ts";
import { evaluateCall } from "./calls.ts";
import { Complaint } from "./complaint.ts";
import { convertToText } from "./convert.ts";
import { evaluateFor } from "./loops.ts";
import { evaluateBinary, evaluateConditional, evaluateUnary } from "./operators.ts";
import { evaluateIndexOrAttribute, evaluateSplat, evaluateVariable } from "./references.ts";
import { evaluateTemplate } from "./templates.ts";
import { type TerraformEntry, type TerraformUnknown, type TerraformValue, withMarks } from "./values.ts";

/** One step behind the root of a reference. `at` is the reference up to and with this step. */
export type Step =
  | { readonly kind: "attribute"; readonly name: string; readonly at: Place }
  | { readonly kind: "index"; readonly key: TerraformValue; readonly at: Place };

/** A reference as the scope sees it. `at` is the whole of it, `rootAt` its first word. */
export interface Reference {
  readonly root: string;
  readonly rootAt: Place;
  readonly steps: readonly Step[];
  readonly at: Place;
}

/** `used`: how many of the steps the value is already behind. */
export interface Resolved {
  readonly value: Value;
  readonly used: number;
}

export type Scope = (reference: Reference) => Resolved | undefined;

/** What reads files for `file()`, `templatefile()`, `fileset()` and the like. Paths are as the expression gives them. */
export interface Files {
  /**
   * A file, or why it can't be read, to complete "cannot be decided: …". `missing`: there is certainly no such file, which Terraform
   * would refuse; without it (a file outside the workspace, one that is too large or no text) the result is unknown.
   */
  readonly read: (path: string) => { readonly file: SourceFile } | { readonly missing?: true; readonly why: string };
  /** The bytes of a file, for hashes and base64; undefined when it can't be read. */
  readonly bytes?: (path: string) => Uint8Array | undefined;
  /** Whether a regular file is there; undefined when that can't be told. */
  readonly exists: (path: string) => boolean | undefined;
  /** The regular files under a folder at any depth, as paths relative to it, with `/`; undefined when that can't be told. */
  readonly list: (folder: string) => readonly string[] | undefined;
}

/** Something that Terraform would refuse. */
export interface Fault {
  readonly why: string;
  readonly at: Place;
}

export interface Setting {
  readonly scope: Scope;
  readonly files: Files;
  readonly budget: Budget;
  /** Faults are added here, at most `MAX_FAULTS`. */
  readonly faults: Fault[];
  /** Reads `list(a, b)` and `map(k, v)`, which Terraform had until version 0.15, instead of refusing them. */
  readonly legacy?: true;
}

/** More than these say nothing new. */
export const MAX_FAULTS = 100;

/** Names that for-expressions bind, the innermost first. */
export interface Bindings {
  readonly name: string;
  readonly value: TerraformValue;
  readonly outer: Bindings | undefined;
}

/** The setting with what is bound where the expression stands. `item` is the item of the innermost splat. */
export interface Context {
  readonly setting: Setting;
  readonly bindings: Bindings | undefined;
  readonly item: TerraformValue | undefined;
}

export { functionNames };

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

/** Notes what Terraform would refuse and gives the unknown that stands for it. */
export function fault(context: Context, at: Place, why: string): TerraformUnknown {
  const { faults, budget } = context.setting;
  budget.faults++;
  if (faults.length < MAX_FAULTS) faults.push({ why, at });
  return { kind: "unknown", name: `error.${at.start}@${at.file.path}`, why: brief(why), at, fault: true };
}

/** A complaint about a file without its advice, which is longer than what it says. */
function brief(why: string): string {
  const [missing] = /no file exists at "(?:[^"\\]|\\.)*"/.exec(why) ?? [];
  return missing ?? why;
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
    if (key.kind === "null") throw new Complaint("Can't use a null value as a key.");
    if (key.kind === "unknown" && key.fault) return { ...key, at: expression.at };
    const text = keyText(key);
    if (text.kind === "text") entries.push({ key: text.value, keyAt: key.at, value });
    else open ??= text.kind === "unknown" ? text.why : "a key is not known";
  }
  const object = { kind: "object", entries, at: expression.at, ...(open !== undefined && { open }) } as const;
  return withMarks(spendValue(context.setting.budget, object), keys);
}

function keyText(key: TerraformValue): TerraformValue {
  try {
    return convertToText(key);
  } catch (error) {
    if (error instanceof Complaint) throw new Complaint(`Can't use this value as a key: ${error.message}.`);
    throw error;
  }
}
