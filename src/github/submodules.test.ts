import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFiles } from "../../test/support/files.ts";
import { submoduleOf } from "./submodules.ts";

const commit = "a".repeat(40);
const server = "https://github.com";

/** The submodule of `libs/shared/jobs/a.json` when it comes from an address. */
function from(url: string) {
  const repository = realpathSync(mkdtempSync(join(tmpdir(), "submodule-")));
  writeFiles(repository, {
    ".git/modules/shared/HEAD": `${commit}\n`,
    ".git/modules/shared/config": `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n`,
    "libs/shared/.git": "gitdir: ../../.git/modules/shared\n",
    "libs/shared/jobs/a.json": "{}",
  });
  try {
    expect(submoduleOf({ repository }, server, "jobs/a.json")).toBeUndefined();
    return submoduleOf({ repository }, server, "libs/shared/jobs/a.json");
  } finally {
    rmSync(repository, { recursive: true });
  }
}

test("a file of a submodule is in the repository that it comes from", () => {
  const repository = { server, owner: "octo", name: "shared.jobs" };
  for (const url of [
    "https://github.com/octo/shared.jobs",
    "https://token@github.com/octo/shared.jobs.git",
    "git@github.com:octo/shared.jobs.git",
    "ssh://git@github.com/octo/shared.jobs.git",
  ]) {
    expect(from(url)).toEqual({ path: "jobs/a.json", repository, commit });
  }
});

test("nothing leads to another server, whatever a pull request calls it", () => {
  for (const url of [
    "https://evil.example/octo/shared",
    "https://github.com@evil.example/octo/shared",
    "https://evil.example/github.com/octo/shared",
    "../shared",
    "file:///tmp/shared",
    "",
  ]) {
    expect(from(url)).toEqual({ path: "jobs/a.json", repository: undefined, commit });
  }
});
