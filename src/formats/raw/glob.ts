/**
 * The globs of `role-policies`. They mean what the globs of `paths` mean (`sources/globs.ts`): `*` and `?` stay within a folder, `**` goes across
 * folders, `{a,b}` is either; a glob without a slash is tried on the last name of a path, and one that means a folder means all in it.
 */

/** A test of paths relative to the checked folder. A leading `./` means nothing. */
export function globMatcher(glob: string): (path: string) => boolean {
  const plain = glob.replace(/^(?:\.\/+)+|\/+$/g, "").replace(/(?:\*\*\/)+/g, "**/");
  const pattern = plain
    .split(/(\*\*\/|\*\*|\*|\?|\{[^{}/]*\})/)
    .map(translated)
    .join("");
  const expression = new RegExp(`^${plain.includes("/") ? "" : "(?:.*/)?"}${pattern}(?:/.*)?$`);
  return (path) => expression.test(path);
}

function translated(part: string): string {
  if (part.startsWith("{") && part.endsWith("}"))
    return `(?:${part.slice(1, -1).split(",").map(translated).join("|")})`;
  return WILDCARDS.get(part) ?? part.replace(/[\\^$.|+()[\]{}*?]/g, "\\$&");
}

const WILDCARDS: ReadonlyMap<string, string> = new Map([
  ["**/", "(?:.*/)?"],
  ["**", ".*"],
  ["*", "[^/]*"],
  ["?", "[^/]"],
]);
