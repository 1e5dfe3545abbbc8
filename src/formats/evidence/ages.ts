/** When evidence came: an account changes, and nothing in old evidence shows it. */
import type { Problem, SourceFile } from "../../source.ts";
import { quantity } from "../../words.ts";

const DAY = 24 * 60 * 60 * 1000;
/** Clocks differ by minutes. */
const SKEW = 15 * 60 * 1000;

export interface Ages {
  /** Takes in a file, and when its answer came. */
  readonly add: (file: SourceFile, time: string) => void;
  /** One note about all that is older than it should be, and one about all that is yet to come. */
  readonly notes: () => readonly Problem[];
}

/** Whether a time is one that no answer can have. */
export function isToCome(time: string, now = Date.now()): boolean {
  return Date.parse(time) > now + SKEW;
}

interface Dated {
  readonly file: SourceFile;
  readonly time: string;
}

/** Looks after the age of evidence, which should be at most so many days. */
export function openAges(most: number, now = Date.now()): Ages {
  const old: Dated[] = [];
  const future: Dated[] = [];
  return {
    add: (file, time) => {
      if (now - Date.parse(time) > most * DAY) old.push({ file, time });
      if (isToCome(time, now)) future.push({ file, time });
    },
    notes: () => [
      ...noteOf(old, "is too old as well", ({ time }) => {
        const days = Math.floor((now - Date.parse(time)) / DAY);
        return `The evidence is from ${time.slice(0, 10)}, ${days} days ago, and \`evidence-max-age\` is ${most}: collect it again.`;
      }),
      ...noteOf(future, "is of the future as well", ({ time }) => {
        return `The evidence is dated ${time}, which is yet to come, so any other answer to the same call counts before it: a clock was wrong, or somebody edited it. Collect it again.`;
      }),
    ],
  };
}

/** One note at the first in time. */
function noteOf(dated: readonly Dated[], too: string, says: (first: Dated) => string): readonly Problem[] {
  const [first, ...others] = dated.toSorted((a, b) => (a.time < b.time ? -1 : 1));
  if (!first) return [];
  const more = quantity(others.length, "other file");
  const rest =
    others.length === 0 ? "" : ` ${more} of evidence ${others.length === 1 ? too : too.replace("is", "are")}.`;
  return [{ path: first.file.path, message: `${says(first)}${rest}` }];
}
