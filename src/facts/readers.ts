/** The references that depend on a resource: what rules about anything but a job answer for (DESIGN §4). */

import { addTo, into } from "../maps.ts";
import type { PlacesOf } from "./environments.ts";
import type { JobDefinition, Key, Secret, Statement } from "./located.ts";
import type { Networks } from "./networks.ts";
import { type Dependent, dependentsIn } from "./references.ts";
import { type Names, resolve } from "./resolve.ts";
import { policiesCarriedBy, type Role } from "./roles.ts";
import type { SubjectKind } from "./schema.ts";
import { type SidesOf, withSides } from "./sides.ts";
import type { Readers } from "./world.ts";

/** How many readers a case shows: the case of a role of 10,000 jobs must stay small. */
const SHOWN = 20;

/**
 * The readers that a case shows: all of a job, else the first, and the first of those that no other is like. Others
 * share the answer of one that they are like.
 */
export function shownReaders(readers: Readers, kind: SubjectKind, id: string): readonly Dependent[] {
  const all = readers.get(id) ?? [];
  if (kind === "job_definition" || all.length <= SHOWN) return all;
  const seen = new Set<string>();
  return all.filter((one, index) => {
    const isNew = !seen.has(likeness(one));
    if (isNew) seen.add(likeness(one));
    return isNew || index < SHOWN;
  });
}

/** What a rule about anything but a job can distinguish readers by: the service that they ask, and where they run. */
export function likeness({ service, run }: Pick<Dependent, "service" | "run">): string {
  return `${service} ${run}`;
}

interface Linked extends Names {
  readonly jobs: readonly JobDefinition[];
  readonly roles: readonly Role[];
  readonly secrets: readonly Secret[];
  readonly keys: ReadonlyMap<string, Key>;
  readonly networks: Networks;
  readonly placesOf: PlacesOf;
  readonly sidesOf: SidesOf;
}

/**
 * The readers of everything: of a job its own references; of a role those of the containers that it executes; of a
 * policy those of the role, the secret or the key that carries it; of a secret, a parameter and a key those that name
 * it; of a network what is read there; of a compute environment those of the jobs that may run there.
 */
export function readersOf(linked: Linked): Readers {
  const readers = new Map<string, Dependent[]>();
  for (const job of linked.jobs) {
    const environments = linked.placesOf(job).environments.map(({ id }) => id);
    const onSides = withSides(job, linked.sidesOf(job)).map((one) => dependencies(one, linked, linked.networks.runOf));
    for (const [index, { dependent }] of (onSides[0] ?? []).entries()) {
      const ids = onSides.flatMap((one) => one[index]?.ids ?? []);
      for (const id of new Set([...ids, ...environments])) addTo(readers, id, dependent);
    }
  }
  const carriers = new Map<string, Set<string>>();
  const carry = (
    carrier: { readonly id: string; readonly unit: string },
    statements: readonly Statement[],
    unseen: Role["unseen"] = [],
  ) => {
    const { id, unit } = carrier;
    for (const policy of policiesCarriedBy({ unit, statements, unseen }))
      into(carriers, policy, () => new Set()).add(id);
  };
  for (const role of linked.roles) carry(role, [...role.statements, ...(role.trust ?? [])], role.unseen);
  for (const secret of linked.secrets) carry(secret, secret.statements);
  for (const key of linked.keys.values()) carry(key, [...key.statements, ...key.grants]);
  for (const [policy, ids] of carriers) {
    const all = new Set([...ids].flatMap((id) => readers.get(id) ?? []));
    if (all.size > 0) readers.set(policy, [...all]);
  }
  return new Map([...readers, ...linked.networks.readers]);
}

/** Each reference of a job with the ids of what it depends on. */
function dependencies(
  job: JobDefinition,
  names: Names,
  runOf: Networks["runOf"],
): { ids: readonly string[]; dependent: Dependent }[] {
  const resolved = resolve(job, names);
  const keys = new Map([...resolved.secrets, ...resolved.parameters].map(({ id, key }) => [id, key]));
  return resolved.job.containers.flatMap((container) =>
    dependentsIn(job, container, runOf(job, container)).map(({ reference: { secret, parameter }, dependent }) => {
      const named = secret ?? parameter;
      const ids = [job.id, container.execution_role?.role, named, named && keys.get(named)];
      return { ids: ids.filter((id) => typeof id === "string"), dependent };
    }),
  );
}
