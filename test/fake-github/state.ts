/** What the stand-in knows: one pull request of one repository. Tests read it and change it between two runs. */

/** An entry of the list of changed files, as GitHub has it. */
export interface FakeFile {
  readonly filename: string;
  readonly status: "added" | "removed" | "modified" | "renamed";
  readonly previous_filename?: string;
  readonly additions: number;
  readonly deletions: number;
  /** Absent for binary files and large changes. */
  readonly patch?: string;
}

/** An entry of a tree, as git lists it. */
export interface FakeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size?: number;
}

export interface FakeComment {
  readonly id: number;
  readonly login: string;
  body: string;
  /** Somebody has minimized it. */
  hidden?: boolean;
}

export interface FakeReviewComment extends FakeComment {
  readonly review: number;
  readonly path: string;
  /** The text of the line it stands on. */
  readonly text: string;
  /** Null when it is outdated. */
  line: number | null;
  readonly start_line?: number;
  /** `RIGHT` when it is left out. */
  readonly side?: Side;
  /** The comment that it answers. */
  readonly in_reply_to_id?: number;
  /** Of the thread that it begins. */
  resolved?: boolean;
}

export interface FakeReview {
  readonly id: number;
  readonly login: string;
  body: string;
  hidden?: boolean;
  readonly commit_id: string;
  readonly event: string;
}

export interface FakeState {
  readonly owner: string;
  readonly name: string;
  readonly number: number;
  head: string;
  /** The repository with the branch of the pull request, when it is another one. */
  fork?: { readonly id: number; readonly owner: string };
  /** The merge with the base, when it is not what the head is. */
  merge?: string;
  base: string;
  /** The newest commit of the default branch, which is the base branch; undefined: it is still `base`. */
  tip?: string;
  files: readonly FakeFile[];
  /** The text of a file at a commit. */
  contents: (commit: string, path: string) => string | undefined;
  /** The same as bytes; left out: those of the text. */
  bytes?: (commit: string, path: string) => Buffer | undefined;
  /** What a commit holds; undefined for a commit that is not there. */
  tree?: (commit: string) => readonly FakeEntry[] | undefined;
  blob?: (id: string) => Buffer | undefined;
  /** The name of a commit's tree. */
  treeId?: (commit: string) => string | undefined;
  /** The parents of a commit; undefined for one that is not there. */
  parents?: (commit: string) => readonly string[] | undefined;
  mergeBase?: (one: string, other: string) => string | undefined;
  /** So many entries of a tree are listed. */
  longestTree?: number;
  readonly issueComments: FakeComment[];
  readonly reviewComments: FakeReviewComment[];
  /** A review without words goes when its last comment is deleted. */
  readonly reviews: FakeReview[];
}

/** What git knows of a pull request. */
export type FakeChange = Pick<
  FakeState,
  "head" | "base" | "files" | "contents" | "bytes" | "tree" | "treeId" | "blob" | "parents" | "mergeBase"
>;

/** What a commit has at a path. */
export function entryAt({ tree }: FakeState, commit: string, path: string): FakeEntry | undefined {
  return tree?.(commit)?.find((entry) => entry.path === path);
}

export type Side = "LEFT" | "RIGHT";

/**
 * The lines of one side of a patch: their number, text and the index of their hunk. Read apart from how the action does
 * it.
 */
export function linesOn(
  side: Side,
  patch: string,
): readonly { readonly line: number; readonly text: string; readonly hunk: number }[] {
  const found: { line: number; text: string; hunk: number }[] = [];
  const mark = side === "LEFT" ? "-" : "+";
  let next = 0;
  let hunk = 0;
  for (const line of patch.split("\n")) {
    const [, left, right] = /^@@ -(\d+)[\d,]* \+(\d+)/.exec(line) ?? [];
    if (left !== undefined) {
      next = Number(side === "LEFT" ? left : right);
      hunk++;
    } else if (line.startsWith(mark) || line.startsWith(" ")) {
      found.push({ line: next++, text: line.slice(1), hunk });
    }
  }
  return found;
}

/**
 * A push to the pull request. A comment follows its line, in its file, as long as the push leaves that line alone and it
 * is in the diff; else it becomes outdated, as on GitHub.
 */
export function push(state: FakeState, to: FakeChange): void {
  const { head: before } = state;
  for (const comment of state.reviewComments) {
    const patch = to.files.find(({ filename }) => filename === comment.path)?.patch ?? "";
    if (comment.side === "LEFT") {
      const same = linesOn("LEFT", patch).find((one) => one.line === comment.line && one.text === comment.text);
      comment.line = same?.line ?? null;
      continue;
    }
    const texts = [before, to.head].map((commit) => (to.contents(commit, comment.path) ?? "").split("\n"));
    const [old = [], now = []] = texts;
    const line = comment.line === null ? undefined : keptLine(old, now, comment.line);
    comment.line = linesOn("RIGHT", patch).find((one) => one.line === line)?.line ?? null;
  }
  Object.assign(state, to);
}

/** Where a line is after a change, by the longest common subsequence of lines; undefined when it is gone. */
function keptLine(old: readonly string[], now: readonly string[], line: number): number | undefined {
  const common = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (row: number, column: number) => common[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      const longest =
        old[row] === now[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
      (common[row] ?? [])[column] = longest;
    }
  }
  let column = 0;
  for (let row = 0; row < old.length && column < now.length; ) {
    if (old[row] === now[column]) {
      if (row === line - 1) return column + 1;
      row++;
      column++;
    } else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return undefined;
}

/** The commit that a name of git means; the default branch is the base branch. */
export function commitOf({ head, merge = head, base, tip = base }: FakeState, name: string): string | undefined {
  if (name === "HEAD" || name === "refs/heads/main") return tip;
  if (name === "refs/pull/7/head") return head;
  // As long as the base has not moved the merge has the files of the head.
  if (name === "refs/pull/7/merge") return merge;
  return /^[0-9a-f]{40}$/.test(name) ? name : undefined;
}
