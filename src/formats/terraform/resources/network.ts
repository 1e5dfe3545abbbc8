/**
 * VPCs, and everything that is needed to prove that Secrets Manager can be reached. Rules of security groups and parts
 * of endpoints may be blocks of their own.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint
 */

import { groupBy } from "../../../facts/maps.ts";
import type {
  EndpointResource,
  Exit,
  Ingress,
  Resources,
  SecurityGroupResource,
  Text,
} from "../../../facts/resources.ts";
import { isLiteral } from "../../../facts/text.ts";
import { entry, type ObjectValue } from "../../../syntax/value.ts";
import { readStatements } from "../../iam/policy-document.ts";
import { toBoolean, toNumber, toText, toTexts } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import { computed, declared, optional, type Reader } from "./declared.ts";

const network: Reader = (instance) => ({
  networks: [
    {
      ...declared(instance),
      vpc: computed(instance, "id"),
      declared: instance.mode === "managed",
      dns_support: instance.mode === "managed" ? toBoolean(argument(instance, "enable_dns_support"), true) : null,
      dns_hostnames: instance.mode === "managed" ? toBoolean(argument(instance, "enable_dns_hostnames"), false) : null,
    },
  ],
});

const subnet: Reader = (instance) => ({
  subnets: [{ ...declared(instance), subnet: computed(instance, "id"), vpc: toText(argument(instance, "vpc_id")) }],
});

const exit =
  (kind: Exit["kind"], vpc = "vpc_id", subnet = "subnet_id"): Reader =>
  (instance) => ({
    exits: [
      {
        ...declared(instance),
        kind,
        vpc: toText(argument(instance, vpc)),
        subnet:
          toText(argument(instance, subnet)) ??
          toTexts(argument(instance, "subnet_ids"), "subnet_ids").values[0] ??
          null,
      },
    ],
  });

/**
 * Ways out of the VPC, by the argument that names the target of a route.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route
 */
const ROUTES: Readonly<Record<string, Exit["kind"]>> = {
  nat_gateway_id: "nat_gateway",
  gateway_id: "internet_gateway",
  transit_gateway_id: "transit_gateway",
  vpc_peering_connection_id: "peering",
  network_interface_id: "other",
  core_network_arn: "other",
};

const route: Reader = (instance) => {
  const targets = [instance.value, ...blocks(instance, "route")].flatMap((block) =>
    Object.entries(ROUTES).flatMap(([name, kind]) => {
      const target = toText(entry(block, name)?.value);
      return target && target.value !== "local" && target.value !== "" ? [kind] : [];
    }),
  );
  return {
    exits: [...new Set(targets)].map((kind) => ({
      ...declared(instance, ` ${kind}`),
      kind,
      vpc: toText(argument(instance, "vpc_id")),
      subnet: null,
    })),
  };
};

export const networks: Readonly<Record<string, Reader>> = {
  aws_vpc: network,
  "data.aws_vpc": network,
  aws_default_vpc: network,
  aws_subnet: subnet,
  aws_default_subnet: subnet,
  "data.aws_subnet": subnet,
  aws_nat_gateway: exit("nat_gateway"),
  aws_internet_gateway: exit("internet_gateway"),
  aws_internet_gateway_attachment: exit("internet_gateway"),
  aws_ec2_transit_gateway_vpc_attachment: exit("transit_gateway"),
  aws_vpn_gateway: exit("vpn"),
  aws_vpn_gateway_attachment: exit("vpn"),
  aws_vpc_peering_connection: exit("peering"),
  aws_vpc_peering_connection_accepter: exit("peering"),
  aws_networkmanager_vpc_attachment: exit("other"),
  aws_route: route,
  aws_route_table: route,
  aws_default_route_table: route,
};

export const JOINED_TYPES: ReadonlySet<string> = new Set([
  "aws_security_group",
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_endpoint",
  "aws_vpc_endpoint_policy",
  "aws_vpc_endpoint_private_dns",
  "aws_vpc_endpoint_security_group_association",
]);

/** Security groups and endpoints, each joined from its own block and the blocks that add to it. */
export function joinedNetworks(instances: readonly Instance[]): Pick<Resources, "security_groups" | "endpoints"> {
  const byType = groupBy(instances, ({ type, mode }) => (mode === "managed" ? type : `data.${type}`));
  const all = (...types: string[]): Instance[] => types.flatMap((type) => byType.get(type) ?? []);
  const rules = groupBy(
    all("aws_security_group_rule", "aws_vpc_security_group_ingress_rule").flatMap((instance) =>
      optional(instance, "security_group_id").map((group) => ({ instance, group: group.value })),
    ),
    ({ group }) => group,
  );
  const added = (type: string, id: Text): Instance[] =>
    all(type).filter((instance) => toText(argument(instance, "vpc_endpoint_id"))?.value === id.value);
  return {
    security_groups: all("aws_security_group").map((instance) =>
      securityGroup(
        instance,
        (rules.get(computed(instance, "id").value) ?? []).map((rule) => rule.instance),
      ),
    ),
    endpoints: all("aws_vpc_endpoint").map((instance) => endpoint(instance, added)),
  };
}

function securityGroup(instance: Instance, rules: readonly Instance[]): SecurityGroupResource {
  const given = argument(instance, "ingress");
  const separate = rules.filter((rule) => (toText(argument(rule, "type"))?.value ?? "ingress") === "ingress");
  return {
    ...declared(instance),
    group: computed(instance, "id"),
    vpc: toText(argument(instance, "vpc_id")),
    ingress:
      given?.kind === "unknown"
        ? null
        : [
            ...blocks(instance, "ingress").map((block) => ingress(block)),
            ...separate.map(({ value }) => ingress(value)),
          ],
  };
}

function ingress(rule: ObjectValue): Ingress {
  const port = (name: string): number | null => toNumber(entry(rule, name)?.value, null);
  return {
    protocol: toText(entry(rule, "protocol")?.value ?? entry(rule, "ip_protocol")?.value),
    from_port: port("from_port"),
    to_port: port("to_port"),
    at: rule.at,
  };
}

/** The type defaults to Gateway and private DNS to off, unlike in the API. */
function endpoint(instance: Instance, added: (type: string, id: Text) => Instance[]): EndpointResource {
  const id = computed(instance, "id");
  const groups = argument(instance, "security_group_ids");
  const policy =
    argument(instance, "policy") ??
    added("aws_vpc_endpoint_policy", id).flatMap((one) => argument(one, "policy") ?? [])[0];
  const type = argument(instance, "vpc_endpoint_type");
  const own = declared(instance);
  return {
    ...own,
    vpc: toText(argument(instance, "vpc_id")),
    service: toText(argument(instance, "service_name")) ?? { value: "", at: instance.at },
    type: type ? (type.kind === "text" && isLiteral(type.value) ? type.value : null) : "Gateway",
    private_dns:
      added("aws_vpc_endpoint_private_dns", id).length > 0
        ? null
        : toBoolean(argument(instance, "private_dns_enabled"), false),
    security_groups:
      groups?.kind === "unknown"
        ? null
        : [
            ...toTexts(groups, "security_group_ids").values,
            ...added("aws_vpc_endpoint_security_group_association", id).flatMap((one) =>
              optional(one, "security_group_id"),
            ),
          ],
    subnets: toTexts(argument(instance, "subnet_ids"), "subnet_ids").values,
    statements: policy ? readStatements(policy, { policy: own.id, maybe: instance.maybe }).statements : null,
  };
}
