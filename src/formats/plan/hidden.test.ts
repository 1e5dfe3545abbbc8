import { expect, test } from "vitest";
import { makeExcerpts } from "../../report/excerpts.ts";
import { parseDocuments } from "../../syntax/document.ts";
import { readPlans } from "./read.ts";
import { planText, type TestPlan, unitOf } from "./testing.ts";

/** The plan as it would be shown, line by line. */
async function shown(plan: TestPlan): Promise<string> {
  const file = { path: "plan.json", text: planText(plan) };
  const { documents } = await parseDocuments(file);
  const excerpts = makeExcerpts(
    [file],
    readPlans(documents).flatMap(({ sensitive }) => sensitive),
  );
  return file.text
    .split("\n")
    .map((_, index) => excerpts.line("plan.json", index + 1))
    .join("\n");
}

const SECRET = "correct horse";

test("nothing sensitive is shown, wherever the plan repeats it", async () => {
  const text = await shown({
    resources: [
      {
        address: "aws_db_instance.db",
        values: { username: "admin", password: SECRET, blocks: [{ inner: SECRET, name: "visible" }] },
        sensitive: { password: true, blocks: [{ inner: true }] },
        refers: { password: { constant_value: SECRET } },
      },
    ],
    before: [
      { address: "data.aws_ssm_parameter.p", values: { name: "/p", value: SECRET }, sensitive: { value: true } },
    ],
    more: {
      variables: { password: { value: SECRET } },
      output_changes: { password: { before: null, after: SECRET, after_sensitive: true } },
    },
  });
  expect(text).not.toContain("horse");
  expect(text).toContain('"username": "admin"');
  expect(text).toContain('"name": "visible"');
  expect(text).toContain('"name": "/p"');
});

test("the values of secrets are not shown though nothing marks them", async () => {
  const text = await shown({
    resources: [{ address: "aws_secretsmanager_secret_version.v", values: { secret_string: `{"a": "${SECRET}"}` } }],
  });
  expect(text).not.toContain("horse");
});

test("of a container that is marked as a whole, the values that are sensitive elsewhere are sensitive", async () => {
  const properties = JSON.stringify({
    environment: [
      { name: "PLAIN", value: "eu-west-1" },
      { name: "URL", value: `postgres://admin:${SECRET}@db` },
    ],
  });
  const plan = {
    resources: [
      {
        address: "aws_batch_job_definition.j",
        values: { container_properties: properties },
        sensitive: { container_properties: true },
      },
      { address: "random_password.p", values: { result: SECRET }, sensitive: { result: true } },
    ],
  };
  const [job] = (await unitOf(plan)).resources.job_definitions;
  expect(job?.containers[0]?.environment.map(({ name, value }) => [name?.value, value?.sensitive])).toStrictEqual([
    ["PLAIN", undefined],
    ["URL", true],
  ]);
  expect(await shown(plan)).not.toContain("horse");
});

test("what a sensitive variable holds is sensitive, also as JSON", async () => {
  const plan = {
    resources: [
      {
        address: "aws_batch_job_definition.j",
        values: { container_properties: JSON.stringify({ environment: [{ name: "P", value: SECRET }] }) },
        sensitive: { container_properties: true },
      },
    ],
    more: {
      variables: { p: { value: { password: SECRET } } },
      configuration: { root_module: { variables: { p: { sensitive: true } } } },
    },
  };
  const [job] = (await unitOf(plan)).resources.job_definitions;
  expect(job?.containers[0]?.environment[0]?.value?.sensitive).toBe(true);
});

test("the user of a database in a secret does not mark the names that it is part of", async () => {
  const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:reports/db-a1B2c3";
  const secrets = [
    { name: "URL", valueFrom: `postgres://reports:${SECRET}@db` },
    { name: "USER", valueFrom: "reports" },
    { name: "PASSWORD", valueFrom: arn },
  ];
  const { resources } = await unitOf({
    resources: [
      {
        address: "aws_batch_job_definition.j",
        values: { container_properties: JSON.stringify({ secrets }) },
        sensitive: { container_properties: true },
      },
      {
        address: "aws_secretsmanager_secret_version.v",
        values: { secret_string: JSON.stringify({ username: "reports", password: SECRET }) },
        sensitive: { secret_string: true },
      },
    ],
  });
  const [container] = resources.job_definitions[0]?.containers ?? [];
  expect(container?.secrets.map(({ value_from }) => value_from?.sensitive)).toStrictEqual([true, true, undefined]);
});
