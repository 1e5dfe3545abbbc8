/** Characters that are written as escapes, for whoever looks for words in a string before it is parsed. */

/**
 * Escapes of JSON, YAML and Terraform for characters of ASCII, and the line breaks that YAML's double quotes leave out.
 * https://yaml.org/spec/1.2.2/#57-escaped-characters
 */
const ESCAPE = /\\(?:u00([2-7][\da-fA-F])|x([2-7][\da-fA-F])|U000000([2-7][\da-fA-F])|\r?\n[ \t]*)/g;

/** The text with the characters that its escapes mean. Escaped backslashes are not told from others. */
export function withoutEscapes(text: string): string {
  if (!/\\[uUx\r\n]/.test(text)) return text;
  let plain = "";
  for (let from = 0, to = 0; from < text.length; from = to) {
    to = from + PART < text.length ? beforeEscape(text, from + PART) : text.length;
    plain += unescaped(text.slice(from, to));
  }
  return plain;
}

/** A replacement holds all its pieces in memory: a long text is done in parts. */
const PART = 1_000_000;
/** No escape is longer, but for line breaks. */
const LONGEST = 10;

/** An offset close before another one, at which no escape is cut in two. */
function beforeEscape(text: string, offset: number): number {
  const backslash = text.lastIndexOf("\\", offset);
  return offset - backslash < LONGEST ? backslash : offset;
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, short?: string, byte?: string, long?: string) => {
    const code = short ?? byte ?? long;
    return code === undefined ? "" : String.fromCharCode(Number.parseInt(code, 16));
  });
}
