/**
 * What a policy of somebody else's answers, held against the contract: docs/write-your-own-rule.md. Anything that does
 * not fit throws a sentence, so that a wrong answer is never taken for no finding.
 */
import { type CauseKind, causeKinds } from "../../facts/causes.ts";
import type { Judgement, Severity } from "../../facts/schema/judgement.ts";
import type { SubjectKind } from "../../facts/schema.ts";
import { OWN_RULE, type Rule } from "../rules.ts";

const SEVERITIES = ["error", "warning", "info"] as const satisfies readonly Severity[];
const SUBJECTS = [
  "job_definition",
  "policy",
  "secret",
  "network",
  "compute_environment",
] as const satisfies readonly SubjectKind[];

function wrong(where: string, what: string): never {
  throw new Error(`${where} must be ${what}`);
}

function fields<const K extends string>(
  value: unknown,
  where: string,
  known: readonly K[],
): Readonly<Partial<Record<K, unknown>>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong(where, "an object");
  const unknown = Object.keys(value).find((key) => !known.some((one) => one === key));
  if (unknown !== undefined) throw new Error(`${where} has ${unknown}, which is not one of ${known.join(", ")}`);
  return value as Partial<Record<K, unknown>>;
}

function list(value: unknown, where: string): readonly unknown[] {
  return Array.isArray(value) ? value : wrong(where, "a list");
}

function text(value: unknown, where: string): string {
  return typeof value === "string" && value.trim() !== "" ? value : wrong(where, "a string that is not empty");
}

function oneOf<const T extends string>(value: unknown, where: string, known: readonly T[]): T {
  return known.find((one) => one === value) ?? wrong(where, `one of ${known.join(", ")}`);
}

function place(value: unknown, where: string): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0
    ? value
    : wrong(where, "the `at` of something in the case");
}

function texts(value: unknown, where: string): string[] {
  return list(value ?? [], where).map((one, index) => text(one, `${where}[${index}]`));
}

/** The rules that a bundle says it has, sorted by id. */
export function rulesOf(value: unknown): readonly Rule[] {
  const rules = list(value, "rules").map((one, index): Rule => {
    const where = `rules[${index}]`;
    const rule = fields(one, where, ["id", "title", "severity", "subject", "description", "remedy", "help"]);
    const id = text(rule.id, `${where}.id`);
    if (!OWN_RULE.test(id)) wrong(`${where}.id`, `a namespace and a name, such as acme/pinned-image, not ${id}`);
    const title = text(rule.title, `${where}.title`);
    return {
      id,
      title,
      description: rule.description === undefined ? `${title}.` : text(rule.description, `${where}.description`),
      severity: oneOf(rule.severity, `${where}.severity`, SEVERITIES),
      subject: oneOf(rule.subject, `${where}.subject`, SUBJECTS),
      link: null,
      enabled: true,
      remedy: rule.remedy === undefined ? `Make sure of this: ${title}.` : text(rule.remedy, `${where}.remedy`),
      references: [],
      notes: "",
      ...(rule.help === undefined ? {} : { help: address(rule.help, `${where}.help`) }),
    };
  });
  if (rules.length === 0) wrong("rules", "a list of at least one rule");
  return rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function address(value: unknown, where: string): string {
  const given = text(value, where);
  return /^https:\/\/\S+$/.test(given) ? given : wrong(where, "an address that begins with https://");
}

/** What a bundle with these rules answers about a case of a subject. Proofs are for built-in rules alone. */
export function judgementOf(value: unknown, rules: readonly Rule[], subject: SubjectKind): Judgement {
  const report = fields(value, "report", ["findings", "unverified"]);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const ruleOf = (id: unknown, where: string): Rule => {
    const rule = byId.get(text(id, where)) ?? wrong(where, "the id of one of the policy's own rules");
    return rule.subject === subject ? rule : wrong(where, `a rule about a ${subject}, as the case is`);
  };
  return {
    findings: list(report.findings, "report.findings").map((one, index) =>
      findingOf(one, `report.findings[${index}]`, ruleOf),
    ),
    unverified: list(report.unverified ?? [], "report.unverified").map((one, index) =>
      questionOf(one, `report.unverified[${index}]`, ruleOf),
    ),
    proofs: [],
  };
}

type RuleOf = (id: unknown, where: string) => Rule;
type Finding = Judgement["findings"][number];

const FINDING = [
  "rule",
  "message",
  "at",
  "severity",
  "confidence",
  "remedy",
  "related",
  "references",
  "names",
] as const;

function findingOf(value: unknown, where: string, ruleOf: RuleOf): Finding {
  const finding = fields(value, where, FINDING);
  const rule = ruleOf(finding.rule, `${where}.rule`);
  const related = list(finding.related ?? [], `${where}.related`).map((one, index) => {
    const inner = `${where}.related[${index}]`;
    const { message, at } = fields(one, inner, ["message", "at"]);
    return { message: text(message, `${inner}.message`), at: place(at, `${inner}.at`) };
  });
  return {
    rule: rule.id,
    severity: oneOf(finding.severity ?? rule.severity, `${where}.severity`, SEVERITIES),
    confidence: oneOf(finding.confidence ?? "certain", `${where}.confidence`, ["certain", "likely"]),
    message: text(finding.message, `${where}.message`),
    remedy: remedyOf(finding.remedy ?? rule.remedy, `${where}.remedy`),
    at: place(finding.at, `${where}.at`),
    related,
    references: texts(finding.references, `${where}.references`),
    names: texts(finding.names, `${where}.names`),
    assumes: [],
  };
}

/** A sentence, or a sentence with new values for places. */
function remedyOf(value: unknown, where: string): Finding["remedy"] {
  if (typeof value === "string") return { text: text(value, where), edits: [], add: null };
  const remedy = fields(value, where, ["text", "edits"]);
  const edits = list(remedy.edits ?? [], `${where}.edits`).map((one, index) => {
    const inner = `${where}.edits[${index}]`;
    const edit = fields(one, inner, ["at", "text"]);
    return { at: place(edit.at, `${inner}.at`), text: text(edit.text, `${inner}.text`) };
  });
  return { text: text(remedy.text, `${where}.text`), edits, add: null };
}

function questionOf(value: unknown, where: string, ruleOf: RuleOf): Judgement["unverified"][number] {
  const question = fields(value, where, ["rule", "reason", "at", "references", "cause"]);
  const cause = fields(question.cause, `${where}.cause`, ["kind", "name", "unit"]);
  return {
    rule: ruleOf(question.rule, `${where}.rule`).id,
    reason: text(question.reason, `${where}.reason`),
    at: place(question.at, `${where}.at`),
    references: texts(question.references, `${where}.references`),
    cause: {
      kind: oneOf<CauseKind>(cause.kind, `${where}.cause.kind`, causeKinds),
      name: text(cause.name, `${where}.cause.name`),
      unit: cause.unit === null || cause.unit === undefined ? null : text(cause.unit, `${where}.cause.unit`),
    },
  };
}
