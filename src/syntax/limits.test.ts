import { expect, test } from "vitest";
import { newReadingPurses } from "../purse.ts";
import { parseDocuments } from "./document.ts";
import { parseJson } from "./json/document.ts";
import { MAX_JSON_VALUES, MAX_YAML_PIECES } from "./limits.ts";
import { parseYaml } from "./yaml/document.ts";

test("JSON with more values than memory is meant for is named", () => {
  const list = (count: number) => parseJson({ path: "a.json", text: `[${"1,".repeat(count - 1)}1]` }).problems;
  expect(list(MAX_JSON_VALUES).map(({ message }) => message)).toEqual([
    "This JSON was not read: it has more than 2 million values.",
  ]);
  expect(list(1_000)).toEqual([]);
});

test("YAML with more pieces than memory is meant for is named before it is read", () => {
  const lines = (count: number) => parseYaml({ path: "a.yaml", text: `a: b${"\n".repeat(count)}` });
  expect(lines(MAX_YAML_PIECES).problems.map(({ message }) => message)).toEqual([
    "This YAML was not read: it has more than 2 million names, signs and blanks.",
  ]);
  expect(lines(1_000).problems).toEqual([]);
});

test("many files have no more values together than one run can hold", async () => {
  const purses = { ...newReadingPurses(), values: { left: 10 } };
  const read = async (path: string, text: string) => {
    const { documents, problems } = await parseDocuments({ path, text }, undefined, purses);
    return problems.length > 0 ? problems.map(({ message }) => message) : documents.length;
  };
  const said = (language: string) =>
    `This ${language} was not read: it and the files before it have more values than one run can read.`;
  expect(await read("a.json", "[1,2,3]")).toBe(1);
  expect(await read("b.yaml", "a: &a [1, 2]\nb: *a\n")).toEqual([said("YAML")]);
  expect(await read("c.json", "[1]")).toEqual([said("JSON")]);
});

test("YAML of more pieces than people write pays from what all files share", async () => {
  const purses = { ...newReadingPurses(), pieces: { left: 350 } };
  const dense = (path: string) => parseYaml({ path, text: `a: [${"b,".repeat(100)}]` }, undefined, purses);
  expect(dense("a.yaml").problems).toEqual([]);
  expect(dense("b.yaml").problems.map(({ message }) => message)).toEqual([
    "This YAML was not read: it and the files before it have more names, signs and blanks than one run can read.",
  ]);
  expect(
    parseYaml({ path: "c.yaml", text: "jobDefinitionName: nightly-aggregation-of-everything\n" }, undefined, purses)
      .problems,
  ).toEqual([]);
});

test("brackets that nest deeper than anybody writes are named before they take memory", () => {
  expect(
    parseYaml({ path: "a.yaml", text: `a: ${"[".repeat(100_000)}` }).problems.map(({ message }) => message),
  ).toEqual(["This YAML was not read: it nests deeper than 500 levels."]);
});
