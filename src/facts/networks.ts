/** Networks with their endpoints, subnets and ways out, and the jobs that read secrets there. */

import { groupBy, into } from "../maps.ts";
import { ANYWHERE, type Deployment } from "./arn.ts";
import { isRefusal } from "./causes.ts";
import { type ComputeEnvironment, linkEnvironment, type PlacesOf, placesOf } from "./environments.ts";
import { type Groups, linkGroups, type SecurityGroup } from "./groups.ts";
import type { HandedTo } from "./handed.ts";
import { NOTHING_STORED, type Stored, withStoredPlaces } from "./handed-over.ts";
import type { Container, JobDefinition, Located, Text, Unseen } from "./located.ts";
import { type Finder, finder } from "./namespace.ts";
import { type Dependent, dependentsIn } from "./references.ts";
import type { EndpointResource, NetworkResource, Resources, SubnetResource } from "./resources.ts";
import { openRuns, type Run, type Runs } from "./runs.ts";
import type { Case } from "./schema.ts";
import { linkSubnets, type Subnet } from "./subnets.ts";
import { isLiteral } from "./text.ts";
import type { Unit } from "./unit.ts";
import { mayBeElsewhere, mayBeIn, networkKey, vpcKey } from "./vpc.ts";
import { linkZones } from "./zones.ts";

export type Network = Located<Case["networks"][string]>;
export type Endpoint = Located<Case["endpoints"][string]>;

export interface Networks {
  readonly networks: ReadonlyMap<string, Network>;
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  readonly environments: ReadonlyMap<string, ComputeEnvironment>;
  /** Every reference that is read in a network, by the network's id. */
  readonly readers: ReadonlyMap<string, readonly Dependent[]>;
  readonly runs: ReadonlyMap<string, Run>;
  /** Where the jobs of a container may run: a key of `runs`. */
  readonly runOf: (job: JobDefinition, container: Container) => string | undefined;
  readonly placesOf: PlacesOf;
}

/**
 * Links the networks of all units. A network is known by its VPC's id as text; only what one unit declares has a string
 * of its own.
 */
export function linkNetworks(
  units: readonly Unit[],
  handed: HandedTo = () => [],
  deploymentOf: (unit: string) => Deployment = () => ANYWHERE,
  stored: Stored = NOTHING_STORED,
): Networks {
  const all = <K extends keyof Resources>(kind: K): Resources[K][number][] =>
    units.flatMap((unit) => unit.resources[kind] as readonly Resources[K][number][]);
  const findSubnet = finder(all("subnets"), ({ subnet }) => [subnet.value]);
  const declared = networksByKey(all("networks"), all("endpoints"));
  const endpointsOf = groupBy(all("endpoints"), ({ unit, vpc }) => (vpc ? vpcKey(unit, vpc) : null));
  const subnets = linkSubnets(units, { findSubnet, networks: declared, handed });
  const groups = linkGroups(units, handed);
  const { environments, byName } = withStoredPlaces(all("compute_environments"), stored);
  const findTemplate = finder(all("launch_templates"), ({ names }) => names.map(({ value }) => value));
  const findImage = finder(all("machine_images"), ({ image }) => [image.value]);
  const subnetOf = (unit: string, { value }: Text) => subnets.get(findSubnet(unit, [value])?.resource.id ?? "");
  const linkedEnvironments = environments.map((one) =>
    linkEnvironment(one, { findTemplate, findImage, subnetOf, groupsOf: groups.named }),
  );
  const places = placesOf(linkedEnvironments, environments, all("job_queues"), deploymentOf);
  const networksIn = groupBy(declared.values(), ({ unit }) => unit);
  const runs = openRuns({
    environments: linkedEnvironments,
    placesOf: places,
    deploymentOf,
    isSeen,
    isPlaced: (one) => networksAt(one, subnets).length > 0,
    isByName: ({ id }) => byName.has(id),
    networksIn: (unit) => (networksIn.get(unit) ?? []).map(({ id }) => id),
  });
  const byId = new Map(linkedEnvironments.map((one) => [one.id, one]));
  const readers = readersByNetwork(all("job_definitions"), runs, (run) => networksOf(run, byId, subnets));
  const exits = groupBy(all("exits"), (one) => networkKey(one) ?? keyOfSubnet(findSubnet, one) ?? `*${one.unit}`);
  const zonesOf = linkZones(units);
  const strays = {
    endpoints: straysOf(all("endpoints").filter(mayBeForSecrets)),
    exits: straysOf(all("exits").filter(({ vpc }) => vpc)),
  };
  const networks = [...declared].map(([key, network]): Network => {
    const seen = readers.get(network.id);
    const zones = zonesOf(key, network);
    const stray = (part: string, list: readonly Placed[]): Unseen[] =>
      list.map(({ address, unit, at }) => ({ part, cause: { kind: "endpoint", name: address, unit }, at }));
    const unseen = [
      ...network.unseen,
      ...stray("endpoints", strays.endpoints(key, network)),
      ...stray(
        "ways out",
        strays.exits(key, network).filter(({ unit }) => unit !== network.unit),
      ),
      ...handed("endpoints", [network.vpc.value]),
    ];
    return {
      ...network,
      unseen,
      complete: unseen.length === 0,
      endpoints: (endpointsOf.get(key) ?? []).map(({ id }) => id),
      exits: [...(exits.get(key) ?? []), ...(exits.get(`*${network.unit}`) ?? [])].map(({ kind, at }) => ({
        kind,
        at,
      })),
      ...(zones.length > 0 && { zones: [...zones] }),
      reader_count: seen?.list.length ?? 0,
      readers_certain: seen?.certain ?? false,
    };
  });
  return {
    networks: new Map(networks.map((one) => [one.id, one])),
    endpoints: new Map(
      [...endpointsOf].flatMap(([key, list]) =>
        list.map((one): [string, Endpoint] => [
          one.id,
          linkEndpoint(one, key, { networks: declared, groups, subnetOf }),
        ]),
      ),
    ),
    subnets,
    groups: groups.groups,
    environments: byId,
    readers: new Map([...readers].map(([id, { list }]) => [id, list])),
    placesOf: places,
    ...runs,
  };
}

/** Networks by their keys; one that only an endpoint names is a network, too. */
function networksByKey(
  networks: readonly NetworkResource[],
  endpoints: readonly EndpointResource[],
): Map<string, NetworkResource> {
  const byKey = new Map<string, NetworkResource>();
  for (const network of networks) {
    const key = vpcKey(network.unit, network.vpc);
    const known = byKey.get(key);
    byKey.set(key, known ? together(known, network) : network);
  }
  for (const endpoint of endpoints) {
    const key = networkKey(endpoint);
    if (key !== undefined && endpoint.vpc && !byKey.has(key)) byKey.set(key, undeclared(endpoint, endpoint.vpc));
  }
  return byKey;
}

/** Two descriptions of one network: raw files tell its settings and its routes apart. */
function together(one: NetworkResource, other: NetworkResource): NetworkResource {
  const [first, second] = one.declared || !other.declared ? [one, other] : [other, one];
  return {
    ...first,
    address: isLiteral(first.vpc.value) ? first.vpc.value : first.address,
    cidr: first.cidr ?? second.cidr,
    dns_support: first.dns_support ?? second.dns_support,
    dns_hostnames: first.dns_hostnames ?? second.dns_hostnames,
  };
}

function mayBeForSecrets({ service }: EndpointResource): boolean {
  return !isLiteral(service.value) || /(?:secretsmanager|ssm)(?:-fips)?$/.test(service.value);
}

type Placed = Pick<EndpointResource, "unit" | "vpc" | "address" | "at">;

/**
 * What may be in a network although it does not say so, in the order of the list. Of other units than a declared
 * network's own only that is looked at which may be in any.
 */
function straysOf(list: readonly Placed[]): (key: string, network: NetworkResource) => readonly Placed[] {
  const anywhere = list.filter(({ vpc }) => vpc && mayBeElsewhere(vpc));
  const near = groupBy(list, ({ unit }) => unit);
  const order = new Map(list.map((one, index) => [one, index]));
  const candidates = ({ declared, unit }: NetworkResource): readonly Placed[] => {
    if (!declared) return list;
    const all = new Set([...(near.get(unit) ?? []), ...anywhere]);
    return [...all].sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
  };
  return (key, network) => candidates(network).filter(({ unit, vpc }) => mayBeIn({ unit, name: vpc }, key, network));
}

function keyOfSubnet(
  findSubnet: Finder<SubnetResource>,
  { unit, subnet }: { readonly unit: string; readonly subnet: Text | null },
): string | undefined {
  const found = subnet && findSubnet(unit, [subnet.value])?.resource;
  return found ? networkKey(found) : undefined;
}

function undeclared({ id, address, unit, at }: EndpointResource, vpc: Text): NetworkResource {
  return {
    id: `${id} network`,
    address: `the network of ${address}`,
    unit,
    at,
    unseen: [],
    vpc,
    cidr: null,
    declared: false,
    dns_support: null,
    dns_hostnames: null,
  };
}

type Subnets = ReadonlyMap<string, Subnet>;

/** The networks of a compute environment by the ids of its subnets that can be followed. */
function networksAt({ subnet_ids }: ComputeEnvironment, subnets: Subnets): readonly string[] {
  return subnet_ids.flatMap((id) => (id !== null && subnets.get(id)?.network) || []);
}

/** Whether something of an environment's network is declared in the files, or its account was asked for it in vain. */
function isSeen(environment: ComputeEnvironment | undefined): boolean {
  if (!environment) return false;
  return (
    environment.unseen.some(({ cause }) => isRefusal(cause)) ||
    environment.subnet_ids.some((id) => id !== null) ||
    (environment.security_groups ?? []).some(({ id }) => id !== null)
  );
}

/** The networks where jobs may run, and whether these are all. */
function networksOf(
  { environments, elsewhere, networks, certain, unseen }: Run,
  byId: ReadonlyMap<string, ComputeEnvironment>,
  subnets: Subnets,
): { readonly ids: ReadonlySet<string>; readonly certain: boolean } {
  const own = environments.flatMap((id) => byId.get(id) ?? []);
  const placed = own.flatMap((one) => networksAt(one, subnets));
  const isPlaced = own.every(({ subnet_ids }) => subnet_ids.every((id) => id !== null && subnets.get(id)?.network));
  return {
    ids: new Set([...placed, ...networks]),
    certain: certain && isPlaced && placed.length > 0 && elsewhere.length === 0 && unseen === null,
  };
}

interface Readers {
  readonly list: Dependent[];
  certain: boolean;
}

/** Which references are read in which network. */
function readersByNetwork(
  jobs: readonly JobDefinition[],
  { runs, runOf }: Runs,
  networksOf: (run: Run) => { readonly ids: ReadonlySet<string>; readonly certain: boolean },
): Map<string, Readers> {
  const result = new Map<string, Readers>();
  const known = new Map<string, ReturnType<typeof networksOf>>();
  for (const job of jobs) {
    for (const container of job.containers) {
      const key = runOf(job, container);
      const run = key === undefined ? undefined : runs.get(key);
      if (key === undefined || !run) continue;
      const { ids, certain } = into(known, key, () => networksOf(run));
      const list = dependentsIn(job, container, key).map(({ dependent }) => dependent);
      if (list.length === 0) continue;
      for (const id of ids) {
        const readers = into(result, id, () => ({ list: [], certain: true }));
        for (const reader of list) readers.list.push(reader);
        readers.certain &&= certain;
      }
    }
  }
  return result;
}

interface AroundEndpoint {
  readonly networks: ReadonlyMap<string, NetworkResource>;
  readonly groups: Groups;
  readonly subnetOf: (unit: string, subnet: Text) => Subnet | undefined;
}

/** An endpoint without groups has the default one of its VPC. */
function linkEndpoint(
  { security_groups, subnets, vpc: _, ...endpoint }: EndpointResource,
  key: string | null,
  { networks, groups, subnetOf }: AroundEndpoint,
): Endpoint {
  const inSubnets = (subnets ?? []).map((subnet) => subnetOf(endpoint.unit, subnet));
  const blocks = inSubnets.flatMap((subnet) => subnet?.cidr ?? []);
  const byDefault = key === null ? undefined : groups.defaultOf(key);
  const named = security_groups && groups.named(endpoint.unit, security_groups);
  return {
    ...endpoint,
    unseen: [
      ...endpoint.unseen,
      ...(subnets?.length === 0 && endpoint.type === "Interface" ? [nowhere(endpoint)] : []),
    ],
    network: (key === null ? undefined : networks.get(key)?.id) ?? null,
    security_groups: named?.length === 0 ? (byDefault ? [byDefault] : null) : named,
    ...(blocks.length > 0 && blocks.length === subnets?.length && { blocks }),
    ...(inSubnets.length > 0 && { subnet_ids: inSubnets.map((subnet) => subnet?.id ?? null) }),
  };
}

/**
 * An interface endpoint has an address in each of its subnets, and without any it answers nobody.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
function nowhere({ address, unit, at }: Pick<EndpointResource, "address" | "unit" | "at">): Unseen {
  return { part: "subnets", cause: { kind: "value", name: `the subnets of ${address}`, unit }, at };
}
