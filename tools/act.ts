/**
 * Runs the action of dist/ under a real workflow runner: `npm run act`. It needs act on the PATH:
 * `go install github.com/nektos/act@v0.2.89`. act runs steps on this machine, without containers; GitHub is the stand-in.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPullRequest } from "../test/e2e/pull-request.ts";
import { pullRequest } from "../test/fake-github/routes.ts";
import { startFakeGitHub, token } from "../test/fake-github/server.ts";

const project = join(import.meta.dirname, "..");
const reference = "org/batch-secrets-check@v1";

const workflow = `on: pull_request
permissions:
  contents: read
  pull-requests: write
jobs:
  secrets:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        environment: [staging, production]
    steps:
      - uses: actions/checkout@v5
      - uses: ${reference}
`;

const job = `${JSON.stringify(
  {
    jobDefinitionName: "nightly",
    type: "container",
    containerProperties: {
      image: "example/nightly",
      executionRoleArn: "arn:aws:iam::111122223333:role/NightlyExecutionRole",
      secrets: [{ name: "DB", valueFrom: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-a1b2c3:password" }],
    },
  },
  null,
  2,
)}\n`;

/** The action alone, as a checkout of it would be. */
function copyAction(folder: string): string {
  const copy = join(folder, "action");
  mkdirSync(copy);
  for (const name of ["action.yml", "dist"]) cpSync(join(project, name), join(copy, name), { recursive: true });
  return copy;
}

async function runAct(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "act-"));
  const rest = { ".github/workflows/check.yml": workflow };
  using pull = openPullRequest(rest, { ...rest, "nightly.json": job });
  try {
    await using github = await startFakeGitHub({ state: pull.state });
    const event = join(folder, "event.json");
    writeFileSync(event, JSON.stringify({ action: "opened", number: 7, pull_request: pullRequest(pull.state) }));
    const args = [
      "pull_request",
      ...["--platform", "ubuntu-latest=-self-hosted"],
      ...["--eventpath", event],
      ...["--local-repository", `${reference}=${copyAction(folder)}`],
      ...["--secret", `GITHUB_TOKEN=${token}`],
      ...["--env", `GITHUB_API_URL=${github.url}`],
      ...["--env", "GITHUB_REPOSITORY=octo/jobs"],
    ];
    const home = { HOME: folder, XDG_CACHE_HOME: join(folder, "cache") };
    const child = spawn("act", args, { cwd: pull.folder, env: { ...process.env, ...home }, stdio: "inherit" });
    const [code] = (await once(child, "close")) as [number | null];
    for (const { method, path, status } of github.calls) process.stdout.write(`${method} ${path} ${status}\n`);
    for (const { path, line, body } of pull.state.reviewComments) process.stdout.write(`\n${path}:${line}\n${body}\n`);
    const { issueComments, reviews, reviewComments } = pull.state;
    const summaries = [...issueComments, ...reviews].map(({ body }) => body);
    for (const body of summaries) process.stdout.write(`\n${body}\n`);
    const isTold = (environment: string) =>
      summaries.some((body) => body.includes(`secrets check (${environment}): 1 `));
    if (code === 0 || reviewComments.length !== 1 || !["staging", "production"].every(isTold)) {
      throw new Error("Both jobs should have failed, each with a summary of its own, and one comment on the line.");
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await runAct();
