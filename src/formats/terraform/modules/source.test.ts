import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { causeWords } from "../../../facts/causes.ts";
import type { Workspace } from "../../../sources/workspace.ts";
import { readTerraform } from "../read.ts";

const JOB = `resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({ image = "busybox", secrets = local.secrets, command = module.out_of_sight.command })
}
module "out_of_sight" {
  source = "./submodule"
}
`;

async function read(files: Readonly<Record<string, string>>, binary: Readonly<Record<string, string>>) {
  const memory = memoryWorkspace({ ...files, ...binary });
  const workspace: Workspace = {
    ...memory,
    read: (path) => (path in binary ? { why: `${path} is not a text file` } : memory.read(path)),
  };
  const { units } = await readTerraform(workspace, [...Object.keys(files), ...Object.keys(binary)], { varFiles: [] });
  return units.map(
    ({
      problems,
      resources: {
        job_definitions: [job],
      },
    }) => ({
      problems,
      reasons: job?.containers.flatMap(({ unseen }) => unseen.map(({ cause }) => causeWords(cause))),
    }),
  );
}

test("an encrypted file is no problem, but the reason why what it may declare is not known", async () => {
  expect(await read({ "infra/main.tf": JOB }, { "infra/secrets.tf": "\0GITCRYPT\0\u0001\u0002" })).toEqual([
    {
      problems: [],
      reasons: ["the file infra/secrets.tf can't be read", "the module module.out_of_sight is not in these files"],
    },
  ]);
});

test("any other file of a module that can't be read is a problem", async () => {
  expect(await read({ "main.tf": JOB }, { "other.tf": "\0\u0001\u0002" })).toEqual([
    {
      problems: [{ path: "other.tf", message: "The file was not read: other.tf is not a text file." }],
      reasons: ["the file other.tf can't be read", "the module module.out_of_sight is not in these files"],
    },
  ]);
});

test("a block that is declared twice is a problem, and one that an override changes is none", async () => {
  const files = { "main.tf": JOB, "override.tf": JOB, "other/main.tf": JOB };
  expect((await read(files, {})).flatMap(({ problems }) => problems)).toEqual([]);
  const message = "is declared twice in this module, which Terraform refuses.";
  expect((await read({ "main.tf": JOB, "more.tf": JOB }, {}))[0]?.problems).toEqual([
    { path: "more.tf", message: `module out_of_sight ${message}`, line: 6 },
    { path: "more.tf", message: `resource aws_batch_job_definition.job ${message}`, line: 1 },
  ]);
});

test("a file whose name begins with a dot is no part of a module, as Terraform has it", async () => {
  const { resources } = (
    await readTerraform(
      memoryWorkspace({
        "main.tf": JOB,
        ".read.tf": 'resource "aws_iam_role" "job" {\n  name = "job"\n  assume_role_policy = "{}"\n}\n',
        ".x_override.tf": 'resource "aws_batch_job_definition" "job" {\n  name = "other"\n}\n',
      }),
      ["main.tf", ".read.tf", ".x_override.tf"],
      { varFiles: [] },
    )
  ).units[0] ?? { resources: undefined };
  expect(resources?.roles).toEqual([]);
  expect(resources?.job_definitions).toMatchObject([{ name: { value: "job" } }]);
});
