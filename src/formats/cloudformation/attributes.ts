/**
 * What `Ref` and `Fn::GetAtt` give of a declared resource: symbolic ARNs, names, and ids as holes of their own.
 * Return values: the page of each type in
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */

import {
  keyArn,
  madeSecretArn,
  type Owner,
  own,
  ownPiece,
  parameterArn,
  policyArn,
  roleArn,
  secretArn,
} from "../../facts/arn.ts";
import { hole, isLiteral, PARTITION, REGION, replaceHoles } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { get, type Value } from "../../syntax/value.ts";
import { toBoolean } from "../read.ts";
import { doubt, type Named, narrowText, noteName, refuse, type Scope, unknown } from "./scope.ts";
import type { Declaration } from "./template.ts";
import { moved, textOf } from "./text.ts";

export interface Asked {
  readonly scope: Scope;
  readonly declaration: Declaration;
  readonly owner: Owner;
  readonly property: (name: string) => Value | undefined;
  readonly name: (property: string) => string | null;
}

export function ask(scope: Scope, declaration: Declaration): Asked {
  const property = (name: string): Value | undefined => {
    const written = get(get(declaration.body, "Properties"), name);
    const value = written && scope.evaluate(written);
    return value?.kind === "null" ? undefined : value;
  };
  return {
    scope,
    declaration,
    owner: ownerOf(scope, declaration),
    property,
    name: (name) => {
      const value = property(name);
      return (value && textOf(value)) ?? null;
    },
  };
}

function ownerOf(scope: Scope, { logicalId }: Declaration): Owner {
  const { unit } = scope;
  const address = addressOf(scope, logicalId);
  return { address, unit, id: `${unit}#${address}`, deployment: scope.run.deployment };
}

/** The address of a resource: its logical id, after those of its nested stacks. A loop's unknown item is `${Item}`. */
export function addressOf({ prefix, unit, run }: Scope, logicalId: string): string {
  const named = replaceHoles(logicalId, (token) => run.spellings.get(token) ?? unit);
  return `${prefix}${named}`;
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ["AWS::SecretsManager::Secret", "secret"],
  ["AWS::SSM::Parameter", "parameter"],
  ["AWS::KMS::Key", "key"],
  ["AWS::KMS::ReplicaKey", "key"],
  ["AWS::IAM::Role", "role"],
  ["AWS::IAM::ManagedPolicy", "policy"],
  ["AWS::EC2::Subnet", "subnet"],
  ["AWS::EC2::SecurityGroup", "security_group"],
  ["AWS::EC2::VPC", "network"],
]);

/** A piece of a resource's name, or its id, that AWS makes; `part` of anything else that it makes. */
function made({ owner, declaration }: Asked, attribute: "id" | "name"): string {
  const about = { ...ownPiece(owner, KINDS.get(declaration.type) ?? null, attribute), term: declaration.logicalId };
  const { address, unit } = owner;
  return hole(attribute === "id" ? `${address}@${unit}` : `${address}.${attribute}@${unit}`, "narrow", about);
}

function part({ owner, declaration }: Asked, attribute: string): string {
  const { address, unit } = owner;
  const about = ownPiece(owner, KINDS.get(declaration.type) ?? null, attribute);
  const words = `${address}.${attribute}`;
  return hole(`${words}@${unit}`, "narrow", { ...about, words, identifies: null });
}

/** Gives an attribute as text or as a value; undefined when it is not known. */
type Attribute = (asked: Asked) => string | Value | undefined;

/** The attributes of a type; `Ref` under the empty name. */
type Shape = ReadonlyMap<string, Attribute>;

const shape = (attributes: Readonly<Record<string, Attribute>>): Shape => new Map(Object.entries(attributes));

/** The id that AWS makes, which `Ref` gives too. */
const id: Attribute = (asked) => made(asked, "id");

const named =
  (property: string): Attribute =>
  (asked) =>
    asked.name(property) ?? made(asked, "name");

const given =
  (property: string): Attribute =>
  (asked) =>
    asked.property(property);

/** The ARN of a resource with a name of its own: `service`, and what is before the name. */
const arnOf =
  (service: string, before: string, property: string): Attribute =>
  (asked) =>
    own(service, REGION, `${before}${String(named(property)(asked))}`, asked.owner.deployment);

const secret: Attribute = ({ owner, name }) => secretArn(owner, name("Name"));
const key: Attribute = ({ owner }) => keyArn(owner);
const role: Attribute = ({ owner, name }) => roleArn(owner, name("RoleName"), name("Path") ?? "/");
const policy: Attribute = ({ owner, name }) => policyArn(owner, name("ManagedPolicyName"), name("Path") ?? "/");
const profile: Attribute = (asked) =>
  own(
    "iam",
    "",
    `instance-profile${asked.name("Path") ?? "/"}${String(named("InstanceProfileName")(asked))}`,
    asked.owner.deployment,
  );
const definition: Attribute = (asked) =>
  own(
    "batch",
    REGION,
    `job-definition/${String(named("JobDefinitionName")(asked))}:${part(asked, "revision")}`,
    asked.owner.deployment,
  );

const kmsKey = shape({ "": id, KeyId: id, Arn: key });
const ofSecret = shape({ "": given("SecretId"), Id: given("SecretId") });
const withId = (attribute: string): Shape => shape({ "": id, [attribute]: id });

const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ["AWS::SecretsManager::Secret", shape({ "": secret, Id: secret })],
  ["AWS::SecretsManager::ResourcePolicy", ofSecret],
  ["AWS::SecretsManager::RotationSchedule", ofSecret],
  ["AWS::SecretsManager::SecretTargetAttachment", ofSecret],
  ["AWS::KMS::Key", kmsKey],
  ["AWS::KMS::ReplicaKey", kmsKey],
  ["AWS::KMS::Alias", shape({ "": given("AliasName") })],
  ["AWS::IAM::Role", shape({ "": named("RoleName"), Arn: role, RoleId: (asked) => part(asked, "RoleId") })],
  ["AWS::IAM::ManagedPolicy", shape({ "": policy, PolicyArn: policy })],
  ["AWS::IAM::InstanceProfile", shape({ "": named("InstanceProfileName"), Arn: profile })],
  [
    "AWS::SSM::Parameter",
    shape({
      "": named("Name"),
      Arn: ({ owner, name }) => parameterArn(owner, name("Name")),
      Type: given("Type"),
      Value: given("Value"),
    }),
  ],
  ["AWS::Batch::JobDefinition", shape({ "": definition, JobDefinitionArn: definition })],
  [
    "AWS::Batch::ComputeEnvironment",
    shape({
      "": arnOf("batch", "compute-environment/", "ComputeEnvironmentName"),
      ComputeEnvironmentArn: arnOf("batch", "compute-environment/", "ComputeEnvironmentName"),
    }),
  ],
  [
    "AWS::Batch::JobQueue",
    shape({
      "": arnOf("batch", "job-queue/", "JobQueueName"),
      JobQueueArn: arnOf("batch", "job-queue/", "JobQueueName"),
    }),
  ],
  [
    "AWS::EC2::VPC",
    shape({
      "": id,
      VpcId: id,
      CidrBlock: (asked) => asked.property("CidrBlock") ?? part(asked, "CidrBlock"),
      DefaultSecurityGroup: (asked) => part(asked, "DefaultSecurityGroup"),
      DefaultNetworkAcl: (asked) => part(asked, "DefaultNetworkAcl"),
    }),
  ],
  [
    "AWS::EC2::Subnet",
    shape({
      "": id,
      SubnetId: id,
      VpcId: given("VpcId"),
      CidrBlock: given("CidrBlock"),
      AvailabilityZone: given("AvailabilityZone"),
    }),
  ],
  ["AWS::EC2::SecurityGroup", shape({ "": id, GroupId: id, Id: id, VpcId: given("VpcId") })],
  ["AWS::EC2::LaunchTemplate", withId("LaunchTemplateId")],
  ["AWS::EC2::RouteTable", withId("RouteTableId")],
  ["AWS::EC2::NetworkAcl", withId("Id")],
  ["AWS::Route53::HostedZone", withId("Id")],
  ["AWS::EC2::InternetGateway", withId("InternetGatewayId")],
  ["AWS::EC2::EgressOnlyInternetGateway", withId("Id")],
  ["AWS::EC2::NatGateway", withId("NatGatewayId")],
  ["AWS::EC2::TransitGateway", withId("Id")],
  ["AWS::EC2::TransitGatewayAttachment", withId("Id")],
  ["AWS::EC2::TransitGatewayVpcAttachment", withId("Id")],
  ["AWS::EC2::VPCEndpoint", withId("Id")],
  ["AWS::EC2::VPCPeeringConnection", withId("Id")],
  ["AWS::EC2::VPNGateway", withId("VPNGatewayId")],
  // No rule asks about these, but a policy that names one is known to name no secret and no key.
  [
    "AWS::S3::Bucket",
    shape({
      "": named("BucketName"),
      Arn: (asked) =>
        `arn:${asked.owner.deployment?.partition ?? PARTITION}:s3:::${String(named("BucketName")(asked))}`,
    }),
  ],
  ["AWS::DynamoDB::Table", shape({ "": named("TableName"), Arn: arnOf("dynamodb", "table/", "TableName") })],
  ["AWS::SQS::Queue", shape({ Arn: arnOf("sqs", "", "QueueName"), QueueName: named("QueueName") })],
  [
    "AWS::SNS::Topic",
    shape({
      "": arnOf("sns", "", "TopicName"),
      TopicArn: arnOf("sns", "", "TopicName"),
      TopicName: named("TopicName"),
    }),
  ],
  [
    "AWS::Logs::LogGroup",
    shape({
      "": named("LogGroupName"),
      Arn: (asked) => `${String(arnOf("logs", "log-group:", "LogGroupName")(asked))}:*`,
    }),
  ],
  ["AWS::ECR::Repository", shape({ "": named("RepositoryName"), Arn: arnOf("ecr", "repository/", "RepositoryName") })],
  ["AWS::ECS::Cluster", shape({ "": named("ClusterName"), Arn: arnOf("ecs", "cluster/", "ClusterName") })],
]);

/** Secrets that other services make: `MasterUserSecret.SecretArn`, `MasterPasswordSecretArn`, … */
function namesMadeSecret(attribute: string): boolean {
  const last = attribute.slice(attribute.lastIndexOf(".") + 1);
  return last.endsWith("Arn") && last.includes("Secret");
}

/** Attributes that are secrets themselves: of `AWS::IAM::AccessKey`, `AWS::Cognito::UserPoolClient`, … */
const SECRET_VALUE = /^(?:SecretAccessKey|ClientSecret)$/;

/** What people call the secret that a service makes for a resource. */
export function madeSecretAddress(address: string, attribute: string): string {
  return `${address}.${attribute.replace(/\.?SecretArn$/, "") || "Secret"}`;
}

/** The secret that a service makes for a resource, by the attribute that names it. */
export function arnOfMadeSecret(
  { address, unit, deployment }: Omit<Owner, "id">,
  type: string,
  attribute: string,
): string {
  const secret = madeSecretAddress(address, attribute);
  return madeSecretArn({ address: secret, unit, id: `${unit}#${secret}`, ...(deployment && { deployment }) }, type);
}

/** What `Ref` (attribute null) or `Fn::GetAtt` gives. Notes how the template writes it. */
export function attributeValue(scope: Scope, declaration: Declaration, attribute: string | null, at: Place): Value {
  const asked = ask(scope, declaration);
  const { logicalId, type } = declaration;
  const path = attribute === null ? logicalId : `${logicalId}.${attribute}`;
  const known = SHAPES.get(type)?.get(attribute ?? "")?.(asked) ?? madeBy(asked, attribute);
  const why = doubt(scope, "apply", path);
  const spelled = `\${${path}}`;
  if (typeof known === "string") {
    if (!isLiteral(known)) {
      scope.run.spellings.set(known, spelled);
      noteName(scope, known, path);
    }
    return { kind: "text", value: known, at };
  }
  if (known !== undefined) return moved(known, at);
  if (attribute !== null && type === "AWS::SecretsManager::Secret") {
    const message = `${logicalId} has no attribute ${attribute}: Ref gives the ARN of a secret`;
    refuse(scope, at, `${message}. CloudFormation refuses the template.`);
    return unknown(scope, path, doubt(scope, "undeclared", path), at);
  }
  const isSecret = SECRET_VALUE.test(attribute ?? "");
  const named: Named = {
    spelled,
    ...ownPiece(asked.owner, KINDS.get(type) ?? null, attribute ?? "id"),
    words: scope.prefix + path,
    term: attribute?.slice(attribute.lastIndexOf(".") + 1) ?? logicalId,
    ...(attribute === null ? {} : { identifies: null }),
    // An output of a nested stack whose template is not at hand.
    ...(attribute?.startsWith("Outputs.") && AUTHORED.test(type)
      ? { origin: { kind: "import", attribute: "output" } as const }
      : {}),
    ...(isSecret ? { holds: "secret", sensitive: true } : {}),
  };
  if (attribute === null && type.startsWith("AWS::EC2::")) return narrowText(scope, path, why, at, named);
  return { ...unknown(scope, path, why, at, {}, named), ...(isSecret ? { sensitive: true } : {}) };
}

/** Types whose attributes are called as their authors like: nested stacks, custom resources. */
const AUTHORED = /^AWS::(?:CloudFormation::|Serverless::Application$)/;

/**
 * Types that keep a password in a secret of their own only if a property says so: without it they have no such attribute.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
const MANAGED_BY: Readonly<Record<string, string>> = {
  "AWS::RDS::DBInstance": "ManageMasterUserPassword",
  "AWS::RDS::DBCluster": "ManageMasterUserPassword",
  "AWS::DocDB::DBCluster": "ManageMasterUserPassword",
  "AWS::Redshift::Cluster": "ManageMasterPassword",
  "AWS::RedshiftServerless::Namespace": "ManageAdminPassword",
};

function madeBy({ owner, declaration: { type }, property }: Asked, attribute: string | null): string | undefined {
  if (attribute === null || !type.startsWith("AWS::") || AUTHORED.test(type)) return undefined;
  const flag = Object.hasOwn(MANAGED_BY, type) ? MANAGED_BY[type] : undefined;
  if (flag !== undefined && toBoolean(property(flag), false) === false) return undefined;
  return namesMadeSecret(attribute) ? arnOfMadeSecret(owner, type, attribute) : undefined;
}
