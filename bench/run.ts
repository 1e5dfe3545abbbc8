/**
 * Measures the command of dist/ and prints Markdown tables: `npm run bench`, or `npm run bench -- start growth
 * repository terraform against limits peers etiquette`. None of it is a test: no build fails for a time.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { against } from "./against.ts";
import { etiquette } from "./etiquette/etiquette.ts";
import { type Files, rawFiles, repositoryFiles, templateFiles, write } from "./generate.ts";
import { limits } from "./limits.ts";
import { type Bench, compare, exponent, median, NOTHING, type Program, run } from "./measure.ts";
import { peers } from "./peers.ts";
import { head, ms, print, row, times } from "./print.ts";
import { terraform } from "./terraform.ts";

const CLI = join(import.meta.dirname, "../dist/cli.js");
/** The command of another build. */
const { AGAINST: OTHER } = process.env;
const PAIRS = 40;
const SIZES = [10, 100, 1_000, 10_000];
const REPOSITORY = 100_000;

const check = (...paths: string[]): Program => [CLI, "check", "--fail-on", "never", ...paths];

/** Runs with generated files in a folder of their own, which is gone afterwards. */
function within<T>(files: Files, use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    write(root, files);
    return use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** What a person waits for: one small file, against Node doing nothing. */
function start(): void {
  head(`Start, median of ${PAIRS} pairs`, "command", "time", "`node -e 0`", "ratio", "budget");
  const compared = (name: string, program: Program, budget: string, files: Files) =>
    within(files, (root) => {
      const { milliseconds, base, ratio } = compare(NOTHING, program, PAIRS, root);
      row(name, ms(milliseconds), ms(base), times(ratio), budget);
    });
  compared("`--version`", [CLI, "--version"], "", new Map());
  compared("one job definition, raw JSON", check("batch/nightly-1.job.json"), "2.3 ×", rawFiles(1, "one"));
  compared("a job with its role and secret, raw JSON", check(), "", rawFiles(1, "one"));
  compared("a job with its role and secret, CloudFormation YAML", check(), "3.3 ×", templateFiles(1, "one"));
}

interface Shape {
  readonly name: string;
  readonly files: (jobs: number) => Files;
  /** More jobs than this are not what anybody has. */
  readonly most: number;
}

const SHAPES: readonly Shape[] = [
  { name: "raw JSON, ten jobs a folder", files: (jobs) => rawFiles(jobs, "many"), most: Number.POSITIVE_INFINITY },
  { name: "raw JSON, one folder", files: (jobs) => rawFiles(jobs, "one"), most: Number.POSITIVE_INFINITY },
  {
    name: "CloudFormation YAML, ten jobs a template",
    files: (jobs) => templateFiles(jobs, "many"),
    most: Number.POSITIVE_INFINITY,
  },
  // AWS takes templates of 1 MB, which hold 500 such jobs; 4 MB are read.
  { name: "CloudFormation YAML, one template", files: (jobs) => templateFiles(jobs, "one"), most: 1_000 },
];

const startTime = () => median([1, 2, 3, 4, 5].map(() => run([CLI, "--version"]).milliseconds));

/** Time and peak memory over the number of job definitions. The exponent is that of the time beyond the start. */
function growth(): void {
  const base = startTime();
  const columns = SIZES.map((size) => size.toLocaleString("en"));
  head("Growth over the number of job definitions: time, peak memory", "input", ...columns, "exponent");
  for (const { name, files, most } of SHAPES) {
    const sizes = SIZES.filter((size) => size <= most);
    const runs = sizes.map((size) => within(files(size), (root) => best(size < 1_000 ? 5 : 2, root)));
    // Below 100 jobs most of the time is that of loading the program.
    const points = runs.map(({ milliseconds }, index) => ({ x: sizes[index] ?? 0, y: milliseconds - base })).slice(-3);
    const cells = runs.map(({ milliseconds, peak }) => `${ms(milliseconds)}, ${peak.toFixed(0)} MB`);
    row(name, ...SIZES.map((_, index) => cells[index] ?? ""), exponent(points).toFixed(2));
  }
  print(
    `\nThe exponent is fitted, by least squares on logarithms, to the three largest sizes, to the time less the ${ms(base)} of \`--version\`.`,
  );
}

/** The fastest of some runs, for noise only adds. */
function best(rounds: number, root: string): { milliseconds: number; peak: number } {
  const runs = Array.from({ length: rounds }, () => run(check(), { cwd: root, peak: true }));
  return runs.reduce((least, each) => (each.milliseconds < least.milliseconds ? each : least));
}

/** A large repository that is about something else. */
function repository(): void {
  within(repositoryFiles(REPOSITORY), (root) => {
    const baseline: Program = [join(import.meta.dirname, "read-candidates.js"), root];
    const { milliseconds, base, ratio } = compare(baseline, check(), 7, root);
    const { peak } = run(check(), { cwd: root, peak: true });
    head(
      `A repository of ${REPOSITORY.toLocaleString("en")} files, 20 of them relevant`,
      "command",
      "time",
      "listing and reading candidates",
      "ratio",
      "budget",
      "peak memory",
    );
    row("`check`", ms(milliseconds), ms(base), times(ratio), "2 ×", `${peak.toFixed(0)} MB`);
  });
}

const bench: Bench = { check, within, best, start: startTime };
const parts = {
  start,
  growth,
  repository,
  terraform: () => terraform(bench),
  against: () => against(bench, OTHER),
  limits: () => limits(bench),
  peers: () => peers(CLI, templateFiles(1, "one")),
  etiquette,
};
const wanted = process.argv.slice(2);
print(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ` +
    `${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`,
);
for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part();
