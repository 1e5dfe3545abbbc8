/** Open questions: what can't be told, merged by the one thing that is not known. */
import { type Cause, causeWords } from "../facts/causes.ts";
import { groupBy } from "../facts/maps.ts";
import type { Unverified } from "./finding.ts";

/** One thing that is not known, with everything that waits for it. */
export interface Question {
  readonly cause: Cause;
  /** The clause that says what is not known. */
  readonly because: string;
  readonly settles: Unverified["settles"];
  /** How many secret references wait for it; 0 when it is about no reference. */
  readonly references: number;
  readonly entries: readonly Unverified[];
}

/**
 * What can't be told, and the clause of its cause behind it, both as `say` writes them. A cause that has no row of its own is the reason itself.
 */
export function withCause(
  question: string,
  cause: Cause,
  say: (text: string) => string,
): Pick<Unverified, "reason" | "because"> {
  const [said, because] = [say(question), say(causeWords(cause))];
  return because === "" || said.includes(because)
    ? { reason: said, because: said }
    : { reason: `${said}: ${because}`, because };
}

/** The open questions, those that most references wait for first. */
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
