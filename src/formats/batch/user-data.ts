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
import { remembering, sliceText } from "../../syntax/text.ts";
import { causeOf, type TextValue, unknownOf, type Value } from "../../syntax/value.ts";
import { toText } from "../read.ts";
import { type Assignment, assignmentsIn } from "./agent-settings.ts";
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
  const text = remembering(value.value.length > LONGEST ? sliceText(value, 0, LONGEST) : value);
  const encoded = encodedPartsOf(text);
  const parts = [text, ...encoded.flatMap((part) => part.decoded ?? [])];
  const read = parts.map((part) => ({ part, assignments: assignmentsIn(part.value) }));
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
  if (/^(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*content-type:\s*multipart\//i.test(header)) return "mime";
  if (start.startsWith("#cloud-config")) return "cloud-config";
  if (start.startsWith("#!")) return "script";
  if (/^\[settings[.\]]/.test(start)) return "toml";
  return behindFirstHole(start) === undefined ? "other" : "unknown";
}

/** Something that is written to the agent's configuration, and not a comment. */
const WRITES = /^(?![ \t]*#).*\becs\.config\b/m;

/** A part of user data with the assignments in it. */
interface ReadPart {
  readonly part: TextValue;
  readonly assignments: readonly Assignment[];
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

/** A list in brackets, a string in quotes, or a word. A longer one is cut, or none: it is no value of these settings. */
const VALUE = /^(?:\\?["']?\[[^\]\n]{0,2000}\]|"[^"\n]{0,2000}"|'[^'\n]{0,2000}'|[^\s"'`;|&<>)/\\]{0,2000})/;

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
  /\b(?:cp|mv|install|curl|wget|sed|envsubst|jq|python3?|perl|aws\s+(?:s3|ssm|secretsmanager))\b|\bcat\s+[^<>|\s](?:(?!\bcat\s+[^<>|\s])[^<>|])*[>|]/;

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
  const fills =
    /ecs\.config\b/.test(code) && COPIES.test(code) && !/^\s*(?:-\s*)?echo\b|<<|(?<![A-Z_])ECS_[A-Z_]+=/.test(code);
  return fills ? ELSEWHERE : undefined;
}

const ELSEWHERE: Cause = { kind: "agent-settings", name: "the user data", unit: null };

function unseenSettings(cause: Cause, { at }: Value): Unseen {
  return { part: "settings", cause, at };
}
