/**
 * Patterns read text that the author of a pull request writes, so none may take quadratic time. What is measured is
 * not time but the pattern: scslre finds the quantifiers that one repeated character makes quadratic.
 * https://github.com/RunDevelopment/scslre#readme
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "rolldown/parseAst";
import { analyse } from "scslre";
import { expect, test } from "vitest";

const src = join(import.meta.dirname, "../src");

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !/(?:\.test|testing)\.ts$/.test(path));

/** The patterns written in a file, as `new RegExp(…)` takes them. */
function literals(path: string): RegExp[] {
  const found: RegExp[] = [];
  JSON.stringify(parseAst(readFileSync(join(src, path), "utf8"), { lang: "ts" }), (_key, value) => {
    if (value?.regex !== undefined) found.push(new RegExp(value.regex.pattern, value.regex.flags));
    return value;
  });
  return found;
}

/** The patterns that files put together as they are loaded. */
async function composed(paths: readonly string[]): Promise<RegExp[]> {
  const made: RegExp[] = [];
  const real = globalThis.RegExp;
  globalThis.RegExp = new Proxy(real, {
    construct: (target, args) => {
      const pattern: RegExp = Reflect.construct(target, args);
      made.push(pattern);
      return pattern;
    },
  });
  try {
    // Other tests may have loaded them already.
    for (const path of paths) await import(`${join(src, path)}?composed`);
  } finally {
    globalThis.RegExp = real;
  }
  return made;
}

/** What repeated makes a pattern quadratic. A sticky pattern starts at one place. */
function quadratic(pattern: RegExp): string[] {
  return analyse(pattern, { reportTypes: { Move: !pattern.sticky } }).reports.map(
    ({ type, character }) => `${type} ${character.literal.source}: ${pattern}`,
  );
}

test("no written pattern takes quadratic time", () => {
  expect(
    files.flatMap((path) =>
      literals(path)
        .flatMap(quadratic)
        .map((report) => `${path}: ${report}`),
    ),
  ).toEqual([]);
});

test("no composed pattern takes quadratic time", async () => {
  const made = await composed(files.filter((path) => readFileSync(join(src, path), "utf8").includes("new RegExp(")));
  expect(made.length).toBeGreaterThan(30);
  expect(made.flatMap(quadratic)).toEqual([]);
});
