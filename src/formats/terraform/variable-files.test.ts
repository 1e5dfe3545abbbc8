import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../test/support/memory-workspace.ts";
import { isFor } from "../deployments.ts";
import { readTerraform } from "./read.ts";

const MODULE = `
variable "image" { default = "of the default" }
variable "queue" {}
resource "aws_batch_job_definition" "job" {
  name                 = var.queue
  type                 = "container"
  container_properties = jsonencode({ image = var.image })
}
`;

/** The image of the first job of each root module, and the problems. */
async function read(files: Readonly<Record<string, string>>, varFiles: readonly string[]) {
  const { units, problems } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles });
  const images = units.map(({ id, resources }) => [id, resources.job_definitions[0]?.containers[0]?.image?.value]);
  return { images: Object.fromEntries(images), problems: [...problems, ...units.flatMap((unit) => unit.problems)] };
}

test("a named file counts before those that Terraform reads by itself, and a later one before an earlier one", async () => {
  const files = {
    "infra/main.tf": MODULE,
    "infra/terraform.tfvars": 'image = "of terraform.tfvars"',
    "infra/a.auto.tfvars": 'image = "of a.auto.tfvars"',
    "infra/b.auto.tfvars.json": '{ "image": "of b.auto.tfvars.json" }',
    "infra/prod.tfvars": 'image = "of prod.tfvars"',
    "infra/blue.tfvars.json": '{ "image": "of blue.tfvars.json" }',
  };
  const imageOf = async (...varFiles: string[]) => (await read(files, varFiles)).images["infra/*.tf"];
  expect(await imageOf()).toBe("of b.auto.tfvars.json");
  expect(await imageOf("infra/prod.tfvars")).toBe("of prod.tfvars");
  expect(await imageOf("infra/prod.tfvars", "infra/blue.tfvars.json")).toBe("of blue.tfvars.json");
  expect(await imageOf("./infra/blue.tfvars.json", "infra/prod.tfvars")).toBe("of prod.tfvars");
});

const EITHER = (root: string) => `⟨var.image@${root}/*.tf⟩`;

test("a file below a root module is for it alone, one elsewhere for all that declare its variables", async () => {
  const files = {
    "infra/main.tf": MODULE,
    "infra/jobs/main.tf": MODULE,
    "other/main.tf": MODULE,
    "plain/main.tf":
      'resource "aws_batch_job_definition" "job" { container_properties = jsonencode({ image = "fixed" }) }',
    "infra/jobs/environments/prod.tfvars": 'image = "below infra/jobs"',
    "shared/prod.tfvars": 'image = "shared"\nunheard_of = 1',
  };
  expect((await read(files, ["infra/jobs/environments/prod.tfvars"])).images).toEqual({
    "infra/*.tf": EITHER("infra"),
    "infra/jobs/*.tf": "below infra/jobs",
    "other/*.tf": EITHER("other"),
    "plain/*.tf": "fixed",
  });
  expect(await read(files, ["shared/prod.tfvars"])).toEqual({
    images: { "infra/*.tf": "shared", "infra/jobs/*.tf": "shared", "other/*.tf": "shared", "plain/*.tf": "fixed" },
    problems: [],
  });
});

test("the root of the checked folder is around everything, and the nearest root module counts", () => {
  expect(isFor(".", { path: "environments/prod.tfvars" }, [".", "jobs"])).toBe(true);
  expect(isFor("jobs", { path: "environments/prod.tfvars" }, [".", "jobs"])).toBe(false);
  expect(isFor("jobs", { path: "jobs/prod.tfvars" }, [".", "jobs"])).toBe(true);
  expect(isFor(".", { path: "jobs/prod.tfvars" }, [".", "jobs"])).toBe(false);
  expect(isFor("a", { path: "ab/prod.tfvars" }, ["a"])).toBe(true);
});

test("a named file that can't be read is a problem, told once, also where nothing is about Batch", async () => {
  const missing = {
    path: "prod.tfvars",
    message: "The variables file was not read: there is no file prod.tfvars.",
  };
  expect((await read({ "a/main.tf": MODULE, "b/main.tf": MODULE }, ["prod.tfvars"])).problems).toEqual([missing]);
  expect((await read({}, ["prod.tfvars"])).problems).toEqual([missing]);
});

test("a syntax error in a named file is a problem with its line, and the rest of it counts", async () => {
  const files = { "main.tf": MODULE, "prod.tfvars": 'image = "known"\nqueue = = 1\n' };
  const { images, problems } = await read(files, ["prod.tfvars"]);
  expect(images).toEqual({ "*.tf": "known" });
  expect(problems.map(({ path, line }) => [path, line])).toEqual([["prod.tfvars", 2]]);
});

test("values that no run of Terraform loads by itself are said, once for each root module that they are for", async () => {
  const notes = async (files: Readonly<Record<string, string>>, ...varFiles: string[]) => {
    const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles });
    return units.flatMap((unit) => unit.notes ?? []).map(({ path, message }) => `${path}: ${message}`);
  };
  const files = {
    "infra/main.tf": MODULE,
    "infra/terraform.tfvars": 'image = "a"',
    "infra/envs/dev.tfvars": 'image = "b"',
    "infra/envs/prod.tfvars.json": '{"queue": "c"}',
    "infra/envs/other.tfvars": 'cidr = "10.0.0.0/8"',
    "infra/terraform.tfvars.example": 'image = "a"',
    "infra/prod.example.tfvars": 'image = "a"',
    "infra/network/main.tf": 'variable "image" {}',
    "infra/network/terraform.tfvars": 'image = "a"',
  };
  const why = "The values in this file were not used: Terraform does not load it by itself.";
  const way = "To check with it, add to the configuration:";
  const dev = "{name: dev, unit: infra, var-files: [infra/envs/dev.tfvars]}";
  const prod = "{name: prod, unit: infra, var-files: [infra/envs/prod.tfvars.json]}";
  expect(await notes(files)).toEqual([
    `infra/envs/dev.tfvars: ${why} Neither was infra/envs/prod.tfvars.json. ${way} \`deployments: [${dev}, ${prod}]\``,
  ]);
  expect(await notes(files, "infra/envs/prod.tfvars.json")).toEqual([
    `infra/envs/dev.tfvars: ${why} ${way} \`deployments: [${dev}]\``,
  ]);
  expect(await notes({ "main.tf": MODULE, "a.auto.tfvars": 'image = "a"' })).toEqual([]);
  // Values beside the files of another module are for that one, whether or not it has jobs.
  expect(
    await notes({ "jobs/main.tf": MODULE, "site/main.tf": 'variable "image" {}', "site/prod.tfvars": 'image = "a"' }),
  ).toEqual([]);
  expect(await notes({ "tf/main.tf": MODULE, "values/prod/terraform.tfvars": 'image = "a"' })).toEqual([
    `values/prod/terraform.tfvars: ${why} ${way} \`deployments: [{name: prod, unit: tf, var-files: [values/prod/terraform.tfvars]}]\``,
  ]);
});
