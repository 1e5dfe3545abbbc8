/** What a function of the language is to the evaluator. */

import type { Place } from "../../../../source.ts";
import type { Expression } from "../../../../syntax/hcl/tree.ts";
import type { Budget } from "./bounds.ts";
import type { Bindings, Files } from "./context.ts";
import type { Type } from "./types.ts";
import type { TerraformValue } from "./values.ts";

/** A parameter. `null` is refused unless `nullable`. */
export interface Parameter {
  readonly type: Type;
  readonly nullable?: true;
  /**
   * How much of the argument must be known. `whole` (without it): all; otherwise the result is unknown. `outside`: not what is in
   * it, and a text may have holes. `nothing`: the function deals with unknown arguments itself.
   */
  readonly known?: "outside" | "nothing";
  /**
   * Which marks of the argument the result gets: all (without it); `outer`, its own but not those inside, which stay where they are;
   * `none`, since the function deals with them.
   */
  readonly marks?: "outer" | "none";
}

/** What a function gets besides its arguments. */
export interface Call {
  readonly at: Place;
  readonly argumentPlaces: readonly Place[];
  readonly budget: Budget;
  readonly files: Files;
  /** Evaluates a template's expression with nothing in scope but these names. */
  readonly render: (expression: Expression, names: Bindings | undefined) => TerraformValue;
  /** A number that no other call in this evaluation gets, for names of values that are new every time. */
  readonly serial: () => number;
}

export interface FunctionSpec {
  readonly parameters: readonly Parameter[];
  /** The parameter of all further arguments. */
  readonly rest?: Parameter;
  /** An argument with `several` may stand for any number of arguments. Without it, the result of such a call is unknown. */
  readonly gathers?: true;
  /** The type of the result where it does not depend on the arguments. */
  readonly returns?: Type;
  /** @throws Complaint for what Terraform would refuse */
  readonly run: (values: readonly TerraformValue[], call: Call) => TerraformValue;
}
