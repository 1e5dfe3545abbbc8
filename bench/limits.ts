/** Inputs that are short and mean a lot, or are long and mean little: what each costs until it is refused by name. */
import { INPUTS } from "./limits-inputs.ts";
import type { Bench } from "./measure.ts";
import { head, ms, row } from "./print.ts";

export function limits({ within, best }: Bench): void {
  head("Inputs that are refused", "input", "time", "peak memory", "budget");
  for (const [name, files] of INPUTS) {
    within(files(), (root) => {
      const { milliseconds, peak } = best(1, root);
      row(name, ms(milliseconds), `${peak.toFixed(0)} MB`, "10 s, 1,000 MB");
    });
  }
}
