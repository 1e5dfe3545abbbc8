import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { makeRepository } from "../../test/fake-github/repository.ts";
import { type FakeOptions, startFakeGitHub, token } from "../../test/fake-github/server.ts";
import type { FakeState } from "../../test/fake-github/state.ts";

test("the files of a commit come as they are in git, texts a hundred with one request", async () => {
  using repository = makeRepository();
  const base = repository.commit({});
  const many = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [`a/${index}.json`, `{"n": ${index}}\r\n`]),
  );
  const large = `${"x".repeat(600_000)}\n`;
  repository.commit({ ...many, "ü.json": "ä", "large.json": large, "b.bin": "\0\u00ff" });
  writeFileSync(join(repository.folder, "latin.json"), Buffer.from([0x22, 0xe4, 0x22]));
  const git = (...args: string[]) => execFileSync("git", args, { cwd: repository.folder, encoding: "utf8" });
  git("add", "--all");
  git("-c", "user.name=M", "-c", "user.email=m@example.com", "commit", "--quiet", "--message=x");
  const head = git("rev-parse", "HEAD").trim();
  const between = repository.between(base, head);
  const state: FakeState = {
    owner: "octo",
    name: "jobs",
    number: 7,
    ...between,
    issueComments: [],
    reviewComments: [],
    reviews: [],
  };
  const options: { state: FakeState; graphql: NonNullable<FakeOptions["graphql"]> } = { state, graphql: "allowed" };
  await using github = await startFakeGitHub(options);
  // The address is read when octokit is loaded.
  vi.stubEnv("GITHUB_API_URL", github.url);
  const { connect } = await import("./connect.ts");
  const server = { server: "https://github.example.com", owner: "octo", name: "jobs" };
  for (const graphql of ["allowed", 404] as const) {
    options.graphql = graphql;
    const api = await connect(token, server, Date.now() + 60_000);
    const { files, load } = await api.snapshot(state.head);
    const ids = [...files.values()].map(({ id }) => id);
    const contents = await load(ids);
    const text = (path: string) => contents.get(files.get(path)?.id ?? "")?.toString("latin1");
    expect(files.get("a/7.json")?.mode).toBe("100644");
    expect([text("a/7.json"), text("latin.json"), text("large.json")]).toEqual(['{"n": 7}\r\n', '"\u00e4"', large]);
    expect(contents.get(files.get("ü.json")?.id ?? "")?.toString("utf8")).toBe("ä");
    expect(contents.size).toBe(ids.length);
    if (graphql === 404) continue;
    expect(github.calls.filter(({ path }) => path === "/graphql")).toHaveLength(2);
    expect(github.calls.filter(({ path }) => path.includes("/git/blobs/"))).toHaveLength(3);
  }
  state.longestTree = 50;
  const api = await connect(token, server, Date.now() + 60_000);
  await expect(api.snapshot(state.head)).rejects.toThrow("GitHub lists only a part of the repository's files");
});
