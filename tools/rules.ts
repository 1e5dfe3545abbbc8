/** What the rules' metadata says of them, in the form that the program reads (`src/policy/rules.ts`). */

import managedPolicies from "../src/facts/aws-managed-policies.json" with { type: "json" };
import { type Need, needNames } from "../src/facts/needs.ts";
import { type SubjectKind, subjectKinds } from "../src/facts/schema.ts";
import { links, type Rule, type Table } from "../src/policy/rules.ts";

interface Annotation {
  readonly annotations: {
    readonly scope: string;
    readonly title?: string;
    readonly description?: string;
    readonly related_resources?: readonly { readonly ref: string }[];
    readonly custom?: Readonly<Record<string, unknown>>;
  };
  readonly path: readonly { readonly value: string }[];
  readonly location: { readonly file: string };
}

/** The tables of facts about AWS that a rule may depend on, by their names in its metadata. */
const TABLES: Readonly<Record<string, Table>> = {
  "aws-managed-policies": {
    name: "AWS managed policies",
    source: managedPolicies.source,
    date: managedPolicies.date,
  },
};

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
  const { title = "", description = "", related_resources = [], custom = {} } = annotations;
  const {
    severity,
    subject,
    link,
    remedy,
    notes,
    enabled = true,
    baseline = true,
    needs,
    tables = [],
    ...unknown
  } = custom;
  need(title !== "" && description !== "", "a rule has a title and a description");
  need(severity === "error" || severity === "warning" || severity === "info", "severity: error, warning or info");
  need(subject === kind && subjectKinds.some((known) => known === kind), `subject: ${kind}, as the folder says`);
  need(link === undefined || links.some((known) => known === link), `link: one of ${links.join(", ")}, or absent`);
  need(typeof remedy === "string" && remedy !== "", "remedy: one sentence that says what to do");
  need(typeof enabled === "boolean", "enabled: false for a rule that only the configuration switches on, or absent");
  need(typeof baseline === "boolean", "baseline: false for a rule whose findings no baseline may hold, or absent");
  need(needs === undefined || needNames.some((known) => known === needs), `needs: one of ${needNames.join(", ")}`);
  need(related_resources.length > 0, "related_resources: the pages that the rule follows");
  need(typeof notes === "string" && notes !== "", "notes: the limitations of the rule");
  const known = (tables as readonly string[]).flatMap((name) => TABLES[name] ?? []);
  need(known.length === (tables as readonly string[]).length, `tables: of ${Object.keys(TABLES).join(", ")}`);
  need(Object.keys(unknown).length === 0, `${Object.keys(unknown).join(", ")}: not a key that a rule's metadata has`);
  return {
    id,
    title,
    description: oneLine(description),
    severity: severity as Rule["severity"],
    subject: kind as SubjectKind,
    link: (link ?? null) as Rule["link"],
    enabled: enabled as boolean,
    remedy: oneLine(remedy as string),
    references: related_resources.map(({ ref }) => ref),
    notes: [oneLine(notes as string), ...known.map(dated)].join(" "),
    ...(baseline ? {} : { baseline: false }),
    ...(needs === undefined ? {} : { needs: needs as Need }),
    ...(known.length > 0 ? { tables: known } : {}),
  };
}

/** From when the facts of a table are. */
function dated({ name, source, date }: Table): string {
  return `${name} are known as of ${date} (${source}).`;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}
