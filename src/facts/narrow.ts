/**
 * What is known of unknown pieces by where they stand: a name of a secret, a parameter, a role or a policy has no colon, or AWS refuses
 * it. So a variable that is part of one has none anywhere, and ARNs that hold it can be taken apart.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
import { into } from "./maps.ts";
import type { LocalNames, Resources, Unit } from "./resources.ts";
import { hasWideHole, holes, replaceHoles } from "./text.ts";

const NAMED = ["secrets", "parameters", "roles", "policies"] as const;

/** The unit with every wide hole that is part of such a name made narrow, wherever it stands. Linear in the size of the unit. */
export function narrowed(unit: Unit): Unit {
  const narrow = narrowTokens(unit.resources);
  if (narrow.size === 0) return unit;
  const inText = (text: string): string =>
    hasWideHole(text) ? replaceHoles(text, (token) => narrow.get(token) ?? token) : text;
  const renamed = (names: ReadonlyMap<string, string>) =>
    new Map([...names].map(([text, name]) => [inText(text), name]));
  return {
    ...unit,
    resources: mapped(unit.resources, inText) as Resources,
    spellings: renamed(unit.spellings),
    ...(unit.namesAt && { namesAt: renamedNames(unit.namesAt, renamed) }),
  };
}

type NamesAt = NonNullable<Unit["namesAt"]>;
type Renamed = (names: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;

function renamedNames(namesAt: NamesAt, renamed: Renamed): NamesAt {
  const known = new Map<LocalNames, LocalNames>();
  return (where) => {
    const local = namesAt(where);
    return into(known, local, () => ({ ...local, names: renamed(local.names) }));
  };
}

/** By each wide hole the narrow one of the same name. */
function narrowTokens(resources: Resources): ReadonlyMap<string, string> {
  const narrow = new Map<string, string>();
  for (const kind of NAMED) {
    for (const { name } of resources[kind]) {
      if (name === null || !hasWideHole(name.value)) continue;
      for (const { token, width } of holes(name.value)) if (width === "wide") narrow.set(token, `⟨${token.slice(2)}`);
    }
  }
  return narrow;
}

/** Places are left alone: they hold whole files. */
function mapped(value: unknown, inText: (text: string) => string): unknown {
  if (typeof value === "string") return inText(value);
  if (Array.isArray(value)) return value.map((item) => mapped(item, inText));
  if (typeof value !== "object" || value === null || "file" in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, inText)]));
}
