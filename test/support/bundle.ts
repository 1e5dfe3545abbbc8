/** Bundles of rules as anyone builds them, with OPA. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { opa } from "../../tools/opa.ts";

/** The bytes of a bundle of one module, and of data if given. */
export function buildBundle(
  rego: string,
  { entrypoints = ["report", "rules"], data }: { entrypoints?: readonly string[]; data?: object } = {},
): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  try {
    const [policy, table, output] = ["policy.rego", "data.json", "own.tar.gz"].map((name) => join(folder, name));
    if (!policy || !table || !output) throw new Error("there are three");
    writeFileSync(policy, rego);
    if (data) writeFileSync(table, JSON.stringify(data));
    const named = entrypoints.flatMap((one) => ["--entrypoint", `batch_secrets_check/${one}`]);
    opa("build", "--target", "wasm", ...named, "--output", output, policy, ...(data ? [table] : []));
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
