/** The command of `dist/` against that of another build, such as one of an earlier commit: `AGAINST=…/dist/cli.js`. */
import { type Files, rawFiles, templateFiles } from "./generate.ts";
import { type Bench, compare } from "./measure.ts";
import { head, ms, row, times } from "./print.ts";
import { rootModules } from "./terraform-files.ts";

const ROUNDS = 5;
const INPUTS: readonly (readonly [name: string, files: () => Files])[] = [
  ["raw JSON, 1,000 jobs", () => rawFiles(1_000, "many")],
  ["CloudFormation YAML, 1,000 jobs", () => templateFiles(1_000, "many")],
  ["Terraform, 100 root modules of 5 jobs", () => rootModules(100)],
];

export function against({ check, within }: Bench, other: string | undefined): void {
  if (other === undefined) return;
  head(`Against another build, median of ${ROUNDS} pairs`, "input", "time", "its time", "ratio");
  for (const [name, files] of INPUTS) {
    within(files(), (root) => {
      const program = check();
      const { milliseconds, base, ratio } = compare([other, ...program.slice(1)], program, ROUNDS, root);
      row(name, ms(milliseconds), ms(base), times(ratio));
    });
  }
}
