/** Three-valued matching in Rego against a reference that knows nothing of it: the holes filled in with random text. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fill, filling, globMatches, literal, patternPiece, textPiece } from "./holes.ts";
import { probe } from "./probe.ts";

const ask = probe();

const pieces = fc.array(textPiece, { maxLength: 7 });

/**
 * A pattern made from the text, some of its pieces exchanged, left out or added: near misses are what shows mistakes.
 */
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

test("yes always matches and no never does, whatever the holes represent", () => {
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
