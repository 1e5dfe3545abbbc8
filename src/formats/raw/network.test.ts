import { expect, test } from "vitest";
import { allows, resources } from "./testing.ts";

const endpoint = {
  VpcEndpointId: "vpce-1",
  VpcEndpointType: "Interface",
  VpcId: "vpc-1",
  ServiceName: "com.amazonaws.us-east-1.secretsmanager",
  State: "available",
  PolicyDocument: JSON.stringify(allows("*")),
  PrivateDnsEnabled: true,
  SubnetIds: ["subnet-1"],
  Groups: [{ GroupId: "sg-1", GroupName: "endpoints" }],
};

test("describe-vpc-endpoints gives the endpoints that are there", async () => {
  const { endpoints } = await resources({
    "endpoints.json": { VpcEndpoints: [endpoint, { ...endpoint, VpcEndpointId: "vpce-2", State: "deleted" }] },
  });
  expect(endpoints).toMatchObject([
    {
      id: ".#vpce-1",
      vpc: { value: "vpc-1" },
      service: { value: "com.amazonaws.us-east-1.secretsmanager" },
      type: "Interface",
      private_dns: true,
      security_groups: [{ value: "sg-1" }],
      subnets: [{ value: "subnet-1" }],
      statements: [{ actions: [{ value: "*" }], policy: ".#vpce-1" }],
      unseen: [],
    },
  ]);
});

test("create-vpc-endpoint input has the request's defaults, and private DNS that is unknown", async () => {
  const { endpoints } = await resources({
    "endpoint.json": { VpcId: "vpc-1", ServiceName: "com.amazonaws.us-east-1.s3" },
  });
  expect(endpoints).toMatchObject([
    {
      address: "com.amazonaws.us-east-1.s3",
      type: "Gateway",
      private_dns: null,
      security_groups: [],
      statements: null,
    },
  ]);
});

test("the policy of an endpoint is no policy of its own", async () => {
  const read = await resources({
    "endpoint.json": { VpcId: "vpc-1", ServiceName: "s", PolicyDocument: JSON.stringify(allows("*")) },
  });
  expect(read.endpoints).toMatchObject([{ statements: [{ actions: [{ value: "*" }] }] }]);
  expect(read.policies).toEqual([]);
});

test("VPCs, subnets, gateways, routes and security groups are read", async () => {
  const read = await resources({
    "vpcs.json": { Vpcs: [{ VpcId: "vpc-1" }] },
    "subnets.json": { Subnets: [{ SubnetId: "subnet-1", VpcId: "vpc-1" }] },
    "nat.json": {
      NatGateways: [
        { NatGatewayId: "nat-1", State: "available", VpcId: "vpc-1", SubnetId: "subnet-1" },
        { NatGatewayId: "nat-2", State: "deleted", VpcId: "vpc-1" },
      ],
    },
    "igw.json": {
      InternetGateways: [{ InternetGatewayId: "igw-1", Attachments: [{ VpcId: "vpc-1", State: "available" }] }],
    },
    "groups.json": {
      SecurityGroups: [
        {
          GroupId: "sg-1",
          VpcId: "vpc-1",
          IpPermissions: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443 }, { IpProtocol: "-1" }],
        },
      ],
    },
  });
  expect(read.networks).toMatchObject([{ vpc: { value: "vpc-1" }, declared: false }]);
  expect(read.subnets).toMatchObject([{ subnet: { value: "subnet-1" }, vpc: { value: "vpc-1" } }]);
  expect(read.exits.map(({ kind, vpc, subnet }) => [kind, vpc?.value, subnet?.value ?? null])).toEqual([
    ["nat_gateway", "vpc-1", "subnet-1"],
    ["other", "vpc-1", null],
    ["internet_gateway", "vpc-1", null],
  ]);
  expect(read.security_groups).toMatchObject([
    {
      group: { value: "sg-1" },
      ingress: [
        { protocol: { value: "tcp" }, from_port: 443, to_port: 443 },
        { protocol: { value: "-1" }, from_port: null, to_port: null },
      ],
    },
  ]);
});

test("route tables with the main one tell all ways out of their VPC", async () => {
  const table = (Main: boolean, Routes: object[]) => ({ VpcId: "vpc-1", Associations: [{ Main }], Routes });
  const routes = [
    { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local" },
    { DestinationPrefixListId: "pl-1", GatewayId: "vpce-1" },
    { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1" },
    { DestinationCidrBlock: "192.168.0.0/16", TransitGatewayId: "tgw-1" },
    { DestinationCidrBlock: "172.16.0.0/12", GatewayId: "vgw-1" },
    { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1" },
  ];
  const read = await resources({ "tables.json": { RouteTables: [table(true, []), table(false, routes)] } });
  expect(read.networks).toMatchObject([{ vpc: { value: "vpc-1" }, declared: true }]);
  expect(read.exits.map(({ kind }) => kind)).toEqual(["nat_gateway", "transit_gateway", "vpn", "internet_gateway"]);
  const dropped = routes.map((route) => ({ ...route, State: "blackhole" }));
  expect((await resources({ "tables.json": { RouteTables: [table(true, dropped)] } })).exits).toEqual([]);
  const partial = await resources({ "tables.json": { RouteTables: [table(false, routes)] } });
  expect(partial.networks).toEqual([]);
});

test("a grant is a statement of the key's, with its constraints as conditions", async () => {
  const { policies } = await resources({
    "grants.json": {
      Grants: [
        {
          KeyId: "arn:aws:kms:us-east-1:111122223333:key/1234",
          GrantId: "abc",
          GranteePrincipal: "arn:aws:iam::111122223333:role/jobs",
          Operations: ["Decrypt"],
          Constraints: { EncryptionContextSubset: { SecretARN: "arn" } },
        },
      ],
    },
  });
  expect(policies).toMatchObject([
    {
      kind: "grant",
      on: { value: "arn:aws:kms:us-east-1:111122223333:key/1234" },
      statements: [
        {
          actions: [{ value: "kms:Decrypt" }],
          principals: [{ type: "AWS", values: [{ value: "arn:aws:iam::111122223333:role/jobs" }] }],
          conditions: [
            { operator: "StringEquals", key: "kms:EncryptionContext:SecretARN", values: [{ value: "arn" }] },
          ],
        },
      ],
    },
  ]);
});

test("keys and aliases are read; AWS's own keys are not", async () => {
  const read = await resources({
    "key.json": {
      KeyMetadata: {
        KeyId: "1234",
        Arn: "arn:aws:kms:us-east-1:111122223333:key/1234",
        KeySpec: "SYMMETRIC_DEFAULT",
        KeyUsage: "ENCRYPT_DECRYPT",
        KeyManager: "CUSTOMER",
      },
    },
    "aliases.json": { Aliases: [{ AliasName: "alias/batch", TargetKeyId: "1234" }, { AliasName: "alias/aws/s3" }] },
  });
  expect(read.keys).toMatchObject([
    {
      address: "1234",
      arn: { value: "arn:aws:kms:us-east-1:111122223333:key/1234" },
      spec: { value: "SYMMETRIC_DEFAULT" },
    },
  ]);
  expect(read.aliases).toMatchObject([{ name: { value: "alias/batch" }, target: { value: "1234" } }]);
  const own = await resources({ "key.json": { KeyMetadata: { KeyId: "1", Arn: "a", KeyManager: "AWS" } } });
  expect([own.keys, own.aliases]).toMatchObject([[], [{ name: { value: "alias/aws/" }, target: { value: "a" } }]]);
});

test("create-key input is a key with its policy", async () => {
  const policy = { Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }] };
  const read = await resources({ "key.json": { KeySpec: "RSA_2048", Policy: JSON.stringify(policy) } });
  expect(read.keys).toMatchObject([
    {
      arn: { value: "arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨key@key.json.0⟩" },
      spec: { value: "RSA_2048" },
    },
  ]);
  expect(read.policies).toMatchObject([{ kind: "key", on: read.keys[0]?.arn }]);
});
