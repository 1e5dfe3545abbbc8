/** Inputs that are short and mean a lot, or are long and mean little. None is what anybody has. Here are templates. */
import type { Files } from "./generate.ts";
import { DOCUMENTS } from "./limits-documents.ts";
import { MODULES } from "./limits-modules.ts";
import { SCRIPTS } from "./limits-scripts.ts";
import { filesOf, type Input, SECRET, stringify, times } from "./limits-shared.ts";

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
const reading = (resource: unknown) => ({
  Effect: "Allow",
  Action: "secretsmanager:GetSecretValue",
  Resource: resource,
});
const roleResource = (resource: unknown, statements = 1, statement: object = reading(resource)) => ({
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: { Statement: [] },
    Policies: [
      {
        PolicyDocument: {
          Statement: times(statements, () => statement),
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
    "roles with a million statements of objects",
    () =>
      filesOf(10, (n) => [
        `${n}.json`,
        template({
          J: jobResource(SECRET),
          Role: roleResource("*", 100_000, { Effect: {}, Action: {}, Resource: {} }),
        }),
      ]),
  ],
  [
    "a role with 300,000 managed policies",
    () => {
      const { Type, Properties } = roleResource("*");
      const ManagedPolicyArns = times(300_000, (n) => `arn:aws:iam::111122223333:policy/${n}`);
      return inTemplate({ J: jobResource(SECRET), Role: { Type, Properties: { ...Properties, ManagedPolicyArns } } });
    },
  ],
  [
    "300,000 substitutions in the command of each of thirty jobs",
    () =>
      filesOf(30, (n) => {
        const Command = times(300_000, (i) => ({ "Fn::Sub": `\${P${i}}a` }));
        const Properties = { Type: "container", ContainerProperties: { Image: "i", Command } };
        return [`t${n}.json`, template({ J: { Type: "AWS::Batch::JobDefinition", Properties } })];
      }),
  ],
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

export const INPUTS: readonly Input[] = [...DOCUMENTS, ...SCRIPTS, ...TEMPLATES, ...MODULES];
