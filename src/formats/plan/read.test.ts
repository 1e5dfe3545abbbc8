import { expect, test } from "vitest";
import { causeWords } from "../../facts/causes.ts";
import { locate } from "../../source.ts";
import { parseDocuments } from "../../syntax/document.ts";
import { openPlan } from "./read.ts";
import { isPlan } from "./recognise.ts";
import { moduleTree, planText, unitOf } from "./testing.ts";

const JOB = JSON.stringify({
  image: "app",
  executionRoleArn: "arn:aws:iam::111122223333:role/exec",
  secrets: [
    { name: "PASSWORD", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::" },
  ],
});

async function recognised(value: unknown): Promise<boolean> {
  const { documents } = await parseDocuments({ path: "x.json", text: JSON.stringify(value) });
  return documents.some(isPlan);
}

test("a plan and a state are recognised by their content, other JSON of Terraform is not", async () => {
  expect(await recognised({ format_version: "1.2", planned_values: { root_module: {} } })).toBe(true);
  expect(await recognised({ format_version: "1.0", values: { root_module: {} } })).toBe(true);
  expect(await recognised({ format_version: "1.0", provider_schemas: {} })).toBe(false);
  expect(await recognised({ format_version: "1.0", valid: true, diagnostics: [] })).toBe(false);
  expect(await recognised({ planned_values: { root_module: {} } })).toBe(false);
});

test("a job's container is read from the string, each value placed inside the plan's file", async () => {
  const text = planText({
    resources: [
      {
        address: "aws_batch_job_definition.job",
        values: { name: "job", type: "container", container_properties: JOB },
      },
    ],
  });
  const [job] = (await unitOf(text)).resources.job_definitions;
  const reference = job?.containers[0]?.secrets[0]?.value_from;
  expect(reference?.value).toBe("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::");
  const { start, end } = reference?.at ?? { start: 0, end: 0 };
  expect(text.slice(start, end)).toBe(
    '\\"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::\\"',
  );
  expect(job && locate(job.at).start.line).toBe(text.slice(0, text.indexOf("aws_batch_job")).split("\n").length);
  expect(job?.id).toBe("plan.json#aws_batch_job_definition.job");
});

test("what is known after apply is unknown by its address", async () => {
  const { resources } = await unitOf({
    resources: [
      {
        address: 'module.jobs["a"].aws_batch_job_definition.job',
        values: { name: "job", type: "container" },
        unknown: { container_properties: true, arn: true, id: true, revision: true },
        refers: { container_properties: ["aws_iam_role.exec.arn", "aws_iam_role.exec"] },
      },
    ],
  });
  expect(
    resources.job_definitions[0]?.unseen.map(({ part, cause }) => ({ part, why: causeWords(cause) })),
  ).toStrictEqual([
    {
      part: "containerProperties",
      why: 'module.jobs["a"].aws_batch_job_definition.job.container_properties is known only after deployment',
    },
  ]);
});

test("an attribute that the provider fills in and nobody gives is absent", async () => {
  const { resources } = await unitOf({
    resources: [
      {
        address: "aws_iam_role.exec",
        values: { name: "exec", path: "/" },
        unknown: { arn: true, id: true, managed_policy_arns: true, inline_policy: true, unique_id: true },
      },
    ],
  });
  expect(resources.roles[0]).toMatchObject({
    managed_policies: [],
    unseen: [],
    arn: { value: "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/exec" },
  });
});

test("a name that is not known yet is a narrow hole", async () => {
  const { resources } = await unitOf({
    resources: [
      { address: "aws_iam_role.exec", unknown: { name: true }, refers: { name: ["random_id.x.hex", "random_id.x"] } },
    ],
  });
  expect(resources.roles[0]?.name?.value).toBe("⟨aws_iam_role.exec.name@plan.json⟩");
});

test("ARNs that exist are taken as they are", async () => {
  const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
  const { resources } = await unitOf({
    resources: [
      { address: "aws_secretsmanager_secret.db", values: { name: "db", arn, id: arn } },
      { address: "aws_secretsmanager_secret.new", values: { name: "new" }, unknown: { arn: true, id: true } },
    ],
    before: [{ address: "data.aws_secretsmanager_secret.old", values: { name: "old", arn: arn.replace("db", "old") } }],
  });
  expect(resources.secrets.map((secret) => secret.arn.value)).toStrictEqual([
    arn,
    "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:new-⟨#aws_secretsmanager_secret.new@plan.json⟩",
    arn.replace("db", "old"),
  ]);
});

test("a data source counts once, as it is planned", async () => {
  const { resources } = await unitOf({
    resources: [{ address: "data.aws_iam_role.r", values: { name: "new" } }],
    before: [{ address: "data.aws_iam_role.r", values: { name: "old" } }],
  });
  expect(resources.roles.map(({ name }) => name?.value)).toStrictEqual(["new"]);
});

test("a state gives what is", async () => {
  const job = { address: "module.m.aws_batch_job_definition.j", values: { container_properties: JOB } };
  const state = { format_version: "1.0", values: { root_module: moduleTree([job]) } };
  const { resources } = await unitOf(JSON.stringify(state));
  expect(resources.job_definitions[0]?.containers[0]?.execution_role?.arn.value).toBe(
    "arn:aws:iam::111122223333:role/exec",
  );
});

test("a deposed object does not make the resource unknown", async () => {
  const job = { address: "aws_batch_job_definition.j", values: { container_properties: JOB } };
  const text = planText({
    resources: [job],
    more: {
      resource_changes: [
        { address: job.address, change: { after_unknown: {} } },
        { address: job.address, deposed: "00000001", change: { after_unknown: { container_properties: true } } },
      ],
    },
  });
  expect((await unitOf(text)).resources.job_definitions[0]?.unseen).toStrictEqual([]);
});

test("without a configuration everything unknown may be given", async () => {
  const text = planText({
    resources: [{ address: "aws_batch_job_definition.j", unknown: { container_properties: true } }],
    more: { configuration: undefined },
  });
  expect((await unitOf(text)).resources.job_definitions[0]?.unseen.map(({ part }) => part)).toStrictEqual([
    "containerProperties",
  ]);
});

test("a plan that stopped at an error, and one of an unknown format, are problems", async () => {
  const { problems } = await unitOf(planText({ resources: [], more: { format_version: "2.0", errored: true } }));
  expect(problems).toStrictEqual([
    { path: "plan.json", message: "The plan has the format version 2.0; versions 0 and 1 are supported." },
    { path: "plan.json", message: "The plan stopped at an error, so it is incomplete." },
  ]);
});

test("remedies are written as Terraform refers to resources", async () => {
  const { spellings } = await unitOf({
    resources: [{ address: "aws_secretsmanager_secret.db", values: { name: "db" }, unknown: { arn: true } }],
  });
  expect([...spellings.values()]).toContain("${aws_secretsmanager_secret.db.arn}");
});

test("a thousand resources that name each other in a chain end without an answer", async () => {
  const address = (index: number) => `aws_kms_alias.k${index}`;
  const { documents } = await parseDocuments({
    path: "plan.json",
    text: planText({
      resources: Array.from({ length: 1000 }, (_, index) => ({
        address: address(index),
        unknown: { target_key_id: true },
        refers: { target_key_id: [address(index + 1)] },
      })),
    }),
  });
  expect(documents.flatMap((document) => openPlan(document, "u").instances)).toHaveLength(1000);
});

test("documents of a plan that are no JSON are problems at their lines, also when all of it is on one", async () => {
  const named = (address: string, values: object) => ({ address, values: { name: "a", ...values } });
  const resources = [
    named("aws_batch_job_definition.a", { type: "container", container_properties: '{"image": "app"' }),
    named("aws_iam_role_policy.b", { policy: "{Version: 1}" }),
    named("aws_iam_policy.c", { policy: '{"Version": "2012-10-17"}' }),
  ];
  const text = planText({ resources });
  const messages = [
    'The container_properties of aws_batch_job_definition.a is not valid JSON: a comma or "}" is expected here, not the end.',
    expect.stringContaining("The policy of aws_iam_role_policy.b is not valid JSON: "),
  ];
  const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split("\n").length;
  expect((await unitOf(text)).problems).toEqual([
    { path: "plan.json", line: lineOf("container_properties"), message: messages[0] },
    { path: "plan.json", line: lineOf("{Version"), message: messages[1] },
  ]);
  const flat = JSON.stringify(JSON.parse(text));
  expect((await unitOf(flat)).problems).toEqual(messages.map((message) => ({ path: "plan.json", line: 1, message })));
});
