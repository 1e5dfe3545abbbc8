/** `check --fix`: makes the edits of certain findings in the files. */
import { accessSync, constants, lstatSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Checked } from "../check.ts";
import { groupBy } from "../maps.ts";
import { countedIn } from "../report/report.ts";
import { applyEdits, type Edit, editsOf, fixedTogether, isFixable } from "../verdict/apply.ts";
import type { Finding } from "../verdict/finding.ts";
import { quantity } from "../words.ts";

/** A fix may bring about what another one fixes, and fixes that overlap are made one after the other. */
const MOST_PASSES = 10;

export interface Fixed {
  /** What is found after the last edit. */
  readonly checked: Checked;
  /** What was done and what was not, a sentence each. */
  readonly sentences: readonly string[];
}

/**
 * Makes the edits that a program can make, each finding's all or none, in regular files of UTF-8 below the root, and
 * checks again until nothing is left to fix. What is wrong is corrected before anything is added: it may then be enough.
 * Each finding is fixed once: a fix that does not help is not repeated.
 */
export async function fixAll(root: string, check: () => Promise<Checked>): Promise<Fixed> {
  const seen = new Set<string>();
  const tried = new Set<string>();
  const changed = new Set<string>();
  const refused = new Map<string, string>();
  let checked = await check();
  let left: readonly Finding[] = [];
  for (let pass = 0; ; pass++) {
    const files = open(root, refused);
    left = fixable(checked).filter((one) => !tried.has(one.fingerprint) && files.canFix(one));
    for (const { fingerprint } of left) seen.add(fingerprint);
    const corrections = left.filter(({ remedy }) => remedy.edits.length > 0);
    const made = fixedTogether(corrections.length > 0 ? corrections : left, files.textOf);
    if (made.length === 0 || pass === MOST_PASSES) break;
    const written = files.write(made.flatMap(editsOf));
    const after = await check();
    const broken = newProblemsIn(written, checked, after);
    checked = after;
    for (const { fingerprint } of made) tried.add(fingerprint);
    if (broken.length > 0) {
      files.restore(written);
      for (const path of broken) refused.set(path, "could not be read with its fixes, which were taken back");
      checked = await check();
      for (const { fingerprint } of made) tried.delete(fingerprint);
    } else for (const path of written) changed.add(path);
  }
  return { checked, sentences: sentencesOf({ checked, seen, tried, changed, refused, left }) };
}

function fixable({ report }: Checked): readonly Finding[] {
  return countedIn(report).filter(isFixable);
}

function newProblemsIn(paths: readonly string[], before: Checked, after: Checked): readonly string[] {
  const count = ({ report }: Checked, path: string) => report.problems.filter((one) => one.path === path).length;
  return paths.filter((path) => count(after, path) > count(before, path));
}

interface State {
  readonly checked: Checked;
  /** The fingerprints of findings that could be fixed. */
  readonly seen: ReadonlySet<string>;
  /** Those of findings whose edits were made. */
  readonly tried: ReadonlySet<string>;
  readonly changed: ReadonlySet<string>;
  /** Why files were not changed. */
  readonly refused: ReadonlyMap<string, string>;
  /** What could be fixed in a further pass. */
  readonly left: readonly Finding[];
}

function sentencesOf({ checked, seen, tried, changed, refused, left }: State): readonly string[] {
  const there = fixable(checked);
  const now = new Set(there.map(({ fingerprint }) => fingerprint));
  const gone = [...seen].filter((one) => !now.has(one)).length;
  const remaining = [...now].filter((one) => tried.has(one)).length;
  const where = changed.size === 0 ? "" : ` in ${[...changed].sort().join(", ")}`;
  const waiting = [...refused].flatMap(([path, why]) => {
    const count = there.filter((one) => editsOf(one).some(({ location }) => location.path === path)).length;
    return count === 0 ? [] : [`${quantity(count, "finding")} not fixed: ${path} ${why}.`];
  });
  return [
    `${quantity(gone, "finding")} fixed${where}.`,
    ...waiting,
    ...(remaining === 0 ? [] : [`${quantity(remaining, "finding")} not fixed: the edits did not help.`]),
    ...(left.length === 0 ? [] : [`${quantity(left.length, "finding")} left to fix. Run --fix again.`]),
  ];
}

/** The files of one pass. */
function open(root: string, refused: Map<string, string>) {
  const texts = new Map<string, string>();
  const marks = new Map<string, string>();
  const textOf = (path: string): string | undefined => {
    if (!texts.has(path) && !refused.has(path)) {
      const read = writable(root, path);
      if ("why" in read) refused.set(path, read.why);
      else {
        texts.set(path, read.text);
        marks.set(path, read.mark);
      }
    }
    return refused.has(path) ? undefined : texts.get(path);
  };
  const put = (path: string, text: string) => writeFileSync(join(root, path), `${marks.get(path) ?? ""}${text}`);
  return {
    textOf,
    canFix: (finding: Finding) => editsOf(finding).every(({ location }) => textOf(location.path) !== undefined),
    /** Makes edits, and gives the paths of what is changed. Throws what the file system throws. */
    write: (edits: readonly Edit[]) => {
      const byFile = groupBy(edits, ({ location }) => location.path);
      for (const [path, here] of byFile) put(path, applyEdits(texts.get(path) ?? "", here));
      return [...byFile.keys()];
    },
    restore: (paths: readonly string[]) => {
      for (const path of paths) put(path, texts.get(path) ?? "");
    },
  };
}

/** The text of a file that may be changed, as places count in it, and the mark before it; or why it may not be. */
function writable(
  root: string,
  path: string,
): { readonly text: string; readonly mark: string } | { readonly why: string } {
  const whole = join(root, path);
  if (path.split("/").includes("..")) return { why: "is outside the checked folder" };
  if (!lstatSync(whole, { throwIfNoEntry: false })) return { why: "is no file of the folder" };
  if (realpathSync(whole) !== join(realpathSync(root), ...path.split("/"))) return { why: "is a symbolic link" };
  if (!lstatSync(whole).isFile()) return { why: "is no regular file" };
  if (!isWritable(whole)) return { why: "is read-only" };
  const bytes = readFileSync(whole);
  const text = bytes.toString("utf8");
  if (!Buffer.from(text).equals(bytes)) return { why: "is not UTF-8" };
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  return { text: text.slice(mark.length), mark };
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
