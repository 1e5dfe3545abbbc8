/**
 * Parses all files of Terraform below a folder, and prints how many characters they have and how many milliseconds that
 * took.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfiguration } from "../src/syntax/hcl/parse.ts";

const root = process.argv[2] ?? ".";
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".tf"))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

function parseAll(): number {
  const started = performance.now();
  for (const file of files) parseConfiguration(file);
  return performance.now() - started;
}

// The first round also warms the machine up, as a run of the command does not, so both count.
const milliseconds = [parseAll(), parseAll()];
process.stdout.write(
  JSON.stringify({ characters: files.reduce((sum, { text }) => sum + text.length, 0), milliseconds }),
);
