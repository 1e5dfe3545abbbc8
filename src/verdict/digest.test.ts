import { expect, test } from "vitest";
import { finding, placeAt } from "../report/testing.ts";
import { digester, subjectKey } from "./digest.ts";

const file = { path: "a.json", text: '{\n  "jobDefinitionName": "a"\n}\n' };
const job = { file, start: 0, end: file.text.length };
const one = finding({ location: placeAt("a.json", 2) });

test("how many findings a subject has says nothing about its text", async () => {
  const digestOf = (places: number) => {
    const subjects = new Map([[subjectKey(one), new Array<typeof job>(places).fill(job)]]);
    return digester(subjects, [file])(one);
  };
  expect(await digestOf(3)).toBe(await digestOf(1));
  expect(await digestOf(0)).not.toBe(await digestOf(1));
});
