/** Measuring programs from outside: wall time in interleaved pairs, peak memory, growth. */
import { spawnSync } from "node:child_process";
import type { Files } from "./generate.ts";

/** Arguments of Node. */
export type Program = readonly string[];

/** Node that does nothing. */
export const NOTHING: Program = ["-e", "0"];

export interface Run {
  readonly milliseconds: number;
  /** Peak resident set, in MiB. */
  readonly peak: number;
}

/** What the tables share. */
export interface Bench {
  readonly check: (...paths: string[]) => Program;
  readonly within: <T>(files: Files, use: (root: string) => T) => T;
  /** The fastest of so many runs of `check`, with its peak memory. */
  readonly best: (rounds: number, root: string) => Run;
  /** Milliseconds that the command takes to start. */
  readonly start: () => number;
}

/** Written by the measured process to file descriptor 3 when it ends; `maxRSS` is in KiB. */
const TELL_PEAK =
  'data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,String(process.resourceUsage().maxRSS)))';

/**
 * Runs a program once. Throws when it could not be started or ended by a signal or with an exit code other than 0 and
 * 1.
 */
export function run(program: Program, options: { readonly cwd?: string; readonly peak?: boolean } = {}): Run {
  const { cwd, peak = false } = options;
  const started = process.hrtime.bigint();
  const { status, signal, error, output } = spawnSync(
    process.execPath,
    peak ? ["--import", TELL_PEAK, ...program] : [...program],
    { ...(cwd === undefined ? {} : { cwd }), stdio: ["ignore", "pipe", "pipe", "pipe"], maxBuffer: 1 << 26 },
  );
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
  if (error || signal || (status !== 0 && status !== 1)) {
    throw new Error(`node ${program.join(" ")}: ${error ?? signal ?? `exit code ${status}`}\n${output?.[2] ?? ""}`);
  }
  return { milliseconds, peak: Number(output?.[3]?.toString() || 0) / 1024 };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export interface Compared {
  readonly milliseconds: number;
  readonly base: number;
  /** The median of the ratios of the pairs, which a machine's slow minutes distort less than a ratio of medians. */
  readonly ratio: number;
}

/** Runs both programs in turn so many times, after one turn that doesn't count. */
export function compare(base: Program, program: Program, rounds: number, cwd?: string): Compared {
  const options = cwd === undefined ? {} : { cwd };
  const pairs: { base: number; program: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    // Who goes first changes, for the second of two may find a warmer machine.
    const order = round % 2 === 0 ? [base, program] : [program, base];
    const times = order.map((each) => run(each, options).milliseconds);
    const [first = 0, second = 0] = times;
    if (round > 0) pairs.push(round % 2 === 0 ? { base: first, program: second } : { base: second, program: first });
  }
  return {
    milliseconds: median(pairs.map((pair) => pair.program)),
    base: median(pairs.map((pair) => pair.base)),
    ratio: median(pairs.map((pair) => pair.program / pair.base)),
  };
}

/** The exponent b of y = a·x^b that fits best: the slope, by least squares, of log y over log x. */
export function exponent(points: readonly { readonly x: number; readonly y: number }[]): number {
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(logs.map((point) => point.x));
  const y = mean(logs.map((point) => point.y));
  const covariance = mean(logs.map((point) => (point.x - x) * (point.y - y)));
  return covariance / mean(logs.map((point) => (point.x - x) ** 2));
}
