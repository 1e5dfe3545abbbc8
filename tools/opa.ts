/**
 * Runs OPA at the version that tools/go.mod pins: `node tools/opa.ts test policies`.
 *
 * A matching `opa` on PATH is taken; otherwise Go builds it once into tools/bin, which git ignores.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the project: OPA gets relative paths only, since it writes them into what it builds. */
export const root = dirname(import.meta.dirname);

const MODULE = "github.com/open-policy-agent/opa";
const built = join(root, "tools/bin", process.platform === "win32" ? "opa.exe" : "opa");
let known: string | undefined;

/** The output of an OPA command run in the project's folder. Throws what OPA says when it fails. */
export function opa(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(executable(), args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`opa ${args[0]}: ${stderr}${stdout}`.trim());
  return stdout;
}

function executable(): string {
  known ??= find(pinnedVersion());
  return known;
}

function find(version: string): string {
  for (const candidate of [built, "opa"]) if (versionOf(candidate) === version) return candidate;
  process.stderr.write(`Building opa ${version} with Go, which takes a minute or so once.\n`);
  execFileSync("go", ["build", "-C", join(root, "tools"), "-o", built, MODULE], { stdio: "inherit" });
  return built;
}

function pinnedVersion(): string {
  const version = new RegExp(`${MODULE} v(\\S+)`).exec(readFileSync(join(root, "tools/go.mod"), "utf8"))?.[1];
  if (version === undefined) throw new Error(`tools/go.mod does not name a version of ${MODULE}`);
  return version;
}

function versionOf(candidate: string): string | undefined {
  if (candidate !== "opa" && !existsSync(candidate)) return undefined;
  const { stdout } = spawnSync(candidate, ["version"], { encoding: "utf8" });
  return /^Version: (\S+)/m.exec(stdout ?? "")?.[1];
}

if (import.meta.main) {
  const { status } = spawnSync(executable(), process.argv.slice(2), { cwd: root, stdio: "inherit" });
  process.exitCode = status ?? 1;
}
