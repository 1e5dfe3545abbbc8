/** Strings in quotes as Go's `strconv.Quote` writes them. */
const NAMED: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};

export function goQuote(text: string): string {
  // Not printable to Go: everything that is no letter, mark, number, punctuation, symbol or the plain space. Node takes
  // 3 ms to understand it, so it is made when it is needed.
  const unprintable = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;
  return `"${text.replace(unprintable, (character) => NAMED[character] ?? escaped(character.codePointAt(0) ?? 0))}"`;
}

function escaped(code: number): string {
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
