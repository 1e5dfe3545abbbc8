/** What is in a pull request: what others wrote, what we wrote, and what people did with it. */

export interface Comment {
  readonly id: number;
  readonly author: string | undefined;
  readonly body: string;
  /** Somebody has hidden (minimized) it. */
  readonly hidden: boolean;
}

/** A comment on a line and what came after it. */
export interface Thread extends Comment {
  /** What GraphQL calls it; undefined where only REST answered, which doesn't know of threads. */
  readonly thread?: string;
  readonly path: string;
  /** The line on which it was written, without a line break. */
  readonly line: string;
  /** Its lines are not in the diff any more. */
  readonly outdated: boolean;
  readonly answered: boolean;
  readonly resolved: boolean;
  /** Whether this token may resolve it: that wants `contents: write`, which nobody should grant for this. */
  readonly resolvable: boolean;
}

export interface PullState {
  /** The newest commit. */
  readonly head: string;
  /** The login under which this token writes. */
  readonly login: string;
  readonly comments: readonly Comment[];
  readonly reviews: readonly Comment[];
  readonly threads: readonly Thread[];
}

/** The line on which a comment was written: a hunk of the diff, as GitHub keeps it, ends with it. */
export function commentedLine(diffHunk: string): string {
  const last = diffHunk.slice(diffHunk.lastIndexOf("\n") + 1);
  return last.slice(1).replace(/\r$/, "");
}
