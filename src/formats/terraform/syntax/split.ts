/**
 * Where the top-level blocks of a file are, found without parsing them: brackets, strings, comments and heredocs are all that tells.
 * Most blocks of a module have nothing to do with what is asked of it, and parsing is most of the work. One pass, whatever the text is.
 */

/** A name in the head of a block, without its quotes. The range is with them. */
export interface HeadWord {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}
export interface BlockRange {
  readonly type: HeadWord;
  readonly labels: readonly HeadWord[];
  readonly start: number;
  readonly end: number;
}

/** What stands between blocks. */
const BETWEEN = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/y;
const HEAD = /([A-Za-z_][\w-]*)((?:[ \t]+(?:"[^"\\\n$%]*"|[A-Za-z_][\w-]*))*)[ \t]*\{/y;
const LABEL = /"([^"]*)"|[\w-]+/g;
/** What matters in an expression and in a string. */
const IN_CODE = /["{}()[\]#]|\/[/*]|<</g;
const IN_STRING = /\$+\{|%+\{|\\[^\n]|["\n]/g;
const HEREDOC = /<<-?([A-Za-z_][\w-]*)[ \t]*\r?\n/y;

const CLOSES: Readonly<Record<string, string>> = { "}": "{", ")": "(", "]": "[" };

/** The blocks of a file; undefined when there is anything else in it, or something that does not end: parsing tells what. */
export function splitBlocks(text: string): readonly BlockRange[] | undefined {
  const blocks: BlockRange[] = [];
  for (let position = 0; ; ) {
    BETWEEN.lastIndex = position;
    const start = position + (BETWEEN.exec(text)?.[0].length ?? 0);
    if (start === text.length) return blocks;
    HEAD.lastIndex = start;
    const head = HEAD.exec(text);
    const end = head === null ? undefined : blockEnd(text, start + head[0].length);
    if (head === null || end === undefined) return undefined;
    const [, type = "", labels = ""] = head;
    const from = start + type.length;
    blocks.push({
      type: { name: type, start, end: from },
      labels: [...labels.matchAll(LABEL)].map(({ 0: word, 1: quoted, index }) => ({
        name: quoted ?? word,
        start: from + index,
        end: from + index + word.length,
      })),
      start,
      end,
    });
    position = end;
  }
}

/** Where the block ends whose brace was opened before `start`. */
function blockEnd(text: string, start: number): number | undefined {
  /** What is open: brackets, and quotes of strings; a brace in a string is one that opens an interpolation or a directive. */
  const open = ["{"];
  let position: number | undefined = start;
  while (position !== undefined) {
    const inString: boolean = open.at(-1) === '"';
    const matcher: RegExp = inString ? IN_STRING : IN_CODE;
    matcher.lastIndex = position;
    const match: RegExpExecArray | null = matcher.exec(text);
    if (match === null) return undefined;
    const [found] = match;
    const after: number = match.index + found.length;
    position = inString ? afterInString(found, after, open) : afterInCode(text, found, match.index, open);
    if (open.length === 0) return after;
  }
  return undefined;
}

/** `$${` and `%%{` are the characters themselves. */
function afterInString(found: string, after: number, open: string[]): number | undefined {
  if (found === '"') open.pop();
  else if (found === "${" || found === "%{") open.push("{");
  return found === "\n" ? undefined : after;
}

function afterInCode(text: string, found: string, at: number, open: string[]): number | undefined {
  switch (found) {
    case "#":
    case "//":
      return behind(text, "\n", at);
    case "/*":
      return behind(text, "*/", at + 2);
    case "<<":
      return afterHeredoc(text, at);
    case "}":
    case ")":
    case "]":
      if (open.pop() !== CLOSES[found]) return undefined;
      break;
    default:
      open.push(found);
  }
  return at + 1;
}

function behind(text: string, end: string, from: number): number | undefined {
  const found = text.indexOf(end, from);
  return found < 0 ? undefined : found + end.length;
}

/** A heredoc ends before a line that holds its marker alone. */
function afterHeredoc(text: string, at: number): number | undefined {
  HEREDOC.lastIndex = at;
  const [opening, marker] = HEREDOC.exec(text) ?? [];
  if (opening === undefined || marker === undefined) return undefined;
  for (let found = text.indexOf(marker, at + opening.length); found >= 0; found = text.indexOf(marker, found + 1)) {
    if (isAlone(text, found, found + marker.length)) return found + marker.length;
  }
  return undefined;
}

/** Whether nothing but blanks stands with a word on its line. */
function isAlone(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (text[before] === " " || text[before] === "\t") before--;
  let behind = end;
  while (text[behind] === " " || text[behind] === "\t" || text[behind] === "\r") behind++;
  return text[before] === "\n" && (behind === text.length || text[behind] === "\n");
}
