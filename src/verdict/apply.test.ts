import { expect, test } from "vitest";
import { finding } from "../report/testing.ts";
import { applyEdits, type Edit, editsOf, fixedTogether } from "./apply.ts";

const edit = (line: number, from: number, to: number, text: string): Edit => ({
  location: { path: "a", start: { line, column: from }, end: { line, column: to } },
  text,
});

test("edits are made where they stand, in any order, with any line ends", () => {
  const text = "one\r\ntwo two\nthree";
  expect(applyEdits(text, [edit(3, 1, 6, "3"), edit(2, 5, 8, "2"), edit(2, 1, 1, "a ")])).toBe("one\r\na two 2\n3");
  expect(applyEdits("x\ny", [edit(7, 1, 2, "z")], 7)).toBe("z\ny");
});

test("of edits that overlap, or are the same, one is made", () => {
  expect(applyEdits("abcdef", [edit(1, 1, 4, "X"), edit(1, 2, 5, "Y"), edit(1, 1, 4, "X")])).toBe("Xdef");
  expect(applyEdits("ab", [edit(1, 2, 2, "-"), edit(1, 2, 2, "-"), edit(1, 2, 2, "+")])).toBe("a-+b");
});

test("a fix with a gap or a hidden value is for people", () => {
  const with_ = (text: string) =>
    editsOf(finding({ remedy: { text: "", edits: [edit(1, 1, 2, text)], add: null, language: "json" } })).length;
  expect([with_('"arn"'), with_('"<arn of the role>"'), with_('"***"')]).toEqual([1, 0, 0]);
});

test("fixes that write different things at one place are not made together", () => {
  const fix = (...edits: Edit[]) => finding({ remedy: { text: "", edits, add: null, language: "yaml" } });
  const made = (...fixes: ReturnType<typeof fix>[]) => fixedTogether(fixes, () => "{ a: 1, b: 2 }\n{ c: 3 }\n").length;
  expect(made(fix(edit(1, 1, 1, "Policies: a\n")), fix(edit(1, 1, 1, "Policies: b\n")))).toBe(1);
  expect(made(fix(edit(1, 1, 1, "["), edit(1, 5, 5, ", a]")), fix(edit(1, 1, 1, "["), edit(1, 5, 5, ", b]")))).toBe(1);
  expect(made(fix(edit(1, 5, 5, ", a")), fix(edit(1, 5, 5, ", b")))).toBe(2);
  expect(made(fix(edit(1, 1, 4, "X")), fix(edit(1, 1, 4, "X")), fix(edit(2, 1, 4, "X")))).toBe(3);
  const wide = fix(edit(1, 3, 7, "A"), edit(2, 3, 4, "C"));
  expect(made(fix(edit(1, 5, 9, "X")), wide)).toBe(1);
  expect(made(wide, fix(edit(1, 5, 5, ", x")), fix(edit(2, 4, 4, ", y")))).toBe(2);
});

test("lines that are put in end as those of the file do", () => {
  expect(applyEdits("a\r\nb\r\n", [edit(2, 2, 2, ",\nc")])).toBe("a\r\nb,\r\nc\r\n");
  expect(applyEdits("a\nb\n", [edit(2, 2, 2, ",\nc")])).toBe("a\nb,\nc\n");
});
