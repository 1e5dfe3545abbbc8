/** The suppressions in checked files. What reads them is loaded only where there are any. */
import type { SourceFile } from "../../source.ts";
import { type Inline, WORD } from "./inline.ts";

/** The suppressions in files. `rules` are the ids that there are. */
export async function inlineSuppressions(files: readonly SourceFile[], rules: readonly string[]): Promise<Inline> {
  const marked = files.filter(({ text }) => text.includes(WORD));
  if (marked.length === 0) return { suppressors: [], notes: [] };
  const { inFile } = await import("./comments.ts");
  const all = await Promise.all(marked.map((file) => inFile(file, rules)));
  return { suppressors: all.flatMap((one) => one.suppressors), notes: all.flatMap((one) => one.notes) };
}
