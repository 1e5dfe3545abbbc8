/** Generated input of any size that looks like what people write: jobs with their roles, grants and secrets. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
/** One job in so many lacks its grant, so that findings are made and reported too, but not only they. */
const BROKEN = 50;

/** Files by path. */
export type Files = ReadonlyMap<string, string>;

/** How the job definitions lie: everything in one unit, or in units of ten. */
export type Layout = "one" | "many";

export const UNIT_SIZE = 10;

function secretArn(index: number): string {
  return `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:service-${index}/database-A${String(index).padStart(5, "0")}`;
}

function job(index: number): object {
  const secret = secretArn(index);
  return {
    jobDefinitionName: `nightly-${index}`,
    type: "container",
    platformCapabilities: ["FARGATE"],
    containerProperties: {
      image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/nightly:${index}`,
      command: ["python", "-m", "nightly", "--shard", String(index)],
      executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/nightly-${index}-execution`,
      jobRoleArn: `arn:aws:iam::${ACCOUNT}:role/nightly-job`,
      environment: [
        { name: "STAGE", value: "production" },
        { name: "SHARD", value: String(index) },
      ],
      secrets: [
        { name: "DATABASE_USER", valueFrom: `${secret}:username::` },
        { name: "DATABASE_PASSWORD", valueFrom: `${secret}:password::` },
        { name: "API_TOKEN", valueFrom: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/service-${index}/token` },
      ],
      resourceRequirements: [
        { type: "VCPU", value: "1" },
        { type: "MEMORY", value: "2048" },
      ],
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/aws/batch/nightly" } },
      fargatePlatformConfiguration: { platformVersion: "LATEST" },
    },
  };
}

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

function grants(index: number, secret: unknown): object {
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" },
      {
        Effect: "Allow",
        Action: index % BROKEN === 0 ? "secretsmanager:DescribeSecret" : "secretsmanager:GetSecretValue",
        Resource: secret,
      },
      {
        Effect: "Allow",
        Action: "ssm:GetParameters",
        Resource: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/service-${index}/*`,
      },
    ],
  };
}

function folder(index: number, layout: Layout): string {
  return layout === "one" ? "batch" : `teams/team-${Math.floor(index / UNIT_SIZE)}`;
}

/** Inputs of the AWS command line: a job definition, its role, the role's policy and its secret, a file each. */
export function rawFiles(jobs: number, layout: Layout): Files {
  const files = new Map<string, string>();
  const add = (path: string, content: object) => files.set(path, `${JSON.stringify(content, undefined, 2)}\n`);
  for (let index = 1; index <= jobs; index++) {
    const base = `${folder(index, layout)}/nightly-${index}`;
    const role = `nightly-${index}-execution`;
    add(`${base}.job.json`, job(index));
    add(`${base}.role.json`, { RoleName: role, AssumeRolePolicyDocument: TRUST });
    add(`${base}.role-policy.json`, {
      RoleName: role,
      PolicyName: "read-secrets",
      PolicyDocument: grants(index, secretArn(index)),
    });
    add(`${base}.secret.json`, {
      Name: `service-${index}/database`,
      SecretString: JSON.stringify({ username: "nightly", password: "<password>" }),
    });
  }
  return files;
}

/** The YAML of one job of a template: job definition, role with its policy, secret. */
function templateResources(index: number): string {
  const action = index % BROKEN === 0 ? "secretsmanager:DescribeSecret" : "secretsmanager:GetSecretValue";
  return `  Secret${index}:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: service-${index}/database
      GenerateSecretString:
        SecretStringTemplate: '{"username": "nightly"}'
        GenerateStringKey: password
  ExecutionRole${index}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: ecs-tasks.amazonaws.com }
            Action: sts:AssumeRole
      Policies:
        - PolicyName: read-secrets
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [logs:CreateLogStream, logs:PutLogEvents]
                Resource: "*"
              - Effect: Allow
                Action: ${action}
                Resource: !Ref Secret${index}
              - Effect: Allow
                Action: ssm:GetParameters
                Resource: !Sub arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/service-${index}/*
  Job${index}:
    Type: AWS::Batch::JobDefinition
    Properties:
      JobDefinitionName: nightly-${index}
      Type: container
      PlatformCapabilities: [FARGATE]
      ContainerProperties:
        Image: !Sub \${AWS::AccountId}.dkr.ecr.\${AWS::Region}.amazonaws.com/nightly:${index}
        Command: [python, -m, nightly, --shard, "${index}"]
        ExecutionRoleArn: !GetAtt ExecutionRole${index}.Arn
        Environment:
          - { Name: STAGE, Value: production }
          - { Name: SHARD, Value: "${index}" }
        Secrets:
          - Name: DATABASE_USER
            ValueFrom: !Sub "\${Secret${index}}:username::"
          - Name: DATABASE_PASSWORD
            ValueFrom: !Sub "\${Secret${index}}:password::"
          - Name: API_TOKEN
            ValueFrom: !Sub arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/service-${index}/token
        ResourceRequirements:
          - { Type: VCPU, Value: "1" }
          - { Type: MEMORY, Value: "2048" }
        LogConfiguration:
          LogDriver: awslogs
          Options: { awslogs-group: /aws/batch/nightly }
`;
}

/** CloudFormation in YAML: one template of all jobs, which AWS would find too large, or templates of ten. */
export function templateFiles(jobs: number, layout: Layout): Files {
  const size = layout === "one" ? jobs : UNIT_SIZE;
  const files = new Map<string, string>();
  for (let first = 1; first <= jobs; first += size) {
    const resources = Array.from({ length: Math.min(size, jobs - first + 1) }, (_, offset) =>
      templateResources(first + offset),
    );
    files.set(
      `${folder(first, layout)}/template.yaml`,
      `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n${resources.join("")}`,
    );
  }
  return files;
}

/** What a large repository holds besides: sources, and JSON and YAML that is about anything but Batch. */
const OTHER: readonly { readonly extension: string; readonly text: (index: number) => string }[] = [
  {
    extension: "ts",
    text: (index) => `export function f${index}(x: number) {\n  return x + ${index};\n}\n`.repeat(20),
  },
  { extension: "py", text: (index) => `def f${index}(x):\n    return x + ${index}\n\n\n`.repeat(20) },
  { extension: "md", text: (index) => `# Page ${index}\n\nWords, words, words.\n`.repeat(20) },
  {
    extension: "json",
    text: (index) =>
      `${JSON.stringify({ name: `package-${index}`, version: "1.0.0", scripts: { test: "run tests" }, list: Array(40).fill(index) }, undefined, 2)}\n`,
  },
  {
    extension: "yaml",
    text: (index) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings-${index}\ndata:\n${"  key: some value that is long enough to count\n".repeat(15)}`,
  },
];

/** A repository of so many files, 20 of which, those of 5 jobs, are about Batch. */
export function repositoryFiles(count: number): Files {
  const files = new Map(rawFiles(5, "one"));
  for (let index = 0; files.size < count; index++) {
    const other = OTHER[index % OTHER.length];
    if (!other) break;
    const path = `packages/p${Math.floor(index / 1000)}/m${Math.floor(index / 50) % 20}/file-${index}.${other.extension}`;
    files.set(path, other.text(index));
  }
  return files;
}

/** Writes files below a folder. */
export function write(root: string, files: Files): void {
  const made = new Set<string>();
  for (const [path, text] of files) {
    const target = join(root, path);
    const parent = dirname(target);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(target, text);
  }
}
