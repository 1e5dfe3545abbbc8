/** What statements allow, in Rego, against a reference that knows nothing of holes: they are filled in with random text. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fill, filling, globMatches, patternPiece, textPiece } from "./holes.ts";
import { probe } from "./probe.ts";

const ask = probe();

interface Statement {
  readonly effect: string;
  readonly actions: readonly string[] | null;
  readonly not_actions: readonly string[] | null;
  readonly resources: readonly string[] | null;
  readonly not_resources: readonly string[] | null;
}

const action = fc.constantFrom("s:Get", "s:get", "S:*", "s:G?t", "*", "s:Put", "t:*", "s:G⟨n⟩", "⟨*w⟩", "⟨n⟩:Get");
const resource = fc.oneof(
  { arbitrary: fc.constantFrom("*", "arn:a", "arn:ab", "arn:b*", "arn:a-??????"), weight: 2 },
  { arbitrary: fc.array(patternPiece, { maxLength: 5 }).map((pieces) => pieces.join("")), weight: 1 },
);
const one = <T>(values: fc.Arbitrary<T>) => fc.array(values, { minLength: 1, maxLength: 2 });
const statement: fc.Arbitrary<Statement> = fc
  .record({
    effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    negated: fc.constantFrom("", "", "", "actions", "resources"),
    actions: one(action),
    resources: one(resource),
  })
  .map(({ effect, negated, actions, resources }) => ({
    effect,
    actions: negated === "actions" ? null : actions,
    not_actions: negated === "actions" ? actions : null,
    resources: negated === "resources" ? null : resources,
    not_resources: negated === "resources" ? resources : null,
  }));
const question = fc.record({
  statements: fc.array(statement, { maxLength: 3 }),
  action: fc.constant("s:Get"),
  resource: fc.oneof(
    fc.constantFrom("arn:a", "arn:ab", "arn:a-⟨#s⟩", "arn:⟨n⟩"),
    fc.array(textPiece, { maxLength: 4 }).map((pieces) => pieces.join("")),
  ),
});
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

/** The statements as the case has them. */
function asCase({ effect, actions, not_actions, resources, not_resources }: Statement) {
  const texts = (list: readonly string[] | null) => list?.map((value) => ({ value, at: 0 })) ?? null;
  return {
    sid: null,
    effect: { value: effect, at: 0 },
    actions: texts(actions),
    not_actions: texts(not_actions),
    resources: texts(resources),
    not_resources: texts(not_resources),
    principals: null,
    not_principals: null,
    conditions: [],
    maybe: null,
    policy: "unit#Policy",
    at: 0,
  };
}

/** "denied", "yes" or "no" when every hole is filled in: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
function answer({ statements, action, resource }: Question, filled: (text: string) => string): string {
  const named = (list: readonly string[] | null, not: readonly string[] | null, value: string, fold: boolean) => {
    const matches = (pattern: string) =>
      fold ? globMatches(filled(pattern).toLowerCase(), value.toLowerCase()) : globMatches(filled(pattern), value);
    return list ? list.some(matches) : not !== null && !not.some(matches);
  };
  const about = statements.filter(
    ({ actions, not_actions, resources, not_resources }) =>
      named(actions, not_actions, action, true) && named(resources, not_resources, filled(resource), false),
  );
  if (about.some(({ effect }) => effect === "Deny")) return "denied";
  return about.some(({ effect }) => effect === "Allow") ? "yes" : "no";
}

test("what is decided is so whatever the holes stand for", () => {
  const questions = fc.array(question, { minLength: 60, maxLength: 60 });
  const fillings = fc.array(filling, { minLength: 20, maxLength: 20 });
  const decided = { yes: 0, no: 0, denied: 0 };
  fc.assert(
    fc.property(questions, fillings, (asked, tries) => {
      const answers = ask(
        "decisions",
        asked.map(({ statements, ...rest }) => ({ ...rest, statements: statements.map(asCase) })),
      );
      asked.forEach((question, index) => {
        const told = answers[index];
        if (told !== "yes" && told !== "no" && told !== "denied") return;
        decided[told]++;
        for (const one of tries) {
          const real = answer(question, (text) => fill(text, one));
          // A Deny of what nobody allows makes no difference.
          const same = real === told || (told === "no" && real === "denied");
          if (!same) throw new Error(`${JSON.stringify(question)}: ${told}, but ${real} with ${JSON.stringify(one)}`);
        }
      });
    }),
    { numRuns: 50 },
  );
  expect(Math.min(...Object.values(decided))).toBeGreaterThan(50);
});
