/**
 * User data of a launch template: what it does on an instance, as far as it concerns the ECS agent.
 *
 * The agent reads its settings from `/etc/ecs/ecs.config`, one `NAME=value` a line
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html). Scripts write them with echo,
 * with heredocs and with tee, cloud-config with write_files: in all of these a setting is an assignment in a line of its
 * own or of a command. Scripts are read, never run.
 */
import type { Cause } from "../../facts/causes.ts";
import { decoded, encodedParts } from "../../facts/encoded.ts";
import type { Unseen } from "../../facts/located.ts";
import type { UserData } from "../../facts/resources.ts";
import { behindFirstHole, causeOfText, hole, literal } from "../../facts/text.ts";
import { sliceText } from "../../syntax/text.ts";
import { causeOf, type TextValue, unknownOf, type Value } from "../../syntax/value.ts";
import { toText } from "../read.ts";
import { credentialsOfUserData } from "./credentials.ts";

/** No more is looked at: EC2 accepts 16 KB. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
const LONGEST = 1 << 16;

/** User data as an instance reads it, unpacked; what is no base64 as it is written. */
export function decodedUserData(value: Value | undefined): Value | undefined {
  if (value?.kind !== "text" && value?.kind !== "unknown") return value;
  if (value.decoded) return value.decoded;
  const encoded = value.kind === "text" ? value.value.replace(/\s/g, "") : "";
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0) return value;
  const { text, isCompressed } = decoded(encoded) ?? {};
  if (text !== undefined)
    return { kind: "text", value: literal(text), at: value.at, ...(isCompressed && { isCompressed }) };
  const { file, start } = value.at;
  const words = "user data that is no text";
  return unknownOf(hole(`user data.${start}@${file.path}`, "wide", { words, cause: unread(value) }), value.at);
}

/** Reads user data that is decoded. An absent value is none. */
export function readUserData(value: Value | undefined): UserData | null {
  if (value === undefined || value.kind === "null") return null;
  const { at } = value;
  if (value.kind !== "text") {
    const cause = value.kind === "unknown" ? causeOf(value) : unread(value);
    return { form: "unknown", writes_config: false, settings: [], unseen: [unseenSettings(cause, value)], at };
  }
  if (value.value === "") return null;
  const text = value.value.length > LONGEST ? sliceText(value, 0, LONGEST) : value;
  const encoded = encodedPartsOf(text);
  const parts = [text, ...encoded.flatMap((part) => part.decoded ?? [])];
  const read = parts.map((part) => ({ part, assignments: assignmentsIn(part) }));
  return {
    // Nothing says that AWS Batch unpacks what it has to merge with its own.
    form: value.isCompressed ? "unknown" : formOf(text.value),
    writes_config: parts.some(({ value: part }) => WRITES.test(part)),
    settings: read.flatMap(settingsIn),
    unseen: [
      ...read.flatMap(unseenIn),
      ...encoded.flatMap((part) => (part.decoded ? [] : unseenSettings(unread(part), part))),
    ],
    ...credentialsOfUserData([text, ...encoded]),
    at,
  };
}

function unread({ at }: Value): Cause {
  return { kind: "shape", name: "user data", unit: at.file.path };
}

/** The parts that are encoded as they are written, with what they say where it can be read. */
function encodedPartsOf(text: TextValue): readonly TextValue[] {
  const { at } = text;
  const written = encodedParts(text.value).map(
    ({ written: value, text: inner }): TextValue => ({
      kind: "text",
      value,
      at,
      ...(inner !== undefined && { decoded: { kind: "text", value: literal(inner), at } }),
    }),
  );
  // What a template encodes and knows in part.
  const put = (text.pieces ?? []).flatMap(({ value }) =>
    value?.kind === "unknown" && value.decoded ? [{ ...value.decoded, decoded: value.decoded }] : [],
  );
  return [...written, ...put];
}

/** The form of user data by how it begins: https://docs.cloud-init.io/en/latest/explanation/format.html */
function formOf(text: string): UserData["form"] {
  const start = text.trimStart();
  const [header = ""] = start.split(/\r?\n[ \t]*\r?\n/, 1);
  if (/^(?:[\w-]+:.*\r?\n(?:[ \t]+.*\r?\n)*)*content-type:\s*multipart\//i.test(header)) return "mime";
  if (start.startsWith("#cloud-config")) return "cloud-config";
  if (start.startsWith("#!")) return "script";
  if (/^\[settings[.\]]/.test(start)) return "toml";
  return behindFirstHole(start) === undefined ? "other" : "unknown";
}

/** Something that is written to the agent's configuration, and not a comment. */
const WRITES = /^(?![ \t]*#).*\becs\.config\b/m;

/** An assignment of one of the settings that secrets depend on. Others may hold secrets themselves. */
const SETTING = /\b(ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE|ECS_AVAILABLE_LOGGING_DRIVERS)=/g;

interface Assignment {
  readonly name: string;
  readonly start: number;
  /** Where its value is. */
  readonly end: number;
  /** Whether it may not be made: by a command that may not run, in another file, or only of a line that is there. */
  readonly isOpen: boolean;
}

/** A part of user data with the assignments in it. */
interface ReadPart {
  readonly part: TextValue;
  readonly assignments: readonly Assignment[];
}

function assignmentsIn({ value: text }: TextValue): readonly Assignment[] {
  if (!text.includes("ECS_")) return [];
  const changes = substitutionsIn(text);
  const blocks = [...blocksIn(text), ...otherFilesIn(text)];
  const replacedAt = lastReplaced(text);
  const given = new Set<string>();
  const found = [...text.matchAll(SETTING)].flatMap(({ 0: { length }, 1: name = "", index }) => {
    const lineStart = text.lastIndexOf("\n", index) + 1;
    if (/^[ \t]*(?:#|export\b|readonly\b)/.test(text.slice(lineStart, index))) return [];
    const isIn = ({ start, end }: Range) => start <= index && index < end;
    const isSure =
      index >= replacedAt &&
      !blocks.some(isIn) &&
      !TRIED.test(text.slice(lineStart, index)) &&
      !isElsewhere(text, index);
    if (!isSure) return [{ name, start: index, end: index + length, isOpen: true }];
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

/** Here documents that go to a file that is plainly not the agent's. */
function otherFilesIn(text: string): readonly Range[] {
  const found: Range[] = [];
  let open: { readonly word: string; readonly start: number; readonly isOther: boolean } | undefined;
  let start = 0;
  for (const line of text.split("\n")) {
    if (open === undefined) {
      const [, word] = /<<-?[ \t]*["']?(\w+)/.exec(line) ?? [];
      const [, target = ""] = PATH.exec(line) ?? [];
      if (word !== undefined) open = { word, start, isOther: target !== "" && !target.includes("ecs.config") };
    } else if (line.trim() === open.word) {
      if (open.isOther) found.push({ start: open.start, end: start });
      open = undefined;
    }
    start += line.length + 1;
  }
  return found;
}

/** Where a line writes to: what is redirected, and what tee writes. */
const PATH = /(?:(?<![<>&\d])>>?|\btee\b(?:[ \t]+-a)?)[ \t]*["']?(\/[^\s"'$&|<>;]+)/;

/** A command that writes the agent's file anew, or removes it. */
const REPLACES =
  /^[ \t]*(?:(?:sudo[ \t]+)?(?:echo|printf|cat)\b[^\n>]*(?<!>)>[ \t]*["']?[\w/]*\/ecs\.config\b|rm[ \t][^\n]*\/ecs\.config\b)/gm;

/** Behind what the agent's file has nothing of before; 0 where it is never replaced. */
function lastReplaced(text: string): number {
  let last = 0;
  for (const { index } of text.matchAll(REPLACES)) last = index;
  return last;
}

/** What stands before a command that runs only where another one fails, or a test succeeds. */
const TRIED = /\|\||(?:\[|\btest\b|\bgrep\b).*&&/;

/** Whether the line of an assignment goes to a file that is plainly not the agent's. */
function isElsewhere(text: string, index: number): boolean {
  const [line = ""] = text.slice(index).split(/[\n;]/, 1);
  const [, target = ""] =
    /(?:(?<![<>&\d])>>?|\|\s*(?:sudo\s+)?tee(?:\s+-a)?)\s*["']?(\/[^\s"'$&|]+)["']?\s*$/.exec(line) ?? [];
  return target !== "" && !target.includes("ecs.config");
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

function settingsIn({ part: text, assignments }: ReadPart): UserData["settings"] {
  return assignments.flatMap(({ name, end: start, isOpen }) => {
    if (isOpen) return [];
    const [written = ""] = VALUE.exec(text.value.slice(start)) ?? [];
    const value = toText(placed(text, start, start + written.length));
    if (!value) return [];
    const { file, start: from, end: to } = value.at;
    const exact = file.text.slice(from, to) === written;
    return [{ name, value: { ...value, value: plain(value.value) }, exact, at: value.at }];
  });
}

/** A list in brackets, a string in quotes, or a word. */
const VALUE = /^(?:\\?["']?\[[^\]\n]*\]|"[^"\n]*"|'[^'\n]*'|[^\s"'`;|&<>)/\\]*)/;

/** A value without the quotes and escapes of a shell. */
function plain(value: string): string {
  return value.replace(/\\(?=["'])/g, "").replace(/^(["'])(.*)\1$/, "$2");
}

/** A part of a text with the place of just that part, where the characters are known to be there. */
function placed(text: TextValue, start: number, end: number): TextValue {
  const part = sliceText(text, start, end);
  const offsets = part.offsets?.();
  const first = offsets?.[0];
  const last = offsets?.[end - start];
  return first === undefined || last === undefined || last < first
    ? part
    : { ...part, at: { ...part.at, start: first, end: last } };
}

/** Commands that fill the agent's configuration from something else. */
const COPIES =
  /\b(?:cp|mv|install|curl|wget|sed|envsubst|jq|python3?|perl|aws\s+(?:s3|ssm|secretsmanager))\b|\bcat\s+[^<>|\n]*[^<>|\s][^<>|\n]*(?:>|\|)/;

/** What may write settings that are not in the text. */
function unseenIn({ part: text, assignments }: ReadPart): readonly Unseen[] {
  const open = assignments.filter(({ isOpen }) => isOpen);
  const found = open.map(({ start, end }) => unseenSettings(ELSEWHERE, placed(text, start, end)));
  let start = 0;
  for (const line of text.value.split("\n")) {
    const cause = unseenLine(line);
    if (cause) found.push({ part: "settings", cause, at: placed(text, start, start + line.length).at });
    start += line.length + 1;
  }
  return found;
}

function unseenLine(line: string): Cause | undefined {
  const code = line.trim();
  if (code.startsWith("#include")) return ELSEWHERE;
  if (code.startsWith("#")) return undefined;
  // A line that is nothing but an unknown text may be any number of lines.
  if (behindFirstHole(code) === "") return causeOfText(code);
  const fills = /ecs\.config\b/.test(code) && COPIES.test(code) && !/^\s*(?:-\s*)?echo\b|<<|ECS_[A-Z_]+=/.test(code);
  return fills ? ELSEWHERE : undefined;
}

const ELSEWHERE: Cause = { kind: "agent-settings", name: "the user data", unit: null };

function unseenSettings(cause: Cause, { at }: Value): Unseen {
  return { part: "settings", cause, at };
}
