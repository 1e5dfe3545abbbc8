/** The report: what every output is made from, and what a format of reports is (DESIGN §10). */
import { ASSUMPTIONS, type Assumption } from "../facts/assumptions.ts";
import type { Problem } from "../source.ts";
import type { Reference } from "../verdict/account.ts";
import { counted, type Finding, type Remedy, type Scope, type Unverified } from "../verdict/finding.ts";

export interface Summary {
  readonly files: number;
  readonly jobDefinitions: number;
  /** references = proven + references with findings + references unverified. */
  readonly references: number;
  /** Proven references, the fully proven ones among them. */
  readonly proven: number;
  readonly fullyProven: number;
  /** Certain errors that are not suppressed. A likely one counts as a warning. */
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly unverified: number;
  readonly suppressed: number;
  /** Findings that the base has too. */
  readonly existing: number;
  readonly durationMs: number;
}

export interface Report {
  readonly version: 1;
  readonly verdict: "pass" | "fail";
  /** Which findings count: those that the base lacks, or all. */
  readonly scope: Scope;
  readonly findings: readonly Finding[];
  /** What the findings were compared with, as people call it; null when they were not. */
  readonly base: string | null;
  /** Findings of the base that are gone. None when nothing was compared, or a file can't be read. */
  readonly fixed: readonly Finding[];
  readonly unverified: readonly Unverified[];
  /** None where no chains are shown. */
  readonly references: readonly Reference[];
  readonly problems: readonly Problem[];
  /** What is worth a word and changes no verdict. */
  readonly notes: readonly Problem[];
  readonly summary: Summary;
}

/** The findings of a report that count. */
export function countedIn({ findings, scope }: Pick<Report, "findings" | "scope">): readonly Finding[] {
  return counted(findings, scope);
}

/** The findings of a report that do not count because the base has them too. */
export function olderIn({ findings, scope }: Pick<Report, "findings" | "scope">): readonly Finding[] {
  return scope === "all" ? [] : findings.filter(({ status }) => status === "existing");
}

/** The code of a remedy, to be pasted by people: empty when its sentence says everything. */
export function codeOf({ edits, add }: Remedy): string {
  return [...edits, ...(add === null ? [] : [add])]
    .map(({ text }) => text.replace(/^(?:[ \t]*\n)+/, "").trimEnd())
    .filter((text) => text !== "")
    .join("\n\n");
}

/** A remedy as one text: its sentence and, when there is code, a blank line and the code. */
export function remedyText(remedy: Remedy): string {
  return [remedy.text, codeOf(remedy)].filter((part) => part !== "").join("\n\n");
}

/** A remedy from that text and the edits that are told beside it; its code is in the language of the file at `path`. */
export function remedyIn(text: string, edits: Remedy["edits"], path: string): Remedy {
  const [sentence = "", ...code] = text.split("\n\n");
  const add = code.length + edits.length === 0 ? null : { location: null, text: code.join("\n\n"), edits };
  return { text: sentence, edits: [], add, language: languageOf(path) };
}

function languageOf(path: string): Remedy["language"] {
  if (/\.(?:json|template)$/.test(path)) return "json";
  return /\.ya?ml$/.test(path) ? "yaml" : "hcl";
}

/** What is assumed, in one sentence. */
export function assumptions(ids: readonly Assumption[]): string {
  return ids.map((id) => ASSUMPTIONS[id]).join("; ");
}

/** Lines of files for code frames, safe to print: secret values are already masked. */
export interface Excerpts {
  /** The text of a line (1-based) with every secret value replaced by `***` of the same length, or undefined. */
  readonly line: (path: string, line: number) => string | undefined;
}

/** How a report is written, for the formats that people read. */
export interface WriteOptions {
  readonly colour: boolean;
  /** Columns. Messages stay on one line, so that they can be searched for. */
  readonly width: number;
  /** What is shown in full: the chains of proven references, or every open question. */
  readonly show?: Show | undefined;
}

export const showValues = ["proven", "unverified"] as const;
export type Show = (typeof showValues)[number];

/** Gives the complete report, ending with a line end. Nothing in it may be a secret, or steer a terminal. */
export type Write = (report: Report, excerpts: Excerpts, options: WriteOptions) => string;

/** A format of reports: what `--format` offers. One file each, and one line in `table.ts`. */
export interface ReportFormat {
  /** What people write behind `--format`. */
  readonly name: string;
  readonly what: string;
  readonly write: Write | ((...all: Parameters<Write>) => Promise<string>);
  /** False: it shows no references, but for the proven ones where they are asked for; then it gets none. */
  readonly chains?: false;
  /** The input that names its file in the action, and the output that says where it is. */
  readonly file?: { readonly input: string; readonly ending: string };
}
