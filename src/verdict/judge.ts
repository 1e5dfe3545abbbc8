/** Judges everything that was linked: cases → answers → findings, open questions, and the account of references. */
import { TOLD_UNIT } from "../facts/assumptions.ts";
import { type BuiltCase, buildCases } from "../facts/cases.ts";
import { has } from "../facts/needs.ts";
import type { Judgement } from "../facts/schema/judgement.ts";
import type { Case, SubjectKind } from "../facts/schema.ts";
import { type Spelling, spelling } from "../facts/spelling.ts";
import type { Unit } from "../facts/unit.ts";
import { leastWeightOf } from "../facts/weight.ts";
import type { Other, World } from "../facts/world.ts";
import type { Where } from "../facts/writing.ts";
import { addTo, groupBy } from "../maps.ts";
import type { Rule } from "../policy/rules.ts";
import { rulePage } from "../product.ts";
import { pay } from "../purse.ts";
import { excludable, locate, type Place, type Problem, type SourceFile } from "../source.ts";
import { quantity } from "../words.ts";
import { type Accounted, keysOf, openAccount, placeIn } from "./account.ts";
import { judges } from "./chains.ts";
import { restingOnDefaults } from "./defaults.ts";
import { type Subjects, subjectKey } from "./digest.ts";
import type { Unverified } from "./finding.ts";
import { answersFor, type Found } from "./findings.ts";
import { keySpeller } from "./keys.ts";
import { byLevel, type Levels } from "./levels.ts";
import { openAlone } from "./shared.ts";
import { type Answered, gatherSides } from "./sides.ts";
import { restingOnTold } from "./told.ts";

export interface Judged extends Accounted {
  readonly findings: readonly Found[];
  readonly unverified: readonly Unverified[];
  /** Files of findings: templates that Terraform renders are reached only through the places of a case. */
  readonly files: ReadonlySet<SourceFile>;
  /** The places of what findings are about. */
  readonly subjects: Subjects;
  /** What was not judged, since the run can't afford it. */
  readonly problems: readonly Problem[];
}

export interface JudgeOptions {
  /** The ids of rules that are switched off. */
  readonly off?: ReadonlySet<string> | undefined;
  /** What is chosen for rules file by file; left out: nothing is. */
  readonly levels?: Levels | undefined;
  /** Whether the chains of references are shown: what proves them is large. True when it is left out. */
  readonly chains?: boolean | undefined;
  /** How long all files are together: what is written pays for its cases. No limit when it is left out. */
  readonly characters?: number | undefined;
}

/** The cases of a run, and what becomes of the answers. */
export interface Judging {
  /** Each is built when it is asked for. */
  readonly cases: Iterable<BuiltCase>;
  /** Takes in what the rules answered about a case, in the order of the cases. */
  readonly settle: (built: BuiltCase, answers: Judgement) => void;
  /** What was found, when all cases are settled. */
  readonly judged: () => Judged;
}

/** Everything that was linked, to be judged by these rules. */
export function openJudging(
  world: World,
  units: readonly Unit[],
  rules: readonly Rule[],
  { off = new Set(), levels, chains = true, characters = Number.POSITIVE_INFINITY }: JudgeOptions = {},
): Judging {
  const names = new Map(units.flatMap(({ id, deployed }) => (deployed ? [[id, [deployed.name]] as const] : [])));
  const judging = judges(rules, off);
  const { linkOf } = judging;
  const account = openAccount(world, judging, chains, (unit) => names.get(unit) ?? []);
  const findings: Found[] = [];
  const unverified: Unverified[] = [];
  const files = new Set<SourceFile>();
  const subjects = new Map<string, Place[]>();
  const unitsById = new Map(units.map((one) => [one.id, one]));
  const spell = spelling(units, world.storedIn.holeFor);
  const pages = new Map(rules.map(({ id, help }) => [id, help]));
  const isTold = unitsById.has(TOLD_UNIT);
  const writtenUnit = (one: string) => unitsById.get(one)?.deployed?.of ?? one;
  const isAlone = openAlone(world.roles, writtenUnit);
  const asked = groupBy(rules, ({ subject }) => subject);
  const isAsked = (kind: SubjectKind, subject: Other): boolean =>
    asked.get(kind)?.some(({ needs }) => needs === undefined || has(subject, needs, world)) === true;
  const { policies, secrets, networks: around } = world;
  const others: readonly (readonly [SubjectKind, Iterable<Other>])[] = [
    ["policy", policies],
    ["secret", secrets],
    ["network", around.networks.values()],
    ["compute_environment", around.environments.values()],
  ];
  const count = others.reduce((sum, [kind, all]) => sum + [...all].filter((one) => isAsked(kind, one)).length, 0);
  const { refuse, problems } = openLimit(characters, leastWeightOf(world, count));
  const resting = (built: BuiltCase, answers: Judgement): Answered => {
    const { defaults } = unitOf(built);
    const all = restingOnDefaults(without(answers, off), built.input, defaults, linkOf);
    return { built, answers: isTold ? restingOnTold(all, built, linkOf) : all };
  };
  const unitOf = ({ input }: BuiltCase): Unit => {
    const own = unitsById.get(input.subject.unit);
    if (!own) throw new Error(`there is a case of ${input.subject.unit}, which is no unit`);
    return own;
  };
  const spellerFor = (input: Case): ((where: Where) => Spelling) => {
    const inKeys = keySpeller(input);
    return (where) => {
      const { say, write } = spell(input.subject.unit, where);
      return { say: (text) => inKeys(say(text)), write };
    };
  };
  const sayAll = ({ built, answers }: Answered, at: Place): void => {
    const { input, places } = built;
    const { unit } = input.subject;
    const said = answersFor(built, answers, {
      writer: unitOf(built).write,
      spell: spellerFor(input),
      writtenUnit,
      isAlone,
      help: (rule) => pages.get(rule) ?? rulePage(rule),
      keysOf: (references) => keysOf(input, references, world.readers),
    });
    for (const one of said.findings) {
      const level = levels?.at(one.finding.rule, at.file.path);
      const isOwn = level === undefined || level === "on" || level === "off";
      const finding = isOwn ? one.finding : { ...one.finding, severity: level };
      findings.push({ ...one, unit, finding });
      addTo(subjects, subjectKey(finding), at);
    }
    for (const one of said.unverified) unverified.push(one);
    if (said.findings.length > 0) for (const { file } of places) files.add(file);
  };
  const gathered = gatherSides(linkOf);
  const settle = (built: BuiltCase, answers: Judgement): void => {
    const parts = gathered(resting(built, answers));
    if (!parts) return;
    const whole = parts[0].built;
    const { input, places, address } = whole;
    const at = placeIn(places, input.subject.at);
    const all = parts.map((part) => ({ part, ...atLevels(part.answers, at.file.path, levels) }));
    for (const { part, kept } of all) sayAll({ ...part, answers: kept }, at);
    const spelled = spellerFor(input);
    account.settle(
      whole,
      together(all.map(({ kept }) => kept)),
      (text, at) => spelled({ place: placeIn(places, at), address }).say(text),
      all.flatMap(({ silent }) => silent),
    );
  };
  return {
    cases: buildCases(world, new Set(asked.keys()), { refuse, isAsked, withSides: true }),
    settle,
    judged: () => ({
      findings,
      unverified,
      ...account.close(),
      files,
      subjects,
      problems: problems(),
    }),
  };
}

/**
 * The most that one case weighs: AWS Batch takes definitions of 24 KiB, which have less than 900 references, and a role
 * has policies of some 130 KB. The engine takes longer for each row of a large case than for one of a small one.
 */
const MOST_OF_A_CASE = 20_000;
/**
 * What all cases of a run may weigh, besides one for so many characters of its files. 10,000 jobs with their roles and
 * secrets weigh 2.9 million, in 21 million characters; so many jobs alone weigh 1.2 million, in 2 million characters.
 */
const MOST_OF_A_RUN = 1_000_000;
const CHARACTERS_A_UNIT = 6;
/** What is judged all the same of a run that can't be judged completely, so that it ends soon. */
const SOME_OF_A_RUN = 300_000;

/** Refuses cases that the run can't afford, and says so once. `least`: what all its cases surely weigh. */
function openLimit(characters: number, least: number) {
  const own = characters / CHARACTERS_A_UNIT;
  const allowance =
    least > own + MOST_OF_A_RUN ? { own: 0, purse: { left: SOME_OF_A_RUN } } : { own, purse: { left: MOST_OF_A_RUN } };
  let first: { readonly address: string; readonly at: Place } | undefined;
  let refused = 0;
  let isFull = false;
  return {
    refuse: (subject: { readonly address: string; readonly at: Place }, weight: number | null): boolean => {
      if (!isFull && (weight === null || weight <= MOST_OF_A_CASE)) {
        if (weight === null || pay(allowance, weight)) return false;
        isFull = true;
      }
      first ??= subject;
      refused++;
      return true;
    },
    problems: (): Problem[] => {
      if (!first) return [];
      const message =
        refused === 1
          ? `${first.address} depends on too much to be judged in one run, so it was not judged.`
          : `${first.address} and ${quantity(refused - 1, "other")} depend on too much to be judged in one run, so they were not judged.`;
      return [excludable({ path: first.at.file.path, message, line: locate(first.at).start.line })];
    },
  };
}

function atLevels(answers: Judgement, path: string, levels: Levels | undefined): ReturnType<typeof byLevel> {
  return levels ? byLevel(answers, path, levels) : { kept: answers, silent: [] };
}

function together(all: readonly Judgement[]): Judgement {
  const [only, ...others] = all;
  if (only && others.length === 0) return only;
  return {
    findings: all.flatMap(({ findings }) => findings),
    unverified: all.flatMap(({ unverified }) => unverified),
    proofs: all.flatMap(({ proofs }) => proofs),
  };
}

/** What the rules that are not switched off answered. */
function without(judgement: Judgement, off: ReadonlySet<string>): Judgement {
  if (off.size === 0) return judgement;
  const on = ({ rule }: { readonly rule: string }) => !off.has(rule);
  const { findings, unverified, proofs } = judgement;
  return { findings: findings.filter(on), unverified: unverified.filter(on), proofs: proofs.filter(on) };
}
