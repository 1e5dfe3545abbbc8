import { expect, test } from "vitest";
import { kebab } from "../evidence/answers.ts";
import { call } from "./calls.ts";
import { awsCommand } from "./commands.ts";

test("a call is the command of the AWS CLI that makes it", () => {
  const filters = { Filters: [{ Name: "vpc-id", Values: ["vpc-1"] }] };
  expect([
    awsCommand(call("GetRole", "eu-west-1", { RoleName: "exec" })),
    awsCommand(call("DescribeSubnets", "eu-west-1", { SubnetIds: ["subnet-1", "subnet-2"] }), "prod"),
    awsCommand(call("DescribeRouteTables", null, filters), "it's mine"),
    awsCommand(call("DescribeLaunchTemplateVersions", null, { LaunchTemplateId: "lt-1", Versions: ["$Default"] })),
  ]).toEqual([
    "aws iam get-role --role-name exec",
    "aws ec2 describe-subnets --subnet-ids subnet-1 subnet-2 --region eu-west-1 --profile prod",
    `aws ec2 describe-route-tables --filters '[{"Name":"vpc-id","Values":["vpc-1"]}]' --profile 'it'\\''s mine'`,
    "aws ec2 describe-launch-template-versions --launch-template-id lt-1 --versions '$Default'",
  ]);
});

test("names are spelled as the AWS CLI spells them", () => {
  expect(["DescribeVpcAttribute", "ListAttachedRolePolicies", "jobQueues", "KeyId", "GetVPCId"].map(kebab)).toEqual([
    "describe-vpc-attribute",
    "list-attached-role-policies",
    "job-queues",
    "key-id",
    "get-vpc-id",
  ]);
});
