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

export interface FakeComment {
  readonly id: number;
  readonly login: string;
  body: string;
}

export interface FakeReviewComment extends FakeComment {
  readonly review: number;
  readonly path: string;
  /** The text of the line it stands on. */
  readonly text: string;
  /** Null when it is outdated. */
  line: number | null;
  readonly start_line?: number;
  /** The comment that it answers. */
  readonly in_reply_to_id?: number;
}

export interface FakeReview {
  readonly id: number;
  readonly login: string;
  readonly body: string;
  readonly commit_id: string;
  readonly event: string;
}

export interface FakeState {
  readonly owner: string;
  readonly name: string;
  readonly number: number;
  head: string;
  base: string;
  /** The newest commit of the default branch, which is the base branch; undefined: it is still `base`. */
  tip?: string;
  files: readonly FakeFile[];
  /** The text of a file at a commit. */
  contents: (commit: string, path: string) => string | undefined;
  readonly issueComments: FakeComment[];
  readonly reviewComments: FakeReviewComment[];
  /** A review without words goes when its last comment is deleted. */
  readonly reviews: FakeReview[];
}

/**
 * The right-hand lines of a patch: their number, text and the index of their hunk. Read apart from how the action does
 * it.
 */
export function rightLines(
  patch: string,
): readonly { readonly line: number; readonly text: string; readonly hunk: number }[] {
  const found: { line: number; text: string; hunk: number }[] = [];
  let next = 0;
  let hunk = 0;
  for (const line of patch.split("\n")) {
    const start = /^@@ -[\d,]+ \+(\d+)/.exec(line)?.[1];
    if (start !== undefined) {
      next = Number(start);
      hunk++;
    } else if (line.startsWith("+") || line.startsWith(" ")) {
      found.push({ line: next++, text: line.slice(1), hunk });
    }
  }
  return found;
}

/** A push to the pull request: comments whose line is no longer in the diff become outdated, as on GitHub. */
export function push(state: FakeState, to: Pick<FakeState, "head" | "files" | "contents">): void {
  state.head = to.head;
  state.files = to.files;
  state.contents = to.contents;
  for (const comment of state.reviewComments) {
    const patch = state.files.find(({ filename }) => filename === comment.path)?.patch ?? "";
    comment.line = rightLines(patch).find(({ text }) => text === comment.text)?.line ?? null;
  }
}
