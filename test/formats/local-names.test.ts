/** A statement to add names the secret as the template does that gets it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { check } from "../../src/check.ts";
import { defaultConfig } from "../../src/config/config.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "local-names-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** The resources of the statements that findings say to add. */
async function named(files: Readonly<Record<string, string>>): Promise<string[]> {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  const { report } = await check({ root, paths: [], ignore: [], config: defaultConfig, failOn: "error" });
  expect(report.problems).toEqual([]);
  return report.findings.flatMap(({ remedy }) => (remedy.add?.text.match(/Resource: (.*)$/m) ?? []).slice(1));
}

const SECRET = "  Db:\n    Type: AWS::SecretsManager::Secret\n    Properties: { Description: database }\n";

/** A role that may only describe the secret, and a job that reads it. */
const jobs = (secret: string) => `  Exec:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: ecs-tasks.amazonaws.com }, Action: "sts:AssumeRole" }]
      Policies:
        - PolicyName: describe
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: secretsmanager:DescribeSecret
                Resource: "*"
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: busybox
        ExecutionRoleArn: !GetAtt Exec.Arn
        Secrets: [{ Name: DB, ValueFrom: ${secret} }]
`;

test("by the parameter of a nested template", async () => {
  const files = {
    "main.yaml": `Resources:\n${SECRET}  Jobs:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: jobs.yaml, Parameters: { DbArn: !Ref Db } }
`,
    "jobs.yaml": `Parameters:\n  DbArn: { Type: String }\nResources:\n${jobs("!Ref DbArn")}`,
  };
  expect(await named(files)).toEqual(["!Ref DbArn"]);
});

test("by the output of a nested stack", async () => {
  const files = {
    "main.yaml": `Resources:
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: data.yaml }
${jobs("!GetAtt Data.Outputs.DbArn")}`,
    "data.yaml": `Resources:\n${SECRET}Outputs:\n  DbArn: { Value: !Ref Db }\n`,
  };
  expect(await named(files)).toEqual(["!GetAtt Data.Outputs.DbArn"]);
});

test("by its import", async () => {
  const files = {
    "jobs.yaml": `Resources:\n${jobs("!ImportValue app-db")}`,
    "data.yaml": `Resources:\n${SECRET}Outputs:\n  DbArn: { Value: !Ref Db, Export: { Name: app-db } }\n`,
  };
  expect(await named(files)).toEqual(["!ImportValue app-db"]);
});
