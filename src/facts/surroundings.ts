/** Where the readers of a case may run: compute environments, and everything of their networks. */

import type { ComputeEnvironment } from "./environments.ts";
import type { SecurityGroup } from "./groups.ts";
import type { Endpoint, Network, Networks } from "./networks.ts";
import type { Dependent } from "./references.ts";
import type { Run } from "./runs.ts";
import type { Subnet } from "./subnets.ts";

export interface Surroundings {
  readonly runs: Readonly<Record<string, Run>>;
  readonly networks: readonly Network[];
  readonly subnets: readonly Subnet[];
  readonly security_groups: readonly SecurityGroup[];
  readonly endpoints: readonly Endpoint[];
  readonly compute_environments: readonly ComputeEnvironment[];
}

/** What a case has already, of these kinds. */
export interface Given {
  readonly networks?: readonly Network[];
  readonly compute_environments?: readonly ComputeEnvironment[];
}

/** Everything that the readers' ways to AWS depend on, and what is given. */
export function surroundings(world: Networks, readers: readonly Dependent[], given: Given): Surroundings {
  const keys = new Set(readers.flatMap(({ run }) => run ?? []));
  const runs = Object.fromEntries(
    [...keys].flatMap((key) => {
      const run = world.runs.get(key);
      return run ? [[key, run]] : [];
    }),
  ) as Record<string, Run>;
  const reached = Object.values(runs);
  const ofRuns = ids(reached.flatMap(({ environments, elsewhere }) => [...environments, ...elsewhere]));
  const environments = ofRuns.flatMap((id) => world.environments.get(id) ?? []);
  const compute_environments = [...new Set([...(given.compute_environments ?? []), ...environments])];
  const own = named(
    world.subnets,
    environments.flatMap(({ subnet_ids }) => subnet_ids),
  );
  const networks = [
    ...new Set([
      ...(given.networks ?? []),
      ...named(world.networks, [...own.map(({ network }) => network), ...reached.flatMap((run) => run.networks)]),
    ]),
  ];
  const endpoints = named(
    world.endpoints,
    networks.flatMap((network) => network.endpoints),
  );
  const subnets = named(world.subnets, [
    ...own.flatMap(({ id, routes }) => [id, ...routes.map(({ subnet = null }) => subnet)]),
    ...endpoints.flatMap(({ subnet_ids = [] }) => subnet_ids),
  ]);
  const groups = [...environments, ...endpoints].flatMap(({ security_groups }) => security_groups ?? []);
  return {
    runs,
    networks,
    subnets,
    security_groups: named(
      world.groups,
      groups.map(({ id }) => id),
    ),
    endpoints,
    compute_environments,
  };
}

function ids(list: readonly (string | null)[]): readonly string[] {
  return [...new Set(list)].filter((id) => id !== null);
}

function named<R>(all: ReadonlyMap<string, R>, list: readonly (string | null)[]): readonly R[] {
  return ids(list).flatMap((id) => all.get(id) ?? []);
}
