/** The table of AWS managed policies, a file of the program: in the sources as JSON, beside the built program compressed. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

const TABLE = "aws-managed-policies.json";

/** What policies grant of a few actions, and the names of those that grant none of them. */
export function readTable(): { readonly grants: Readonly<Record<string, unknown>>; readonly none: readonly string[] } {
  const built = join(import.meta.dirname, `${TABLE}.br`);
  const json = existsSync(built)
    ? brotliDecompressSync(readFileSync(built))
    : readFileSync(join(import.meta.dirname, "facts", TABLE));
  return JSON.parse(json.toString("utf8"));
}
