/**
 * The tree every format is read into: values that know their place and what is not known of them.
 *
 * A raw document parses straight into it, a template language evaluates into it, and the readers of resources
 * (`formats/batch`, `formats/iam`, …) take nothing else. So a reader is written once for all formats.
 */

import type { Cause } from "../facts/causes.ts";
import { holeOf, insides } from "../facts/text.ts";
import type { Place } from "../source.ts";

/** The mark of a value that must not be shown: the hole of what the files mark, or true where that has none. */
export type Mark = true | string;

/**
 * What every value has. `sensitive` is there when the files mark the value, or what it is made of. `usedAt` is there
 * when the value stands somewhere else than what uses it: the expression that fetches it (Terraform).
 */
interface Placed {
  readonly at: Place;
  readonly sensitive?: Mark;
  readonly usedAt?: Place;
}

export interface NullValue extends Placed {
  readonly kind: "null";
}
export interface BooleanValue extends Placed {
  readonly kind: "boolean";
  readonly value: boolean;
}
export interface NumberValue extends Placed {
  readonly kind: "number";
  readonly value: number;
}
/**
 * A part of a string and where it comes from. A literal part that is in its place character for character has a
 * place as long as it is. `value` is what was put in; the place is then the one of the expression. `offsets` are as in
 * a string, where they are known better.
 */
export interface Piece {
  readonly text: string;
  readonly at: Place;
  readonly value?: Value;
  readonly offsets?: () => readonly number[];
  readonly sensitive?: Mark;
}
/**
 * A string. Unknown pieces are holes in `value`, see `facts/text.ts`.
 * `offsets` gives, when the string is written literally in its file, the file offset of each of its characters and of
 * its end (`value.length + 1` numbers), so that a document inside the string can be placed; it is computed only when
 * asked for. `pieces` are what the string was put together from.
 * `json` gives the document whose JSON the string is, when the format knows it: what `jsonencode` was given.
 */
export interface TextValue extends Placed {
  readonly kind: "text";
  readonly value: string;
  readonly offsets?: () => readonly number[];
  readonly pieces?: readonly Piece[];
  readonly json?: () => Value | undefined;
  /** The string whose base64 it is, when the format knows it. */
  readonly decoded?: TextValue;
  /** Whether it was, or may be, compressed where it is used. */
  readonly isCompressed?: true;
}
export interface ListValue extends Placed {
  readonly kind: "list";
  readonly items: readonly Value[];
}
export interface Entry {
  readonly key: string;
  readonly keyAt: Place;
  readonly value: Value;
}
/**
 * An object. Entries keep their order; a key given twice stands twice, and the last one counts (`entry`).
 * `open` is what is not known, so that there may be more entries than these.
 */
export interface ObjectValue extends Placed {
  readonly kind: "object";
  readonly entries: readonly Entry[];
  readonly open?: Cause;
  /**
   * Of an open object: the only other entries that it may have, where that is known. A key with a hole may be any
   * number of keys.
   */
  readonly others?: readonly Entry[];
}
/**
 * A value that the files don't show. `name` is the inside of its hole: what is known of it, and the cause, is in the
 * table of `facts/text.ts`.
 */
export interface UnknownValue extends Placed {
  readonly kind: "unknown";
  readonly name: string;
  /** As an item of a list it represents any number of items, also none. */
  readonly several?: true;
  /**
   * What it is where it is anything at all: one side of a condition, a list of all items that it may have. Of `several`:
   * what each of the items is.
   */
  readonly like?: Value;
  /**
   * Of `several` items, one for each instance of a resource: what that is of the instance whose key is not known. It is
   * equal to what is made of that instance elsewhere, so it counts only where the list is asked for all of its items.
   */
  readonly every?: Value;
  /** The string that it encodes in base64: parts of it may be known. */
  readonly decoded?: TextValue;
  /** What is written for it in the files and may be replaced by a deployment: the default of a hidden parameter. */
  readonly default?: TextValue;
  /** Of a placeholder that is not known yet to which unit it belongs: as it is written. */
  readonly placeholder?: string;
}

export type Value = NullValue | BooleanValue | NumberValue | TextValue | ListValue | ObjectValue | UnknownValue;

export function unknownOf(token: string, at: Place): UnknownValue {
  return { kind: "unknown", name: insides(token)[0] ?? token, at };
}

/** What is not known, so that a value is not. */
export function causeOf({ name }: UnknownValue): Cause {
  return holeOf(name).cause;
}

/** The entry of an object under a key, the last when the key stands twice; undefined when it has none. */
export function entry(object: ObjectValue, key: string): Entry | undefined {
  for (let index = object.entries.length - 1; index >= 0; index--) {
    const found = object.entries[index];
    if (found?.key === key) return found;
  }
  return undefined;
}

/** The value of an object under a key; undefined when `value` is no object or has no such key. */
export function get(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "object" ? entry(value, key)?.value : undefined;
}

/** The text of a plainly written string, undefined for anything else. */
export function plainText(value: Value | undefined): string | undefined {
  return value?.kind === "text" ? value.value : undefined;
}
