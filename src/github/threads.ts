/**
 * The comments on lines, decided from what is there: new ones for findings that have none, none twice, and an end for
 * those whose finding is gone. Pure, like the plan that this is a part of.
 */
import { type Fix, renderComment } from "../report/comment.ts";
import type { Finding } from "../verdict/finding.ts";
import { worstFirst } from "../verdict/rank.ts";
import { type AlignedHunk, type Anchor, align, anchor } from "./anchor.ts";
import type { ReviewComment } from "./api.ts";
import { parsePatch } from "./diff.ts";
import { readMarker, writeMarker } from "./marker.ts";
import type { Situation } from "./plan.ts";
import { suggestion } from "./suggestion.ts";

export interface Threads {
  /** Comments to write, in one review. */
  readonly fresh: readonly (Anchor & { readonly body: string })[];
  /** Comments whose findings are gone and that nobody answered: they go too, which closes their threads. */
  readonly remove: readonly number[];
  /** Comments to change: what was answered stays, and says that it is fixed. */
  readonly edit: readonly { readonly id: number; readonly body: string }[];
  /** The findings that have a comment, or get one. */
  readonly commented: ReadonlySet<Finding>;
}

/**
 * More comments would bury the pull request, and GitHub limits how much is written a minute. Existing ones count too: a
 * second run must not go on where the first one stopped.
 */
const mostComments = 30;

type Standing = ReviewComment & { readonly fingerprints: readonly string[] };

export function planThreads(situation: Situation): Threads {
  const { report, review } = situation;
  const standing = ours(situation);
  const fingerprints = new Set(standing.flatMap((comment) => comment.fingerprints));
  const commented = new Set(report.findings.filter(({ fingerprint }) => fingerprints.has(fingerprint)));
  if (!review) return { fresh: [], remove: [], edit: [], commented };
  const groups = place(commented, mostComments - standing.length, situation);
  return {
    fresh: groups.map((group) => write(group, situation)),
    ...ends(standing, situation),
    commented: new Set([...commented, ...groups.flatMap(({ findings }) => findings)]),
  };
}

/** The comments of this check. One whose line was edited stays what it is: nobody is told the same thing twice. */
function ours({ reviewComments, login, key }: Situation): readonly Standing[] {
  return reviewComments.flatMap((comment) => {
    const marker = readMarker(comment.body);
    if (comment.author !== login || marker?.kind !== "finding" || marker.key !== key) return [];
    return [{ ...comment, fingerprints: marker.fingerprints }];
  });
}

/** Nothing ends while a file can't be read: what is not seen may still be there. */
function ends(standing: readonly Standing[], { report, head, key }: Situation): Pick<Threads, "remove" | "edit"> {
  if (report.problems.length > 0) return { remove: [], edit: [] };
  const found = new Set(report.findings.map(({ fingerprint }) => fingerprint));
  const gone = standing.filter(({ fingerprints }) => !fingerprints.some((one) => found.has(one)));
  const words = `✅ Fixed in ${head.slice(0, 7)}.`;
  return {
    remove: gone.filter(({ answered }) => !answered).map(({ id }) => id),
    edit: gone
      .filter(({ answered }) => answered)
      .map(({ id, body }) => {
        const [, ...said] = body.split("\n");
        return { id, body: [`${writeMarker({ kind: "fixed", key })}${words}`, "", ...said].join("\n") };
      }),
  };
}

interface Group {
  readonly at: Anchor;
  readonly findings: readonly Finding[];
}

/** The worst findings that can have a comment and have none; those of the same lines have one together. */
function place(commented: ReadonlySet<Finding>, most: number, situation: Situation): readonly Group[] {
  const read = reader(situation);
  const groups = new Map<string, { at: Anchor; findings: Finding[] }>();
  for (const finding of worstFirst(situation.report.findings)) {
    if (commented.has(finding)) continue;
    const { hunks, lines } = read(finding.location.path);
    const at = anchor(finding.location, hunks, lines);
    if (at === undefined) continue;
    const key = JSON.stringify(at);
    const group = groups.get(key);
    if (group) group.findings.push(finding);
    else if (groups.size < most) groups.set(key, { at, findings: [finding] });
  }
  return [...groups.values()];
}

/** Gives the hunks and lines of a checked file; no hunks for a file that the pull request doesn't change. */
function reader({ files, readLines }: Situation) {
  const patches = new Map(files.flatMap(({ path, removed, patch }) => (removed || !patch ? [] : [[path, patch]])));
  const known = new Map<string, { hunks: readonly AlignedHunk[]; lines: readonly string[] }>();
  return (path: string) => {
    const patch = patches.get(path);
    const lines = known.get(path)?.lines ?? (patch === undefined ? [] : readLines(path));
    const made = known.get(path) ?? { hunks: align(parsePatch(patch ?? ""), lines), lines };
    known.set(path, made);
    return made;
  };
}

function write({ at, findings }: Group, { key, summary, readLines, safeLine }: Situation): Threads["fresh"][number] {
  const fingerprints = findings.map(({ fingerprint }) => fingerprint);
  const [only, ...others] = findings;
  const lines =
    only === undefined || others.length > 0 ? undefined : suggestion(only, at, readLines(at.path), safeLine);
  const fix: Fix | undefined = lines === undefined ? undefined : { language: "suggestion", text: lines };
  const bodies = findings.map((finding) => renderComment(finding, summary.address, fix));
  return { ...at, body: `${writeMarker({ kind: "finding", key, fingerprints })}${bodies.join("\n\n---\n\n")}` };
}
