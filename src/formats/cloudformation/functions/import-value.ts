/**
 * `Fn::ImportValue`: what another stack exports.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-importvalue.html
 */
import { hole } from "../../../facts/text.ts";
import { whyDoubted } from "../condition.ts";
import { exhausted } from "../scope.ts";
import { moved, sizeOf, textOf } from "../text.ts";
import { type Intrinsic, malformed, undecided } from "./call.ts";

export const importValue: Intrinsic = (argument, call) => {
  const { scope, at } = call;
  const evaluated = scope.evaluate(argument);
  const name = evaluated && textOf(evaluated);
  if (evaluated === undefined || name === undefined) return malformed(argument, call, "Fn::ImportValue takes a name");
  if (evaluated.kind === "unknown") return undecided(argument, call, whyDoubted(evaluated, scope));
  const found = scope.imported(name);
  if ("value" in found) {
    const tooMuch = exhausted(scope, at, sizeOf(found.value));
    return tooMuch === undefined ? moved(found.value, at) : undecided(argument, call, tooMuch);
  }
  // An export is one value in all stacks of an account and region, so its name needs no unit.
  const unique = `ImportValue(${name})`.replace(/[:⟨⟩]/g, "_");
  scope.run.reasons.set(hole(unique, "wide"), found.why);
  return { kind: "unknown", name: unique, why: found.why, at };
};
