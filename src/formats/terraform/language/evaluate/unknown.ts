/** Unknown values. What is known of them is in the table of holes (`facts/text.ts`): values carry only its key. */

import type { Cause } from "../../../../facts/causes.ts";
import { hash } from "../../../../facts/hash.ts";
import type { Hole } from "../../../../facts/schema/common.ts";
import { type About, type HoleWidth, hole, holeOf, insides } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import type { Mark } from "../../../../syntax/value.ts";
import type { TerraformUnknown } from "./values.ts";
import { expressionAt } from "./written.ts";

/** Functions and operators whose result reveals nothing of their arguments. */
const DIGESTS =
  /^(?:(?:file)?(?:base64)?(?:md5|sha1|sha256|sha512)|bcrypt|uuidv5|length|can|issensitive|[=!]=|[<>]=?|&&|\|\||!)$/;

/** The module in which the words of a hole are written, by the hole's key: what addresses in the module begin with. */
const modules = new Map<string, string>();

/** What addresses begin with in the module where the hole's words are written. */
export function moduleOf(key: string): string | undefined {
  return modules.get(key);
}

/** A hole whose words are written in a module. */
export function holeIn(module: string, key: string, width: HoleWidth, about: About): string {
  const token = hole(key, width, about);
  modules.set(inside(token), module);
  return token;
}

/** The key in the table of an unknown value: equal `key`s are equal values. */
export function noted(key: string, about: About, module?: string): string {
  return inside(module === undefined ? hole(key, "wide", about) : holeIn(module, key, "wide", about));
}

export function inside(token: string): string {
  return insides(token)[0] ?? token;
}

export function unknownValue(key: string, about: About, at: Place): TerraformUnknown {
  return { kind: "unknown", name: noted(key, about), at };
}

/** A value without a name of its own, which is distinguished by its place. */
export function unknownAt(label: string, words: string, cause: Cause, at: Place): TerraformUnknown {
  const unit = at.file.path;
  return unknownValue(`${label}.${at.start}@${unit}`, { words, unit, cause }, at);
}

/** What is known of the result of a function that returns another value for each run or call. */
export function madeAtApply(name: string): About {
  const words = `${name}()`;
  const origin = { kind: "computed", function: name } as const;
  return { words, origin, digest: true, cause: { kind: "apply", name: words, unit: null } };
}

/** What is known of the result of a function or operator. `of` are the keys of the unknown values in its arguments. */
export function computedOf(label: string, of: readonly string[], at?: Place, cause?: Cause): About {
  const from = of.map(holeOf);
  const [first] = from;
  const words = (at && expressionAt(at)) || `${label}(…)`;
  const name = /^\w/.test(label) ? `${label}()` : words;
  return {
    words,
    unit: first?.unit ?? null,
    origin: { kind: "computed", of: [...of], function: label },
    digest: DIGESTS.test(label) || (from.length > 0 && from.every(({ digest }) => digest)),
    sensitive: from.some(({ sensitive }) => sensitive),
    cause: cause ?? first?.cause ?? { kind: "function", name, unit: null },
  };
}

/** Attributes that say less about their value than the name of their resource. */
const PLAIN_ATTRIBUTES = new Set(["value", "insecure_value", "result", "plaintext"]);

/** The part of a name that says most about its value. */
export function termOf(before: string, last: string): string {
  return before !== "" && PLAIN_ATTRIBUTES.has(last) ? before : last;
}

/** A step from a value to a part of it. `key` is the attribute or the string index, null for any other index. */
export interface PartStep {
  /** As written: `.name`, `["key"]`, `[0]`. */
  readonly spelled: string;
  readonly key: string | null;
}

/** The key in the table of a part of an unknown value. */
export function partOf(whole: string, step: PartStep): string {
  const { width: _, origin, ...about } = holeOf(whole);
  const [first, ...more] = origin.of;
  const { key, spelled } = step;
  const module = moduleOf(whole);
  const isJson = about.holds === "secret" && origin.resource_kind === "secret_version";
  const part: About = {
    ...about,
    words: `${about.words}${spelled}`,
    term: key === null ? about.term : termOf(about.term, key),
    origin: {
      ...origin,
      of: first === undefined ? [] : [partOf(first, step), ...more],
      attribute: about.holds === null ? attributeBehind(origin, step) : origin.attribute,
    },
    identifies: null,
    json_key: isJson && key !== null ? [about.json_key ?? [], key].flat().join(".") : about.json_key,
  };
  return noted(`${whole}${spelled}`, part, module);
}

/** The key in the table of any item, or of any key, of an unknown collection. */
export function anyOf(collection: string, of: "item" | "key"): string {
  if (of === "item") return partOf(collection, { spelled: "[…]", key: null });
  const { width: _, ...about } = holeOf(collection);
  const words = `keys(${about.words})[…]`;
  return noted(`${collection}[key]`, { ...about, words, identifies: null }, moduleOf(collection));
}

function attributeBehind({ kind, attribute }: Hole["origin"], { key, spelled }: PartStep): string | null {
  if (kind === "computed") return null;
  return attribute === null ? key : `${attribute}${spelled}`;
}

export function joinedMarks(mark: Mark, other: Mark | undefined): Mark {
  return mark === true || other === undefined || other === true ? mark : computedMark("", [mark, other]);
}

/** The mark of a function's result if an argument is marked: a computed hole. */
export function markOfResult(label: string, mark: Mark): Mark {
  return mark === true ? mark : computedMark(label, [mark]);
}

export function markOfPart(mark: Mark, step: PartStep): Mark {
  return mark === true ? mark : tokenOf(partOf(inside(mark), step));
}

/** Longer keys of marks are cut; the hash keeps them apart. */
const MAX_MARK = 200;

function computedMark(label: string, marks: readonly string[]): string {
  const of = marks.map(inside);
  const listed = of.join(",");
  const key = `${label}(${listed.length > MAX_MARK ? `~${hash(listed)}` : listed})`;
  const [first] = of.map(holeOf);
  const words = label === "" || first === undefined ? (first?.words ?? label) : `${label}(${first.words})`;
  return tokenOf(noted(key, { ...computedOf(label, of), words, sensitive: true }));
}

function tokenOf(key: string): string {
  return hole(key, "wide");
}
