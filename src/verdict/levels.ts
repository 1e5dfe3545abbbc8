/** What the configuration says of rules: which are asked, where one is silent, how severe its findings are. */
import type { Config, Level } from "../config/config.ts";
import type { Judgement } from "../facts/schema/judgement.ts";
import type { Rule } from "../policy/rules.ts";
import { type PathTest, pathTest } from "../sources/globs.ts";

export interface Levels {
  /** The rules of the run. Advice that nobody switched on is none. */
  readonly rules: readonly Rule[];
  /** The ids of rules that are off in every file: their links are not checked. */
  readonly off: ReadonlySet<string>;
  /** The ids of rules that are mere advice: on only where somebody says so. */
  readonly advice: ReadonlySet<string>;
  /** What is chosen for a rule and the subjects in a file; undefined: nothing. */
  readonly at: (rule: string, path: string) => Level | undefined;
}

/** Throws a sentence when a configuration names a rule that no policy of the run has. */
export function requireRules({ rules, suppressions }: Config, all: readonly Rule[]): void {
  const known = new Set(all.map(({ id }) => id));
  const unknown = [...rules.keys(), ...suppressions.map(({ rule }) => rule)].find((rule) => !known.has(rule));
  if (unknown !== undefined) throw new Error(`the configuration names the rule ${unknown}, which no policy has`);
}

type Choices = readonly { readonly level: Level; readonly fits: PathTest | undefined }[];

/** The levels of a run. Of several entries of a rule that fit a file the last one counts. */
export async function levelsOf(all: readonly Rule[], chosen: Config["rules"]): Promise<Levels> {
  const byRule = new Map<string, Choices>();
  for (const [rule, choices] of chosen) {
    const fitting = choices.map(async ({ path, level }) => ({ level, fits: path && (await pathTest(path)) }));
    byRule.set(rule, (await Promise.all(fitting)) as Choices);
  }
  const advice = new Set(all.filter(({ enabled }) => !enabled).map(({ id }) => id));
  return {
    rules: all.filter(({ id, enabled }) => enabled || byRule.get(id)?.some(({ level }) => level !== "off")),
    off: new Set(all.filter(({ id, enabled }) => isOff(byRule.get(id) ?? [], enabled)).map(({ id }) => id)),
    advice,
    at: (rule, path) => {
      const level = byRule.get(rule)?.findLast(({ fits }) => fits === undefined || fits(path))?.level;
      return level ?? (advice.has(rule) ? "off" : undefined);
    },
  };
}

function isOff(choices: Choices, enabled: boolean): boolean {
  if (choices.length === 0) return !enabled;
  return choices.every(({ level, fits }) => level === "off" && (fits === undefined || !enabled));
}

/** A rule that is off for a subject, and the references that it would have answered for. */
export type Silent = Pick<Judgement["proofs"][number], "rule" | "references" | "at">;

/**
 * What the rules that are on for the subjects of a file answered; and what the others would have answered: the links of
 * those references are not checked, unless the rule is mere advice.
 */
export function byLevel(
  { findings, unverified, proofs }: Judgement,
  path: string,
  { at, advice }: Levels,
): { readonly kept: Judgement; readonly silent: readonly Silent[] } {
  const isOn = ({ rule }: Silent) => at(rule, path) !== "off";
  return {
    kept: { findings: findings.filter(isOn), unverified: unverified.filter(isOn), proofs: proofs.filter(isOn) },
    silent: [...findings, ...unverified, ...proofs].filter((one) => !advice.has(one.rule) && !isOn(one)),
  };
}
