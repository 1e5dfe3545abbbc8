/**
 * The JSON report read back, as what it is: text of somebody else. Whoever made it may have written anything, so only
 * what has the form of a report is taken, within limits, and nothing that leads anywhere: pages of rules are ours, and
 * edits are left out, because nobody should commit a stranger's with one click.
 */
import * as z from "zod/mini";
import { type Assumption, assumptionIds } from "../facts/assumptions.ts";
import { causeKinds, settles } from "../facts/causes.ts";
import { rulePage } from "../product.ts";
import { clauseOf } from "../verdict/questions.ts";
import { type Report, remedyIn } from "./report.ts";

/** In UTF-16 units. */
export const longestReport = 8 * 1024 * 1024;
/** Of each list. */
const mostEntries = 5_000;
const longestText = 8_000;

const text = z.string().check(z.maxLength(longestText));
const number = z.int().check(z.minimum(0), z.maximum(1e9));
const place = z.int().check(z.minimum(1), z.maximum(1e8));
const position = z.object({ line: place, column: place });
const path = z.string().check(
  z.maxLength(1_000),
  z.refine((one) => !one.startsWith("/") && !one.split("/").includes(".."), "must be a path of the repository"),
);
const location = z.object({ path, start: position, end: position });
const list = <T extends z.ZodMiniType>(item: T, most = mostEntries) => z.array(item).check(z.maxLength(most));
const problem = z.object({ path: text, message: text, line: z.optional(place) });
const subject = z.object({
  kind: z.enum(["job_definition", "policy", "secret", "network", "compute_environment"]),
  address: text,
});

const finding = z.object({
  rule: z.string().check(z.regex(/^[a-z0-9-]{1,100}$/)),
  severity: z.enum(["error", "warning", "info"]),
  confidence: z.enum(["certain", "likely"]),
  message: text,
  remedy: text,
  assumes: list(z.enum(assumptionIds)),
  subject,
  location,
  related: list(z.object({ message: text, location }), 20),
  fingerprint: z.string().check(z.maxLength(200)),
  fingerprintAnywhere: z.string().check(z.maxLength(200)),
  status: z.enum(["new", "existing", "suppressed"]),
  cause: z.optional(z.object({ side: z.enum(["base", "head"]), location })),
});

/** What is known of one that is gone. */
const gone = z.pick(finding, {
  rule: true,
  severity: true,
  confidence: true,
  message: true,
  subject: true,
  location: true,
  fingerprint: true,
});

const question = z.object({
  rule: finding.shape.rule,
  reason: text,
  cause: z.object({ kind: z.enum(causeKinds), name: text, unit: z.nullable(text) }),
  subject,
  location,
});

const summary = z.object({
  files: number,
  jobDefinitions: number,
  references: number,
  proven: number,
  fullyProven: number,
  errors: number,
  warnings: number,
  infos: number,
  unverified: number,
  suppressed: number,
  existing: number,
  durationMs: number,
});

const report = z.object({
  version: z.literal(1),
  verdict: z.enum(["pass", "fail"]),
  scope: z.enum(["new", "all"]),
  base: z.nullable(z.string().check(z.maxLength(200))),
  findings: list(finding),
  fixed: list(gone),
  unverified: list(question),
  problems: list(problem),
  notes: list(problem),
  summary,
});

/** Throws a sentence when the text is no report. References are left out. */
export function parseReport(json: string): Report {
  if (json.length > longestReport) throw new Error("The report is too large to be published.");
  const { findings, fixed, unverified, problems, notes, ...rest } = checked(json);
  return {
    ...rest,
    findings: findings.map(({ remedy, cause, ...one }) => ({
      ...one,
      assumes: one.assumes as readonly Assumption[],
      remedy: remedyIn(remedy, [], one.location.path),
      help: rulePage(one.rule),
      ...(cause && { cause }),
    })),
    fixed: fixed.map((one) => ({
      ...one,
      assumes: [],
      remedy: remedyIn("", [], one.location.path),
      related: [],
      help: rulePage(one.rule),
      fingerprintAnywhere: one.fingerprint,
      status: "new",
    })),
    unverified: unverified.map((one) => {
      const because = clauseOf(one.cause);
      return { ...one, because: because === "" ? one.reason : because, settles: settles(one.cause), references: [] };
    }),
    references: [],
    problems: problems.map(problemOf),
    notes: notes.map(problemOf),
  };
}

function checked(json: string): z.infer<typeof report> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Error("The report is not JSON.");
  }
  const { success, data, error } = z.safeParse(report, value);
  if (success) return data;
  const at = error.issues[0]?.path.map(String).join(".") ?? "";
  throw new Error(`The report does not have the form of a JSON report${at === "" ? "" : ` (at ${at})`}.`);
}

function problemOf({ path, message, line }: z.infer<typeof problem>): Report["problems"][number] {
  return { path, message, ...(line === undefined ? {} : { line }) };
}
