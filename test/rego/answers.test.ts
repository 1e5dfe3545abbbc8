/**
 * Over all rules: each with a link answers every reference that it applies to exactly once, and one that is switched
 * off proves nothing.
 */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import * as sdk from "@open-policy-agent/opa-wasm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cases } from "../../src/check.ts";
import { readConfig } from "../../src/config/read.ts";
import { link } from "../../src/facts/link.ts";
import type { Judgement } from "../../src/facts/schema/judgement.ts";
import { type Case, caseSchema } from "../../src/facts/schema.ts";
import { readUnits } from "../../src/formats/units.ts";
import { loadRules } from "../../src/policy/rules.ts";
import { readCandidates } from "../../src/sources/folder.ts";
import { openFolder } from "../../src/sources/tree.ts";
import { exampleNames } from "../../tools/examples.ts";
import { opa, root } from "../../tools/opa.ts";
import { compile, POLICIES, regoFiles, WITHOUT_EXAMPLES } from "../../tools/policy.ts";
import { judge } from "../support/judged.ts";
import { anyCase } from "./generated.ts";

interface Policy {
  readonly evaluate: (input: unknown, entrypoint: string) => readonly { readonly result: unknown }[];
}

const { loadPolicySync } = (sdk as unknown as { default: { loadPolicySync: (wasm: Uint8Array) => Policy } }).default;
const policy = loadPolicySync(
  compile([...regoFiles(POLICIES), "test/rego/asked.rego"], ["main/report", "asked/applies"]),
);

function ask<T>(input: Case, entrypoint: string): T {
  const [answer] = policy.evaluate(input, entrypoint);
  return answer?.result as T;
}

const RULES = loadRules();
const LINKED = new Map(RULES.flatMap(({ id, subject, link }) => (link ? [[id, subject] as const] : [])));

/**
 * What is wrong with the answers about a case: references that a rule with a link answers never, twice, or without
 * applying to them.
 */
function mistakes(input: Case): string[] {
  const { findings, unverified, proofs } = ask<Judgement>(input, "main/report");
  const applies = ask<Record<string, readonly string[]>>(input, "asked/applies");
  const rules = [...LINKED].filter(([, subject]) => subject === input.subject.kind).map(([id]) => id);
  return rules.flatMap((id) => {
    const own = applies[id];
    if (own === undefined) return [`${id} does not say what it applies to`];
    const answered = [...findings, ...unverified, ...proofs]
      .filter(({ rule }) => rule === id)
      .flatMap(({ references }) => references);
    return [
      ...own.flatMap((one) => {
        const times = answered.filter((other) => other === one).length;
        return times === 1 ? [] : [`${id} answers ${one} ${times} times`];
      }),
      ...answered.filter((one) => !own.includes(one)).map((one) => `${id} answers ${one}, to which it does not apply`),
    ];
  });
}

interface Example {
  readonly root: string;
  readonly paths: string[];
}

/** Every example of the rules, and those of the project: what is checked together. */
function examples(): Example[] {
  const rules = readdirSync(join(root, POLICIES, "rules")).flatMap((subject) =>
    readdirSync(join(root, POLICIES, "rules", subject)).map((id) =>
      join(root, POLICIES, "rules", subject, id, "examples"),
    ),
  );
  const ofRules = rules.flatMap((folder) =>
    exampleNames(folder).map((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? { root: path, paths: [] } : { root: folder, paths: [name] };
    }),
  );
  return [...ofRules, { root: join(root, "examples"), paths: [] }];
}

const options = async (example: Example) => {
  const { config } = await readConfig(example.root);
  return { ...example, ignore: [], config, failOn: "error" as const };
};

test("every rule with a link answers each reference of the examples that it applies to once", async () => {
  let seen = 0;
  for (const example of examples()) {
    const { cases: built } = await cases(await options(example));
    for (const { input } of built) {
      seen++;
      expect([example, mistakes(input)]).toEqual([example, []]);
    }
  }
  expect(seen).toBeGreaterThan(150);
});

test("every rule with a link answers each reference of the rules' own cases once", () => {
  const query = `[[test, name, given] |
    some kind, test
    endswith(test, "_test")
    some name, given in data.rules[kind][test].cases
  ]`;
  const { result } = JSON.parse(opa("eval", "--data", POLICIES, ...WITHOUT_EXAMPLES, "--format", "json", query));
  const given: readonly [string, string, Case][] = result[0].expressions[0].value;
  const wrong = given.flatMap(([of, name, input]) => mistakes(input).map((mistake) => `${of}: ${name}: ${mistake}`));
  expect(wrong).toEqual([]);
});

test("every rule with a link answers each reference of any case once, and no sentence has a gap", () => {
  fc.assert(
    fc.property(anyCase, (input) => {
      expect(mistakes(input)).toEqual([]);
      expect(JSON.stringify(ask(input, "main/report"))).not.toContain("<undefined>");
    }),
    { numRuns: 2000 },
  );
});

test("the generated cases fit the schema", () => {
  fc.assert(
    fc.property(anyCase, (input) => {
      expect(caseSchema.safeParse(input).error?.message).toBeUndefined();
    }),
  );
});

/** The references of an example that are proven, judged without some rules. Each case is evaluated once. */
async function provenOf({ root, paths }: Example): Promise<(off: ReadonlySet<string>) => string[]> {
  const { config } = await readConfig(root);
  const { units } = await readUnits(
    openFolder(root),
    await readCandidates(openFolder(root), { paths, ignore: [] }),
    config,
  );
  const world = await link(units);
  const answers = new Map<string, Judgement>();
  const evaluate = (input: Case) => {
    const answer = answers.get(input.subject.id) ?? ask<Judgement>(input, "main/report");
    answers.set(input.subject.id, answer);
    return answer;
  };
  return (off) =>
    judge(world, units, evaluate, RULES, { off })
      .references.filter(({ state }) => state === "proven" || state === "fully proven")
      .map(({ job, container, name }) => [job, container, name].join(" "));
}

test("a rule that is switched off proves no reference of the examples", async () => {
  for (const example of examples()) {
    const proven = await provenOf(example);
    const all = new Set(proven(new Set()));
    for (const { id } of RULES) {
      const more = proven(new Set([id])).filter((one) => !all.has(one));
      expect([example, id, more]).toEqual([example, id, []]);
    }
  }
});
