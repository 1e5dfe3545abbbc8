/** A violation can't be hidden by how it is spelled: it is found, or the file is named and the check fails. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../../src/check.ts";
import { defaultConfig } from "../../src/config/config.ts";
import { writeFiles } from "../support/files.ts";
import { json, scripts, yaml } from "./documents.ts";
import type { Spelling } from "./spelling.ts";
import { plan, terraform } from "./terraform.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "spellings-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Spelling[1]): void {
  writeFiles(root, files);
}

/** What the check says: the rules that found something, or the files that could not be read. */
async function outcome(): Promise<string> {
  const { report } = await check({ root, paths: [], ignore: [], config: defaultConfig, failOn: "error" });
  if (report.findings.some(({ rule }) => rule === "secret-selector-format")) return "found";
  return report.problems.length > 0 ? "named" : "hidden";
}

/** What the AWS CLI refuses as well. */
const named = new Set(["with a NUL"]);

describe.each([
  ["JSON", json],
  ["YAML", yaml],
  ["scripts", scripts],
  ["Terraform", terraform],
  ["plan", plan],
])("%s", (_, spellings) => {
  test.each(spellings)("%s", async (name, files) => {
    write(files);
    expect(await outcome()).toBe(named.has(name) ? "named" : "found");
  });
});

const [, job] = json[0] ?? ["", {}];
const text = String(job["job.json"]);

test("a name that is not UTF-8", async () => {
  writeFileSync(Buffer.concat([Buffer.from(`${root}/job-`), Buffer.from([0xe9]), Buffer.from(".json")]), text);
  expect(await outcome()).toBe("named");
});

test("a pointer of Git LFS under a telling name", async () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 1\n`;
  write({ "job-definition.json": pointer });
  expect(await outcome()).toBe("named");
});

test.each(['file("c.json")', 'templatefile("./c.json", {})', 'jsonencode(yamldecode(file("c.json")))'])(
  "a pointer of Git LFS in %s",
  async (properties) => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 1\n`;
    const main = `resource "aws_batch_job_definition" "j" {\n  name = "j"\n  type = "container"\n  container_properties = ${properties}\n}\n`;
    write({ "main.tf": main, "c.json": pointer });
    const { report } = await check({ root, paths: [], ignore: [], config: defaultConfig, failOn: "error" });
    expect(report.problems).toEqual([{ path: "c.json", message: expect.stringContaining("Git LFS") }]);
  },
);

test("a folder behind a link inside the workspace", async () => {
  write({ "node_modules/jobs/job.json": text });
  symlinkSync(join(root, "node_modules/jobs"), join(root, "jobs"));
  expect(await outcome()).toBe("found");
});

test("a module behind a link", async () => {
  write({
    "main.tf": 'module "m" {\n  source = "./modules/m"\n}\n',
    "real/main.tf": String(terraform[0]?.[1]["main.tf"]),
  });
  mkdirSync(join(root, "modules"));
  symlinkSync(join(root, "real"), join(root, "modules/m"));
  expect(await outcome()).toBe("found");
});

test("broken JSON beside files of Terraform", async () => {
  write({
    "main.tf":
      'resource "aws_batch_job_definition" "a" {\n  name = "a"\n  type = "container"\n  container_properties = jsonencode({ image = "b" })\n}\n',
    "job.json": text.slice(0, -4),
  });
  expect(await outcome()).toBe("named");
});
