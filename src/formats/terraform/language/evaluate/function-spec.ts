import type { Place } from "../../../../source.ts";
import type { Expression } from "../../../../syntax/hcl/tree.ts";
import type { Budget } from "./bounds.ts";
import type { Files, Scope } from "./context.ts";
import type { Type } from "./types.ts";
import type { TerraformValue } from "./values.ts";

/** A parameter. `null` is refused unless `nullable`. */
export interface Parameter {
  readonly type: Type;
  readonly nullable?: true;
  /**
   * How much of the argument must be known; otherwise the result is unknown. Absent: everything. `outside`: its kind,
   * but not its contents, and a string may have holes. `nothing`: the function handles unknown arguments itself.
   */
  readonly known?: "outside" | "nothing";
  /**
   * Which marks of the argument the result gets. Absent: all. `outer`: its own, but not those of its contents, which
   * keep them. `none`: the function handles marks itself.
   */
  readonly marks?: "outer" | "none";
}

export interface Call {
  readonly at: Place;
  readonly argumentPlaces: readonly Place[];
  readonly budget: Budget;
  readonly files: Files;
  /** Evaluates a template's expression in another scope. */
  readonly render: (expression: Expression, scope: Scope) => TerraformValue;
  /** Terraform takes something else if it refuses the call: it is in `try` or `can`. */
  readonly tried?: true;
  /** A number that no other call gets, for names of values that are new every time. */
  readonly serial: () => number;
}

export interface FunctionSpec {
  readonly parameters: readonly Parameter[];
  /** The parameter of all further arguments. */
  readonly rest?: Parameter;
  /** The function accepts an argument with `several`; otherwise the result of such a call is unknown. */
  readonly gathers?: true;
  /** The type of the result, when it does not depend on the arguments. */
  readonly returns?: Type;
  /** @throws Complaint for what Terraform would refuse */
  readonly run: (values: readonly TerraformValue[], call: Call) => TerraformValue;
}
