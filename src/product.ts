/** The version of this release; a test compares it with package.json, which is not in dist/. */
export const version = "1.0.0";
export const homepage = "https://github.com/org/batch-secrets-check";

/** The page of a rule. Rules of the user's own have a namespace, and what is said of them is theirs. */
export function rulePage(rule: string): string {
  const page = rule.includes("/") ? "write-your-own-rule" : `rules/${rule}`;
  return `${homepage}/blob/v1/docs/${page}.md`;
}
