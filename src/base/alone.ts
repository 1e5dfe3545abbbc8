/**
 * Modules and templates that a change makes part of others. Until then they were deployed by themselves, and they may
 * still be: who calls one with other values, or never, must not hide what is wrong with it.
 */
import { posix } from "node:path";
import { into } from "../maps.ts";
import type { Called } from "../sources/history.ts";
import { fileKind } from "../sources/names.ts";
import type { Tree } from "../sources/tree.ts";
import type { Base } from "./against.ts";
import { idOf } from "./listing.ts";
import { contentsOf, FILES, relativeTo } from "./snapshot.ts";

/**
 * The paths of those that the base has and calls nowhere: neither in a file that is as it was, nor in one that the change
 * has changed or removed. All of them where the base can't be read.
 */
export async function stoodAlone(
  base: Pick<Base, "folder" | "open">,
  tree: Tree,
  called: readonly Called[],
): Promise<ReadonlySet<string>> {
  try {
    return new Set(await aloneIn(base, tree, called));
  } catch {
    return new Set(called.map(({ path }) => path));
  }
}

async function aloneIn(
  base: Pick<Base, "folder" | "open">,
  tree: Tree,
  called: readonly Called[],
): Promise<readonly string[]> {
  const snapshot = await base.open();
  const before = relativeTo(base.folder, snapshot.files);
  const same = new Map<string, boolean>();
  const isSame = (path: string): boolean =>
    into(same, path, () => {
      const id = before.get(path)?.id;
      const bytes = id && tree.kind(path) === "file" ? tree.bytes(path) : undefined;
      return id !== undefined && bytes !== undefined && idOf(bytes, id) === id;
    });
  const adopted = called.filter(
    ({ files, callers }) => files.some((path) => before.has(path)) && !callers.some(isSame),
  );
  if (adopted.length === 0) return [];
  const changed = [...before].filter(
    ([path, { mode }]) => FILES.has(mode) && fileKind(path) !== undefined && !isSame(path),
  );
  const contents = await contentsOf(
    snapshot,
    changed.map(([, { id }]) => id),
  );
  const named = new Set(
    changed.flatMap(([path, { id }]) => {
      const content = contents.get(id);
      if (!Buffer.isBuffer(content)) throw new Error(`${path}: ${content}`);
      return pathsIn(path, content.toString("utf8"));
    }),
  );
  return adopted.flatMap(({ path }) => (named.has(path) ? [] : path));
}

/** The paths that a file may name, as seen from its folder. */
function pathsIn(from: string, text: string): readonly string[] {
  const words = text.match(/[^\s"'=:,()[\]{}<>|`]+/g) ?? [];
  return words
    .filter((word) => /[./]/.test(word))
    .map((word) => posix.join(posix.dirname(from), word).replace(/\/$/, ""));
}
