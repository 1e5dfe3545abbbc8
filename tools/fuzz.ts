/**
 * The fuzz test of `test/fuzz`, for as long as wanted: `npm run fuzz -- [RUNS] [FIRST SEED]`. Prints each seed that
 * fails with what was said; add it to the kept ones of `test/fuzz/fuzz.test.ts`.
 */
import { attempt } from "../test/fuzz/attempt.ts";

const [runs = 10_000, first = Math.floor(Date.now() / 1000)] = process.argv.slice(2).map(Number);
let failed = 0;
let slowest = { seed: first, milliseconds: 0 };
for (let seed = first; seed < first + runs; seed++) {
  const start = performance.now();
  try {
    await attempt(seed);
  } catch (error) {
    failed++;
    console.log(`seed ${seed}: ${error instanceof Error ? error.stack : error}`);
  }
  const milliseconds = performance.now() - start;
  if (milliseconds > slowest.milliseconds) slowest = { seed, milliseconds };
}
console.log(
  `${runs} inputs from seed ${first}, ${failed} failed; slowest ${slowest.seed}: ${Math.round(slowest.milliseconds)} ms`,
);
process.exitCode = failed > 0 ? 1 : 0;
