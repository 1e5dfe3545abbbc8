/**
 * Text of others in Markdown. Messages, names and paths hold text that a pull request chose, so nothing of it may
 * become markup: no mention, no link, no emoji, no HTML, no table cell, no marker of ours, nothing that hides or turns
 * the text.
 *
 * Two things are trusted to hold it: a code span and a fence, each longer than any run of backticks inside. GitHub
 * looks for mentions, references and emoji in the rendered text outside of code only (https://github.github.com/gfm/
 * says the syntax, https://docs.github.com/en/get-started/writing-on-github the rest).
 */
import { clean, cleanLines, clip, unicodePattern } from "./visible.ts";

/** A value in a sentence or a cell, in UTF-16 units: more is not read, only scrolled past. */
const valueLimit = 200;
/** A sentence of a rule, in UTF-16 units. */
const proseLimit = 1_000;
/** An address, in characters. */
const addressLimit = 2_000;
/** Code to paste, in UTF-16 units: longer than any policy statement, short enough for a comment. */
const codeLimit = 6_000;

function longestRun(text: string, runs: RegExp): number {
  return Math.max(0, ...(text.match(runs) ?? []).map((run) => run.length));
}

/** A string as a code span on one line, at most `limit` UTF-16 units of it. */
export function codeSpan(text: string, limit: number = valueLimit): string {
  const content = clip(clean(text), limit);
  if (content.trim() === "") return "(empty)";
  const ticks = "`".repeat(longestRun(content, /`+/g) + 1);
  const padding = /^[` ]|[` ]$/.test(content) ? " " : "";
  return `${ticks}${padding}${content}${padding}${ticks}`;
}

/** A string as a fenced code block, cut at a line when it is too long. `language` is ours: a word of letters. */
export function fence(code: string, language: string, limit: number = codeLimit): string {
  const content = clipLines(cleanLines(code).replace(/^\n+|(?<!\n)\n+$/g, ""), limit);
  const ticks = "`".repeat(Math.max(3, longestRun(content, /`+/g) + 1));
  return `${ticks}${language}\n${content}\n${ticks}`;
}

function clipLines(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, text.lastIndexOf("\n", limit) + 1);
  return kept === "" ? clip(text, limit) : `${kept}…`;
}

/**
 * A sentence as Markdown that shows the same words: a plain word is left as it is, anything else (an ARN, a name with
 * an underscore, an action) and any text between backticks becomes a code span.
 */
export function prose(text: string): string {
  const pieces = clip(clean(text).trim(), proseLimit)
    .split(/(`[^`]+`)/)
    .flatMap((part, index) =>
      index % 2 === 1 ? [codeSpan(part.slice(1, -1), proseLimit)] : part.split(/( +)/).map(proseToken),
    );
  // Two code spans side by side would be read as one run of backticks.
  return pieces
    .filter((piece) => piece !== "")
    .map((piece, index, all) => (piece.startsWith("`") && all[index - 1]?.endsWith("`") ? ` ${piece}` : piece))
    .join("")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}

/** Letters and digits with a hyphen, an apostrophe, a dot, a comma or a slash between them. */
const plainWord = unicodePattern("^[\\p{L}\\p{N}]+(?:[-'’.,/][\\p{L}\\p{N}]+)*$");
/** Plain words that GitHub would link: bare hosts, short references, commits. */
const linked = /^(?:www\.|gh-\d|[0-9a-f]{7,40}$)/i;

function isPlain(word: string): boolean {
  return plainWord().test(word) && !linked.test(word);
}

/** One word of a sentence with the punctuation around it. */
function proseToken(token: string): string {
  if (token === "" || token.startsWith(" ") || /^[-–—…]$/.test(token)) return token.replace("-", "\\-");
  const opening = /^[("'“‘]*/.exec(token)?.[0] ?? "";
  const rest = token.slice(opening.length);
  const ending = endingOf(rest);
  const word = rest.slice(0, rest.length - ending.length);
  const shown = word === "" || isPlain(word) ? word : codeSpan(word, proseLimit);
  return `${opening}${shown}${ending}`;
}

/**
 * The punctuation of the sentence at the end of a word. An ARN may end in `::` and a pattern in `?`, so those belong to
 * the sentence only after a plain word, and a `)` only when the word has not opened it.
 */
function endingOf(token: string): string {
  const afterWord = /(?<![.,;:!?)"'”’])[.,;:!?)"'”’]+$/.exec(token)?.[0] ?? "";
  if (isPlain(token.slice(0, token.length - afterWord.length)) || afterWord === token) return afterWord;
  const afterCode =
    (token.includes("(") ? /(?<![.,;"'”’])[.,;"'”’]+$/ : /(?<![.,;)"'”’])[.,;)"'”’]+$/).exec(token)?.[0] ?? "";
  return afterCode;
}

/**
 * A link. `label` is Markdown made by the functions above. An address that is not http(s), or longer than browsers and
 * servers take for granted, leaves the label alone.
 */
export function link(label: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if ((url?.protocol !== "https:" && url?.protocol !== "http:") || url.href.length > addressLimit) return label;
  return `[${label}](${url.href.replace(/[()<>|`\\]/g, encodeCharacter)})`;
}

/** A path as the path of an address: each segment percent-encoded. */
export function encodePath(path: string): string {
  return path
    .replace(/[\ud800-\udfff]/gu, "\u{fffd}")
    .split("/")
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, encodeCharacter))
    .join("/");
}

function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
