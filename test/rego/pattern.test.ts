/** Three-valued matching in Rego against a reference that knows nothing of it: the holes filled in with random text. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { replaceHoles } from "../../src/facts/text.ts";
import { probe } from "./probe.ts";

const ask = probe();

/** Whether an IAM pattern matches a text: `*` for any characters, `?` for any one. */
function globMatches(pattern: string, value: string): boolean {
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
const literal = fc.constantFrom("a", "b", "ab", "ba", "-", "/", ":", "arn:", "s.x", "aaaaaa", "bbbbbb-");

const textPiece = fc.oneof(
  { arbitrary: literal, weight: 6 },
  { arbitrary: narrow, weight: 2 },
  { arbitrary: suffix, weight: 2 },
  { arbitrary: wide, weight: 1 },
);
const patternPiece = fc.oneof(
  { arbitrary: textPiece, weight: 4 },
  { arbitrary: fc.constantFrom("*", "?", "??????", "*:", "${aws:x}"), weight: 2 },
);
const pieces = fc.array(textPiece, { maxLength: 7 });

/** A pattern made from the text, some of its pieces exchanged, left out or added: near misses are what shows mistakes. */
const near = pieces.chain((text) =>
  fc
    .array(fc.tuple(fc.constantFrom("keep", "keep", "keep", "drop", "exchange", "add"), patternPiece), {
      minLength: text.length,
      maxLength: text.length,
    })
    .map((changes): [string, string] => [
      text
        .map((piece, index) => {
          const [change, other] = changes[index] ?? ["keep", ""];
          return { keep: piece, drop: "", exchange: other, add: piece + other }[change];
        })
        .join(""),
      text.join(""),
    ]),
);
const far = fc.tuple(
  fc.array(patternPiece, { maxLength: 7 }).map((list) => list.join("")),
  pieces.map((list) => list.join("")),
);

/** What the holes stand for in one try. */
const filling = fc.record({
  narrow: fc.array(fc.constantFrom("", "a", "b", "ab", "-", "a/b", "aaaaaaa"), { minLength: 2, maxLength: 2 }),
  suffix: fc.array(fc.string({ unit: fc.constantFrom("a", "b", "Z"), minLength: 6, maxLength: 6 }), {
    minLength: 2,
    maxLength: 2,
  }),
  wide: fc.array(fc.constantFrom("", "a", "b", ":", "a:b", "arn:a", "-aaaaaa", "::"), { minLength: 3, maxLength: 3 }),
});
type Filling = typeof filling extends fc.Arbitrary<infer T> ? T : never;

function fill(text: string, { narrow, suffix, wide }: Filling): string {
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

test("yes always matches and no never does, whatever the holes stand for", () => {
  const pairs = fc.array(fc.oneof(near, far), { minLength: 100, maxLength: 100 });
  const fillings = fc.array(filling, { minLength: 25, maxLength: 25 });
  let decided = 0;
  fc.assert(
    fc.property(pairs, fillings, (questions, tries) => {
      const answers = ask("matches", questions);
      questions.forEach(([pattern, value], index) => {
        const answer = answers[index];
        if (answer !== "maybe") decided++;
        for (const one of tries) {
          const matches = globMatches(fill(pattern, one), fill(value, one));
          if (answer === (matches ? "no" : "yes")) {
            throw new Error(`${pattern} on ${value}: ${answer}, but ${fill(pattern, one)} on ${fill(value, one)}`);
          }
        }
      });
    }),
    { numRuns: 60 },
  );
  expect(decided).toBeGreaterThan(1000);
});

test("without holes there is no maybe", () => {
  const piece = fc.oneof(literal, fc.constantFrom("*", "?", "??????"));
  const pair = fc.tuple(
    fc.array(piece, { maxLength: 7 }).map((list) => list.join("")),
    fc.array(literal, { maxLength: 5 }).map((list) => list.join("")),
  );
  fc.assert(
    fc.property(fc.array(pair, { minLength: 50, maxLength: 50 }), (questions) => {
      const expected = questions.map(([pattern, value]) => (globMatches(pattern, value) ? "yes" : "no"));
      expect(ask("matches", questions)).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});
