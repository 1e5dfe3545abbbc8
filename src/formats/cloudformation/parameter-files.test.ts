import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultConfig } from "../../config/config.ts";
import { readCandidates } from "../../sources/folder.ts";
import { openFolder } from "../../sources/tree.ts";
import { readUnits } from "../units.ts";

async function notes(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), "parameters-"));
  try {
    for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
    const read = await readUnits(
      openFolder(root),
      await readCandidates(openFolder(root), { paths: [], ignore: [] }),
      defaultConfig,
    );
    expect(read.problems).toEqual([]);
    return read.notes.map(({ path, message }) => `${path}: ${message}`);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const template = (type: string) => `
Parameters: {Stage: {Type: String, Default: dev}, Secret: {Type: String}}
Resources: {Job: {Type: "${type}", Properties: {Type: container, ContainerProperties: {Image: !Ref Stage}}}}
`;
const values = (...keys: string[]) =>
  JSON.stringify(keys.map((key) => ({ ParameterKey: key, ParameterValue: "prod" })));

test("values of the parameters of a template with jobs are said, since nothing chooses them", async () => {
  const files = { "jobs.yaml": template("AWS::Batch::JobDefinition"), "prod.json": values("Stage", "Secret") };
  const said = "The values in this file were not used: jobs.yaml was checked with the defaults of its parameters.";
  expect(await notes(files)).toEqual([`prod.json: ${said}`]);
  expect(await notes({ ...files, "dev.json": values("Stage") })).toEqual([`dev.json: ${said} Neither was prod.json.`]);
});

test("nothing is said of values for another template, or for one without jobs", async () => {
  const jobs = { "jobs.yaml": template("AWS::Batch::JobDefinition") };
  expect(await notes({ ...jobs, "prod.json": values("Stage", "Cidr") })).toEqual([]);
  expect(await notes({ "table.yaml": template("AWS::IAM::Role"), "prod.json": values("Stage") })).toEqual([]);
});
