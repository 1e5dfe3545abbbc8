import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { readTerraform } from "../read.ts";

async function read(properties: string, files: Readonly<Record<string, string>> = {}) {
  const all = {
    ...files,
    "main.tf": `variable "memory" {}
variable "empty" { default = "" }
resource "aws_batch_job_definition" "job" {
  count                = 2
  name                 = "job"
  type                 = "container"
  container_properties = ${properties}
}
`,
  };
  const { units } = await readTerraform(memoryWorkspace(all), Object.keys(all), { varFiles: [] });
  return units;
}

async function problems(properties: string, files: Readonly<Record<string, string>> = {}) {
  return (await read(properties, files)).flatMap((unit) => unit.problems);
}

test("a heredoc that is no JSON is a problem at its line, told once for all instances", async () => {
  expect(await problems('<<JSON\n{\n  "image": "busybox",\n  "command": ["a" "b"]\n}\nJSON')).toEqual([
    {
      path: "main.tf",
      line: 10,
      message:
        'The container_properties of aws_batch_job_definition.job[0] is not valid JSON: a comma or "]" is expected here, not a string.',
    },
  ]);
  expect(await problems('<<JSON\n{ "image": "busybox",\n}\nJSON')).toMatchObject([{ line: 9 }]);
  expect(await problems('<<JSON\n{ "image": "busybox"\nJSON')).toMatchObject([
    {
      message:
        'The container_properties of aws_batch_job_definition.job[0] is not valid JSON: a comma or "}" is expected here, not the end.',
    },
  ]);
});

test("a word that no pipeline fills in is no JSON, also where a variable's default brings it", async () => {
  for (const properties of ['{ "image": busybox }', '{ "image": "busybox", "privileged": True }', "{ image = 1 }"]) {
    expect((await problems(`<<JSON\n${properties}\nJSON`)).length, properties).toBe(1);
  }
  const files = { "more.tf": 'variable "image" { default = "busybox" }' };
  expect(await problems('<<JSON\n{ "image": ${var.image} }\nJSON', files)).toHaveLength(1);
});

test("a file that is read and is no JSON is a problem at its line", async () => {
  const broken = '{\n  "image": "busybox",\n}';
  expect(await problems('file("job.json")', { "job.json": broken })).toMatchObject([{ path: "job.json", line: 3 }]);
  expect(await problems('templatefile("job.tpl", {})', { "job.tpl": broken })).toMatchObject([{ line: 3 }]);
});

test("policies are documents too", async () => {
  const files = {
    "iam.tf": 'resource "aws_iam_role_policy" "read" {\n  role = "r"\n  policy = "{ \\"Statement\\": [}"\n}\n',
  };
  expect(await problems('jsonencode({ image = "x" })', files)).toEqual([
    {
      path: "iam.tf",
      line: 3,
      message: 'The policy of aws_iam_role_policy.read is not valid JSON: a value is expected here, not "}".',
    },
  ]);
});

test("an object where a string of JSON belongs is a problem of a policy, and the shape of a job definition", async () => {
  const files = {
    "iam.tf": 'resource "aws_iam_role_policy" "read" {\n  role = "r"\n  policy = { Statement = [] }\n}\n',
  };
  const units = await read('{ image = "x" }', files);
  expect(units.flatMap(({ problems }) => problems)).toEqual([
    {
      path: "iam.tf",
      line: 3,
      message:
        "The policy of aws_iam_role_policy.read is an object, but Terraform expects a string: write jsonencode(…).",
    },
  ]);
  const shapes = units.flatMap(({ resources }) => resources.job_definitions.map(({ shape }) => shape));
  expect(shapes).toMatchObject(
    Array.from({ length: 2 }, () => [{ kind: "object-for-json", key: "container_properties" }]),
  );
});

test("so are a list and a block in place of a string of JSON, and a list inside of it is its own mistake", async () => {
  const shapesOf = async (written: string) =>
    (
      await readTerraform(
        memoryWorkspace({ "main.tf": `resource "aws_batch_job_definition" "j" {\n${written}\n}\n` }),
        ["main.tf"],
        { varFiles: [] },
      )
    ).units.flatMap(({ resources }) =>
      resources.job_definitions.flatMap(({ shape }) => shape.map(({ kind, key }) => [kind, key])),
    );
  const refused = [["object-for-json", "container_properties"]];
  expect(await shapesOf('container_properties {\n image = "x"\n}')).toEqual(refused);
  expect(await shapesOf('container_properties = [{ image = "x" }]')).toEqual(refused);
  expect(await shapesOf('container_properties = jsonencode([{ image = "x" }])')).toEqual([
    ["array-for-object", "container_properties"],
  ]);
});

test("what may yet become JSON is no problem: unknown parts, placeholders, nothing at all", async () => {
  expect(await problems('<<JSON\n{ "image": "busybox", "memory": ${var.memory} ]\nJSON')).toEqual([]);
  expect(await problems('<<JSON\n{ "image": "busybox", "memory": __MEMORY__ }\nJSON')).toEqual([]);
  expect(await problems('file("job.json")', { "job.json": '{ "image": "${IMAGE}", }' })).toEqual([]);
  expect(await problems('templatefile("job.tpl", {})', { "job.tpl": '{ "image": "__IMAGE__", }' })).toEqual([]);
  expect(await problems("var.empty")).toEqual([]);
  expect(await problems("jsonencode([])")).toEqual([]);
});

test("a key that a document has twice is a note, in an expression as in a string, and once for all instances", async () => {
  const twice = async (properties: string) =>
    (await read(properties)).flatMap(({ notes = [] }) => notes.map(({ line, message }) => [line, message]));
  const note = (line: number, key: string) => [
    line,
    `The key ${key} stands twice in one object, and only the last one counts.`,
  ];
  expect(
    await twice('jsonencode({\n  image = "a"\n  secrets = [{\n name = "A", name = "B" }]\n  image = "b"\n})'),
  ).toEqual([note(10, "name"), note(11, "image")]);
  expect(await twice('<<JSON\n{ "image": "a",\n"image": "b" }\nJSON')).toEqual([note(9, "image")]);
  expect(await twice('jsonencode(merge({ image = "a" }, { image = "b" }))')).toEqual([]);
});
