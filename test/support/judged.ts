/** Judges everything that was linked, without threads and without policies of the user's own. */
import type { Unit } from "../../src/facts/unit.ts";
import type { World } from "../../src/facts/world.ts";
import type { Evaluate } from "../../src/policy/evaluate.ts";
import type { Rule } from "../../src/policy/rules.ts";
import { type Judged, type JudgeOptions, openJudging } from "../../src/verdict/judge.ts";

/** Judges the cases one by one. Throws a sentence when the rules fail on a case. */
export function judge(
  world: World,
  units: readonly Unit[],
  evaluate: Evaluate,
  rules: readonly Rule[],
  options?: JudgeOptions,
): Judged {
  const { cases, settle, judged } = openJudging(world, units, rules, options);
  for (const built of cases) settle(built, evaluate(built.input));
  return judged();
}
