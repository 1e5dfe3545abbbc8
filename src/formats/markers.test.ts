import { expect, test } from "vitest";
import { lossOf, mayHoldResources, unreadForm } from "./markers.ts";

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
    '{"planned_values": {"root_module": {"resources": [{"type": "aws_iam_role"}]}}}',
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
    '{"planned_values": {"root_module": {"resources": [{"type": "test_instance"}]}}, "errored": true}',
  ]) {
    expect(mayHoldResources(text), text).toBe(false);
  }
});

test("words count however their letters are written", () => {
  for (const text of [
    '{"Type": "\\u0041WS::Batch::JobDefinition"}',
    '{"jobDe\\u0066initionName": "a"}',
    'Type: "AWS\\x3a:Batch::JobDefinition"',
    'Type: "AWS::\\U00000042atch::JobDefinition"',
    'Type: "AWS::\\\n    Batch::JobDefinition"',
  ]) {
    expect(mayHoldResources(text), text).toBe(true);
  }
  expect(mayHoldResources('{"html": "\\u003cp\\u003e"}')).toBe(false);
});

test("a common word without its companion does not hide another word", () => {
  expect(mayHoldResources("Statement\nStatement\nExport\njobDefinition")).toBe(true);
});

const loss = (text: string, path = "a.json") => lossOf({ path, text });

test("a broken file matters if it mentions jobs, secrets, or who may read them", () => {
  for (const text of [
    "Type: AWS::Batch::JobDefinition",
    'Type: "AWS::\\x42atch::JobDefinition"',
    '{"jobDefinitionName": a',
    '{"image": "a", "jobRoleArn": b',
    '{"image": "a", "executionRoleArn": b',
    '{"ecsProperties": {"taskProperties": [{"containers": [{"essential": true}',
    "Type: AWS::Batch::JobDefinition\n{% if prod %}",
  ]) {
    expect(loss(text), text).toBe("job");
  }
  for (const text of [
    "Type: AWS::IAM::Role",
    '{"Statement": [{"Action": "secretsmanager:GetSecretValue"',
    '{"Statement": [{"Effect": "Allow", "Action": ["*"',
    '{"Name": "a", "SecretString": b',
  ]) {
    expect(loss(text), text).toBe("other");
  }
  for (const text of [
    "{'jobId': 'a', 'jobDefinition': 'arn:aws:batch:::b', 'container': {'jobRoleArn': 'c', 'resourceRequirements': []}}",
    '{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": %{ for a in b }',
    "Resources:\n  A:\n    Type: AWS::EC2::Instance\n  : :",
    '{"containerDefinitions": [{"executionRoleArn": a, "secrets": [{"valueFrom": "arn:aws:secretsmanager:',
    '[{"essential": true, "executionRoleArn": a}]',
    "{% for a in b %}\nsecretsmanager: {{ a }}\n{% endfor %}",
  ]) {
    expect(loss(text), text).toBeUndefined();
  }
});

test("a shell script is no document, whatever its name ends in, and a comment in a template is no script", () => {
  const script = "#!/bin/sh\naws secretsmanager get-secret-value > a: b: c\n";
  expect(loss(script, "user-data.tpl")).toBeUndefined();
  const body = "x containerProperties: a: b\n";
  for (const start of [
    "Content-Type: multipart/mixed;\n",
    "MIME-Version: 1.0\n",
    "#cloud-config\n",
    "<powershell>\n",
  ]) {
    expect(loss(start + body, "user-data.tpl"), start).toBeUndefined();
  }
  expect(loss(body, "dag.py.j2")).toBeUndefined();
  const job = "jobDefinitionName: a: b\n";
  expect([loss(job, "dag.conf.j2"), loss(`#cloud-config\n${job}`, "job.yaml.j2")]).toEqual(["job", "job"]);
  expect(loss(body, "job.prod.j2")).toBe("job");
  expect(loss(`<% if x %>${body}`, "job.erb")).toBe("job");
  expect(loss("#!/bin/sh\nType: AWS::Batch::JobDefinition\n: :", "a.yaml")).toBe("job");
});

test("what plainly holds a job in a form that is not read is known by its words", () => {
  expect(unreadForm('{"type": "aws:batch/jobDefinition:JobDefinition"}')).toBe("Pulumi");
  expect(unreadForm("apiVersion: batch.aws.upbound.io/v1beta1\nkind: JobDefinition\n")).toBe("Crossplane");
  expect(unreadForm("apiVersion: batch.services.k8s.aws/v1alpha1\nkind: JobDefinition\n")).toBe("a manifest of ACK");
  expect(unreadForm("apiVersion: batch.services.k8s.aws/v1alpha1\nkind: JobQueue\n")).toBeUndefined();
  expect(unreadForm('{"serial": 1, "lineage": "a", "resources": [{"type": "aws_batch_job_definition"}]}')).toBe(
    "a state of Terraform",
  );
  expect(unreadForm('{"@level": "info", "@message": "aws_batch_job_definition.j: Plan to create"}')).toBe(
    "the log of `terraform plan -json`",
  );
  expect(unreadForm('{"TemplateBody": "Resources: {J: {Type: AWS::Batch::JobDefinition}}"}')).toBe(
    "a template in a string",
  );
  expect(unreadForm("aws cloudcontrol create-resource --type-name AWS::Batch::JobDefinition")).toBe("Cloud Control");
  expect(unreadForm('{"planned_values": {"type": "aws_cloudformation_stack", "b": "AWS::Batch::JobDefinition"}}')).toBe(
    "a stack in a plan",
  );
  expect(unreadForm("apiVersion: batch/v1\nkind: Job\n")).toBeUndefined();
  expect(unreadForm("Type: AWS::Batch::JobDefinition")).toBeUndefined();
});
