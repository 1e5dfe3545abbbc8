import { expect, test } from "vitest";
import type { JobDefinitionStyle } from "./fields.ts";
import { covered, job, parsed, read } from "./testing.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";

const notes = (container: object, style?: JobDefinitionStyle, group = "containerProperties") =>
  job({ [group]: container }, style).shape.map(({ kind, key, expected, at }) => [kind, key, expected, covered(at)]);

test("nothing is noted where the API has secrets, and where an ARN may be meant for code", () => {
  const read = {
    secrets: [{ name: "A", valueFrom: ARN }],
    logConfiguration: { options: { arn: ARN }, secretOptions: [{ name: "B", valueFrom: ARN }] },
    repositoryCredentials: { credentialsParameter: ARN },
    environment: [{ name: "SECRET_ARN", value: ARN }],
    command: ["fetch", ARN],
    executionRoleArn: ARN,
    _comment: ARN,
    "//": [ARN],
  };
  expect(notes(read)).toEqual([]);
});

test("an ARN under any other key is noted at its place, once for a list", () => {
  expect(notes({ secretArns: [ARN, ARN], image: ARN, secrets: [{ name: ARN, valueFrom: "A" }] })).toEqual([
    ["misplaced-arn", "containerProperties.secretArns", null, `"${ARN}"`],
    ["misplaced-arn", "containerProperties.image", null, `"${ARN}"`],
    ["misplaced-arn", "containerProperties.secrets.name", null, `"${ARN}"`],
  ]);
});

test("a key valueFrom that nobody reads is noted, whatever its spelling", () => {
  const envs = { envs: [{ name: "A", valueFrom: ARN }], deeper: { still: { value_from: "x" } } };
  expect(notes(envs)).toEqual([
    ["misplaced-key", "containerProperties.envs.valueFrom", null, '"valueFrom"'],
    ["misplaced-key", "containerProperties.deeper.still.value_from", null, '"value_from"'],
  ]);
  const pod = { podProperties: { containers: [{ env: [{ name: "A", valueFrom: { secretKeyRef: {} } }] }] } };
  expect(notes(pod, "api", "eksProperties")).toEqual([
    ["misplaced-key", "eksProperties.podProperties.containers.env.valueFrom", null, '"valueFrom"'],
  ]);
});

test("a Secret of Kubernetes for all variables is noted, as the API has none", () => {
  const pod = (from: object) => ({ podProperties: { containers: [{ envFrom: [from] }] } });
  expect(notes(pod({ secretRef: { name: "db" } }), "api", "eksProperties")).toEqual([
    ["misplaced-key", "eksProperties.podProperties.containers.envFrom", null, '"envFrom"'],
  ]);
  expect(notes(pod({ configMapRef: { name: "db" } }), "api", "eksProperties")).toEqual([]);
});

test("null among secrets is noted, and null in place of all of them is not", () => {
  expect(notes({ secrets: [null, { name: "A", valueFrom: ARN }] })).toEqual([
    ["text-for-object", "containerProperties.secrets", "valueFrom", "null"],
  ]);
  expect(notes({ secrets: null })).toEqual([]);
});

test("a map and strings in place of a list of objects are noted in the format's spelling", () => {
  expect(notes({ secrets: { A: ARN } })).toEqual([
    ["object-for-list", "containerProperties.secrets", "valueFrom", '"secrets"'],
  ]);
  expect(notes({ secrets: {} })).toEqual([
    ["object-for-list", "containerProperties.secrets", "valueFrom", '"secrets"'],
  ]);
  expect(notes({ Secrets: [ARN, "/a"] }, "cloudformation", "ContainerProperties")).toEqual([
    ["text-for-object", "ContainerProperties.Secrets", "ValueFrom", `"${ARN}"`],
  ]);
});

test("a list in the list is noted, as where lists are to be joined", () => {
  const secrets = [[{ name: "A", valueFrom: ARN }], { name: "B", valueFrom: ARN }];
  expect(notes({ secrets }, "terraform")).toEqual([
    ["list-for-object", "containerProperties.secrets", "valueFrom", JSON.stringify(secrets[0])],
  ]);
  expect(notes({ secrets: [] })).toEqual([]);
});

test("an object or a list as a reference is noted, as the service expects a string", () => {
  const nested = { secretKeyRef: { name: "db", key: "password" } };
  for (const style of ["api", "terraform"] as const) {
    expect(notes({ secrets: [{ name: "A", valueFrom: nested }] }, style)).toEqual([
      ["other-for-text", "valueFrom", null, JSON.stringify(nested)],
    ]);
  }
  expect(notes({ Secrets: [{ Name: "A", ValueFrom: [ARN] }] }, "cloudformation", "ContainerProperties")).toEqual([
    ["other-for-text", "ValueFrom", null, `["${ARN}"]`],
  ]);
});

test("a misspelled key is dropped by Terraform and refused by everybody else, and is noted once", () => {
  const misspelled = { secret: [{ name: "A", valueFrom: ARN }], secrets: [{ name: "B", value: ARN }] };
  const expected = (kind: string) => [
    [kind, "secret", "secrets", '"secret"'],
    [kind, "value", "valueFrom", '"value"'],
  ];
  expect(notes(misspelled, "terraform")).toEqual(expected("dropped-key"));
  expect(notes(misspelled)).toEqual(expected("refused-key"));
});

test("a key that is nearly that of the execution role is meant as that", () => {
  for (const key of ["excutionRoleArn", "executionRole", "executionRoleArns", "execution_rolearn"]) {
    expect(notes({ [key]: "r" }, "terraform")).toEqual([["dropped-key", key, "executionRoleArn", `"${key}"`]]);
  }
  for (const key of ["executionRoleArn", "jobRoleArn", "ephemeralStorage", "logConfiguration", "runtimePlatform"]) {
    expect(notes({ [key]: "r" }, "terraform")).toEqual([]);
  }
  expect(notes({ executionRoleArn: "r", executionRole: "s" }, "terraform")).toEqual([]);
});

test("of a key that stands twice only the last counts", () => {
  const written = `{"containerProperties": {"secrets": [{"name": "A", "valueFrom": "${ARN}"}], "secrets": []}}`;
  expect(read(parsed(written)).shape).toEqual([]);
});
