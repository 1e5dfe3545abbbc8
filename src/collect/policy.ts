/** The least IAM policy by which everything can be asked that open things lead to. */
import { addTo } from "../maps.ts";
import { OPERATIONS, type Operation, type OperationName, operationNames, permissionOf } from "./calls.ts";
import type { ThingKind } from "./things.ts";

/** The operations that a thing is asked by, and the kinds of things that the answers lead to. */
const NEEDS: {
  readonly [K in ThingKind]: { readonly asks: readonly OperationName[]; readonly leads?: readonly ThingKind[] };
} = {
  role: {
    asks: ["GetRole", "ListRolePolicies", "GetRolePolicy", "ListAttachedRolePolicies"],
    leads: ["policy"],
  },
  policy: { asks: ["GetPolicy", "GetPolicyVersion"] },
  secret: { asks: ["DescribeSecret", "GetResourcePolicy"], leads: ["key"] },
  parameter: { asks: ["DescribeParameters"], leads: ["key"] },
  key: { asks: ["DescribeKey", "GetKeyPolicy", "ListGrants", "ListAliases"] },
  jobs: { asks: ["DescribeJobDefinitions"], leads: ["role", "secret", "parameter", "environments"] },
  environments: {
    asks: ["DescribeJobQueues", "DescribeComputeEnvironments"],
    leads: ["subnets", "groups", "template", "image"],
  },
  subnets: { asks: ["DescribeSubnets"], leads: ["vpc"] },
  groups: { asks: ["DescribeSecurityGroups"] },
  vpc: {
    asks: [
      "DescribeVpcAttribute",
      "DescribeRouteTables",
      "DescribeNetworkAcls",
      "DescribeNatGateways",
      "DescribeVpcEndpoints",
      "ListHostedZonesByVPC",
    ],
    leads: ["groups", "subnets"],
  },
  image: { asks: ["DescribeImages"] },
  template: { asks: ["DescribeLaunchTemplateVersions"], leads: ["image", "groups"] },
};

/** These kinds of things, and those that answers about them lead to, in the order in which they are reached. */
export function reachedFrom(kinds: Iterable<ThingKind>): readonly ThingKind[] {
  const reached = new Set(kinds);
  for (const kind of reached) for (const next of NEEDS[kind].leads ?? []) reached.add(next);
  return [...reached];
}

/** The operations that things of these kinds may need, with all that they lead to, in the order of the table. */
export function operationsFor(kinds: Iterable<ThingKind>): readonly OperationName[] {
  const needed = new Set(reachedFrom(kinds).flatMap((kind) => NEEDS[kind].asks));
  return operationNames.filter((name) => needed.has(name));
}

/**
 * The policy: a statement for each kind of resource that IAM can limit the operations to. None of its actions reads the
 * value of a secret or a parameter, and none changes anything.
 */
export function leastPolicy(kinds: Iterable<ThingKind>): object {
  const byResource = new Map<string, string[]>();
  for (const name of operationsFor(kinds)) {
    const { service, resource, needs }: Operation = OPERATIONS[name];
    const arn = resource === "*" ? "*" : `arn:*:${service}:*:*:${resource}`;
    addTo(byResource, arn, permissionOf({ service, operation: name }));
    if (needs !== undefined) addTo(byResource, "*", needs);
  }
  return {
    Version: "2012-10-17",
    Statement: [...byResource].map(([Resource, Action]) => ({
      Effect: "Allow",
      Action: Action.sort(),
      Resource,
    })),
  };
}
