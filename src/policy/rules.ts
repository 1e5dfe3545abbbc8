/** What the rules say of themselves, for `rules`, `explain` and the reports: dist/rules.json, made from their metadata. */
import { readFileSync } from "node:fs";
import type { SubjectKind } from "../facts/schema.ts";
import type { Severity } from "../report/report.ts";
import { builtFile } from "./built.ts";

export interface Rule {
  /** The name of the rule's folder, of its page and in the configuration. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly subject: SubjectKind;
  /** Whether the AWS page that the project grew from says it itself. */
  readonly seed: boolean;
  /** What to do, in one sentence. */
  readonly remedy: string;
  /** The URLs of the pages that the rule follows. */
  readonly references: readonly string[];
  /** What the rule does not see. */
  readonly notes: string;
}

/** All rules, sorted by id. Throws a sentence when the file is missing or broken. */
export function loadRules(): readonly Rule[] {
  const path = builtFile("rules.json");
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} can't be read: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
