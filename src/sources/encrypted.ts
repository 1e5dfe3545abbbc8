/** What is said of a file that may matter and is encrypted as a whole, by the tool that did it. */
export function encryptedBy(what: string): string {
  return `The file is encrypted (${what}), so it was not checked.`;
}
