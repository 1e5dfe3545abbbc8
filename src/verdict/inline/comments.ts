/**
 * Suppressions in the comments of checked files:
 *
 *     # batch-secrets-check: ignore no-plaintext-secrets until 2027-03-31 -- the account is closed in spring
 *
 * Above a line it covers what begins on the next line of code, behind code what begins on its own line.
 */
import { nearest } from "../../nearest.ts";
import { type Location, lineStarts, type Problem, type SourceFile } from "../../source.ts";
import { isJson } from "../../syntax/document.ts";
import type { Suppressor } from "../suppress.ts";
import { blocksOf, isComment, nextCode } from "./blocks.ts";
import { type Inline, WORD } from "./find.ts";

const COMMENT = /(?:^|\s)(?:#|\/\/|\/\*)\s*batch-secrets-check:\s*(ignore\b.*?)\s*(?:\*\/\s*)?$/;
const IGNORE = /^ignore\s+([\w/-]+(?:\s*,\s*[\w/-]+)*)(?:\s+until\s+(\S+))?(?:\s+--(?:\s+(.*))?)?$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** The suppressions in a file. `rules` are the ids that there are. */
export async function inFile(file: SourceFile, rules: readonly string[]): Promise<Inline> {
  const { inMetadata } = await import("./metadata.ts");
  const metadata = await inMetadata(file, rules);
  if (isJson(file)) return metadata;
  const suppressors = [...metadata.suppressors];
  const notes = [...metadata.notes];
  const comments = commentsOf(file);
  if (comments.length === 0) return metadata;
  if (comments.length > MOST_COMMENTS) notes.push(tooMany(file));
  const lastLine = await blocksOf(file);
  const after = nextCode(file);
  for (const { line, isAlone, text } of comments.slice(0, MOST_COMMENTS)) {
    const place = { path: file.path, line };
    const read = readComment(text, rules);
    if (typeof read === "string") {
      notes.push({ ...place, message: read });
      continue;
    }
    const first = isAlone ? after(line) : line;
    const lines = first === undefined ? undefined : { path: file.path, first, last: lastLine(first) };
    const { rules: ids, ...said } = read;
    suppressors.push(...ids.map((rule) => covering(rule, lines, { ...said, where: "here", place })));
  }
  return { suppressors, notes };
}

interface Comment {
  readonly line: number;
  /** Whether nothing else is on its line. */
  readonly isAlone: boolean;
  readonly text: string;
}

/** More of one file are no exceptions any more. */
const MOST_COMMENTS = 500;

function tooMany({ path }: SourceFile): Problem {
  return { path, message: `Only the first ${MOST_COMMENTS} suppressions in this file count.` };
}

/** A longer line is not written by people. */
const LONGEST_LINE = 1_000;

function commentsOf(file: SourceFile): readonly Comment[] {
  const starts = lineStarts(file);
  return starts.flatMap((start, index) => {
    const line = file.text.slice(start, starts[index + 1]).trimEnd();
    const text = line.length <= LONGEST_LINE && line.includes(WORD) ? COMMENT.exec(line)?.[1] : undefined;
    return text === undefined ? [] : [{ line: index + 1, isAlone: isComment(line), text }];
  });
}

interface Ignored {
  readonly rules: readonly string[];
  readonly reason: string;
  readonly until: string | undefined;
}

/** What a comment says, or why it doesn't count. */
function readComment(text: string, known: readonly string[]): Ignored | string {
  const [, names = "", until, reason = ""] = IGNORE.exec(text) ?? [];
  if (names === "")
    return `The suppression is not understood, so it does not count. Write \`${WORD}: ignore RULE until 2027-03-31 -- reason\`.`;
  const rules = names.split(",").map((name) => name.trim());
  const wrong = whyNot(rules, until, reason, known);
  return wrong ?? { rules, reason, until };
}

/** Why a suppression doesn't count; undefined when it does. */
export function whyNot(
  rules: readonly string[],
  until: string | undefined,
  reason: string,
  known: readonly string[],
): string | undefined {
  const name = `The suppression of ${rules.join(", ")}`;
  const unknown = rules.find((rule) => !known.includes(rule));
  if (unknown !== undefined) {
    const meant = nearest(unknown, known);
    return `${name} does not count: there is no rule ${unknown}.${meant ? ` Did you mean ${meant}?` : ""}`;
  }
  if (reason.trim() === "") return `${name} has no reason, so it does not count.`;
  if (until !== undefined && !DAY.test(until))
    return `${name} does not count: ${until} is not a day such as 2027-03-31.`;
  return undefined;
}

/** Some lines of a file that a suppression of a rule covers. */
interface Lines {
  readonly path: string;
  readonly first: number;
  readonly last: number;
}

/** What suppresses the findings of a rule that begin in some lines of the file that it is written in; undefined: none. */
export function covering(
  rule: string,
  lines: Lines | undefined,
  written: Pick<Suppressor, "reason" | "until" | "place"> & { readonly where: string },
): Suppressor {
  const { where, ...given } = written;
  return {
    by: "comment",
    fits: (finding) => finding.rule === rule && lines !== undefined && beginsIn(finding.location, lines),
    words: `the suppression of ${rule} ${where}`,
    ...given,
  };
}

function beginsIn({ path, start }: Location, { first, last, path: own }: Lines): boolean {
  return path === own && start.line >= first && start.line <= last;
}
