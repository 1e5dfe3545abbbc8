import { expect, test } from "vitest";
import { argumentsIn, type MakesJobs, makesJobs } from "./job-calls.ts";
import { mayCallJobs } from "./terraform/modules/job-calls.ts";

/** What is said of calls, by their sources. */
const said = (given: readonly string[], text: string, sources: readonly string[]): (MakesJobs | undefined)[] =>
  sources.map((source) => makesJobs({ source, given, all: argumentsIn(text) }));

test("the source of a module says that it makes jobs, its host and owner don't", () => {
  expect(
    said([], "", [
      "terraform-aws-modules/batch/aws",
      "git::https://example.com/modules.git//aws/batch_job?ref=v1",
      "git@example.com:acme-services/terraform-aws-batch.git",
      "../missing/awsbatch",
      "org/ecs-batch-job/aws",
    ]),
  ).toEqual(["surely", "surely", "surely", "surely", "surely"]);
  expect(
    said([], "", [
      "Azure/batch/azurerm",
      "git::https://example.com/modules.git//s3-batch-replication",
      "git::https://batch.example.com/modules.git//tags",
      "org/job/aws",
    ]),
  ).toEqual([undefined, undefined, undefined, undefined]);
});

test("so does an argument that only jobs have", () => {
  expect(said(["container_properties"], "", ["org/ecs/aws"])).toEqual(["surely"]);
  expect(said(["job_role_arn"], "", ["org/nightly/aws", "org/emr/aws"])).toEqual(["surely", undefined]);
});

test("so does the name of the call, unless the source is for another service", () => {
  const named = (name: string, source: string) => makesJobs({ name, source, given: [], all: [] });
  for (const name of ["batch", "aws_batch", "batch-jobs", "BatchStack", "job_definitions"]) {
    expect(named(name, "../modules/gone")).toBe("surely");
  }
  expect(named("batch", "terraform-aws-modules/s3-bucket/aws")).toBe(undefined);
  expect(["batch_bucket", "jobs", "web"].map((name) => named(name, "../gone"))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("what a container needs makes a job likely, unless it is for another service", () => {
  const container = 'image = "i"\ncommand = ["run"]\nsecrets = [{ name = "A", valueFrom = "b" }]';
  const nested = 'jobs = { nightly = { image_uri = "i", execution_role_arn = "r", secret_arns = [] } }';
  for (const text of [container, nested]) {
    expect(
      said([], text, [
        "org/job/aws",
        "app.example.com/org/nightly/aws",
        "https://example.com/nightly.zip",
        "terraform-aws-modules/ecs/aws//modules/service",
        "example.com/org/terraform-aws-lambda",
        "org/job/kubernetes",
      ]),
    ).toEqual(["likely", "likely", "likely", undefined, undefined, undefined]);
  }
  const named = { name: "web_service", source: "org/app/aws", given: [] };
  expect(makesJobs({ ...named, all: argumentsIn(container) })).toBe(undefined);
  expect(said([], 'image = "i"\ncommand = []', ["org/job/aws", "org/app/aws"])).toEqual(["likely", undefined]);
  expect(said([], 'command = image == "secrets" ? 1 : 2', ["org/job/aws"])).toEqual([undefined]);
});

test("a file is parsed for its calls only if it has such words", () => {
  expect(mayCallJobs('module "m" {\n source = "org/vpc/aws"\n name = "image"\n}')).toBe(false);
  expect(mayCallJobs('module "m" {\n source = "org/job/aws"\n image = "i"\n}')).toBe(true);
});
