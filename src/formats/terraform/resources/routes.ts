/**
 * Route tables with their routes and the subnets that have them.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route_table
 */
import type { Exit, Text, Unseen } from "../../../facts/located.ts";
import type { ExitResource, Route, RouteAssociationResource } from "../../../facts/resources.ts";
import type { ObjectValue } from "../../../syntax/value.ts";
import { toText, toTexts, unseenPart } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import { computed, declared, type Reader } from "./declared.ts";

/** What a route may lead to, by the argument that names it. */
const TARGETS: Readonly<Record<string, Exit["kind"]>> = {
  nat_gateway_id: "nat_gateway",
  gateway_id: "internet_gateway",
  transit_gateway_id: "transit_gateway",
  vpc_peering_connection_id: "peering",
  network_interface_id: "other",
  core_network_arn: "other",
  egress_only_gateway_id: "other",
  vpc_endpoint_id: "other",
  local_gateway_id: "other",
  carrier_gateway_id: "other",
  instance_id: "other",
};

const DESTINATIONS = ["destination_cidr_block", "cidr_block", "destination_ipv6_cidr_block", "ipv6_cidr_block"];

/** The route of a block that leads out of the VPC. */
function routeOf(block: ObjectValue, { maybe }: Instance): Route | undefined {
  for (const [name, kind] of Object.entries(TARGETS)) {
    const target = given(block, name);
    if (!target || target.value === "local") continue;
    const destination = DESTINATIONS.map((key) => given(block, key)).find((one) => one !== null) ?? null;
    const isGateway = name === "nat_gateway_id" || name === "gateway_id";
    return { kind, destination, target: isGateway ? target : null, ...(maybe && { maybe }), at: block.at };
  }
  return undefined;
}

/** Attributes in place of blocks leave something out as arguments do. */
function given(value: ObjectValue, name: string): Text | null {
  return toText(argument({ value }, name));
}

/** A way out for each kind of target that is named. Gateways that are declared are ways out by themselves, too. */
function exitsOf(instance: Instance, found: readonly Route[]): ExitResource[] {
  return [...new Set(found.map(({ kind }) => kind))].map((kind) => ({
    ...declared(instance, ` ${kind}`),
    kind,
    vpc: toText(argument(instance, "vpc_id")),
    subnet: null,
  }));
}

const route: Reader = (instance) => {
  const [table, found] = [toText(argument(instance, "route_table_id")), routeOf(instance.value, instance)];
  if (!found) return {};
  return {
    ...(table && { routes: [{ ...declared(instance), table, route: { ...found, at: instance.at } }] }),
    exits: exitsOf(instance, [found]),
  };
};

/** The routes of the blocks in a table, those that gateways put there, and what can't be seen of them. */
function inlineRoutes(instance: Instance): { readonly routes: readonly Route[]; readonly unseen: readonly Unseen[] } {
  const block = argument(instance, "route");
  const gateways = toTexts(argument(instance, "propagating_vgws"), "propagating_vgws");
  const propagated = gateways.values.map(({ at }): Route => ({ kind: "vpn", destination: null, target: null, at }));
  const hidden = block?.kind === "unknown" ? [block] : block?.kind === "list" ? block.items : [];
  return {
    routes: [...blocks(instance, "route").flatMap((one) => routeOf(one, instance) ?? []), ...propagated],
    unseen: [
      ...hidden.filter(({ kind }) => kind === "unknown").map((one) => unseenPart("routes", one, "route")),
      ...gateways.unseen,
    ],
  };
}

const table: Reader = (instance) => {
  const { routes: found, unseen } = inlineRoutes(instance);
  const tables = [computed(instance, "id")];
  const vpc = toText(argument(instance, "vpc_id"));
  return {
    route_tables: [{ ...declared(instance), unseen, tables, vpc, main: false, routes: found }],
    exits: exitsOf(instance, found),
  };
};

/** The main table of a VPC, which this block adopts. */
const mainTable: Reader = (instance) => {
  const adopted = toText(argument(instance, "default_route_table_id"));
  const { routes: found, unseen } = inlineRoutes(instance);
  return {
    ...(adopted && {
      routes: found.map((one, index) => ({
        ...declared(instance),
        id: `${declared(instance).id} ${index}`,
        unseen,
        table: adopted,
        route: one,
      })),
    }),
    exits: exitsOf(instance, found),
  };
};

const association =
  (subnet: string | null, vpc: string | null): Reader =>
  (instance) => {
    const named = (name: string | null): Text | null => (name === null ? null : toText(argument(instance, name)));
    const found = toText(argument(instance, "route_table_id"));
    const given: Pick<RouteAssociationResource, "subnet" | "vpc"> = { subnet: named(subnet), vpc: named(vpc) };
    // A table may also be associated with a gateway.
    if (!found || (!given.subnet && !given.vpc)) return {};
    return { route_associations: [{ ...declared(instance), table: found, ...given, maybe: instance.maybe }] };
  };

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpn_gateway_route_propagation */
const propagation: Reader = (instance) => {
  const found = toText(argument(instance, "route_table_id"));
  const learnt: Route = { kind: "vpn", destination: null, target: null, at: instance.at };
  return found ? { routes: [{ ...declared(instance), table: found, route: learnt }] } : {};
};

export const routes: Readonly<Record<string, Reader>> = {
  aws_route: route,
  aws_route_table: table,
  aws_default_route_table: mainTable,
  aws_route_table_association: association("subnet_id", null),
  aws_main_route_table_association: association(null, "vpc_id"),
  aws_vpn_gateway_route_propagation: propagation,
};
