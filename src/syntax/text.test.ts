import fc from "fast-check";
import { expect, test } from "vitest";
import { inPlaceOf, joined, locate, offsetsOf, partOf, piecesAt, piecesOf, slicePieces, textFrom } from "./text.ts";
import type { Piece, TextValue } from "./value.ts";

const file = { path: "a.json", text: "0123456789".repeat(10) };
/** Pieces that are in the file one behind the other: as long as their text, or shorter or longer. */
const pieces = fc
  .array(fc.tuple(fc.string({ maxLength: 4 }), fc.nat(2), fc.nat(6)), { maxLength: 8 })
  .map((parts): readonly Piece[] => {
    let at = 0;
    return parts.map(([text, gap, width]) => {
      const start = at + gap;
      at = start + (width > 4 ? text.length : width);
      return { text, at: { file, start, end: at } };
    });
  });
const whole = { file, start: 0, end: 80 };

test("a string of pieces has an offset for each character and its end, and they never fall", () => {
  fc.assert(
    fc.property(pieces, (all) => {
      const offsets = offsetsOf(all, whole);
      expect(offsets.length).toBe(joined(all).length + 1);
      expect(offsets.every((offset, index) => index === 0 || offset >= (offsets[index - 1] ?? 0))).toBe(true);
      const { pieces: _, ...text } = textFrom(all, whole);
      expect(joined(piecesOf(text))).toBe(joined(all));
    }),
  );
});

test("a slice has the characters that it is asked for, however it is found", () => {
  fc.assert(
    fc.property(pieces, fc.nat(20), fc.nat(20), (all, from, length) => {
      const text = joined(all);
      const [start, end] = [Math.min(from, text.length), Math.min(from + length, text.length)];
      expect(joined(slicePieces(all, start, end))).toBe(text.slice(start, end));
      expect(joined(locate(all, whole).slice(start, end))).toBe(text.slice(start, end));
    }),
  );
});

test("what replaces a part of a string is where the part stood, and the rest stays", () => {
  const text: TextValue = { kind: "text", value: "abcdef", at: whole, offsets: () => [10, 11, 12, 14, 15, 16, 17] };
  const replaced = [partOf(text, 0, 2), inPlaceOf(text, 2, 4, "xyz"), partOf(text, 4, 6)];
  expect(joined(replaced)).toBe("abxyzef");
  expect(offsetsOf(replaced, whole)).toEqual([10, 11, 12, 12, 12, 15, 16, 17]);
});

test("a string in a string has the text's pieces, and what an escape made is a piece of its own", () => {
  const put: Piece = {
    text: "put",
    at: { file, start: 40, end: 49 },
    value: { kind: "text", value: "put", at: whole },
  };
  const source = [
    { text: '"a', at: { file, start: 0, end: 2 } },
    put,
    { text: '\\n"', at: { file, start: 2, end: 5 } },
  ];
  expect(piecesAt(locate(source, whole), joined(source), "aput\n", [1, 2, 3, 4, 5, 7])).toEqual([
    { text: "a", at: { file, start: 1, end: 2 } },
    put,
    { text: "\n", at: { file, start: 2, end: 4 } },
  ]);
});
