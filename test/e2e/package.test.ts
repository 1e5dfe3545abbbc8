/** The npm package: packed, installed into an empty folder, and run from there. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const work = mkdtempSync(join(tmpdir(), "package-"));
const home = join(work, "empty");
const npm = (cwd: string, ...args: readonly string[]) => {
  const env = { ...process.env, npm_config_cache: join(work, "cache"), npm_config_update_notifier: "false" };
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")}: ${stderr}`);
  return stdout;
};
const run = (...args: readonly string[]) =>
  spawnSync(join(home, "node_modules/.bin/batch-secrets-check"), args, { cwd: home, encoding: "utf8" });

beforeAll(() => {
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), "{}");
  npm(root, "pack", "--pack-destination", work);
  const packed = readdirSync(work).find((name) => name.endsWith(".tgz")) ?? "";
  npm(home, "install", "--offline", "--no-audit", "--no-fund", join(work, packed));
});
afterAll(() => rmSync(work, { recursive: true }));

test("the package installs nothing else, and holds what runs and little more", () => {
  expect(readdirSync(join(home, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
    "batch-secrets-check",
  ]);
  const inside = readdirSync(join(home, "node_modules/batch-secrets-check")).sort();
  expect(inside).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "dist", "docs", "package.json"]);
});

test("it runs, and finds what it finds from a checkout", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(run("--version").stdout).toBe(`${version}\n`);
  cpSync(join(root, "examples"), join(home, "examples"), { recursive: true });
  expect(run("check", "examples/good").status).toBe(0);
  expect(run("check", "examples/bad").status).toBe(1);
  expect(run("explain", "secret-read-allowed").status).toBe(0);
});
