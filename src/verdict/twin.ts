/** A resource like another one of the files: an endpoint for one more service is written as its neighbour is. */
import type { Edit } from "../facts/writing.ts";
import type { Place } from "../source.ts";

/** What is copied, and the service that it is for and should be for. */
interface Copied {
  readonly place: Place;
  readonly from: string;
  readonly to: string;
}

/**
 * The edit that adds a copy of the resource whose head is at a place, for another service: behind it, or as one more
 * item of the list that it is repeated for. None where the text does not show its end or the service.
 */
export function twin(copied: Copied): readonly Edit[] {
  const { place } = copied;
  const { file, start, end } = place;
  const head = file.text.slice(start, end);
  if (/^(?:resource|module)\b/.test(head)) return inTerraform(copied, head);
  const isEntry = /^[ \t]*:/.test(file.text.slice(end, end + MOST_BLANKS));
  if (!isEntry) return [];
  return head.startsWith('"') ? inJson(copied, head) : inYaml(copied, head);
}

const MOST_BLANKS = 100;

function inTerraform({ place: { file, start, end }, from, to }: Copied, head: string): readonly Edit[] {
  const close = closing(file.text, file.text.indexOf("{", end));
  if (close === undefined) return [];
  const block = file.text.slice(start, close);
  const copy = forService(block.slice(head.length), from, to);
  if (/^[ \t]*(?:for_each|count)\s*=/m.test(block)) return oneMore(file, start, block, from, to);
  const name = labelled(head, to.replace(/\W/g, "_"));
  return copy && !file.text.includes(name) ? [insert(file, close, `\n\n${name}${copy}`)] : [];
}

function labelled(head: string, label: string): string {
  return head.replace(/"[^"]*"(?=[^"]*$)/, `"${label}"`);
}

/** The service before the one that is in the list of a block that is repeated. */
function oneMore(file: Place["file"], start: number, block: string, from: string, to: string): readonly Edit[] {
  const item = `"${from}"`;
  const at = block.indexOf(item);
  const isAlone = at >= 0 && block.indexOf(item, at + 1) < 0;
  return isAlone ? [insert(file, start + at, `"${to}", `)] : [];
}

function inJson({ place: { file, start, end }, from, to }: Copied, head: string): readonly Edit[] {
  const close = closing(file.text, file.text.indexOf("{", end));
  if (close === undefined) return [];
  const copy = forService(file.text.slice(end, close), from, to);
  const [indent = ""] = /(?<![ \t])[ \t]*$/.exec(file.text.slice(Math.max(0, start - MOST_BLANKS), start)) ?? [];
  const name = nameOf(file.text, head.slice(1, -1), to);
  return copy && name ? [insert(file, close, `,\n${indent}"${name}"${copy}`)] : [];
}

function inYaml({ place: { file, start, end }, from, to }: Copied, head: string): readonly Edit[] {
  const indent = file.text.slice(file.text.lastIndexOf("\n", start - 1) + 1, start);
  if (!/^ *$/.test(indent)) return [];
  const inner = new RegExp(`^[^\\n]*\\n(?:(?:${indent}[ \\t][^\\n]*|[ \\t]*)(?:\\n|$))*`);
  const [body = ""] = inner.exec(file.text.slice(end)) ?? [];
  const copy = forService(body.trimEnd(), from, to);
  const name = nameOf(file.text, head, to);
  return copy && name ? [insert(file, end + body.trimEnd().length, `\n\n${indent}${name}${copy}`)] : [];
}

/** A logical id for the copy: letters and digits; undefined when the file has it already. */
function nameOf(text: string, head: string, to: string): string | undefined {
  const words = to.split(/\W+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const name = `${words.join("")}${/endpoint$/i.test(head) ? "" : "Endpoint"}`;
  return new RegExp(`\\b${name}\\b`).test(text) ? undefined : name;
}

/** The text for another service, undefined when its own is not named exactly once. */
function forService(text: string, from: string, to: string): string | undefined {
  const named = new RegExp(`(com\\.amazonaws\\.[^\\s"']*\\.)${from.replaceAll(".", "\\.")}(?![\\w.-])`, "g");
  return [...text.matchAll(named)].length === 1 ? text.replace(named, `$1${to}`) : undefined;
}

/** The offset behind the brace that closes the one at an offset; braces in strings and comments count in pairs. */
function closing(text: string, open: number): number | undefined {
  if (open < 0) return undefined;
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at + 1;
  }
  return undefined;
}

function insert(file: Place["file"], at: number, text: string): Edit {
  return { place: { file, start: at, end: at }, text };
}
