/** Builds the cases: one subject with everything it depends on, places replaced by their indexes (DESIGN §4). */
import type { Place } from "../source.ts";
import { groupBy } from "./maps.ts";
import { shownReaders } from "./readers.ts";
import { resolve } from "./resolve.ts";
import { isPlaceKey, type Located } from "./resources.ts";
import type { Case, Hole, SubjectKind } from "./schema.ts";
import { surroundings } from "./surroundings.ts";
import { canonical, holeOf, insides, isLiteral } from "./text.ts";
import { weightOf } from "./weight.ts";
import type { World } from "./world.ts";

export interface BuiltCase {
  readonly input: Case;
  readonly places: readonly Place[];
  readonly address: string;
}

type LocatedCase = { readonly [K in keyof Case]: Located<Case[K]> };

/** How many secrets without a known link a job's case carries: those of one unit are few. */
const NEIGHBOURS = 20;

/** Whether a case is left out, since it weighs too much: `weightOf`. */
type Refuse = (subject: { readonly address: string; readonly at: Place }, weight: number) => boolean;

/** All cases of the kinds, in the order of the files. Each is built when it is asked for. */
export function* buildCases(
  world: World,
  kinds: ReadonlySet<SubjectKind>,
  refuse: Refuse = () => false,
): Generator<BuiltCase> {
  const from = { world, refuse };
  if (kinds.has("job_definition")) yield* jobCases(from);
  const counts = ({ id, unit }: { readonly id: string; readonly unit: string }): boolean =>
    !world.context.has(unit) || world.readers.has(id);
  if (kinds.has("policy")) {
    const keys = groupBy(world.keys.values(), ({ unit }) => unit);
    for (const policy of world.policies) {
      if (world.context.has(policy.unit)) continue;
      yield* build(from, "policy", policy, {
        policies: [policy],
        keys: (keys.get(policy.unit) ?? []).slice(0, NEIGHBOURS),
      });
    }
  }
  if (kinds.has("secret")) {
    for (const secret of world.secrets.filter(counts))
      yield* build(from, "secret", secret, { secrets: [secret], keys: keysOf(world, [secret]) });
  }
  if (kinds.has("network")) {
    for (const network of [...world.networks.networks.values()].filter(counts)) {
      yield* build(from, "network", network, { networks: [network] });
    }
  }
  if (kinds.has("compute_environment")) {
    for (const environment of [...world.networks.environments.values()].filter(counts)) {
      yield* build(from, "compute_environment", environment, { compute_environments: [environment] });
    }
  }
}

interface From {
  readonly world: World;
  readonly refuse: Refuse;
}

function* jobCases(from: From): Generator<BuiltCase> {
  const { world } = from;
  const binaries = groupBy(
    world.secrets.filter(({ contents }) => contents.some(({ kind }) => kind === "binary")),
    ({ unit }) => unit,
  );
  for (const job of world.jobs) {
    const reached = resolve(job, world);
    const { environments: compute_environments, certain, more } = world.placesOf(job);
    const runs_in = { environments: compute_environments.map(({ id }) => id), certain, more };
    const secrets = [...new Set([...reached.secrets, ...(binaries.get(job.unit) ?? []).slice(0, NEIGHBOURS)])];
    yield* build(from, "job_definition", job, {
      job_definitions: [{ ...reached.job, runs_in }],
      roles: reached.roles,
      secrets,
      parameters: reached.parameters,
      keys: keysOf(world, [...secrets, ...reached.parameters]),
      compute_environments,
    });
  }
}

type Maps = Omit<Case, "subject" | "deployment" | "readers" | "holes" | "runs">;
type Parts = { readonly [K in keyof Maps]?: readonly Located<Maps[K][string]>[] };

function* build(
  { world, refuse }: From,
  kind: SubjectKind,
  subject: { readonly id: string; readonly unit: string; readonly at: Place; readonly address: string },
  parts: Parts,
): Generator<BuiltCase> {
  const byId = <R extends { readonly id: string }>(list: readonly R[] = []): Record<string, R> =>
    Object.fromEntries(list.map((one) => [canonical(one.id), one]));
  const readers = shownReaders(world.readers, kind, subject.id);
  const around = surroundings(world.networks, readers, parts);
  const located: LocatedCase = {
    subject: {
      kind,
      id: subject.id,
      unit: subject.unit,
      ...(world.raw.has(subject.unit) && { raw: true }),
      at: subject.at,
    },
    deployment: world.deploymentOf(subject.unit),
    readers,
    holes: {},
    job_definitions: byId(parts.job_definitions),
    roles: byId(parts.roles),
    policies: byId(parts.policies),
    secrets: byId(parts.secrets),
    parameters: byId(parts.parameters),
    keys: byId(parts.keys),
    ...around,
    networks: byId(around.networks),
    subnets: byId(around.subnets),
    security_groups: byId(around.security_groups),
    endpoints: byId(around.endpoints),
    compute_environments: byId(around.compute_environments),
  };
  if (refuse(subject, weightOf(located))) return;
  const places: Place[] = [];
  const found = new Map<string, Hole>();
  const input = numbered(located, places, found) as Case;
  for (const { origin, arn } of found.values()) {
    for (const inside of origin.of) addHole(inside, found);
    if (arn !== null) addHoles(arn, found);
  }
  yield { input: { ...input, holes: Object.fromEntries(found) }, places, address: subject.address };
}

/**
 * A copy in which every place is its index in `places`, and every token has the width that is known in the end. What
 * tokens stand for is added to `found`.
 */
function numbered(value: object, places: Place[], found: Found): unknown {
  if (Array.isArray(value)) return value.map((item) => numberedItem(item, places, found));
  // A case has thousands of objects of a few dozen shapes: a copy of one is cheaper than one made key by key.
  const copy: Record<string, unknown> = { ...value };
  for (const key in copy) {
    const item = copy[key];
    if (typeof item === "string") {
      if (!isLiteral(item)) copy[key] = canonicalText(item, found);
    } else if (typeof item === "object" && item !== null) {
      copy[key] = isPlaceKey(key) && isPlace(item) ? places.push(item) - 1 : numbered(item, places, found);
    }
  }
  return copy;
}

function numberedItem(item: unknown, places: Place[], found: Found): unknown {
  if (typeof item === "string") return isLiteral(item) ? item : canonicalText(item, found);
  return typeof item === "object" && item !== null ? numbered(item, places, found) : item;
}

/** The maps of a case have ids for keys, so a key alone does not make a place. */
function isPlace(item: object): item is Place {
  return "start" in item && typeof item.start === "number";
}

/** Holes that are found on the way; null where nobody collects them. */
type Found = Map<string, Hole> | null;

function canonicalText(value: string, found: Found): string {
  if (found) addHoles(value, found);
  return canonical(value);
}

/** Adds what is known of the holes of a text. What they are computed from is added when all are known. */
function addHoles(value: string, found: Map<string, Hole>): void {
  for (const inside of insides(value)) addHole(inside, found);
}

function addHole(inside: string, found: Map<string, Hole>): void {
  if (found.has(inside)) return;
  // What is known of a hole may name the hole itself: the name of a secret is a part of its ARN.
  found.set(inside, numbered(holeOf(inside), [], null) as Hole);
}

function keysOf(world: World, owners: readonly { readonly key: string | null }[]) {
  const ids = new Set(owners.flatMap(({ key }) => key ?? []));
  return [...ids].flatMap((id) => world.keys.get(id) ?? []);
}
