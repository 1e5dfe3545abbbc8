/** Inputs that are short and mean a lot, or are long and mean little. None is what anybody has. */
import type { Files } from "./generate.ts";
import { MODULES } from "./limits-modules.ts";
import { filesOf, type Input, lines, SECRET, stringify, times } from "./limits-shared.ts";

const ROLE = "arn:aws:iam::111122223333:role/r";

/** A job definition of the AWS CLI with more in its container properties. */
const job = (properties: object): string =>
  stringify({
    jobDefinitionName: "j",
    type: "container",
    containerProperties: { image: "i", executionRoleArn: ROLE, ...properties },
  });
const inJson = (properties: object): Files => new Map([["job.json", job(properties)]]);
const inList = (list: string): string => `{"jobDefinitionName": "x", "z": [${list}1]}`;
const commanding = (list: string): string =>
  `{"jobDefinitionName": "x", "type": "container", "containerProperties": {"image": "i", "command": [${list}"a"]}}`;

const template = (resources: object): string => stringify({ Resources: resources });
const inTemplate = (resources: object): Files => new Map([["template.json", template(resources)]]);
const jobResource = (valueFrom: unknown) => ({
  Type: "AWS::Batch::JobDefinition",
  Properties: {
    Type: "container",
    ContainerProperties: {
      Image: "i",
      ExecutionRoleArn: { "Fn::GetAtt": ["Role", "Arn"] },
      Secrets: [{ Name: "A", ValueFrom: valueFrom }],
    },
  },
});
const roleResource = (resource: unknown, statements = 1) => ({
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: { Statement: [] },
    Policies: [
      {
        PolicyDocument: {
          Statement: times(statements, () => ({
            Effect: "Allow",
            Action: "secretsmanager:GetSecretValue",
            Resource: resource,
          })),
        },
      },
    ],
  },
});

/** A template whose loops make so many jobs, squared. */
function looped(count: number): string {
  const items = times(count, (index) => `${index}`);
  const made = { Type: "AWS::Batch::JobDefinition", Properties: { Type: "container" } };
  const inner = { "Fn::ForEach::B": ["B", items, { "Job${A}x${B}": made }] };
  return stringify({
    Transform: "AWS::LanguageExtensions",
    Resources: { "Fn::ForEach::A": ["A", items, inner] },
  });
}

const DOCUMENTS: readonly Input[] = [
  [
    "one job with 20,000 secrets",
    () => inJson({ secrets: times(20_000, (n) => ({ name: `S${n}`, valueFrom: SECRET })) }),
  ],
  [
    "a reference of 4 million characters",
    () => inJson({ secrets: [{ name: "A", valueFrom: `${SECRET}${":a".repeat(2e6)}` }] }),
  ],
  [
    "a reference with a million placeholders",
    () => inJson({ secrets: [{ name: "A", valueFrom: SECRET + "${A}".repeat(1e6) }] }),
  ],
  [
    "100,000 broken references",
    () =>
      new Map([
        [
          "jobs.json",
          stringify({
            jobDefinitions: times(100_000, (n) =>
              JSON.parse(job({ secrets: [{ name: "A", valueFrom: `secret:${n}` }] })),
            ),
          }),
        ],
      ]),
  ],
  [
    "20,000 jobs in as many files",
    () => filesOf(20_000, (n) => [`${n}.json`, job({ secrets: [{ name: "A", valueFrom: SECRET }] })]),
  ],
  ["JSON of 60 million characters", () => new Map([["job.json", inList("1,".repeat(30_000_000))]])],
  ["a string of 60 million characters", () => new Map([["job.json", inList(`"${"a".repeat(60_000_000)}",`)]])],
  ["a string of 10 million escapes", () => new Map([["job.json", inList(`"${"\\u0041".repeat(10_000_000)}",`)]])],
  [
    "twenty strings of 60 million characters",
    () => filesOf(20, (n) => [`${n}.json`, inList(`"${"a".repeat(60_000_000)}",`)]),
  ],
  [
    "thirty JSON files of 3 million characters",
    () => filesOf(30, (n) => [`${n}.json`, inList("1,".repeat(1_500_000))]),
  ],
  ["the same of objects", () => filesOf(30, (n) => [`${n}.json`, inList('{"a":{}},'.repeat(330_000))])],
  [
    "the same of objects in the commands of jobs",
    () => filesOf(30, (n) => [`${n}.json`, commanding('{"a":{}},'.repeat(330_000))]),
  ],
  [
    "a million keys",
    () => new Map([["job.json", `{"jobDefinitionName": "x", "parameters": {${lines(1e6, (n) => `"${n}":1,`)}}}`]]),
  ],
  [
    "YAML of 4 million characters",
    () => new Map([["t.yaml", `Resources: # AWS::Batch\n  X: [${"a,".repeat(1_950_000)}a]\n`]]),
  ],
  [
    "fifty YAML files of 1.8 million",
    () => filesOf(50, (n) => [`${n}.yaml`, `Resources: # AWS::Batch\n  X: [${"a,".repeat(9e5)}a]\n`]),
  ],
  ["a million brackets", () => new Map([["t.yaml", `Resources: # AWS::Batch\n  X: ${"[".repeat(1e6)}\n`]])],
  [
    "aliases of aliases",
    () =>
      new Map([
        [
          "t.yaml",
          `Resources: # AWS::Batch::JobDefinition\n  a0: &a0 [x]\n${lines(9, (n) => `  a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(10)}]\n`)}`,
        ],
      ]),
  ],
  [
    "100,000 documents in one file",
    () => new Map([["jobs.yaml", lines(100_000, (n) => `---\njobDefinitionName: j${n}\n`)]]),
  ],
  [
    "30,000 jobs in one file",
    () =>
      new Map([["jobs.yaml", lines(30_000, (n) => `---\n${job({ secrets: [{ name: "A", valueFrom: `${n}` }] })}\n`)]]),
  ],
  [
    "40,000 tiny jobs in a template",
    () =>
      new Map([
        [
          "t.yaml",
          `Resources:\n${lines(40_000, (n) => `  J${n}: {Type: AWS::Batch::JobDefinition, Properties: {}}\n`)}`,
        ],
      ]),
  ],
  [
    "40,000 calls in a script",
    () =>
      new Map([
        ["run.sh", "aws batch register-job-definition --job-definition-name a --type container\n".repeat(40_000)],
      ]),
  ],
];

const TEMPLATES: readonly Input[] = [
  ["loops in a template for 90,000 jobs", () => new Map([["template.json", looped(300)]])],
  ["the same in twenty templates", () => filesOf(20, (n) => [`${n}.json`, looped(300)])],
  [
    "50,000 parameters in a reference",
    () =>
      inTemplate({
        J: jobResource({ "Fn::Join": ["", times(50_000, () => ({ Ref: "AWS::StackName" }))] }),
        Role: roleResource(SECRET),
      }),
  ],
  ["a role with 100,000 statements", () => inTemplate({ J: jobResource(SECRET), Role: roleResource("*", 100_000) })],
  [
    "patterns of 10,000 wildcards",
    () =>
      inTemplate({
        J: jobResource(`arn:aws:secretsmanager:eu-west-1:111122223333:secret:${"a".repeat(500)}-AbCdEf`),
        Role: roleResource(`arn:aws:secretsmanager:*:*:secret:${"a*".repeat(10_000)}b`, 100),
      }),
  ],
  [
    "20,000 policies",
    () =>
      inTemplate(
        Object.fromEntries(
          times(20_000, (n) => [
            `P${n}`,
            { Type: "AWS::IAM::ManagedPolicy", Properties: roleResource("*").Properties.Policies[0] },
          ]),
        ),
      ),
  ],
  [
    "names that double 5,000 times",
    () =>
      inTemplate({
        J: jobResource({ Ref: "P0" }),
        ...Object.fromEntries(
          times(5_000, (n) => [
            `P${n}`,
            {
              Type: "AWS::SSM::Parameter",
              Properties: { Type: "String", Name: { "Fn::Sub": `\${P${n + 1}}\${P${n + 1}}` } },
            },
          ]),
        ),
      }),
  ],
  [
    "a long variable, put in 20,000 times",
    () =>
      inTemplate({
        J: jobResource({
          "Fn::Sub": ["${A}".repeat(20_000), { A: { "Fn::Join": ["", times(1_000, () => "abc")] } }],
        }),
      }),
  ],
  [
    "stacks in stacks, ten times each",
    () =>
      filesOf(8, (level) => [
        `t${level}.json`,
        template(
          level === 7
            ? { J: jobResource(SECRET) }
            : Object.fromEntries(
                times(10, (n) => [
                  `S${n}`,
                  { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: `t${level + 1}.json` } },
                ]),
              ),
        ),
      ]),
  ],
];

export const INPUTS: readonly Input[] = [...DOCUMENTS, ...TEMPLATES, ...MODULES];
