/** Paths and globs of the user, below the checked folder. */

/** Whether a path, relative and with `/`, is meant. */
export type PathTest = (path: string) => boolean;

export function isGlob(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** The path as the walk writes it, without `./` before or `/` after it. */
export function normalPath(path: string): string {
  return path
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/+)+|(?<!\/)\/+$/g, "")
    .replace(/^\.$/, "");
}

/** A test for the files that a path means: a file, a folder with everything in it, or a glob. */
export async function pathTest(path: string): Promise<PathTest> {
  const plain = normalPath(path).replace(/^\/+/, "");
  const isMatch = await anyGlob([plain]);
  return (file) => file === plain || file.startsWith(`${plain}/`) || (isMatch?.(file) ?? false);
}

/** A test for any of the globs that notes which of them nothing fits; undefined without globs. */
export async function countingGlobs(
  globs: readonly string[],
): Promise<{ readonly test: PathTest; readonly unused: () => readonly string[] } | undefined> {
  const test = await anyGlob(globs);
  if (test === undefined) return undefined;
  const unused = new Map<string, PathTest>();
  for (const glob of globs) unused.set(glob, (await anyGlob([glob])) ?? (() => true));
  return {
    test: (path) => {
      for (const [glob, fits] of unused) if (fits(path)) unused.delete(glob);
      return test(path);
    },
    unused: () => [...unused.keys()],
  };
}

/**
 * A test for any of the globs; undefined without globs. As in a `.gitignore`, a glob without a slash is tried on the
 * last name of a path, and one that means a folder means all in it. Hidden files are files like others.
 */
export async function anyGlob(globs: readonly string[]): Promise<PathTest | undefined> {
  const patterns = globs.map(normalPath).filter((glob) => glob !== "");
  if (patterns.length === 0) return undefined;
  const { default: picomatch } = await import("picomatch");
  const tests = patterns.flatMap((pattern) => {
    const anywhere = pattern.includes("/") ? pattern.replace(/^\/+/, "") : `**/${pattern}`;
    return [picomatch(anywhere, { dot: true }), picomatch(`${anywhere}/**`, { dot: true })];
  });
  return (path) => tests.some((test) => test(path));
}
