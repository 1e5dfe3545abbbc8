import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { readTerraform } from "../read.ts";

async function notes(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
  return units.flatMap((unit) => unit.notes ?? []).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const job = (repeated: string) => `resource "aws_batch_job_definition" "job" {
  ${repeated}
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({ image = "x" })
}
variable "where" { default = "local" }
variable "jobs" { default = {} }`;

test("a job that the values of the files switch off is said", async () => {
  const off = 'count = var.where == "aws" ? 1 : 0';
  expect(await notes({ "main.tf": job(off) })).toEqual([
    "main.tf:1 aws_batch_job_definition.job has no instances with the values in these files (see its count), so its jobs were not checked.",
  ]);
  const each = 'for_each = { for key, one in { a = 1 } : key => one if var.where == "aws" }';
  expect(await notes({ "main.tf": job(each) })).toHaveLength(1);
  const call = `module "jobs" {\n  source = "./jobs"\n  ${off}\n}\nvariable "where" { default = "local" }`;
  expect(await notes({ "main.tf": call, "jobs/main.tf": job("") })).toEqual([
    "main.tf:1 module.jobs has no instances with the values in these files (see its count), so its jobs were not checked.",
  ]);
});

test("nothing is said of a job that is there, may be there, or is plainly switched off", async () => {
  const plain = ["", "count = 0", 'count = var.where == "local" ? 1 : 0', "for_each = var.jobs", "for_each = {}"];
  for (const repeated of plain) expect(await notes({ "main.tf": job(repeated) })).toEqual([]);
});
