/** SGR codes: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ §8.3.117 */
const STYLES = {
  bold: "1",
  dim: "2",
  red: "1;31",
  yellow: "1;33",
  blue: "1;34",
  cyan: "1;36",
  green: "1;32",
} as const;

export type Style = keyof typeof STYLES;

/** Gives a string a style, or leaves it as it is when there is no colour. Text of others must be cleaned before. */
export type Paint = (style: Style, text: string) => string;

export function painter(colour: boolean): Paint {
  return colour ? (style, text) => (text === "" ? "" : `\u{1b}[${STYLES[style]}m${text}\u{1b}[0m`) : (_, text) => text;
}
