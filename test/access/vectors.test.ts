/**
 * What the program says of the recorded vectors, through its readers: each is written in one of the formats, checked,
 * and held against the answers of an IAM simulator and of our own reading of AWS's documentation.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultConfig } from "../../src/config.ts";
import { link } from "../../src/facts/link.ts";
import { callHolesBy } from "../../src/facts/text.ts";
import { readUnits } from "../../src/formats/units.ts";
import type { Evaluate } from "../../src/policy/evaluate.ts";
import { loadRules } from "../../src/policy/rules.ts";
import { readCandidates } from "../../src/sources/folder.ts";
import type { LinkState } from "../../src/verdict/chains.ts";
import { judge } from "../../src/verdict/judge.ts";
import { compiledPolicy } from "../rego/compiled.ts";
import { rendered } from "./formats.ts";
import { managedDocument } from "./managed.ts";
import { recorded } from "./record.ts";
import { answers, decide } from "./reference.ts";
import type { Recorded, Verdict } from "./vector.ts";

const RULES = loadRules();
const SAYS: Readonly<Partial<Record<LinkState, Verdict>>> = { proven: "yes", broken: "no", open: "open" };

let evaluate: Evaluate;
const root = mkdtempSync(join(tmpdir(), "vectors-"));
beforeAll(async () => {
  callHolesBy("number");
  evaluate = await compiledPolicy();
});
afterAll(() => {
  callHolesBy("key");
  rmSync(root, { recursive: true, force: true });
});

/** What the program says of the links of a vector's reference. */
async function checked(files: Readonly<Record<string, string>>, name: string) {
  const folder = join(root, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { units, problems } = await readUnits(
    folder,
    await readCandidates(folder, { paths: [], ignore: [] }),
    defaultConfig,
  );
  const { references } = judge(await link(units), units, evaluate, RULES);
  rmSync(folder, { recursive: true, force: true });
  const [reference] = references;
  if (problems.length > 0 || references.length !== 1 || !reference) {
    throw new Error(`${references.length} references, ${JSON.stringify(problems)}`);
  }
  return reference.links;
}

/** How an answer falls short: wrong, or open though the files decide it. */
function shortfall(is: Verdict | undefined, wanted: Verdict): "wrong" | "open" | undefined {
  if (is === wanted) return undefined;
  return is === "open" ? "open" : "wrong";
}

test("of the recorded vectors no answer is wrong, and few are open", async () => {
  const vectors = recorded();
  expect(vectors.length).toBeGreaterThan(2000);
  const short: string[] = [];
  const counts = { wrong: 0, open: 0 };
  const note = (vector: Recorded, format: string, what: "read" | "decrypt", said: string, how: "wrong" | "open") => {
    counts[how]++;
    const { theme, stage, version, partition, accounts, role, managed, boundary, policy, key } = vector;
    const given = JSON.stringify({ stage, version, partition, accounts, role, managed, boundary, policy, key });
    short.push(`${how} ${theme}, ${format}: ${what} is ${vector[what]}, but ${said}: ${given}`);
  };
  for (const [index, vector] of vectors.entries()) {
    const { name, files } = rendered(vector, index);
    const links = await checked(files, String(index)).catch((error) => {
      throw new Error(`${name}: ${error.message}\n${Object.values(files).join("\n")}`);
    });
    for (const what of ["read", "decrypt"] as const) {
      const wanted = vector[what];
      const { state, because } = links[what];
      const how = wanted && shortfall(SAYS[state], wanted);
      if (how) note(vector, name, what, `${state}, ${because}`, how);
      if (wanted === "open" && SAYS[state] === "open") counts.open++;
    }
  }
  if (process.env["SHOW"]) writeFileSync(process.env["SHOW"], short.sort().join("\n"));
  expect(short.filter((line) => line.startsWith("wrong"))).toEqual([]);
  expect(counts.open / vectors.length).toBeLessThanOrEqual(0.03);
}, 300_000);

test("the recorded answers are those of our reading of AWS's documentation", () => {
  for (const vector of recorded()) {
    const { read, decrypt } = vector;
    expect([vector, answers(vector, managedDocument, decide)]).toEqual([vector, { read, decrypt }]);
  }
});
