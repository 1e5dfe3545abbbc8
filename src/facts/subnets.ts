/** Subnets with the routes of their tables: what traffic of a job there may leave by. */

import { groupBy } from "../maps.ts";
import { linkAcls } from "./acls.ts";
import { partsApart } from "./apart.ts";
import type { Cause } from "./causes.ts";
import { linkGateways } from "./gateways.ts";
import type { HandedTo } from "./handed.ts";
import type { Located, Unseen } from "./located.ts";
import { type Finder, finder } from "./namespace.ts";
import type {
  NetworkResource,
  Route,
  RouteAssociationResource,
  RouteTableResource,
  SubnetResource,
} from "./resources.ts";
import type { Case } from "./schema.ts";
import { causeOfText } from "./text.ts";
import type { Unit } from "./unit.ts";
import { mayMean, networkKey, vpcKey } from "./vpc.ts";

export type Subnet = Located<Case["subnets"][string]>;

interface Around {
  readonly findSubnet: Finder<SubnetResource>;
  readonly networks: ReadonlyMap<string, NetworkResource>;
  readonly handed: HandedTo;
}

/** The routes that lead out of a subnet, and what may add to them. */
interface Routing {
  readonly routes: readonly Route[];
  readonly unseen: readonly Unseen[];
}

/** All subnets of the units by their ids. */
export function linkSubnets(units: readonly Unit[], around: Around): ReadonlyMap<string, Subnet> {
  const subnets = units.flatMap(({ resources }) => resources.subnets);
  if (subnets.length === 0) return new Map();
  const routingOf = routing(units, around);
  const aclOf = linkAcls(units, around.findSubnet, around.handed);
  const throughGateway = linkGateways(units, { ...around, routingOf });
  return new Map(
    subnets.map((one): [string, Subnet] => {
      const { vpc: _, ...subnet } = one;
      const key = networkKey(one);
      const { routes, unseen } = routingOf(one);
      const all = [...one.unseen, ...unseen];
      const acl = aclOf(one);
      return [
        one.id,
        {
          ...subnet,
          network: (key && around.networks.get(key)?.id) ?? null,
          routes: routes.map((route) => throughGateway(route, one)),
          unseen: all,
          complete: all.length === 0,
          ...(acl && { acl }),
        },
      ];
    }),
  );
}

type RoutingOf = (subnet: SubnetResource) => Routing;

/** What each subnet's table has: the one it is associated with, else the main table of its VPC. */
function routing(units: readonly Unit[], { findSubnet, networks, handed }: Around): RoutingOf {
  const tables = units.flatMap(({ resources }) => resources.route_tables);
  const findTable = finder(tables, (table) => table.tables.map(({ value }) => value));
  const associations = units.flatMap(({ resources }) => resources.route_associations);
  const ownOf = groupBy(associations, ({ unit, subnet }) => subnet && findSubnet(unit, [subnet.value])?.resource);
  const strays = associations.filter(({ unit, subnet }) => subnet && !findSubnet(unit, [subnet.value]));
  const mainOf = mainTables(tables, associations, findTable);
  const contentsOf = tableContents(units, findTable, handed);
  const through = (association: RouteAssociationResource): Routing => {
    const table = findTable(association.unit, [association.table.value])?.resource;
    const { maybe } = association;
    if (table && maybe) {
      const { routes, unseen } = contentsOf(table);
      const perhaps = routes.map((route) => ({ ...route, maybe: route.maybe ?? maybe }));
      return { routes: perhaps, unseen: [...unseen, hidden(maybe, association)] };
    }
    if (table) return contentsOf(table);
    return { routes: [], unseen: [hidden(causeOfText(association.table.value) ?? unknown(association), association)] };
  };
  const known = new Map<SubnetResource, Routing>();
  const find = (subnet: SubnetResource): Routing => {
    const own = ownOf.get(subnet);
    if (own?.[0]) return own.length > 1 ? added(through(own[0]), [hidden(unknown(own[0]), own[0])]) : through(own[0]);
    const key = networkKey(subnet);
    const network = key === undefined ? undefined : networks.get(key);
    const main = key === undefined ? undefined : mainOf(key);
    const unsure = strays
      .filter(({ unit, subnet: name }) => mayMean({ unit, name }, subnet.unit))
      .map((one) => hidden(unknown(one), one));
    if (!subnet.declared || !main) {
      const cause = subnet.vpc ? causeOfText(subnet.vpc.value) : undefined;
      const name = network?.address ?? subnet.address;
      return { routes: [], unseen: [hidden(cause ?? { kind: "network", name, unit: subnet.unit }, subnet), ...unsure] };
    }
    return added("table" in main ? through(main) : contentsOf(main), unsure);
  };
  return (subnet) => {
    const done = known.get(subnet) ?? find(subnet);
    known.set(subnet, done);
    return done;
  };
}

/** The main table of a VPC by its key: the one that it is made with, unless an association puts another in its place. */
function mainTables(
  tables: readonly RouteTableResource[],
  associations: readonly RouteAssociationResource[],
  findTable: Finder<RouteTableResource>,
): (key: string) => RouteTableResource | RouteAssociationResource | undefined {
  const made = groupBy(
    tables.filter(({ main }) => main),
    (one) => networkKey(one),
  );
  const replaced = groupBy(
    associations.filter(({ subnet, vpc }) => subnet === null && vpc !== null),
    ({ unit, vpc }) => vpc && vpcKey(unit, vpc),
  );
  return (key) => {
    const [other] = replaced.get(key) ?? [];
    if (other && findTable(other.unit, [other.table.value])) return other;
    return other ?? made.get(key)?.[0];
  };
}

/** A table's own routes, those that are declared apart, and what may add to it. */
function tableContents(
  units: readonly Unit[],
  findTable: Finder<RouteTableResource>,
  handed: HandedTo,
): (table: RouteTableResource) => Routing {
  const all = units.flatMap(({ resources }) => resources.routes);
  const apartOf = partsApart(
    all,
    ({ table }) => table,
    findTable,
    (one) => hidden(unknown(one), one),
  );
  return (table) => {
    const { parts, unseen } = apartOf(table);
    const names = [...table.tables.map(({ value }) => value), ...(table.vpc ? [table.vpc.value] : [])];
    return {
      routes: [...table.routes, ...parts.map(({ route }) => route)],
      unseen: [...table.unseen, ...unseen, ...handed("routes", names)],
    };
  };
}

function added({ routes, unseen }: Routing, more: readonly Unseen[]): Routing {
  return { routes, unseen: [...unseen, ...more] };
}

function hidden(cause: Cause, { at }: Pick<SubnetResource, "at">): Unseen {
  return { part: "routes", cause, at };
}

function unknown({ address, unit }: Pick<SubnetResource, "address" | "unit">): Cause {
  return { kind: "endpoint", name: address, unit };
}
