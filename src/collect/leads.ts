/** What an answer leads to: the policies of a role, the key of a secret, the network of a compute environment. */
import type { Answer, OperationName, Output } from "./calls.ts";
import { keyThing, referenced, type Thing, thingOf } from "./things.ts";

type Region = string | null;

/** The things that an answer names, and of which the next questions are. */
export function leadsOf({ call, output }: Answer): readonly Thing[] {
  const lead = output && LEADS[call.operation as OperationName];
  return lead ? lead(output, call.region) : [];
}

const LEADS: Partial<Record<OperationName, (output: Output, region: Region) => readonly Thing[]>> = {
  DescribeSecret: ({ KmsKeyId }, region) => key(KmsKeyId, region),
  DescribeParameters: (output, region) => itemsOf(output, "Parameters").flatMap(({ KeyId }) => key(KeyId, region)),
  GetRole: ({ Role }) => policy(get(get(Role, "PermissionsBoundary"), "PermissionsBoundaryArn")),
  ListAttachedRolePolicies: (output) =>
    itemsOf(output, "AttachedPolicies").flatMap(({ PolicyArn }) => policy(PolicyArn)),
  DescribeJobDefinitions: (output, region) => [
    ...itemsOf(output, "jobDefinitions").flatMap(named),
    { kind: "environments", region },
  ],
  DescribeComputeEnvironments: (output, region) =>
    itemsOf(output, "computeEnvironments").flatMap((one) => inEnvironment(one, region)),
  DescribeLaunchTemplateVersions: (output, region) =>
    itemsOf(output, "LaunchTemplateVersions").flatMap(({ LaunchTemplateData: data }) => [
      ...images([get(data, "ImageId")], region),
      ...several(
        "groups",
        [
          ...textsOf(get(data, "SecurityGroupIds")),
          ...objectsOf(get(data, "NetworkInterfaces")).flatMap(({ Groups }) => textsOf(Groups)),
        ],
        region,
      ),
    ]),
  DescribeSubnets: (output, region) =>
    distinct(itemsOf(output, "Subnets").flatMap(({ VpcId }) => textOf(VpcId))).map((id) => ({
      kind: "vpc",
      id,
      region,
    })),
  DescribeNatGateways: (output, region) =>
    several(
      "subnets",
      itemsOf(output, "NatGateways").flatMap(({ SubnetId }) => textOf(SubnetId)),
      region,
    ),
  DescribeVpcEndpoints: (output, region) =>
    itemsOf(output, "VpcEndpoints").flatMap(({ Groups }) =>
      several(
        "groups",
        objectsOf(Groups).flatMap(({ GroupId }) => textOf(GroupId)),
        region,
      ),
    ),
};

function key(id: unknown, region: Region): readonly Thing[] {
  return textOf(id).flatMap((one) => keyThing(one, region) ?? []);
}

function policy(arn: unknown): readonly Thing[] {
  return textOf(arn).flatMap((one) => thingOf(one) ?? []);
}

function inEnvironment(environment: Output, region: Region): readonly Thing[] {
  const resources = get(environment, "computeResources");
  const template = get(resources, "launchTemplate");
  return [
    ...several("subnets", textsOf(get(resources, "subnets")), region),
    ...several("groups", textsOf(get(resources, "securityGroupIds")), region),
    ...[template, ...objectsOf(get(template, "overrides"))].flatMap((one) => launchTemplate(one, region)),
    ...images(
      [
        get(resources, "imageId"),
        ...objectsOf(get(resources, "ec2Configuration")).map((one) => one["imageIdOverride"]),
      ],
      region,
    ),
  ];
}

function several(kind: "subnets" | "groups", ids: readonly string[], region: Region): readonly Thing[] {
  return ids.length > 0 ? [{ kind, ids, region }] : [];
}

function images(ids: readonly unknown[], region: Region): readonly Thing[] {
  return ids
    .flatMap(textOf)
    .filter((id) => id.startsWith("ami-"))
    .map((id) => ({ kind: "image", id, region }));
}

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_LaunchTemplateSpecification.html */
function launchTemplate(value: unknown, region: Region): readonly Thing[] {
  const [id] = textOf(get(value, "launchTemplateId"));
  const [name] = textOf(get(value, "launchTemplateName"));
  const [version = "$Default"] = textOf(get(value, "version"));
  const known = { kind: "template", version: version || "$Default", region } as const;
  if (id) return [{ ...known, by: "LaunchTemplateId", name: id }];
  return name ? [{ ...known, by: "LaunchTemplateName", name }] : [];
}

/** The keys of a job definition that name things of the account, wherever its kind of properties has them. */
const ROLE_KEYS: ReadonlySet<string> = new Set(["executionRoleArn", "jobRoleArn", "taskRoleArn"]);

function named(value: unknown): readonly Thing[] {
  if (Array.isArray(value)) return value.flatMap(named);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner !== "string") return named(inner);
    if (ROLE_KEYS.has(name)) return role(inner);
    if (name === "valueFrom") return referenced(inner, "secrets") ?? [];
    return name === "credentialsParameter" ? (referenced(inner, "registry") ?? []) : [];
  });
}

/** A role by its ARN or name: https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html */
function role(text: string): readonly Thing[] {
  const found = thingOf(text);
  if (found) return found.kind === "role" ? [found] : [];
  return /^[\w+=,.@-]{1,64}$/.test(text) ? [{ kind: "role", name: text, account: null }] : [];
}

function get(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Output)[name] : undefined;
}

function textOf(value: unknown): readonly string[] {
  return typeof value === "string" && value !== "" ? [value] : [];
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap(textOf) : [];
}

function objectsOf(value: unknown): readonly Output[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : [];
}

function itemsOf(output: Output, name: string): readonly Output[] {
  return objectsOf(output[name]);
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
