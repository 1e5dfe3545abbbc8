/**
 * What statements allow, in Rego, against a reference that knows nothing of holes: they are filled in with random text.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fill, filling, globMatches, patternPiece, textPiece } from "./holes.ts";
import { probe } from "./probe.ts";

const ask = probe();

/** What `probe.rego` says of a question. */
interface Decision {
  readonly answer: string;
  readonly denied: string;
}

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
  boundary: fc.option(fc.array(statement, { maxLength: 2 }), { nil: null, freq: 2 }),
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

/**
 * "denied", "yes" or "no" when every hole is filled in:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
function answer({ statements, boundary, action, resource }: Question, filled: (text: string) => string): string {
  const named = (list: readonly string[] | null, not: readonly string[] | null, value: string, fold: boolean) => {
    const matches = (pattern: string) =>
      fold ? globMatches(filled(pattern).toLowerCase(), value.toLowerCase()) : globMatches(filled(pattern), value);
    return list ? list.some(matches) : not !== null && !not.some(matches);
  };
  const effects = (policy: readonly Statement[]) =>
    policy
      .filter(
        ({ actions, not_actions, resources, not_resources }) =>
          named(actions, not_actions, action, true) && named(resources, not_resources, filled(resource), false),
      )
      .map(({ effect }) => effect);
  const own = effects(statements);
  const limit = boundary && effects(boundary);
  if (own.includes("Deny") || limit?.includes("Deny")) return "denied";
  return own.includes("Allow") && (!limit || limit.includes("Allow")) ? "yes" : "no";
}

/** What the library decides about each question. */
function decide(questions: readonly Question[]): Decision[] {
  const inputs = questions.map(({ statements, boundary, ...rest }) => ({
    ...rest,
    statements: statements.map(asCase),
    boundary: boundary?.map(asCase) ?? null,
  }));
  return ask("decisions", inputs) as Decision[];
}

const questions = fc.array(question, { minLength: 60, maxLength: 60 });

test("what is decided is so whatever the holes represent", () => {
  const fillings = fc.array(filling, { minLength: 20, maxLength: 20 });
  const decided = { yes: 0, no: 0, denied: 0 };
  fc.assert(
    fc.property(questions, fillings, (asked, tries) => {
      const decisions = decide(asked);
      asked.forEach((question, index) => {
        const decision = decisions[index];
        const told = decision?.denied === "yes" ? "denied" : decision?.answer;
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

test("an Allow more never takes access away, a Deny more and a boundary never give it", () => {
  const rank: Record<string, number> = { no: 0, maybe: 1, yes: 2 };
  fc.assert(
    fc.property(questions, fc.array(statement, { minLength: 60, maxLength: 60 }), (asked, more) => {
      const added = (effect: string) =>
        asked.map((one, index) => {
          const extra = more[index];
          return { ...one, statements: extra ? [...one.statements, { ...extra, effect }] : one.statements };
        });
      const before = decide(asked);
      const allowed = decide(added("Allow"));
      const denied = decide(added("Deny"));
      const unlimited = decide(asked.map((one) => ({ ...one, boundary: null })));
      const worth = (decision: Decision | undefined) => rank[decision?.answer ?? ""] ?? Number.NaN;
      before.forEach((decision, index) => {
        const wrong =
          worth(allowed[index]) < worth(decision) ||
          worth(denied[index]) > worth(decision) ||
          worth(unlimited[index]) < worth(decision);
        if (wrong) throw new Error(JSON.stringify([asked[index], more[index]]));
      });
    }),
    { numRuns: 25 },
  );
});
