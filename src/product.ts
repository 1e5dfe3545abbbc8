/** The version of this release; a test compares it with package.json, which is not in dist/. */
export const version = "1.0.0";
export const homepage = "https://github.com/org/batch-secrets-check";

export function rulePage(rule: string): string {
  return `${homepage}/blob/v1/docs/rules/${rule}.md`;
}
