/** Answers → files of evidence, one a call. */
import { createHash } from "node:crypto";
import { kebab } from "../evidence/answers.ts";
import type { Evidence } from "../evidence/schema.ts";
import type { Answer } from "./calls.ts";
import { masked } from "./mask.ts";

/** A file by its path below the folder of evidence. */
export interface EvidenceFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The file of an answer, without credentials. Its path depends on the call alone, so that evidence that is collected
 * again replaces what was there.
 */
export function evidenceFile(answer: Answer, account: string): EvidenceFile {
  return fileOf(masked(answer), account);
}

/** The file of an answer as it came: for what is not written. */
export function fileOf(answer: Answer, account: string): EvidenceFile {
  const { service, operation, region, input } = answer.call;
  const name = [kebab(operation), ...wordsOf(input), hashOf(input)].join("-");
  return { path: `${account}/${region}/${service}/${name}.json`, text: evidenceText(answer, account) };
}

/** An answer as `docs/evidence.schema.json` has it. */
export function evidenceText({ call, at, output, error }: Answer, account: string): string {
  const { service, operation, region, input } = call;
  const asked = {
    evidence: 1,
    account,
    region: region ?? "",
    at,
    call: { service, operation, input: { ...input } },
  } as const;
  const evidence: Evidence = output
    ? { ...asked, output: { ...output } }
    : { ...asked, error: { code: "", message: "", ...error } };
  return `${JSON.stringify(evidence, null, 2)}\n`;
}

/** How long the words are at most: file systems allow 255 bytes for a name. */
const LONGEST = 100;

/** What was asked about, as far as a name of a file can say it. */
function wordsOf(input: Readonly<Record<string, unknown>>): readonly string[] {
  const words = Object.values(input)
    .flatMap(namesIn)
    .flatMap((name) => name.match(/[A-Za-z0-9_.]+/g) ?? [])
    .join("-")
    .replace(/^arn-aws[a-z-]*?-(?:iam|kms|secretsmanager)-/, "")
    .slice(0, LONGEST);
  return words === "" ? [] : [words];
}

/** The names in a value: those of a filter are its values. */
function namesIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return typeof value === "object" && value !== null && "Values" in value ? namesIn(value.Values) : [];
}

/** Tells calls apart whose words are the same. */
function hashOf(input: Readonly<Record<string, unknown>>): string {
  return createHash("sha256").update(JSON.stringify(input)).digest("hex").slice(0, 8);
}
