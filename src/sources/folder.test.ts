import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readEvidence } from "./evidence.ts";
import { readCandidates } from "./folder.ts";
import { MAX_FILE_BYTES, MAX_RUN_CHARACTERS } from "./read-file.ts";
import { openFolder } from "./tree.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A new folder with these files in it. */
function folderOf(files: Record<string, string | Buffer>): string {
  const root = mkdtempSync(join(tmpdir(), "folder-test-"));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const JOB = '{"jobDefinitionName": "a"}';
const STACK = "Resources: {A: {Type: 'AWS::Batch::JobDefinition'}}\n";
const everything = { paths: [], ignore: [] };

const paths = async (root: string, options: { paths?: readonly string[]; ignore?: readonly string[] } = {}) => {
  const { files, problems } = await readCandidates(openFolder(root), { ...everything, ...options });
  expect(problems).toEqual([]);
  return files.map(({ path }) => path);
};

test("files are found by content, in the order of their paths, whatever their ending among those of documents", async () => {
  const root = folderOf({
    "b/stack.yaml": STACK,
    "b/stack.yml.j2": STACK,
    "b/stack.yml.erb": STACK,
    "a/job.json": JOB,
    "a/job.JSON": JOB,
    "a/job.tpl.json": JOB,
    "z.template": STACK,
    "b-c/x.tmpl": JOB,
    "readme.md": JOB,
    "a/other.json": '{"name": "x"}',
    "main.tf": "aws_batch_job_definition",
  });
  expect(await readCandidates(openFolder(root), everything)).toEqual({
    files: [
      { path: "a/job.JSON", text: JOB },
      { path: "a/job.json", text: JOB },
      { path: "a/job.tpl.json", text: JOB },
      { path: "b-c/x.tmpl", text: JOB },
      { path: "b/stack.yaml", text: STACK },
      { path: "b/stack.yml.erb", text: STACK },
      { path: "b/stack.yml.j2", text: STACK },
      { path: "z.template", text: STACK },
    ],
    terraform: ["main.tf"],
    named: new Set(),
    scanned: 10,
    problems: [],
    notes: [],
    unread: [],
    unused: [],
    isAll: true,
  });
});

test("files of Terraform are listed and not read", async () => {
  const root = folderOf({
    "a/main.tf": "",
    "a/x.tf.json": "{}",
    "a/b.tfvars": "",
    "a/terragrunt.hcl": "",
    "a/t.tftpl": JOB,
  });
  const { files, terraform } = await readCandidates(openFolder(root), everything);
  expect(files).toEqual([]);
  expect(terraform).toEqual(["a/b.tfvars", "a/main.tf", "a/t.tftpl", "a/terragrunt.hcl", "a/x.tf.json"]);
});

test("folders of dependencies and caches are passed over, unless they are named", async () => {
  const root = folderOf({
    "node_modules/p/job.json": JOB,
    ".git/job.json": JOB,
    "infra/.terraform/modules/m/job.json": JOB,
    "lambda/botocore/data/batch/2016-08-10/service-2.json": JOB,
    ".github/job.json": JOB,
    "cdk.out/s.template.json": JOB,
  });
  expect(await paths(root)).toEqual([".github/job.json", "cdk.out/s.template.json"]);
  expect(await paths(root, { paths: ["node_modules/p"] })).toEqual(["node_modules/p/job.json"]);
});

test("paths may be files, folders and globs, each relative to the root", async () => {
  const root = folderOf({
    "a/job.json": JOB,
    "a/b/job.json": JOB,
    "c/job.json": JOB,
    "c/notes.txt": "not json",
    "[x]/job.json": JOB,
  });
  expect(await paths(root, { paths: ["a"] })).toEqual(["a/b/job.json", "a/job.json"]);
  expect(await paths(root, { paths: ["./a/", "c/job.json", "a"] })).toEqual([
    "a/b/job.json",
    "a/job.json",
    "c/job.json",
  ]);
  expect(await paths(root, { paths: ["{a,c}/*.json"] })).toEqual(["a/job.json", "c/job.json"]);
  expect(await paths(root, { paths: ["**/b"] })).toEqual(["a/b/job.json"]);
  expect(await paths(root, { paths: ["[x]"] })).toEqual(["[x]/job.json"]);
  expect(await paths(root, { paths: [join(root, "c")] })).toEqual(["c/job.json"]);
});

test("a file that is named is read whatever its ending and content", async () => {
  const root = folderOf({ "c/notes.txt": "anything", "c/other.json": "{}" });
  const { files } = await readCandidates(openFolder(root), { paths: ["c/notes.txt", "c/other.json"], ignore: ["c"] });
  expect(files).toEqual([
    { path: "c/notes.txt", text: "anything" },
    { path: "c/other.json", text: "{}" },
  ]);
});

test("ignored globs leave out files and folders, a glob without a slash anywhere", async () => {
  const root = folderOf({
    "a/job.json": JOB,
    "a/test/job.json": JOB,
    "test/x/job.json": JOB,
    "a/b/old.json": JOB,
    "d/.e/job.json": JOB,
  });
  expect(await paths(root, { ignore: ["test", "d/**"] })).toEqual(["a/b/old.json", "a/job.json"]);
  expect(await paths(root, { ignore: ["a/"] })).toEqual(["d/.e/job.json", "test/x/job.json"]);
  expect(await paths(root, { ignore: ["**/test/**", "old.*", "/d"] })).toEqual(["a/job.json"]);
});

test("what a path does not lead to is a problem", async () => {
  const root = folderOf({ "a/job.json": JOB });
  expect(await readCandidates(openFolder(root), { paths: ["b", "../x", "*.yaml"], ignore: [] })).toEqual({
    files: [],
    notes: [],
    unread: [],
    unused: [],
    isAll: false,
    terraform: [],
    named: new Set(),
    scanned: 0,
    problems: [
      { path: "b", message: "There is no such file or folder." },
      { path: "../x", message: "The path is outside the checked folder." },
      { path: "*.yaml", message: "No file matches this path." },
    ],
  });
  expect((await readCandidates(openFolder(join(root, "none")), everything)).problems).toEqual([
    { path: ".", message: `There is no folder ${join(root, "none")}.` },
  ]);
});

test("a pipe that is named is a problem, and links in a circle lead to nothing", async () => {
  const root = folderOf({});
  execFileSync("mkfifo", [join(root, "job.json")]);
  symlinkSync("b", join(root, "a"));
  symlinkSync("a", join(root, "b"));
  const { files, problems } = await readCandidates(openFolder(root), { paths: ["job.json", "a"], ignore: [] });
  expect(files).toEqual([]);
  expect(problems).toEqual([
    {
      path: "job.json",
      message: "The path leads to no regular file but a pipe, a socket or a device, so it was not checked.",
    },
    { path: "a", message: "There is no such file or folder." },
  ]);
  expect(await paths(root)).toEqual([]);
});

test("no link leads out of the root, and one whose name matters is a problem", async () => {
  const outside = folderOf({ "job.json": JOB, "d/job.json": JOB });
  const root = folderOf({ "a/job.json": JOB });
  symlinkSync(join(outside, "job.json"), join(root, "a/job-link.json"));
  symlinkSync(join(outside, "job.json"), join(root, "a/data.json"));
  symlinkSync(join(outside, "d"), join(root, "d"));
  symlinkSync(join(root, "nowhere.json"), join(root, "job-nowhere.json"));
  const { files, problems } = await readCandidates(openFolder(root), everything);
  expect(files.map(({ path }) => path)).toEqual(["a/job.json"]);
  expect(problems).toEqual([
    {
      path: "a/job-link.json",
      message: "The file is a link that leads out of the checked folder, so it was not followed.",
    },
  ]);
  expect(
    (await readCandidates(openFolder(root), { paths: ["d", "d/job.json", "a/data.json"], ignore: [] })).problems,
  ).toEqual(
    ["d", "d/job.json", "a/data.json"].map((path) => ({
      path,
      message: "The path is outside the checked folder.",
    })),
  );
});

test("a link inside the root is read once, where its file is, or at its own place when that is passed over", async () => {
  const root = folderOf({ "a/job.json": JOB, ".cache/job.json": JOB, "m/common.tf": "" });
  symlinkSync("a/job.json", join(root, "same.json"));
  symlinkSync(".cache/job.json", join(root, "cached.json"));
  symlinkSync("a", join(root, "b"));
  symlinkSync("..", join(root, "a/up"));
  symlinkSync("m/common.tf", join(root, "common.tf"));
  expect(await paths(root)).toEqual(["a/job.json", "cached.json"]);
  expect((await readCandidates(openFolder(root), everything)).terraform).toEqual(["common.tf", "m/common.tf"]);
  expect(await paths(root, { paths: ["same.json"] })).toEqual(["same.json"]);
});

test("binary files are reported, UTF-16 is read, and bytes that are no UTF-8 are replaced", async () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(JOB, "utf16le")]);
  const root = folderOf({
    "bin.json": Buffer.from(`${JOB}\0\xff`, "latin1"),
    "other.json": Buffer.from("{}\0\xff", "latin1"),
    "zero.yaml": `# \0\n${JOB}`,
    "utf16-bare.json": Buffer.from(JOB, "utf16le"),
    "bom.json": `\ufeff${JOB}`,
    "utf16.json": utf16,
    "latin1.json": Buffer.from('{"jobDefinitionName": "\xe9"}', "latin1"),
  });
  const { files, problems } = await readCandidates(openFolder(root), everything);
  const binary = [{ path: "bin.json", message: "The file is binary, so it was not checked." }];
  expect(problems).toEqual(binary);
  expect(files).toEqual([
    { path: "bom.json", text: JOB },
    { path: "latin1.json", text: '{"jobDefinitionName": "\ufffd"}' },
    { path: "utf16-bare.json", text: JOB },
    { path: "utf16.json", text: JOB },
    { path: "zero.yaml", text: `# \0\n${JOB}` },
  ]);
  expect((await readCandidates(openFolder(root), { paths: ["bin.json"], ignore: [] })).problems).toEqual(binary);
});

test("a pointer of Git LFS is a problem where its name tells that it matters, or the user named it", async () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"1".repeat(64)}\nsize 2048\n`;
  const root = folderOf({ "batch-job.json": pointer, "weights.json": pointer });
  const told = async (options: { paths: readonly string[]; ignore: readonly string[] }) =>
    (await readCandidates(openFolder(root), options)).problems.map(({ path, message }) => [
      path,
      message.includes("Git LFS"),
    ]);
  expect(await told(everything)).toEqual([["batch-job.json", true]]);
  expect(await told({ paths: ["weights.json"], ignore: [] })).toEqual([["weights.json", true]]);
});

test("globs in paths-ignore that match nothing are reported, when the whole folder was looked at", async () => {
  const root = folderOf({ "a/job.json": JOB, "a/readme.md": "", "node_modules/x/y.json": JOB });
  const ignore = ["a/*.json", "*.md", "node_modules", "old/**"];
  expect((await readCandidates(openFolder(root), { paths: [], ignore })).unused).toEqual(["old/**"]);
  expect((await readCandidates(openFolder(root), { paths: ["a"], ignore })).unused).toEqual([]);
});

test("a link to a folder is followed where nothing else leads, and told of when it leads out", async () => {
  const root = folderOf({ ".cache/deep/job.json": JOB, "jobs/a.json": JOB });
  const outside = folderOf({ "job.json": JOB });
  symlinkSync(".cache/deep", join(root, "linked"));
  symlinkSync("jobs", join(root, "same"));
  symlinkSync(outside, join(root, "batch"));
  symlinkSync(outside, join(root, "bazel-out"));
  const { files, problems } = await readCandidates(openFolder(root), everything);
  expect(files.map(({ path }) => path)).toEqual(["jobs/a.json", "linked/job.json"]);
  expect(problems.map(({ path }) => path)).toEqual(["batch"]);
});

test("large files are read whole, and too large ones are a problem when they look relevant", async () => {
  const long = `${JOB}${" ".repeat(1_000_000)}é`;
  const root = folderOf({
    "long.json": long,
    "huge.json": JOB.padEnd(300_000),
    "padded.json": JOB.padStart(700_000),
    "other.json": "{}".padEnd(300_000),
  });
  truncateSync(join(root, "padded.json"), MAX_FILE_BYTES + 1);
  truncateSync(join(root, "huge.json"), MAX_FILE_BYTES + 1);
  truncateSync(join(root, "other.json"), MAX_FILE_BYTES + 1);
  const { files, problems } = await readCandidates(openFolder(root), everything);
  expect(files).toEqual([{ path: "long.json", text: long }]);
  const message = "The file is larger than 64 MB, so it was not checked.";
  expect(problems).toEqual([
    { path: "huge.json", message },
    { path: "padded.json", message },
  ]);
});

test("files that are longer than one run can hold are named, and shorter ones behind them are read", async () => {
  const lengths: Record<string, number> = { "a.json": 0.6, "b.json": 0.6, "c.json": 0.3, "d.json": 0.2 };
  const root = folderOf(Object.fromEntries(Object.keys(lengths).map((path) => [path, JOB])));
  const tree = openFolder(root);
  const text = (path: string) => ({
    kind: "text" as const,
    text: " ".repeat(MAX_RUN_CHARACTERS * (lengths[path] ?? 0)),
  });
  const { files, problems } = await readCandidates({ ...tree, text }, everything);
  expect(files.map(({ path }) => path)).toEqual(["a.json", "c.json"]);
  expect(problems.map(({ path, message }) => `${path}: ${message}`)).toEqual(
    ["b.json", "d.json"].map(
      (path) =>
        `${path}: With the files before it there are more than 128 million characters to check, so the file was not checked. Check fewer files at once, or exclude it with \`paths-ignore\`.`,
    ),
  );
});

test("evidence takes its room from that of the run", () => {
  const root = folderOf({ "evidence/a.json": "{}  ", "evidence/b.json": "[{}]", "evidence/c.json": "{}" });
  const read = readEvidence(openFolder(root), root, [{ path: "evidence", named: true }], { left: 6 });
  expect(read.files.map(({ path }) => path)).toEqual(["evidence/a.json", "evidence/c.json"]);
  expect(read.problems).toEqual([
    {
      path: "evidence/b.json",
      message:
        "With the files before it there are more than 128 million characters to check, so the evidence in it was not used. Check fewer files at once, or remove it.",
    },
  ]);
});

test("a file without an ending matters by its path and by how it begins, and a pointer in its place does not", async () => {
  const job = '{"jobDefinitionName": "x", "containerProperties": {}}';
  const root = folderOf({
    "templates/nightly": job,
    "templates/notes": `See ${job}`,
    "other/nightly": job,
    "models/batch": `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 1\n`,
  });
  const { files, problems } = await readCandidates(openFolder(root), { paths: [], ignore: [] });
  expect([files.map(({ path }) => path), problems]).toEqual([["templates/nightly"], []]);
});

test("a job in a file that is not read is noted", async () => {
  const job = '{"jobDefinitionName": "a"}';
  const root = folderOf({
    "jobs.jsonl": job,
    "job.json.dist": job,
    "job.jsonnet": job,
    "batch-job.txt": job,
    "notes.txt": job,
    "other.jsonl": '{"name": "a"}',
    "terraform.tfstate": '{"resources": [{"type": "aws_batch_job_definition"}]}',
    "deploy/Jenkinsfile": "sh 'aws batch register-job-definition --container-properties {}'",
    Earthfile: "RUN aws batch list-jobs # container-properties",
  });
  const { unread, scanned, files } = await readCandidates(openFolder(root), everything);
  expect(unread?.map(({ path }) => path)).toEqual([
    "batch-job.txt",
    "deploy/Jenkinsfile",
    "job.json.dist",
    "job.jsonnet",
    "jobs.jsonl",
    "terraform.tfstate",
  ]);
  expect([scanned, files]).toEqual([0, []]);
  const named = await readCandidates(openFolder(root), { ...everything, paths: ["batch-job.txt"] });
  expect([named.files.length, named.unread]).toEqual([1, []]);
});

test("a file that is encrypted as a whole is noted where it may hold a job", async () => {
  const root = folderOf({
    "batch/a.json": "\0GITCRYPT\0\u0001",
    "batch/b.yml": "$ANSIBLE_VAULT;1.1;AES256\n6162\n",
    "batch/c.json": '{"data": "ENC[AES256_GCM,data:x,type:str]", "sops": {}}',
    "secrets.yml": "$ANSIBLE_VAULT;1.1;AES256\n6162\n",
    "texts/words.json": "\0GITCRYPT\0\u0001",
  });
  const { unread = [], problems } = await readCandidates(openFolder(root), everything);
  expect(problems).toEqual([]);
  expect(unread.map(({ path, message }) => `${path} ${/\((.*)\)/.exec(message)?.[1]}`)).toEqual([
    "batch/a.json git-crypt",
    "batch/b.yml Ansible Vault",
    "batch/c.json SOPS",
  ]);
});
