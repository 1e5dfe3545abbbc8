/** Files of an estate as what its account would answer about them. */

import { capitalized } from "../../src/words.ts";

export const ACCOUNT = "111122223333";
export const REGION = "eu-west-1";
export const FOLDER = ".batch-secrets-check/evidence";

/** The time so many days ago, as evidence has it. */
export function daysAgo(days: number): string {
  return new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().replace(/\.\d+/, "");
}

/** When the answers came. */
export const AT = daysAgo(2);

type Json = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly account?: string;
  readonly region?: string;
  readonly at?: string;
}

/** Envelopes of the account that the execution roles of jobs are of. */
function ofOneAccount(envelopes: readonly Json[], text: string): readonly Json[] {
  const account = /arn:aws:iam::(\d+):role/.exec(text)?.[1] ?? ACCOUNT;
  return envelopes.map((one) => ({ ...one, account }));
}

/** An envelope: `iam GetRole`, its input, and an answer, or an error by its code. */
export function envelope(call: string, input: Json, answer: Json | string, asked: Asked = {}): Json {
  const [service, operation] = call.split(" ");
  return {
    evidence: 1,
    account: ACCOUNT,
    region: REGION,
    at: AT,
    ...asked,
    call: { service, operation, input },
    ...(typeof answer === "string" ? { error: { code: answer, message: "No." } } : { output: answer }),
  };
}

/** Envelopes as files of the usual folder. */
export function evidenceFiles(envelopes: readonly Json[]): Record<string, string> {
  return Object.fromEntries(
    envelopes.map((one, index) => [`${FOLDER}/${index}.json`, JSON.stringify(one, undefined, 2)]),
  );
}

/** The answers to describing lists of these names, and the keys of their calls' inputs that they need. */
const LISTS: ReadonlyMap<string, string> = new Map([
  ["computeEnvironments", "batch DescribeComputeEnvironments"],
  ["jobQueues", "batch DescribeJobQueues"],
  ["Subnets", "ec2 DescribeSubnets"],
  ["RouteTables", "ec2 DescribeRouteTables"],
  ["SecurityGroups", "ec2 DescribeSecurityGroups"],
  ["VpcEndpoints", "ec2 DescribeVpcEndpoints"],
  ["Images", "ec2 DescribeImages"],
  ["NetworkAcls", "ec2 DescribeNetworkAcls"],
  ["NatGateways", "ec2 DescribeNatGateways"],
  ["HostedZone", "route53 GetHostedZone"],
]);

/**
 * Raw files as envelopes: job definitions stay files. `whole` is the text of all files, where the ARNs of secrets are
 * found. The account also says what it has not.
 */
export function asEvidence(files: Readonly<Record<string, string>>): Record<string, string> {
  const documents = Object.entries(files).map(([path, text]) => ({ path, value: JSON.parse(text) as Json }));
  const jobs = documents.filter(({ value }) => "jobDefinitionName" in value);
  const others = documents.filter(({ value }) => !("jobDefinitionName" in value)).map(({ value }) => value);
  const text = Object.values(files).join("\n");
  const found = others.flatMap((value) => envelopesOf(value, text));
  const called = new Set(found.map(({ call }) => JSON.stringify(call)));
  const more = [...rolesOf(others), ...secretsOf(found), ...keysOf(found), ...networksOf(found)];
  return {
    ...Object.fromEntries(jobs.map(({ path, value }) => [path, JSON.stringify(value)])),
    ...evidenceFiles(ofOneAccount([...found, ...more.filter(({ call }) => !called.has(JSON.stringify(call)))], text)),
  };
}

function envelopesOf(value: Json, text: string): readonly Json[] {
  for (const [key, call] of LISTS) if (key in value) return [envelope(call, {}, value)];
  if ("AssumeRolePolicyDocument" in value) {
    const role = { Path: "/", ...value, Arn: roleArn(String(value["RoleName"]), text) };
    return [
      envelope(
        "iam GetRole",
        { RoleName: value["RoleName"] },
        { Role: { ...role, AssumeRolePolicyDocument: parsed(value["AssumeRolePolicyDocument"]) } },
      ),
    ];
  }
  if ("PolicyDocument" in value) {
    const input = { RoleName: value["RoleName"], PolicyName: value["PolicyName"] };
    return [envelope("iam GetRolePolicy", input, { ...value, PolicyDocument: parsed(value["PolicyDocument"]) })];
  }
  if ("KeyMetadata" in value) {
    const metadata = { Enabled: true, KeyState: "Enabled", ...(value["KeyMetadata"] as Json) };
    return [envelope("kms DescribeKey", { KeyId: (metadata as Json)["Arn"] }, { KeyMetadata: metadata })];
  }
  if ("ResourcePolicy" in value)
    return [envelope("secretsmanager GetResourcePolicy", { SecretId: value["ARN"] }, value)];
  if ("Policy" in value) {
    const { KeyId, ...answer } = value;
    return [envelope("kms GetKeyPolicy", { KeyId, PolicyName: "default" }, answer)];
  }
  if ("LaunchTemplateData" in value) {
    return [envelope("ec2 DescribeLaunchTemplateVersions", {}, { LaunchTemplateVersions: [value] })];
  }
  if ("computeEnvironmentName" in value) {
    const described = { state: "ENABLED", status: "VALID", ...value };
    return [envelope("batch DescribeComputeEnvironments", {}, { computeEnvironments: [described] })];
  }
  if ("VpcId" in value)
    return [envelope("ec2 DescribeVpcAttribute", { VpcId: value["VpcId"], Attribute: Object.keys(value)[1] }, value)];
  if ("Type" in value) return [parameterOf(value)];
  return "Name" in value ? [secretOf(value, text)] : [];
}

function parsed(document: unknown): unknown {
  return typeof document === "string" ? JSON.parse(document) : document;
}

function secretOf({ SecretString: _, SecretBinary: __, ...value }: Json, text: string): Json {
  const name = String(value["Name"]);
  const known = new RegExp(`arn:aws:secretsmanager:[a-z0-9-]+:\\d+:secret:${name}-[A-Za-z0-9]{6}`).exec(text)?.[0];
  const ARN = value["ARN"] ?? known ?? `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-Xk3p9Q`;
  const versions = { VersionIdsToStages: { "a1b2c3d4-5678-90ab-cdef-1234567890ab": ["AWSCURRENT"] } };
  return envelope(
    "secretsmanager DescribeSecret",
    { SecretId: ARN },
    { ...versions, LastChangedDate: "2026-01-01T00:00:00+00:00", ...value, ARN },
  );
}

function parameterOf({ Value: _, ...value }: Json): Json {
  const ARN = `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${String(value["Name"]).replace(/^\//, "")}`;
  const key = value["Type"] === "SecureString" ? { KeyId: "alias/aws/ssm" } : {};
  return envelope("ssm DescribeParameters", {}, { Parameters: [{ ...key, ...value, ARN }] });
}

function roleArn(name: string, text: string): string {
  return (
    new RegExp(`arn:aws:iam::\\d+:role/[\\w/-]*${name}\\b`).exec(text)?.[0] ?? `arn:aws:iam::${ACCOUNT}:role/${name}`
  );
}

/** What each role has, and nothing else. */
function rolesOf(files: readonly Json[]): readonly Json[] {
  const policies = files.filter((value) => "PolicyDocument" in value);
  return files
    .filter((value) => "AssumeRolePolicyDocument" in value)
    .flatMap(({ RoleName }) => [
      envelope(
        "iam ListRolePolicies",
        { RoleName },
        {
          PolicyNames: policies.filter((one) => one["RoleName"] === RoleName).map((one) => one["PolicyName"]),
        },
      ),
      envelope("iam ListAttachedRolePolicies", { RoleName }, { AttachedPolicies: [] }),
    ]);
}

function answersOf(envelopes: readonly Json[], operation: string): readonly Json[] {
  return envelopes.filter(({ call }) => (call as Json)["operation"] === operation).map(({ output }) => output as Json);
}

/** Secrets without a policy of their own. */
function secretsOf(found: readonly Json[]): readonly Json[] {
  return answersOf(found, "DescribeSecret").map(({ ARN, Name }) =>
    envelope("secretsmanager GetResourcePolicy", { SecretId: ARN }, { ARN, Name }),
  );
}

function keysOf(found: readonly Json[]): readonly Json[] {
  return answersOf(found, "DescribeKey").map(({ KeyMetadata }) =>
    envelope("kms ListGrants", { KeyId: (KeyMetadata as Json)["Arn"] }, { Grants: [] }),
  );
}

/** A network that is described at all is described with its endpoints, its hosted zones, and its settings of DNS, which are on. */
function networksOf(found: readonly Json[]): readonly Json[] {
  const subnets = answersOf(found, "DescribeSubnets").flatMap(({ Subnets }) => Subnets as readonly Json[]);
  if (subnets.length === 0) return [];
  const vpcs = [...new Set(subnets.map(({ VpcId }) => VpcId))];
  const zones = vpcs.map((VPCId) =>
    envelope(
      "route53 ListHostedZonesByVPC",
      { VPCId, VPCRegion: REGION },
      { HostedZoneSummaries: [], MaxItems: "100" },
    ),
  );
  const settings = vpcs.flatMap((VpcId) =>
    ["enableDnsSupport", "enableDnsHostnames"].map((Attribute) =>
      envelope("ec2 DescribeVpcAttribute", { VpcId, Attribute }, { VpcId, [capitalized(Attribute)]: { Value: true } }),
    ),
  );
  const told = (one: Json) => found.some(({ call }) => attributeOf(call) === attributeOf(one["call"]));
  return [
    ...settings.filter((one) => !told(one)),
    ...zones,
    ...(answersOf(found, "DescribeVpcEndpoints").length === 0
      ? [envelope("ec2 DescribeVpcEndpoints", {}, { VpcEndpoints: [] })]
      : []),
  ];
}

/** The setting that a call asks about, by its VPC. */
function attributeOf(call: unknown): string {
  const { VpcId, Attribute } = (call as { readonly input: Json }).input;
  return `${String(VpcId)} ${capitalized(String(Attribute))}`;
}
