/**
 * `Fn::ImportValue`: what another stack exports.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-importvalue.html
 */
import { type About, hole, insides } from "../../../facts/text.ts";
import { unknownOf } from "../../../syntax/value.ts";
import { doubtOf } from "../condition.ts";
import { exhausted, noteArn, spelled } from "../scope.ts";
import { moved, sizeOf, textOf } from "../text.ts";
import { type Intrinsic, malformed, undecided } from "./call.ts";

export const importValue: Intrinsic = (argument, call) => {
  const { scope, at } = call;
  const evaluated = scope.evaluate(argument);
  const name = evaluated && textOf(evaluated);
  if (evaluated === undefined || name === undefined) return malformed(argument, call, "Fn::ImportValue expects a name");
  if (evaluated.kind === "unknown") return undecided(argument, call, doubtOf(evaluated, scope));
  const found = scope.imported(name);
  if ("value" in found) {
    if (argument.kind === "text") noteArn(scope, found.value, `Fn::ImportValue:${name}`);
    const tooMuch = exhausted(scope, at, sizeOf(found.value));
    return tooMuch === undefined ? moved(found.value, at) : undecided(argument, call, tooMuch);
  }
  // An export is one value in all stacks of an account and region, so its name needs no unit.
  const words = spelled(scope, name);
  const about: About = {
    words: `ImportValue(${words})`,
    term: words,
    origin: { kind: "import" },
    cause: found.cause,
  };
  const token = hole(`ImportValue(${name})`, "wide", about);
  if (found.perhaps) for (const inside of insides(token)) scope.run.perhaps.set(inside, found.perhaps);
  return unknownOf(token, at);
};
