/**
 * A reference for what holes and IAM patterns mean: holes are filled in with random text, patterns are matched
 * literally.
 */
import fc from "fast-check";
import { replaceHoles } from "../../src/facts/text.ts";

/** Whether an IAM pattern matches a string: `*` for any characters, `?` for any one. */
export function globMatches(pattern: string, value: string): boolean {
  const characters = [...value];
  let reachable = new Set([0]);
  for (const symbol of pattern) {
    const next = new Set<number>();
    for (const at of reachable) {
      if (symbol === "*") for (let to = at; to <= characters.length; to++) next.add(to);
      else if (at < characters.length && (symbol === "?" || symbol === characters[at])) next.add(at + 1);
    }
    reachable = next;
  }
  return reachable.has(characters.length);
}

const narrow = fc.constantFrom("⟨n⟩", "⟨m@unit⟩");
const suffix = fc.constantFrom("⟨#s⟩", "⟨#t@unit⟩");
const wide = fc.constantFrom("⟨*w⟩", "⟨*v@unit⟩");

export const literal = fc.constantFrom("a", "b", "ab", "ba", "-", "/", ":", "arn:", "s.x", "aaaaaa", "bbbbbb-");

/** A piece of a string, most often a literal one. */
export const textPiece = fc.oneof(
  { arbitrary: literal, weight: 6 },
  { arbitrary: narrow, weight: 2 },
  { arbitrary: suffix, weight: 2 },
  { arbitrary: wide, weight: 1 },
);

/** A piece of a pattern: of a string, a wildcard, or a policy variable. */
export const patternPiece = fc.oneof(
  { arbitrary: textPiece, weight: 4 },
  { arbitrary: fc.constantFrom("*", "?", "??????", "*:", "${aws:x}"), weight: 2 },
);

/** What the holes represent in one try. */
export const filling = fc.record({
  narrow: fc.array(fc.constantFrom("", "a", "b", "ab", "-", "a/b", "aaaaaaa"), { minLength: 2, maxLength: 2 }),
  suffix: fc.array(fc.string({ unit: fc.constantFrom("a", "b", "Z"), minLength: 6, maxLength: 6 }), {
    minLength: 2,
    maxLength: 2,
  }),
  wide: fc.array(fc.constantFrom("", "a", "b", ":", "a:b", "arn:a", "-aaaaaa", "::"), { minLength: 3, maxLength: 3 }),
});
type Filling = typeof filling extends fc.Arbitrary<infer T> ? T : never;

/** The text with its holes and policy variables filled in. */
export function fill(text: string, { narrow, suffix, wide }: Filling): string {
  const known: Record<string, string | undefined> = {
    "⟨n⟩": narrow[0],
    "⟨m@unit⟩": narrow[1],
    "⟨#s⟩": suffix[0],
    "⟨#t@unit⟩": suffix[1],
    "⟨*w⟩": wide[0],
    "⟨*v@unit⟩": wide[1],
  };
  return replaceHoles(text, (token) => known[token] ?? "").replaceAll("${aws:x}", wide[2] ?? "");
}
