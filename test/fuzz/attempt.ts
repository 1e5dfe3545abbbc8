/** One mutated input through the whole command, and what must hold of it whatever it is. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Checked, cases, check } from "../../src/check.ts";
import { defaultConfig } from "../../src/config/config.ts";
import { renderJobSummary } from "../../src/report/markdown.ts";
import { reports } from "../../src/report/table.ts";
import { writeFiles } from "../support/files.ts";
import { chanceOf, mutate } from "./mutate.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The examples of the rules, each with the texts of its files by path. */
const examples = readExamples(join(root, "policies/rules"));

function readExamples(top: string): readonly ReadonlyMap<string, string>[] {
  const found = new Map<string, Map<string, string>>();
  for (const path of readdirSync(top, { recursive: true, encoding: "utf8" }).sort()) {
    const [, example, within] = /(.*\/examples\/[^/]+)(?:\/(.+))?$/.exec(path) ?? [];
    if (example === undefined || example.endsWith(".out") || !statSync(join(top, path)).isFile()) continue;
    const files = found.get(example) ?? new Map<string, string>();
    found.set(example, files.set(within ?? basename(path), readFileSync(join(top, path), "utf8")));
  }
  return [...found.values()];
}

/** The files of a seed: those of one example, some of them mutated with pieces of another. */
export function filesOf(seed: number): ReadonlyMap<string, string> {
  const chance = chanceOf(seed);
  const example = examples[chance(examples.length)] ?? new Map<string, string>();
  const donors = [...(examples[chance(examples.length)] ?? example).values()];
  const chosen = chance(example.size);
  return new Map(
    [...example].map(([path, text], index) => {
      const hit = index === chosen || chance(4) === 0;
      return [path, hit ? mutate(text, donors[chance(donors.length)] ?? text, chance) : text];
    }),
  );
}

/** Checks the files of a seed and writes every report. Throws what is thrown, or a sentence of what does not hold. */
export async function attempt(seed: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    writeFiles(folder, Object.fromEntries(filesOf(seed)));
    const options = { root: folder, paths: [], ignore: [], config: defaultConfig, failOn: "error" } as const;
    const checked = await check(options);
    const found = await cases(options);
    for (const { input } of found.cases) JSON.stringify(input);
    await verify(folder, checked);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function verify(folder: string, { report, excerpts }: Checked): Promise<void> {
  const { references, proven, fullyProven, unverified } = report.summary;
  const found = report.references.filter(({ state }) => state === "with findings").length;
  if (references !== report.references.length) throw new Error("references are counted that are not listed");
  if (proven + unverified + found !== references) throw new Error("the account does not add up");
  if (fullyProven > proven) throw new Error("more is fully proven than proven");
  if (report.problems.length > 0 && report.verdict === "pass") throw new Error("passed with a file that was not read");
  const commit = { sha: "0".repeat(40), address: "https://example.com" };
  const written = [
    ...(await Promise.all(reports.map(({ write }) => write(report, excerpts, { colour: false, width: 80 })))),
    renderJobSummary(report, { address: () => "https://example.com", commit, notes: [] }),
  ];
  for (const text of written) {
    if (text.includes(folder)) throw new Error("a report shows where the files are on this machine");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    if (/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.test(text))
      throw new Error("a report steers a terminal");
  }
  for (const { location } of [...report.findings, ...report.unverified]) {
    const lines = readFileSync(join(folder, location.path), "utf8").split("\n").length;
    if (location.start.line > lines || location.end.line > lines) throw new Error(`a place beyond ${location.path}`);
  }
}
