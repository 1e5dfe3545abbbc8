/**
 * The examples of the rules are their documentation and their tests: each is checked by the program, and the output is
 * in `.out` beside it. After a change: `UPDATE=1 npx vitest run test/examples.test.ts`, then read the difference.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check } from "../src/check.ts";
import { readConfig } from "../src/config/read.ts";
import { callHolesBy } from "../src/facts/text.ts";
import { exampleKind } from "../src/formats/table.ts";
import { builtInRules } from "../src/policy/rules.ts";
import { DEFAULT_WIDTH, renderText } from "../src/report/text.ts";
import { exampleNames, readReport } from "../tools/examples.ts";

// As in the program: golden files hold no keys.
beforeAll(() => callHolesBy("number"));
afterAll(() => callHolesBy("key"));

const FOLDER = join(import.meta.dirname, "../policies/rules");

/** The formats in which every rule's subject can be written, unless `waived.json` says why not. */
const EXPECTED = ["raw", "cloudformation", "terraform"] as const;

interface Example {
  readonly name: string;
  readonly path: string;
  readonly kind: "good" | "bad" | "unknown";
  readonly format: string | undefined;
}

function examplesOf(folder: string): Example[] {
  return exampleNames(folder).map((name) => {
    const kind = /\.(good|bad|unknown)\./.exec(name)?.[1];
    if (kind !== "good" && kind !== "bad" && kind !== "unknown") {
      throw new Error(
        `${join(folder, name)} does not say whether it is good, bad or unknown: name it like full-arn.good.yaml`,
      );
    }
    return { name, path: join(folder, name), kind, format: exampleKind(name)?.name };
  });
}

/** A rule is on for its own examples. */
async function run({ name, path }: Example, folder: string, rule: string) {
  const [root, paths] = statSync(path).isDirectory() ? [path, []] : [folder, [name]];
  const read = await readConfig(root);
  const config = { ...read.config, rules: new Map([[rule, [{ level: "on" as const }]]]) };
  const { report, excerpts } = await check({ root, paths, ignore: [], config, failOn: "error" });
  const still = { ...report, summary: { ...report.summary, durationMs: 0 } };
  return { report, text: renderText(still, excerpts, { colour: false, width: DEFAULT_WIDTH }) };
}

for (const rule of builtInRules()) {
  const { id, subject, references } = rule;
  const folder = join(FOLDER, subject, id, "examples");
  describe(id, () => {
    const examples = examplesOf(folder);
    for (const example of examples) {
      test(`${example.name} is judged as it says, and printed as it stands`, async () => {
        const { report, text } = await run(example, folder, id);
        expect(report.problems).toEqual([]);
        const found = report.findings.map(({ rule }) => rule);
        const undecided = report.unverified.map(({ rule }) => rule);
        if (example.kind === "bad") expect(found).toContain(id);
        if (example.kind === "good") expect([found, undecided]).toEqual([[], []]);
        if (example.kind === "unknown") {
          expect(found).not.toContain(id);
          expect(undecided).toContain(id);
        }
        expect(text).not.toContain("<undefined>");
        const golden = `${example.path}.out`;
        if (process.env["UPDATE"]) writeFileSync(golden, text);
        expect(text).toBe(readFileSync(golden, "utf8"));
      });
    }
    test("has a bad example of what a report that its page links describes, and the good one that repairs it", () => {
      const { report, bad, good } = readReport(rule) ?? {};
      expect(references).toContain(report);
      const [broken, repaired] = [bad, good].map((name) => examples.find((one) => one.name === name));
      expect([broken?.kind, repaired?.kind]).toEqual(["bad", "good"]);
      expect(repaired?.format).toBe(broken?.format);
    });
    test("has a good and a bad example in every format", () => {
      const path = join(folder, "waived.json");
      const waived: Record<string, string> = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
      const missing = EXPECTED.flatMap((format) =>
        (["good", "bad"] as const)
          .filter((kind) => !waived[format] && !examples.some((one) => one.format === format && one.kind === kind))
          .map((kind) => `${kind} ${format}`),
      );
      expect(missing).toEqual([]);
    });
  });
}
