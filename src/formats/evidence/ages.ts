/** How old evidence is: an account changes, and nothing in old evidence shows it. */
import type { Problem, SourceFile } from "../../source.ts";
import { quantity } from "../../words.ts";

const DAY = 24 * 60 * 60 * 1000;

export interface Ages {
  /** Takes in a file, and when its answer came. */
  readonly add: (file: SourceFile, time: string) => void;
  /** One note about all that is older than it should be. */
  readonly notes: () => readonly Problem[];
}

/** Looks after the age of evidence, which should be at most so many days. */
export function openAges(most: number, now = Date.now()): Ages {
  let count = 0;
  let oldest: { readonly file: SourceFile; readonly time: string } | undefined;
  return {
    add: (file, time) => {
      if (now - Date.parse(time) <= most * DAY) return;
      count++;
      if (!oldest || time < oldest.time) oldest = { file, time };
    },
    notes: () => {
      if (!oldest) return [];
      const { file, time } = oldest;
      const days = Math.floor((now - Date.parse(time)) / DAY);
      const others =
        count === 1
          ? ""
          : ` ${quantity(count - 1, "other file")} of evidence ${count === 2 ? "is" : "are"} too old as well.`;
      const message = `The evidence is from ${time.slice(0, 10)}, ${days} days ago, and \`evidence-max-age\` is ${most}: collect it again.${others}`;
      return [{ path: file.path, message }];
    },
  };
}
