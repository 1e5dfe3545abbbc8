/**
 * Whatever starts a run, and whatever the change does to its own judge: the verdict does not get better. Each event is
 * tried with each trick.
 */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { baselineText } from "../../src/verdict/baseline.ts";
import type { Files } from "../fake-github/repository.ts";
import { checkFiles } from "../support/checked.ts";
import { definition, wrong } from "./job.ts";
import { openPullRequest, type PullRequest } from "./pull-request.ts";
import type { Step } from "./runner.ts";

const broken = JSON.stringify(definition({ DB_PASSWORD: wrong }));

type Given = Partial<Omit<Step, "workspace" | "api">>;

const repository = { default_branch: "main" };
const onMain = (pull: PullRequest, payload: object = {}): Given => ({
  payload: { repository, ...payload },
  ref: "refs/heads/main",
  sha: pull.state.base,
});
const onBranch = (pull: PullRequest, ref: string): Given => ({ payload: { repository }, ref, sha: pull.state.head });

/** Every event, as the runner gives it when the files of the change are checked out. */
const events: Readonly<Record<string, (pull: PullRequest) => Given>> = {
  pull_request: () => ({}),
  pull_request_target: ({ state }) => ({ sha: state.base }),
  pull_request_review: () => ({}),
  pull_request_review_comment: () => ({}),
  merge_group: ({ state }) => ({
    payload: { merge_group: { base_sha: state.base, head_sha: state.head }, repository },
    ref: "refs/heads/gh-readonly-queue/main/pr-7-x",
    sha: state.head,
  }),
  push: (pull) => onBranch(pull, "refs/heads/change"),
  "push of a tag": (pull) => ({ event: "push", ...onBranch(pull, "refs/tags/main") }),
  "push whose payload tells nothing": (pull) => ({ event: "push", sha: pull.state.head, payload: {} }),
  "push to main, something else checked out": (pull) => ({ event: "push", ...onMain(pull) }),
  workflow_dispatch: (pull) => onBranch(pull, "refs/heads/change"),
  schedule: onMain,
  workflow_run: (pull) => onMain(pull, { workflow_run: { head_sha: pull.state.head } }),
  issue_comment: (pull) => onMain(pull, { issue: { number: 7, pull_request: {} } }),
  check_suite: onMain,
  deployment: (pull) => onBranch(pull, "refs/heads/change"),
  repository_dispatch: onMain,
  "an event of next year": onMain,
};

interface Trick {
  readonly base?: Files;
  readonly head?: Files;
  /** What can't be committed by a test: done in the checkout. */
  readonly replace?: (pull: PullRequest) => void;
  readonly inputs?: Readonly<Record<string, string>>;
}

const ignoreAll = 'paths-ignore: ["**"]\n';
const never = "fail-on: never\n";

const tricks: Readonly<Record<string, Trick>> = {
  "a configuration that ignores everything": { head: { ".batch-secrets-check.yaml": ignoreAll } },
  "a suppression of what it breaks": {
    head: { ".batch-secrets-check.yaml": "suppressions: [{ rule: secret-selector-format, reason: trust me }]\n" },
  },
  "one under the name that is looked for last": { head: { ".batch-secrets-check.json": '{"fail-on": "never"}' } },
  "the base's, changed": {
    base: { ".batch-secrets-check.yaml": "fail-on: warning\n" },
    head: { ".batch-secrets-check.yaml": never },
  },
  "the base's, hidden by one that is looked for earlier": {
    base: { ".batch-secrets-check.yml": "fail-on: warning\n" },
    head: { ".batch-secrets-check.yaml": never, ".batch-secrets-check.yml": "fail-on: warning\n" },
  },
  "a configuration that the workflow names, changed": {
    base: { "ci/check.yaml": "fail-on: error\n" },
    head: { "ci/check.yaml": ignoreAll },
    inputs: { config: "ci/check.yaml" },
  },
  "its folder, replaced by a link to another": {
    base: { "ci/check.yaml": "fail-on: error\n", "lab/check.yaml": never },
    head: { "ci/check.yaml": "fail-on: error\n", "lab/check.yaml": never },
    replace: ({ folder }) => {
      rmSync(join(folder, "ci"), { recursive: true });
      symlinkSync(join(folder, "lab"), join(folder, "ci"));
    },
    inputs: { config: "ci/check.yaml" },
  },
  "the configuration, replaced by a link": {
    base: { "lab.yaml": never },
    head: { "lab.yaml": never },
    replace: ({ folder }) => symlinkSync(join(folder, "lab.yaml"), join(folder, ".batch-secrets-check.yaml")),
  },
  "the working directory, replaced by a link to a folder with a lenient configuration": {
    base: { "lab/.batch-secrets-check.yaml": never, "infra/jobs.json": broken },
    head: { "lab/.batch-secrets-check.yaml": never, "infra/jobs.json": broken },
    replace: ({ folder }) => {
      renameSync(join(folder, "infra/jobs.json"), join(folder, "lab/jobs.json"));
      rmSync(join(folder, "infra"), { recursive: true });
      symlinkSync(join(folder, "lab"), join(folder, "infra"));
    },
    inputs: { "working-directory": "infra" },
  },
  "the working directory, made a repository of its own": {
    base: { "infra/.batch-secrets-check.yaml": "fail-on: warning\n" },
    head: { "infra/.batch-secrets-check.yaml": never, "infra/jobs.json": broken },
    replace: ({ folder }) => {
      mkdirSync(join(folder, "infra"), { recursive: true });
      writeFileSync(join(folder, "infra/.git"), "gitdir: ../.git/modules/infra\n");
    },
    inputs: { "working-directory": "infra" },
  },
  "a comment that suppresses what it breaks, and a configuration that allows it": {
    head: {
      "jobs.json": "{}",
      "jobs.yaml": `# batch-secrets-check: ignore secret-selector-format -- trust me\n${broken.replace("{", "{ ")}`,
      ".batch-secrets-check.yaml": "allow-new-suppressions: true\n",
    },
  },
  "a baseline with what it breaks, in place of the base's": {
    base: { ".batch-secrets-check.yaml": "baseline: known.json\n", "known.json": baselineText([]) },
    head: {
      ".batch-secrets-check.yaml": "baseline: known.json\n",
      "known.json": baselineText((await (await checkFiles({ "jobs.json": broken })).baseline()).entries),
    },
  },
};

test("but for the base, these comments and baselines would count", async () => {
  for (const trick of ["a comment that suppresses", "a baseline with what it breaks"]) {
    const { head = {} } = Object.entries(tricks).find(([what]) => what.startsWith(trick))?.[1] ?? {};
    expect((await checkFiles({ "jobs.json": broken, ...head } as Record<string, string>)).report.verdict).toBe("pass");
  }
});

for (const [name, given] of Object.entries(events)) {
  describe.concurrent(`on ${name}`, () => {
    const open = (trick: Trick = {}) => {
      const pull = openPullRequest(
        { "README.md": "# Jobs\n", ...trick.base },
        { "README.md": "# Jobs\n", "jobs.json": broken, ...trick.head },
      );
      trick.replace?.(pull);
      const { event = name, ...step } = given(pull);
      const inputs = { comment: "never", review: "false", ...trick.inputs };
      return { pull, run: (extra: object = {}) => pull.run({ event, ...step, inputs, ...extra }) };
    };

    for (const [what, trick] of Object.entries(tricks)) {
      test(`${what}: fails all the same`, async () => {
        const { pull, run } = open(trick);
        using _ = pull;
        const { code, annotations } = await run();
        expect([1, 2]).toContain(code);
        expect(annotations.at(-1)?.message).toMatch(/^Batch secrets check failed: |link/);
      });
    }

    test("the configuration of the base decides, and it is asked for once", async () => {
      const { pull, run } = open({ base: { ".batch-secrets-check.yaml": never } });
      using _ = pull;
      const { code, outputs, requests, log } = await run();
      expect(code).toBe(0);
      expect(outputs.violations).toBe("1");
      expect(log).toMatch(/The configuration here differs from that of the (base branch|base of the|default branch)/);
      expect(requests).toEqual(["POST /graphql"]);
    });

    test("when the base can't be read, what was found is shown and the check fails", async () => {
      const { pull, run } = open({ base: { ".batch-secrets-check.yaml": never } });
      using _ = pull;
      const refusal = {
        method: "GET",
        path: /contents/,
        status: 403,
        message: "Resource not accessible by integration",
      };
      const { code, outputs, annotations, summary } = await run({
        graphql: 403,
        refusals: [refusal, refusal, refusal],
      });
      expect(code).toBe(2);
      expect(outputs.violations).toBe("1");
      expect(summary).toContain("jobs.json");
      expect(annotations.map(({ message }) => message)).toContainEqual(
        expect.stringMatching(/^The configuration of .* can't be read: .*The job needs permissions: contents: read\.$/),
      );
    });
  });
}

test("the base in place of the change is refused where the event tells the commit", async () => {
  using pull = openPullRequest({ "README.md": "# Jobs\n" }, { "jobs.json": broken });
  pull.checkout(pull.state.base);
  for (const event of ["pull_request", "pull_request_review", "merge_group"]) {
    const { code, log } = await pull.run({ event, ...events[event]?.(pull) });
    expect(code).toBe(2);
    expect(log).toMatch(/so the (pull request|merge group) was not checked/);
  }
});

test("the default branch itself is checked without asking GitHub anything", async () => {
  using pull = openPullRequest({ "jobs.json": broken, ".batch-secrets-check.yaml": never }, {});
  pull.checkout(pull.state.base);
  for (const event of ["push", "schedule", "workflow_dispatch"]) {
    const { code, requests, outputs } = await pull.run({ event, ...onMain(pull) });
    expect([code, requests, outputs.violations]).toEqual([0, [], "1"]);
  }
});
