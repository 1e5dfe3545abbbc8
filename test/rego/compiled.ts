/** The policies as they are in the tree, compiled for a test. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Evaluate, evaluator } from "../../src/policy/evaluate.ts";
import { openPolicy } from "../../src/policy/load.ts";
import { compile, POLICIES, regoFiles } from "../../tools/policy.ts";

/** Compiles and loads all rules, or some files, through the program's own loader. */
export async function compiledPolicy(files: readonly string[] = regoFiles(POLICIES)): Promise<Evaluate> {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  try {
    const path = join(folder, "policy.wasm");
    writeFileSync(path, compile(files, ["main/report"]));
    return evaluator(await openPolicy(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
