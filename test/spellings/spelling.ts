/** What people call a spelling, and its files by path. */
export type Spelling = readonly [string, Readonly<Record<string, string | Buffer>>];
