/** What judging a case costs, in statements of a policy: a rule looks at each in some 25 µs. */

import type { Container, JobDefinition, Located, Statement, Text } from "./located.ts";
import { referencesOf } from "./references.ts";
import type { Case } from "./schema.ts";
import { BEYOND, holes } from "./text.ts";
import type { World } from "./world.ts";

/** A case in which there is nothing, and what each secret reference adds, which many rules ask about. */
const EMPTY = 100;
const REFERENCE = 20;
/** What each mistake in the form of a definition adds: it is a finding with a remedy. */
const MISTAKE = 20;
/** What each network, subnet, security group, endpoint and compute environment adds. */
const OF_NETWORKS = 8;
/** Longer strings, of which AWS takes few, weigh more: rules split and match them. */
const LONG = 200;
const CHARACTERS_A_UNIT = 20;
/** What each row of a case's table of holes adds beyond the first, of which any case has some. */
const HOLE = 20;
const FEW_HOLES = 100;
/** So many things with places has no case that anybody has: a role with policies of 130 kB has a tenth. */
const MOST_PLACES = 100_000;

type Kinds = "job_definitions" | "roles" | "policies" | "secrets" | "keys" | NetworkKinds;
type NetworkKinds = "networks" | "subnets" | "security_groups" | "endpoints" | "compute_environments";
type Weighed = { readonly [K in Kinds]?: readonly Located<Case[K][string]>[] };

/** The weight of a case before it is written out. */
export function weightOf(weighed: Weighed): number {
  const { job_definitions = [], roles = [], policies = [], secrets = [], keys = [] } = weighed;
  const { networks = [], subnets = [], security_groups = [], endpoints = [], compute_environments = [] } = weighed;
  const lists = [
    ...roles.flatMap(({ statements, trust, boundary }) => [statements, trust, boundary?.statements]),
    ...keys.flatMap(({ statements, grants }) => [statements, grants]),
    ...[...policies, ...secrets, ...endpoints].map(({ statements }) => statements),
  ];
  const ofLists = lists.reduce((sum, list) => sum + (list ? ofStatements(list) : 0), EMPTY);
  const rules = security_groups.reduce((sum, { ingress, egress }) => sum + ingress.length + egress.length, 0);
  const around = [networks, subnets, security_groups, endpoints, compute_environments];
  const ofNetworks = around.reduce((sum, { length }) => sum + OF_NETWORKS * length, rules);
  return job_definitions.reduce((sum, job) => sum + ofJob(job), ofLists + ofNetworks);
}

/**
 * What a case adds when it is written out: for its table of holes, and when it is larger than any. A case with holes
 * beyond what a run can hold is too heavy for any.
 */
export function weightOfWritten({ holes }: Pick<Case, "holes">, places: number): number {
  if (BEYOND in holes || places > MOST_PLACES) return Number.POSITIVE_INFINITY;
  return ofRows(Object.keys(holes).length);
}

function ofRows(holes: number): number {
  return HOLE * Math.max(0, holes - FEW_HOLES);
}

/** What all cases of a run weigh without what their subjects depend on, of which so many `others` are no jobs. */
export function leastWeightOf({ jobs }: Pick<World, "jobs">, others: number): number {
  return jobs.reduce((sum, one) => sum + ofJob(one) + ofHoles(one), EMPTY * (jobs.length + others));
}

/** What the holes of a job add, as if no two were equal. */
function ofHoles({ containers }: JobDefinition): number {
  return ofRows(containers.flatMap(textsOf).reduce((sum, one) => sum + holes(one?.value ?? "").length, 0));
}

function ofJob({ containers, parameters, shape }: JobDefinition): number {
  return containers.reduce((sum, one) => sum + ofContainer(one), parameters.length + MISTAKE * shape.length);
}

function ofContainer(container: Container): number {
  const { environment, command } = container;
  const long = textsOf(container).reduce((sum, text) => sum + ofText(text?.value), 0);
  return REFERENCE * referencesOf(container).length + environment.length + command.length + long;
}

function textsOf(container: Container): readonly (Text | null)[] {
  const { environment, command, log } = container;
  return [
    ...referencesOf(container).flatMap(({ name, value_from }) => [name, value_from]),
    ...environment.flatMap(({ name, value }) => [name, value]),
    ...command,
    ...(log?.options ?? []).map(({ value }) => value),
  ];
}

/** Each hole of a long string is a row of the case's table. */
function ofText(text = ""): number {
  if (text.length <= LONG) return 0;
  return (text.length - LONG) / CHARACTERS_A_UNIT + holes(text).length;
}

/** Roles are shared by many cases. */
const known = new WeakMap<readonly Statement[], number>();

function ofStatements(statements: readonly Statement[]): number {
  const found = known.get(statements);
  if (found !== undefined) return found;
  const weight = statements.reduce(
    (sum, { actions, not_actions, resources, not_resources }) =>
      [actions, not_actions, resources, not_resources].reduce(
        (all, list) => (list ?? []).reduce((some, { value }) => some + 1 + ofText(value), all),
        sum + 1,
      ),
    0,
  );
  known.set(statements, weight);
  return weight;
}
