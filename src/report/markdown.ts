/** The summary of a report as Markdown. */
import { problemLine, problemPlace } from "../source.ts";
import { type Finding, said, type Unverified } from "../verdict/finding.ts";
import { openQuestions, type Question } from "../verdict/questions.ts";
import { countLevels, level, worstFirst } from "../verdict/rank.ts";
import { capitalized, quantity } from "../words.ts";
import { type Address, icons, place, remedy, ruleLink } from "./comment.ts";
import { codeSpan, fence, link, prose } from "./escape.ts";
import { findingList, moreFindings } from "./finding-list.ts";
import type { Patch } from "./patch.ts";
import { settledBy, waiting } from "./questions.ts";
import { redactReport } from "./redact.ts";
import { countedIn, olderIn, type Report, type Write } from "./report.ts";
import { firstOf, joinWithin, type Section } from "./sections.ts";

export interface SummaryOptions {
  /** Distinguishes this check from others of the same pull request. */
  readonly name?: string | undefined;
  /** At the checked commit. */
  readonly address: Address;
  /** The checked commit, named in the summary; undefined where it is not known. */
  readonly commit?: { readonly sha: string; readonly address: string } | undefined;
  /** Findings whose remedy is elsewhere, in a comment on the line. */
  readonly commented: ReadonlySet<Finding>;
  /** Comments on what is fixed, whose threads are open all the same. */
  readonly waiting?: readonly { readonly path: string; readonly address: string }[];
  /** What a program can fix, beside the remedies. */
  readonly patch?: Patch | undefined;
  /** Further notes, one plain sentence each. */
  readonly notes: readonly string[];
  /** The page of the checks, with the summary that has everything. */
  readonly checks?: string | undefined;
  /** How many entries each list has at most: folded ones are unfolded in a mail. */
  readonly most?: number;
  readonly limit: number;
  readonly measure: (text: string) => number;
}

/** Up to this many entries are in a list. */
const mostEntries = 20;
/** Up to this many remedies are shown open; more are folded, for a summary that can be taken in at a glance. */
const openRemedies = 3;
/** Up to this many places are linked for one open question. */
const linkedPlaces = 10;

/** The summary of a report: verdict, counts, findings with their remedies, open questions, problems. */
export function renderSummary(report: Report, options: SummaryOptions): string {
  const findings = worstFirst(countedIn(report));
  const here = findings.filter((finding) => !options.commented.has(finding));
  const { icon, words } = headline(report);
  const sections: readonly Section[] = [
    { head: `### ${icon} ${title(options)}: ${words}\n\n${counts(report, options)}` },
    { head: [...options.notes, ...report.notes.map(problemLine)].map((note) => `> ${prose(note)}`).join("\n>\n") },
    waitingThreads(options.waiting ?? []),
    problems(report, options),
    findingList(findings, { address: options.address, checks: options.checks, most: options.most ?? mostEntries }),
    remedies(here, here.length < findings.length, options),
    patch(options.patch),
    unverified(report.unverified, options),
    older(report, options),
    fixed(report.fixed, options),
    suppressed(report.findings, options),
  ];
  return joinWithin(sections, options.limit, options.measure);
}

/** The summary as a report of the command. */
export const write: Write = (report) => renderJobSummary(redactReport(report), { address: () => "", notes: [] });

/**
 * GitHub refuses a job summary of more than 1 MiB for a step, all of it
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits). In
 * bytes.
 */
const longestJobSummary = 1_000_000;

/** The summary of a run, with every remedy in it. */
export function renderJobSummary(
  report: Report,
  options: Pick<SummaryOptions, "name" | "address" | "commit" | "notes" | "patch">,
): string {
  const measure = (text: string) => Buffer.byteLength(text);
  return renderSummary(report, { ...options, commented: new Set(), most: 1_000, limit: longestJobSummary, measure });
}

function title({ name }: Pick<SummaryOptions, "name">): string {
  return name === undefined ? "Batch secrets check" : `Batch secrets check (${prose(name)})`;
}

export function headline(report: Report): { readonly icon: string; readonly words: string } {
  const { error, warning } = countLevels(countedIn(report));
  const { jobDefinitions, references, proven } = report.summary;
  const bad = [
    report.problems.length > 0 ? `${quantity(report.problems.length, "file")} not checked` : "",
    error > 0 ? quantity(error, "error") : "",
    warning > 0 ? quantity(warning, "warning") : "",
  ].filter((part) => part !== "");
  if (report.verdict === "fail") return { icon: "❌", words: bad.join(", ") || "not checked as configured" };
  if (bad.length > 0) return { icon: "⚠️", words: bad.join(", ") };
  if (jobDefinitions === 0) return { icon: "⚪", words: "no job definitions found" };
  const none = olderIn(report).length > 0 ? "no new problem found" : "no problem found";
  if (references === 0) return { icon: "✅", words: none };
  if (proven < references) {
    return { icon: "✅", words: `${none}, ${proven} of ${quantity(references, "secret reference")} proven` };
  }
  return { icon: "✅", words: `${quantity(references, "secret reference")} proven` };
}

function counts(report: Report, { commit }: SummaryOptions): string {
  const { files, jobDefinitions, references, proven, unverified } = report.summary;
  const found =
    jobDefinitions === 0
      ? [`No AWS Batch job definition was found in ${quantity(files, "file")}`]
      : [
          `${quantity(jobDefinitions, "job definition")} in ${quantity(files, "file")}`,
          `${proven} of ${quantity(references, "secret reference")} proven`,
          ...(unverified > 0 ? [`${unverified} not verified`] : []),
        ];
  if (commit) found.push(`commit ${link(codeSpan(commit.sha.slice(0, 7)), commit.address)}`);
  return found.join(" · ");
}

/** Threads that this token can't resolve: where conversations must be resolved they block the merge. */
function waitingThreads(waiting: NonNullable<SummaryOptions["waiting"]>): Section {
  if (waiting.length === 0) return empty;
  const links = waiting.slice(0, linkedPlaces).map(({ path, address }) => link(codeSpan(path), address));
  const left = waiting.length - linkedPlaces;
  const rest = left > 0 ? ` and ${left} more` : "";
  const subject =
    waiting.length === 1 ? "1 comment is fixed and waits" : `${waiting.length} comments are fixed and wait`;
  return { head: `> ${subject} for you to resolve: ${links.join(", ")}${rest}` };
}

function problems(report: Report, options: SummaryOptions): Section {
  if (report.problems.length === 0) return empty;
  return {
    head: "#### Not checked\n\nThe check fails until these files can be read.\n\n",
    ...bullets(
      report.problems,
      options,
      (problem) => `- ${codeSpan(problemPlace(problem))} ${prose(problem.message)}\n`,
    ),
  };
}

/** The entries of a list of bullets. */
function bullets<T>(list: readonly T[], { most = mostEntries }: SummaryOptions, write: (item: T) => string) {
  return firstOf(list, most, write, (left) => `- and ${left} more\n`);
}

function remedies(here: readonly Finding[], others: boolean, options: SummaryOptions): Section {
  if (here.length === 0) return empty;
  const some = here.length === 1 ? "the finding" : `the ${here.length} findings`;
  const title = others ? `How to fix ${some} without a line comment` : "How to fix";
  const open = here.length <= openRemedies;
  const write = (finding: Finding): string => {
    const title = `${icons[level(finding)]} **${ruleLink(finding)}** at ${place(finding.location, options.address)}`;
    return `\n${title}\n\n${remedy(finding, options.address)}\n`;
  };
  return {
    head: open ? `#### ${title}\n` : `<details>\n<summary><b>${title}</b></summary>\n`,
    ...firstOf(here, options.most ?? mostEntries, write, (left) => moreFindings(left, options.checks)),
    foot: open ? "" : "\n</details>\n",
  };
}

function patch(given: Patch | undefined): Section {
  if (given === undefined) return empty;
  const title = `One patch for ${quantity(given.findings, "finding")}`;
  const how =
    "Save it as `fix.patch` and run `git apply fix.patch`; `batch-secrets-check check --fix` makes the same edits.";
  const code = fence(given.text, "diff", given.text.length);
  return { head: `<details>\n<summary><b>${title}</b></summary>\n\n${how}\n\n${code}\n\n</details>\n` };
}

function unverified(list: readonly Unverified[], options: SummaryOptions): Section {
  const questions = openQuestions(list);
  if (questions.length === 0) return empty;
  const title = `Not verified: ${quantity(questions.length, "open question")}`;
  const intro = "The files don't contain enough to decide these; they neither pass nor fail.";
  return {
    head: `<details>\n<summary><b>${title}</b></summary>\n\n${intro}\n\n`,
    ...bullets(questions, options, (question) => `- ${questionItem(question, options)}\n`),
    foot: "\n</details>\n",
  };
}

/** What is unknown, who depends on it and where, and what would settle it. */
function questionItem(question: Question, options: SummaryOptions): string {
  const { because, entries } = question;
  const places = [...new Set(entries.map((item) => place(item.location, options.address)))];
  const left = places.length - linkedPlaces;
  const rest = left > 0 ? ` and ${left} more` : "";
  const who = [waiting(question), rules(entries)].filter((part) => part !== "").join(" · ");
  const settle = settledBy(question);
  return [
    prose(because),
    `${who}: ${places.slice(0, linkedPlaces).join(", ")}${rest}`,
    ...(settle === undefined ? [] : [prose(settle)]),
  ].join("<br>");
}

function rules(items: readonly Unverified[]): string {
  return [...new Set(items.map((item) => codeSpan(item.rule)))].join(", ");
}

/** What the base has too, one line each. */
function older(report: Report, options: SummaryOptions): Section {
  const list = olderIn(report);
  if (list.length === 0) return empty;
  const intro = `${prose(report.base ?? "The base")} has them too, so they do not count here.`;
  return {
    head: `<details>\n<summary><b>${quantity(list.length, "older finding")}</b></summary>\n\n${capitalized(intro)}\n\n`,
    ...bullets(worstFirst(list), options, (finding) => {
      return `- ${icons[level(finding)]} ${prose(said(finding))} ${place(finding.location, options.address)}\n`;
    }),
    foot: "\n</details>\n",
  };
}

/** What is gone. Its place is in another commit, so nothing links there. */
function fixed(findings: readonly Finding[], options: SummaryOptions): Section {
  if (findings.length === 0) return empty;
  return {
    head: `<details>\n<summary><b>Fixed: ${findings.length}</b></summary>\n\n`,
    ...bullets(findings, options, (finding) => `- ${ruleLink(finding)}: ${prose(said(finding))}\n`),
    foot: "\n</details>\n",
  };
}

function suppressed(findings: readonly Finding[], options: SummaryOptions): Section {
  const list = findings.filter((finding) => finding.status === "suppressed");
  if (list.length === 0) return empty;
  return {
    head: `<details>\n<summary><b>Suppressed: ${list.length}</b></summary>\n\n`,
    ...bullets(list, options, (finding) => {
      const { reason, until } = finding.suppression ?? { reason: "no reason given" };
      const end = until === undefined ? "" : ` (until ${codeSpan(until)})`;
      return `- ${ruleLink(finding)} at ${place(finding.location, options.address)}: ${prose(reason)}${end}\n`;
    }),
    foot: "\n</details>\n",
  };
}

const empty: Section = { head: "" };
