/**
 * The comments on lines, decided from what is there: new ones for findings that have none, none twice, and an end for
 * those whose finding is gone. Pure, like the plan that this is a part of.
 */
import { into } from "../maps.ts";
import { type Fix, renderComment } from "../report/comment.ts";
import { countedIn } from "../report/report.ts";
import type { Finding } from "../verdict/finding.ts";
import { worstFirst } from "../verdict/rank.ts";
import { type AlignedHunk, type Anchor, align, anchor, anchorGone } from "./anchor.ts";
import { type Hunk, parsePatch } from "./diff.ts";
import { type Marker, readMarker, writeMarker } from "./marker.ts";
import type { Thread } from "./pull-state.ts";
import type { Situation } from "./situation.ts";
import { suggestion } from "./suggestion.ts";

export interface Threads {
  /** Comments to write, in one review. */
  readonly fresh: readonly (Anchor & { readonly body: string })[];
  /** Comments that go, which closes their threads: nobody answered them. */
  readonly remove: readonly number[];
  /** Comments to change: nobody is notified of it. */
  readonly edit: readonly { readonly id: number; readonly body: string }[];
  /** Threads to resolve, as GraphQL calls them. */
  readonly resolve: readonly string[];
  /** Comments that are fixed, and whose threads stay open until somebody resolves them. */
  readonly waiting: readonly Thread[];
  /** The findings that have a comment, or get one. */
  readonly commented: ReadonlySet<Finding>;
}

/**
 * More comments would bury the pull request, and GitHub limits how much is written a minute. Existing ones count too: a
 * second run must not go on where the first one stopped.
 */
const mostComments = 30;

interface Standing {
  readonly thread: Thread;
  readonly fingerprints: readonly string[];
  /** Those of its findings that are still there. */
  readonly live: readonly Finding[];
}

export function planThreads(situation: Situation): Threads {
  const { report, review, state, key } = situation;
  // Anybody can write a marker.
  const written = state.threads.flatMap((thread) => {
    const marker = thread.author === state.login ? readMarker(thread.body) : undefined;
    return marker ? [{ thread, marker }] : [];
  });
  const marked = written.filter(({ marker }) => marker.key === key);
  const open = marked.flatMap(({ thread, marker }) => (isWaiting(thread) && marker.kind === "fixed" ? [thread] : []));
  const known = oldest(marked);
  const ours = marked.flatMap(({ thread, marker }): Standing[] => {
    if (marker.kind !== "finding") return [];
    const live = report.findings.filter(({ fingerprint }) => marker.fingerprints.includes(fingerprint));
    // A file that was renamed leaves the comment behind.
    const renamed = report.findings.filter(
      ({ fingerprint, fingerprintAnywhere }) =>
        !known.has(fingerprint) && marker.anywhere.includes(fingerprintAnywhere),
    );
    return [{ thread, fingerprints: marker.fingerprints, live: live.length === 0 && thread.outdated ? renamed : live }];
  });
  if (!review) {
    return { ...nothing, waiting: open, commented: new Set(ours.flatMap(({ live }) => live)) };
  }
  const read = reader(situation);
  const moved = ours.filter((one) => hasMoved(one, read));
  const others = oldest(written.filter(({ marker }) => marker.key !== key));
  const standing = ours.filter((one) => one.live.length > 0 && !moved.includes(one));
  const { kept, surplus } = once(standing, others);
  const told = report.findings.filter(({ fingerprint }) => others.has(fingerprint));
  const commented = new Set([...kept.flatMap(({ live }) => live), ...told]);
  const groups = place(commented, mostComments - kept.length, read, situation);
  const ended = end(ours, situation);
  return {
    fresh: groups.map((group) => write(group, situation)),
    remove: [...[...moved, ...surplus].map(({ thread }) => thread.id), ...ended.remove],
    edit: [...ended.edit, ...kept.flatMap((one) => shorten(one, situation))],
    resolve: ended.resolve,
    waiting: [...open, ...ended.waiting],
    commented: new Set([...commented, ...groups.flatMap(({ findings }) => findings)]),
  };
}

const nothing = { fresh: [], remove: [], edit: [], resolve: [] };

/** Whether it is still for somebody to look at. */
function isWaiting({ resolved, hidden }: Thread): boolean {
  return !resolved && !hidden;
}

/**
 * Whether a comment has lost its lines although they are still there: in another file, or elsewhere in this one. A line
 * that was edited is another case: its comment stays what it is, and nobody is told the same thing twice.
 */
function hasMoved({ thread, live }: Standing, read: Reader): boolean {
  if (live.length === 0 || !thread.outdated || thread.answered || !isWaiting(thread)) return false;
  return live.every((finding) => {
    const at = placeOf(finding, read);
    if (at === undefined) return false;
    const { start, end } = finding.location;
    const { lines } = read(finding.location.path);
    const isOwn = at.path === finding.location.path && at.side === "RIGHT";
    return at.path !== thread.path || (isOwn && [start, end].some(({ line }) => lines[line - 1] === thread.line));
  });
}

/** The oldest comment on each finding, by its fingerprint. */
function oldest(written: readonly { readonly thread: Thread; readonly marker: Marker }[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { thread, marker } of written) {
    if (marker.kind !== "finding") continue;
    for (const one of marker.fingerprints) found.set(one, Math.min(thread.id, found.get(one) ?? thread.id));
  }
  return found;
}

/**
 * Two runs at once may both write, of one check or of two, such as those of two environments: the oldest comment on a
 * finding stays, and others that add nothing to it go. `others` are the comments of other checks.
 */
function once(
  standing: readonly Standing[],
  others: ReadonlyMap<string, number>,
): { kept: readonly Standing[]; surplus: readonly Standing[] } {
  const kept: Standing[] = [];
  const surplus: Standing[] = [];
  const covered = new Set<string>();
  for (const one of standing.toSorted((a, b) => a.thread.id - b.thread.id)) {
    const older = (fingerprint: string) => (others.get(fingerprint) ?? one.thread.id) < one.thread.id;
    const adds = one.fingerprints.some((fingerprint) => !covered.has(fingerprint) && !older(fingerprint));
    (adds || one.thread.answered ? kept : surplus).push(one);
    for (const fingerprint of one.fingerprints) covered.add(fingerprint);
  }
  return { kept, surplus };
}

/** Nothing ends while a file can't be read: what is not seen may still be there. */
function end(ours: readonly Standing[], situation: Situation): Omit<Threads, "fresh" | "commented"> {
  const { report, fixed, head, key } = situation;
  const gone = report.problems.length > 0 ? [] : ours.filter(({ live }) => live.length === 0);
  const threads = gone.map(({ thread }) => thread);
  const told = threads.filter(({ answered }) => answered || fixed === "keep");
  const words = `✅ Fixed in ${head.slice(0, 7)}.`;
  const open = told.filter(isWaiting);
  return {
    remove: threads.filter((thread) => !told.includes(thread)).map(({ id }) => id),
    edit: told.map(({ id, body }) => {
      const [, ...said] = body.split("\n");
      return { id, body: [`${writeMarker({ kind: "fixed", key })}${words}`, "", ...said].join("\n") };
    }),
    resolve: open.flatMap(({ thread, resolvable }) => (thread !== undefined && resolvable ? [thread] : [])),
    waiting: open.filter(({ thread, resolvable }) => thread === undefined || !resolvable),
  };
}

/** A comment on several findings, some of which are fixed, goes on about the others. */
function shorten({ thread, fingerprints, live }: Standing, situation: Situation): Threads["edit"] {
  const all = fingerprints.every((one) => live.some(({ fingerprint }) => fingerprint === one));
  if (situation.report.problems.length > 0 || all || !isWaiting(thread)) return [];
  return [{ id: thread.id, body: bodyOf(live, undefined, situation) }];
}

interface Group {
  readonly at: Anchor;
  readonly findings: readonly Finding[];
}

/** Where a finding is said: at the changed line that made it, else where it is. */
function placeOf({ location, cause }: Finding, read: Reader): Anchor | undefined {
  const own = read(location.path);
  if (cause === undefined) return anchor(location, own.hunks, own.lines);
  const { all, hunks, lines, before } = read(cause.location.path);
  const at = cause.side === "head" ? anchor(cause.location, hunks, lines) : anchorGone(cause.location, all, before());
  return at ?? anchor(location, own.hunks, own.lines);
}

/** The worst findings that can have a comment and have none; those of the same lines have one together. */
function place(commented: ReadonlySet<Finding>, most: number, read: Reader, { report }: Situation): readonly Group[] {
  const groups = new Map<string, { at: Anchor; findings: Finding[] }>();
  for (const finding of worstFirst(countedIn(report))) {
    if (commented.has(finding)) continue;
    const at = placeOf(finding, read);
    if (at === undefined) continue;
    const key = JSON.stringify(at);
    const group = groups.get(key);
    if (group) group.findings.push(finding);
    else if (groups.size < most) groups.set(key, { at, findings: [finding] });
  }
  return [...groups.values()];
}

type Reader = (path: string) => {
  /** The hunks as the patch has them. */
  readonly all: readonly Hunk[];
  /** Those with lines of the checked file. */
  readonly hunks: readonly AlignedHunk[];
  readonly lines: readonly string[];
  /** The lines of the file in the base. */
  readonly before: () => readonly string[];
};

/** Gives the hunks and lines of a checked file; no hunks for a file that the pull request doesn't change. */
function reader({ files, readLines, readBefore }: Situation): Reader {
  const patches = new Map(files.flatMap(({ path, patch }) => (patch ? [[path, patch]] : [])));
  const removed = new Set(files.flatMap(({ path, removed }) => (removed ? [path] : [])));
  const known = new Map<string, ReturnType<Reader>>();
  const open = (path: string): ReturnType<Reader> => {
    const patch = patches.get(path);
    const lines = patch === undefined || removed.has(path) ? [] : readLines(path);
    const all = parsePatch(patch ?? "");
    return { all, hunks: removed.has(path) ? [] : align(all, lines), lines, before: () => readBefore?.(path) ?? [] };
  };
  return (path) => into(known, path, () => open(path));
}

function write({ at, findings }: Group, situation: Situation): Threads["fresh"][number] {
  const { readLines, safeLine } = situation;
  const [only, ...others] = findings;
  const lines =
    only === undefined || others.length > 0 || isAtCause(only, at)
      ? undefined
      : suggestion(only, at, readLines(at.path), safeLine);
  const fix: Fix | undefined = lines === undefined ? undefined : { language: "suggestion", text: lines };
  return { ...at, body: bodyOf(findings, fix, situation) };
}

/** Whether a comment is on the line that made the finding, and not on the finding itself. */
function isAtCause({ cause, location }: Finding, { path, line, start_line, side }: Anchor): boolean {
  if (cause === undefined) return false;
  return (
    side === "LEFT" || path !== location.path || location.start.line > line || location.end.line < (start_line ?? line)
  );
}

function bodyOf(findings: readonly Finding[], fix: Fix | undefined, { key, summary }: Situation): string {
  const fingerprints = findings.map(({ fingerprint }) => fingerprint);
  const anywhere = findings.map(({ fingerprintAnywhere }) => fingerprintAnywhere);
  const bodies = findings.map((finding) => renderComment(finding, summary.address, fix));
  return `${writeMarker({ kind: "finding", key, fingerprints, anywhere })}${bodies.join("\n\n---\n\n")}`;
}
