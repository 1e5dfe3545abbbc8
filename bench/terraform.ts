/** Measures of Terraform: one file, many root modules, one large one, and a repository that is about something else. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Files } from "./generate.ts";
import { type Bench, compare, exponent, NOTHING, type Program } from "./measure.ts";
import { head, megabytes, ms, print, row, times } from "./print.ts";
import { oneFile, rootModule, rootModules, terraformRepository } from "./terraform-files.ts";

const MODULES = [10, 100, 1_000];
const JOBS = 500;
const REPOSITORY = { modules: 2_000, relevant: 40 };

export function terraform(bench: Bench): void {
  oneSmallFile(bench);
  growth(bench);
  repository(bench);
}

function oneSmallFile({ within, check }: Bench): void {
  const files = oneFile();
  head("Terraform: start, median of 40 pairs", "command", "time", "`node -e 0`", "ratio", "budget");
  within(files, (root) => {
    const { milliseconds, base, ratio } = compare(NOTHING, check(), 40, root);
    row(
      `a job with its role and secret, ${charactersOf(files)} characters`,
      ms(milliseconds),
      ms(base),
      times(ratio),
      "3.2 ×",
    );
  });
}

/** Time, memory and the share of parsing over the number of root modules; one module of many jobs beside it. */
function growth(bench: Bench): void {
  head("Terraform: size", "input", "size", "time", "a module", "speed", "parsing", "peak memory");
  const start = bench.start();
  const measured = (name: string, modules: number, files: Files): number =>
    bench.within(files, (root) => {
      const size = charactersOf(files);
      const { milliseconds, peak } = bench.best(modules < 1_000 ? 5 : 2, root);
      const beyond = milliseconds - start;
      const speed = `${(size / 1e3 / beyond).toFixed(2)} MB/s`;
      const parsing = `${Math.round((100 * parsingOf(root)) / beyond)} %`;
      row(name, megabytes(size), ms(milliseconds), ms(beyond / modules), speed, parsing, `${peak.toFixed(0)} MB`);
      return beyond;
    });
  const points = MODULES.map((modules) => ({
    x: modules,
    y: measured(`${modules.toLocaleString("en")} root modules of 5 jobs`, modules, rootModules(modules)),
  }));
  measured(`1 root module of ${JOBS} jobs`, 1, rootModule("infra", JOBS));
  print(
    `\nTime over root modules grows with exponent ${exponent(points).toFixed(2)}. A module's time, the speed and the share of parsing are of the time ` +
      `beyond the ${ms(start)} of \`--version\`.`,
  );
}

/** Milliseconds that parsing alone takes for a folder, the first time. */
function parsingOf(root: string): number {
  const program = join(import.meta.dirname, "parse-terraform.ts");
  const { stdout, status, stderr } = spawnSync(process.execPath, [program, root], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  const { milliseconds } = JSON.parse(stdout) as { milliseconds: readonly number[] };
  return milliseconds[0] ?? Number.NaN;
}

function repository({ within, check, best }: Bench): void {
  const files = terraformRepository(REPOSITORY.modules, REPOSITORY.relevant);
  head(
    `Terraform: ${files.size.toLocaleString("en")} files of ${REPOSITORY.modules.toLocaleString("en")} modules, ${megabytes(charactersOf(files))}`,
    "modules about jobs",
    "time",
    "listing and reading candidates",
    "ratio",
    "peak memory",
  );
  for (const relevant of [0, REPOSITORY.relevant]) {
    within(relevant === 0 ? terraformRepository(REPOSITORY.modules, 0) : files, (root) => {
      const baseline: Program = [join(import.meta.dirname, "read-candidates.js"), root];
      const { milliseconds, base, ratio } = compare(baseline, check(), 7, root);
      row(String(relevant), ms(milliseconds), ms(base), times(ratio), `${best(1, root).peak.toFixed(0)} MB`);
    });
  }
}

function charactersOf(files: Files): number {
  let sum = 0;
  for (const [path, text] of files) if (/\.(?:tf|tfvars|tftpl)$/.test(path)) sum += text.length;
  return sum;
}
