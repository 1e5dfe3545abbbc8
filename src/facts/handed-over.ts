/**
 * ARNs that one unit stores in an SSM parameter for others: the value that these look up is the one that is declared, as
 * far as the name tells.
 */
import { type Finder, finder, otherAccount, parameterKeys } from "./namespace.ts";
import type { ParameterResource } from "./resources.ts";
import { holeOf, holes } from "./text.ts";

/** What a text means: the ARN that is stored, where it is the value of a parameter of the files. */
export type Stored = (unit: string, text: string) => { readonly text: string; readonly certain: boolean };

export function storedIn(parameters: readonly ParameterResource[]): Stored {
  const storing = parameters.filter(({ value }) => value);
  const keysOf = ({ arn, name }: ParameterResource) => [
    ...parameterKeys(arn.value),
    ...(name ? parameterKeys(name.value) : []),
  ];
  let find: Finder<ParameterResource> | undefined;
  return (unit, text) => {
    const itself = { text, certain: true };
    const [only, more] = storing.length > 0 ? holes(text) : [];
    if (!only || more || only.token !== text) return itself;
    const { arn, origin } = holeOf(only.name);
    if (arn === null || origin.resource_kind !== "parameter" || !VALUES.has(origin.attribute ?? "")) return itself;
    find ??= finder(storing, keysOf);
    const found = find(unit, parameterKeys(arn));
    const value = found?.resource.value?.value;
    if (!found || value === undefined || otherAccount(found.resource.arn.value, arn)) return itself;
    return { text: value, certain: found.certain };
  };
}

/** Attributes that are the value of a parameter. */
const VALUES: ReadonlySet<string> = new Set(["value", "insecure_value"]);
