/**
 * ARNs that one unit hands over to others, in an SSM parameter or an export: the value that these look up is the one
 * that is declared, as far as the name tells.
 */
import type { Cause } from "./causes.ts";
import { type Finder, finder, otherAccount, parameterKeys } from "./namespace.ts";
import { byName } from "./pointers.ts";
import type { ParameterResource, PolicyResource, Statement, Text, Unit } from "./resources.ts";
import { holeOf, holes } from "./text.ts";

/**
 * What a text means that is the value of a parameter or export of the files, or begins with it: the ARN that is handed
 * over, and what goes on behind it. `doubt` is what only its name says is that one; null for what surely is.
 */
export type Stored = (unit: string, text: string) => { readonly text: string; readonly doubt: Cause | null };

const NOTHING: Stored = (_, text) => ({ text, doubt: null });

export function storedIn(parameters: readonly ParameterResource[], units: readonly Pick<Unit, "perhaps">[]): Stored {
  const storing = parameters.filter(({ value }) => value);
  const perhaps = new Map(units.flatMap((unit) => [...(unit.perhaps ?? [])]));
  if (storing.length + perhaps.size === 0) return NOTHING;
  const keysOf = ({ arn, name }: ParameterResource) => [
    ...parameterKeys(arn.value),
    ...(name ? parameterKeys(name.value) : []),
  ];
  let find: Finder<ParameterResource> | undefined;
  return (unit, text) => {
    const itself = { text, doubt: null };
    const [first] = holes(text);
    if (!first || !text.startsWith(first.token)) return itself;
    const rest = text.slice(first.token.length);
    const named = perhaps.get(first.name);
    if (named) return { text: named.text + rest, doubt: named.doubt };
    const { arn, origin } = holeOf(first.name);
    if (arn === null || origin.resource_kind !== "parameter" || !VALUES.has(origin.attribute ?? "")) return itself;
    find ??= finder(storing, keysOf);
    const found = find(unit, parameterKeys(arn));
    const value = found?.resource.value?.value;
    if (!found || value === undefined || otherAccount(found.resource.arn.value, arn)) return itself;
    const { address, unit: by } = found.resource;
    return {
      text: value + rest,
      doubt: found.certain ? null : { kind: "same-parameter", name: address, unit: by },
    };
  };
}

/** Attributes that are the value of a parameter. */
const VALUES: ReadonlySet<string> = new Set(["value", "insecure_value"]);

/**
 * The policies with the ARNs that are stored in place of the values that their statements look up. One that only the
 * name of its parameter tells may be another: more may be allowed than is seen, and a Deny may be about something else.
 */
export function withStoredResources(policies: readonly PolicyResource[], stored: Stored): readonly PolicyResource[] {
  if (stored === NOTHING) return policies;
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
