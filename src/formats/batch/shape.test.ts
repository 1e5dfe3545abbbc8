import { describe, expect, test } from "vitest";
import { job } from "./testing.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
const ROLE = "arn:aws:iam::111122223333:role/execution";

type Style = Parameters<typeof job>[1];

const kinds = (of: unknown, style?: Style) => job(of, style).shape.map(({ kind, key }) => `${kind} ${key}`);

const withSecret = (secret: unknown, more = {}) => ({
  containerProperties: { image: "busybox", secrets: [secret], ...more },
});

describe("what is no string where one belongs", () => {
  test.each([5, true, ["x"], { arn: "x" }])("%j as the value", (valueFrom) => {
    expect(kinds(withSecret({ name: "A", valueFrom }))).toEqual(["other-for-text valueFrom"]);
    expect(kinds(withSecret({ name: valueFrom, valueFrom: ARN }))).toEqual(["other-for-text name"]);
    expect(kinds(withSecret({ name: "A", valueFrom: ARN }, { executionRoleArn: valueFrom }))).toEqual([
      "other-for-text executionRoleArn",
    ]);
    const written = withSecret({ name: "A", valueFrom });
    expect(kinds(written, "terraform")).toEqual(["other-for-text valueFrom"]);
    // It is the name of no parameter.
    expect(job(written, "terraform").containers[0]?.secrets[0]?.value_from?.value).toMatch(/^⟨\*/);
  });

  test("CloudFormation makes strings of numbers and booleans", () => {
    const secrets = [5, true].map((ValueFrom) => ({ Name: "A", ValueFrom }));
    expect(kinds({ ContainerProperties: { Image: "busybox", Secrets: secrets } }, "cloudformation")).toEqual([]);
  });

  test("a number in place of a list or of its items", () => {
    expect(kinds({ containerProperties: { image: "busybox", secrets: 5 } })).toEqual([
      "text-for-object containerProperties.secrets",
    ]);
    expect(kinds({ containerProperties: { image: "busybox", secrets: [true] } })).toEqual([
      "text-for-object containerProperties.secrets",
    ]);
  });
});

test.each([{ valueFrom: ARN }, { name: null, valueFrom: ARN }])("a secret without a name: %j", (secret) => {
  expect(kinds(withSecret(secret))).toEqual(["missing-key name"]);
});

describe("roles where the API has none", () => {
  const task = (given: object, container = {}) => ({
    ecsProperties: { taskProperties: [{ ...given, containers: [{ image: "busybox", ...container }] }] },
  });

  test("the role of the job under the key of the other group", () => {
    expect(kinds({ containerProperties: { image: "busybox", taskRoleArn: ROLE } })).toEqual([
      "refused-key taskRoleArn",
    ]);
    expect(kinds(task({ jobRoleArn: ROLE }))).toEqual(["refused-key jobRoleArn"]);
    expect(kinds(task({ taskRoleArn: ROLE }))).toEqual([]);
  });

  test("the role of execution above or below what holds it", () => {
    expect(kinds({ executionRoleArn: ROLE, containerProperties: { image: "busybox" } })).toEqual([
      "misplaced-role jobDefinition.executionRoleArn",
    ]);
    expect(kinds(task({}, { executionRoleArn: ROLE }))).toEqual(["misplaced-role container.executionRoleArn"]);
    expect(kinds({ ecsProperties: { executionRoleArn: ROLE, taskProperties: [] } })).toEqual([
      "misplaced-role ecsProperties.executionRoleArn",
    ]);
  });

  test("Terraform drops both", () => {
    expect(kinds({ containerProperties: { image: "busybox", taskRoleArn: ROLE } }, "terraform")).toEqual([]);
    expect(kinds(task({ jobRoleArn: ROLE }, { executionRoleArn: ROLE }), "terraform")).toEqual([]);
  });
});

describe("a definition without a property group", () => {
  test("is not seen, and what names a secret in it is noted", () => {
    const read = job({ jobDefinitionName: "a", type: "container", container: { secrets: [{ valueFrom: ARN }] } });
    expect(read.unseen).toMatchObject([{ part: "job definition" }]);
    expect(read.shape).toMatchObject([{ kind: "misplaced-key", key: "container.secrets.valueFrom" }]);
  });

  test("nor is one whose group is null or empty", () => {
    expect(job({ type: "container", containerProperties: null }).unseen).toHaveLength(1);
    expect(job({ type: "container", eks_properties: [] }, "terraform").unseen).toHaveLength(1);
  });
});

test("a key in another spelling beside the right one is refused, except by Terraform, which reads the last of them", () => {
  const twins = withSecret({ name: "A", valueFrom: ARN, ValueFrom: ARN });
  expect(kinds(twins)).toEqual(["key-case ValueFrom"]);
  expect(kinds(withSecret({ Name: "B", name: "A", valueFrom: ARN }))).toEqual(["key-case Name"]);
  expect(kinds({ containerProperties: { image: "a", secrets: [], Secrets: [] } })).toEqual(["key-case Secrets"]);
  expect(kinds(twins, "terraform")).toEqual([]);
});

test("an empty name of a secret", () => {
  expect(kinds(withSecret({ name: "", valueFrom: ARN }))).toEqual(["empty-name name"]);
});
