/** The suppressions in checked files. What reads them is loaded only where there are any. */
import type { Problem, SourceFile } from "../../source.ts";
import type { Suppressor } from "../suppress.ts";

export interface Inline {
  readonly suppressors: readonly Suppressor[];
  /** Suppressions that don't count, and why. */
  readonly notes: readonly Problem[];
}

/** What each suppression in a file begins with. */
export const WORD = "batch-secrets-check";

/** The suppressions in files. `rules` are the ids that there are. */
export async function inlineSuppressions(files: readonly SourceFile[], rules: readonly string[]): Promise<Inline> {
  const marked = files.filter(({ text }) => text.includes(WORD));
  if (marked.length === 0) return { suppressors: [], notes: [] };
  const { inFile } = await import("./comments.ts");
  const all = await Promise.all(marked.map((file) => inFile(file, rules)));
  return { suppressors: all.flatMap((one) => one.suppressors), notes: all.flatMap((one) => one.notes) };
}
