import { expect, test } from "vitest";
import { covered, job, parsed, read } from "./testing.ts";

test("properties and log configuration as arrays are read and noted", () => {
  const log = { logDriver: "splunk", secretOptions: [{ name: "n", valueFrom: "v" }] };
  const read = job({ containerProperties: [{ logConfiguration: [log] }] });
  expect(read.containers).toMatchObject([
    { path: "containerProperties", log: { driver: { value: "splunk" }, secret_options: [{ name: { value: "n" } }] } },
  ]);
  expect(read.shape.map(({ kind, key, expected, at }) => [kind, key, expected, covered(at)])).toEqual([
    ["array-for-object", "containerProperties", null, '"containerProperties"'],
    ["array-for-object", "logConfiguration", null, '"logConfiguration"'],
  ]);
});

test("CloudFormation writes PascalCase; map keys are data; another case is read and noted once", () => {
  const read = job(
    {
      Type: "container",
      JobDefinitionName: "nightly",
      Parameters: { who: "x" },
      ContainerProperties: {
        Image: "i",
        executionRoleArn: "role",
        Secrets: [{ Name: "S", valueFrom: "v" }],
        LogConfiguration: { LogDriver: "awslogs", Options: { "awslogs-group": "g" } },
      },
    },
    "cloudformation",
  );
  expect(read).toMatchObject({ name: { value: "nightly" }, parameters: [{ name: { value: "who" } }] });
  expect(read.containers).toMatchObject([
    {
      path: "containerProperties",
      execution_role: { arn: { value: "role" } },
      secrets: [{ name: { value: "S" }, value_from: { value: "v" } }],
      log: { driver: { value: "awslogs" }, options: [{ name: { value: "awslogs-group" } }] },
    },
  ]);
  expect(read.shape.map(({ kind, key, expected }) => [kind, key, expected])).toEqual([
    ["key-case", "executionRoleArn", "ExecutionRoleArn"],
    ["key-case", "valueFrom", "ValueFrom"],
  ]);
});

test("Terraform's provider reads keys in any case, so nothing is noted", () => {
  const read = job(
    {
      name: "nightly",
      platform_capabilities: ["FARGATE"],
      container_properties: JSON.stringify({
        Image: "i",
        ExecutionRoleARN: "role",
        SECRETS: [{ Name: "S", ValueFrom: "v" }],
      }),
    },
    "terraform",
  );
  expect(read).toMatchObject({ name: { value: "nightly" }, shape: [] });
  expect(read.containers).toMatchObject([
    {
      platform: "FARGATE",
      execution_role: { arn: { value: "role" } },
      secrets: [{ name: { value: "S" }, value_from: { value: "v" } }],
    },
  ]);
});

test("Terraform's provider drops unknown keys: they are not read, and those meant as another are noted", () => {
  const read = job(
    {
      container_properties: {
        image: "i",
        _comment: "kept quiet",
        execution_role_arn: "role",
        secret: [{ name: "LOST", valueFrom: "v" }],
        secrets: [
          { name: "A", value_from: "v" },
          { name: "B", valueFrom: "v", description: "d" },
        ],
      },
    },
    "terraform",
  );
  expect(read.containers).toMatchObject([
    {
      execution_role: null,
      secrets: [
        { name: { value: "A" }, value_from: null },
        { name: { value: "B" }, value_from: { value: "v" } },
      ],
    },
  ]);
  expect(read.shape.map(({ kind, key, expected }) => [kind, key, expected])).toEqual([
    ["dropped-key", "execution_role_arn", "executionRoleArn"],
    ["dropped-key", "secret", "secrets"],
    ["dropped-key", "value_from", "valueFrom"],
  ]);
});

test("Terraform's EKS blocks are snake_case, each an object or a list", () => {
  const pod = { containers: { image: "m", env: [{ name: "A", value: "1" }] }, init_containers: [{ image: "i" }] };
  for (const podProperties of [pod, [pod]]) {
    const read = job({ eks_properties: [{ pod_properties: podProperties }] }, "terraform");
    expect(read.containers).toMatchObject([
      { path: "eksProperties.podProperties.containers[0]", environment: [{ name: { value: "A" } }] },
      { path: "eksProperties.podProperties.initContainers[0]", image: { value: "i" } },
    ]);
    expect(read.shape).toEqual([]);
  }
});

test("the Cloud Control provider writes snake_case all through", () => {
  const read = job(
    {
      job_definition_name: "nightly",
      type: "container",
      container_properties: { image: "i", execution_role_arn: "role", secrets: [{ name: "A", value_from: "v" }] },
    },
    "awscc",
  );
  expect(read).toMatchObject({ name: { value: "nightly" }, shape: [] });
  expect(read.containers).toMatchObject([
    { execution_role: { arn: { value: "role" } }, secrets: [{ value_from: { value: "v" } }] },
  ]);
});

test("a list in place of an object has what to write so that the object is left alone", () => {
  const left = (text: string) => {
    const edits = read(parsed(text)).shape.flatMap((note) => note.edits ?? []);
    return edits
      .toSorted((a, b) => b.at.start - a.at.start)
      .reduce((all, { at, text: written }) => all.slice(0, at.start) + written + all.slice(at.end), text);
  };
  expect(left('{"containerProperties": [ {"image": "a"} ]}')).toBe('{"containerProperties": {"image": "a"}}');
  expect(left('{"containerProperties": [{"image": "a"}, {"image": "b"}]}')).toContain("[");
});
