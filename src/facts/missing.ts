/**
 * What accounts say is not there, and what the files of the run make. Evidence is about the time before the files are
 * deployed: what they make is not there yet, and a role that they declare may have other policies afterwards.
 */

import { addTo, into } from "../maps.ts";
import { splitArn } from "./arn.ts";
import type { Parameter, Secret, Text } from "./located.ts";
import { isLookedUp } from "./merge.ts";
import { otherPlace } from "./namespace.ts";
import { mayBeCalled } from "./pointers.ts";
import {
  bareSecret,
  type MissingResource,
  type ParameterResource,
  type RoleResource,
  type SecretResource,
} from "./resources.ts";
import { afterLastSlash, holeOf, holes, isLiteral, knownEnds } from "./text.ts";
import type { Unit } from "./unit.ts";

/** What is missing, by the ARN that names it; undefined when nothing says so. */
export interface Missing {
  readonly role: (arn: string) => MissingResource | undefined;
  readonly secret: (arn: string | null) => Secret | undefined;
  readonly parameter: (arn: string | null) => Parameter | undefined;
}

type Kind = MissingResource["kind"];
type Made = RoleResource | SecretResource | ParameterResource;

export function missingIn(units: readonly Unit[]): Missing {
  const all = units.flatMap(({ resources }) => resources.missing);
  if (all.length === 0) return { role: () => undefined, secret: () => undefined, parameter: () => undefined };
  const made = madeBy(units);
  const byKey = new Map(all.flatMap((one) => keyOf(one.kind, one.arn.value).map((key) => [key, one] as const)));
  const find = (kind: Kind, arn: string | null): MissingResource | undefined => {
    const [key] = arn === null || !isLiteral(arn) ? [] : keyOf(kind, arn);
    const found = key === undefined ? undefined : byKey.get(key);
    return found && !made(kind, found.arn.value) ? found : undefined;
  };
  const secrets = new Map<MissingResource, Secret>();
  const parameters = new Map<MissingResource, Parameter>();
  return {
    role: (arn) => find("role", arn),
    secret: (arn) => {
      const found = find("secret", arn);
      return found && into(secrets, found, () => missingSecret(found));
    },
    parameter: (arn) => {
      const found = find("parameter", arn);
      return found && into(parameters, found, () => missingParameter(found));
    },
  };
}

/** One thing of one account. A role is known by its name, whatever its path: names are unique in an account. */
function keyOf(kind: Kind, text: string): readonly string[] {
  const arn = splitArn(text);
  if (!arn) return [];
  const { account, region, resource } = arn;
  return [kind === "role" ? `role ${account} ${afterLastSlash(resource)}` : `${kind} ${account} ${region} ${resource}`];
}

/** A resource of the files that has, or may have, the name of what an ARN of evidence names. */
export function madeBy(units: readonly Unit[]): (kind: Kind, arn: string) => Made | undefined {
  const files = units.filter(({ isEvidence }) => !isEvidence).map(({ resources }) => resources);
  const made: Readonly<Record<Kind, readonly Made[]>> = {
    role: files.flatMap(({ roles }) => roles.filter((one) => one.policies_told)),
    secret: files.flatMap(({ secrets }) => secrets.filter((one) => one.declared && !isLookedUp(one))),
    parameter: files.flatMap(({ parameters }) => parameters.filter((one) => one.declared && !isLookedUp(one))),
  };
  const index = {
    role: byName("role", made.role),
    secret: byName("secret", made.secret),
    parameter: byName("parameter", made.parameter),
  };
  return (kind, arn) => {
    const { literal, open } = index[kind];
    const names = namesIn(kind, arn);
    const isOfAccount = (one: Made) => !otherPlace(one.arn.value, arn);
    const [same] = names.flatMap((name) => literal.get(name) ?? []).filter(isOfAccount);
    return (
      same ?? open.find((one) => isOfAccount(one.resource) && names.some((name) => mayBeCalled(name, one)))?.resource
    );
  };
}

/** Resources by their names, and those of which the files know only a part of the name. */
function byName(kind: Kind, all: readonly Made[]) {
  const literal = new Map<string, Made[]>();
  const open: { readonly resource: Made; readonly names: readonly string[] }[] = [];
  for (const resource of all) {
    const names = nameOf(kind, resource);
    for (const name of names.filter(isLiteral)) addTo(literal, name, resource);
    const partly = names.filter((name) => !isLiteral(name) && saysSomething(name));
    if (partly.length > 0) open.push({ resource, names: partly });
  }
  return { literal, open };
}

/** Whether a name has a part that is known, or that a tool makes. One that may be anything would be every thing's. */
function saysSomething(name: string): boolean {
  return knownEnds(name).some((end) => end !== "") || holes(name).every((one) => holeOf(one.name).identifies !== null);
}

function nameOf(kind: Kind, { name, arn }: Made): readonly string[] {
  return name ? [plain(name)] : namesIn(kind, arn.value);
}

function plain({ value }: Text): string {
  return value.replace(/^\//, "");
}

/** The names that an ARN may have: a secret's with and without what may be its suffix. */
function namesIn(kind: Kind, text: string): readonly string[] {
  const resource = splitArn(text)?.resource ?? text;
  if (kind === "role") return [afterLastSlash(resource)];
  if (kind === "parameter") return [resource.replace(/^parameter\//, "")];
  const id = resource.replace(/^secret:/, "");
  return [id, id.replace(/-[A-Za-z0-9]{6}$/, "")];
}

function missingSecret(one: MissingResource): Secret {
  const { existence: _, part: __, ...bare } = bareSecret;
  return { ...bare, ...absent(one), statements: [], complete: true };
}

function missingParameter(one: MissingResource): Parameter {
  return { ...absent(one), type: null, declared: true };
}

/** What is known of a thing that is not there: what it was asked for by, and that it has nothing. */
function absent({ id, address, unit, at, arn }: MissingResource) {
  const known = { id, address, unit, at, arn, gone: { how: "missing", at } as const };
  return { ...known, name: null, key_reference: null, key: null, unseen: [], tags: { given: [], complete: true } };
}

/** All roles. One that an account shows and that the files declare, too, may have other policies once they are deployed. */
export function withNamesakes(units: readonly Unit[]): RoleResource[] {
  const made = units.some(({ isEvidence }) => isEvidence) ? madeBy(units) : () => undefined;
  return units.flatMap(({ isEvidence, resources }) =>
    resources.roles.map((role): RoleResource => {
      const declared = isEvidence ? made("role", role.arn.value) : undefined;
      if (!declared) return role;
      const cause = { kind: "same-role", name: declared.address, unit: declared.unit } as const;
      return { ...role, unseen: [...role.unseen, { part: "policies", cause, at: role.at }] };
    }),
  );
}
