/**
 * The sides of a job's case: the same case with what a condition or the key of a map may choose, once for everything
 * that may be chosen together.
 */
import { into } from "../maps.ts";
import type { Cause } from "./causes.ts";
import { anyChoices, type Chosen, choiceOf, MOST_SIDES, withChosen } from "./choices.ts";
import type { Container, JobDefinition, Parameter, Secret, SecretReference, Statement, Text } from "./located.ts";
import { anyPresences, isThere, presenceBehind } from "./presence.ts";
import { idOf, referencesOf, withReferences } from "./references.ts";
import type { Resolved } from "./resolve.ts";
import { holeOf, insides } from "./text.ts";

/** What is known of the key of a secret or parameter that is written so. */
export type Keyed = (
  owner: Pick<Secret | Parameter, "unit" | "arn">,
  written: Text | null,
) => Pick<Secret | Parameter, "key_reference" | "key" | "key_maybe">;

/** A change to a text that a choice may decide. */
type Change = (value: string) => string;

/** What a side decides: the texts that are chosen, and whether something is there that may not be. */
interface Decide {
  readonly change: Change;
  readonly isThere: (absence: Cause) => boolean | undefined;
}

/** What is chosen on one of the sides: by what chooses, the clause for it. */
export interface Side {
  readonly chosen: Chosen;
}

/** All sides of a job. */
export interface Sides {
  readonly all: readonly Side[];
  /** What chooses what a reference depends on, by its id: its value, its role and the policies. */
  readonly choosing: (reference: string) => readonly string[];
  /** What is not known of what chooses. */
  readonly causeOf: (by: string) => Cause | undefined;
}

const NONE: Sides = { all: [], choosing: () => [], causeOf: () => undefined };

/** What chooses, and of each the clauses of what it may be. */
type Found = Map<string, Set<string>>;

export type SidesOf = (job: JobDefinition) => Sides;

/** The sides of jobs, each found once. `resolve` finds what a job names. */
export function openSides(resolve: (job: JobDefinition) => Resolved): SidesOf {
  const known = new Map<JobDefinition, Sides>();
  return (job) => (anyChoices() || anyPresences() ? into(known, job, () => findSides(job, resolve)) : NONE);
}

function findSides(job: JobDefinition, resolve: (job: JobDefinition) => Resolved): Sides {
  const causes = new Map<string, Cause>();
  const [shared, values] = [looksFor(causes), new Map<string, Found>()];
  jobWith(job, shared.look, (value, one) => {
    if (one.maybe) return value;
    const own = looksFor(causes);
    own.look(value);
    values.set(idOf(job, one), own.found);
    return value;
  });
  const decide: Decide = { change: shared.look, isThere: shared.note };
  if (causes.size === 0) linkedWith(resolve(job), decide);
  for (const side of sidesFrom(shared.found, values)) linkedWith(resolve(jobOnSide(job, side)), decide);
  const absences = job.unseen.flatMap(({ part, cause }) => (part === "existence" ? cause : []));
  const all = sidesFrom(shared.found, values).filter(({ chosen }) =>
    absences.every((absence) => isThere(absence, chosen) !== false),
  );
  if (all.length === 0) return NONE;
  const choosing = (reference: string) => [
    ...new Set([...shared.found.keys(), ...(values.get(reference)?.keys() ?? [])]),
  ];
  return { all, choosing, causeOf: (by) => causes.get(by) };
}

/** The job, and as it is on each of its sides. */
export function withSides(job: JobDefinition, { all }: Sides): readonly JobDefinition[] {
  return [job, ...all.map((side) => jobOnSide(job, side))];
}

/**
 * The job as it is on a side. A reference that may not be there may be there on some sides only, so its value is not
 * decided by them.
 */
export function jobOnSide(job: JobDefinition, { chosen }: Side): JobDefinition {
  const change = (value: string) => withChosen(value, chosen);
  return jobWith(job, change, (value, { maybe }) => (maybe ? value : change(value)));
}

/** What a job names, with the keys as they are on a side: one that is null there is AWS's own. */
export function withKeysOnSide(reached: Resolved, { chosen }: Side, keyed: Keyed): Resolved {
  const on = <O extends Secret | Parameter>(owner: O): O => {
    const written = owner.key_reference;
    const value = written && withChosen(written.value, chosen);
    if (!written || value === written.value) return owner;
    const { key_maybe: _, ...rest } = owner;
    return { ...rest, ...keyed(owner, value ? { ...written, value } : null) } as O;
  };
  return { ...reached, secrets: reached.secrets.map(on), parameters: reached.parameters.map(on) };
}

/** What is linked, as it is on a side. */
export function onSide<L extends Linked>(linked: L, { chosen }: Side): L {
  const change: Change = (value) => withChosen(value, chosen);
  return linkedWith(linked, { change, isThere: (absence) => isThere(absence, chosen) });
}

/** Looks for the choices in texts, and in the texts that these choose from, and for what decides whether things are there. */
function looksFor(causes: Map<string, Cause>): {
  readonly found: Found;
  readonly look: Change;
  readonly note: (absence: Cause) => undefined;
} {
  const found: Found = new Map();
  const seen = new Set<string>();
  const look: Change = (value) => {
    for (const inside of insides(value)) {
      const choice = seen.has(inside) ? undefined : choiceOf(inside);
      if (!choice) continue;
      seen.add(inside);
      into(causes, choice.by, () => holeOf(inside).cause);
      const clauses = into(found, choice.by, () => new Set<string>());
      for (const [clause, text] of choice.sides) {
        clauses.add(clause);
        look(text);
      }
    }
    return value;
  };
  const note = (absence: Cause): undefined => {
    const presence = presenceBehind(absence);
    if (!presence) return;
    into(causes, presence.by, () => absence);
    const clauses = into(found, presence.by, () => new Set<string>());
    for (const clause of presence.sides.keys()) clauses.add(clause);
  };
  return { found, look, note };
}

/**
 * The sides that there are to look at: every combination of what all references depend on, with every one of what each
 * depends on besides. References don't depend on each other, so theirs are looked at together. What would make too many
 * is left as unknown as it is.
 */
function sidesFrom(shared: Found, values: ReadonlyMap<string, Found>): readonly Side[] {
  const common = combinations(shared, 1);
  const own = joinedGroups([...values.values()].map((found) => [...found].filter(([by]) => !shared.has(by)))).map(
    (group) => combinations(group, common.length),
  );
  const most = own.reduce((longest, { length }) => Math.max(longest, length), 1);
  const all = common.flatMap((one) =>
    Array.from({ length: most }, (_, index) => ({
      chosen: new Map([...one, ...own.flatMap((group) => [...(group[index % group.length] ?? [])])]),
    })),
  );
  return all.filter(({ chosen }) => chosen.size > 0);
}

/** Every combination of clauses, as many as may be `times` so many others. */
function combinations(found: Iterable<readonly [string, ReadonlySet<string>]>, times: number): readonly Chosen[] {
  let all: readonly Chosen[] = [new Map()];
  for (const [by, clauses] of found) {
    if (all.length * clauses.size * times > MOST_SIDES) continue;
    all = all.flatMap((one) => [...clauses].map((clause) => new Map([...one, [by, clause]])));
  }
  return all;
}

/** Lists joined where they have a key in common. */
function joinedGroups(lists: readonly (readonly (readonly [string, ReadonlySet<string>])[])[]): readonly Found[] {
  let groups: Found[] = [];
  for (const list of lists.filter(({ length }) => length > 0)) {
    const near = groups.filter((group) => list.some(([by]) => group.has(by)));
    const joined: Found = new Map();
    for (const [by, clauses] of [...near.flatMap((group) => [...group]), ...list]) {
      const known = into(joined, by, () => new Set<string>());
      for (const clause of clauses) known.add(clause);
    }
    groups = [...groups.filter((group) => !near.includes(group)), joined];
  }
  return groups;
}

/** The job with its roles changed, and the values of its references, by `changeValue` if that is another change. */
function jobWith(
  job: JobDefinition,
  change: Change,
  changeValue: (value: string, reference: SecretReference) => string = change,
): JobDefinition {
  const role = (reference: Container["execution_role"]) =>
    reference && { ...reference, arn: textWith(reference.arn, change) };
  const reference = (one: SecretReference): SecretReference => ({
    ...one,
    value_from: one.value_from && textWith(one.value_from, (value) => changeValue(value, one)),
  });
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
  return { ...job, containers };
}

/** What of the linked resources a choice may decide: the statements of policies, and keys. Names are linked already. */
interface Linked {
  readonly roles?: Resolved["roles"];
  readonly secrets?: Resolved["secrets"];
  readonly parameters?: Resolved["parameters"];
  readonly keys?: readonly { readonly statements: readonly Statement[]; readonly grants: readonly Statement[] }[];
}

function linkedWith<L extends Linked>(linked: L, decide: Decide): L {
  const all = (statements: readonly Statement[]) => statementsWith(statements, decide);
  const { roles = [], secrets = [], parameters = [], keys = [] } = linked;
  const keyed = <O extends Secret | Parameter>(owner: O): O => ({
    ...owner,
    key_reference: owner.key_reference && textWith(owner.key_reference, decide.change),
  });
  return {
    ...linked,
    roles: roles.map((role) => ({
      ...role,
      statements: all(role.statements),
      trust: role.trust && all(role.trust),
      boundary: role.boundary && { ...role.boundary, statements: all(role.boundary.statements) },
    })),
    secrets: secrets.map((secret) => ({ ...keyed(secret), statements: all(secret.statements) })),
    parameters: parameters.map(keyed),
    // A key that is not there on a side, and its policy with it, is left as unknown as it is.
    keys: keys.map((key) => {
      const statements = all(key.statements);
      return statements.length === 0 ? key : { ...key, statements, grants: all(key.grants) };
    }),
  };
}

function statementsWith(statements: readonly Statement[], decide: Decide): readonly Statement[] {
  if (!isAnyChosen(statements)) return statements;
  return statements.flatMap((one) => {
    const isThere = one.maybe ? decide.isThere(one.maybe) : undefined;
    if (isThere === false) return [];
    const changed = statementWith(one, decide.change);
    return isThere ? { ...changed, maybe: null } : changed;
  });
}

/** Whether something is chosen in statements: those of a role are those of many jobs. */
const chosenIn = new WeakMap<readonly Statement[], boolean>();

function isAnyChosen(statements: readonly Statement[]): boolean {
  const known = chosenIn.get(statements);
  if (known !== undefined) return known;
  let isAny = statements.some(({ maybe }) => presenceBehind(maybe) !== undefined);
  const look: Change = (value) => {
    isAny ||= insides(value).some((inside) => choiceOf(inside) !== undefined);
    return value;
  };
  for (const one of statements) statementWith(one, look);
  chosenIn.set(statements, isAny);
  return isAny;
}

function statementWith(statement: Statement, change: Change): Statement {
  const texts = (list: readonly Text[] | null) => list?.map((one) => textWith(one, change)) ?? null;
  const principals = (list: Statement["principals"]) =>
    list?.map((one) => ({ ...one, values: one.values.map((text) => textWith(text, change)) })) ?? null;
  return {
    ...statement,
    effect: textWith(statement.effect, change),
    actions: texts(statement.actions),
    not_actions: texts(statement.not_actions),
    resources: texts(statement.resources),
    not_resources: texts(statement.not_resources),
    principals: principals(statement.principals),
    not_principals: principals(statement.not_principals),
    conditions: statement.conditions.map((one) => ({ ...one, values: texts(one.values) })),
  };
}

function textWith(text: Text, change: Change): Text {
  const value = change(text.value);
  return value === text.value ? text : { ...text, value };
}
