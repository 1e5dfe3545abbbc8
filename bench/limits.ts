/** Inputs that are short and mean a lot, or are long and mean little: what each costs until it is refused by name. */
import type { Files } from "./generate.ts";
import { INPUTS } from "./limits-inputs.ts";
import type { Program } from "./measure.ts";
import { run } from "./measure.ts";
import { head, ms, row } from "./print.ts";

export function limits(check: () => Program, within: <T>(files: Files, use: (root: string) => T) => T): void {
  head("Inputs that are refused", "input", "time", "peak memory", "budget");
  for (const [name, files] of INPUTS) {
    within(files(), (root) => {
      const { milliseconds, peak } = run(check(), { cwd: root, peak: true });
      row(name, ms(milliseconds), `${peak.toFixed(0)} MB`, "10 s, 1,000 MB");
    });
  }
}
