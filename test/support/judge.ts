/** What judges a change, from the files that it has. */
import type { Judge } from "../../src/base/evidence.ts";
import { idOf } from "../../src/base/listing.ts";

/** A base branch with these files, by their paths in the repository. */
export function judgeWith(files: Readonly<Record<string, string>>, more: Partial<Judge> = {}): Judge {
  const listed = Object.entries(files).map(([path, text]) => ({ path, text, id: idOf(Buffer.from(text), "") }));
  const open = async () => ({
    files: new Map(listed.map(({ path, id }) => [path, { mode: "100644", id }])),
    load: async (ids: readonly string[]) =>
      new Map(ids.map((id) => [id, Buffer.from(listed.find((one) => one.id === id)?.text ?? "")])),
  });
  return { words: "the base branch", folder: "", isOwn: () => false, isCommitted: async () => false, open, ...more };
}
