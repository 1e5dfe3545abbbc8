import { expect, test } from "vitest";
import { type TestResource, unitOf } from "./testing.ts";

const ROLE: TestResource = { address: "aws_iam_role.job", values: { name: "job-role" }, unknown: { arn: true } };
const CALL = "aws iam put-role-policy --policy-name p --policy-document file://p.json --role-name";

async function handed(...resources: TestResource[]) {
  const unit = await unitOf({ resources });
  return unit.resources.handed.map(({ cause, texts }) => [cause.kind, cause.name, texts.includes("job-role")]);
}

test.each([
  ["names", { address: "null_resource.x", provisioners: [{ command: { constant_value: `${CALL} job-role` } }] }],
  [
    "refers to",
    { address: "null_resource.x", provisioners: [{ command: ["aws_iam_role.job.name", "aws_iam_role.job"] }] },
  ],
  [
    "is given by its environment",
    {
      address: "null_resource.x",
      provisioners: [{ command: { constant_value: "./attach" }, environment: ["aws_iam_role.job.name"] }],
    },
  ],
] as const)("a provisioner of a plan may add a policy to the role that it %s", async (_, resource) => {
  expect(await handed(ROLE, resource)).toEqual([["custom-resource", "null_resource.x", true]]);
});

test("a provisioner of a plan knows its own resource", async () => {
  const own = { ...ROLE, provisioners: [{ command: ["self.name", "self"] }] };
  expect(await handed(own)).toEqual([["custom-resource", "aws_iam_role.job", true]]);
  const other = { ...ROLE, provisioners: [{ command: ["self.tags", "self"] }] };
  expect(await handed(other)).toEqual([["custom-resource", "aws_iam_role.job", false]]);
});

test("a command of a plan that makes a job is noted", async () => {
  const command = { constant_value: "aws batch register-job-definition --cli-input-json file://job.json" };
  const unit = await unitOf({ resources: [ROLE, { address: "null_resource.x", provisioners: [{ command }] }] });
  expect(unit.notes?.map(({ message }) => message)).toEqual([
    "The job definition that `aws batch register-job-definition` makes was not checked: it is not read here.",
  ]);
});
