/** Asks AWS until nothing new is to be asked. What asks is given: the SDK, or anything that answers. */
import type { Answer, Call, Output, Refusal } from "./calls.ts";
import { type Identity, plan } from "./plan.ts";
import type { Thing } from "./things.ts";

/** Answers one call, all pages in one. Throws a sentence when the run can't go on, such as for expired credentials. */
export type Ask = (call: Call) => Promise<{ readonly output: Output } | { readonly error: Refusal }>;

/** As many calls are under way at a time: more make AWS throttle sooner. */
const AT_ONCE = 8;

/** No account needs more: each job definition, role, secret and key is some five calls. */
const MOST_CALLS = 50_000;

export interface GatherOptions {
  readonly open: readonly Thing[];
  readonly who: Identity;
  readonly ask: Ask;
  /** Is told after each call how many were made, and how many are known to come. */
  readonly progress?: (made: number, known: number) => void;
  readonly now?: () => Date;
}

/** Every answer, in the order of the calls. Throws what `ask` throws, and a sentence when there is too much to ask. */
export async function gather({ open, who, ask, progress, now = () => new Date() }: GatherOptions): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (;;) {
    const calls = plan(open, answers, who);
    if (calls.length === 0) return answers;
    if (answers.length + calls.length > MOST_CALLS) {
      throw new Error(`there are more than ${MOST_CALLS} questions to ask; name fewer files or Regions`);
    }
    let made = answers.length;
    const round = await eachAtOnce(calls, async (one): Promise<Answer> => {
      const answered = await ask(one);
      progress?.(++made, answers.length + calls.length);
      return { call: one, at: secondsOf(now()), ...answered };
    });
    answers.push(...round);
  }
}

function secondsOf(date: Date): string {
  return date.toISOString().replace(/\.\d+/, "");
}

/** The results in the order of the items, a few at once. The first failure ends it. */
async function eachAtOnce<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await run(items[index] as Item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
}
