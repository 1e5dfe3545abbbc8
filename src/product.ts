/** What this product is called and where it lives. */

/** The version of this release; a test compares it with package.json, which is not in dist/. */
export const version = "1.0.0";
export const homepage = "https://github.com/org/batch-secrets-check";

/** The URL of a rule's page. */
export function rulePage(rule: string): string {
  return `${homepage}/blob/v1/docs/rules/${rule}.md`;
}
