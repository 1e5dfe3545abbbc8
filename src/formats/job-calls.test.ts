import { expect, test } from "vitest";
import { argumentsIn, jobOfCode, type MakesJobs, makesJobs } from "./job-calls.ts";
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

test("a program that makes a job is noted where it writes the definition itself", () => {
  const python = `import boto3\n# client.register_job_definition()\nclient.register_job_definition(containerProperties={})\n`;
  expect(jobOfCode("deploy.py", python)).toEqual({
    path: "deploy.py",
    line: 3,
    message: "The job definition that `register_job_definition` makes was not checked: it is not read here.",
  });
  const javascript =
    'import { RegisterJobDefinitionCommand } from "x";\nnew RegisterJobDefinitionCommand({ containerProperties });';
  expect(jobOfCode("deploy.ts", javascript)?.line).toBe(2);
  expect(jobOfCode("a.ps1", "Register-BATJobDefinition -ContainerProperties_Image a")?.line).toBe(1);
  const list = 'run(["aws", "batch", "register-job-definition", "--container-properties", x])';
  expect([jobOfCode("a.py", list, true)?.line, jobOfCode("a.yml", list)]).toEqual([1, undefined]);
  expect(jobOfCode("a.py", "client.register_job_definition(**json.load(f))")).toBeUndefined();
  expect(jobOfCode("a.py", "class RegisterJobDefinition: containerProperties = 1")).toBeUndefined();
});
