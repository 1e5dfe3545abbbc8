/** One secret from its creation, its versions, its rotation and its description, which may be apart. */

import { groupBy } from "../maps.ts";
import { splitArn, withoutSuffix } from "./arn.ts";
import type { Cause } from "./causes.ts";
import type { Text } from "./located.ts";
import { otherPlace } from "./namespace.ts";
import type { SecretResource } from "./resources.ts";
import { causeOfText, hasWideHole, holeOf, insides, isLiteral } from "./text.ts";

/** A secret from all that a unit has of it. */
export type MergedSecret = Omit<SecretResource, "existence" | "part">;

/** Joins the secrets of a unit that have one name or one ARN. */
export function mergeSecrets(secrets: readonly SecretResource[]): MergedSecret[] {
  const named = new Map(
    secrets.flatMap(({ unit, arn, name }) => (name ? [[`${unit}\n${arn.value}`, name.value]] : [])),
  );
  const groups = groupBy(
    secrets,
    ({ unit, arn, name }) => `${unit}\n${name?.value ?? named.get(`${unit}\n${arn.value}`) ?? nameIn(arn.value)}`,
  );
  const merged = [...groups.values()].flatMap(inOnePlace).map((group) => certain(declaredOf(group).reduce(join)));
  const loose = groupBy(merged.filter(mayBeOfAny), ({ unit }) => unit);
  return merged.map(({ existence: _, part, ...secret }) => {
    const [other] = part ? [] : (loose.get(secret.unit) ?? []);
    // A version says nothing of the rotation of its secret.
    const rotates = part && !secret.rotates ? null : secret.rotates;
    return { ...secret, rotates, filled_by: secret.filled_by ?? (other && causeOfText(other.arn.value)) ?? null };
  });
}

/** Those of a name by where they are, if that is known to be in more than one account or Region: each has that name. */
function inOnePlace(group: readonly SecretResource[]): readonly (readonly SecretResource[])[] {
  const byPlace = groupBy(group, ({ arn }) => `${splitArn(arn.value)?.account} ${splitArn(arn.value)?.region}`);
  const places = [...byPlace.values()].flatMap(([one]) => one?.arn.value ?? []);
  return places.some((one) => places.some((other) => otherPlace(one, other))) ? [...byPlace.values()] : [group];
}

/** Whether it gives a value to a secret that is not known, which may be any of its unit. */
function mayBeOfAny({ part, arn, contents }: SecretResource): boolean {
  return part && contents.length > 0 && hasWideHole(arn.value);
}

/** What is declared: a unit that also looks it up tells nothing more by that. */
function declaredOf(group: readonly SecretResource[]): readonly SecretResource[] {
  const declared = group.filter((secret) => !isLookedUp(secret));
  return declared.length > 0 ? declared : group;
}

/** A value that is given whenever the secret is made is not in doubt. */
function certain(secret: SecretResource): SecretResource {
  const { existence, contents } = secret;
  const isSame = (one: Cause | undefined) =>
    one?.kind === existence?.kind && one?.name === existence?.name && one?.unit === existence?.unit;
  return {
    ...secret,
    contents: contents.map(({ maybe, ...content }) => (maybe && !isSame(maybe) ? { ...content, maybe } : content)),
  };
}

/** Whether a unit only looks something up, so that another one may declare it. */
export function isLookedUp({ arn }: { readonly arn: Text }): boolean {
  return insides(arn.value).some((inside) => holeOf(inside).origin.kind === "lookup");
}

/** The name in a literal ARN, without the suffix; any other text as it is. */
function nameIn(arn: string): string {
  const resource = splitArn(arn)?.resource;
  if (!resource || !isLiteral(resource)) return arn;
  const id = resource.replace(/^secret:/, "");
  return withoutSuffix(id) ?? id;
}

function join(a: SecretResource, b: SecretResource): SecretResource {
  const [declared, other] = a.part && !b.part ? [b, a] : [a, b];
  return {
    ...declared,
    name: a.name ?? b.name,
    arn: isLiteral(other.arn.value) && !isLiteral(declared.arn.value) ? other.arn : declared.arn,
    key_reference: a.key_reference ?? b.key_reference,
    tags: { given: [...a.tags.given, ...b.tags.given], complete: a.tags.complete || b.tags.complete },
    contents: [...a.contents, ...b.contents],
    rotates: a.rotates || b.rotates || (a.rotates === null || b.rotates === null ? null : false),
    additions: [...a.additions, ...b.additions],
    versions: a.versions && b.versions ? [...a.versions, ...b.versions] : (a.versions ?? b.versions),
    declared: a.declared || b.declared,
    gone: a.gone && b.gone ? a.gone : null,
    filled_by: a.filled_by ?? b.filled_by,
    unseen: [...a.unseen, ...b.unseen],
  };
}
