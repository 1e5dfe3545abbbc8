import fc from "fast-check";
import { expect, test } from "vitest";
import { firstOf, itemsOf, joinWithin, type Section } from "./sections.ts";

const length = (text: string) => text.length;
const more = (left: number) => `+${left}\n`;
const cut = "\n_Truncated._\n";

test("sections stand one after another, empty ones leave no gap", () => {
  const sections: Section[] = [
    { head: "a" },
    { head: "" },
    { head: "b\n", items: itemsOf([1, 2], (n) => `${n}\n`), foot: "end" },
  ];
  expect(joinWithin(sections, 1_000, length)).toBe("a\n\nb\n1\n2\nend\n");
});

test("of a long list the first ones stand there, and the others are counted whatever finds no room", () => {
  const list = { head: "b\n", ...firstOf([..."123456789"], 4, (one) => `${one}xxx\n`, more) };
  expect(joinWithin([list], 1_000, length)).toBe("b\n1xxx\n2xxx\n3xxx\n4xxx\n+5\n\n");
  expect(joinWithin([list], cut.length + 22, length)).toBe("b\n1xxx\n2xxx\n3xxx\n+6\n\n");
});

test("items that find no room are counted, and the foot still stands", () => {
  const list = { head: "b\n", items: itemsOf([..."123456789"], () => "xxxx\n"), more, foot: "end" };
  expect(joinWithin([list], cut.length + 25, length)).toBe("b\nxxxx\nxxxx\nxxxx\n+6\nend\n");
});

test("a section whose head finds no room ends the text, and the text says so", () => {
  const sections = [{ head: "a" }, { head: "b".repeat(99) }, { head: "c" }];
  expect(joinWithin(sections, cut.length + 50, length)).toBe(`a\n${cut}`);
});

test("the text never measures more than the limit and holds whole pieces only", () => {
  const section = fc.record({
    head: fc.string({ maxLength: 20 }),
    items: fc.array(fc.constantFrom("```json\n{}\n```\n", "| a | b |\n", "😀\n")).map((list) => itemsOf(list, String)),
    foot: fc.constantFrom("", "</details>"),
    more: fc.constant(more),
  });
  const measures = [length, (text: string) => Buffer.byteLength(text)];
  fc.assert(
    fc.property(fc.array(section), fc.nat(400), fc.constantFrom(...measures), (sections, extra, measure) => {
      const text = joinWithin(sections, cut.length + extra, measure);
      expect(measure(text)).toBeLessThanOrEqual(cut.length + extra);
      expect((text.match(/```/g) ?? []).length % 2).toBe(0);
      expect(text.isWellFormed()).toBe(true);
    }),
  );
});

test("a piece is made only when it may find room", () => {
  let made = 0;
  const items = itemsOf(Array.from({ length: 1_000 }), () => {
    made++;
    return "xxxx\n";
  });
  joinWithin([{ head: "", items }], cut.length + 25, length);
  expect(made).toBeLessThan(10);
});
