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

export type HoleWidth = "narrow" | "suffix" | "wide";

const SIGIL = { narrow: "", suffix: "#", wide: "*" } as const satisfies Record<HoleWidth, string>;
const HOLE = /⟨([#*]?)([^⟨⟩]*)⟩/g;

export const REGION = "⟨AWS.Region⟩";
export const ACCOUNT = "⟨AWS.AccountId⟩";
export const PARTITION = "⟨AWS.Partition⟩";

/** A hole of that width. Characters that a name can't hold (colon, brackets) are replaced by `_`. */
export function hole(name: string, width: HoleWidth): string {
  return `⟨${SIGIL[width]}${name.replace(/[:⟨⟩]/g, "_")}⟩`;
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
