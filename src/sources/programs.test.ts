import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFiles } from "../../test/support/files.ts";
import { type CandidateOptions, readCandidates } from "./folder.ts";
import { notesOfPrograms } from "./programs.ts";
import { type Entry, openFolder } from "./tree.ts";

type Options = Partial<Pick<CandidateOptions, "ignore" | "isCommitted">>;

async function notes(files: Readonly<Record<string, string>>, options: Options = {}) {
  const root = mkdtempSync(join(tmpdir(), "programs-"));
  try {
    writeFiles(root, files);
    const read = await readCandidates(openFolder(root), { paths: [], ignore: [], ...options });
    return read.notes.map(({ path, message }) => `${path}: ${message}`);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const CDK =
  'import * as batch from "aws-cdk-lib/aws-batch";\nnew batch.EcsJobDefinition(this, "Nightly", { container });\n';
const TOLD =
  "This app of the CDK makes job definitions (infra/lib/jobs.ts), and none of what it makes is in the checked files, so they were not checked. Run `npx cdk synth` before the check.";

test("an app of the CDK that was not run is named, with the way out", async () => {
  const app = { "infra/cdk.json": "{}", "infra/lib/jobs.ts": CDK };
  expect(await notes(app)).toEqual([`infra/cdk.json: ${TOLD}`]);
  expect(await notes({ ...app, "infra/cdk.out/jobs.template.json": "{}" })).toEqual([]);
  expect(await notes(app, { ignore: ["infra"] })).toEqual([]);
});

test("what an app made and somebody committed may be older than the app", async () => {
  const app = { "cdk.json": "{}", "lib/jobs.ts": CDK, "cdk.out/jobs.template.json": "{}" };
  const isCommitted = async (path: string) => path.startsWith("cdk.out/");
  expect(await notes(app, { isCommitted })).toEqual([
    "cdk.json: This app of the CDK makes job definitions (lib/jobs.ts), and what it made is committed (cdk.out), so it may be older. Don't commit it. Run `npx cdk synth` before the check.",
  ]);
  expect(await notes({ ...app, "lib/jobs.ts": "" }, { isCommitted })).toEqual([]);
  expect(await notes(app, { isCommitted: async () => false })).toEqual([]);
});

test.each([
  ["cdk.json", "stack.py", "from aws_cdk import aws_batch as batch\nbatch.EcsJobDefinition(self, 'Nightly')"],
  ["cdk.json", "Stack.java", "import software.amazon.awscdk.services.batch.*; EcsJobDefinition.Builder.create()"],
  ["cdk.json", "stack.go", 'import "github.com/aws/aws-cdk-go/awscdk/v2/awsbatch"\nawsbatch.NewEcsJobDefinition()'],
  ["cdk.json", "Stack.cs", 'using Amazon.CDK.AWS.Batch;\nnew EcsJobDefinition(this, "Nightly", props);'],
  ["cdktf.json", "main.ts", 'import { BatchJobDefinition } from "@cdktf/provider-aws/lib/batch-job-definition";'],
  ["Pulumi.yaml", "index.ts", 'new aws.batch.JobDefinition("nightly", {});'],
  [
    "serverless.ts",
    "serverless.ts",
    'export = { resources: { Resources: { Job: { Type: "AWS::Batch::JobDefinition" } } } };',
  ],
  ["serverless.js", "resources.js", 'module.exports = { Job: { Type: "AWS::Batch::JobDefinition" } };'],
  ["Pulumi.yml", "__main__.py", "pulumi_aws.batch; aws.batch.JobDefinition('nightly')"],
])("%s with %s", async (program, file, code) => {
  const [only, ...others] = await notes({ [program]: "", [file]: code });
  expect(only).toMatch(`${program}: This `);
  expect(only).toMatch(`makes job definitions (${file}), and none of what it makes is in the checked files`);
  expect(others).toEqual([]);
});

test("a program about other things is not named, nor what it depends on", async () => {
  expect(await notes({ "cdk.json": "{}", "lib/site.ts": 'import * as s3 from "aws-cdk-lib/aws-s3";' })).toEqual([]);
  expect(await notes({ "cdk.json": "{}", "node_modules/x/jobs.ts": CDK })).toEqual([]);
  expect(await notes({ "cdk.json": "{}", "test/jobs.test.ts": CDK })).toEqual([]);
  const lambda = "import aws_batch_tools\nbatch.submit_job(jobDefinition=os.environ['JOB'])";
  expect(await notes({ "cdk.json": "{}", "lambda/main.py": lambda })).toEqual([]);
  expect(await notes({ "lib/jobs.ts": CDK })).toEqual([]);
});

test("programs in programs are looked through together, up to a limit", async () => {
  const depth = 400;
  const files = Array.from({ length: depth }, (_, level) => ({
    path: `${"a/".repeat(level)}cdk.json`,
    kind: "document" as const,
    link: false,
  }));
  const entry = (name: string, isFolder: boolean): Entry => ({
    name,
    isDirectory: () => isFolder,
    isFile: () => !isFolder,
    isSymbolicLink: () => false,
  });
  let given = 0;
  const list = (folder: string) => {
    const entries = [entry("cdk.json", false), ...(folder.length < 2 * (depth - 1) ? [entry("a", true)] : [])];
    given += entries.length;
    return entries;
  };
  expect(await notesOfPrograms({ ...openFolder("."), list }, files, undefined)).toEqual([]);
  expect(given).toBeGreaterThan(depth);
  expect(given).toBeLessThanOrEqual(20_001);
});
