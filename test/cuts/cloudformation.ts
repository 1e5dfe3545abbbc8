/** What the reader of CloudFormation cuts, with something behind each cut that matters. */
import type { Cut } from "./cut.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
const BROKEN = `${ARN}:password`;

const get = { Action: "secretsmanager:GetSecretValue", Resource: { Ref: "Db" } };
const policy = (effect: unknown, more: object = {}) => ({
  Type: "AWS::IAM::Policy",
  Properties: {
    PolicyName: "p",
    Roles: [{ Ref: "Role" }],
    PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: effect, ...get, ...more }] },
  },
});
const job = (valueFrom: unknown, role: unknown = { "Fn::GetAtt": ["Role", "Arn"] }) => ({
  Type: "AWS::Batch::JobDefinition",
  Properties: {
    Type: "container",
    ContainerProperties: { Image: "busybox", ExecutionRoleArn: role, Secrets: [{ Name: "DB", ValueFrom: valueFrom }] },
  },
});
const proven: Record<string, object> = {
  Role: {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
      },
    },
  },
  Db: { Type: "AWS::SecretsManager::Secret", Properties: { SecretString: { Ref: "Value" } } },
  Read: policy("Allow"),
  Job: job({ Ref: "Db" }),
};
const bad = job(BROKEN, "arn:aws:iam::111122223333:role/other");
const template = (resources: object, more: object = {}): string =>
  JSON.stringify({ Parameters: { Value: { Type: "String", NoEcho: true } }, ...more, Resources: resources });
const nested = (file: string, parameters: object = {}) => ({
  Type: "AWS::CloudFormation::Stack",
  Properties: { TemplateURL: file, Parameters: parameters },
});
const DENY = policy("Deny");
const denyOf = (role: unknown) => {
  const one = policy("Deny", { Resource: "*" });
  return { ...one, Properties: { ...one.Properties, Roles: [role] } };
};

/** Stacks in stacks, each of which gives the role on. */
const chain = (depth: number, last: object): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: depth + 1 }, (_, i) => {
      const role = i === 0 ? { Ref: "Role" } : { Ref: "RoleName" };
      const resources = i === depth ? last : { Inner: nested(`s${i + 1}.json`, { RoleName: role }) };
      return [
        `s${i}.json`,
        i === 0
          ? template({ ...proven, ...resources })
          : JSON.stringify({ Parameters: { RoleName: { Type: "String" } }, Resources: resources }),
      ];
    }),
  );
const deep = (depth: number, inside: string): string => `${'{"a":'.repeat(depth)}${inside}${"}".repeat(depth)}`;
const loops = (depth: number, inside: object): object =>
  depth === 0
    ? inside
    : {
        [`Fn::ForEach::L${depth}`]: [
          `I${depth}`,
          Array.from({ length: 100 }, (_, i) => `x${i}`),
          loops(depth - 1, { [`R\${I1}\${I2}\${I3}`]: inside }),
        ],
      };
const yaml = (json: string): string => `# as YAML\n${json}\n`;

export const cloudFormation: readonly Cut[] = [
  ["a job in stacks nested too deep", chain(12, { Bad: bad })],
  ["a Deny in stacks nested too deep", chain(12, { Deny: denyOf({ Ref: "RoleName" }) })],
  [
    "a Deny beyond the stacks of a unit",
    {
      "s.json": template({
        ...proven,
        ...Object.fromEntries(Array.from({ length: 510 }, (_, i) => [`S${i}`, nested("e.json")])),
        Z: nested("d.json", { RoleName: { Ref: "Role" } }),
      }),
      "e.json": JSON.stringify({
        Resources: { T: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: {} } } },
      }),
      "d.json": JSON.stringify({
        Parameters: { RoleName: { Type: "String" } },
        Resources: { Deny: denyOf({ Ref: "RoleName" }) },
      }),
    },
  ],
  [
    "JSON nested too deep",
    { "s.json": template({ ...proven, X: 1, Deny: DENY }).replace('"X":1', `"X":${deep(600, "1")}`) },
  ],
  [
    "YAML nested too deep",
    { "s.yaml": yaml(template({ ...proven, X: 1, Deny: DENY }).replace('"X":1', `"X":${deep(600, "1")}`)) },
  ],
  ["YAML that is too long", { "s.yaml": `${yaml(template({ ...proven, Deny: DENY }))}# ${"x".repeat(4 << 20)}` }],
  [
    "aliases of too many values",
    {
      "s.yaml": `Metadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 8 }, (_, i) => `  a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(", ")}]\n`).join("")}Resources: ${JSON.stringify({ ...proven, Deny: DENY })}\n`,
    },
  ],
  [
    "JSON of too many values",
    { "s.json": template({ ...proven, Deny: DENY }, { Metadata: Array(2_100_000).fill(1) }) },
  ],
  [
    "a policy larger than any",
    {
      "s.json": template({
        ...proven,
        Deny: policy("Deny", { Condition: { StringEquals: { "aws:x": Array(21_000).fill("x") } } }),
      }),
    },
  ],
  [
    "a job larger than any",
    {
      "s.json": template({
        ...proven,
        Bad: {
          ...bad,
          Properties: {
            ...bad.Properties,
            Parameters: Object.fromEntries(Array.from({ length: 21_000 }, (_, i) => [`p${i}`, "x"])),
          },
        },
      }),
    },
  ],
  [
    "loops of many steps before a job",
    {
      "s.json": template(
        { ...proven, ...loops(3, { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: {} } }), Bad: bad },
        { Transform: "AWS::LanguageExtensions" },
      ),
    },
  ],
  [
    "loops of many steps before a Deny",
    {
      "s.json": template(
        {
          ...proven,
          ...loops(3, { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: {} } }),
          Deny: DENY,
        },
        { Transform: "AWS::LanguageExtensions" },
      ),
    },
  ],
  [
    "functions nested too deep",
    {
      "s.json": template({
        ...proven,
        Deny: policy(Array.from({ length: 150 }).reduce((inner) => ({ "Fn::Join": ["", [inner]] }), "Deny")),
      }),
    },
  ],
  [
    "a job behind functions nested too deep",
    {
      "s.json": template({
        ...proven,
        Bad: job(
          Array.from({ length: 150 }).reduce((inner) => ({ "Fn::Join": ["", [inner]] }), BROKEN),
          "arn:aws:iam::111122223333:role/other",
        ),
      }),
    },
  ],
  [
    "a string of many characters",
    {
      "s.json": template({
        ...proven,
        Deny: {
          ...DENY,
          Properties: {
            ...DENY.Properties,
            PolicyDocument: {
              "Fn::Sub":
                JSON.stringify(DENY.Properties.PolicyDocument).replace('{"Ref":"Db"}', '"*"') +
                " ".repeat(300_000) +
                "${AWS::NoValue}",
            },
          },
        },
      }),
    },
  ],
  [
    "a mapping of many rows",
    {
      "s.json": template(
        { ...proven, Deny: policy({ "Fn::FindInMap": ["M", { Ref: "Stage" }, "effect"] }) },
        {
          Parameters: { Value: { Type: "String" }, Stage: { Type: "String" } },
          Mappings: {
            M: Object.fromEntries(
              Array.from({ length: 300 }, (_, i) => [`k${i}`, { effect: i === 299 ? "Deny" : "Allow" }]),
            ),
          },
        },
      ),
    },
    "open",
  ],
  [
    "resources beyond those of a run",
    {
      "a.json": JSON.stringify({
        Resources: Object.fromEntries(Array.from({ length: 126_000 }, (_, i) => [`R${i}`, { Type: "AWS::IAM::Role" }])),
      }),
      "s.json": template({ ...proven, Deny: DENY }),
    },
  ],
];
