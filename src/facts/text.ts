/**
 * Text: a string that a template computes, with holes for what is not known (DESIGN §4).
 *
 * | hole | stands for |
 * |---|---|
 * | `⟨name⟩`  | narrow: something without a colon, such as a region, an account id or a random part |
 * | `⟨#name⟩` | suffix: exactly the six random letters or digits that Secrets Manager puts after a secret's name |
 * | `⟨*name⟩` | wide: anything at all, also several ARN fields |
 *
 * Equal holes are equal values within one run, so names are made unique per unit: `Secret@stacks/jobs.yaml`.
 * Only the pseudo parameters of AWS, which are equal everywhere, have no unit: `AWS.Region`, `AWS.AccountId`, `AWS.Partition`.
 * A name holds neither a colon nor the two brackets.
 */

import type { Hole } from "./schema.ts";

export type HoleWidth = Hole["width"];

/** What a format tells of a hole when it makes one; the rest is filled in. */
export interface About extends Partial<Omit<Hole, "width" | "origin">> {
  readonly origin?: Partial<Hole["origin"]>;
}

const SIGIL = { narrow: "", suffix: "#", wide: "*" } as const satisfies Record<HoleWidth, string>;
const HOLE = /⟨([#*]?)([^⟨⟩]*)⟩/g;

const NOWHERE: Hole["origin"] = { kind: "other", of: [], function: null, resource_kind: null, attribute: null };

const UNKNOWN: Omit<Hole, "width" | "words" | "origin" | "cause"> = {
  term: "",
  unit: null,
  identifies: null,
  arn: null,
  holds: null,
  json_key: null,
  digest: false,
  sensitive: false,
};

/** What is known of each hole, by the inside of its token. Insides are unique in a process, so that runs do not disturb each other. */
const table = new Map<string, Hole>();

/**
 * A hole of that width. `key` says which unknown value it is: equal keys are equal values. Nothing else may be read from it: what is known of
 * the value is `about`. Characters that a token can't hold (colon, brackets) are replaced by `_`.
 */
export function hole(key: string, width: HoleWidth, about?: About): string {
  const inside = key.replace(/[:⟨⟩]/g, "_");
  if (about || !table.has(inside)) table.set(inside, rowOf(key, width, about));
  return `⟨${SIGIL[width]}${inside}⟩`;
}

function rowOf(key: string, width: HoleWidth, about: About | undefined): Hole {
  const words = about?.words ?? key;
  return {
    ...UNKNOWN,
    words,
    cause: { kind: "value", name: words, unit: about?.unit ?? null },
    ...about,
    width,
    origin: { ...NOWHERE, ...about?.origin },
  };
}

/** What AWS gives every deployment: equal in all units of a run. */
export function pseudo(key: string, term: string): string {
  const words = `AWS::${term}`;
  return hole(key, "narrow", {
    words,
    term,
    origin: { kind: "pseudo" },
    cause: { kind: "deployment", name: words, unit: null },
  });
}

export const REGION = pseudo("AWS.Region", "Region");
export const ACCOUNT = pseudo("AWS.AccountId", "AccountId");
export const PARTITION = pseudo("AWS.Partition", "Partition");

/** What is known of the hole with that inside. */
export function holeOf(inside: string): Hole {
  return table.get(inside) ?? rowOf(inside, "wide", undefined);
}

/** The insides of the tokens in a text: keys of the table. */
export function insides(value: string): string[] {
  return holes(value).map(({ name }) => name);
}

/**
 * What is not known of a text: the cause of its first hole, undefined for a text without any. Partition, Region and account don't count: texts
 * are full of them, and they are not what an answer depends on.
 */
export function causeOfText(value: string): Hole["cause"] | undefined {
  return insides(value)
    .map(holeOf)
    .find(({ origin }) => origin.kind !== "pseudo")?.cause;
}

/** Text of a file that must not be taken for holes: the two brackets are replaced by look-alikes. */
export function literal(text: string): string {
  return /[⟨⟩]/.test(text) ? text.replaceAll("⟨", "〈").replaceAll("⟩", "〉") : text;
}

/** Whether every character is known. */
export function isLiteral(value: string): boolean {
  return !value.includes("⟨");
}

/** Whether a wide hole stands in it, so that it can't be split on colons. */
export function hasWideHole(value: string): boolean {
  return value.includes("⟨*");
}

/** The holes of a text in order, with their names as they stand in it. */
export function holes(value: string): { token: string; name: string; width: HoleWidth }[] {
  if (isLiteral(value)) return [];
  return [...value.matchAll(HOLE)].map(([token, sigil, name = ""]) => ({
    token,
    name,
    width: sigil === "*" ? "wide" : sigil === "#" ? "suffix" : "narrow",
  }));
}

/** What stands behind the last slash of a text, as the name in a role's ARN. Slashes inside of holes are no slashes. */
export function afterLastSlash(value: string): string {
  return value.slice(replaceHoles(value, (token) => "_".repeat(token.length)).lastIndexOf("/") + 1);
}

/** The text with every hole replaced by what `spell` makes of it. */
export function replaceHoles(value: string, spell: (token: string, name: string) => string): string {
  return isLiteral(value) ? value : value.replace(HOLE, (token, _sigil, name) => spell(token, name));
}
