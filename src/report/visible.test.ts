import fc from "fast-check";
import { expect, test } from "vitest";
import { clean, cleanLines, clip } from "./visible.ts";

test("a cut never halves a character", () => {
  expect(clip("ab😀cd", 4)).toBe("ab…");
  expect(clip("abc", 3)).toBe("abc");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 20 }), (text, limit) => {
      expect(clip(text, limit).length).toBeLessThanOrEqual(limit);
      expect(clip(text, limit).isWellFormed()).toBe(true);
    }),
  );
});

test("characters that can't be seen are shown as such", () => {
  expect(clean("a\u202eb\u0000c\u{200b}d\ud800e\nf")).toBe("a�b�c�d�e f");
  expect(cleanLines("a\tb\r\nc\u0007\rd")).toBe("a\tb\nc�\nd");
});
