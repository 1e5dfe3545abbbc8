/**
 * What the configuration tells under `assume`, as a unit of its own: the same things as raw files of them would be. What
 * the files declare themselves counts before it.
 */
import type {
  Assume,
  AssumedKey,
  AssumedNetwork,
  AssumedParameter,
  AssumedRole,
  AssumedSecret,
  AssumedStatement,
} from "../../config/assume.ts";
import { splitArn } from "../../facts/arn.ts";
import { TOLD_UNIT } from "../../facts/assumptions.ts";
import type { Text } from "../../facts/located.ts";
import { isLookedUp } from "../../facts/merge.ts";
import { kmsKeys, parameterKeys, policyKeys, roleKeys, secretKeys } from "../../facts/namespace.ts";
import type { Resources } from "../../facts/resources.ts";
import type { Unit } from "../../facts/unit.ts";
import { type Place, type Problem, position } from "../../source.ts";
import type { Value } from "../../syntax/value.ts";
import { type Found, NOBODY, withParts } from "../raw/found.ts";
import { nameOf } from "../raw/keys.ts";
import { policy, trust } from "../raw/policies.ts";
import { openFolder } from "../raw/read.ts";
import { recognise } from "../raw/recognise.ts";
import { secretName } from "../raw/secrets.ts";
import { NO_TAGS } from "../read.ts";

/** The unit of what is assumed, and a note for each thing that the files declare. Undefined: there is nothing. */
export function readAssumed(
  assume: Assume,
  units: readonly Unit[],
): { readonly unit: Unit | undefined; readonly notes: readonly Problem[] } {
  const folder = openFolder(TOLD_UNIT, new Map());
  const notes: Problem[] = [];
  for (const { name, at, declared, found } of everything(assume)) {
    const own = units.some(({ resources }) => declared(resources));
    if (own) notes.push(unused(name, at));
    else folder.addFound(found(), at.file.path);
  }
  const unit = folder.read();
  return { unit: unit && { ...unit, isContext: true }, notes };
}

function unused(name: string, at: Place): Problem {
  const message = `The files declare ${name}, so what \`assume\` says of it is not used.`;
  return { path: at.file.path, line: position(at.file, at.start).line, message };
}

interface Entry {
  readonly name: string;
  readonly at: Place;
  /** Whether a unit declares it. */
  readonly declared: (resources: Resources) => boolean;
  readonly found: () => readonly Found[];
}

function everything(assume: Assume): readonly Entry[] {
  const entries = <E extends { readonly at: Place }>(
    map: ReadonlyMap<string, E> | undefined,
    kind: Named,
    keys: (text: string) => readonly string[],
    make: (name: string, entry: E) => readonly Found[],
  ) =>
    [...(map ?? [])].map(([name, entry]): Entry => {
      const [wanted] = keys(name);
      return {
        name,
        at: entry.at,
        declared: (resources) =>
          resources[kind].some(
            (one) =>
              (one.arn === null || !isLookedUp({ arn: one.arn })) &&
              textsOf(one)
                .flatMap(keys)
                .some((key) => key === wanted),
          ),
        found: () => make(name, entry),
      };
    });
  return [
    ...entries(assume.roles, "roles", roleKeys, roleOf),
    ...entries(assume.policies, "policies", policyKeys, (arn, { may, at }) => [managedPolicy(arn, may, at)]),
    ...entries(assume.secrets, "secrets", secretKeys, secretOf),
    ...entries(assume.parameters, "parameters", parameterKeys, parameterOf),
    ...entries(assume.keys, "keys", kmsKeys, keyOf),
    ...[...(assume.networks ?? [])].map(
      ([name, entry]): Entry => ({
        name,
        at: entry.at,
        declared: ({ networks }) => networks.some(({ vpc, declared }) => declared && vpc.value === name),
        found: () => networkOf(name, entry),
      }),
    ),
  ];
}

type Named = "roles" | "policies" | "secrets" | "parameters" | "keys";

function textsOf(one: Resources[Named][number]): readonly string[] {
  const name = "name" in one ? one.name : null;
  return [one.arn, name].flatMap((text) => (text === null ? [] : [text.value]));
}

/** A value as if it were written at a place. */
function plainValue(json: unknown, at: Place): Value {
  if (typeof json === "string") return { kind: "text", value: json, at };
  if (typeof json === "boolean") return { kind: "boolean", value: json, at };
  if (Array.isArray(json)) return { kind: "list", items: json.map((item) => plainValue(item, at)), at };
  const entries = Object.entries(json ?? {}).filter(([, value]) => value !== undefined);
  return {
    kind: "object",
    entries: entries.map(([key, value]) => ({ key, keyAt: at, value: plainValue(value, at) })),
    at,
  };
}

/** What a recogniser of raw files makes of a document. */
function told(json: object, at: Place): readonly Found[] {
  return recognise(plainValue(json, at));
}

function documentOf(statements: readonly AssumedStatement[], at: Place): Value {
  const Statement = statements.map(({ effect = "Allow", actions, resources }) => ({
    Effect: effect,
    Action: [...actions],
    Resource: [...resources],
  }));
  return plainValue({ Version: "2012-10-17", Statement }, at);
}

function roleOf(name: string, { at, trusts, policies = [], may = [] }: AssumedRole): readonly Found[] {
  const own: Text = { value: name, at };
  const assumed = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: [...(trusts ?? [])] }, Action: "sts:AssumeRole" }],
  };
  return [
    {
      about: "role",
      name: nameOf(name),
      role: { value: nameOf(name), at },
      arn: name.startsWith("arn:") ? own : null,
      path: "/",
      managed: policies.map((value) => ({ value, at })),
      boundary: null,
      tags: NO_TAGS,
      tells: "whole",
      at,
    },
    ...(trusts === undefined ? [] : [trust(plainValue(assumed, at), own, at)]),
    ...(may.length === 0
      ? []
      : [
          policy({ document: documentOf(may, at), at, policyName: { value: `${nameOf(name)} may`, at }, roles: [own] }),
        ]),
  ];
}

function managedPolicy(arn: string, may: readonly AssumedStatement[], at: Place): Found {
  const managed = { arn: { value: arn, at }, path: "/" };
  return policy({ document: documentOf(may, at), at, policyName: { value: nameOf(arn), at }, managed });
}

function secretOf(name: string, entry: AssumedSecret): readonly Found[] {
  const { at, key, content } = entry;
  const keys = entry["json-keys"];
  const kind = content ?? (keys === undefined ? undefined : "json");
  return [
    {
      about: "secret",
      name: secretName(name),
      secret: { value: name, at },
      arn: name.startsWith("arn:") ? { value: name, at } : null,
      key: key === undefined ? null : { value: key, at },
      tags: NO_TAGS,
      contents:
        kind === undefined
          ? []
          : [{ kind, keys: keys === undefined ? null : [...keys], open: null, stages: ["AWSCURRENT"], at }],
      described: kind === undefined ? at : null,
      declared: true,
      rotates: undefined,
      versions: null,
      gone: null,
      sensitive: [],
      at,
    },
  ];
}

function parameterOf(name: string, { at, type, key }: AssumedParameter): readonly Found[] {
  const arn = splitArn(name);
  const Name = arn ? arn.resource.replace(/^parameter/, "") : name;
  return told({ Parameter: { Name, Type: type, KeyId: key, ARN: arn ? name : undefined } }, at);
}

function keyOf(arn: string, { at, allows = [], ...more }: AssumedKey): readonly Found[] {
  const { partition = "aws", account = "", resource = arn } = splitArn(arn) ?? {};
  const enabled = more["iam-policies"];
  // A policy without statements would be the default one, which lets IAM policies allow everything.
  const root = { principal: `arn:${partition}:iam::${account}:root`, action: enabled ? "kms:*" : "kms:DescribeKey" };
  const Statement = [root, ...allows.map((principal) => ({ principal, action: "kms:Decrypt" }))].map(
    ({ principal, action }) => ({ Effect: "Allow", Principal: { AWS: principal }, Action: action, Resource: "*" }),
  );
  const KeyId = resource.replace(/^key\//, "");
  const KeyMetadata = {
    Arn: arn,
    KeyId,
    KeySpec: "SYMMETRIC_DEFAULT",
    KeyUsage: "ENCRYPT_DECRYPT",
    KeyState: "Enabled",
  };
  const isTold = allows.length > 0 || enabled !== undefined;
  return [
    ...told({ KeyMetadata }, at),
    ...(isTold ? told({ KeyId: arn, PolicyName: "default", Policy: { Version: "2012-10-17", Statement } }, at) : []),
  ];
}

function networkOf(vpc: string, { at, region, subnets, internet, endpoints = [] }: AssumedNetwork): readonly Found[] {
  const Routes = internet ? [{ DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: `nat of ${vpc}` }] : [];
  const table = { RouteTableId: `routes of ${vpc}`, VpcId: vpc, Associations: [{ Main: true }], Routes };
  return [
    ...told({ Vpcs: [{ VpcId: vpc }] }, at),
    ...told({ Subnets: subnets.map((SubnetId) => ({ SubnetId, VpcId: vpc })) }, at),
    ...told({ RouteTables: [table] }, at).map(assumingRoutes),
    ...(endpoints.length > 0 ? told({ SecurityGroups: [openGroup(vpc)] }, at) : []),
    ...endpoints.flatMap((service) =>
      told(
        {
          VpcEndpoints: [
            {
              VpcEndpointId: `${service} of ${vpc}`,
              VpcId: vpc,
              ServiceName: service.startsWith("com.") ? service : `com.amazonaws.${region}.${service}`,
              VpcEndpointType: "Interface",
              PrivateDnsEnabled: true,
              SubnetIds: [...subnets],
              Groups: [{ GroupId: openGroup(vpc).GroupId }],
            },
          ],
        },
        at,
      ),
    ),
  ];
}

/** A route table whose routes lead to the internet. */
function assumingRoutes(found: Found): Found {
  if (found.about !== "resource" || found.kind !== "route_tables") return found;
  const routes = found.build(NOBODY).routes.map((route) => ({ ...route, assumed: true }));
  return withParts(found, { routes });
}

/** The security group of endpoints that are told to be usable. */
function openGroup(vpc: string) {
  const anybody = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }], Ipv6Ranges: [{ CidrIpv6: "::/0" }] }];
  return {
    GroupId: `the group of the endpoints of ${vpc}`,
    VpcId: vpc,
    GroupName: "endpoints",
    IpPermissions: anybody,
  };
}
