/**
 * ARNs and ids that one unit hands over to others, in an SSM parameter or an export: the value that these look up is the
 * one that is declared, as far as the name tells.
 */
import { groupBy, into } from "../maps.ts";
import { isAlike } from "./alike.ts";
import type { Cause } from "./causes.ts";
import type { Statement, Text } from "./located.ts";
import { arePlacedApart, type Finder, finder, parameterKeys } from "./namespace.ts";
import { byName } from "./pointers.ts";
import type { ComputeEnvironmentResource, ParameterResource, PolicyResource } from "./resources.ts";
import { holeOf, holes, insides, isHole, partsBetween } from "./text.ts";
import type { Output, Perhaps, Unit } from "./unit.ts";

/**
 * What a text means that is the value of a parameter or export of the files, or begins with it: the ARN that is handed
 * over, and what goes on behind it. `doubt` is what only its name says is that one; null for what surely is.
 */
export interface Stored {
  (unit: string, text: string): { readonly text: string; readonly doubt: Cause | null };
  /** The hole that a unit itself has for what is handed over to it, of what was asked for so far. */
  readonly holeFor: (unit: string, value: string) => string | undefined;
}

/** Where nothing is handed over. */
export const NOTHING_STORED: Stored = Object.assign((_: string, text: string) => ({ text, doubt: null }), {
  holeFor: () => undefined,
});

export function storedIn(
  parameters: readonly ParameterResource[],
  units: readonly Pick<Unit, "id" | "perhaps" | "outputs" | "deployment">[],
): Stored {
  const storing = parameters.filter(({ value }) => value);
  const perhaps = new Map(units.flatMap((unit) => [...(unit.perhaps ?? [])]));
  const outputs = outputsOf(units);
  if (storing.length + perhaps.size + outputs.size === 0) return NOTHING_STORED;
  const keysOf = ({ arn, name }: ParameterResource) => [
    ...parameterKeys(arn.value),
    ...(name ? parameterKeys(name.value) : []),
  ];
  let find: Finder<ParameterResource> | undefined;
  const handedOver = (unit: string, inside: string): Perhaps | undefined => {
    const named = perhaps.get(inside) ?? outputs.of(unit, inside);
    if (named) return named;
    const arn = storedValueIn(inside);
    if (arn === null) return undefined;
    find ??= finder(storing, keysOf);
    const found = find(unit, parameterKeys(arn));
    const value = found?.resource.value?.value;
    if (!found || value === undefined) return undefined;
    const { address, unit: by } = found.resource;
    return { text: value, doubt: found.certain ? null : { kind: "same-parameter", name: address, unit: by } };
  };
  const own = new Map<string, Map<string, string>>();
  const stored = (unit: string, text: string) => {
    const [first] = holes(text);
    const value = first && text.startsWith(first.token) ? handedOver(unit, first.name) : undefined;
    if (!first || !value) return { text, doubt: null };
    into(own, unit, () => new Map<string, string>()).set(value.text, first.token);
    return { text: value.text + text.slice(first.token.length), doubt: value.doubt };
  };
  return Object.assign(stored, { holeFor: (unit: string, value: string) => own.get(unit)?.get(value) });
}

/** What the outputs of a run mean for the holes that are filled in with one of them. */
interface Outputs {
  readonly size: number;
  readonly of: (unit: string, inside: string) => Perhaps | undefined;
}

function outputsOf(units: readonly Pick<Unit, "id" | "outputs" | "deployment">[]): Outputs {
  const places = new Map(units.map(({ id, deployment }) => [id, deployment]));
  const isNear = (unit: string) => (one: { readonly unit: string }) =>
    !arePlacedApart(places.get(unit), places.get(one.unit));
  const all = units.flatMap(({ id, outputs = [] }) => outputs.map((one) => ({ ...one, unit: id })));
  const only = (found: readonly (Output & { readonly unit: string })[], isSure = false): Perhaps | undefined => {
    const [one, ...others] = found;
    if (one === undefined || others.some(({ value }) => value !== one.value)) return undefined;
    return { text: one.value, doubt: isSure ? null : { kind: "same-export", name: one.address, unit: one.unit } };
  };
  const byKey = groupBy(all, ({ name }) => name);
  const byExport = groupBy(all, ({ exported }) => exported);
  const alike = new Map<string, typeof all>();
  const alikeTo = (name: string) =>
    into(alike, name, () => all.filter(({ exported }) => exported && isAlike(name, exported)));
  // Names of exports are unique in an account and Region:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
  const exportOf = (unit: string, name: string): Perhaps | undefined => {
    const named = byExport.get(name)?.filter(isNear(unit)) ?? [];
    if (named.length > 0) return only(named, true);
    return only(alikeTo(name).filter(isNear(unit)));
  };
  return {
    size: all.length,
    of: (unit, inside) => {
      const { origin, term } = holeOf(inside);
      if (origin.kind !== "import") return undefined;
      if (origin.attribute === "output") return only(byKey.get(term) ?? []);
      return origin.attribute === "export" ? exportOf(unit, term) : undefined;
    },
  };
}

/** Attributes that are the value of a parameter. */
const VALUES: ReadonlySet<string> = new Set(["value", "insecure_value"]);

/** Functions of the template languages after which a list is still what the parameter holds. */
const OF_LISTS: ReadonlySet<string | null> = new Set([
  "split",
  "Fn::Split",
  "toset",
  "tolist",
  "sort",
  "distinct",
  "compact",
  "trimspace",
  "nonsensitive",
]);

/** The ARN of the parameter whose value a hole is, as a string or as a list; null for any other hole. */
function storedValueIn(inside: string): string | null {
  const { arn, origin } = holeOf(inside);
  const [only, ...more] = origin.of;
  if (origin.kind === "computed" && only !== undefined && only !== inside)
    return more.length === 0 && OF_LISTS.has(origin.function) ? storedValueIn(only) : null;
  return origin.resource_kind === "parameter" && VALUES.has(origin.attribute ?? "") ? arn : null;
}

/** Ids that AWS makes: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const ID = /^(?:vpc|subnet|sg)-[0-9a-f]+$/;

/** Whether a value of a parameter is kept, since it says what others look up and is no secret: an ARN, or ids. */
export function isHandedOver(value: string): boolean {
  if (value.startsWith("arn:")) return true;
  return itemsOf(value).every((item) =>
    isHole(item) ? insides(item).every((inside) => holeOf(inside).identifies !== null) : ID.test(item),
  );
}

/** The items of a value of type `StringList`. */
function itemsOf(value: string): readonly string[] {
  return partsBetween(value, /,/g).map((item) => item.trim());
}

/** The compute environments with what is stored in place of the subnets and security groups that they look up. */
export function withStoredPlaces(
  environments: readonly ComputeEnvironmentResource[],
  stored: Stored,
): { readonly environments: readonly ComputeEnvironmentResource[]; readonly byName: ReadonlySet<string> } {
  const byName = new Set<string>();
  if (stored === NOTHING_STORED) return { environments, byName };
  const known = environments.map((environment): ComputeEnvironmentResource => {
    const all = (list: readonly Text[]): readonly Text[] =>
      list.flatMap((one): Text | readonly Text[] => {
        const { text, doubt } = stored(environment.unit, one.value);
        if (doubt) byName.add(environment.id);
        return text === one.value ? one : itemsOf(text).map((value) => ({ ...one, value }));
      });
    const { subnets, security_groups } = environment;
    return { ...environment, subnets: all(subnets), security_groups: security_groups && all(security_groups) };
  });
  return { environments: known, byName };
}

/**
 * The policies with the ARNs that are stored in place of the values that their statements look up. One that only the
 * name of its parameter tells may be another: more may be allowed than is seen, and a Deny may be about something else.
 */
export function withStoredResources(policies: readonly PolicyResource[], stored: Stored): readonly PolicyResource[] {
  if (stored === NOTHING_STORED) return policies;
  return policies.map((policy) => {
    const doubts = new Set<Cause>();
    const statements = policy.statements.map((statement): Statement => {
      const own: Cause[] = [];
      const known = (text: Text): Text => {
        const { text: value, doubt } = stored(policy.unit, text.value);
        if (doubt) own.push(doubt);
        return value === text.value ? text : { ...text, value };
      };
      const { resources, not_resources } = statement;
      const told = {
        ...statement,
        resources: resources?.map(known) ?? null,
        not_resources: not_resources?.map(known) ?? null,
      };
      for (const doubt of own) doubts.add(doubt);
      return own[0] ? byName(told, own[0]) : told;
    });
    const unseen = [...doubts].map((cause) => ({ part: "policies", cause, at: policy.at }));
    return { ...policy, statements, unseen: [...policy.unseen, ...unseen] };
  });
}
