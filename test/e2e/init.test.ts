/** `init` and `merge` as people run them. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeFiles } from "../support/files.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");
const node = process.env["E2E_NODE"] ?? process.execPath;
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

function folderOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "init-"));
  made.push(root);
  writeFiles(root, files);
  return root;
}

function run(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(node, [cli, ...args], { cwd, encoding: "utf8" });
  return { status, stdout, stderr };
}

const MODULE = `variable "image" {}
resource "aws_batch_job_definition" "load" {
  name                 = "load"
  type                 = "container"
  container_properties = jsonencode({ image = var.image })
}
`;
const FILES = {
  "infra/main.tf": MODULE,
  "infra/env/prod.tfvars": 'image = "a"',
  "infra/env/staging.tfvars": 'image = "b"',
};

test("below the top of a repository init writes no workflow, which GitHub would not read", () => {
  const root = folderOf({ ".git/HEAD": "ref: refs/heads/main\n", "jobs/infra/main.tf": MODULE });
  const { status, stderr } = run(join(root, "jobs/infra"), "init");
  expect(status).toBe(0);
  expect(stderr).toContain("No workflow was written: GitHub looks for them at the top of the repository, in ../...");
  expect(stderr).not.toContain("make batch-secrets a required check");
  expect(existsSync(join(root, "jobs/infra/.github"))).toBe(false);
});

test("init writes a workflow and a configuration that is valid and has what it recognised", () => {
  const root = folderOf(FILES);
  const { status, stderr } = run(root, "init");
  expect(status).toBe(0);
  expect(stderr).toContain("Wrote .github/workflows/batch-secrets.yml.\nWrote .batch-secrets-check.yaml.\n");
  expect(stderr).toContain("Recognised prod, staging by files with values. Left open: their accounts and Regions");
  expect(readFileSync(join(root, ".batch-secrets-check.yaml"), "utf8")).toContain(`deployments:
  - name: "prod"
    unit: ["infra"]
    var-files: ["infra/env/prod.tfvars"]
    # account: "111122223333"
    # region: eu-west-1
  - name: "staging"
`);
  const checked = run(root, "check");
  expect(checked.status).toBe(0);
  expect(checked.stdout).not.toContain("were not used");
});

test("init names what has to be made before there is anything to check", () => {
  const { stderr } = run(folderOf({ "cdk.json": "{}", "jobs.ts": "aws_batch; new EcsJobDefinition()" }), "init");
  expect(stderr).toContain("cdk.json: This app of the CDK makes job definitions (jobs.ts)");
  expect(stderr).toContain("Run `npx cdk synth` before the check.");
});

test("init changes no file that is there, and with --dry-run writes none", () => {
  const root = folderOf({ ...FILES, ".batch-secrets-check.yml": "fail-on: never\n" });
  expect(run(root, "init", "--dry-run").stdout).toContain(
    "# .github/workflows/batch-secrets.yml\nname: Batch secrets\n",
  );
  expect(existsSync(join(root, ".github"))).toBe(false);
  run(root, "init");
  expect(readFileSync(join(root, ".batch-secrets-check.yml"), "utf8")).toBe("fail-on: never\n");
  expect(existsSync(join(root, ".batch-secrets-check.yaml"))).toBe(false);
  const workflow = readFileSync(join(root, ".github/workflows/batch-secrets.yml"), "utf8");
  expect(run(root, "init").stderr).toContain(".github/workflows/batch-secrets.yml is there and was left as it is.");
  expect(readFileSync(join(root, ".github/workflows/batch-secrets.yml"), "utf8")).toBe(workflow);
});

test("init writes nothing outside of the folder", () => {
  const [root, elsewhere] = [folderOf(FILES), folderOf({})];
  symlinkSync(elsewhere, join(root, ".github"));
  run(root, "init");
  expect(existsSync(join(elsewhere, "workflows"))).toBe(false);
});

test("merge makes one report of several, and names a file that is none", () => {
  const root = folderOf(FILES);
  for (const name of ["shop", "ads"]) run(root, "check", "--format", "json", "--output", `${name}.json`);
  const { status, stdout } = run(root, "merge", "shop.json", "ads.json", "--format", "json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, verdict: "pass", summary: { jobDefinitions: 2 } });
  for (const format of ["text", "html", "sarif", "markdown", "junit", "gitlab", "github"]) {
    expect(run(root, "merge", "shop.json", "ads.json", "--format", format).status).toBe(0);
  }
  expect(run(root, "merge", "shop.json", "infra/main.tf")).toEqual({
    status: 2,
    stdout: "",
    stderr: "infra/main.tf: The file is no JSON report of batch-secrets-check, version 1.\n",
  });
});
