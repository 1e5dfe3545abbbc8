/** What the readers of JSON, YAML and scripts cut or can't read, with something behind each that matters. */
import type { Cut } from "./cut.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
const bad = {
  jobDefinitionName: "bad",
  type: "container",
  containerProperties: { image: "busybox", secrets: [{ name: "DB", valueFrom: `${ARN}:password` }] },
};
const call = `aws batch register-job-definition --job-definition-name bad --type container --container-properties '${JSON.stringify(bad.containerProperties)}'`;
const workflow = (more: string): string =>
  `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          ${call}\n${more}`;
const app = JSON.stringify({
  Resources: {
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        RoleName: "job",
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
        },
        Policies: [
          {
            PolicyName: "read",
            PolicyDocument: {
              Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: { Ref: "Db" } }],
            },
          },
        ],
      },
    },
    Db: { Type: "AWS::SecretsManager::Secret", Properties: { GenerateSecretString: {} } },
    Job: {
      Type: "AWS::Batch::JobDefinition",
      Properties: {
        Type: "container",
        ContainerProperties: {
          Image: "busybox",
          ExecutionRoleArn: { "Fn::GetAtt": ["Role", "Arn"] },
          Secrets: [{ Name: "DB", ValueFrom: { Ref: "Db" } }],
        },
      },
    },
  },
});
const deny = (more = "") =>
  `Metadata: "{{resolve:ssm:note}}"\nResources:\n  Deny:\n    Type: AWS::IAM::RolePolicy\n    Properties:\n      RoleName: job\n      PolicyName: deny\n      PolicyDocument:\n        Statement: [{Effect: Deny, Action: "secretsmanager:*", Resource: "*"}]\n${more}`;
const many = (count: number) => `{"RoleName": "pad", "all": [${"1,".repeat(count)}1]}`;

export const documents: readonly Cut[] = [
  ["nothing but a Deny in another template", { "app.json": app, "deny.yaml": deny() }, "open"],
  [
    "a Deny in a template behind files of many values",
    { "app.json": app, "b.json": many(1_900_000), "c.json": many(600_000), "deny.yaml": deny() },
  ],
  [
    "a Deny in a template that nests too deep",
    { "app.json": app, "deny.yaml": deny(`  X: ${"[".repeat(600)}${"]".repeat(600)}\n`) },
  ],
  ["a Deny in a template of many characters", { "app.json": app, "deny.yaml": deny(`# ${"x".repeat(4 << 20)}\n`) }],
  ["a call in a workflow that can't be parsed", { ".github/workflows/x.yml": workflow("  - {{ x\n") }],
  ["a call in a workflow with a template", { ".github/workflows/x.yml": workflow("{% if x %}\n") }],
  [
    "a call in a workflow that nests too deep",
    { ".github/workflows/x.yml": workflow(`x: ${"[".repeat(600)}${"]".repeat(600)}\n`) },
  ],
  ["a call in a workflow of many characters", { ".github/workflows/x.yml": workflow(`# ${"x".repeat(4 << 20)}\n`) }],
  [
    "a call in a workflow behind files of many values",
    {
      ".a.json": many(1_900_000),
      ".b.json": many(600_000),
      ".gitlab-ci.yml": `deploy:\n  script:\n    - ${JSON.stringify(call)}\n`,
    },
  ],
  [
    "a call in a package.json that can't be parsed",
    { "package.json": `{"scripts": {"deploy": ${JSON.stringify(call)}` },
  ],
  [
    "a call in a workflow with a NUL and another encoding",
    { ".github/workflows/x.yml": Buffer.concat([Buffer.from(workflow("# ")), Buffer.from([0, 0xe9])]) },
  ],
  [
    "a call in a Makefile with a NUL and another encoding",
    { Makefile: Buffer.concat([Buffer.from(`all:\n\t${call}\n# `), Buffer.from([0, 0xe9])]) },
  ],
  [
    "a call in a workflow in UTF-16",
    { ".github/workflows/x.yml": Buffer.from(`\ufeff${workflow("")}`, "utf16le") },
    "found",
  ],
  [
    "a call in a workflow in Latin-1",
    { ".github/workflows/x.yml": Buffer.from(workflow("# \u00e9\n"), "latin1") },
    "found",
  ],
  ["a call in a script with a NUL", { "x.sh": `# \0\n${call}\n` }, "found"],
  ["a call in a script with a template", { "x.sh.j2": `#!/bin/sh\n{% if x %}\n${call}\n{% endif %}\n` }, "found"],
  ["a call in a template of a workflow", { "x.yml.tpl": workflow("{{ if x }}\n") }],
  ["a call behind a carriage return", { "x.sh": `echo a\r\n${call}\r\n` }, "found"],
];
