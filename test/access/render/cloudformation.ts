/** Vectors as CloudFormation templates: in YAML for any deployment, or in a CDK assembly that has one. */
import { stringify } from "yaml";
import { ALIAS, type Placeholder, pieces, ROLE, realValue, type Statement, type Vector, worldOf } from "../vector.ts";
import { document, IMAGE, mapTexts, NAME, PARAMETER, type Render, selectors, TAGS, TRUST, tagList } from "./common.ts";

const WORDS: Readonly<Partial<Record<Placeholder, string>>> = {
  p: "${AWS::Partition}",
  r: "${AWS::Region}",
  a: "${AWS::AccountId}",
  b: "${AWS::AccountId}",
  secret: "${Database}",
  key: "${Key.Arn}",
  role: "${Role.Arn}",
  parameter: `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter${PARAMETER}`,
};

const WHOLE: Readonly<Partial<Record<Placeholder, unknown>>> = {
  secret: { Ref: "Database" },
  key: { "Fn::GetAtt": ["Key", "Arn"] },
  role: { "Fn::GetAtt": ["Role", "Arn"] },
  a: { Ref: "AWS::AccountId" },
  b: { Ref: "AWS::AccountId" },
  r: { Ref: "AWS::Region" },
};

type Write = (text: string) => unknown;

/** A text in the words of CloudFormation. */
const symbolic: Write = (text) => {
  const parts = pieces(text);
  if (parts.every((part) => typeof part === "string")) return text;
  const [only, ...more] = parts;
  if (more.length === 0 && typeof only === "object" && WHOLE[only.is]) return WHOLE[only.is];
  const written = parts.map((part) =>
    typeof part === "string"
      ? part.replaceAll("${", () => "${!")
      : (WORDS[part.is] ?? realValue(worldOf(PLAIN), part.is)),
  );
  return { "Fn::Sub": written.join("") };
};

const PLAIN = { partition: "aws", accounts: 1 } as const;

/** As `symbolic`, with partition, Region and accounts written out. */
const placed =
  (vector: Vector): Write =>
  (text) =>
    symbolic(
      pieces(text)
        .map((part) => {
          if (typeof part === "string") return part;
          return part.is in WHOLE && part.is.length > 1 ? `{${part.is}}` : realValue(worldOf(vector), part.is);
        })
        .join(""),
    );

export const cloudFormation: Render = (vector, variant) => ({
  "jobs.yaml": stringify(template(vector, symbolic, variant), { aliasDuplicateObjects: false }),
});

export const cdk: Render = (vector, variant) => {
  const { account, region } = worldOf(vector);
  const artifacts = {
    Jobs: {
      type: "aws:cloudformation:stack",
      environment: `aws://${account}/${region}`,
      properties: { templateFile: "Jobs.template.json" },
    },
  };
  return {
    "cdk.out/manifest.json": JSON.stringify({ version: "36.0.0", artifacts }),
    "cdk.out/Jobs.template.json": JSON.stringify(template(vector, placed(vector), variant), null, 1),
  };
};

function template(vector: Vector, write: Write, variant: number): unknown {
  const policy = (statements: readonly Statement[]) => mapTexts(document(statements), write);
  const own = vector.role.length > 0 ? ownPolicy(policy(vector.role), variant) : {};
  return {
    Resources: {
      Job: {
        Type: "AWS::Batch::JobDefinition",
        Properties: {
          Type: "container",
          ContainerProperties: {
            Image: IMAGE,
            ExecutionRoleArn: { "Fn::GetAtt": ["Role", "Arn"] },
            Secrets: [{ Name: "PASSWORD", ValueFrom: write(`{${vector.reads}}${selectors(vector)}`) }],
          },
        },
      },
      Role: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: ROLE,
          AssumeRolePolicyDocument: TRUST,
          Tags: tagList(TAGS.role),
          ManagedPolicyArns: vector.managed.map((name) => write(`arn:{p}:iam::aws:policy/${name}`)),
          ...own["inline"],
          ...(vector.boundary ? { PermissionsBoundary: { Ref: "Limit" } } : {}),
        },
      },
      ...own["resources"],
      ...(vector.boundary
        ? { Limit: { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: policy(vector.boundary) } } }
        : {}),
      ...(vector.reads === "secret" ? secret(vector, policy) : parameter()),
      ...(vector.key ? keyOf(vector.key.policy && policy(vector.key.policy)) : {}),
    },
  };
}

type Own = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The role's own policy: in the role, beside it, or managed. */
function ownPolicy(PolicyDocument: unknown, variant: number): Own {
  if (variant % 3 === 0) return { inline: { Policies: [{ PolicyName: "own", PolicyDocument }] } };
  const Roles = [{ Ref: "Role" }];
  const [Type, named] =
    variant % 3 === 1 ? ["AWS::IAM::Policy", { PolicyName: "own" }] : ["AWS::IAM::ManagedPolicy", {}];
  return { resources: { Own: { Type, Properties: { ...named, Roles, PolicyDocument } } } };
}

function secret(vector: Vector, policy: (statements: readonly Statement[]) => unknown): object {
  const attached = {
    Type: "AWS::SecretsManager::ResourcePolicy",
    Properties: { SecretId: { Ref: "Database" }, ResourcePolicy: policy(vector.policy) },
  };
  return {
    Database: {
      Type: "AWS::SecretsManager::Secret",
      Properties: {
        Name: NAME,
        Tags: tagList(TAGS.secret),
        ...(vector.key ? { KmsKeyId: { "Fn::GetAtt": ["Key", "Arn"] } } : {}),
      },
    },
    ...(vector.policy.length > 0 ? { DatabasePolicy: attached } : {}),
  };
}

function parameter(): object {
  const Properties = { Name: PARAMETER, Type: "String", Value: "given by hand", Tags: TAGS.secret };
  return { Parameter: { Type: "AWS::SSM::Parameter", Properties } };
}

function keyOf(KeyPolicy: unknown): object {
  return {
    Key: {
      Type: "AWS::KMS::Key",
      Properties: { ...(KeyPolicy === null ? {} : { KeyPolicy }), Tags: tagList(TAGS.key) },
    },
    Alias: { Type: "AWS::KMS::Alias", Properties: { AliasName: ALIAS, TargetKeyId: { Ref: "Key" } } },
  };
}
