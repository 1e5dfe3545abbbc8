/** Everything that was declared in a run, linked: what cases are built from. */
import type { ComputeEnvironment, PlacesOf } from "./environments.ts";
import type { JobDefinition, Key, Policy, Secret } from "./located.ts";
import type { Network, Networks } from "./networks.ts";
import type { Dependent } from "./references.ts";
import type { Names } from "./resolve.ts";
import type { Role } from "./roles.ts";
import type { Keyed, SidesOf } from "./sides.ts";

/** By the id of a resource, every reference that depends on it. */
export type Readers = ReadonlyMap<string, readonly Dependent[]>;

/** What has a case and is no job. */
export type Other = Policy | Secret | Network | ComputeEnvironment;

/** Everything that was declared, linked. */
export interface World extends Names {
  readonly jobs: readonly JobDefinition[];
  readonly roles: readonly Role[];
  readonly policies: readonly Policy[];
  readonly secrets: readonly Secret[];
  readonly keys: ReadonlyMap<string, Key>;
  readonly keyed: Keyed;
  readonly networks: Networks;
  /** Where a job may run. */
  readonly placesOf: PlacesOf;
  /** What a job may be by what is chosen in it, in its roles and in their policies. */
  readonly sidesOf: SidesOf;
  readonly readers: Readers;
  /** The units that are read only for what they declare and add to others. */
  readonly context: ReadonlySet<string>;
  /** The units of raw files, which hold values only and refer to nothing. */
  readonly raw: ReadonlySet<string>;
}
