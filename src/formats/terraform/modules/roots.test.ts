import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { findRoots } from "./roots.ts";

const JOB = 'resource "aws_batch_job_definition" "x" {}';
const call = (source: string) => `module "m" { source = "${source}" }`;
const rootsOf = (files: Record<string, string>) => findRoots(memoryWorkspace(files), Object.keys(files));

test("a folder with a job definition is a root", () => {
  expect(rootsOf({ "a/main.tf": JOB, "b/main.tf": 'resource "aws_s3_bucket" "x" {}' })).toEqual(["a"]);
});

test("what calls a module with job definitions is the root, at any depth", () => {
  expect(
    rootsOf({
      "envs/prod/main.tf": call("../../modules/outer"),
      "modules/outer/main.tf": call("../job"),
      "modules/job/main.tf": JOB,
    }),
  ).toEqual(["envs/prod"]);
});

test("every caller is a root of its own", () => {
  expect(rootsOf({ "dev/main.tf": call("../job"), "prod/main.tf": call("../job"), "job/main.tf": JOB })).toEqual([
    "dev",
    "prod",
  ]);
});

test("a module called by what has nothing to do with jobs does not matter", () => {
  expect(rootsOf({ "a/main.tf": call("../tags"), "tags/main.tf": "", "job/main.tf": JOB })).toEqual(["job"]);
});

test("the root of the workspace can be a root module", () => {
  expect(rootsOf({ "main.tf": JOB })).toEqual(["."]);
});

test("modules that only call each other are a root, so that the circle is told of", () => {
  const call = (folder: string) => `module "m" {\n  source = "../${folder}"\n}\n`;
  expect(
    rootsOf({
      "a/main.tf": call("b"),
      "b/main.tf": `${call("a")}resource "aws_batch_job_definition" "j" {}`,
      "c/main.tf": 'resource "aws_batch_job_definition" "j" {}',
    }),
  ).toEqual(["c", "a"]);
});
