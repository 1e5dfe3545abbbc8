/** File patterns of `fileset`, as far as picomatch and Terraform's github.com/bmatcuk/doublestar agree. */

let picomatch: typeof import("picomatch") | undefined;

/** Loads the library. Without it no pattern is known. */
export async function loadGlobs(): Promise<void> {
  picomatch ??= (await import("picomatch")).default;
}

/** One name of a pattern: letters, `?`, `[a-z]`, `{a,b}`, and at most two `*`, so that matching takes no time. */
const PART = /^(?:[\w ~@%=+.,-]|\?|\[[!^]?[\w-]+\]|\{[\w.*,-]+\}|\*(?![^*]*\*[^*]*\*))+$/;
const MAX_ANY_DEPTH = 2;

/** A test of relative paths with `/`; undefined for a pattern that is not understood here. */
export function globMatcher(pattern: string): ((path: string) => boolean) | undefined {
  const parts = pattern.replace(/^\.\//, "").split("/");
  const anyDepth = parts.filter((part) => part === "**").length;
  const known = parts.every((part) => part === "**" || (PART.test(part) && !/\*\*|\.\.|^\.$/.test(part)));
  if (!known || anyDepth > MAX_ANY_DEPTH) return undefined;
  const test = picomatch?.(parts.join("/").replaceAll("[!", "[^"), { dot: true, noextglob: true, nonegate: true });
  return test && ((path) => test(path));
}
