/** What a job's references name: roles, secrets and parameters of the files, or what is not known of them. */

import type { IsGiven } from "./given.ts";
import type { Stored } from "./handed-over.ts";
import type { Container, JobDefinition, Parameter, Secret, SecretReference } from "./located.ts";
import type { Missing } from "./missing.ts";
import { type Finder, type Found, otherPath, parameterKeys, roleKeys, secretKeys } from "./namespace.ts";
import { namedLike } from "./pointers.ts";
import { idOf, type Named, named, referencesOf, type Site, serviceOf, withReferences } from "./references.ts";
import type { Role } from "./roles.ts";
import type { Case } from "./schema.ts";
import { causeOfText, isLiteral } from "./text.ts";

/** How resources are found by what others call them, and where units are deployed. */
export interface Names {
  readonly findRole: Finder<Role>;
  readonly findSecret: Finder<Secret>;
  readonly findParameter: Finder<Parameter>;
  readonly storedIn: Stored;
  readonly missing: Missing;
  readonly deploymentOf: (unit: string) => Case["deployment"];
  /** Whether a string of a unit is given to it by another, in which it means what that declares. */
  readonly isGiven: IsGiven;
}

export interface Resolved {
  readonly job: JobDefinition;
  readonly roles: readonly Role[];
  readonly secrets: readonly Secret[];
  readonly parameters: readonly Parameter[];
}

export function resolve(job: JobDefinition, world: Names): Resolved {
  const deployment = world.deploymentOf(job.unit);
  const roles = new Map<string, Role>();
  const secrets = new Map<string, Secret>();
  const parameters = new Map<string, Parameter>();
  const role = (reference: Container["execution_role"]): Container["execution_role"] => {
    if (!reference) return null;
    const { text: value, doubt } = world.storedIn(job.unit, reference.arn.value);
    const found = world.findRole(job.unit, roleKeys(value));
    if (!found || otherPath(found.resource.arn.value, value)) {
      const missing = world.missing.role(value);
      const gone = missing && { gone: { how: "missing", at: missing.at } as const };
      const kind = gone ? "missing-role" : "role";
      return { ...reference, cause: causeOfText(reference.arn.value) ?? { kind, name: value, unit: null }, ...gone };
    }
    const certain = doubt === null && (found.certain || world.isGiven(job.unit, value, found.resource.unit));
    roles.set(found.resource.id, asSeenFrom({ ...found, certain }));
    return { ...reference, arn: { ...reference.arn, value }, role: found.resource.id, cause: null };
  };
  const given = <R extends { readonly unit: string }>(found: Found<R> | undefined, text: string) =>
    found && { ...found, certain: found.certain || world.isGiven(job.unit, text, found.resource.unit) };
  const reference = (written: SecretReference, site: Site): SecretReference => {
    const from = written.value_from;
    const { text: value, doubt } = world.storedIn(job.unit, from?.value ?? "");
    const meaning = named(from ? value : undefined, site, deployment);
    const linked = (links: Pick<SecretReference, "secret" | "parameter" | "cause">): SecretReference => {
      const value_from = from && (from.value === value ? from : { ...from, value });
      const { name, at, credential, maybe } = written;
      const one = { id: idOf(job, written), name, value_from, site, named: meaning, ...links, at };
      if (credential === undefined && !maybe && !doubt) return one;
      return {
        ...one,
        ...(credential !== undefined && { credential }),
        ...(maybe && { maybe }),
        ...(doubt && { through: doubt }),
      };
    };
    if (!from) return linked({ secret: null, parameter: null, cause: null });
    const service = serviceOf(meaning);
    const found = service === "ssm" ? undefined : meantBy(world.findSecret(job.unit, secretKeys(value)));
    const secret =
      found && isOnlyLookedUp(found)
        ? undefined
        : (found ?? (service === "ssm" ? undefined : world.missing.secret(meaning.arn)));
    // A bare name is one of the deployment's own account and Region, where that is known.
    const called = meaning.arn !== null && isLiteral(meaning.arn) ? meaning.arn : value;
    const parameter =
      service === "ssm"
        ? (meantBy(given(world.findParameter(job.unit, parameterKeys(called)), value)) ??
          world.missing.parameter(meaning.arn))
        : undefined;
    const meant = secret ?? (parameter ? undefined : namesake(job.unit, value, meaning, world));
    if (meant) secrets.set(meant.id, meant);
    if (parameter) parameters.set(parameter.id, parameter);
    const isFound = secret !== undefined || parameter !== undefined;
    const cause = isFound
      ? null
      : (causeOfText(value) ?? { kind: "secret" as const, name: meaning.arn ?? value, unit: null });
    return linked({ secret: secret?.id ?? null, parameter: parameter?.id ?? null, cause });
  };
  const containers = job.containers.map(
    (container): Container =>
      referencesOf(container).length === 0
        ? container
        : {
            ...withReferences(container, reference),
            execution_role: role(container.execution_role),
            job_role: role(container.job_role),
          },
  );
  return {
    job: { ...job, containers },
    roles: [...roles.values()],
    secrets: [...secrets.values()],
    parameters: [...parameters.values()],
  };
}

/**
 * Whether nothing but the name of a secret is known: it is looked up, and nothing in the files belongs to it. Its key and
 * its content are as unknown as those of a secret that only its ARN names.
 */
function isOnlyLookedUp({ declared, key, contents, statements, unseen }: Secret): boolean {
  return !declared && key === null && contents.length === 0 && statements.length === 0 && unseen.length === 0;
}

/** The secret named where Batch expects an ARN or a parameter: shown to the rules, not linked. */
function namesake(unit: string, value: string, { fields, service, parts }: Named, names: Names): Secret | undefined {
  if (fields || service === "secretsmanager" || !parts || names.findParameter(unit, parameterKeys(value)))
    return undefined;
  return names.findSecret(unit, [`name ${parts[1]}`])?.resource;
}

/** What a reference means; what another unit declares may be of another account or Region. */
function meantBy<R extends Parameters<typeof namedLike>[0]>(found: Found<R> | undefined): R | undefined {
  return found && (found.certain ? found.resource : namedLike(found.resource));
}

/** A role that another unit declares may prove a grant, but never that one is missing. */
function asSeenFrom({ resource, certain }: Found<Role>): Role {
  if (certain) return resource;
  const cause = { kind: "same-role", name: resource.address, unit: resource.unit } as const;
  return { ...resource, complete: false, unseen: [...resource.unseen, { part: "role", cause, at: resource.at }] };
}
