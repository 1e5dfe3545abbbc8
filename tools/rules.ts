/** What the rules' metadata says of them, in the form that the program reads (`src/policy/rules.ts`). */

import { type SubjectKind, subjectKinds } from "../src/facts/schema.ts";
import type { Rule } from "../src/policy/rules.ts";

interface Annotation {
  readonly annotations: {
    readonly scope: string;
    readonly title?: string;
    readonly description?: string;
    readonly custom?: Readonly<Record<string, unknown>>;
  };
  readonly path: readonly { readonly value: string }[];
  readonly location: { readonly file: string };
}

/** Every rule's metadata, sorted by id. Throws a sentence that names the file when something is missing of it. */
export function ruleInfos(inspected: unknown): Rule[] {
  const { annotations = [] } = inspected as { annotations?: readonly Annotation[] };
  return annotations
    .filter(({ annotations, path }) => annotations.scope === "package" && path[1]?.value === "rules")
    .map(ruleInfo)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A rule's package is `rules.<subject>["<id>"]`, and its folder has the same two names. */
function ruleInfo({ annotations, path, location: { file } }: Annotation): Rule {
  const [, , kind = "", id = ""] = path.map(({ value }) => value);
  const need = (condition: boolean, what: string) => {
    if (!condition) throw new Error(`${file}: ${what}`);
  };
  need(file.endsWith(`/rules/${kind}/${id}/rule.rego`), `the package of a rule has the names of its folders`);
  const { title = "", description = "", custom = {} } = annotations;
  const { severity, subject, seed, remedy, references, notes } = custom;
  need(title !== "" && description !== "", "a rule has a title and a description");
  need(severity === "error" || severity === "warning" || severity === "info", "severity: error, warning or info");
  need(subject === kind && subjectKinds.some((known) => known === kind), `subject: ${kind}, as the folder says`);
  need(typeof seed === "boolean", "seed: true when the AWS page that this project grew from says it");
  need(typeof remedy === "string" && remedy !== "", "remedy: one sentence that tells what to do");
  need(Array.isArray(references) && references.length > 0, "references: the pages that the rule follows");
  need(typeof notes === "string" && notes !== "", "notes: what the rule does not see");
  return {
    id,
    title,
    description: oneLine(description),
    severity: severity as Rule["severity"],
    subject: kind as SubjectKind,
    seed: seed as boolean,
    remedy: oneLine(remedy as string),
    references: references as readonly string[],
    notes: oneLine(notes as string),
  };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}
