import { expect, test } from "vitest";
import type { Judgement } from "../facts/schema/judgement.ts";
import type { Case } from "../facts/schema.ts";
import { evaluator } from "./evaluate.ts";

const input: Case = {
  subject: { kind: "job_definition", id: "jobs.yaml#Job", unit: "jobs.yaml", at: 0 },
  deployment: { partition: "aws", region: "eu-west-1", account: "123456789012" },
  readers: [],
  holes: {},
  job_definitions: {},
  roles: {},
  policies: {},
  secrets: {},
  parameters: {},
  keys: {},
  networks: {},
  endpoints: {},
  compute_environments: {},
  runs: {},
  subnets: {},
  security_groups: {},
};

test("the answer is the first result", () => {
  const result: Judgement = { findings: [], unverified: [], proofs: [] };
  const seen: unknown[] = [];
  const evaluate = evaluator({
    evaluate: (given) => {
      seen.push(JSON.parse(given));
      return JSON.stringify([{ result }]);
    },
  });
  expect(evaluate(input)).toEqual(result);
  expect(seen).toEqual([input]);
});

test("a lone surrogate, which the engine refuses, becomes a character that shows nothing; all else stays", () => {
  const seen: unknown[] = [];
  const evaluate = evaluator({
    evaluate: (given) => {
      seen.push(JSON.parse(given));
      return JSON.stringify([{ result: { findings: [], unverified: [], proofs: [] } }]);
    },
  });
  const odd = (unit: string): Case => ({ ...input, subject: { ...input.subject, unit } });
  evaluate(odd('a\ud800b\udc00 \ud83d\ude00 \\ud800 \u0000\u001b"\n é'));
  expect(seen).toEqual([odd('a\ufffdb\ufffd \ud83d\ude00 \\ud800 \u0000\u001b"\n é')]);
});

test("a policy without an answer fails by a sentence that names the subject", () => {
  expect(() => evaluator({ evaluate: () => "[]" })(input)).toThrow(
    "the policy failed on the job definition jobs.yaml#Job: it gave no answer",
  );
});

test.each([
  ["an abort of the module", "functions must not produce multiple outputs"],
  ["a missing function", { message: "functions must not produce multiple outputs" }],
  ["an error", new Error("functions must not produce multiple outputs")],
])("%s becomes a sentence that names the subject", (_, thrown) => {
  const evaluate = evaluator({
    evaluate: () => {
      throw thrown;
    },
  });
  expect(() => evaluate(input)).toThrow(
    "the policy failed on the job definition jobs.yaml#Job: functions must not produce multiple outputs",
  );
});
