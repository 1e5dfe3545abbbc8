/** The readers of resources by type. A type that is missing here is no part of what is checked. */
import * as batch from "./batch.ts";
import * as network from "./network.ts";
import * as policies from "./policies.ts";
import type { Reader } from "./reading.ts";
import * as secrets from "./secrets.ts";

export interface TypeReader {
  readonly read: Reader;
  /**
   * Whether it only gives what another resource needs (a permission, a way out). Then it counts as "maybe" even when a parameter's default
   * leaves it out, since the stack may be made with another value.
   */
  readonly helps?: true;
}

export const READERS: ReadonlyMap<string, TypeReader> = new Map<string, TypeReader>([
  ["AWS::Batch::ComputeEnvironment", { read: batch.readComputeEnvironment }],
  ["AWS::Batch::JobDefinition", { read: batch.readJob }],
  ["AWS::EC2::EgressOnlyInternetGateway", { read: network.readEgressOnlyGateway, helps: true }],
  ["AWS::EC2::LaunchTemplate", { read: batch.readLaunchTemplate }],
  ["AWS::EC2::NatGateway", { read: network.readNatGateway, helps: true }],
  ["AWS::EC2::Route", { read: network.readRoute, helps: true }],
  ["AWS::EC2::SecurityGroup", { read: network.readSecurityGroup }],
  ["AWS::EC2::SecurityGroupIngress", { read: network.readIngress, helps: true }],
  ["AWS::EC2::Subnet", { read: network.readSubnet }],
  ["AWS::EC2::TransitGatewayAttachment", { read: network.readTransitGatewayAttachment, helps: true }],
  ["AWS::EC2::TransitGatewayVpcAttachment", { read: network.readTransitGatewayAttachment, helps: true }],
  ["AWS::EC2::VPC", { read: network.readVpc }],
  ["AWS::EC2::VPCEndpoint", { read: network.readEndpoint }],
  ["AWS::EC2::VPCGatewayAttachment", { read: network.readGatewayAttachment, helps: true }],
  ["AWS::EC2::VPCPeeringConnection", { read: network.readPeering, helps: true }],
  ["AWS::IAM::GroupPolicy", { read: policies.readUserPolicy }],
  ["AWS::IAM::InstanceProfile", { read: batch.readInstanceProfile }],
  ["AWS::IAM::ManagedPolicy", { read: policies.readManagedPolicy, helps: true }],
  ["AWS::IAM::Policy", { read: policies.readPolicy, helps: true }],
  ["AWS::IAM::Role", { read: policies.readRole }],
  ["AWS::IAM::RolePolicy", { read: policies.readRolePolicy, helps: true }],
  ["AWS::IAM::UserPolicy", { read: policies.readUserPolicy }],
  ["AWS::KMS::Alias", { read: secrets.readAlias }],
  ["AWS::KMS::Key", { read: secrets.readKey }],
  ["AWS::KMS::ReplicaKey", { read: secrets.readKey }],
  ["AWS::RDS::DBCluster", { read: secrets.readDatabase }],
  ["AWS::RDS::DBInstance", { read: secrets.readDatabase }],
  ["AWS::Redshift::Cluster", { read: secrets.readWarehouse }],
  ["AWS::SSM::Parameter", { read: secrets.readParameter }],
  ["AWS::SecretsManager::ResourcePolicy", { read: secrets.readResourcePolicy, helps: true }],
  ["AWS::SecretsManager::RotationSchedule", { read: secrets.readRotationSchedule, helps: true }],
  ["AWS::SecretsManager::Secret", { read: secrets.readSecret }],
  ["AWS::SecretsManager::SecretTargetAttachment", { read: secrets.readTargetAttachment, helps: true }],
]);
