/** What is known of how the checked files came about, where a change is judged. */
export interface History {
  /** Whether a file is of the checked commit, so that no step of the workflow made it. */
  readonly isCommitted: (path: string) => Promise<boolean>;
  /** The paths of those that stood alone before the change, though something calls them now. */
  readonly stoodAlone: (called: readonly Called[]) => Promise<ReadonlySet<string>>;
}

/** A module or a template that another one calls. */
export interface Called {
  /** A folder, or the file of a template. */
  readonly path: string;
  /** Its own files. */
  readonly files: readonly string[];
  /** The files that call it. */
  readonly callers: readonly string[];
}

/** Where no change is judged, nothing is in doubt. */
export const NO_HISTORY: History = { isCommitted: async () => false, stoodAlone: async () => new Set() };
