import fc from "fast-check";
import { expect, test } from "vitest";
import {
  afterLastSlash,
  BEYOND,
  canonical,
  commonFields,
  hasWideHole,
  hole,
  holeOf,
  holes,
  isLiteral,
  literal,
  narrow,
  replaceHoles,
  startRun,
} from "./text.ts";

test("the three widths of a hole are distinguished", () => {
  expect(holes(`a${hole("Region", "narrow")}b${hole("Db", "suffix")}c${hole("Arn", "wide")}`)).toEqual([
    { token: "⟨Region⟩", name: "Region", width: "narrow" },
    { token: "⟨#Db⟩", name: "Db", width: "suffix" },
    { token: "⟨*Arn⟩", name: "Arn", width: "wide" },
  ]);
});

test("text of a file never reads as a hole", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(isLiteral(literal(text))).toBe(true);
    }),
  );
  expect(literal("a ⟨*b⟩")).toBe("a 〈*b〉");
});

test("a hole of any name is one hole", () => {
  // What is known of a hole is known for the whole process, which other tests share.
  let made = 0;
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("narrow", "suffix", "wide"), (name, width) => {
      startRun();
      const token = hole(`${name.replace(/^[#*]+/, "")} of text ${made++}`, width);
      expect(holes(token)).toHaveLength(1);
      expect(holes(token)[0]?.width).toBe(width);
      expect(hasWideHole(token)).toBe(width === "wide");
    }),
  );
});

test("a run has so many holes, and one for all unknown values beyond them", () => {
  startRun();
  const first = hole("value 0", "narrow", { words: "the first" });
  for (let count = 1; count < 400_000; count++) hole(`value ${count}`, "narrow");
  expect([hole("one more", "narrow"), hole("and another", "suffix", { words: "no words of its own" })]).toEqual([
    `⟨*${BEYOND}⟩`,
    `⟨*${BEYOND}⟩`,
  ]);
  narrow(BEYOND);
  expect(holeOf(BEYOND)).toMatchObject({ width: "wide", cause: { kind: "limit" } });
  expect(hole("value 0", "narrow")).toBe(first);
  startRun();
  expect(hole("one more", "narrow")).toBe("⟨one more⟩");
});

test("replacing holes leaves the rest as it is", () => {
  expect(replaceHoles("x⟨A⟩y⟨*B⟩", (_token, name) => `<${name}>`)).toBe("x<A>y<B>");
});

test("strings with equally many colons have fields in common", () => {
  const common = (...values: string[]) => commonFields(values, (index) => hole(`f${index}`, "narrow"));
  expect(common("a:b:c", "a:x:c")).toBe("a:⟨f1⟩:c");
  expect(common("a⟨A⟩:b", "a⟨A⟩:c")).toBe("a⟨A⟩:⟨f1⟩");
  expect(common("a", "b")).toBe("⟨f0⟩");
  expect(common("a:b", "a")).toBeUndefined();
  expect(common("a:⟨*B⟩", "a:c")).toBeUndefined();
  expect(common()).toBeUndefined();
});

test("a slash inside of a hole ends no part of a path", () => {
  expect(afterLastSlash("role/batch/⟨Role.name@stacks/jobs.yaml⟩")).toBe("⟨Role.name@stacks/jobs.yaml⟩");
  expect(afterLastSlash("role/batch/job")).toBe("job");
  expect(afterLastSlash("job")).toBe("job");
});

test("a token takes the width that is known in the end, in a text of any number of them", () => {
  const wide = hole("canonical", "wide");
  const text = `a${wide}b`.repeat(10_000);
  expect(canonical(text)).toBe(text);
  narrow("canonical");
  expect(canonical(text)).toBe("a⟨canonical⟩b".repeat(10_000));
});
