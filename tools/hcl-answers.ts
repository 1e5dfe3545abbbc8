/**
 * Records how HashiCorp's own parser reads the texts of `test/terraform/hcl`, into `answers.json` there.
 *
 * Run it with `node tools/hcl-answers.ts` after adding texts; it needs Go. The tests need only the file.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cases, hash, nameOf } from "../test/terraform/hcl/texts.ts";
import { root } from "./opa.ts";

const list = cases();
const output = execFileSync("go", ["run", "."], {
  cwd: join(root, "tools/hcl"),
  input: list.map((one) => `${JSON.stringify(one)}\n`).join(""),
  encoding: "utf8",
  maxBuffer: 256 * 1024 * 1024,
});
const dumps: readonly (string | null)[] = output
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));
const answers = list.map((one, index): [string, string | null] => {
  const dump = dumps[index] ?? null;
  return [hash(nameOf(one)), dump === null ? null : hash(dump)];
});
writeFileSync(
  join(root, "test/terraform/hcl/answers.json"),
  `{\n${answers.map(([text, dump]) => `${JSON.stringify(text)}: ${JSON.stringify(dump)}`).join(",\n")}\n}\n`,
);
