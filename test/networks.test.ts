/** Ways from jobs to AWS: from files to answers. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";

const stack = (resources: string, subnet = "CidrBlock: 10.0.1.0/24") => `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true}}
  Jobs: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, ${subnet}}}
  Other: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]}}
  Environment:
    Type: AWS::Batch::ComputeEnvironment
    Properties:
      Type: MANAGED
      ComputeResources: {Type: FARGATE, MaxvCpus: 4, Subnets: [!Ref Jobs], SecurityGroupIds: [!Ref Group]}
  Secret: {Type: AWS::SecretsManager::Secret, Properties: {GenerateSecretString: {}}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !Ref Secret}]}}]
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      PlatformCapabilities: [FARGATE]
      ContainerProperties:
        Image: busybox
        ExecutionRoleArn: !GetAtt Role.Arn
        ResourceRequirements: [{Type: VCPU, Value: "1"}, {Type: MEMORY, Value: "2048"}]
        Secrets: [{Name: X, ValueFrom: !Ref Secret}]
${resources}`;
const endpoint = (subnets: string) => `
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub com.amazonaws.\${AWS::Region}.secretsmanager
      VpcEndpointType: Interface
      PrivateDnsEnabled: true
      SecurityGroupIds: [!Ref Group]
      SubnetIds: [${subnets}]`;
const acl = (subnet: string, ...rules: readonly string[]) => `
  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}
  AclOfSubnet: {Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: {SubnetId: !Ref ${subnet}, NetworkAclId: !Ref Acl}}
${rules
  .map(
    (rule, index) =>
      `  Rule${index}: {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref Acl, RuleNumber: ${index + 100}, RuleAction: allow, Protocol: 6, CidrBlock: 0.0.0.0/0, ${rule}}}`,
  )
  .join("\n")}`;
const NAT = `
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Other, AllocationId: eipalloc-1}}
  Public: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  In: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Public, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Private, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}}
  OfOther: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Other, RouteTableId: !Ref Public}}
  OfJobs: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Jobs, RouteTableId: !Ref Private}}`;
const HTTPS = "PortRange: {From: 443, To: 443}";
const ANSWERS = "PortRange: {From: 1024, To: 65535}";
const [IN, OUT] = ["Egress: false", "Egress: true"];

async function network(template: string) {
  const { report } = await checkFiles({ "template.yaml": template });
  const { references, findings } = report;
  return [references.map(({ links }) => links.network?.state).join(), ...findings.map(({ message }) => message)];
}

test("the network ACL of an endpoint's subnet lets jobs in and answers out", async () => {
  const through = (...rules: readonly string[]) => network(stack(endpoint("!Ref Other") + acl("Other", ...rules)));
  expect(await through(`${IN}, ${HTTPS}`, `${OUT}, ${ANSWERS}`)).toEqual(["proven"]);
  expect(await through(`${IN}, ${HTTPS}`, `${OUT}, ${HTTPS}`)).toEqual([
    "broken",
    "The network ACL of `Other` blocks HTTPS to `Endpoint` or its answers; jobs there read secrets from it.",
  ]);
  const both = endpoint("!Ref Other, !Ref Jobs");
  expect(await network(stack(both + acl("Other")))).toEqual(["open"]);
});

test("no network ACL counts within a subnet", async () => {
  expect(await network(stack(endpoint("!Ref Jobs") + acl("Jobs")))).toEqual(["proven"]);
  const [state, ...messages] = await network(stack(endpoint("!Ref Other") + acl("Jobs")));
  expect([state, messages.length]).toEqual(["broken", 1]);
});

test("the network ACL of a NAT gateway's subnet lets jobs through", async () => {
  const through = (...rules: readonly string[]) => network(stack(NAT + acl("Other", ...rules)));
  const all = [IN, OUT].flatMap((way) => [HTTPS, ANSWERS].map((ports) => `${way}, ${ports}`));
  expect(await network(stack(NAT))).toEqual(["proven"]);
  expect(await through(...all)).toEqual(["proven"]);
  for (const one of all) expect(await through(...all.filter((rule) => rule !== one))).toEqual(["open"]);
});

test("neither endpoints nor routes for IPv4 help where addresses are IPv6 only", async () => {
  for (const way of [endpoint("!Ref Other"), NAT])
    expect(await network(stack(way, "Ipv6Native: true"))).toEqual(["open"]);
});

test("an interface endpoint without subnets answers nobody", async () => {
  expect(await network(stack(endpoint("")))).toEqual(["open"]);
});
