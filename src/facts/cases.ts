/** Builds the cases: one subject with everything it depends on, places replaced by their indexes (DESIGN §4). */

import { groupBy, into } from "../maps.ts";
import type { Place } from "../source.ts";
import { isPlaceKey, type JobDefinition, type Key, type Located } from "./located.ts";
import { shownReaders } from "./readers.ts";
import { type Dependent, dependentsIn } from "./references.ts";
import { type Resolved, resolve } from "./resolve.ts";
import type { Hole } from "./schema/common.ts";
import type { Case, SubjectKind } from "./schema.ts";
import { jobOnSide, onSide, type Side, type Sides, withKeysOnSide } from "./sides.ts";
import { type Surroundings, surroundings } from "./surroundings.ts";
import { canonical, holeOf, insides, isLiteral } from "./text.ts";
import { weightOf, weightOfWritten } from "./weight.ts";
import type { Other, World } from "./world.ts";

export interface BuiltCase {
  readonly input: Case;
  readonly places: readonly Place[];
  readonly address: string;
  /**
   * Of a case in which something is chosen: its sides, which follow as cases of their own. Their places are among its
   * own.
   */
  readonly sides?: Sides;
  /** Of a case that has one side. */
  readonly side?: Side;
}

/** How many secrets without a known link a job's case carries: those of one unit are few. */
const NEIGHBOURS = 20;

/** Whether a case is left out, since it weighs too much: `weightOf`, null before it is looked at. */
type Refuse = (subject: { readonly address: string; readonly at: Place }, weight: number | null) => boolean;

/** Whether any rule is to be asked about something that is no job. */
type IsAsked = (kind: SubjectKind, subject: Other) => boolean;

interface CaseOptions {
  readonly refuse?: Refuse;
  readonly isAsked?: IsAsked;
  /** Whether a job's case is followed by its sides. */
  readonly withSides?: boolean;
}

/** All cases of the kinds, in the order of the files. Each is built when it is asked for. */
export function* buildCases(
  world: World,
  kinds: ReadonlySet<SubjectKind>,
  { refuse = () => false, isAsked = () => true, withSides = false }: CaseOptions = {},
): Generator<BuiltCase> {
  const from = { world, refuse, withSides, rows: new Map<string, Hole>() };
  if (kinds.has("job_definition")) yield* jobCases(from);
  const counts = (kind: SubjectKind, subject: Other): boolean =>
    (!world.context.has(subject.unit) || world.readers.has(subject.id)) && isAsked(kind, subject);
  if (kinds.has("policy")) {
    // Raw files share their names.
    const within = (unit: string) => (world.raw.has(unit) ? "" : unit);
    const keys = groupBy(world.keys.values(), ({ unit }) => within(unit));
    for (const policy of world.policies) {
      if (world.context.has(policy.unit) || !isAsked("policy", policy)) continue;
      const named = (keys.get(within(policy.unit)) ?? []).slice(0, NEIGHBOURS).map(withoutPolicy);
      yield* build(from, "policy", policy, { policies: [policy], keys: named });
    }
  }
  if (kinds.has("secret")) {
    for (const secret of world.secrets) {
      if (!counts("secret", secret)) continue;
      yield* build(from, "secret", secret, { secrets: [secret], keys: keysOf(world, [secret]) });
    }
  }
  if (kinds.has("network")) {
    for (const network of world.networks.networks.values()) {
      if (!counts("network", network)) continue;
      yield* build(from, "network", network, { networks: [network] });
    }
  }
  if (kinds.has("compute_environment")) {
    for (const environment of world.networks.environments.values()) {
      if (!counts("compute_environment", environment)) continue;
      yield* build(from, "compute_environment", environment, { compute_environments: [environment] });
    }
  }
}

interface From {
  readonly world: World;
  readonly refuse: Refuse;
  readonly withSides: boolean;
  /** What is known of each hole, as cases have it. */
  readonly rows: Map<string, Hole>;
}

/** What the sides of all cases of a run may weigh: those of some five hundred jobs, each with two. */
const MOST_OF_ALL_SIDES = 150_000;

function* jobCases(from: From): Generator<BuiltCase> {
  const { world } = from;
  let left = from.withSides ? MOST_OF_ALL_SIDES : 0;
  const binaries = groupBy(
    world.secrets.filter(({ contents }) => contents.some(({ kind }) => kind === "binary")),
    ({ unit }) => unit,
  );
  for (const job of world.jobs) {
    if (from.refuse(job, null)) continue;
    const { environments: compute_environments, certain, more } = world.placesOf(job);
    const runs_in = { environments: compute_environments.map(({ id }) => id), certain, more };
    const partsOf = (reached: Resolved) => {
      const secrets = [...new Set([...reached.secrets, ...(binaries.get(job.unit) ?? []).slice(0, NEIGHBOURS)])];
      return {
        job_definitions: [{ ...reached.job, runs_in }],
        roles: reached.roles,
        secrets,
        parameters: reached.parameters,
        keys: keysOf(world, [...secrets, ...reached.parameters]),
        compute_environments,
      };
    };
    const onSides = left > 0 ? world.sidesOf(job).all.map((side) => contentOn(side, job, partsOf, world)) : [];
    const weight = onSides.reduce((sum, { parts }) => sum + weightOf(parts), 0);
    const affordable = weight <= left ? onSides : [];
    for (const whole of build(from, "job_definition", job, partsOf(resolve(job, world)))) {
      left -= affordable.length > 0 ? weight : 0;
      yield affordable.length > 0 ? { ...whole, sides: world.sidesOf(job) } : whole;
      for (const content of affordable)
        yield { ...written(from, "job_definition", job, content, whole.places), side: content.side };
    }
  }
}

/** What is in a job's case on one of its sides. */
function contentOn(side: Side, job: JobDefinition, partsOf: (reached: Resolved) => Parts, world: World) {
  const reached = withKeysOnSide(resolve(jobOnSide(job, side), world), side, world.keyed);
  const readers = reached.job.containers.flatMap((container) =>
    dependentsIn(job, container, world.networks.runOf(job, container)).map(({ dependent }) => dependent),
  );
  return { side, parts: onSide(partsOf(reached), side), readers };
}

type Maps = Omit<Case, "subject" | "deployment" | "readers" | "holes" | "runs">;
type Parts = { readonly [K in keyof Maps]?: readonly Located<Maps[K][string]>[] };

type Subject = { readonly id: string; readonly unit: string; readonly at: Place; readonly address: string };

/** What is the same wherever its readers run: its case says nothing of that. */
const PLACELESS: ReadonlySet<SubjectKind> = new Set(["policy", "secret"]);

function* build(from: From, kind: SubjectKind, subject: Subject, parts: Parts): Generator<Written> {
  const { world, refuse } = from;
  if (kind !== "job_definition" && refuse(subject, null)) return;
  const readers = shownReaders(world.readers, kind, subject.id);
  const around = surroundings(world.networks, PLACELESS.has(kind) ? [] : readers, parts);
  if (refuse(subject, weightOf({ ...parts, ...around }))) return;
  const made = written(from, kind, subject, { parts, readers, around });
  if (!refuse(subject, weightOfWritten(made.input, made.places.length))) yield made;
}

interface Content {
  readonly parts: Parts;
  readonly readers: readonly Dependent[];
  readonly around?: Surroundings;
}

/** A case as it is made, whose places may still get more. */
type Written = Omit<BuiltCase, "places"> & { readonly places: Place[] };

/** Writes a case, its places behind those that are there. */
function written(from: From, kind: SubjectKind, subject: Subject, content: Content, places: Place[] = []): Written {
  const { world, rows } = from;
  const { parts, readers, around = surroundings(world.networks, readers, parts) } = content;
  const { id, unit, at } = subject;
  const numbers: Numbers = { places, found: new Map(), rows };
  const byId = <R extends { readonly id: string }>(list: readonly R[] = []): Record<string, never> => {
    // A plain object with other keys than all before it costs V8 a shape of its own.
    const map = Object.create(null);
    for (const one of list) map[canonical(one.id)] = numbered(one, numbers);
    return map;
  };
  const input: Case = {
    subject: numbered({ kind, id, unit, ...(world.raw.has(unit) && { raw: true }), at }, numbers) as Case["subject"],
    deployment: numbered(world.deploymentOf(unit), numbers) as Case["deployment"],
    readers: numbered(readers, numbers) as Case["readers"],
    holes: Object.create(null),
    job_definitions: byId(parts.job_definitions),
    roles: byId(parts.roles),
    policies: byId(parts.policies),
    secrets: byId(parts.secrets),
    parameters: byId(parts.parameters),
    keys: byId(parts.keys),
    runs: numbered(around.runs, numbers) as Case["runs"],
    networks: byId(around.networks),
    subnets: byId(around.subnets),
    security_groups: byId(around.security_groups),
    endpoints: byId(around.endpoints),
    compute_environments: byId(around.compute_environments),
  };
  for (const { origin, arn } of numbers.found.values()) {
    for (const inside of origin.of) addHole(inside, numbers);
    if (arn !== null) addHoles(arn, numbers);
  }
  for (const [inside, hole] of numbers.found) input.holes[inside] = hole;
  return { input, places, address: subject.address };
}

/** What the numbers and the tokens of a case mean: its places, and the holes that are in its texts. */
interface Numbers {
  readonly places: Place[];
  readonly found: Map<string, Hole>;
  readonly rows: Map<string, Hole>;
}

/**
 * The same value, in which every place is its index in `places`, and every token has the width that is known in the end.
 * What tokens stand for is added to `found`. Only what changes is copied: a case has thousands of objects.
 */
function numbered(value: object, numbers: Numbers | null): unknown {
  if (Array.isArray(value)) return numberedList(value, numbers);
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const item: unknown = value[key as keyof typeof value];
    const made = isPlace(item) && isPlaceKey(key) ? numberOf(item, numbers) : numberedItem(item, numbers);
    if (made !== item) {
      copy ??= { ...value };
      copy[key] = made;
    }
  }
  return copy ?? value;
}

function numberedList(list: readonly unknown[], numbers: Numbers | null): readonly unknown[] {
  let copy: unknown[] | undefined;
  list.forEach((item, index) => {
    const made = numberedItem(item, numbers);
    if (made !== item) {
      copy ??= [...list];
      copy[index] = made;
    }
  });
  return copy ?? list;
}

function numberedItem(item: unknown, numbers: Numbers | null): unknown {
  if (typeof item === "string") return isLiteral(item) ? item : canonicalText(item, numbers);
  return typeof item === "object" && item !== null ? numbered(item, numbers) : item;
}

function numberOf(place: Place, numbers: Numbers | null): number {
  return numbers ? numbers.places.push(place) - 1 : 0;
}

/** The maps of a case have ids for keys, so a key alone does not make a place. */
function isPlace(item: unknown): item is Place {
  return typeof item === "object" && item !== null && "start" in item && typeof item.start === "number";
}

function canonicalText(value: string, numbers: Numbers | null): string {
  if (numbers) addHoles(value, numbers);
  return canonical(value);
}

/** Adds what is known of the holes of a text. What they are computed from is added when all are known. */
function addHoles(value: string, numbers: Numbers): void {
  for (const inside of insides(value)) addHole(inside, numbers);
}

function addHole(inside: string, { found, rows }: Numbers): void {
  if (found.has(inside)) return;
  // What is known of a hole may name the hole itself: the name of a secret is a part of its ARN.
  found.set(
    inside,
    into(rows, inside, () => numbered(holeOf(inside), null) as Hole),
  );
}

/** A key that a policy may name: who may use it is another question, and a hundred grants are a long answer. */
function withoutPolicy(key: Key): Key {
  return { ...key, statements: [], grants: [], complete: false };
}

function keysOf(world: World, owners: readonly { readonly key: string | null }[]) {
  const ids = new Set(owners.flatMap(({ key }) => key ?? []));
  return [...ids].flatMap((id) => world.keys.get(id) ?? []);
}
