/**
 * Where lines of the checked files are in the newest commit of a pull request: the checks of a run are those of that
 * commit, and so are its annotations. The files that are checked are the merge of it with a base that may have moved on.
 */
import { changes, oldLine } from "../base/lines.ts";
import { into } from "../maps.ts";
import type { Place } from "../report/annotations.ts";
import { gitOf } from "./base.ts";
import { type Checkout, textOf } from "./checkout.ts";
import type { Event } from "./event.ts";
import type { Session } from "./session.ts";

/** Places lines of the files at these paths. Never throws: what can't be read is placed nowhere. */
export async function linesOnHead(
  event: Event,
  checkout: Checkout,
  { headTree, texts }: Session,
  paths: readonly string[],
): Promise<Place> {
  const { commit } = checkout;
  const isHead = event.kind === "other" || commit === undefined || commit === event.head;
  if (isHead || paths.length === 0) return (_, line) => line;
  const local = await import("../base/git.ts");
  const git = gitOf(checkout, local);
  if (git && headTree() === local.treeOf(git, commit)) return (_, line) => line;
  const isHere = git !== undefined && local.hasObject(git, `${event.head}^{tree}`);
  const found = isHere ? await local.textsAt(git, event.head, paths) : await texts(event.head, paths);
  const read = textOf(checkout);
  const known = new Map<string, ReturnType<typeof changes>>();
  return (path, line) => {
    const [own, now] = [found[paths.indexOf(path)], read(path)];
    if (own === undefined || now === undefined) return undefined;
    return oldLine(
      into(known, path, () => changes(own, now)),
      line,
    );
  };
}
