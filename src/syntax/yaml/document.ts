/** YAML files as values with places. */
import { literal } from "../../facts/text.ts";
import type { ReadingPurses } from "../../purse.ts";
import type { Place, Problem, SourceFile } from "../../source.ts";
import { MAX_YAML_LENGTH, tooLong, unreadable } from "../limits.ts";
import { bareValue, isPlaceholder, maskPlaceholders, unmask } from "../placeholders.ts";
import { locate, piecesAt, piecesOf, textFrom } from "../text.ts";
import { causeOf, type Entry, type ObjectValue, type TextValue, type Value } from "../value.ts";
import { readYaml } from "./reader.ts";
import type { Merge, Scalar, Tag, YamlRules } from "./state.ts";

/** What a file says: a value for each document that can be read, a problem for each that can't. */
export interface YamlDocuments {
  readonly values: readonly Value[];
  readonly problems: readonly Problem[];
}

/** What a tag of a format makes of its value, undefined when it is none of the format. */
export type ExpandTag = (tag: Tag) => ((value: Value) => Value) | undefined;

/**
 * The documents of a YAML file, empty ones left out. Anchors, aliases and merge keys are followed, the tags that
 * `expandTag` knows are expanded, and other tags are ignored. Placeholders without quotes (`{{ x }}`) are unknown
 * values or parts of texts. Never throws.
 */
export function parseYaml(file: SourceFile, expandTag?: ExpandTag, purses?: ReadingPurses): YamlDocuments {
  const long = tooLong(file, MAX_YAML_LENGTH, "YAML");
  if (long) return { values: [], problems: [long] };
  const read = readDocuments(file, file.text, expandTag, purses);
  if (read.problems.length === 0) return read;
  const masked = maskPlaceholders(file.text);
  if (masked === file.text) return read;
  const again = readDocuments(file, masked, expandTag, purses);
  return again.problems.length === 0 ? again : read;
}

/** The document that a string is, in its places in the file where the string stands; undefined when it is none. */
export function parseYamlText(given: TextValue, expandTag?: ExpandTag): Value | undefined {
  const { value: text } = given;
  if (text.length > MAX_YAML_LENGTH) return undefined;
  const located = locate(piecesOf(given), given.at);
  const put = ({ text: own, at, offsets }: Scalar): TextValue => textFrom(piecesAt(located, text, own, offsets()), at);
  const [result, more] = readYaml({ text, place: located.place, rules: rulesFor(false, expandTag, put) });
  return result?.kind === "value" && !more ? result.value : undefined;
}

/** Reads a string that is the file's own or has the same offsets. */
function readDocuments(
  file: SourceFile,
  text: string,
  expandTag: ExpandTag | undefined,
  purses: ReadingPurses | undefined,
): YamlDocuments {
  const values: Value[] = [];
  const problems: Problem[] = [];
  const place = (start: number, end: number) => ({ file, start, end });
  for (const result of readYaml({
    text,
    place,
    rules: rulesFor(text !== file.text, expandTag),
    ...(purses && { purses }),
  })) {
    if (result.kind === "failure") problems.push(unreadable(file, "YAML", result.message, result.offset));
    else if (result.value.kind !== "null") values.push(result.value);
  }
  return { values, problems };
}

/**
 * Scalars as CloudFormation and the AWS tools mean them. `masked`: whether placeholders were masked; `put` places a
 * scalar that stands in a string of another document.
 */
function rulesFor(masked: boolean, expandTag: ExpandTag | undefined, put?: (scalar: Scalar) => TextValue): YamlRules {
  const readable = (text: string): string => literal(masked ? unmask(text) : text);
  const text = put ?? (({ text, at, offsets }) => ({ kind: "text", value: readable(text), at, offsets }));
  return {
    scalar: (scalar, tag) => {
      const expand = tag && expandTag?.(tag);
      if (expand) return expand(text(scalar));
      const asPlain = tag ? RESOLVED_TAGS.test(tag.name) : scalar.style === "plain";
      return (asPlain ? plainValue(scalar, masked) : undefined) ?? text(scalar);
    },
    collection: (value, tag, flow) => {
      const expand = tag && expandTag?.(tag);
      const read = (flow ? flowPlaceholder(value) : undefined) ?? value;
      return expand ? expand(read) : read;
    },
    key: text,
    merged,
  };
}

/** Tags of YAML that say what a scalar should be read as, also when it is quoted. */
const RESOLVED_TAGS = /^!(?:!|<tag:yaml\.org,2002:)(?:int|float|bool|null)>?$/;

/**
 * Placeholders that begin so are never YAML texts; all others are, so they stay texts also where others had to be
 * masked.
 */
const TRIPPING = /^[{[%@]/;

function plainValue({ text, at }: Scalar, masked: boolean): Value | undefined {
  const written = masked ? at.file.text.slice(at.start, at.end) : "";
  return TRIPPING.test(written) && isPlaceholder(written) ? bareValue(written, at) : resolvePlain(text, at);
}

/**
 * What a plain scalar means when it isn't text. CloudFormation reads YAML 1.1
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html), the AWS command line 1.2;
 * where they differ, `yes`, `0777`, `1_000`, `12:30`, `1e3` and dates, the text as written is kept.
 */
function resolvePlain(source: string, at: Place): Value | undefined {
  if (/^(?:|~|null|Null|NULL)$/.test(source)) return { kind: "null", at };
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(source)) {
    return { kind: "boolean", value: source.toLowerCase() === "true", at };
  }
  if (!/^(?:[-+]?(?:0|[1-9]\d*)|[-+]?(?:\.\d+|(?:0|[1-9]\d*)\.\d*)(?:[eE][-+]?\d+)?|0x[\da-fA-F]+)$/.test(source))
    return undefined;
  const value = Number(source);
  // A longer number would lose digits.
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? { kind: "number", value, at } : undefined;
}

/**
 * `{{ x }}` is a mapping with a mapping as its key to YAML, and `[[x]]` a list of a list: to people they are
 * placeholders.
 */
function flowPlaceholder({ at }: Value): Value | undefined {
  const { text } = at.file;
  if (text[at.start + 1] !== text[at.start]) return undefined;
  const written = text.slice(at.start, at.end);
  return isPlaceholder(written) ? bareValue(written, at) : undefined;
}

/**
 * The entries that merge keys bring, but for those that the mapping has itself: of several mappings the first that has
 * a key counts. https://yaml.org/type/merge.html
 */
function merged(own: readonly Entry[], merges: readonly Merge[]): Pick<ObjectValue, "entries" | "open"> {
  const names = new Set(own.map(({ key }) => key));
  const brought = new Map<string, Entry>();
  let open: ObjectValue["open"];
  for (const source of merges.flatMap(({ value }) => (value.kind === "list" ? value.items : [value]))) {
    if (source.kind === "null") continue;
    if (source.kind !== "object") {
      open = source.kind === "unknown" ? causeOf(source) : { kind: "shape", name: "<<", unit: source.at.file.path };
      continue;
    }
    for (const [key, entry] of new Map(source.entries.map((entry) => [entry.key, entry]))) {
      if (!names.has(key) && !brought.has(key)) brought.set(key, entry);
    }
    open ??= source.open;
  }
  const entries = [...brought.values(), ...own];
  return open === undefined ? { entries } : { entries, open };
}
