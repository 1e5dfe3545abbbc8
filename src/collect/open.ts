/**
 * What a run leaves open of an account: the things that would settle its questions, and what its references name and no
 * file declares.
 */

import type { Container, JobDefinition, SecretReference } from "../facts/located.ts";
import { referencesOf } from "../facts/references.ts";
import { resolve } from "../facts/resolve.ts";
import { afterLastSlash, isLiteral } from "../facts/text.ts";
import type { World } from "../facts/world.ts";
import type { Unverified } from "../verdict/finding.ts";
import { keyThing, referenced, type Thing, thingOf } from "./things.ts";

export interface Open {
  readonly things: readonly Thing[];
  /** The questions that no account answers, such as the value of a variable. */
  readonly others: readonly Unverified[];
}

type Kinds = ReadonlySet<string>;

/** The open things of a run, each once, in the order of its job definitions. */
export function openThings(world: World, unverified: readonly Unverified[]): Open {
  const asked = kindsByReference(unverified);
  const things = new Map<string, Thing>();
  const add = (thing: Thing): void => void things.set(JSON.stringify(thing), thing);
  for (const job of world.jobs) for (const thing of ofJob(job, world, asked)) add(thing);
  const others: Unverified[] = [];
  for (const one of unverified) {
    const thing = one.settles ? thingOf(one.settles.name) : undefined;
    if (thing) add(thing);
    else if (!ASKED.has(kindOf(one))) others.push(one);
  }
  return { things: [...things.values()], others };
}

/** What an account can tell. The rest of what settles questions is in files, or known only to a deployment. */
const ASKED: ReadonlySet<string> = new Set(["role", "secret", "key", "network", "policy"]);

/** Files that an account has: what is behind a compute environment. */
const OF_ENVIRONMENTS: ReadonlySet<string> = new Set(["environment", "launch-template", "image", "elsewhere"]);

function kindOf({ settles, cause }: Unverified): string {
  if (OF_ENVIRONMENTS.has(cause.kind)) return "network";
  return settles?.kind ?? "";
}

function kindsByReference(unverified: readonly Unverified[]): ReadonlyMap<string, Kinds> {
  const found = new Map<string, Set<string>>();
  for (const one of unverified) {
    for (const reference of one.references) {
      const kinds = found.get(reference) ?? new Set();
      found.set(reference, kinds.add(kindOf(one)));
    }
  }
  return found;
}

function ofJob(job: JobDefinition, world: World, asked: ReadonlyMap<string, Kinds>): readonly Thing[] {
  const resolved = resolve(job, world);
  const { region: own } = world.deploymentOf(job.unit);
  const region = isLiteral(own) ? own : null;
  const hasPlace = world.placesOf(job).environments.length > 0;
  const secrets = new Map(resolved.secrets.map((one) => [one.id, one]));
  const parameters = new Map(resolved.parameters.map((one) => [one.id, one]));
  const roleNames = new Map(resolved.roles.map(({ id, name }) => [id, name?.value]));
  return resolved.job.containers.flatMap((container) =>
    referencesOf(container).flatMap((reference): readonly Thing[] => {
      const kinds = asked.get(reference.id) ?? NONE;
      const known = secrets.get(reference.secret ?? "") ?? parameters.get(reference.parameter ?? "");
      const isOnEks = container.kind === "eks";
      return [
        ...(kinds.has("role") ? roleOf(container, roleNames) : []),
        ...(!known || kinds.has("secret") ? inRegion(nameOf(reference, known), region) : []),
        ...(kinds.has("key") ? inRegion(keyThing(known?.key_reference?.value ?? "", null), region) : []),
        ...(!isOnEks && (kinds.has("network") || !hasPlace) ? [{ kind: "environments", region } as const] : []),
      ];
    }),
  );
}

const NONE: Kinds = new Set();

function roleOf({ execution_role }: Container, names: ReadonlyMap<string, string | undefined>): readonly Thing[] {
  if (!execution_role) return [];
  const found = thingOf(execution_role.arn.value);
  if (found?.kind === "role") return [found];
  const name = names.get(execution_role.role ?? "") ?? execution_role.arn.value;
  return isLiteral(name) && !name.startsWith("arn:")
    ? [{ kind: "role", name: afterLastSlash(name), account: null }]
    : [];
}

interface Known {
  readonly arn: { readonly value: string };
  readonly name: { readonly value: string } | null;
}

/** What a reference names, by its own text, else by the name of what the files declare or look up for it. */
function nameOf({ named, value_from, site }: SecretReference, known: Known | undefined): Thing | undefined {
  const registry = site === "repositoryCredentials" ? "registry" : "secrets";
  const byText = value_from ? referenced(value_from.value, registry) : undefined;
  if (byText || !known?.name || !isLiteral(known.name.value)) return byText;
  const { value: name } = known.name;
  return named?.service === "ssm"
    ? { kind: "parameter", name, region: null, account: null }
    : { kind: "secret", id: name, region: null };
}

/** A thing whose Region nothing says is in that of the job. */
function inRegion(thing: Thing | undefined, region: string | null): readonly Thing[] {
  if (!thing) return [];
  return "region" in thing && thing.region === null ? [{ ...thing, region }] : [thing];
}
