/** Files whose names do not tell what they are: their content does. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";

const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password";
const PROPERTIES = JSON.stringify({ image: "i", secrets: [{ name: "A", valueFrom: SECRET }] });
const JOB = `{"jobDefinitionName": "n", "type": "container", "containerProperties": ${PROPERTIES}}`;
const TEMPLATE = `Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties: { Image: i, Secrets: [{ Name: A, ValueFrom: "${SECRET}" }] }
`;
const CALL = `aws batch register-job-definition --job-definition-name n --type container --container-properties '${PROPERTIES}'`;

test.each([
  ["templates/job", JOB],
  ["Jobfile", `\n  ${JOB}`],
  ["stack", TEMPLATE],
  ["stack", `# The jobs.\n---\n${TEMPLATE}`],
  ["bin/deploy", `#!/usr/bin/env bash\nset -e\n${CALL}\n`],
  ["jobs/nightly.json.in", JOB],
  ["jobs/nightly.yaml.in", TEMPLATE],
  ["rules.inc", `register:\n\t${CALL}\n`],
])("%s is read by what is in it", async (path, text) => {
  const { report } = await checkFiles({ [path]: text });
  expect(report.findings.map(({ rule, location }) => [rule, location.path])).toContainEqual([
    "secret-selector-format",
    path,
  ]);
});

test.each(["file://$DIR/main.json", "$(cat main.json)", "file://../jobs/main.json"])(
  "the properties of a container alone are read where a script names them: %s",
  async (named) => {
    const call = `aws batch register-job-definition --job-definition-name n --container-properties "${named}"`;
    const { report } = await checkFiles({ "jobs/deploy.sh": call, "jobs/main.json": PROPERTIES });
    expect(report.findings.map(({ rule, location }) => [rule, location.path])).toContainEqual([
      "secret-selector-format",
      "jobs/main.json",
    ]);
  },
);

test("other documents that a script names and nobody reads are no problem", async () => {
  const { report } = await checkFiles({
    "run.sh": "cat settings.json pod.yaml; aws batch register-job-definition --cli-input-json file://job.json",
    "job.json": `{"jobDefinitionName": "n", "type": "container", "containerProperties": {"image": "i"}}`,
    "settings.json": "{ // a comment\n }",
    "pod.yaml": "env:\n{{ if a }}\n  - valueFrom: [\n",
  });
  expect(report.problems).toEqual([]);
});

test.each([
  ["Dockerfile", "FROM scratch\n# containerProperties of AWS::Batch::JobDefinition\n"],
  ["README", "The containerProperties of a job: AWS::Batch::JobDefinition\n"],
  [
    "bin/register",
    '#!/usr/bin/env python3\nimport boto3\nboto3.client("batch").register_job_definition(jobDefinitionName="n")\n',
  ],
  ["bin/run", "#!/bin/sh\necho containerProperties: [ {\n"],
  ["Jenkinsfile", `pipeline {\n  sh "aws batch register-job-definition --container-properties x"\n}\n`],
  ["LICENSE", "License: Apache\n  Statement of Effect: none {\n"],
])("%s, which only mentions jobs, is no problem", async (path, text) => {
  const { report } = await checkFiles({ [path]: text });
  expect([report.problems, report.summary.jobDefinitions]).toEqual([[], 0]);
});
