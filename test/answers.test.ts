/** What the rules answer about the references of all examples, and what is made of it (DESIGN §4, §5). */
import { statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readConfig } from "../src/config/read.ts";
import { buildCases } from "../src/facts/cases.ts";
import { link } from "../src/facts/link.ts";
import { has } from "../src/facts/needs.ts";
import type { Judgement } from "../src/facts/schema/judgement.ts";
import type { Unit } from "../src/facts/unit.ts";
import type { World } from "../src/facts/world.ts";
import { readUnits } from "../src/formats/units.ts";
import { type Evaluate, evaluator } from "../src/policy/evaluate.ts";
import { openPolicy } from "../src/policy/load.ts";
import { builtInRules } from "../src/policy/rules.ts";
import { readCandidates } from "../src/sources/folder.ts";
import { openFolder } from "../src/sources/tree.ts";
import { keysOf, type Reference } from "../src/verdict/account.ts";
import { exampleNames } from "../tools/examples.ts";
import { judge } from "./support/judged.ts";

const RULES = join(import.meta.dirname, "../policies/rules");
const rules = builtInRules();

interface Example {
  readonly name: string;
  readonly world: World;
  readonly units: readonly Unit[];
  /** The rules' answers, each case judged once. */
  readonly evaluate: Evaluate;
}

async function read(folder: string, name: string, evaluate: Evaluate): Promise<Example> {
  const path = join(folder, name);
  const [root, paths] = statSync(path).isDirectory() ? [path, []] : [folder, [name]];
  const { config } = await readConfig(root);
  const { units } = await readUnits(
    openFolder(root),
    await readCandidates(openFolder(root), { paths, ignore: [] }),
    config,
  );
  const answers = new Map<string, Judgement>();
  return {
    name,
    units,
    world: await link(units),
    evaluate: (input) => {
      const key = `${input.subject.kind} ${input.subject.id}`;
      const known = answers.get(key) ?? evaluate(input);
      answers.set(key, known);
      return known;
    },
  };
}

const examples: Example[] = [];
beforeAll(async () => {
  const evaluate = evaluator(await openPolicy());
  for (const { id, subject } of rules) {
    const folder = join(RULES, subject, id, "examples");
    for (const name of exampleNames(folder)) examples.push(await read(folder, name, evaluate));
  }
});

const referencesOf = ({ world, units, evaluate }: Example, off?: ReadonlySet<string>): readonly Reference[] =>
  judge(world, units, evaluate, rules, { off }).references;
const provenIn = (references: readonly Reference[]): number =>
  references.filter(({ state }) => state === "proven" || state === "fully proven").length;

test("switching any rule off never adds to what is proven", () => {
  for (const example of examples) {
    const proven = provenIn(referencesOf(example));
    for (const { id } of rules) {
      expect([example.name, id, provenIn(referencesOf(example, new Set([id]))) <= proven]).toEqual([
        example.name,
        id,
        true,
      ]);
    }
  }
});

test("a rule with a link answers about a reference once, by a finding, an open question or a proof", () => {
  const linked = new Set(rules.filter((rule) => rule.link !== null).map(({ id }) => id));
  for (const { name, world, evaluate } of examples) {
    const answered = new Map<string, number>();
    for (const { input } of buildCases(world, new Set(rules.map(({ subject }) => subject)))) {
      const { findings, unverified, proofs } = evaluate(input);
      for (const { rule, references } of [...findings, ...unverified, ...proofs]) {
        for (const reference of linked.has(rule) ? keysOf(input, references, world.readers) : []) {
          const key = `${rule} about ${reference}`;
          answered.set(key, (answered.get(key) ?? 0) + 1);
        }
      }
    }
    expect([name, [...answered].filter(([, times]) => times > 1)]).toEqual([name, []]);
  }
});

test("a rule that is not asked about what is no job would have said nothing", () => {
  const needs = new Map(rules.map(({ id, needs }) => [id, needs]));
  for (const { name, world, evaluate } of examples) {
    const { networks, environments } = world.networks;
    const others = [...world.policies, ...world.secrets, ...networks.values(), ...environments.values()];
    const subjects = new Map(others.map((subject) => [subject.id, subject]));
    for (const { input } of buildCases(
      world,
      new Set(["policy", "secret", "network", "compute_environment"] as const),
    )) {
      const subject = subjects.get(input.subject.id);
      const { findings, unverified, proofs } = evaluate(input);
      const idle = [...findings, ...unverified, ...proofs].filter(({ rule }) => {
        const need = needs.get(rule);
        return need !== undefined && (!subject || !has(subject, need, world));
      });
      expect([name, idle]).toEqual([name, []]);
    }
  }
});

test("an unverified reference always has an open link that says why", () => {
  for (const example of examples) {
    const silent = referencesOf(example).filter(
      ({ state, links }) => state === "unverified" && !Object.values(links).some((link) => link.state === "open"),
    );
    expect([example.name, silent.map(({ name, links }) => [name, links])]).toEqual([example.name, []]);
  }
});
