/**
 * Suppressions in the comments of checked files:
 *
 *     # batch-secrets-check: ignore no-plaintext-secrets until 2027-03-31 -- the account is closed in spring
 *
 * Above a line it covers what begins on the next line of code, behind code what begins on its own line.
 */
import { lineStarts, type Problem, type SourceFile } from "../../source.ts";
import { isJson } from "../../syntax/document.ts";
import { blocksOf, isComment, nextCode } from "./blocks.ts";
import { covering, type Inline, WORD, whyNot } from "./inline.ts";

const COMMENT = /(?:^|\s)(?:#|\/\/|\/\*)\s*batch-secrets-check:\s*(ignore\b.*)$/;
const IGNORE = /^ignore\s+([\w/-]+(?:\s*,\s*[\w/-]+)*)(?:\s+until\s+(\S+))?(?:\s+--(?:\s(.*))?)?$/;

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
    const text =
      line.length <= LONGEST_LINE && line.includes(WORD)
        ? COMMENT.exec(line)?.[1]?.replace(/\*\/$/, "").trimEnd()
        : undefined;
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
  const [, names = "", until, said = ""] = IGNORE.exec(text) ?? [];
  const reason = said.trim();
  if (names === "")
    return `The suppression is not understood, so it does not count. Write \`${WORD}: ignore RULE until 2027-03-31 -- reason\`.`;
  const rules = names.split(",").map((name) => name.trim());
  const wrong = whyNot(rules, until, reason, known);
  return wrong ?? { rules, reason, until };
}
