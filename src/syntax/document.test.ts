import fc from "fast-check";
import { expect, test } from "vitest";
import { plain } from "../formats/testing.ts";
import { parseDocuments } from "./document.ts";

const read = async (path: string, text: string) => {
  const { documents, problems } = await parseDocuments({ path, text });
  return { values: documents.map(({ value }) => plain(value)), problems };
};

test("a file that is called or begins like JSON is JSON, and any other is YAML", async () => {
  expect(await read("a.json", '{"a": 1}')).toEqual({ values: [{ a: 1 }], problems: [] });
  expect(await read("a.template", '\n [{"a": 1}]')).toEqual({ values: [[{ a: 1 }]], problems: [] });
  expect(await read("a.yaml", "a: 1\n---\nb: 2\n")).toEqual({ values: [{ a: 1 }, { b: 2 }], problems: [] });
  expect(await read("a.template", "a: !x b\n")).toEqual({ values: [{ a: "b" }], problems: [] });
});

test("YAML that begins like JSON is YAML", async () => {
  expect(await read("a.yaml", "{a: 1, b: [x]}\n")).toEqual({ values: [{ a: 1, b: ["x"] }], problems: [] });
  expect(await read("a.yaml", "{{ header }}: 1\nb: 2\n")).toEqual({
    values: [{ "{{ header }}": 1, b: 2 }],
    problems: [],
  });
});

test("a file called JSON that isn't is a problem, and names the line and what is wrong", async () => {
  expect(await read("job_definition.json", 'https://example.com/image\n\n{"a": 1}\n')).toEqual({
    values: [],
    problems: [
      {
        path: "job_definition.json",
        message: "This is not valid JSON: a value is expected here, not text without quotes.",
        line: 1,
      },
    ],
  });
});

test("an empty file is no document and no problem", async () => {
  expect(await read("a.json", "")).toEqual({ values: [], problems: [] });
  expect(await read("a.yaml", "\n# nothing\n")).toEqual({ values: [], problems: [] });
});

test("no file makes it throw", async () => {
  const name = fc.constantFrom("a.json", "a.yaml", "a.tpl");
  await fc.assert(
    fc.asyncProperty(name, fc.uint8Array(), async (path, bytes) => {
      const { documents, problems } = await parseDocuments({ path, text: Buffer.from(bytes).toString("utf8") });
      expect(documents.length + problems.length).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});
