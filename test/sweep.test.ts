/** The scripts of the sweep over an organization, on local repositories and on what its API would list. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const sweep = join(root, ".github/sweep");
const work = mkdtempSync(join(tmpdir(), "sweep-"));
afterAll(() => rmSync(work, { recursive: true }));

/** What `gh` prints for so many repositories, as a program of that name. */
function withGh(names: readonly string[]): NodeJS.ProcessEnv {
  const bin = join(work, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(work, "names"), names.map((name) => `${name}\n`).join(""));
  writeFileSync(join(bin, "gh"), `#!/bin/sh\ncat '${work}/names'\n`);
  chmodSync(join(bin, "gh"), 0o755);
  return { ...process.env, PATH: `${bin}:${process.env["PATH"]}` };
}

const hasJq = spawnSync("jq", ["--version"]).error === undefined;

test.skipIf(!hasJq)("10,000 repositories are 250 jobs of 40, in an output that GitHub takes", () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `repository-with-a-name-${index}`);
  const printed = execFileSync(join(sweep, "list.sh"), ["org"], { env: withGh(names), encoding: "utf8" });
  const shards = JSON.parse(printed.replace(/^shards=/, "")) as { index: number; repositories: string }[];
  expect(printed.length).toBeLessThan(1_000_000);
  expect(shards.map(({ index }) => index)).toEqual(Array.from({ length: 250 }, (_, index) => index));
  expect(shards.flatMap(({ repositories }) => repositories.split(" ")).sort()).toEqual(names.sort());
  expect(execFileSync(join(sweep, "list.sh"), ["org"], { env: withGh([]), encoding: "utf8" })).toBe("shards=[]\n");
});

test("five repositories are checked and merged: what has no jobs is left out, what can't be cloned is not", () => {
  const server = join(work, "server");
  const commit = (name: string, from?: string) => {
    const folder = join(server, "org", name);
    mkdirSync(folder, { recursive: true });
    if (from) cpSync(join(root, "examples", from), folder, { recursive: true });
    else writeFileSync(join(folder, "README.md"), "nothing\n");
    const git = (...args: readonly string[]) => execFileSync("git", ["-C", folder, ...args], { stdio: "pipe" });
    git("init", "--quiet");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "a");
  };
  commit("good", "good/terraform");
  commit("bad", "bad/terraform");
  commit("raw", "good/json");
  commit("site");
  const reports = join(work, "reports");
  const cli = join(root, "dist/cli.js");
  const args = [cli, "org", reports, "good", "bad", "raw", "site", "gone"];
  const { status } = spawnSync(join(sweep, "shard.sh"), args, { env: { ...process.env, SERVER: `file://${server}` } });
  expect(status).toBe(0);
  const written = readdirSync(reports).sort();
  expect(written).toEqual(["bad.json", "gone.json", "good.json", "raw.json"]);
  const merge = spawnSync(
    process.execPath,
    [cli, "merge", ...written.map((name) => join(reports, name)), "--format", "json"],
    {
      encoding: "utf8",
    },
  );
  expect(merge.status).toBe(2);
  const { problems, findings, summary } = JSON.parse(merge.stdout);
  expect(problems).toEqual([{ path: "gone/.", message: "The repository could not be cloned, so it was not checked." }]);
  expect(new Set(findings.map(({ location }: { location: { path: string } }) => location.path.split("/")[0]))).toEqual(
    new Set(["bad"]),
  );
  expect(summary.jobDefinitions).toBe(3);
});
