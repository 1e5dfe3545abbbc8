/** Where jobs may run, with the networks there: the environments of their unit, and others of the run. */

import { groupBy } from "../maps.ts";
import type { Cause } from "./causes.ts";
import { apartLater } from "./deployments.ts";
import { type ComputeEnvironment, mayBeOneDeployment, type PlacesOf } from "./environments.ts";
import type { Container, JobDefinition, Located } from "./located.ts";
import type { Case } from "./schema.ts";

export type Run = Located<Case["runs"][string]>;

/** How many environments of other units are shown. Of more, none is: whatever they are like, others are not seen. */
const MOST_ELSEWHERE = 4;

export interface Runs {
  /** Where the jobs of a container may run; undefined when nothing of it is in the files. */
  readonly runOf: (job: JobDefinition, container: Container) => string | undefined;
  readonly runs: ReadonlyMap<string, Run>;
}

/** What is known of the networks of compute environments and units. */
export interface Around {
  readonly environments: readonly ComputeEnvironment[];
  readonly placesOf: PlacesOf;
  readonly deploymentOf: (unit: string) => Case["deployment"];
  /** Whether a subnet or a security group of it is in the files. */
  readonly isSeen: (environment: ComputeEnvironment) => boolean;
  /** Whether a subnet of it can be followed to a network. */
  readonly isPlaced: (environment: ComputeEnvironment) => boolean;
  /** Whether only names say in which subnets it is. */
  readonly isByName: (environment: ComputeEnvironment) => boolean;
  /** The ids of the networks of a unit. */
  readonly networksIn: (unit: string) => readonly string[];
}

/** Opens the runs of all jobs. Each is made when the first container of its kind asks for it. */
export function openRuns(around: Around): Runs {
  const runs = new Map<string, Run>();
  const made = new Map<string, string | undefined>();
  const othersOf = environmentsElsewhere(around);
  const make = (job: JobDefinition, platform: string | null, public_ip: boolean | null): Run | undefined => {
    const { environments: all, certain, more } = around.placesOf(job);
    const environments = all.filter((one) => fits(one, platform));
    const networks = environments.some(around.isPlaced) ? [] : around.networksIn(job.unit);
    if (networks.length === 0 && !environments.some(around.isSeen)) return undefined;
    const others = othersOf(job.unit, new Set(all)).filter((one) => fits(one, platform));
    const [next] = certain ? others.slice(MOST_ELSEWHERE) : [];
    const unseen: Cause | null = more ?? (next ? { kind: "elsewhere", name: next.address, unit: next.unit } : null);
    return {
      platform,
      public_ip,
      environments: environments.map(({ id }) => id),
      elsewhere: certain && unseen === null ? others.map(({ id }) => id) : [],
      certain: certain && environments.length > 0 && !environments.some(around.isByName),
      networks,
      unseen,
    };
  };
  return {
    runs,
    runOf: (job, { kind, platform, public_ip = false }) => {
      if (kind === "eks") return undefined;
      const address = platform === "EC2" ? false : public_ip;
      const key = `${job.unit} ${platform} ${address}`;
      if (made.has(key)) return made.get(key);
      const run = make(job, platform, address);
      if (run) runs.set(key, run);
      made.set(key, run && key);
      return run && key;
    },
  };
}

/** Whether containers of a platform may run in an environment. */
function fits({ platform: there }: ComputeEnvironment, platform: string | null): boolean {
  if (there === "EKS") return false;
  return platform === null || there === null || (there === "FARGATE") === (platform === "FARGATE");
}

/** The first few environments of other units that may be in the same account and Region. */
function environmentsElsewhere({ environments, deploymentOf }: Pick<Around, "environments" | "deploymentOf">) {
  const areApart = apartLater();
  const byPlace = groupBy(environments, ({ unit }) => {
    const { partition, region, account } = deploymentOf(unit);
    return `${partition} ${region} ${account}`;
  });
  return (unit: string, own: ReadonlySet<ComputeEnvironment>): readonly ComputeEnvironment[] => {
    const found: ComputeEnvironment[] = [];
    for (const [first, ...more] of byPlace.values()) {
      if (!first || !mayBeOneDeployment(deploymentOf(unit), deploymentOf(first.unit))) continue;
      for (const one of [first, ...more]) {
        if (found.length > MOST_LOOKED_AT) return found;
        if (one.unit !== unit && !own.has(one) && !areApart(unit, one.unit)) found.push(one);
      }
    }
    return found;
  };
}

/** How many of them are looked at for some of a platform. */
const MOST_LOOKED_AT = 20;
