/** Characters that are written as escapes, for whoever looks for words in a string before it is parsed. */

/**
 * Escapes of JSON, YAML and Terraform for characters of ASCII, and the line breaks that YAML's double quotes leave out.
 * https://yaml.org/spec/1.2.2/#57-escaped-characters
 */
const ESCAPE = /\\(?:u00([2-7][\da-fA-F])|x([2-7][\da-fA-F])|U000000([2-7][\da-fA-F])|\r?\n[ \t]*)/g;

/** The text with the characters that its escapes mean. Escaped backslashes are not told from others. */
export function withoutEscapes(text: string): string {
  if (!/\\[uUx\r\n]/.test(text)) return text;
  return text.replace(ESCAPE, (_, short?: string, byte?: string, long?: string) => {
    const code = short ?? byte ?? long;
    return code === undefined ? "" : String.fromCharCode(Number.parseInt(code, 16));
  });
}
