/** Reading by the grammar, mended where it misreads Terraform. */
import { parseRaw, type RawTree } from "./grammar.ts";

/**
 * Parses text, which ends with a line end, that was changed where the grammar would misread it, without moving anything: a number such as `1e5` gets plain
 * digits, of `$$${` only the last three characters stay, and when there is an error, a line break before a key in parentheses
 * becomes the comma that it stands for. Text and numbers are read from the file itself, so the changes are not seen.
 */
export function parseByGrammar(text: string): RawTree {
  const numbers = text.replace(/(?<![\w.])\d+[eE][+-]?\d+(?![\w.])/g, (number) => "1".repeat(number.length));
  const escapes = numbers.replace(/\$+(?=\$\$\{)|%+(?=%%\{)/g, (signs) => "_".repeat(signs.length));
  const plain = parseRaw(escapes);
  if (!plain.hasError) return plain;
  const commas = escapes.replace(BEFORE_KEY, (end) => `,${end.slice(1)}`);
  if (commas === escapes) return plain;
  const mended = parseRaw(commas);
  return mended.hasError ? plain : mended;
}

/** The end of a line that is followed by a key in parentheses. The lengths are bounded, since every line end is tried. */
const BEFORE_KEY = /(?<=[\w"\])}][ \t]{0,50})\r?\n(?=\s{0,200}\([^\n]{0,300}\)\s{0,50}[=:])/g;
