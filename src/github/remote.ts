/**
 * The files of a pull request where they must not be on the runner: beside a token that writes. They are read through
 * the API, held in memory and only ever parsed.
 */
import { posix } from "node:path";
import { LINK, type Snapshot } from "../base/listing.ts";
import { type Content, emptyTree, overlay } from "../sources/overlay.ts";
import type { Tree } from "../sources/tree.ts";
import { isWalked } from "../sources/walk.ts";
import { grouped } from "../words.ts";
import { connect } from "./connect.ts";
import type { PullRequest } from "./event.ts";
import { failureOf } from "./refusal.ts";

export interface Remote {
  readonly tree: Tree;
  /** Loads what the tree was asked for in vain since the last call; false when that was nothing. */
  readonly load: () => Promise<boolean>;
  /** The text of a file, undefined when it was not read; the path is that of the repository. */
  readonly text: (path: string) => string | undefined;
}

/** Of one pull request. */
const mostFiles = 3_000;
/** How long reading all of it may take, in milliseconds. */
const readTime = 120_000;
/** So often files are loaded that others name. */
const mostRounds = 4;

/**
 * Opens the newest commit of a pull request. `prefix` is the path of the checked folder: empty, or ending in `/`. Throws
 * a sentence when the files can't be had.
 */
export async function openRemote(token: string, event: PullRequest, prefix: string): Promise<Remote> {
  if (token === "") throw new Error("Input github-token is empty, so the files of the pull request can't be read.");
  const explain = (error: unknown): Error =>
    failureOf("The files of the pull request can't be read", error, "contents: read");
  try {
    const api = await connect(token, event.repository, Date.now() + readTime);
    const remote = await remoteOf(await api.snapshot(event.head), prefix);
    return { ...remote, load: () => remote.load().catch((error) => Promise.reject(explain(error))) };
  } catch (error) {
    throw explain(error);
  }
}

async function remoteOf({ files, load }: Snapshot, prefix: string): Promise<Remote> {
  const contents = new Map<string, Buffer | string>();
  const wanted = new Set<string>();
  let rounds = 0;
  const loadWanted = async (): Promise<boolean> => {
    const ids = [...wanted].filter((id) => !contents.has(id));
    wanted.clear();
    if (ids.length === 0 || rounds++ >= mostRounds) return false;
    if (ids.length + contents.size > mostFiles) {
      throw new Error(
        `It has more than ${grouped(mostFiles)} files that may matter. Narrow them down with working-directory`,
      );
    }
    for (const [id, content] of await load(ids)) contents.set(id, content);
    return true;
  };
  const read = (id: string): Buffer | string => {
    const known = contents.get(id);
    if (known === undefined) wanted.add(id);
    return known ?? "The file was not loaded.";
  };
  for (const [path, { mode, id }] of files) if (mode === LINK || isWalked(posix.relative(prefix, path))) wanted.add(id);
  await loadWanted();
  const all = new Map<string, Content>();
  for (const [path, { mode, id }] of files) {
    const target = mode === LINK ? contents.get(id) : undefined;
    const content: Content = target
      ? { kind: "link", target: target.toString() }
      : { kind: "file", read: () => read(id) };
    all.set(posix.relative(prefix, path), content);
  }
  const depth = prefix.split("/").length - 1;
  return {
    tree: overlay(emptyTree(depth), all),
    load: loadWanted,
    text: (path) => {
      const file = files.get(path);
      const content = file === undefined || file.mode === LINK ? undefined : contents.get(file.id);
      return Buffer.isBuffer(content) ? content.toString("utf8") : undefined;
    },
  };
}
