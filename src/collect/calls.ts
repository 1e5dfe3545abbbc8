/** Calls of the API that may be made: all of them read, and none reads a value. */
import type { EvidenceService } from "../evidence/schema.ts";

/** One question to AWS. */
export interface Call {
  readonly service: EvidenceService;
  /** The operation of the API, such as `DescribeSecret`. */
  readonly operation: string;
  /** The Region that is asked; null for that of the credentials. IAM has none; Route 53 is asked in that of the VPC. */
  readonly region: string | null;
  /** With the keys of the API. */
  readonly input: Readonly<Record<string, unknown>>;
}

export type Output = Readonly<Record<string, unknown>>;

/** Why there is no output: the error's code and message. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export interface Answer {
  readonly call: Call;
  /** When it came, in UTC: `2026-12-01T12:00:00Z`. */
  readonly at: string;
  readonly output?: Output;
  readonly error?: Refusal;
}

/** What is known of an operation. */
export interface Operation {
  readonly service: EvidenceService;
  /** The lists of an answer that comes in pages, and the keys of the token in the answer and in the next question. */
  readonly pages?: { readonly lists: readonly string[]; readonly token: string; readonly next: string };
  /** The last part of the ARN of what it reads; `*` where IAM knows no resource for it. */
  readonly resource: string;
  /** Another permission that AWS asks for. */
  readonly needs?: string;
  /** What stays open when it is denied. */
  readonly tells: string;
}

const NEXT = { token: "NextToken", next: "NextToken" };
const MARKER = { token: "Marker", next: "Marker" };
const BATCH = { token: "nextToken", next: "nextToken" };
const KMS = { token: "NextMarker", next: "Marker" };

/**
 * Every operation that is ever asked, by its name. What IAM can limit it to:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const OPERATIONS = {
  DescribeSecret: { service: "secretsmanager", resource: "secret:*", tells: "whether a secret exists, and its key" },
  GetResourcePolicy: { service: "secretsmanager", resource: "secret:*", tells: "the resource policy of a secret" },
  DescribeParameters: {
    service: "ssm",
    resource: "*",
    pages: { lists: ["Parameters"], ...NEXT },
    tells: "whether a parameter exists, and its key",
  },
  DescribeKey: { service: "kms", resource: "key/*", tells: "whether a key exists, and is enabled" },
  GetKeyPolicy: { service: "kms", resource: "key/*", tells: "the policy of a key" },
  ListGrants: { service: "kms", resource: "key/*", pages: { lists: ["Grants"], ...KMS }, tells: "the grants of a key" },
  ListAliases: {
    service: "kms",
    resource: "*",
    pages: { lists: ["Aliases"], ...KMS },
    tells: "the aliases of a key",
  },
  GetRole: { service: "iam", resource: "role/*", tells: "a role, its trust policy and its permissions boundary" },
  ListRolePolicies: {
    service: "iam",
    resource: "role/*",
    pages: { lists: ["PolicyNames"], ...MARKER },
    tells: "the inline policies of a role",
  },
  GetRolePolicy: { service: "iam", resource: "role/*", tells: "an inline policy of a role" },
  ListAttachedRolePolicies: {
    service: "iam",
    resource: "role/*",
    pages: { lists: ["AttachedPolicies"], ...MARKER },
    tells: "the policies that are attached to a role",
  },
  GetPolicy: { service: "iam", resource: "policy/*", tells: "which version of a policy counts" },
  GetPolicyVersion: { service: "iam", resource: "policy/*", tells: "the statements of a policy" },
  DescribeJobDefinitions: {
    service: "batch",
    resource: "*",
    pages: { lists: ["jobDefinitions"], ...BATCH },
    tells: "the job definitions",
  },
  DescribeJobQueues: {
    service: "batch",
    resource: "*",
    pages: { lists: ["jobQueues"], ...BATCH },
    tells: "the job queues",
  },
  DescribeComputeEnvironments: {
    service: "batch",
    resource: "*",
    pages: { lists: ["computeEnvironments"], ...BATCH },
    tells: "the compute environments",
  },
  DescribeLaunchTemplateVersions: {
    service: "ec2",
    resource: "*",
    pages: { lists: ["LaunchTemplateVersions"], ...NEXT },
    tells: "the launch template of a compute environment",
  },
  DescribeImages: {
    service: "ec2",
    resource: "*",
    pages: { lists: ["Images"], ...NEXT },
    tells: "the name of a machine image",
  },
  DescribeSubnets: {
    service: "ec2",
    resource: "*",
    pages: { lists: ["Subnets"], ...NEXT },
    tells: "the subnets of a compute environment",
  },
  DescribeRouteTables: {
    service: "ec2",
    resource: "*",
    pages: { lists: ["RouteTables"], ...NEXT },
    tells: "the routes of a VPC",
  },
  DescribeSecurityGroups: {
    service: "ec2",
    resource: "*",
    pages: { lists: ["SecurityGroups"], ...NEXT },
    tells: "the rules of security groups",
  },
  DescribeNetworkAcls: {
    service: "ec2",
    resource: "*",
    pages: { lists: ["NetworkAcls"], ...NEXT },
    tells: "the network ACLs of a VPC",
  },
  DescribeNatGateways: {
    service: "ec2",
    resource: "*",
    pages: { lists: ["NatGateways"], ...NEXT },
    tells: "the NAT gateways of a VPC",
  },
  DescribeVpcEndpoints: {
    service: "ec2",
    resource: "*",
    pages: { lists: ["VpcEndpoints"], ...NEXT },
    tells: "the endpoints of a VPC",
  },
  DescribeVpcAttribute: { service: "ec2", resource: "vpc/*", tells: "the DNS settings of a VPC" },
  /** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByVPC.html */
  ListHostedZonesByVPC: {
    service: "route53",
    resource: "*",
    needs: "ec2:DescribeVpcs",
    pages: { lists: ["HostedZoneSummaries"], ...NEXT },
    tells: "the private hosted zones of a VPC",
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;

export const operationNames = Object.keys(OPERATIONS) as readonly OperationName[];

export function operationOf(name: string): Operation | undefined {
  return Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name as OperationName] : undefined;
}

/** A call of an operation. */
export function call(operation: OperationName, region: string | null, input: Call["input"] = {}): Call {
  return { service: OPERATIONS[operation].service, operation, region, input };
}

/** Equal calls have equal keys. */
export function keyOfCall({ operation, region, input }: Call): string {
  return `${operation} ${region} ${JSON.stringify(input)}`;
}

/** The permission that a call needs: `iam:GetRole`. */
export function permissionOf({ service, operation }: Pick<Call, "service" | "operation">): string {
  return `${service}:${operation}`;
}
