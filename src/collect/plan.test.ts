import fc from "fast-check";
import { expect, test } from "vitest";
import { type Answer, type Call, call, operationNames } from "./calls.ts";

import { type Identity, notAsked, plan } from "./plan.ts";
import { operationsFor } from "./policy.ts";
import { isDenied, isMissing } from "./refusals.ts";
import type { Thing } from "./things.ts";

const who: Identity = { account: "111122223333", partition: "aws", region: "eu-west-1" };
const at = "2026-12-01T12:00:00Z";

function answer(one: Call, output: Answer["output"]): Answer {
  return { call: { ...one, region: one.region ?? who.region }, at, ...(output && { output }) };
}

/** The calls as short strings, in their order. */
function said(calls: readonly Call[]): readonly string[] {
  return calls.map(({ operation, region, input }) => `${region} ${operation} ${JSON.stringify(input)}`);
}

const role: Thing = { kind: "role", name: "exec", account: null };

test("a role is asked for with the lists of its policies", () => {
  expect(said(plan([role], [], who))).toEqual([
    'eu-west-1 GetRole {"RoleName":"exec"}',
    'eu-west-1 ListRolePolicies {"RoleName":"exec"}',
    'eu-west-1 ListAttachedRolePolicies {"RoleName":"exec"}',
  ]);
});

test("inline and attached policies and the boundary follow the answers about their role", () => {
  const answers = [
    answer(call("GetRole", null, { RoleName: "exec" }), {
      Role: { PermissionsBoundary: { PermissionsBoundaryArn: "arn:aws:iam::111122223333:policy/edge" } },
    }),
    answer(call("ListRolePolicies", null, { RoleName: "exec" }), { PolicyNames: ["read"] }),
    answer(call("ListAttachedRolePolicies", null, { RoleName: "exec" }), {
      AttachedPolicies: [{ PolicyName: "P", PolicyArn: "arn:aws:iam::aws:policy/P" }],
    }),
  ];
  expect(said(plan([role], answers, who))).toEqual([
    'eu-west-1 GetPolicy {"PolicyArn":"arn:aws:iam::111122223333:policy/edge"}',
    'eu-west-1 GetPolicy {"PolicyArn":"arn:aws:iam::aws:policy/P"}',
    'eu-west-1 GetRolePolicy {"RoleName":"exec","PolicyName":"read"}',
  ]);
});

test("a policy is read in its default version", () => {
  const arn = "arn:aws:iam::111122223333:policy/edge";
  const asked = answer(call("GetPolicy", null, { PolicyArn: arn }), { Policy: { DefaultVersionId: "v3" } });
  expect(said(plan([{ kind: "policy", arn }], [asked], who))).toEqual([
    `eu-west-1 GetPolicyVersion {"PolicyArn":"${arn}","VersionId":"v3"}`,
  ]);
});

const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf";
const secret: Thing = { kind: "secret", id: SECRET, region: "us-east-1" };

test("a secret is described in the Region of its ARN, and its key there too", () => {
  expect(said(plan([secret], [], who))).toEqual([`us-east-1 DescribeSecret {"SecretId":"${SECRET}"}`]);
  const [first] = plan([secret], [], who);
  const refused = (code: string) => first && plan([secret], [{ call: first, at, error: { code, message: "" } }], who);
  expect(refused("ResourceNotFoundException")).toEqual([]);
  expect(refused("AccessDeniedException")?.map(({ operation }) => operation)).toEqual(["GetResourcePolicy"]);
  const described = (KmsKeyId: string) => [
    answer(call("DescribeSecret", "us-east-1", { SecretId: SECRET }), { KmsKeyId }),
    answer(call("GetResourcePolicy", "us-east-1", { SecretId: SECRET }), {}),
  ];
  expect(said(plan([secret], described("alias/team"), who))).toEqual(['us-east-1 DescribeKey {"KeyId":"alias/team"}']);
  expect(plan([secret], described("alias/aws/secretsmanager"), who)).toEqual([]);
});

test("policy, grants and aliases are those of a customer's key in the account", () => {
  const keyOf = (metadata: object) => {
    const Arn = "arn:aws:kms:eu-west-1:111122223333:key/k";
    const asked = answer(call("DescribeKey", "eu-west-1", { KeyId: "k" }), { KeyMetadata: { Arn, ...metadata } });
    return plan([{ kind: "key", id: "k", region: null }], [asked], who).map(({ operation }) => operation);
  };
  const own = { AWSAccountId: "111122223333", KeyManager: "CUSTOMER" };
  expect(keyOf(own)).toEqual(["GetKeyPolicy", "ListGrants", "ListAliases"]);
  expect(keyOf({ ...own, KeyManager: "AWS" })).toEqual([]);
  expect(keyOf({ ...own, AWSAccountId: "444455556666" })).toEqual([]);
});

test("a role and a parameter of another account, and anything of another partition, are not asked for", () => {
  const others: Thing[] = [
    { kind: "role", name: "exec", account: "444455556666" },
    { kind: "parameter", name: "/a/b", region: null, account: "444455556666" },
    { kind: "secret", id: SECRET.replace("arn:aws:", "arn:aws-cn:"), region: "cn-north-1" },
  ];
  expect(plan(others, [], who)).toEqual([]);
  expect(notAsked(others, [], who).map(({ why }) => why)).toEqual([
    "it belongs to the account 444455556666",
    "it belongs to the account 444455556666",
    "it is in the partition aws-cn",
  ]);
});

test("job definitions lead to what they name, and to where jobs run", () => {
  const jobs: Thing = { kind: "jobs", region: "eu-west-1" };
  const described = answer(call("DescribeJobDefinitions", "eu-west-1", { status: "ACTIVE" }), {
    jobDefinitions: [
      {
        jobDefinitionName: "nightly",
        nodeProperties: {
          nodeRangeProperties: [
            {
              container: {
                executionRoleArn: "arn:aws:iam::111122223333:role/team/exec",
                secrets: [{ name: "A", valueFrom: `${SECRET}:password::` }],
                logConfiguration: { secretOptions: [{ name: "splunk-token", valueFrom: "/prod/token" }] },
                repositoryCredentials: { credentialsParameter: "registry" },
              },
            },
          ],
        },
      },
    ],
  });
  expect(said(plan([jobs], [described], who))).toEqual([
    'eu-west-1 GetRole {"RoleName":"exec"}',
    'eu-west-1 ListRolePolicies {"RoleName":"exec"}',
    'eu-west-1 ListAttachedRolePolicies {"RoleName":"exec"}',
    `us-east-1 DescribeSecret {"SecretId":"${SECRET}"}`,
    'eu-west-1 DescribeSecret {"SecretId":"registry"}',
    "eu-west-1 DescribeJobQueues {}",
    "eu-west-1 DescribeComputeEnvironments {}",
    'eu-west-1 DescribeParameters {"ParameterFilters":[{"Key":"Name","Option":"Equals","Values":["/prod/token"]}]}',
  ]);
});

test("a compute environment leads to its subnets, groups, templates and images, and subnets to their VPC", () => {
  const environments = answer(call("DescribeComputeEnvironments", "eu-west-1"), {
    computeEnvironments: [
      {
        computeResources: {
          subnets: ["subnet-2", "subnet-1"],
          securityGroupIds: ["sg-1"],
          launchTemplate: { launchTemplateName: "lt", version: "" },
          ec2Configuration: [{ imageType: "ECS_AL2", imageIdOverride: "ami-1" }],
        },
      },
    ],
  });
  const subnets = answer(call("DescribeSubnets", "eu-west-1", { SubnetIds: ["subnet-1", "subnet-2"] }), {
    Subnets: [{ VpcId: "vpc-1" }, { VpcId: "vpc-1" }],
  });
  expect(said(plan([], [environments], who))).toEqual([
    'eu-west-1 DescribeSubnets {"SubnetIds":["subnet-1","subnet-2"]}',
    'eu-west-1 DescribeSecurityGroups {"GroupIds":["sg-1"]}',
    'eu-west-1 DescribeLaunchTemplateVersions {"LaunchTemplateName":"lt","Versions":["$Default"]}',
    'eu-west-1 DescribeImages {"ImageIds":["ami-1"]}',
  ]);
  expect(said(plan([], [subnets], who))).toEqual([
    'eu-west-1 DescribeVpcAttribute {"VpcId":"vpc-1","Attribute":"enableDnsSupport"}',
    'eu-west-1 DescribeVpcAttribute {"VpcId":"vpc-1","Attribute":"enableDnsHostnames"}',
    'eu-west-1 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["vpc-1"]}]}',
    'eu-west-1 DescribeNetworkAcls {"Filters":[{"Name":"vpc-id","Values":["vpc-1"]}]}',
    'eu-west-1 DescribeVpcEndpoints {"Filters":[{"Name":"vpc-id","Values":["vpc-1"]}]}',
    'eu-west-1 DescribeNatGateways {"Filter":[{"Name":"vpc-id","Values":["vpc-1"]}]}',
    'eu-west-1 ListHostedZonesByVPC {"VPCId":"vpc-1","VPCRegion":"eu-west-1"}',
  ]);
});

test("NAT gateways lead to their subnets, whose routes tell whether they lead on", () => {
  const gateways = answer(call("DescribeNatGateways", "eu-west-1", {}), {
    NatGateways: [{ SubnetId: "subnet-8" }, { SubnetId: "subnet-7" }, { SubnetId: "subnet-8" }, {}],
  });
  expect(said(plan([], [gateways], who))).toEqual(['eu-west-1 DescribeSubnets {"SubnetIds":["subnet-7","subnet-8"]}']);
});

test("parameters of a Region are asked for fifty at a time, and none of them again", () => {
  const parameters = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index): Thing => {
      return { kind: "parameter", name: `/p/${from + index}`, region: null, account: null };
    });
  const first = plan(parameters(0, 60), [], who);
  expect(first.map(({ input }) => JSON.stringify(input).split("/p/").length - 1)).toEqual([50, 10]);
  const answers = first.map((one) => answer(one, { Parameters: [] }));
  expect(said(plan(parameters(0, 61), answers, who))).toEqual([
    'eu-west-1 DescribeParameters {"ParameterFilters":[{"Key":"Name","Option":"Equals","Values":["/p/60"]}]}',
  ]);
});

test("nothing is asked twice, and an error leads nowhere", () => {
  const denied = plan([role, role], [], who).map((one): Answer => {
    return { call: one, at, error: { code: "AccessDenied", message: "" } };
  });
  expect(denied).toHaveLength(3);
  expect(plan([role, secret, secret], denied, who)).toHaveLength(1);
});

test("no operation reads a value or changes anything", () => {
  const read = /^(?:Describe|Get|List)/;
  expect(operationNames.filter((name) => !read.test(name) || /Value|GetParameter/.test(name))).toEqual([]);
});

test("every operation is in the policy of the kinds that lead to it", () => {
  expect(operationsFor(["jobs"])).toEqual(operationNames);
});

test("answers of any shape make it ask, never fail", () => {
  fc.assert(
    fc.property(fc.constantFrom(...operationNames), fc.object({ maxDepth: 4 }), (operation, output) => {
      const known = { KeyMetadata: output, Role: output, Policy: output, computeEnvironments: [output, null] };
      const answers = [answer(call(operation, null), output), answer(call(operation, null), known)];
      expect(plan([], answers, who)).toBeInstanceOf(Array);
    }),
  );
});

test("denied and missing are told apart, also by the names that EC2 has for them", () => {
  const codes = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"];
  expect(codes.every((code) => isDenied({ code, message: "" }))).toBe(true);
  const gone = ["NoSuchEntity", "ResourceNotFoundException", "InvalidSubnetID.NotFound", "InvalidGroup.NotFound"];
  expect(gone.every((code) => isMissing({ code, message: "" }) && !isDenied({ code, message: "" }))).toBe(true);
});
