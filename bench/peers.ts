/** The command against other checkers of the same file, those of them that are on the PATH. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Files } from "./generate.ts";
import { median } from "./measure.ts";
import { head, ms, print, row, times } from "./print.ts";

const PAIRS = 7;

interface Peer {
  readonly name: string;
  readonly budget: string;
  readonly command: (path: string) => readonly string[];
}

const PEERS: readonly Peer[] = [
  { name: "checkov", budget: "25 ×", command: (path) => ["checkov", "--quiet", "--compact", "--file", path] },
  { name: "cfn-lint", budget: "10 ×", command: (path) => ["cfn-lint", path] },
  { name: "trivy", budget: "10 ×", command: (path) => ["trivy", "config", "--skip-check-update", "--quiet", path] },
];

/** Compares the command of `cli` with each peer on one template, in pairs. */
export function peers(cli: string, template: Files): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-peers-"));
  try {
    const path = join(folder, "template.yaml");
    writeFileSync(path, [...template.values()].join("\n"));
    head(
      "One CloudFormation template, against other checkers",
      "checker",
      "its time",
      "`check`",
      "faster by",
      "budget",
    );
    const found = PEERS.filter(({ name }) => spawnSync(name, ["--version"]).status === 0);
    for (const { name, budget, command } of found) {
      const pairs = Array.from({ length: PAIRS }, () => ({
        peer: timeOf(command(path), folder),
        check: timeOf([process.execPath, cli, "check", "--fail-on", "never", path], folder),
      }));
      const column = (of: (pair: { peer: number; check: number }) => number) => median(pairs.map(of));
      const ratio = column(({ peer, check }) => peer / check);
      row(name, ms(column(({ peer }) => peer)), ms(column(({ check }) => check)), times(ratio), budget);
    }
    const missing = PEERS.filter((peer) => !found.includes(peer)).map(({ name }) => name);
    if (missing.length > 0) print(`\nNot on the PATH, so not measured: ${missing.join(", ")}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds that a command takes; its exit code says what it found and does not matter here. */
function timeOf([command = "", ...args]: readonly string[], cwd: string): number {
  const started = process.hrtime.bigint();
  const { error } = spawnSync(command, args, { cwd, stdio: "ignore" });
  if (error) throw error;
  return Number(process.hrtime.bigint() - started) / 1e6;
}
