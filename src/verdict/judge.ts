/** Judges everything that was linked: cases → answers → findings, open questions, and the account of references. */
import { buildCases } from "../facts/cases.ts";
import type { Unit } from "../facts/resources.ts";
import type { Judgement } from "../facts/schema.ts";
import { spelling } from "../facts/spelling.ts";
import type { World } from "../facts/world.ts";
import type { Evaluate } from "../policy/evaluate.ts";
import type { Rule } from "../policy/rules.ts";
import { rulePage } from "../product.ts";
import type { SourceFile } from "../source.ts";
import { keysOf, openAccount, placeIn, type Reference } from "./account.ts";
import { judges } from "./chains.ts";
import { restingOnDefaults } from "./defaults.ts";
import type { Unverified } from "./finding.ts";
import { answersFor, type Found } from "./findings.ts";

export interface Judged {
  readonly findings: readonly Found[];
  readonly unverified: readonly Unverified[];
  readonly references: readonly Reference[];
  /** Files of findings: templates that Terraform renders are reached only through the places of a case. */
  readonly files: ReadonlySet<SourceFile>;
}

export interface JudgeOptions {
  /** The ids of rules that are switched off. */
  readonly off?: ReadonlySet<string> | undefined;
  /** Whether the chains of references are shown: what proves them is large. True when it is left out. */
  readonly chains?: boolean | undefined;
}

/** Judges the cases one by one. Throws a sentence when the rules fail on a case. */
export function judge(
  world: World,
  units: readonly Unit[],
  evaluate: Evaluate,
  rules: readonly Rule[],
  { off = new Set(), chains = true }: JudgeOptions = {},
): Judged {
  const account = openAccount(world, judges(rules, off), chains);
  const findings: Found[] = [];
  const unverified: Unverified[] = [];
  const files = new Set<SourceFile>();
  const unitsById = new Map(units.map((one) => [one.id, one]));
  const spell = spelling(units);
  const links = new Map(rules.map(({ id, link }) => [id, link]));
  for (const built of buildCases(world, new Set(rules.map(({ subject }) => subject)))) {
    const { input, places, address } = built;
    const { unit } = input.subject;
    const own = unitsById.get(unit);
    const judgement = restingOnDefaults(without(evaluate(input), off), input, own?.defaults, (rule) => links.get(rule));
    if (!own) throw new Error(`there is a case of ${unit}, which is no unit`);
    const said = answersFor(built, judgement, {
      writer: own.write,
      spell: (where) => spell(unit, where),
      help: rulePage,
      keysOf: (references) => keysOf(input, references, world.readers),
    });
    for (const finding of said.findings) findings.push({ unit, finding });
    for (const one of said.unverified) unverified.push(one);
    if (said.findings.length > 0) for (const { file } of places) files.add(file);
    account.settle(built, judgement, (text, at) => spell(unit, { place: placeIn(places, at), address }).say(text));
  }
  return { findings, unverified, references: account.references(), files };
}

/** What the rules that are not switched off answered. */
function without(judgement: Judgement, off: ReadonlySet<string>): Judgement {
  if (off.size === 0) return judgement;
  const on = ({ rule }: { readonly rule: string }) => !off.has(rule);
  const { findings, unverified, proofs } = judgement;
  return { findings: findings.filter(on), unverified: unverified.filter(on), proofs: proofs.filter(on) };
}
