/** The readers of resources by type. A type that is missing here is no part of what is checked. */
import * as acls from "./acls.ts";
import * as batch from "./batch.ts";
import * as network from "./network.ts";
import * as policies from "./policies.ts";
import type { Reader } from "./reading.ts";
import * as secrets from "./secrets.ts";

export interface TypeReader {
  readonly read: Reader;
  /**
   * What becomes of one that only a parameter's default leaves out, though a stack may be made with it. `defaults`: it
   * is read, since another resource may need it (a permission, a way out), and it goes by the names that the others
   * have. `strict`: it is read without any parameter's default, since it must be right for whatever it is made with.
   * `skip`: it is left out, since it would change what the other jobs run in.
   */
  readonly off: "defaults" | "strict" | "skip";
}

export const READERS: ReadonlyMap<string, TypeReader> = new Map<string, TypeReader>([
  ["AWS::Batch::ComputeEnvironment", { read: batch.readComputeEnvironment, off: "skip" }],
  ["AWS::Batch::JobDefinition", { read: batch.readJob, off: "strict" }],
  ["AWS::Batch::JobQueue", { read: batch.readJobQueue, off: "skip" }],
  ["AWS::DocDB::DBCluster", { read: secrets.readDocumentDatabase, off: "defaults" }],
  ["AWS::EC2::EgressOnlyInternetGateway", { read: network.readEgressOnlyGateway, off: "defaults" }],
  ["AWS::EC2::InternetGateway", { read: network.readInternetGateway, off: "defaults" }],
  ["AWS::EC2::LaunchTemplate", { read: batch.readLaunchTemplate, off: "skip" }],
  ["AWS::EC2::NatGateway", { read: network.readNatGateway, off: "defaults" }],
  ["AWS::EC2::NetworkAcl", { read: acls.readAcl, off: "skip" }],
  ["AWS::EC2::NetworkAclEntry", { read: acls.readAclEntry, off: "defaults" }],
  ["AWS::EC2::Route", { read: network.readRoute, off: "defaults" }],
  ["AWS::EC2::RouteTable", { read: network.readRouteTable, off: "defaults" }],
  ["AWS::EC2::SecurityGroup", { read: network.readSecurityGroup, off: "skip" }],
  ["AWS::EC2::SecurityGroupEgress", { read: network.readEgress, off: "defaults" }],
  ["AWS::EC2::SecurityGroupIngress", { read: network.readIngress, off: "defaults" }],
  ["AWS::EC2::Subnet", { read: network.readSubnet, off: "skip" }],
  ["AWS::EC2::SubnetNetworkAclAssociation", { read: acls.readAclAssociation, off: "defaults" }],
  ["AWS::EC2::SubnetRouteTableAssociation", { read: network.readRouteAssociation, off: "defaults" }],
  ["AWS::EC2::TransitGatewayAttachment", { read: network.readTransitGatewayAttachment, off: "defaults" }],
  ["AWS::EC2::TransitGatewayVpcAttachment", { read: network.readTransitGatewayAttachment, off: "defaults" }],
  ["AWS::EC2::VPC", { read: network.readVpc, off: "skip" }],
  ["AWS::EC2::VPCEndpoint", { read: network.readEndpoint, off: "skip" }],
  ["AWS::EC2::VPCGatewayAttachment", { read: network.readGatewayAttachment, off: "defaults" }],
  ["AWS::EC2::VPCPeeringConnection", { read: network.readPeering, off: "defaults" }],
  ["AWS::EC2::VPNGatewayRoutePropagation", { read: network.readRoutePropagation, off: "defaults" }],
  ["AWS::IAM::GroupPolicy", { read: policies.readUserPolicy, off: "defaults" }],
  ["AWS::IAM::InstanceProfile", { read: batch.readInstanceProfile, off: "skip" }],
  ["AWS::IAM::ManagedPolicy", { read: policies.readManagedPolicy, off: "defaults" }],
  ["AWS::IAM::Policy", { read: policies.readPolicy, off: "defaults" }],
  ["AWS::IAM::Role", { read: policies.readRole, off: "defaults" }],
  ["AWS::IAM::RolePolicy", { read: policies.readRolePolicy, off: "defaults" }],
  ["AWS::IAM::UserPolicy", { read: policies.readUserPolicy, off: "defaults" }],
  ["AWS::KMS::Alias", { read: secrets.readAlias, off: "defaults" }],
  ["AWS::Organizations::Policy", { read: policies.readOrganizationPolicy, off: "defaults" }],
  ["AWS::KMS::Key", { read: secrets.readKey, off: "defaults" }],
  ["AWS::KMS::ReplicaKey", { read: secrets.readKey, off: "defaults" }],
  ["AWS::RDS::DBCluster", { read: secrets.readDatabase, off: "defaults" }],
  ["AWS::RDS::DBInstance", { read: secrets.readDatabase, off: "defaults" }],
  ["AWS::Events::Connection", { read: secrets.readConnection, off: "defaults" }],
  ["AWS::RedshiftServerless::Namespace", { read: secrets.readWarehouseNamespace, off: "defaults" }],
  ["AWS::Redshift::Cluster", { read: secrets.readWarehouse, off: "defaults" }],
  ["AWS::Route53::HostedZone", { read: acls.readHostedZone, off: "defaults" }],
  ["AWS::SSM::Parameter", { read: secrets.readParameter, off: "defaults" }],
  ["AWS::SecretsManager::ResourcePolicy", { read: secrets.readResourcePolicy, off: "defaults" }],
  ["AWS::SecretsManager::RotationSchedule", { read: secrets.readRotationSchedule, off: "defaults" }],
  ["AWS::SecretsManager::Secret", { read: secrets.readSecret, off: "defaults" }],
  ["AWS::SecretsManager::SecretTargetAttachment", { read: secrets.readTargetAttachment, off: "defaults" }],
]);
