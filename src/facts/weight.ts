/** What judging a case costs, in statements of a policy: a rule looks at each in some 25 µs. */
import { referencesOf } from "./references.ts";
import type { JobDefinition, Located, Statement } from "./resources.ts";
import type { Case } from "./schema.ts";

/** A case in which there is nothing, and what each secret reference adds, which many rules ask about. */
const EMPTY = 60;
const REFERENCE = 20;

type Weighed = Pick<
  { readonly [K in keyof Case]: Located<Case[K]> },
  "roles" | "policies" | "secrets" | "keys" | "endpoints"
> & { readonly job_definitions: Readonly<Record<string, JobDefinition>> };

/** The weight of a case before it is written out. */
export function weightOf({ job_definitions, roles, policies, secrets, keys, endpoints }: Weighed): number {
  return [
    ...Object.values(job_definitions).map(ofJob),
    ...Object.values(roles).flatMap(({ statements, trust, boundary }) => [
      ofStatements(statements),
      ofStatements(trust ?? []),
      ofStatements(boundary?.statements ?? []),
    ]),
    ...Object.values(policies).map(({ statements }) => ofStatements(statements)),
    ...Object.values(secrets).map(({ statements }) => ofStatements(statements)),
    ...Object.values(keys).flatMap(({ statements, grants }) => [ofStatements(statements), ofStatements(grants)]),
    ...Object.values(endpoints).map(({ statements }) => ofStatements(statements ?? [])),
  ].reduce((sum, one) => sum + one, EMPTY);
}

function ofJob({ containers, parameters }: JobDefinition): number {
  return containers.reduce(
    (sum, one) => sum + REFERENCE * referencesOf(one).length + one.environment.length + one.command.length,
    parameters.length,
  );
}

/** Roles are shared by many cases. */
const known = new WeakMap<readonly Statement[], number>();

function ofStatements(statements: readonly Statement[]): number {
  const found = known.get(statements);
  if (found !== undefined) return found;
  const weight = statements.reduce(
    (sum, { actions, not_actions, resources, not_resources }) =>
      [actions, not_actions, resources, not_resources].reduce((all, list) => all + (list?.length ?? 0), sum + 1),
    0,
  );
  known.set(statements, weight);
  return weight;
}
