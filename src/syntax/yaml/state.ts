/** What the reader of YAML gets, and what it keeps in mind. */

import type { CST } from "yaml";
import type { ReadingPurses } from "../../purse.ts";
import type { Place } from "../../source.ts";
import type { Entry, ListValue, ObjectValue, TextValue, Value } from "../value.ts";
import type { Fail, Properties } from "./tokens.ts";

/** Completes "This is not valid YAML: …"; `offset` is one of the text. */
export interface Failure {
  readonly message: string;
  readonly offset: number;
}

/** A scalar as it is written. */
export interface Scalar {
  /** Its text, escapes and folding undone. */
  readonly text: string;
  /** A list or mapping is a scalar as a key only; its text is as it is written. */
  readonly style: "plain" | "quoted" | "block" | "collection";
  readonly at: Place;
  /** Where it begins and ends in the text. */
  readonly start: number;
  readonly end: number;
  /** The offset in the text of each character of `text` and of its end. */
  readonly offsets: () => readonly number[];
}

export interface Tag {
  readonly name: string;
  readonly at: Place;
}

/** What YAML means to the program that it is written for. They may throw. */
export interface YamlRules {
  readonly scalar: (scalar: Scalar, tag: Tag | undefined) => Value;
  readonly collection: (value: ListValue | ObjectValue, tag: Tag | undefined, flow: boolean) => Value;
  readonly key: (scalar: Scalar, tag: Tag | undefined) => TextValue;
  /** The entries of a mapping: its own, and what each merge key brings with the number of own entries before it. */
  readonly merged: (own: readonly Entry[], merges: readonly Merge[]) => Pick<ObjectValue, "entries" | "open">;
}

export interface Merge {
  readonly value: Value;
  readonly before: number;
}

export interface YamlSource {
  readonly text: string;
  readonly place: (start: number, end: number) => Place;
  readonly rules: YamlRules;
  /** What pays for its values and pieces; each string has its own when it is left out. */
  readonly purses?: ReadingPurses;
}

/** What an anchor marks: `values` counts it with all that aliases in it repeat, `depth` is how deep it nests. */
export interface Anchored {
  readonly value: Value;
  readonly values: number;
  readonly depth: number;
}

export interface State extends YamlSource {
  readonly purses: ReadingPurses;
  readonly anchors: Map<string, Anchored>;
  /** How many values there are so far, those of aliases counted each time. */
  values: number;
  /** The deepest nesting so far. */
  deepest: number;
  /** The offset behind the value that was read last. */
  end: number;
  /** The first one. After it, everything is null. */
  failure: Failure | undefined;
  readonly fail: Fail;
  /** Reads the value of a token, which is missing where nothing is written. */
  readonly read: (token: CST.Token | null | undefined, properties: Properties, depth: number) => Value;
}
