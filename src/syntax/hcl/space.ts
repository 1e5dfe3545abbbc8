/** White space as Go's `unicode.IsSpace` has it. JavaScript's `\s` has U+FEFF too, and lacks U+0085. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export function spacesAtStart(text: string): number {
  let count = 0;
  while (count < text.length && SPACE.test(text.charAt(count))) count++;
  return count;
}

export function spacesAtEnd(text: string): number {
  let count = 0;
  while (count < text.length && SPACE.test(text.charAt(text.length - 1 - count))) count++;
  return count;
}
