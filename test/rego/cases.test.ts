/**
 * The cases of the rules' Rego tests: each is one that the program could build, and WebAssembly judges it as OPA does.
 */
import { expect, test } from "vitest";
import { named } from "../../src/facts/references.ts";
import { type Judgement, judgementSchema } from "../../src/facts/schema/judgement.ts";
import { type Case, caseSchema } from "../../src/facts/schema.ts";
import { opa } from "../../tools/opa.ts";
import { inspectPolicies, POLICIES, WITHOUT_EXAMPLES } from "../../tools/policy.ts";
import { ruleInfos } from "../../tools/rules.ts";
import { compiledPolicy } from "./compiled.ts";

interface Judged {
  readonly test: string;
  readonly name: string;
  readonly input: Case;
  readonly report: Judgement;
}

/** Every value of `cases` in the rules' tests, with OPA's own answer. */
const QUERY = `[judged |
  some kind, test
  endswith(test, "_test")
  some name, given in data.rules[kind][test].cases
  report := data.main.report with input as given
  judged := {"test": test, "name": name, "input": given, "report": report}
]`;

const evaluate = await compiledPolicy();
const { result } = JSON.parse(opa("eval", "--data", POLICIES, ...WITHOUT_EXAMPLES, "--format", "json", QUERY));
const judged: readonly Judged[] = result[0].expressions[0].value;

function sorted({ findings, unverified, proofs }: Judgement): Record<keyof Judgement, string[]> {
  const texts = (list: readonly object[]) => list.map((one) => JSON.stringify(one, keys)).sort();
  const keys = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return { findings: texts(findings), unverified: texts(unverified), proofs: texts(proofs) };
}

test("every rule has cases", () => {
  const rules = ruleInfos(inspectPolicies()).map(({ id }) => id);
  expect([...new Set(judged.map(({ test }) => test.replace(/_test$/, "")))].sort()).toEqual(rules);
});

test("every case fits the schema", () => {
  for (const { test, name, input } of judged) {
    const { error } = caseSchema.safeParse(input);
    expect([test, name, error?.message]).toEqual([test, name, undefined]);
  }
});

/** The same case with holes that no other test has made: what is known of a hole is known for a whole process. */
function withOwnHoles(input: Case): Case {
  return JSON.parse(JSON.stringify(input).replace(/⟨([*#]?)([^⟩]*)⟩/g, "⟨$1$2 of cases⟩"));
}

test("what a reference names is what the program makes of it", () => {
  for (const { test, name, input: made } of judged) {
    const input = withOwnHoles(made);
    for (const job of Object.values(input.job_definitions)) {
      for (const { secrets, log, registry_credentials } of job.containers) {
        const all = [
          ...secrets,
          ...(log?.secret_options ?? []),
          ...(registry_credentials ? [registry_credentials] : []),
        ];
        for (const { site, value_from, named: given } of all) {
          const expected = site && named(value_from?.value, site, input.deployment);
          expect([test, name, given]).toEqual([test, name, expected]);
        }
      }
    }
  }
});

test("every answer fits the schema, and is the same in WebAssembly", () => {
  for (const { test, name, input, report } of judged) {
    const answer = evaluate(input);
    const { error } = judgementSchema.safeParse(answer);
    expect([test, name, error?.message]).toEqual([test, name, undefined]);
    expect([test, name, sorted(answer)]).toEqual([test, name, sorted(report)]);
  }
});

test("no sentence has a gap where a template string met nothing", () => {
  const gaps = judged.filter(({ report }) => JSON.stringify(report).includes("<undefined>"));
  expect(gaps.map(({ test, name }) => [test, name])).toEqual([]);
});
