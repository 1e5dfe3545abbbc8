/**
 * Values of which the files say all that they may be, but not which: what a condition chooses, or the key of a map. What
 * holds for each of them holds whatever is chosen.
 */
import { holeOf, insides, isHole, isLiteral, replaceHoles } from "./text.ts";

export interface Choice {
  /** What chooses: values with an equal one are chosen together. */
  readonly by: string;
  /** Every text that the value may be, by what chooses it: a clause such as "`IsProd` is `true`". */
  readonly sides: ReadonlyMap<string, string>;
}

/**
 * The choices of this run, by the insides of the holes that they are made for; null where the same expression has other
 * sides elsewhere, since something is taken to hold there.
 */
const choices = new Map<string, Choice | null>();

export function startChoices(): void {
  choices.clear();
}

/** What decides which of several values it is, and the clause for each of them. */
export interface Chooser {
  readonly by: string;
  readonly clauses: readonly string[];
}

/** More are not told apart: each costs a case. */
export const MOST_SIDES = 16;

/** Notes which texts a hole may be, in the order of their clauses, unless each is as unknown as the hole. */
export function noteChoice(inside: string, { by, clauses }: Chooser, texts: readonly string[]): void {
  if (texts.length > MOST_SIDES || texts.length !== clauses.length || texts.every(isUnknown)) return;
  const sides = new Map(clauses.map((clause, index) => [clause, texts[index] ?? ""]));
  const known = choices.get(inside);
  const isOther = known && [...sides].some(([clause, text]) => known.sides.get(clause) !== text);
  choices.set(inside, known === null || isOther ? null : { by, sides });
}

/** Whether nothing is known of a text, neither what it may be nor which resource it is a name of. */
function isUnknown(text: string): boolean {
  const [inside = ""] = isHole(text) ? insides(text) : [];
  return inside !== "" && !choices.get(inside) && holeOf(inside).identifies === null;
}

/** The clause of a side: "`Stage` is `prod`". */
export function clauseOf(words: string, side: string): string {
  return `\`${words}\` is \`${side}\``;
}

export function choiceOf(inside: string): Choice | undefined {
  return choices.get(inside) ?? undefined;
}

/** Whether anything is chosen in this run: most runs have nothing to look for. */
export function anyChoices(): boolean {
  return choices.size > 0;
}

/** By what chooses, the side that is taken. */
export type Chosen = ReadonlyMap<string, string>;

/** A side may itself be chosen: conditions in conditions are rare, and longer texts are no ARNs. */
const MOST_NESTED = 4;
const LONGEST = 4_096;

/** The text with the side that is taken of each choice. */
export function withChosen(value: string, chosen: Chosen): string {
  let text = value;
  for (let depth = 0; depth < MOST_NESTED && !isLiteral(text); depth++) {
    const next = replaceHoles(text, (token, inside) => {
      const choice = choices.get(inside);
      const when = choice ? chosen.get(choice.by) : undefined;
      return (when === undefined ? undefined : choice?.sides.get(when)) ?? token;
    });
    if (next === text || next.length > LONGEST) break;
    text = next;
  }
  return text;
}
