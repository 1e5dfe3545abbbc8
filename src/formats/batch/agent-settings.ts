/**
 * The settings of the ECS agent that a script writes, and whether it surely writes them: not in a command that may not
 * run, not to another file, and not before the file is written anew. Scripts are read, never run.
 */
import { into } from "../../maps.ts";

/** An assignment of one of the settings that secrets depend on. Others may hold secrets themselves. */
const SETTING = /\b(ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE|ECS_AVAILABLE_LOGGING_DRIVERS)=/g;

export interface Assignment {
  readonly name: string;
  readonly start: number;
  /** Where its value is. */
  readonly end: number;
  /** Whether it may not be made: by a command that may not run, in another file, or only of a line that is there. */
  readonly isOpen: boolean;
}

/** The assignments in a text, in their order. */
export function assignmentsIn(text: string): readonly Assignment[] {
  if (!text.includes("ECS_")) return [];
  const changes = substitutionsIn(text);
  const [blocks, others] = [[...blocksIn(text), ...functionsIn(text)], otherFilesIn(text)];
  const unsure = [...blocks, ...others, ...otherWritesIn(text), ...endedIn(text, [...blocks, ...others])];
  const replacedAt = lastReplaced(text);
  const tried = new Map<number, number>();
  const given = new Set<string>();
  const found = [...text.matchAll(SETTING)].flatMap(({ 0: { length }, 1: name = "", index }) => {
    const lineStart = text.lastIndexOf("\n", index) + 1;
    if (/^[ \t]*(?:#|export\b|readonly\b)/.test(text.slice(lineStart, index))) return [];
    const isIn = (range: Range) => covers(range, index);
    const isTried = index - lineStart >= into(tried, lineStart, () => triedFrom(lineFrom(text, lineStart)));
    if (index < replacedAt || isTried || unsure.some(isIn))
      return [{ name, start: index, end: index + length, isOpen: true }];
    if (!changes.some(isIn)) given.add(name);
    return [{ name, start: index, end: index + length, isOpen: !given.has(name) }];
  });
  // One that may be made takes the place of those before it.
  const open = new Map(found.flatMap(({ name, start, isOpen }) => (isOpen ? [[name, start] as const] : [])));
  return found.map((one) => ({ ...one, isOpen: one.start <= (open.get(one.name) ?? -1) }));
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function covers({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset < end;
}

const CLOSED_BY: Readonly<Record<string, string>> = {
  if: "fi",
  case: "esac",
  for: "done",
  while: "done",
  until: "done",
};

/** A word of the shell that opens or closes a compound command, where a command begins. */
const COMPOUND = /(?<=^|[;&|(){}\n-]|\b(?:then|do|else))[ \t]*\b(if|case|for|while|until|fi|esac|done)\b/g;

/**
 * Compound commands, whose parts may not run.
 * https://www.gnu.org/software/bash/manual/html_node/Compound-Commands.html
 */
function blocksIn(text: string): readonly Range[] {
  const open: { readonly word: string; readonly start: number }[] = [];
  const found: Range[] = [];
  for (const { 1: word = "", index } of text.matchAll(COMPOUND)) {
    if (Object.hasOwn(CLOSED_BY, word)) open.push({ word, start: index });
    else if (CLOSED_BY[open.at(-1)?.word ?? ""] === word) found.push({ start: open.pop()?.start ?? index, end: index });
  }
  return found;
}

/** A function, up to a brace by itself: whether it is called is not looked for. */
const FUNCTION = /^[ \t]*(?:function[ \t]+[\w-]+(?:[ \t]*\(\))?|[\w-]+[ \t]*\(\))\s*\{/gm;

function functionsIn(text: string): readonly Range[] {
  const found: Range[] = [];
  for (const { 0: head, index: start } of text.matchAll(FUNCTION)) {
    if (start < (found.at(-1)?.end ?? 0)) continue;
    const from = start + head.length;
    const line = lineFrom(text, from);
    const close = line.includes("}") ? from + line.indexOf("}") : text.indexOf("\n}", from);
    found.push({ start, end: close === -1 ? text.length : close });
  }
  return found;
}

/**
 * What is behind an `exit` of the script itself, or another program that takes its place, up to the next part of a
 * multi-part text.
 */
function endedIn(text: string, apart: readonly Range[]): readonly Range[] {
  const ended: Range[] = [];
  let behind = 0;
  for (const { index: start } of text.matchAll(/^[ \t]*(?:exit\b|exec[ \t]+[^\s\d<>&{])/gm)) {
    if (start < behind || apart.some((one) => covers(one, start))) continue;
    const next = text.indexOf("\n--", start);
    behind = next === -1 ? text.length : next;
    ended.push({ start, end: behind });
  }
  return ended;
}

const HERE = /<<-?[ \t]*["']?(\w+)/;

/** Here documents that go to a file that is plainly not the agent's, or of a command that may not run. */
function otherFilesIn(text: string): readonly Range[] {
  const found: Range[] = [];
  let open: { readonly word: string; readonly start: number; readonly isOpen: boolean } | undefined;
  let start = 0;
  for (const line of text.split("\n")) {
    if (open === undefined) {
      const here = HERE.exec(line);
      if (here?.[1]) {
        const isOpen = isOther(PATH.exec(line)?.[1]) || here.index >= triedFrom(line);
        open = { word: here[1], start, isOpen };
      }
    } else if (line.trim() === open.word) {
      if (open.isOpen) found.push({ start: open.start, end: start });
      open = undefined;
    }
    start += line.length + 1;
  }
  return found;
}

/** What stands in commands before they name a file to write to that is plainly not the agent's. */
function otherWritesIn(text: string): readonly Range[] {
  return [...text.matchAll(COMMAND)].flatMap(({ 0: command, index: start }) => {
    let from = start;
    return [...command.matchAll(PATHS)].flatMap(({ 1: path, index }) => {
      const before = { start: from, end: start + index };
      from = before.end;
      return isOther(path) ? [before] : [];
    });
  });
}

const COMMAND = /[^\n;]+/g;

/** The file that a command writes to: what is redirected, and what tee writes. */
const PATH = /(?:(?<![<>&\d])>>?|\btee\b(?:[ \t]+-a)?)[ \t]*["']?(\/[^\s"'$&|<>;]+)/;
const PATHS = new RegExp(PATH, "g");

/** Whether a path, if any, is plainly not that of the agent's file. */
function isOther(path: string | undefined): boolean {
  return path !== undefined && !path.includes("ecs.config");
}

/**
 * Lines with a command that writes the agent's file anew, removes it, or takes lines out of it. Elsewhere in a line a
 * `>>` and the `-a` of tee keep what is there.
 */
const REPLACES = [
  /^(?![ \t]*#).*?(?<![<>&\d])>[ \t]*["']?[\w/]{0,200}\/ecs\.config\b/gm,
  /^(?![ \t]*#).*?\btee[ \t]+["']?[\w/]{0,200}\/ecs\.config\b/gm,
  /^[ \t]*(?:sudo[ \t]+)?rm[ \t][^\r\n]*\/ecs\.config\b/gm,
  /^[ \t]*(?:sudo[ \t]+)?(?:mv|cp|install)[ \t][^\r\n]*\/ecs\.config["']?[ \t]*$/gm,
  /^[ \t]*(?:sudo[ \t]+)?sed[ \t](?=[^\r\n]*\/d["' ])[^\r\n]*\/ecs\.config\b/gm,
];

/** Behind what the agent's file has nothing of before; 0 where it is never replaced. */
function lastReplaced(text: string): number {
  return Math.max(0, ...REPLACES.map((pattern) => [...text.matchAll(pattern)].at(-1)?.index ?? 0));
}

function lineFrom(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? undefined : end);
}

/** The offset in a line behind which commands run only where another one fails, or a test succeeds. */
function triedFrom(line: string): number {
  const test = line.search(/\[|\btest\b|\bgrep\b/);
  const offsets = [line.indexOf("||"), test === -1 ? -1 : line.indexOf("&&", test)];
  return Math.min(...offsets.map((offset) => (offset === -1 ? Number.POSITIVE_INFINITY : offset + 2)));
}

/** Calls of sed with their arguments. */
const SED = /\bsed\b(?:(?:[,\t ]|\\\n)+(?!\\\n)(?:'[^'\n]*'|"[^"\n]*"|[^\s'";&|]+))+/g;
const SUBSTITUTION = /['"\s/]s[/|#,@~%!:]/;

/**
 * Calls that change lines which are there, and add none.
 * https://www.gnu.org/software/sed/manual/html_node/The-_0022s_0022-Command.html
 */
function substitutionsIn(text: string): readonly Range[] {
  const calls = [...text.matchAll(SED)].filter(([call]) => SUBSTITUTION.test(call));
  return calls.map(({ 0: { length }, index }) => ({ start: index, end: index + length }));
}
