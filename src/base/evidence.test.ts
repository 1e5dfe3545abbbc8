import { expect, test } from "vitest";
import { doubtedEvidence, type Judge } from "./evidence.ts";

const FOLDER = ".batch-secrets-check/evidence";
const file = (name: string, text: string) => ({ path: `${FOLDER}/${name}`, text });
const base = (files: Readonly<Record<string, string>>): Judge => ({
  words: "the base branch",
  read: async (paths) => paths.map((path) => files[path]),
});
const doubted = async (...given: Parameters<typeof doubtedEvidence>) => {
  const { paths, notes } = await doubtedEvidence(...given);
  return { paths: [...paths], notes };
};
const nothing = { paths: [], notes: [] };

test("what the base has byte for byte counts, and anything else is doubted and said once", async () => {
  const files = [file("a.json", "1"), file("b.json", "2"), file("c.json", "3")];
  const has = base({ [`jobs/${FOLDER}/a.json`]: "1", [`jobs/${FOLDER}/b.json`]: "2 " });
  expect(await doubted(files, { prefix: "jobs/" }, has)).toEqual({
    paths: [`${FOLDER}/b.json`, `${FOLDER}/c.json`],
    notes: [
      {
        path: `${FOLDER}/b.json`,
        message:
          "The evidence is not in the base branch, or differs there, so it proves nothing here: it counts for findings alone. So it is with 1 other file of evidence.",
      },
    ],
  });
});

test("without a change to judge, or of what the run collected or the workflow put elsewhere, nothing is doubted", async () => {
  const files = [file("a.json", "1")];
  expect(await doubted(files, { prefix: "" }, undefined)).toEqual(nothing);
  expect(await doubted(files, { prefix: "", collected: () => true }, base({}))).toEqual(nothing);
  expect(await doubted([{ path: "../../tmp/a.json", text: "1" }], { prefix: "jobs/" }, base({}))).toEqual(nothing);
});

test("where the base can't be read everything is doubted", async () => {
  const fails = { ...base({}), read: () => Promise.reject(new Error("Not found")) };
  for (const one of [fails, { ...base({}), read: null }]) {
    expect((await doubted([file("a.json", "1")], { prefix: "" }, one)).paths).toEqual([`${FOLDER}/a.json`]);
  }
});
