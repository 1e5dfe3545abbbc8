import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultConfig } from "../../config/config.ts";
import { readCandidates } from "../../sources/folder.ts";
import { openFolder } from "../../sources/tree.ts";
import { readUnits } from "../units.ts";
import { parametersFor } from "./parameter-files.ts";

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
  const way = "To check with them, add to the configuration:";
  const prod = "{name: prod, unit: jobs.yaml, parameters: [prod.json]}";
  const dev = "{name: dev, unit: jobs.yaml, parameters: [dev.json]}";
  expect(await notes(files)).toEqual([`prod.json: ${said} ${way} \`deployments: [${prod}]\``]);
  expect(await notes({ ...files, "dev.json": values("Stage") })).toEqual([
    `dev.json: ${said} Neither was prod.json. ${way} \`deployments: [${dev}, ${prod}]\``,
  ]);
});

test("nothing is said of values for another template, or for one without jobs", async () => {
  const jobs = { "jobs.yaml": template("AWS::Batch::JobDefinition") };
  expect(await notes({ ...jobs, "prod.json": values("Stage", "Cidr") })).toEqual([]);
  expect(await notes({ "table.yaml": template("AWS::IAM::Role"), "prod.json": values("Stage") })).toEqual([]);
});

test("each form of a file with values is known, and what only looks like one is not", async () => {
  const jobs = { "jobs.yaml": template("AWS::Batch::JobDefinition") };
  const first = async (path: string, text: string) =>
    (await notes({ ...jobs, [path]: text })).map((note) => note.split(":")[0]);
  const used = { Stage: "prod" };
  expect(await first("pipeline.json", JSON.stringify({ Parameters: used, Tags: {} }))).toEqual(["pipeline.json"]);
  expect(await first("sync.yaml", "template-file-path: jobs.yaml\nparameters: {Stage: prod}")).toEqual(["sync.yaml"]);
  const cli = { StackName: "jobs", Parameters: [{ ParameterKey: "Stage", ParameterValue: "prod" }] };
  expect(await first("cli.json", JSON.stringify(cli))).toEqual(["cli.json"]);
  expect(await first("samconfig.toml", SAM)).toEqual(["samconfig.toml"]);
  expect(
    await first("get-parameters.json", JSON.stringify({ Parameters: [{ Name: "Stage", Value: "prod" }] })),
  ).toEqual([]);
  expect(await first("other.json", JSON.stringify({ Parameters: used, Other: {} }))).toEqual([]);
});

const SAM = `[prod.deploy.parameters]
parameter_overrides = "Stage=\\"prod\\" Secret='a b'"
region = "eu-west-1"
`;

test("a deployment gets its values from any of the forms, and of SAM those of its environment", async () => {
  const read = (path: string, text: string, deployment = "prod") => parametersFor({ path, text }, deployment);
  const valuesOf = async (path: string, text: string, deployment?: string) => {
    const found = await read(path, text, deployment);
    return "why" in found ? found.why : Object.fromEntries([...found.values].map(([key, { value }]) => [key, value]));
  };
  expect(await valuesOf("samconfig.toml", SAM)).toEqual({ Stage: "prod", Secret: "a b" });
  expect(await valuesOf("samconfig.toml", SAM, "staging")).toBe(
    "The file has parameter_overrides neither for staging nor for default. It has prod.",
  );
  const shorthand = '[default.deploy.parameters]\nparameter_overrides = ["ParameterKey=Stage,ParameterValue=x"]';
  expect(await valuesOf("samconfig.toml", shorthand)).toEqual({ Stage: "x" });
  expect(await valuesOf("p.json", '["Stage=prod", "Secret=a=b"]')).toEqual({ Stage: "prod", Secret: "a=b" });
  expect(await valuesOf("p.json", '{"Parameters": {"Stage": "prod"}}')).toEqual({ Stage: "prod" });
  expect(await valuesOf("p.yaml", "template-file-path: a\nparameters: {Count: 3}")).toEqual({ Count: "3" });
  const kept = await read("p.json", '[{"ParameterKey": "Stage", "UsePreviousValue": true}]');
  expect("previous" in kept && [...kept.previous]).toEqual(["Stage"]);
  expect(await valuesOf("p.json", '{"a": 1}')).toBe("The file has no values of parameters in a form that is known.");
});
