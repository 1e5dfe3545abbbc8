/** What becomes of a violation behind a cut. */
export type Outcome = "named" | "found" | "open";

/** What is cut, the files by path that have a violation behind it, and what becomes of that if its file is not named. */
export type Cut = readonly [string, Readonly<Record<string, string | Buffer>>, Outcome?];
