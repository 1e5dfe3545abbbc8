/** Gateways that routes name: whether they lead to the internet from where the route is. */
import { groupBy, into } from "../maps.ts";
import type { Cause } from "./causes.ts";
import type { HandedTo } from "./handed.ts";
import type { Located, Unseen } from "./located.ts";
import { type Finder, finder } from "./namespace.ts";
import type { ExitResource, InternetGatewayResource, NetworkResource, Route, SubnetResource } from "./resources.ts";
import type { Case } from "./schema.ts";
import { causeOfText, isLiteral } from "./text.ts";
import type { Unit } from "./unit.ts";
import { mayBeIn, mayMean, networkKey } from "./vpc.ts";

type LinkedRoute = Located<Case["subnets"][string]>["routes"][number];

interface Around {
  readonly findSubnet: Finder<SubnetResource>;
  readonly networks: ReadonlyMap<string, NetworkResource>;
  readonly handed: HandedTo;
  /** The routes of a subnet, and what may add to them. */
  readonly routingOf: (subnet: SubnetResource) => {
    readonly routes: readonly Route[];
    readonly unseen: readonly Unseen[];
  };
}

/** Whether something leads on, with the cause of "maybe". */
type Onward = true | false | Cause;

/** All addresses of IPv4. */
const EVERYWHERE = "0.0.0.0/0";

/** Routes with what is known of their gateways: of which kind they are, and whether they lead to the internet. */
export function linkGateways(
  units: readonly Unit[],
  around: Around,
): (route: Route, subnet: SubnetResource) => LinkedRoute {
  const exits = units.flatMap(({ resources }) => resources.exits).filter(({ gateway }) => gateway !== undefined);
  const find = finder(exits, ({ gateway }: ExitResource) => (gateway ? [gateway.value] : []));
  const isAttached = attachments(units, around);
  const gatewayOf = ({ target }: Route, unit: string) => (target ? find(unit, [target.value])?.resource : undefined);
  const kindOf = (route: Route, unit: string) => gatewayOf(route, unit)?.kind ?? route.kind;
  const toInternet = (route: Route, subnet: SubnetResource): Onward =>
    kindOf(route, subnet.unit) === "internet_gateway" && route.destination?.value === EVERYWHERE
      ? onlyIf(route.maybe, isAttached(route, subnet))
      : false;
  /** Whether the subnet of a NAT gateway has a route to an internet gateway. One to the gateway itself leads nowhere. */
  const isPublic = (nat: ExitResource, from: SubnetResource): Onward => {
    const subnet = nat.subnet && around.findSubnet(nat.unit, [nat.subnet.value])?.resource;
    const near = placed(subnet ?? nat, from, around.networks);
    if (near === "apart") return false;
    if (!subnet) return doubt(nat);
    const { routes, unseen } = around.routingOf(subnet);
    const isItself = (other: Route) => gatewayOf(other, subnet.unit) === nat;
    const ways = routes.map((route) => toInternet(route, subnet));
    const open = ways.find((way) => typeof way === "object");
    if (ways.includes(true)) return near === "there" ? true : doubt(nat);
    if (open) return open;
    const isClosed = routes.every((route) => isItself(route) || kindOf(route, subnet.unit) === "internet_gateway");
    return unseen.length === 0 && isClosed ? false : (unseen[0]?.cause ?? doubt(nat));
  };
  const onwardOf = (
    route: Route,
    kind: Route["kind"],
    nat: ExitResource | undefined,
    subnet: SubnetResource,
  ): Onward | null => {
    if (kind === "internet_gateway") return isAttached(route, subnet);
    if (kind !== "nat_gateway") return null;
    return nat ? isPublic(nat, subnet) : (route.assumed ?? null);
  };
  return (route, subnet) => {
    const gateway = gatewayOf(route, subnet.unit);
    const kind = gateway?.kind ?? route.kind;
    const nat = kind === "nat_gateway" ? gateway : undefined;
    const onward = onwardOf(route, kind, nat, subnet);
    const { target: _, assumed: __, ...rest } = route;
    const inside = nat?.subnet && around.findSubnet(nat.unit, [nat.subnet.value])?.resource.id;
    const isOpen = onward !== null && typeof onward === "object";
    return {
      ...rest,
      kind,
      onward: isOpen ? null : onward,
      ...(isOpen && { maybe: route.maybe ?? onward }),
      ...(inside && { subnet: inside }),
    };
  };
}

function onlyIf(maybe: Cause | undefined, onward: Onward): Onward {
  return onward === true && maybe ? maybe : onward;
}

function doubt({ address, unit }: Pick<ExitResource, "address" | "unit">): Cause {
  return { kind: "gateway", name: address, unit };
}

/** Whether something is in the network of a subnet. */
function placed(
  { unit, vpc }: Pick<SubnetResource, "unit" | "vpc">,
  subnet: SubnetResource,
  networks: ReadonlyMap<string, NetworkResource>,
): "there" | "maybe" | "apart" {
  const [key, own] = [networkKey(subnet), networkKey({ unit, vpc })];
  if (key === undefined || own === undefined) return "maybe";
  if (key === own) return "there";
  const network = networks.get(key);
  return network && !mayBeIn({ unit, name: vpc }, key, network) ? "apart" : "maybe";
}

/**
 * Whether the internet gateway of a route is attached to the VPC that has the route. One that is not in the files is: EC2
 * takes no route to another one ("route table … and network gateway … belong to different networks").
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 */
function attachments(
  units: readonly Unit[],
  { networks, handed }: Around,
): (route: Route, subnet: SubnetResource) => Onward {
  const all = units.flatMap(({ resources }) => resources.internet_gateways);
  const made = all.filter(({ by }) => by !== "attaching");
  const find = finder(made, ({ gateway }) => [gateway.value]);
  const attaching = all.filter(({ by }) => by === "attaching");
  const attachedTo = groupBy(attaching, ({ unit, gateway }) => find(unit, [gateway.value])?.resource);
  const strays = attachedTo.get(undefined) ?? [];
  const byText = groupBy(attaching, ({ gateway }) => gateway.value);
  const strayOf = new Map<string, InternetGatewayResource | null>();
  /** An attachment of a gateway that may be one of a unit: asked for each route, and the same for all of them. */
  const strayFor = (unit: string) =>
    into(strayOf, unit, () => strays.find((one) => mayMean({ unit: one.unit, name: one.gateway }, unit)) ?? null);
  const through = (one: InternetGatewayResource, subnet: SubnetResource): Onward => {
    if (one.vpc === null) return false;
    const near = placed(one, subnet, networks);
    return near === "there" ? (one.maybe ?? true) : near === "maybe" ? doubt(one) : false;
  };
  return ({ target }, subnet) => {
    if (target === null) return true;
    const gateway = find(subnet.unit, [target.value])?.resource;
    const named = gateway ? [gateway, ...(attachedTo.get(gateway) ?? [])] : (byText.get(target.value) ?? []);
    if (gateway?.by === "looking up") return true;
    const answers = named.map((one) => through(one, subnet));
    if (answers.includes(true)) return gateway?.maybe ?? true;
    if (!gateway && isLiteral(target.value) && target.value.startsWith("igw-")) return true;
    const open = answers.find((answer) => typeof answer === "object");
    if (open) return open;
    if (!gateway) return causeOfText(target.value) ?? { kind: "value", name: target.value, unit: subnet.unit };
    const stray = strayFor(gateway.unit);
    return stray ? doubt(stray) : (handed("routes", [target.value])[0]?.cause ?? false);
  };
}
