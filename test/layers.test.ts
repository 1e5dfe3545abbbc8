/** Which folder of src/ may import which (DESIGN §3): what is below knows nothing of what is above. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "vitest";

const src = join(import.meta.dirname, "../src");

/** Folders, and those that none of their files imports. */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  "source.ts": ["."],
  syntax: ["facts", "formats", "policy", "verdict", "report", "cli", "github"],
  facts: ["formats", "policy", "verdict", "report", "cli", "github"],
  evidence: ["formats", "policy", "verdict", "report", "cli", "github"],
  collect: ["formats", "policy", "cli", "github", "aws"],
  aws: ["formats", "policy", "verdict", "report", "cli", "github"],
  formats: ["policy", "verdict", "report", "cli", "github"],
  verdict: ["formats", "report", "cli", "github"],
  report: ["formats", "cli", "github"],
  cli: ["github"],
  github: ["cli", "formats", "facts"],
};

/** Placeholders of a string are holes, which have causes: the two files that everybody may know. */
const EVERYBODYS = ["facts/text.ts", "facts/causes.ts"];

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !/(?:\.test|testing)\.ts$/.test(path));

/** The files of src/ that a file imports, relative to src/. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(src, path), "utf8");
  return [...text.matchAll(/(?:from|import\()\s*"(\.[^"]*)"/g)].map(([, to = ""]) =>
    posix.join(posix.dirname(path), to),
  );
}

test.each(Object.entries(FORBIDDEN))("%s imports nothing that stands on it", (folder, forbidden) => {
  const own = files.filter((path) => path === folder || path.startsWith(`${folder}/`));
  expect(own.length).toBeGreaterThan(0);
  const wrong = own.flatMap((path) =>
    importsOf(path)
      .filter((to) => !EVERYBODYS.includes(to) && forbidden.some((one) => one === "." || to.startsWith(`${one}/`)))
      .map((to) => `${path} imports ${to}`),
  );
  expect(wrong).toEqual([]);
});

test("the AWS SDK is known to one folder, which is only loaded when AWS is asked", () => {
  const knowing = files.filter((path) => readFileSync(join(src, path), "utf8").includes('"@aws-sdk/'));
  expect(knowing).toEqual(["aws/client.ts", "aws/commands.ts"]);
  const asking = files.filter((path) => importsOf(path).includes("aws/open.ts"));
  expect(asking).toEqual(["cli/account.ts", "cli/aws.ts", "cli/collect.ts", "github/collected.ts"]);
  expect(files.filter((path) => importsOf(path).includes("aws/client.ts"))).toEqual(["aws/open.ts"]);
});

test("octokit is known to one file", () => {
  expect(files.filter((path) => readFileSync(join(src, path), "utf8").includes('"@actions/github"'))).toEqual([
    "github/octokit.ts",
  ]);
});

test("what reads and judges files asks a tree for them, which may be no folder", () => {
  const readers = files.filter((path) => /^(?:syntax|facts|formats|verdict|report)\//.test(path));
  expect(readers.filter((path) => readFileSync(join(src, path), "utf8").includes('"node:fs"'))).toEqual([]);
});

/** The languages whose parts contain each other: expressions in templates in expressions. */
const RECURSIVE = ["syntax/hcl/", "formats/terraform/language/evaluate/"];

test("files import each other in a circle only where a language contains itself", () => {
  const known = new Set(files);
  const imports = new Map(files.map((path) => [path, importsOf(path).filter((to) => known.has(to))]));
  const reached = (start: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    const open = [...(imports.get(start) ?? [])];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      open.push(...(imports.get(path) ?? []));
    }
    return seen;
  };
  const circular = files.filter((path) => reached(path).has(path));
  expect(circular.filter((path) => !RECURSIVE.some((folder) => path.startsWith(folder)))).toEqual([]);
  expect(circular.length).toBeGreaterThan(RECURSIVE.length);
});
