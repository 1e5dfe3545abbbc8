/**
 * Whatever starts a run, whatever its token may do and whatever GitHub does meanwhile: what is found is the same, and what
 * can't be written is said with its reason. One table, on the built action.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { jobFile, wrong } from "./job.ts";
import { type Given, openPullRequest, type PullRequest, type Run } from "./pull-request.ts";

const job = jobFile({ DB_PASSWORD: wrong });
const readme = { "README.md": "# Jobs\n" };
const review = "POST /repos/octo/jobs/pulls/7/reviews";
const comment = "POST /repos/octo/jobs/issues/7/comments";
const repository = { default_branch: "main" };
const denied = "Resource not accessible by integration";

interface Row {
  readonly given?: (pull: PullRequest) => Given;
  /** What is done to the repository and the checkout before. */
  readonly before?: (pull: PullRequest) => void;
  readonly writes: readonly string[];
  /** How many requests there are at most. */
  readonly most?: number;
  /** What is in the log, besides the findings. */
  readonly says?: string;
  /** 2 where the configuration that decides is not known; else 1, for the finding. */
  readonly code?: 2;
}

const onMain = (pull: PullRequest): Given => ({
  payload: { repository },
  ref: "refs/heads/main",
  sha: pull.state.head,
});
const refusal = (method: string, path: RegExp, status: number, message: string, headers = {}) => ({
  refusals: [{ method, path, status, message, headers }],
});

const rows: Readonly<Record<string, Row>> = {
  "a pull request of the same repository": { writes: [review], most: 5 },
  "one of a fork": { given: () => ({ fork: true, write: 403 }), writes: [], says: "from a fork is read-only" },
  "one of Dependabot": {
    given: () => ({ actor: "dependabot[bot]", write: 403 }),
    writes: [],
    says: "started by Dependabot is read-only",
  },
  "pull_request_target, with the base checked out": {
    before: (pull) => pull.checkout(pull.state.base),
    given: ({ state }) => ({ event: "pull_request_target", sha: state.base, fork: true }),
    writes: [review],
  },
  "a merge group": {
    given: ({ state }) => ({
      event: "merge_group",
      payload: { merge_group: { base_sha: state.base, head_sha: state.head }, repository },
      ref: "refs/heads/gh-readonly-queue/main/pr-7-x",
      sha: state.head,
    }),
    writes: [],
    most: 1,
  },
  "a push to the default branch": { given: (pull) => ({ event: "push", ...onMain(pull) }), writes: [], most: 0 },
  "a push to another branch": {
    given: (pull) => ({ event: "push", ...onMain(pull), ref: "refs/heads/change" }),
    writes: [],
    most: 1,
  },
  "a schedule": { given: (pull) => ({ event: "schedule", ...onMain(pull) }), writes: [], most: 0 },
  "a run by hand": { given: (pull) => ({ event: "workflow_dispatch", ...onMain(pull) }), writes: [], most: 0 },
  "workflow_run, for a check of the default branch": {
    given: (pull) => ({ event: "workflow_run", ...onMain(pull) }),
    writes: [],
    most: 1,
  },
  "a workflow that another one calls": {
    // The event is that of the caller; the workflow is named by its reference.
    given: () => ({
      environment: {
        GITHUB_WORKFLOW: "CI",
        GITHUB_WORKFLOW_REF: "octo/shared/.github/workflows/check.yml@refs/heads/main",
        GITHUB_JOB: "check",
        GITHUB_ACTION: "__octo_batch-secrets-check",
      },
    }),
    writes: [review],
  },
  "GitHub Enterprise Server": {
    given: () => ({ basePath: "/api/v3", environment: { GITHUB_GRAPHQL_URL: "http://127.0.0.1:9/api/graphql" } }),
    writes: [review.replace(" ", " /api/v3")],
  },
  "GitHub Enterprise Server, without the newer fields of GraphQL": {
    given: () => ({ basePath: "/api/v3", graphql: "old" }),
    writes: [review.replace(" ", " /api/v3")],
  },
  "a token that may not read pull requests": {
    given: () => ({ pulls: false, write: 403 }),
    writes: [],
    says: "The job needs permissions: pull-requests: write",
  },
  "a token that GitHub doesn't know": {
    given: () => ({ inputs: { "github-token": "ghp_other" } }),
    writes: [],
    says: "GitHub does not know the token of input github-token (401: Bad credentials)",
    code: 2,
  },
  "a token that may not read contents": {
    given: () => ({ graphql: 403, ...refusal("GET", /contents/, 403, denied) }),
    writes: [review],
    says: "The job needs permissions: contents: read",
    code: 2,
  },
  "a locked conversation": {
    given: () => refusal("POST", /reviews$/, 403, "Unable to create comment because issue is locked."),
    writes: [],
    says: "GitHub refused it (403: Unable to create comment because issue is locked.).",
  },
  "a primary limit": {
    given: () => {
      const reset = String(Math.ceil(Date.now() / 1_000) + 3_000);
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
      return refusal("GET", /files$/, 403, "API rate limit exceeded for installation ID 1.", headers);
    },
    writes: [],
    says: "GitHub's limit for requests is reached (403: API rate limit exceeded",
  },
  "a primary limit of GraphQL": { given: () => ({ graphql: "limited" }), writes: [review] },
  "a secondary limit": {
    given: () => refusal("POST", /reviews$/, 429, "You have exceeded a secondary rate limit.", { "retry-after": "1" }),
    writes: [review],
  },
  "a server that fails to read once": {
    given: () => refusal("GET", /files$/, 502, "Bad Gateway"),
    writes: [review],
  },
  "a server that fails to write": {
    given: () => refusal("POST", /reviews$/, 502, "Bad Gateway"),
    writes: [],
    says: "GitHub failed (502: Bad Gateway)",
  },
  "a server that never answers": {
    given: () => ({ silent: true }),
    writes: [],
    says: "Comments could not be written: GitHub did not answer",
    code: 2,
  },
  "a head that moves during the run": {
    given: ({ state }) => {
      let looks = 0;
      return {
        before: ({ path }) => {
          if (path.endsWith("/graphql") && looks++ > 0) state.head = "f".repeat(40);
        },
      };
    },
    writes: [],
    says: "The pull request has newer commits, so nothing was commented here",
  },
  "more than 3,000 files": {
    before: ({ state }) => {
      const more = { status: "added", additions: 1, deletions: 0, patch: "@@ -0,0 +1 @@\n+x" } as const;
      const many = Array.from({ length: 3_200 }, (_, index) => ({ ...more, filename: `a/${index}.txt` }));
      state.files = [...many, ...state.files];
    },
    writes: [comment],
    says: "GitHub lists 3000 of the 3202 changed files",
  },
  "a submodule beside": {
    before: ({ state, folder }) => {
      mkdirSync(join(folder, "vendor"));
      writeFileSync(join(folder, "vendor/.git"), "gitdir: ../.git/modules/vendor\n");
      const patch = `@@ -1 +1 @@\n-Subproject commit ${"1".repeat(40)}\n+Subproject commit ${"2".repeat(40)}`;
      state.files = [{ filename: "vendor", status: "modified", additions: 1, deletions: 1, patch }, ...state.files];
    },
    writes: [review],
  },
  "a shallow clone": {
    given: (pull) => ({ workspace: clone(pull) }),
    writes: [review],
  },
};

function clone({ folder }: PullRequest, depth = 1): string {
  const to = mkdtempSync(join(tmpdir(), "batch-secrets-check-"));
  execFileSync("git", ["clone", "--quiet", "--depth", String(depth), `file://${folder}`, to], { stdio: "ignore" });
  return to;
}

/** Checks out the merge that GitHub makes of a pull request. Gives the commit. */
function mergeOf({ state, folder, checkout }: PullRequest): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
  checkout(state.base);
  git("-c", "user.name=M", "-c", "user.email=m@example.com", "merge", "--quiet", "--no-ff", "-m", "x", state.head);
  state.merge = git("rev-parse", "HEAD");
  return state.merge;
}

/** On its line a finding is said once: by a comment or, where none is written, by an annotation. */
function found(run: Run, { state }: PullRequest, code = 1): void {
  expect(run.code).toBe(code);
  expect(run.outputs).toMatchObject({ verdict: "fail", violations: "1" });
  const said = [...run.annotations.map(({ file }) => file), ...state.reviewComments.map(({ path }) => path)];
  expect(said.filter((path) => path !== undefined)).toEqual(["jobs.json"]);
  expect(run.summary).toContain("jobs.json");
}

describe.concurrent("what is found doesn't depend on", () => {
  for (const [name, { given, before, writes, most = 100, says, code }] of Object.entries(rows)) {
    test(name, async () => {
      using pull = openPullRequest({ ...readme, "gone.json": "{}\n" }, { ...readme, "jobs.json": job });
      before?.(pull);
      const step = given?.(pull) ?? {};
      const run = await pull.run(step);
      if (step.workspace !== undefined) rmSync(step.workspace, { recursive: true });
      found(run, pull, code);
      expect(run.writes).toEqual(writes);
      expect(run.requests.length).toBeLessThanOrEqual(most);
      if (says !== undefined) expect(run.log).toContain(says);
    });
  }

  test("a proxy between the runner and GitHub", async () => {
    const asked: string[] = [];
    const proxy = createServer().on("connect", (request, socket) => {
      const { port } = new URL(`http://${request.url}`);
      asked.push(request.url ?? "");
      const on = connect(Number(port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        on.pipe(socket).pipe(on);
      });
      socket.on("error", () => on.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    using pull = openPullRequest(readme, { ...readme, "jobs.json": job });
    const run = await pull.run({
      host: "github.internal",
      environment: { http_proxy: `http://127.0.0.1:${port}`, https_proxy: `http://127.0.0.1:${port}` },
    });
    proxy.closeAllConnections();
    proxy.close();
    found(run, pull);
    expect(run.writes).toEqual([review]);
    expect(asked.length).toBeGreaterThan(0);
  });

  test("a submodule with a finding: it is old while the commit is the same, and links lead to its repository", async () => {
    using pull = openPullRequest(readme, { ...readme, "note.txt": "x" });
    const { state, folder } = pull;
    const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
    const withSubmodule = (commit: string): string => {
      pull.checkout(commit);
      git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},vendor`);
      git("-c", "user.name=M", "-c", "user.email=m@example.com", "commit", "--quiet", "-m", "x");
      return git("rev-parse", "HEAD");
    };
    const without = state.base;
    Object.assign(state, { base: withSubmodule(state.base) });
    Object.assign(state, {
      head: git("commit-tree", `${withSubmodule(state.head)}^{tree}`, "-p", state.base, "-m", "x"),
    });
    git("checkout", "--quiet", "--detach", state.head);
    for (const path of ["vendor", ".git/modules/vendor"]) mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, "vendor/.git"), "gitdir: ../.git/modules/vendor\n");
    writeFileSync(join(folder, "vendor/jobs.json"), job);
    writeFileSync(join(folder, ".git/modules/vendor/HEAD"), "1".repeat(40));
    const url = "https://github.example.com/octo/shared";
    writeFileSync(join(folder, ".git/modules/vendor/config"), `[remote "origin"]\n\turl = ${url}.git\n`);
    const same = await pull.run();
    expect(same.code).toBe(0);
    expect(same.summary).toContain(`](${url}/blob/${"1".repeat(40)}/jobs.json#L`);
    // It was not there before.
    Object.assign(state, { base: without });
    expect((await pull.run()).code).toBe(1);
  });

  test("whatever the depth of the clone, a run with nothing new reads twice", async () => {
    const old = { "old.json": jobFile({ OLD: wrong }, "old"), "old.txt": "x" };
    using pull = openPullRequest({ ...readme, ...old }, { ...readme, "moved.json": old["old.json"], "jobs.json": job });
    const sha = mergeOf(pull);
    for (const depth of [1, 2]) {
      const workspace = clone(pull, depth);
      try {
        await pull.run({ workspace, sha });
        const again = await pull.run({ workspace, sha });
        expect([again.writes, again.outputs.violations]).toEqual([[], "1"]);
        expect(again.requests.toSorted()).toEqual(["GET /repos/octo/jobs/pulls/7/files", "POST /graphql"]);
      } finally {
        rmSync(workspace, { recursive: true });
      }
    }
    expect(pull.state.reviewComments).toHaveLength(1);
  });

  test("a clone of one commit whose base is not all in the first answer reads it as it would without one", async () => {
    const given: readonly Given[] = [{}, { graphql: 404 }, refusal("GET", /files$/, 403, denied)];
    for (const one of given) {
      using pull = openPullRequest({ ...readme, "jobs.json": job }, { ...readme, "jobs.json": job, "a.txt": "x" });
      const sha = mergeOf(pull);
      const workspace = clone(pull);
      // GitHub lists other files than those that differ.
      Object.assign(pull.state, { files: [] });
      try {
        const run = await pull.run({ workspace, sha, ...one });
        expect(run.outputs.violations).toBe("0");
        expect(run.requests).toContain(`GET /repos/octo/jobs/git/trees/${pull.state.base}`);
      } finally {
        rmSync(workspace, { recursive: true });
      }
    }
  });

  test("annotations are on the lines of the head when the base has moved on", async () => {
    const files = { ...readme, "other.json": jobFile({ A: `${wrong}::` }, "other") };
    using pull = openPullRequest(files, { ...files, "jobs.json": job });
    const line = 1 + job.split("\n").findIndex((text) => text.includes(wrong));
    const tip = { ...files, "other.json": `\n\n${files["other.json"]}` };
    pull.moveBase(tip, { ...tip, "jobs.json": `\n\n\n${job}` });
    const sha = pull.state.merge ?? "";
    for (const depth of [1, 2]) {
      const workspace = clone(pull, depth);
      try {
        const run = await pull.run({ workspace, sha, fork: true, write: 403 });
        expect(run.annotations.filter(({ file }) => file !== undefined)).toMatchObject([
          { file: "jobs.json", line: String(line) },
        ]);
      } finally {
        rmSync(workspace, { recursive: true });
      }
    }
  });

  test("another job: each keeps a summary of its own, and says on the line only what the other one has not said", async () => {
    using pull = openPullRequest(readme, { ...readme, "jobs.json": job });
    const inJob = (GITHUB_JOB: string) => ({ environment: { GITHUB_WORKFLOW: "CI", GITHUB_JOB, GITHUB_ACTION: "x" } });
    expect((await pull.run(inJob("production"))).writes).toEqual([review]);
    expect((await pull.run(inJob("staging"))).writes).toEqual([comment]);
    expect((await pull.run(inJob("production"))).writes).toEqual([]);
    const ofMatrix = (environment: string) => {
      const { environment: variables } = inJob("matrix");
      return { environment: variables, inputs: { matrix: JSON.stringify({ environment }, undefined, 2) } };
    };
    for (const environment of ["production", "staging"]) {
      expect((await pull.run(ofMatrix(environment))).writes).toEqual([comment]);
      expect(pull.state.issueComments.at(-1)?.body).toContain(`## ❌ Batch secrets check (${environment}): `);
    }
    for (const environment of ["production", "staging"])
      expect((await pull.run(ofMatrix(environment))).writes).toEqual([]);
    const named = (name: string) => ({ inputs: { name } });
    expect((await pull.run(named("production"))).writes).toEqual([comment]);
    expect(pull.state.issueComments.at(-1)?.body).toContain("## ❌ Batch secrets check (production): ");
    expect((await pull.run(named("production"))).writes).toEqual([]);
  });
});
