import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { commandNames, options, optionsOf, shells } from "./command.ts";
import { completions } from "./completions.ts";

const folder = mkdtempSync(join(tmpdir(), "completions-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What bash offers behind some words. */
function offered(...words: readonly string[]): string[] {
  const script = `${completions("bash")}
COMP_WORDS=(batch-secrets-check ${words.map((word) => `'${word}'`).join(" ")})
COMP_CWORD=${words.length}
_batch_secrets_check
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8" }).trim().split("\n");
}

test("bash completes commands, options and their values", () => {
  expect(offered("")).toEqual(expect.arrayContaining([...commandNames]));
  expect(offered("co")).toEqual(expect.arrayContaining(["collect", "completions"]));
  expect(offered("check", "--fo")).toEqual(["--format"]);
  expect(offered("--fail-on", "")).toEqual(["error", "warning", "never"]);
  expect(offered("--fail-on", "=")).toEqual(["error", "warning", "never"]);
  expect(offered("check", "--fail-on", "=", "n")).toEqual(["never"]);
  expect(offered("rules", "--format", "")).toEqual(["text", "json"]);
  expect(offered("explain", "secret-read-")).toEqual(["secret-read-allowed"]);
  expect(offered("completions", "")).toEqual([...shells]);
  expect(offered("check", "--config", "package.j")).toEqual(["package.json"]);
  expect(offered("init", "--")).toEqual(["--dry-run", "--help", "--version"]);
});

test.each(shells)("%s gets every option of every command", (shell) => {
  const script = completions(shell);
  for (const name of Object.values(optionsOf).flat()) expect(script).toMatch(new RegExp(`(?:--| -l )${name}\\b`));
  expect(Object.keys(options).every((name) => script.includes(name))).toBe(true);
});

const isThere = (shell: string) => spawnSync(shell, ["--version"]).error === undefined;

test.each(shells)("%s can read its script, where it is installed", (shell) => {
  const file = join(folder, shell);
  writeFileSync(file, completions(shell));
  const { status, stderr } = spawnSync(shell, ["-n", file], { encoding: "utf8" });
  expect(isThere(shell) ? [status, stderr] : [0, ""]).toEqual([0, ""]);
});

test.skipIf(!isThere("fish"))("fish completes the same", () => {
  const file = join(folder, "fish");
  writeFileSync(file, completions("fish"));
  const offered = (words: string) =>
    execFileSync("fish", ["-c", `source ${file}; complete -C 'batch-secrets-check ${words}'`], { encoding: "utf8" });
  expect(offered("check --fail-on ").trim().split("\n").sort()).toEqual(["error", "never", "warning"]);
  expect(offered("explain secret-read-")).toBe("secret-read-allowed\n");
  expect(offered("rules --f")).toBe("--format\n");
});
