/** From files to the answers of a rule. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../src/config/read.ts";
import { buildCases } from "../../src/facts/cases.ts";
import { causeWords } from "../../src/facts/causes.ts";
import { link } from "../../src/facts/link.ts";
import { subjectKinds } from "../../src/facts/schema.ts";
import { readUnits } from "../../src/formats/units.ts";
import { evaluator } from "../../src/policy/evaluate.ts";
import { openPolicy } from "../../src/policy/load.ts";
import { readCandidates } from "../../src/sources/folder.ts";
import { openFolder } from "../../src/sources/tree.ts";
import { writeFiles } from "./files.ts";

/** The answers of one rule: findings by confidence, and what is open by its cause; `proven` where there is a proof. */
export async function answers(rule: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), "estate-"));
  try {
    writeFiles(root, files);
    const { config } = await readConfig(root);
    const { units } = await readUnits(
      openFolder(root),
      await readCandidates(openFolder(root), { paths: [], ignore: [] }),
      config,
    );
    const evaluate = evaluator(await openPolicy());
    const judged = [...buildCases(await link(units), new Set(subjectKinds))].map(({ input }) => evaluate(input));
    return judged.flatMap(({ findings, unverified, proofs }) => [
      ...findings.filter((one) => one.rule === rule).map(({ confidence }) => confidence),
      ...unverified.filter((one) => one.rule === rule).map(({ cause }) => causeWords(cause)),
      ...proofs.filter((one) => one.rule === rule).map(() => "proven"),
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
}
