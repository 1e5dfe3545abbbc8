/**
 * What the program says of the recorded vectors, through its readers: each is written in one of the formats, checked,
 * and held against the answers of an IAM simulator and of our own reading of AWS's documentation. `SHOW=FILE` writes
 * what falls short to a file.
 */
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checker } from "./checked.ts";
import { managedDocument } from "./managed.ts";
import { recorded } from "./record.ts";
import { answers, decide } from "./reference.ts";

const check = checker();

test("of the recorded vectors no answer is wrong, and few are open", async () => {
  const vectors = recorded();
  expect(vectors.length).toBeGreaterThan(2000);
  const wrong: string[] = [];
  const open: string[] = [];
  for (const [index, vector] of vectors.entries()) {
    const said = await check(vector, index);
    for (const what of ["read", "decrypt"] as const) {
      const { verdict, because } = said[what];
      if (vector[what] === null) continue;
      const told = `${what} is ${vector[what]}, but ${because}`;
      const line = `${vector.theme}, ${said.name}: ${told}: ${JSON.stringify(vector)}`;
      if (verdict === "open") open.push(line);
      else if (verdict !== vector[what]) wrong.push(line);
    }
  }
  if (process.env["SHOW"]) writeFileSync(process.env["SHOW"], [...wrong, ...open].join("\n"));
  expect(wrong).toEqual([]);
  expect(open.length / vectors.length).toBeLessThanOrEqual(0.03);
});

test("the recorded answers are those of our reading of AWS's documentation", () => {
  for (const vector of recorded()) {
    const { read, decrypt } = vector;
    expect([vector, answers(vector, managedDocument, decide)]).toEqual([vector, { read, decrypt }]);
  }
});
