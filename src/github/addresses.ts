import { encodePath } from "../report/escape.ts";
import type { Location } from "../source.ts";
import type { Repository } from "./event.ts";

/** The page of a place at a commit. `plain=1` shows the source of a file that GitHub renders. */
export function lineAddress(repository: Repository, commit: string, { path, start, end }: Location): string {
  const last = end.line > start.line ? `-L${end.line}` : "";
  const plain = /\.(?:md|markdown|adoc|rst)$/i.test(path) ? "?plain=1" : "";
  return `${repositoryAddress(repository)}/blob/${commit}/${encodePath(path)}${plain}#L${start.line}${last}`;
}

export function commitAddress(repository: Repository, commit: string): string {
  return `${repositoryAddress(repository)}/commit/${commit}`;
}

/** The page of the checks of a pull request: unlike that of a run it is the same when a job is run again. */
export function checksAddress(repository: Repository, number: number): string {
  return `${repositoryAddress(repository)}/pull/${number}/checks`;
}

/** The place of a comment on a line in the conversation. */
export function threadAddress(repository: Repository, number: number, comment: number): string {
  return `${repositoryAddress(repository)}/pull/${number}#discussion_r${comment}`;
}

function repositoryAddress({ server, owner, name }: Repository): string {
  return `${server}/${owner}/${name}`;
}
