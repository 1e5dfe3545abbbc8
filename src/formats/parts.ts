/** Files that are parts of others: which of them a change made so, and stood alone before. */
import type { SourceFile } from "../source.ts";
import { type Called, NO_HISTORY } from "../sources/history.ts";
import type { Workspace } from "../sources/workspace.ts";
import type { Run } from "./format.ts";

const WORD = /[\w.-]+/g;

/** The words of a text that may be the last part of a path. */
export function wordsIn(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

/** Whether the last part of a path is such a word. */
export function isWord(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Those of the files that `callers` may name, by the last part of their paths. */
export function calledIn(paths: readonly string[], callers: Iterable<SourceFile>): readonly Called[] {
  const byName = new Map<string, string[]>(paths.map((path) => [nameOf(path), []]));
  const all: string[] = [];
  for (const { path, text } of callers) {
    all.push(path);
    for (const word of new Set(wordsIn(text))) byName.get(word)?.push(path);
  }
  return paths.flatMap((path) => {
    const name = nameOf(path);
    const by = isWord(name) ? (byName.get(name) ?? []) : all;
    return by.some((one) => one !== path) ? [{ path, files: [path], callers: by }] : [];
  });
}

/** Those of `taken`, which are parts of others, that are nothing else: without those that stood alone. */
export async function onlyParts(
  taken: ReadonlySet<string>,
  { files, paths, history }: Pick<Run, "files" | "paths" | "history">,
  workspace: Workspace,
): Promise<ReadonlySet<string>> {
  if (history === NO_HISTORY) return taken;
  const parts = files.flatMap(({ path }) => (taken.has(path) ? path : []));
  if (parts.length === 0) return taken;
  const named = calledIn(parts, textsOf(files, paths, workspace));
  const known = new Set(named.map(({ path }) => path));
  // The name of a file can be put together: then any file may be the caller.
  const callers = [...paths, ...files.map(({ path }) => path)];
  const rest = parts.flatMap((path) => (known.has(path) ? [] : { path, files: [path], callers }));
  const alone = await history.stoodAlone([...named, ...rest]);
  return alone.size === 0 ? taken : new Set([...taken].filter((path) => !alone.has(path)));
}

function* textsOf(files: readonly SourceFile[], paths: readonly string[], workspace: Workspace): Generator<SourceFile> {
  yield* files;
  for (const path of paths) {
    let text = "";
    workspace.skim(path, (bytes) => {
      text = bytes;
    });
    yield { path, text };
  }
}
