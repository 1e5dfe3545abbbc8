/** File patterns of `fileset`, as far as picomatch and Terraform's github.com/bmatcuk/doublestar agree. */

let picomatch: typeof import("picomatch") | undefined;

/** Loads the library. Without it no pattern is known. */
export async function loadGlobs(): Promise<void> {
  picomatch ??= (await import("picomatch")).default;
}

const NAME = /^(?:[\w ~@%=+.,*?-]|\[[!^]?[\w-]+\]|\{[\w.*,-]+\})+$/;
/** More would let a pattern match in too many ways: `**`, `{a,b}`, and names with a second `*`. */
const MAX_OF_EACH = 2;

export function globMatcher(pattern: string): ((path: string) => boolean) | undefined {
  const names = pattern.replace(/^\.\//, "").split("/");
  const plain = names.filter((name) => name !== "**");
  const known = plain.every((name) => NAME.test(name) && !/\*\*|\.\.|^\.$/.test(name));
  const more = plain.reduce((sum, name) => sum + Math.max(0, name.split("*").length - 2), 0);
  const counts = [names.length - plain.length, pattern.split("{").length - 1, more];
  if (!known || counts.some((count) => count > MAX_OF_EACH)) return undefined;
  const test = picomatch?.(names.join("/").replaceAll("[!", "[^"), { dot: true, noextglob: true, nonegate: true });
  return test && ((path) => test(path));
}
