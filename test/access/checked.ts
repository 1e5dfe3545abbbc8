/** What the program says of a vector that is written in a format. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { defaultConfig } from "../../src/config/config.ts";
import { link } from "../../src/facts/link.ts";
import { callHolesBy } from "../../src/facts/text.ts";
import { readUnits } from "../../src/formats/units.ts";
import type { Evaluate } from "../../src/policy/evaluate.ts";
import { loadRules } from "../../src/policy/rules.ts";
import { readCandidates } from "../../src/sources/folder.ts";
import { openFolder } from "../../src/sources/tree.ts";
import type { LinkState, Links } from "../../src/verdict/chains.ts";
import { POLICIES, regoFiles } from "../../tools/policy.ts";
import { compiledPolicy } from "../rego/compiled.ts";
import { writeFiles } from "../support/files.ts";
import { judge } from "../support/judged.ts";
import { rendered } from "./formats.ts";
import type { Vector, Verdict } from "./vector.ts";

/** The rules that decide access; the others would only cost time. */
const IDS = ["secret-read-allowed", "parameter-read-allowed", "secret-decrypt-allowed"];
const RULES = loadRules().filter(({ id }) => IDS.includes(id));

const SAYS: Readonly<Partial<Record<LinkState, Verdict>>> = { proven: "yes", broken: "no", open: "open" };

/** What the program says of one link; undefined: nothing. */
export interface Said {
  readonly verdict: Verdict | undefined;
  readonly because: string;
}

export interface Checked extends Readonly<Record<"read" | "decrypt", Said>> {
  /** The format in which it was written. */
  readonly name: string;
}

/** Checks vectors in a folder of their own: to be called once by a test file. */
export function checker(): (vector: Vector, index: number, other?: Vector) => Promise<Checked> {
  const root = mkdtempSync(join(tmpdir(), "vectors-"));
  let evaluate: Evaluate;
  beforeAll(async () => {
    callHolesBy("number");
    const folders = ["lib", ...IDS.map((id) => `rules/job_definition/${id}`)];
    const files = folders.flatMap((folder) => regoFiles(`${POLICIES}/${folder}`));
    evaluate = await compiledPolicy([`${POLICIES}/main.rego`, ...files]);
  });
  afterAll(() => {
    callHolesBy("key");
    rmSync(root, { recursive: true, force: true });
  });
  return async (vector, index, other) => {
    const { name, files } = rendered(vector, index, other);
    const links = await linksOf(files, join(root, String(index)), evaluate);
    const said = ({ state, because }: Links["read"]): Said => ({
      verdict: SAYS[state],
      because: `${state}, ${because}`,
    });
    return { name, read: said(links.read), decrypt: said(links.decrypt) };
  };
}

async function linksOf(files: Readonly<Record<string, string>>, folder: string, evaluate: Evaluate): Promise<Links> {
  writeFiles(folder, files);
  const candidates = await readCandidates(openFolder(folder), { paths: [], ignore: [] });
  const { units, problems } = await readUnits(openFolder(folder), candidates, defaultConfig);
  const { references } = judge(await link(units), units, evaluate, RULES);
  rmSync(folder, { recursive: true, force: true });
  const [reference] = references;
  if (problems.length > 0 || references.length !== 1 || !reference) {
    const texts = Object.values(files).join("\n");
    throw new Error(`${references.length} references, ${JSON.stringify(problems)}: ${texts}`);
  }
  return reference.links;
}
