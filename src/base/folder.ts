/** Where the checked folder was in the base, when it is one that the change has moved. */
import { posix } from "node:path";
import { addTo } from "../maps.ts";
import type { Tree } from "../sources/tree.ts";
import { idOf, type Snapshot } from "./listing.ts";

/** Of so many files with one content it is tried which one a file of the base became. */
const MOST_ALIKE = 20;

/**
 * The folder of the base that `folder` was: itself where the base has files in it, else the one in which most of the
 * checked files were, at least half of them. A folder that was copied is another one, so what it had must be gone.
 */
export function formerFolder({ files }: Snapshot, folder: string, checked: Tree, paths: readonly string[]): string {
  const below = `${folder}/`;
  const names = [...files.keys()];
  if (folder === "" || names.some((path) => path.startsWith(below))) return folder;
  const byId = new Map<string, string[]>();
  const like = files.values().next().value?.id ?? "";
  for (const path of paths) {
    const bytes = checked.bytes(path);
    if (bytes !== undefined) addTo(byId, idOf(bytes, like), path);
  }
  const counts = new Map<string, number>();
  for (const [path, { id }] of files) {
    for (const one of byId.get(id)?.slice(0, MOST_ALIKE) ?? []) {
      if (!`/${path}`.endsWith(`/${one}`)) continue;
      const former = path.slice(0, Math.max(0, path.length - one.length - 1));
      counts.set(former, (counts.get(former) ?? 0) + 1);
    }
  }
  const [best, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [folder, 0]);
  const isGone = (path: string) => checked.find(posix.relative(folder, path)).at === "nowhere";
  const were = paths.map((path) => posix.join(best, path)).filter((path) => files.has(path));
  return count * 2 >= paths.length && were.every(isGone) ? best : folder;
}
