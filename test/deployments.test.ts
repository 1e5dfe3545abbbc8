/** What is deployed several times, with other values, accounts and Regions each time (DESIGN §6). */
import { expect, test } from "vitest";
import type { Report } from "../src/report/report.ts";
import { checkFiles as checked } from "./support/checked.ts";

const TRUST = `jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })`;

/** A role that may read what is in `var.granted`, and a job that reads a secret named after `var.env`. */
const ROOT = `
variable "env" {}
variable "granted" {}
resource "aws_iam_role" "execution" {
  name               = "\${var.env}-execution"
  assume_role_policy = ${TRUST}
}
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.execution.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue",
    Resource = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:\${var.granted}-*" }] })
}
resource "aws_batch_job_definition" "load" {
  name = "load"
  type = "container"
  container_properties = jsonencode({
    image            = "load"
    executionRoleArn = aws_iam_role.execution.arn
    secrets          = [{ name = "TOKEN", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:\${var.env}/db-AbCdEf" }]
  })
}`;

const checkFiles = async (...given: Parameters<typeof checked>) => (await checked(...given)).report;

const deployment = (name: string, rest: string) => `\n  - { name: ${name}, ${rest} }`;
const configured = (...all: readonly string[]) => ({ ".batch-secrets-check.yaml": `deployments:${all.join("")}\n` });

const BOTH = configured(
  deployment("production", "unit: infra, var-files: infra/env/prod.tfvars"),
  deployment("staging", "unit: infra, var-files: infra/env/stag.tfvars"),
);

const infra = (prod: string, stag: string) => ({
  ...BOTH,
  "infra/main.tf": ROOT,
  "infra/env/prod.tfvars": `env = "prod"\ngranted = "${prod}"`,
  "infra/env/stag.tfvars": `env = "stag"\ngranted = "${stag}"`,
});

const findings = ({ findings }: Report) =>
  findings.map(({ rule, deployments, message }) => [rule, deployments, message.replace(/^.*(?= This is so)/, "…")]);
const states = ({ references }: Report) => references.map(({ deployments, state }) => [...deployments, state]);

test("a unit is read for each deployment, and what is wrong in one of them says so", async () => {
  const report = await checkFiles(infra("prod/db", "other"));
  expect(states(report)).toEqual([
    ["production", "proven"],
    ["staging", "with findings"],
  ]);
  expect(findings(report)).toEqual([["secret-read-allowed", ["staging"], "… This is so in staging only."]]);
  expect(report.summary.jobDefinitions).toBe(1);
  expect(report.problems).toEqual([]);
});

test("what all deployments have in common is one finding, whatever values they have", async () => {
  const report = await checkFiles(infra("other", "other"));
  expect(findings(report)).toEqual([["secret-read-allowed", ["production", "staging"], report.findings[0]?.message]]);
  expect(report.findings[0]?.message).not.toContain("This is so");
  expect(states(report).map(([, state]) => state)).toEqual(["with findings", "with findings"]);
});

test("a fix with the values of one deployment is no edit of what all of them share", async () => {
  const [finding] = (await checkFiles(infra("other", "other"))).findings;
  expect(finding?.remedy.edits).toEqual([]);
  expect(finding?.remedy.add?.edits).toEqual([]);
  expect(finding?.remedy.add?.text).toContain("secret:prod/db");
});

test("a finding has the same fingerprint with and without deployments", async () => {
  const { ".batch-secrets-check.yaml": _, ...files } = infra("other", "other");
  const auto = { ...files, "infra/terraform.tfvars": files["infra/env/prod.tfvars"] };
  const [one] = (await checkFiles(auto)).findings;
  const [two] = (await checkFiles(infra("other", "other"))).findings;
  expect(two?.fingerprint).toBe(one?.fingerprint);
});

test("an open question of all deployments is one", async () => {
  const files = { ...infra("prod/db", "stag/db"), "infra/env/stag.tfvars": "", "infra/env/prod.tfvars": "" };
  const { unverified } = await checkFiles(files);
  const granted = [["production", "staging"], "var.granted", "infra/*.tf"];
  expect(unverified.map(({ rule, deployments, cause }) => [rule, deployments, cause.name, cause.unit])).toEqual([
    ["secret-resource-matchable", ...granted],
    ["secret-read-allowed", ...granted],
  ]);
});

test("one deployment can be asked for, by its name", async () => {
  const files = infra("prod/db", "other");
  expect(states(await checkFiles(files, { deployment: "production" }))).toEqual([["production", "proven"]]);
  const { problems } = await checkFiles(files, { deployment: "prod" });
  expect(problems).toEqual([
    { path: "configuration", message: "There is no deployment prod. There are production, staging." },
  ]);
});

const ROLE = (policy: string) => `
resource "aws_iam_role" "execution" {
  name               = "load-execution"
  assume_role_policy = ${TRUST}
}
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.execution.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ${policy}, Resource = "*" }] })
}`;
const JOB = (account: string) => `
resource "aws_batch_job_definition" "load" {
  name = "load"
  type = "container"
  container_properties = jsonencode({
    image            = "load"
    executionRoleArn = "arn:aws:iam::${account}:role/load-execution"
    secrets          = [{ name = "TOKEN", valueFrom = "arn:aws:secretsmanager:eu-west-1:${account}:secret:db-AbCdEf" }]
  })
}`;

test("a role of one deployment is not the one of another, whatever its name", async () => {
  const variables = 'variable "account" {}\nvariable "action" {}';
  const files = {
    "roles/main.tf": variables + ROLE("var.action"),
    "jobs/main.tf": variables + JOB("${var.account}"),
    "prod.tfvars": 'account = "111122223333"\naction = "secretsmanager:GetSecretValue"',
    "stag.tfvars": 'account = "444455556666"\naction = "s3:GetObject"',
  };
  const report = await checkFiles({
    ...configured(
      deployment("production", "unit: [roles, jobs], var-files: prod.tfvars"),
      deployment("staging", "unit: [roles, jobs], var-files: stag.tfvars"),
    ),
    ...files,
  });
  expect(states(report)).toEqual([
    ["production", "proven"],
    ["staging", "unverified"],
  ]);
});

test("deployments of one account share its names, those of two accounts don't", async () => {
  const files = { "roles/main.tf": ROLE('"secretsmanager:GetSecretValue"'), "jobs/main.tf": JOB("111122223333") };
  const state = async (account: string) => {
    const both = configured(
      deployment("base", `unit: roles, account: "${account}"`),
      deployment("batch", 'unit: jobs, account: "111122223333"'),
    );
    return states(await checkFiles({ ...both, ...files }));
  };
  expect(await state("111122223333")).toEqual([["batch", "proven"]]);
  expect(await state("444455556666")).toEqual([["batch", "unverified"]]);
});

const TEMPLATE = `
Parameters: {Stage: {Type: String, Default: dev}, Granted: {Type: String}}
Resources:
  Execution:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]}
      Policies:
        - PolicyName: read
          PolicyDocument:
            Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !Sub "arn:aws:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:\${Granted}-*"}]
  Load:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: load
        ExecutionRoleArn: !GetAtt Execution.Arn
        Secrets: [{Name: TOKEN, ValueFrom: !Sub "arn:aws:secretsmanager:eu-west-1:111122223333:secret:\${Stage}/db-AbCdEf"}]
`;

test("a template is read with the parameters, the account and the Region of each deployment", async () => {
  const values = (stage: string, granted: string) => JSON.stringify({ Parameters: { Stage: stage, Granted: granted } });
  const report = await checkFiles({
    ...configured(
      deployment("production", 'unit: jobs.yaml, parameters: prod.json, account: "111122223333", region: eu-west-1'),
      deployment("other-region", 'unit: jobs.yaml, parameters: prod.json, account: "111122223333", region: us-east-1'),
      deployment("staging", 'unit: jobs.yaml, parameters: stag.json, account: "444455556666", region: eu-west-1'),
    ),
    "jobs.yaml": TEMPLATE,
    "prod.json": values("prod", "prod/db"),
    "stag.json": values("prod", "stag/db"),
  });
  expect(states(report)).toEqual([
    ["production", "proven"],
    ["other-region", "with findings"],
    ["staging", "with findings"],
  ]);
  expect(report.findings.every(({ deployments }) => !deployments?.includes("production"))).toBe(true);
});

test("a parameter that keeps its value is unknown, not its default", async () => {
  const kept = (key: string, value?: string) =>
    value === undefined ? { ParameterKey: key, UsePreviousValue: true } : { ParameterKey: key, ParameterValue: value };
  const { unverified } = await checkFiles({
    ...configured(deployment("production", "unit: jobs.yaml, parameters: prod.json")),
    "jobs.yaml": TEMPLATE,
    "prod.json": JSON.stringify([kept("Stage"), kept("Granted", "prod/db")]),
  });
  expect(unverified.map(({ cause }) => [cause.kind, cause.name])).toContainEqual(["default", "Stage"]);
});

test("an import comes from the stack of the same deployment", async () => {
  const shared = `
Parameters: {Name: {Type: String}}
Resources: {Secret: {Type: AWS::SecretsManager::Secret, Properties: {Name: !Ref Name, SecretString: !Ref Name}}}
Outputs: {Db: {Value: !Ref Secret, Export: {Name: db}}}
`;
  const report = await checkFiles({
    ...configured(
      deployment("production", "unit: '*.yaml', parameters: prod.json"),
      deployment("staging", "unit: '*.yaml', parameters: stag.json"),
    ),
    "shared.yaml": shared,
    "jobs.yaml": TEMPLATE.replace(/ValueFrom: .*\}\]/, "ValueFrom: !ImportValue db}]").replace(
      /Resource: !Sub .*\}\]/,
      "Resource: !ImportValue db}]",
    ),
    "prod.json": '["Name=prod"]',
    "stag.json": '["Name=stag"]',
  });
  expect(states(report)).toEqual([
    ["production", "proven"],
    ["staging", "proven"],
  ]);
});

/** The execution role as an account lists it. */
const AUTHORIZATION = JSON.stringify({
  RoleDetailList: [
    {
      RoleName: "load-execution",
      Arn: "arn:aws:iam::111122223333:role/load-execution",
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
      },
      RolePolicyList: [
        {
          PolicyName: "read",
          PolicyDocument: {
            Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" }],
          },
        },
      ],
      AttachedManagedPolicies: [],
    },
  ],
});

const RAW = {
  "jobs/load.json": JSON.stringify({
    jobDefinitionName: "load",
    type: "container",
    containerProperties: {
      image: "load",
      executionRoleArn: "arn:aws:iam::111122223333:role/load-execution",
      secrets: [{ name: "TOKEN", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf" }],
    },
  }),
  "jobs/iam.json": AUTHORIZATION,
};

test("a folder of raw files has deployments, too", async () => {
  const report = await checkFiles({
    ...configured(
      deployment("production", 'unit: jobs, account: "111122223333"'),
      deployment("staging", 'unit: jobs, account: "111122223333"'),
    ),
    ...RAW,
  });
  expect(states(report)).toEqual([
    ["production", "proven"],
    ["staging", "proven"],
  ]);
});

test("a root module reads the state of its own deployment", async () => {
  const backend = 'backend "s3" {\n bucket = "state"\n key = "base"\n }';
  const base = `terraform {\n ${backend}\n}\nvariable "name" {}
resource "aws_secretsmanager_secret" "db" { name = var.name }
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ a = "b" })
}
output "arn" { value = aws_secretsmanager_secret.db.arn }`;
  const jobs = `data "terraform_remote_state" "base" {
  backend = "s3"
  config  = { bucket = "state", key = "base" }
}
${ROLE('"secretsmanager:GetSecretValue"')}
resource "aws_batch_job_definition" "load" {
  name = "load"
  type = "container"
  container_properties = jsonencode({
    image            = "load"
    executionRoleArn = aws_iam_role.execution.arn
    secrets          = [{ name = "TOKEN", valueFrom = data.terraform_remote_state.base.outputs.arn }]
  })
}`;
  const report = await checkFiles({
    ...configured(
      deployment("production", "unit: [base, jobs], var-files: prod.tfvars"),
      deployment("staging", "unit: [base, jobs], var-files: stag.tfvars"),
    ),
    "base/main.tf": base,
    "jobs/main.tf": jobs,
    "prod.tfvars": 'name = "prod"',
    "stag.tfvars": 'name = "stag"',
  });
  expect(states(report)).toEqual([
    ["production", "proven"],
    ["staging", "proven"],
  ]);
});

test("folders of Terragrunt are deployments by the environments in their paths", async () => {
  const unit = (module: string) => `terraform { source = "../../../modules/${module}" }`;
  const { references } = await checkFiles({
    "modules/roles/main.tf": ROLE('"secretsmanager:GetSecretValue"'),
    "modules/jobs/main.tf": JOB("111122223333"),
    "live/prod/roles/terragrunt.hcl": unit("roles"),
    "live/prod/jobs/terragrunt.hcl": unit("jobs"),
    "live/staging/jobs/terragrunt.hcl": unit("jobs"),
  });
  const read = references.map(({ deployments, links }) => [...deployments, links.read.state]);
  expect(read).toEqual([
    ["live/prod", "proven"],
    ["live/staging", "open"],
  ]);
});

test("a mistake in the configuration has its line: a unit that is nowhere, a file that is not there", async () => {
  const { problems } = await checkFiles({
    ...configured(
      deployment("production", "unit: infra, var-files: infra/env/prod.tfvars"),
      deployment("staging", "unit: [infra, infar], var-files: infra/env/stage.tfvars"),
      deployment("test", "unit: 'test/**'"),
    ),
    "infra/main.tf": ROOT,
    "infra/env/prod.tfvars": "",
  });
  expect(problems.map(({ path, line, message }) => `${path}:${line}: ${message}`)).toEqual([
    ".batch-secrets-check.yaml:3: There is no file infra/env/stage.tfvars.",
    ".batch-secrets-check.yaml:3: The unit infar of the deployment staging matches no file or folder.",
    ".batch-secrets-check.yaml:4: The unit test/** of the deployment test matches no file or folder.",
  ]);
});

test("what an account answered in the evidence of a deployment is of that deployment", async () => {
  const report = await checkFiles({
    ...configured(
      deployment("production", "unit: jobs, var-files: prod.tfvars, evidence: evidence/production"),
      deployment("staging", "unit: jobs, var-files: stag.tfvars, evidence: evidence/staging"),
    ),
    "jobs/main.tf": `variable "account" {}\n${JOB("${var.account}")}`,
    "prod.tfvars": 'account = "111122223333"',
    "stag.tfvars": 'account = "444455556666"',
    "evidence/production/authorization.json": AUTHORIZATION,
  });
  expect(states(report)).toEqual([
    ["production", "proven"],
    ["staging", "unverified"],
  ]);
});

test("what several deployments have, each in a file of its own, is not said to be in one only", async () => {
  const root = ROOT.replace(/valueFrom = "[^"]*"/, "valueFrom = var.granted");
  const wrong = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password";
  const report = await checkFiles({ ...infra(wrong, wrong), "infra/main.tf": root });
  const selectors = findings(report).filter(([rule]) => rule === "secret-selector-format");
  expect(selectors).toEqual([
    ["secret-selector-format", ["production"], "… This is so in production."],
    ["secret-selector-format", ["staging"], "… This is so in staging."],
  ]);
  const single = await checkFiles({ ...infra(wrong, `${wrong}::`), "infra/main.tf": root });
  expect(findings(single)).toContainEqual([
    "secret-selector-format",
    ["production"],
    "… This is so in production only.",
  ]);
});

test("a deployment names its workspace, which is that of Terraform's expressions", async () => {
  const files = {
    "infra/main.tf": ROOT.replaceAll("var.env", "terraform.workspace").replace('variable "env" {}', ""),
    "infra/prod.tfvars": 'granted = "prod/db"',
    "infra/stag.tfvars": 'granted = "other"',
  };
  expect(states(await checkFiles(files))).toEqual([["unverified"]]);
  const both = configured(
    deployment("production", "unit: infra, workspace: prod, var-files: infra/prod.tfvars"),
    deployment("staging", "unit: infra, workspace: stag, var-files: infra/stag.tfvars"),
  );
  expect(states(await checkFiles({ ...files, ...both }))).toEqual([
    ["production", "proven"],
    ["staging", "with findings"],
  ]);
});

test("a unit that is one file of a folder is told to be the folder", async () => {
  const job = JSON.stringify({ jobDefinitionName: "load", type: "container", containerProperties: { image: "a" } });
  const { notes } = await checkFiles({
    ...configured(deployment("production", "unit: infra/a.json")),
    "infra/a.json": job,
  });
  expect(notes.map(({ message }) => message)).toEqual([
    "The unit infra/a.json of the deployment production is no template that was read. Other files are deployed by folders: name infra.",
  ]);
});
