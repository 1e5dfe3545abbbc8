/** The commands of the SDK, by the names of their operations: those of `collect/calls.ts`, and no others. */
import {
  DescribeComputeEnvironmentsCommand,
  DescribeJobDefinitionsCommand,
  DescribeJobQueuesCommand,
} from "@aws-sdk/client-batch";
import {
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
} from "@aws-sdk/client-ec2";
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { DescribeKeyCommand, GetKeyPolicyCommand, ListAliasesCommand, ListGrantsCommand } from "@aws-sdk/client-kms";
import { ListHostedZonesByVPCCommand } from "@aws-sdk/client-route-53";
import { DescribeSecretCommand, GetResourcePolicyCommand } from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import type { OperationName } from "../collect/calls.ts";

export const COMMANDS = {
  DescribeSecret: DescribeSecretCommand,
  GetResourcePolicy: GetResourcePolicyCommand,
  DescribeParameters: DescribeParametersCommand,
  DescribeKey: DescribeKeyCommand,
  GetKeyPolicy: GetKeyPolicyCommand,
  ListGrants: ListGrantsCommand,
  ListAliases: ListAliasesCommand,
  GetRole: GetRoleCommand,
  ListRolePolicies: ListRolePoliciesCommand,
  GetRolePolicy: GetRolePolicyCommand,
  ListAttachedRolePolicies: ListAttachedRolePoliciesCommand,
  GetPolicy: GetPolicyCommand,
  GetPolicyVersion: GetPolicyVersionCommand,
  DescribeJobDefinitions: DescribeJobDefinitionsCommand,
  DescribeJobQueues: DescribeJobQueuesCommand,
  DescribeComputeEnvironments: DescribeComputeEnvironmentsCommand,
  DescribeLaunchTemplateVersions: DescribeLaunchTemplateVersionsCommand,
  DescribeImages: DescribeImagesCommand,
  DescribeSubnets: DescribeSubnetsCommand,
  DescribeRouteTables: DescribeRouteTablesCommand,
  DescribeSecurityGroups: DescribeSecurityGroupsCommand,
  DescribeNetworkAcls: DescribeNetworkAclsCommand,
  DescribeNatGateways: DescribeNatGatewaysCommand,
  DescribeVpcEndpoints: DescribeVpcEndpointsCommand,
  DescribeVpcAttribute: DescribeVpcAttributeCommand,
  ListHostedZonesByVPC: ListHostedZonesByVPCCommand,
} as const satisfies Readonly<Record<OperationName, unknown>>;
