/** The metadata of the rules, for `rules`, `explain` and the reports: dist/rules.json. */
import { readFileSync } from "node:fs";
import type { Need } from "../facts/needs.ts";
import type { Severity } from "../facts/schema/judgement.ts";
import type { SubjectKind } from "../facts/schema.ts";
import { builtFile } from "./built.ts";

/** The links of a reference's chain, in the order in which a secret travels (DESIGN §1). */
export const links = ["reference", "role", "trust", "read", "decrypt", "content", "network", "agent"] as const;

export type Link = (typeof links)[number];

/** Facts about AWS of a certain date that rules depend on. */
export interface Table {
  readonly name: string;
  readonly source: string;
  /** The day, as in 2026-01-31. */
  readonly date: string;
}

export interface Rule {
  /** The name of the rule's folder, of its page and in the configuration. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly subject: SubjectKind;
  /** The link of a reference's chain that the rule answers for; null when it answers for none. */
  readonly link: Link | null;
  /** Whether it is on unless the configuration says otherwise. */
  readonly enabled: boolean;
  /** There when no baseline may hold its findings: a credential that is written down has to go. */
  readonly baseline?: false;
  /** The address of its page, where that is not among ours. */
  readonly help?: string;
  readonly remedy: string;
  readonly references: readonly string[];
  readonly notes: string;
  /** What a subject that is no job must have for the rule to be asked about it; absent when that is nothing special. */
  readonly needs?: Need;
  /** The tables of facts that it depends on; absent when there are none. */
  readonly tables?: readonly Table[];
}

/** The two parts of a description: its first sentence says what goes wrong, and what follows is the reason. */
export function wrongAndWhy({ description }: Pick<Rule, "description">): {
  readonly wrong: string;
  readonly why: string;
} {
  const [, wrong = description, why = ""] = /^(.*?[.!?])\s+(?=[A-Z`])(.*)$/s.exec(description) ?? [];
  return { wrong, why };
}

/** The id of a rule of the user's own: a namespace and a name, so that it can't have the name of a built-in one. */
export const OWN_RULE = /^[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/;

let own: readonly Rule[] = [];

/** The rules of a run: the built-in ones, and those that `useOwnRules` was given. */
export function loadRules(): readonly Rule[] {
  return own.length === 0 ? builtInRules() : [...builtInRules(), ...own];
}

/** Sets the rules of the user's own for the run that begins. */
export function useOwnRules(rules: readonly Rule[]): void {
  own = rules;
}

let loaded: readonly Rule[] | undefined;

/** The built-in rules, sorted by id, read once. Throws a sentence when the file is missing or broken. */
export function builtInRules(): readonly Rule[] {
  if (loaded) return loaded;
  const path = builtFile("rules.json");
  try {
    loaded = JSON.parse(readFileSync(path, "utf8")) as readonly Rule[];
    return loaded;
  } catch (error) {
    throw new Error(`${path} can't be read: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
