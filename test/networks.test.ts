/** Ways from jobs to AWS: from files to answers. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";

const stack = (resources: string, subnet = "CidrBlock: 10.0.1.0/24", subnets = "[!Ref Jobs]") => `
Parameters: {Stage: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true}}
  Jobs: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, ${subnet}}}
  Other: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]}}
  Environment:
    Type: AWS::Batch::ComputeEnvironment
    Properties:
      Type: MANAGED
      ComputeResources: {Type: FARGATE, MaxvCpus: 4, Subnets: ${subnets}, SecurityGroupIds: [!Ref Group]}
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

test("jobs reach AWS from every subnet that a condition may choose, or it is not decided", async () => {
  const [JOBS, OTHER] = ["[!Ref Jobs]", "[!Ref Other]"];
  const chosen = (second: string) => network(stack(NAT, undefined, `!If [IsProd, ${JOBS}, ${second}]`));
  expect(await chosen(JOBS)).toEqual(["proven"]);
  expect(await chosen(OTHER)).toEqual(["open"]);
  expect(await network(stack(NAT, undefined, "[!If [IsProd, !Ref Jobs, !Ref Other]]"))).toEqual(["open"]);
  const all = NAT.replace(
    "SubnetId: !Ref Other, RouteTableId: !Ref Public",
    "SubnetId: !Ref Other, RouteTableId: !Ref Private",
  ).replace(
    "Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Other",
    "Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Third",
  );
  const third = `
  Third: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.3.0/24}}
  OfThird: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Third, RouteTableId: !Ref Public}}`;
  expect(await network(stack(all + third, undefined, `!If [IsProd, ${JOBS}, ${OTHER}]`))).toEqual(["proven"]);
});

const HCL = `
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_secretsmanager_secret" "s" { name = "s" }
resource "aws_secretsmanager_secret_version" "s" {
  secret_id     = aws_secretsmanager_secret.s.id
  secret_string = "set-by-hand"
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.s.arn }] })
}
resource "aws_batch_job_definition" "j" {
  name = "j"
  type = "container"
  container_properties = jsonencode({
    image = "busybox", executionRoleArn = aws_iam_role.r.arn, vcpus = 1, memory = 512
    secrets = [{ name = "X", valueFrom = aws_secretsmanager_secret.s.arn }]
  })
}
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "s" {
  count                   = 2
  vpc_id                  = aws_vpc.v.id
  cidr_block              = "10.0.\${count.index}.0/24"
  map_public_ip_on_launch = true
}
resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.v.id }
resource "aws_default_route_table" "t" {
  default_route_table_id = aws_vpc.v.default_route_table_id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}
resource "aws_security_group" "g" {
  vpc_id = aws_vpc.v.id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
variable "x" {}
`;

async function inTerraform(
  resources: string,
  subnets = "aws_subnet.s[*].id",
  more = "",
  groups = "[aws_security_group.g.id]",
) {
  const environment = `
resource "aws_batch_compute_environment" "e" {
  type = "MANAGED"
  compute_resources {
    type               = "EC2"
    max_vcpus          = 4
    instance_type      = ["optimal"]
    instance_role      = "i"
    security_group_ids = ${groups}
    subnets            = ${subnets}
    ${resources && "launch_template {\n      launch_template_id = aws_launch_template.t.id\n    }"}
  }
}
`;
  const { report } = await checkFiles({ "main.tf": HCL + environment + resources + more });
  return report.references.map(({ links }) => links.network?.state).join();
}

test("subnets of the files are not outside of them, whatever picks some", async () => {
  expect(await inTerraform("")).toBe("proven");
  expect(await inTerraform("", "slice(aws_subnet.s[*].id, 0, var.x)")).toBe("open");
  expect(await inTerraform("", "coalescelist(var.x, aws_subnet.s[*].id)")).toBe("open");
  const made = (resource: string, name: string) =>
    `resource "${resource}" "made" {\n  input = ${name}\n  result_count = 1\n}\n`;
  const shuffled = made("random_shuffle", "aws_subnet.s[*].id");
  expect(await inTerraform("", "random_shuffle.made.result", shuffled)).toBe("open");
  const handedOn = made("terraform_data", "aws_subnet.s[*].id");
  expect(await inTerraform("", "terraform_data.made.output", handedOn)).toBe("proven");
  expect(await inTerraform("", "var.x")).toBe("outside");
});

test("there is a subnet for each zone of a slice, whatever the zones are", async () => {
  const zones =
    'data "aws_availability_zones" "z" {}\nlocals {\n  zones = slice(data.aws_availability_zones.z.names, 0, 2)\n}\n';
  const shut = 'resource "aws_vpc" "w" { cidr_block = "10.1.0.0/16" }\n';
  const each = (repeated: string, cidr: string) => `${zones}${shut}
resource "aws_subnet" "w" {
  ${repeated}
  vpc_id     = aws_vpc.w.id
  cidr_block = "10.1.${cidr}.0/24"
}
resource "aws_route_table" "w" { vpc_id = aws_vpc.w.id }
resource "aws_route_table_association" "w" {
  ${repeated}
  subnet_id      = aws_subnet.w[${repeated.startsWith("count") ? "count.index" : "each.key"}].id
  route_table_id = aws_route_table.w.id
}`;
  const counted = each("count = length(local.zones)", "${count.index}");
  expect(await inTerraform("", "aws_subnet.w[*].id", counted)).toBe("broken");
  expect(await inTerraform("", "values(aws_subnet.w)[*].id", each("for_each = toset(local.zones)", "9"))).toBe(
    "broken",
  );
  const map = each("for_each = { for index, zone in local.zones : zone => index }", "${each.value}");
  expect(await inTerraform("", "[for one in aws_subnet.w : one.id]", map)).toBe("broken");
  const some = counted.replaceAll("length(local.zones)", "var.x");
  expect(await inTerraform("", "aws_subnet.w[*].id", some)).toBe("open");
});

test("a security group of the files that may be picked is not known to let jobs out", async () => {
  const shut = 'resource "aws_security_group" "shut" {\n vpc_id = aws_vpc.v.id\n}\n';
  const among = (groups: string, subnets?: string) => inTerraform("", subnets, shut, groups);
  expect(await among("[aws_security_group.shut.id, aws_security_group.g.id]")).toBe("proven");
  expect(await among("var.x")).toBe("proven");
  const picked = "var.x ? [aws_security_group.g.id] : [aws_security_group.shut.id]";
  expect(await among(picked)).toBe("open");
  expect(await among(picked, "var.x")).toBe("open");
  expect(await among("slice([aws_security_group.shut.id, aws_security_group.g.id], 0, var.x)")).toBe("open");
  const inStack = (groups: string) =>
    network(
      stack(
        `${NAT}\n  Shut: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, SecurityGroupEgress: []}}`,
      ).replace("SecurityGroupIds: [!Ref Group]}\n  Secret", `SecurityGroupIds: ${groups}}\n  Secret`),
    );
  expect(await inStack("[!Ref Group]")).toEqual(["proven"]);
  expect(await inStack("!If [IsProd, [!Ref Group, !Ref Shut], [!Ref Shut]]")).toEqual(["open"]);
  expect(await inStack("[!Select [!Ref Stage, [!Ref Group, !Ref Shut]]]")).toEqual(["open"]);
  expect(await inStack("[!If [IsProd, !Ref Group, !GetAtt Shut.GroupId]]")).toEqual(["open"]);
});

test("subnets of a stack are not outside of it, whatever function picks, cuts or joins them", async () => {
  const chosen = (subnets: string) => network(stack(NAT, undefined, subnets));
  expect(await chosen("!If [IsProd, [!Ref Jobs], [!Ref Jobs, !Ref Other]]")).toEqual(["open"]);
  expect(await chosen("[!Select [!Ref Stage, [!Ref Jobs, !Ref Other]]]")).toEqual(["open"]);
  expect(await chosen('[!Select [1, [!If [IsProd, !Ref Jobs, !Ref "AWS::NoValue"], !Ref Other, !Ref Jobs]]]')).toEqual([
    "open",
  ]);
  expect(await chosen('!Split [",", !Join [",", [!Ref Other]]]')).toEqual(["open"]);
  expect(await chosen("!Ref Stage")).toEqual(["outside"]);
});

test("a public address that a launch template gives or not is unknown, whatever the subnet gives", async () => {
  const template = (address: string) => `
resource "aws_launch_template" "t" {
  ${address}
}
`;
  const given = (value: string) => template(`network_interfaces { associate_public_ip_address = ${value} }`);
  expect(await inTerraform(template(""))).toBe("proven");
  expect(await inTerraform(given("true"))).toBe("proven");
  expect(await inTerraform(given("null"))).toBe("proven");
  expect(await inTerraform(given("false"))).toBe("broken");
  expect(await inTerraform(given("var.x"))).toBe("open");
  const several =
    'dynamic "network_interfaces" {\n for_each = var.x\n content { associate_public_ip_address = false }\n}';
  expect(await inTerraform(template(several))).toBe("open");
});
