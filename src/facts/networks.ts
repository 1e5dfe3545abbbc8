/** Networks with their endpoints and ways out, and the jobs that read secrets there. */
import { type ComputeEnvironment, linkEnvironment } from "./environments.ts";
import type { HandedTo } from "./handed.ts";
import { groupBy, into } from "./maps.ts";
import { type Finder, finder } from "./namespace.ts";
import { type Dependent, dependentsIn } from "./references.ts";
import type {
  ComputeEnvironmentResource,
  EndpointResource,
  Ingress,
  JobDefinition,
  Located,
  NetworkResource,
  Resources,
  SecurityGroupResource,
  SubnetResource,
  Text,
  Unit,
  Unseen,
} from "./resources.ts";
import type { Case } from "./schema.ts";
import { hasWideHole, holeOf, insides, isLiteral, isOfOneUnit } from "./text.ts";

export type Network = Located<Case["networks"][string]>;
export type Endpoint = Located<Case["endpoints"][string]>;

export interface Networks {
  readonly networks: readonly Network[];
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly computeEnvironments: readonly ComputeEnvironment[];
  /** Every reference that is read in a network, by the network's id. */
  readonly readers: ReadonlyMap<string, readonly Dependent[]>;
}

/**
 * Links the networks of all units. A network is known by its VPC's id as text; only what one unit declares has a string
 * of its own.
 */
export function linkNetworks(units: readonly Unit[], handed: HandedTo = () => []): Networks {
  const all = <K extends keyof Resources>(kind: K): Resources[K][number][] =>
    units.flatMap((unit) => unit.resources[kind] as readonly Resources[K][number][]);
  const findSubnet = finder(all("subnets"), ({ subnet }) => [subnet.value]);
  const vpcOf = vpcFinder(findSubnet);
  const networks = new Map<string, NetworkResource>();
  for (const network of all("networks")) {
    const key = vpcKey(network.unit, network.vpc);
    if (!networks.get(key)?.declared) networks.set(key, network);
  }
  const endpointsOf = groupBy(all("endpoints"), ({ unit, vpc }) => (vpc ? vpcKey(unit, vpc) : null));
  for (const [key, endpoints] of endpointsOf) {
    const [first] = endpoints;
    if (key !== null && first?.vpc && !networks.has(key)) networks.set(key, undeclared(first, first.vpc));
  }
  const environments = all("compute_environments");
  const environmentNetworks = new Map(environments.map((one) => [one, networksOf(one, vpcOf)]));
  const readers = readersByNetwork(units, networks, environments, environmentNetworks);
  const findGroup = finder(all("security_groups"), ({ group }) => [group.value]);
  const exits = groupBy(
    all("exits"),
    ({ unit, vpc, subnet }) => (vpc && vpcKey(unit, vpc)) ?? vpcOf(unit, subnet) ?? `*${unit}`,
  );
  const findTemplate = finder(all("launch_templates"), ({ names }) => names.map(({ value }) => value));
  const findImage = finder(all("machine_images"), ({ image }) => [image.value]);
  const forSecrets = all("endpoints").filter(mayBeForSecrets);
  const linked = [...networks].map(([key, network]): Network => {
    const seen = readers.get(key);
    const stray = <R extends Placed>(part: string, list: readonly R[]): Unseen[] =>
      list
        .filter((one) => mayBeIn(one, key, network))
        .map(({ address, unit, at }) => ({ part, cause: { kind: "endpoint", name: address, unit }, at }));
    const unseen = [
      ...network.unseen,
      ...stray("endpoints", forSecrets),
      ...stray(
        "ways out",
        all("exits").filter(({ unit, vpc }) => vpc && unit !== network.unit),
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
      reader_count: seen?.list.length ?? 0,
      readers_certain: seen?.certain ?? false,
    };
  });
  return {
    networks: linked,
    endpoints: new Map(
      [...endpointsOf].flatMap(([key, list]) =>
        list.map((one): [string, Endpoint] => [
          one.id,
          linkEndpoint(one, (key && networks.get(key)?.id) ?? null, findGroup),
        ]),
      ),
    ),
    computeEnvironments: environments.map((one) => {
      const [key, ...more] = environmentNetworks.get(one) ?? [];
      return linkEnvironment(one, key && more.length === 0 ? (networks.get(key)?.id ?? null) : null, {
        findTemplate,
        findImage,
      });
    }),
    readers: new Map([...readers].map(([key, { list }]) => [networks.get(key)?.id ?? key, list])),
  };
}

function mayBeForSecrets({ service }: EndpointResource): boolean {
  return !isLiteral(service.value) || service.value.includes("secretsmanager");
}

type Placed = Pick<EndpointResource, "unit" | "vpc" | "address" | "at">;

/**
 * Whether something may be in a network although it does not say so: its VPC can't be decided, or only looks like
 * another one, since two names may mean one VPC unless both are declared. Another unit may have any name for it, also
 * its id.
 */
function mayBeIn({ unit, vpc }: Placed, key: string, network: NetworkResource): boolean {
  if (!vpc) return unit === network.unit;
  if (vpcKey(unit, vpc) === key) return false;
  if (unit === network.unit) return !network.declared || hasWideHole(vpc.value) || hasWideHole(network.vpc.value);
  if (!network.declared) return true;
  return insides(vpc.value)
    .map(holeOf)
    .every(({ identifies, origin }) => identifies === null && origin.kind !== "module");
}

/** One key for one VPC. An id such as `vpc-1` may be of any account, so it counts with its unit. */
function vpcKey(unit: string, vpc: Text): string {
  return isOfOneUnit(vpc.value) ? vpc.value : `${unit} ${vpc.value}`;
}

type VpcFinder = (unit: string, subnet: Text | null) => string | undefined;

function vpcFinder(findSubnet: Finder<SubnetResource>): VpcFinder {
  return (unit, subnet) => {
    const found = subnet && findSubnet(unit, [subnet.value])?.resource;
    return found?.vpc ? vpcKey(found.unit, found.vpc) : undefined;
  };
}

function undeclared({ id, address, unit, at }: EndpointResource, vpc: Text): NetworkResource {
  return {
    id: `${id} network`,
    address: `the network of ${address}`,
    unit,
    at,
    unseen: [],
    vpc,
    declared: false,
    dns_support: null,
    dns_hostnames: null,
  };
}

/** The networks of a compute environment by their keys; undefined means a subnet that can't be followed. */
function networksOf({ unit, subnets }: ComputeEnvironmentResource, vpcOf: VpcFinder): (string | undefined)[] {
  return subnets.length === 0 ? [undefined] : [...new Set(subnets.map((subnet) => vpcOf(unit, subnet)))];
}

interface Readers {
  readonly list: Dependent[];
  certain: boolean;
}

/**
 * Which references are read in which network. The jobs of a unit run in the networks of its compute environments. Where
 * a unit has none, or one can't be followed, they may run in any network of the unit.
 */
function readersByNetwork(
  units: readonly Unit[],
  networks: ReadonlyMap<string, NetworkResource>,
  environments: readonly ComputeEnvironmentResource[],
  environmentNetworks: ReadonlyMap<ComputeEnvironmentResource, readonly (string | undefined)[]>,
): Map<string, Readers> {
  const environmentsOf = groupBy(environments, ({ unit }) => unit);
  const networksOfUnit = groupBy(networks.keys(), (key) => networks.get(key)?.unit);
  const result = new Map<string, Readers>();
  for (const { id, resources } of units) {
    const list = resources.job_definitions.flatMap(readersOf);
    if (list.length === 0) continue;
    const keys = (environmentsOf.get(id) ?? []).flatMap((one) => environmentNetworks.get(one) ?? []);
    const certain = keys.length > 0 && !keys.includes(undefined);
    const known = keys.filter((key) => key !== undefined);
    for (const key of new Set(certain ? known : [...known, ...(networksOfUnit.get(id) ?? [])])) {
      const readers = into(result, key, () => ({ list: [], certain: true }));
      for (const reader of list) readers.list.push(reader);
      readers.certain &&= certain;
    }
  }
  return result;
}

function readersOf(job: JobDefinition): Dependent[] {
  return job.containers.flatMap((container) => dependentsIn(job, container).map(({ dependent }) => dependent));
}

function linkEndpoint(
  { security_groups, subnets: _, vpc: __, ...endpoint }: EndpointResource,
  network: string | null,
  findGroup: Finder<SecurityGroupResource>,
): Endpoint {
  return { ...endpoint, network, ingress: ingressOf(endpoint.unit, security_groups, findGroup) };
}

/** The inbound rules of all groups; null if one can't be seen, or the VPC's default group counts. */
function ingressOf(
  unit: string,
  groups: readonly Text[] | null,
  find: Finder<SecurityGroupResource>,
): Ingress[] | null {
  if (!groups || groups.length === 0) return null;
  const rules: Ingress[] = [];
  for (const group of groups) {
    const ingress = find(unit, [group.value])?.resource.ingress;
    if (!ingress) return null;
    rules.push(...ingress);
  }
  return rules;
}
