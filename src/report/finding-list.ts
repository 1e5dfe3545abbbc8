/** The findings of a summary as a list that can be taken in on a phone: by job, at most two lines each. */

import { groupBy } from "../maps.ts";
import { type Finding, said } from "../verdict/finding.ts";
import { level } from "../verdict/rank.ts";
import { quantity } from "../words.ts";
import { type Address, causeLink, icons, ruleLink } from "./comment.ts";
import { codeSpan, link, prose } from "./escape.ts";

import { firstOf, type Section } from "./sections.ts";

/** From this many findings of one rule on they are one entry. */
const equalOnes = 5;
/** Up to this many jobs are named in such an entry. */
const namedJobs = 5;

interface Entry {
  /** The job, or what else it is about; null for many of one rule. */
  readonly subject: string | null;
  readonly findings: readonly [Finding, ...Finding[]];
}

export interface ListOptions {
  readonly address: Address;
  /** How many entries there are at most. */
  readonly most: number;
  /** The page of the checks, which leads to all of them. */
  readonly checks: string | undefined;
}

/** `findings` are in the order in which they are to be read. */
export function findingList(findings: readonly Finding[], options: ListOptions): Section {
  if (findings.length === 0) return { head: "" };
  const entries = entriesOf(findings);
  const write = (entry: Entry, index: number): string => {
    const before = entries[index - 1];
    const title = entry.subject === null ? "" : `**${codeSpan(entry.subject)}**<br>`;
    const same = before !== undefined && before.subject === entry.subject;
    return `${same ? "<br>" : `${before ? "\n\n" : ""}${title}`}${text(entry, options.address)}`;
  };
  const others = (left: number) => moreFindings(count(entries.slice(entries.length - left)), options.checks);
  return { head: "", ...firstOf(entries, options.most, write, others) };
}

/** How many findings are elsewhere; the checks lead to all of them. */
export function moreFindings(hidden: number, checks: string | undefined): string {
  const words = quantity(hidden, "more finding");
  return checks === undefined
    ? `\n${words} not shown here.\n`
    : `\n${words}: see the ${link("job summary", checks)}.\n`;
}

function count(entries: readonly Entry[]): number {
  return entries.reduce((sum, { findings }) => sum + findings.length, 0);
}

/** Many of one rule first, where the first of them would stand, then the others by subject. */
function entriesOf(findings: readonly Finding[]): readonly Entry[] {
  const byRule = groupBy(findings, (finding) => `${finding.rule} ${level(finding)}`);
  const many = [...byRule.values()].filter((group) => group.length >= equalOnes);
  const grouped = new Set(many.flat());
  const single = findings.filter((finding) => !grouped.has(finding));
  const bySubject = groupBy(single, ({ subject }) => subject.address);
  return [
    ...many.flatMap(([first, ...rest]) => (first ? [{ subject: null, findings: [first, ...rest] as const }] : [])),
    ...[...bySubject].flatMap(([subject, group]) => group.map((one) => ({ subject, findings: [one] as const }))),
  ];
}

/** A place by the end of its path: the link has all of it, and a line of a phone is short. */
function shortPlace({ path, start, end }: Finding["location"], address: Address): string {
  const short = path.split("/").at(-1) ?? path;
  return link(codeSpan(`${short}:${start.line}`), address({ path, start, end }));
}

function text({ subject, findings }: Entry, address: Address): string {
  const [first] = findings;
  const icon = icons[level(first)];
  const why = first.cause === undefined ? "" : ` · ${causeLink(first.cause, address)}`;
  if (subject !== null) return `${icon} ${prose(said(first))} ${shortPlace(first.location, address)}${why}`;
  const jobs = [...new Set(findings.map((finding) => finding.subject.address))];
  const left = jobs.length - namedJobs;
  const named = jobs.slice(0, namedJobs).map((job) => codeSpan(job));
  const who = `${named.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
  return `${icon} **${findings.length} ×** ${ruleLink(first)} in ${who}<br>First: ${prose(said(first))} ${shortPlace(first.location, address)}`;
}
