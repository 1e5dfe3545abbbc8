/** The globs of `role-policies`: `*` and `?` within a folder, `**` across folders. */

/** A test of paths relative to the checked folder. A leading `./` means nothing. */
export function globMatcher(glob: string): (path: string) => boolean {
  const plain = glob.replace(/^(?:\.\/)+/, "").replace(/(?:\*\*\/)+/g, "**/");
  if (!/[*?]/.test(plain)) return (path) => path === plain || path.startsWith(`${plain.replace(/\/$/, "")}/`);
  const pattern = plain
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) => PARTS.get(part) ?? part.replace(/[\\^$.|+()[\]{}]/g, "\\$&"))
    .join("");
  const expression = new RegExp(`^${pattern}$`);
  return (path) => expression.test(path);
}

const PARTS: ReadonlyMap<string, string> = new Map([
  ["**/", "(?:[^/]+/)*"],
  ["**", ".*"],
  ["*", "[^/]*"],
  ["?", "[^/]"],
]);
