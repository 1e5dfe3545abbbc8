/** What a unit looks up although it declares it: both names mean one resource, so both get one ARN. */
import { splitArn } from "./arn.ts";
import type { Text } from "./located.ts";
import { isLookedUp } from "./merge.ts";
import { parameterKeys } from "./namespace.ts";
import { replaced } from "./placed.ts";
import type { AliasResource, ParameterResource, Resources } from "./resources.ts";
import { canonical, holes, insides, noteEncrypted } from "./text.ts";
import type { Unit } from "./unit.ts";

/** By the inside of a hole of something that is looked up, the text of what is declared. */
type Same = Map<string, string>;

/** The units with what they declare in place of what they look up of it. */
export function withoutLookups(units: readonly Unit[]): readonly Unit[] {
  const parameters = units.flatMap(({ resources }) => resources.parameters);
  const declared = parameters.filter((one) => one.declared);
  const made = new Set(declared.map(nameOf));
  // The value of what is looked up has a hole of its own, which does not say that it is encrypted.
  const secure = new Set(declared.flatMap(({ type, arn }) => (type?.value === "SecureString" ? arn.value : [])));
  if (secure.size > 0 && declared.length < parameters.length) noteEncrypted(secure);
  return units.map((unit) => {
    const parameters = unit.resources.parameters.filter((one) => one.declared || !made.has(nameOf(one)));
    const resources = { ...unit.resources, parameters };
    const same: Same = new Map([...sameSecrets(resources), ...sameKeys(resources)]);
    const isSame = ({ arn }: { readonly arn: Text }) => insides(arn.value).some((inside) => same.has(inside));
    const secrets = same.size > 0 ? resources.secrets.filter((one) => !isSame(one)) : resources.secrets;
    const aliases = resources.aliases.filter((one) => !one.looked_up);
    const known = { ...resources, secrets, aliases };
    return { ...unit, resources: same.size > 0 ? replaced(known, same) : known };
  });
}

/** The name of a parameter, by which it is looked up: where the files declare one of that name, that says more. */
function nameOf({ name, arn }: ParameterResource): string {
  return (name && parameterKeys(name.value).at(-1)) ?? arn.value;
}

/** Secrets with the name of one that is looked up: the six random characters of both are the same. */
function sameSecrets({ secrets }: Resources): Same {
  const same: Same = new Map();
  const lookedUp = secrets.filter(isLookedUp);
  if (lookedUp.length === 0) return same;
  const declared = secrets.filter((one) => one.name && !isLookedUp(one));
  for (const { name, arn } of lookedUp) {
    const [only, ...more] = declared.filter((one) => one.name?.value === name?.value);
    if (only && more.length === 0) join(same, arn, only.arn);
  }
  return same;
}

/** Keys by the aliases under which they are looked up. */
function sameKeys({ aliases }: Resources): Same {
  const same: Same = new Map();
  const called = ({ name }: AliasResource) => splitArn(name.value)?.resource ?? name.value;
  for (const one of aliases) {
    if (!one.looked_up) continue;
    const [only, ...more] = aliases.filter((other) => !other.looked_up && called(other) === called(one));
    if (only && more.length === 0) join(same, one.target, only.target);
  }
  return same;
}

/** Notes that the last hole of an ARN has the value that stands there in another one, or in an id alone. */
function join(same: Same, lookedUp: Text, declared: Text): void {
  const [from, to] = [splitArn(lookedUp.value), splitArn(declared.value)];
  const own = holes(lookedUp.value).at(-1);
  if (!from || !own) return;
  if (to && (from.region !== to.region || from.account !== to.account)) return;
  const before = from.resource.slice(0, from.resource.length - own.token.length);
  const resource = to?.resource ?? `key/${declared.value}`;
  const isSame = canonical(resource).startsWith(canonical(before)) && from.resource === before + own.token;
  if (isSame) same.set(own.name, resource.slice(before.length));
}
