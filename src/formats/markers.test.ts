import { expect, test } from "vitest";
import { mayHoldResources, mayHoldTerraformResources } from "./markers.ts";

test("files of every kind that is read are recognised", () => {
  for (const text of [
    "Type: AWS::Batch::JobDefinition",
    '{"jobDefinitionName": "a"}',
    '{"jobDefinitions": []}',
    '{"image": "busybox", "vcpus": 1, "memory": 2}',
    "resourceRequirements: []",
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]}',
    '{"RoleName": "a", "PolicyArn": "b"}',
    '{"Name": "a", "SecretString": "b"}',
    '{"Name": "a", "SecretBinary": "b"}',
    '{"VersionIdsToStages": {}}',
    '{"SecretList": []}',
    '{"VpcEndpoints": []}',
    '{"VpcId": "a", "ServiceName": "com.amazonaws.us-east-1.secretsmanager"}',
    '{"planned_values": {"root_module": {}}}',
    "Outputs: {A: {Export: {Name: a}, Value: !Ref 'AWS::StackName'}}",
  ]) {
    expect(mayHoldResources(text), text).toBe(true);
  }
});

test("files of other things are not", () => {
  for (const text of [
    "",
    '{"name": "package", "dependencies": {}}',
    "kind: Deployment\nspec: {env: [{valueFrom: {secretKeyRef: {name: a}}}]}",
    "The Statement of an Export",
    "vcpus: 4",
    "logger: com.amazonaws.services",
  ]) {
    expect(mayHoldResources(text), text).toBe(false);
  }
});

test("a common word without its companion does not hide another word", () => {
  expect(mayHoldResources("Statement\nStatement\nExport\njobDefinition")).toBe(true);
});

test("modules of Terraform that matter name a resource, a module or the container properties", () => {
  expect(mayHoldTerraformResources('resource "aws_batch_job_definition" "a" {}')).toBe(true);
  expect(mayHoldTerraformResources('source = "terraform-aws-modules/batch/aws"')).toBe(true);
  expect(mayHoldTerraformResources('resource "aws_s3_bucket" "a" {}')).toBe(false);
});
