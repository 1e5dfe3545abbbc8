/** What judging a case costs, in statements of a policy: a rule looks at each in some 25 µs. */
import { referencesOf } from "./references.ts";
import type { JobDefinition, Located, Statement } from "./resources.ts";
import type { Case } from "./schema.ts";

/** A case in which there is nothing, and what each secret reference adds, which many rules ask about. */
const EMPTY = 60;
const REFERENCE = 20;

type Kinds = "job_definitions" | "roles" | "policies" | "secrets" | "keys" | "endpoints";
type Weighed = { readonly [K in Kinds]?: readonly Located<Case[K][string]>[] };

/** The weight of a case before it is written out. */
export function weightOf(weighed: Weighed): number {
  const { job_definitions = [], roles = [], policies = [], secrets = [], keys = [], endpoints = [] } = weighed;
  const lists = [
    ...roles.flatMap(({ statements, trust, boundary }) => [statements, trust, boundary?.statements]),
    ...keys.flatMap(({ statements, grants }) => [statements, grants]),
    ...[...policies, ...secrets, ...endpoints].map(({ statements }) => statements),
  ];
  const ofLists = lists.reduce((sum, list) => sum + (list ? ofStatements(list) : 0), EMPTY);
  return job_definitions.reduce((sum, job) => sum + ofJob(job), ofLists);
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
