/** Open questions: unverified answers, merged by the one thing that is unknown. */
import { type Cause, causeWords } from "../facts/causes.ts";
import { groupBy } from "../maps.ts";
import type { Unverified } from "./finding.ts";

/** One unknown thing, with everything that depends on it. */
export interface Question {
  readonly cause: Cause;
  /** The clause that says what is unknown. */
  readonly because: string;
  readonly settles: Unverified["settles"];
  /** How many secret references depend on it; 0 when it is about no reference. */
  readonly references: number;
  readonly entries: readonly Unverified[];
}

/**
 * A reason, followed by the clause of its cause, both as `say` writes them. A cause without a row of its own is the
 * reason itself.
 */
export function withCause(
  question: string,
  cause: Cause,
  say: (text: string) => string,
): Pick<Unverified, "reason" | "because"> {
  const [said, because] = [say(question), say(clauseOf(cause))];
  return because === "" || said.includes(because)
    ? { reason: said, because: said }
    : { reason: `${said}: ${because}`, because };
}

/** The clause of a cause, with the name of the thing in code unless it is words. */
export function clauseOf({ kind, name }: Cause): string {
  const isWords = kind === "other" || name.includes("`") || name.startsWith("the ");
  return causeWords({ kind, name: isWords ? name : `\`${name}\`` });
}

/** The open questions; those that most references depend on come first. */
export function openQuestions(unverified: readonly Unverified[]): Question[] {
  const byCause = groupBy(unverified, ({ because, cause: { kind, name, unit } }) =>
    JSON.stringify(name === "" ? because : [kind, name, unit]),
  );
  return [...byCause.values()]
    .flatMap(([first, ...others]): Question[] => {
      if (!first) return [];
      const { cause, because, settles } = first;
      const entries = [first, ...others];
      const references = new Set(entries.flatMap((one) => one.references)).size;
      return [{ cause, because, settles, references, entries }];
    })
    .sort((a, b) => b.references - a.references || b.entries.length - a.entries.length);
}

/** Each entry once, however many subjects it is about. */
export function mergedEntries(unverified: readonly Unverified[]): Unverified[] {
  const alike = groupBy(unverified, ({ rule, reason, location }) => JSON.stringify([rule, reason, location]));
  return [...alike.values()].flatMap(([first, ...others]): Unverified[] => {
    if (!first) return [];
    const references = new Set([first, ...others].flatMap((one) => one.references));
    return [{ ...first, references: [...references] }];
  });
}
