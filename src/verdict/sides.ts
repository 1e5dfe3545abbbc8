/**
 * The answers about a case in which something is chosen, by those about its sides: what holds on each of them holds, what
 * fails on each of them fails, and anything else is an open question.
 */
import type { BuiltCase } from "../facts/cases.ts";
import type { Cause } from "../facts/causes.ts";
import type { Chosen } from "../facts/choices.ts";
import { referencesOf } from "../facts/references.ts";
import type { Judgement } from "../facts/schema/judgement.ts";
import type { Case } from "../facts/schema.ts";
import { groupBy, into } from "../maps.ts";
import type { Link } from "../policy/rules.ts";
import { CORE } from "./chains.ts";

type Finding = Judgement["findings"][number];
type Unverified = Judgement["unverified"][number];
type Proof = Judgement["proofs"][number];

/** A case with what is answered about it. */
export interface Answered {
  readonly built: BuiltCase;
  readonly answers: Judgement;
}

type LinkOf = (rule: string) => Link | null | undefined;

/** What a rule says of a reference in one case. Advice breaks nothing and proves nothing. */
type Said =
  | { readonly says: "fails" | "advises"; readonly answer: Finding }
  | { readonly says: "open"; readonly answer: Unverified }
  | { readonly says: "holds"; readonly answer: Proof };

/** By rule and reference. */
type AllSaid = ReadonlyMap<string, ReadonlyMap<string, Said>>;

/** What becomes of a reference by a rule that can't tell, or doesn't apply, where it is not known what is chosen. */
interface Outcome {
  readonly rule: string;
  readonly reference: string;
  /** The findings on all sides, or the open question, or the proofs on those to which the rule applies. */
  readonly fails?: readonly { readonly finding: Finding; readonly when: string }[];
  readonly asks?: Unverified;
  readonly holds?: readonly { readonly proof: Proof; readonly when: string }[];
}

/**
 * Takes in the answers about cases, each followed by those about its sides. Gives those about a case when all are there,
 * with what is said of its sides besides.
 */
export function gatherSides(linkOf: LinkOf): (one: Answered) => readonly [Answered, ...Answered[]] | undefined {
  let open: [Answered, ...Answered[]] | undefined;
  return (one) => {
    if (open && one.built.side) open.push(one);
    else open = [one];
    const [whole, ...sides] = open;
    if (sides.length < (whole.built.sides?.all.length ?? 0)) return undefined;
    open = undefined;
    return sides.length > 0 ? joined(whole, sides, linkOf) : [whole];
  };
}

/**
 * The answers about a case and its sides. What is sure whatever is chosen stays; where a rule can't tell, what it says
 * on the sides counts. What fails on all of them is among the answers of each.
 */
function joined(whole: Answered, sides: readonly Answered[], linkOf: LinkOf): readonly [Answered, ...Answered[]] {
  const before = saidIn(whole.answers);
  const known = sides.map(({ answers }) => saidIn(answers));
  const keyless = sides.map(({ built }) => keylessIn(built.input));
  const when = conditionsOf(whole.built, sides);
  const outcomes = everyReference([before, ...known]).flatMap(([rule, reference]): Outcome[] => {
    const link = linkOf(rule);
    const own = before.get(rule)?.get(reference);
    if (!link || (own && own.says !== "open")) return [];
    const said = known.map((one) => one.get(rule)?.get(reference));
    const isSettled = known.every(
      (one, side) =>
        answersLink(one, reference, (other) => linkOf(other) === link) ||
        (link === "decrypt" && keyless[side]?.has(reference) === true),
    );
    const outcome = outcomeOf(own?.answer, said, (side) => when(side, reference, said), {
      isSettled,
      isCore: CORE.has(link),
    });
    return outcome ? [{ rule, reference, ...outcome }] : [];
  });
  return [
    { ...whole, answers: answersOfWhole(whole.answers, outcomes, linkOf) },
    ...sides.map((side, index) => ({
      ...side,
      answers: { findings: findingsOn(side.answers, index, outcomes), unverified: [], proofs: [] },
    })),
  ];
}

/** What makes a side another than those on which something else is said: in words, and what is not known of it. */
interface Condition {
  readonly words: string;
  readonly cause: Cause;
}

type ConditionOf = (side: number) => Condition;

function conditionsOf({ sides }: BuiltCase, all: readonly Answered[]) {
  const chosen = all.map(({ built }) => built.side?.chosen ?? new Map<string, string>());
  return (side: number, reference: string, said: readonly (Said | undefined)[]): Condition => {
    const choosing = sides?.choosing(reference) ?? [];
    const differs = (by: string, other: Chosen) => chosen[side]?.get(by) !== other.get(by);
    const counts = choosing.filter((by) =>
      chosen.some(
        (other, index) =>
          textOf(said[side]) !== textOf(said[index]) && choosing.every((one) => differs(one, other) === (one === by)),
      ),
    );
    const words = (counts.length > 0 ? counts : choosing).flatMap((by) => chosen[side]?.get(by) ?? []).join(" and ");
    const [first = ""] = counts.length > 0 ? counts : choosing;
    return { words, cause: sides?.causeOf(first) ?? { kind: "value", name: words, unit: null } };
  };
}

/** What is said, to be compared. */
function textOf(said: Said | undefined): string {
  if (said === undefined) return "";
  const { answer } = said;
  return `${said.says} ${"message" in answer ? answer.message : "reason" in answer ? answer.reason : answer.because}`;
}

function saidIn({ findings, unverified, proofs }: Judgement): AllSaid {
  const all = new Map<string, Map<string, Said>>();
  const put = (said: Said) => {
    const ofRule = into(all, said.answer.rule, () => new Map<string, Said>());
    for (const reference of said.answer.references) ofRule.set(reference, said);
  };
  for (const answer of findings) put({ says: answer.severity === "info" ? "advises" : "fails", answer });
  for (const answer of unverified) put({ says: "open", answer });
  for (const answer of proofs) put({ says: "holds", answer });
  return all;
}

/** Every rule with every reference that it answers anywhere. */
function everyReference(all: readonly AllSaid[]): readonly (readonly [rule: string, reference: string])[] {
  const rules = new Map<string, Set<string>>();
  for (const [rule, answers] of all.flatMap((one) => [...one])) {
    const references = into(rules, rule, () => new Set<string>());
    for (const reference of answers.keys()) references.add(reference);
  }
  return [...rules].flatMap(([rule, references]) => [...references].map((reference) => [rule, reference] as const));
}

/** Whether some rule of a link answers a reference. */
function answersLink(all: AllSaid, reference: string, isOfLink: (rule: string) => boolean): boolean {
  return [...all].some(([rule, answers]) => isOfLink(rule) && answers.has(reference));
}

/** The references to what has no key that somebody manages: of that no rule says anything. */
function keylessIn({ job_definitions, secrets, parameters }: Case): ReadonlySet<string> {
  const all = Object.values(job_definitions).flatMap(({ containers }) => containers.flatMap(referencesOf));
  const without = all.filter(({ secret, parameter }) => {
    const named = secrets[secret ?? ""] ?? parameters[parameter ?? ""];
    return named?.key_reference === null;
  });
  return new Set(without.map(({ id }) => id));
}

/** `isSettled`: on each side some rule of the link answers, or has nothing to ask. */
function outcomeOf(
  own: Said["answer"] | undefined,
  said: readonly (Said | undefined)[],
  when: ConditionOf,
  { isSettled, isCore }: { readonly isSettled: boolean; readonly isCore: boolean },
): Omit<Outcome, "rule" | "reference"> | undefined {
  const findings = said.flatMap((one, side) =>
    one?.says === "fails" || one?.says === "advises" ? [{ finding: one.answer, side, says: one.says }] : [],
  );
  const isSame = said.every((one) => one?.says === said[0]?.says);
  if (isSame && findings.length > 0) {
    return { fails: findings.map(({ finding, side }) => ({ finding, when: when(side).words })) };
  }
  const failed = findings.find(({ says }) => says === "fails");
  if (failed) return { asks: failingIf(failed.finding, when(failed.side)) };
  const question = own && "reason" in own ? own : undefined;
  const open = said.find((one) => one?.says === "open");
  if (open?.says === "open") return { asks: question ?? open.answer };
  const holds = said.flatMap((one, side) =>
    one?.says === "holds" ? [{ proof: one.answer, when: when(side).words }] : [],
  );
  if (isSettled && holds.length > 0) return { holds };
  return question && isCore ? { asks: question } : undefined;
}

/** The open question whether it is the side on which something fails. */
function failingIf({ rule, message, at }: Finding, { words, cause }: Condition): Unverified {
  return { rule, reason: conditional(message, words), at, references: [], cause };
}

/** What is so on one side: a sentence or a clause with that condition. */
function conditional(said: string, when: string): string {
  return `${said.replace(/\.$/, "")} if ${when}`;
}

function answersOfWhole(
  { findings, unverified, proofs }: Judgement,
  outcomes: readonly Outcome[],
  linkOf: LinkOf,
): Judgement {
  const asked = groupBy(
    outcomes.flatMap(({ asks, reference }) => (asks ? [{ asks, reference }] : [])),
    ({ asks: { rule, reason, at } }) => JSON.stringify([rule, reason, at]),
  );
  const proven = groupBy(
    outcomes.flatMap(({ holds, reference }) => (holds ? [{ proof: proofOf(holds), reference }] : [])),
    ({ proof }) => JSON.stringify([proof?.rule, proof?.because, proof?.at]),
  );
  const together = <A extends object>(all: readonly { readonly one: A | undefined; readonly reference: string }[]) => {
    const references = all.map(({ reference }) => reference);
    return all[0]?.one ? [{ ...all[0].one, references }] : [];
  };
  return {
    findings,
    unverified: [
      ...unverified.filter(({ rule, references }) => !linkOf(rule) || references.length === 0),
      ...[...asked.values()].flatMap((all) => together(all.map(({ asks, reference }) => ({ one: asks, reference })))),
    ],
    proofs: [
      ...proofs,
      ...[...proven.values()].flatMap((all) =>
        together(all.map(({ proof, reference }) => ({ one: proof, reference }))),
      ),
    ],
  };
}

/** More reasons are counted. */
const MOST_SHOWN = 3;

/** One proof for all sides, which says why it holds on each. */
function proofOf(holds: NonNullable<Outcome["holds"]>): Proof | undefined {
  const reasons = [...new Set(holds.map(({ proof, when }) => conditional(proof.because, when)))];
  const isOne = holds.every(({ proof }) => proof.because === holds[0]?.proof.because);
  const more = reasons.length > MOST_SHOWN ? [`and so for ${reasons.length - MOST_SHOWN} more`] : [];
  const because = isOne ? holds[0]?.proof.because : [...reasons.slice(0, MOST_SHOWN), ...more].join("; ");
  const assumes = [...new Set(holds.flatMap(({ proof }) => proof.assumes))];
  return holds[0] && { ...holds[0].proof, because: because ?? "", assumes };
}

/** The findings on one side for references that fail on all: what several sides have in common is said once. */
function findingsOn({ findings }: Judgement, side: number, outcomes: readonly Outcome[]): Finding[] {
  const failing = new Map(outcomes.map(({ rule, reference, fails }) => [`${rule}\n${reference}`, fails]));
  return findings.flatMap((finding) => {
    const own = finding.references.flatMap((reference) => {
      const fails = failing.get(`${finding.rule}\n${reference}`);
      return fails ? [{ reference, fails }] : [];
    });
    const all = own.flatMap(({ fails }) => fails);
    const when = own[0]?.fails[side]?.when;
    const before = (own[0]?.fails ?? []).slice(0, side);
    const isSaid = before.some((one) => one.finding.message === finding.message && one.when === when);
    const isSame = all.every((one) => one.finding.message === finding.message);
    if (own.length === 0 || isSaid || (isSame && side > 0)) return [];
    const message = isSame || !when ? finding.message : `${conditional(finding.message, when)}.`;
    const isCertain = all.every((one) => one.finding.confidence === "certain");
    const references = own.map(({ reference }) => reference);
    // An edit would write one side where all of them are.
    const remedy = { ...finding.remedy, edits: [] };
    return [{ ...finding, message, remedy, references, confidence: isCertain ? "certain" : "likely" }];
  });
}
