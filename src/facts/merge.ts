/** One secret from its creation, its versions, its rotation and its description, which may be apart. */
import { splitArn, withoutSuffix } from "./arn.ts";
import { groupBy } from "./maps.ts";
import type { SecretResource, Text } from "./resources.ts";
import { holeOf, insides, isLiteral } from "./text.ts";

/** Joins the secrets of a unit that have one name or one ARN. */
export function mergeSecrets(secrets: readonly SecretResource[]): SecretResource[] {
  const named = new Map(
    secrets.flatMap(({ unit, arn, name }) => (name ? [[`${unit}\n${arn.value}`, name.value]] : [])),
  );
  const groups = groupBy(
    secrets,
    ({ unit, arn, name }) => `${unit}\n${name?.value ?? named.get(`${unit}\n${arn.value}`) ?? nameIn(arn.value)}`,
  );
  return [...groups.values()].map((group) => declaredOf(group).reduce(join));
}

/** What is declared: a unit that also looks it up tells nothing more by that. */
function declaredOf(group: readonly SecretResource[]): readonly SecretResource[] {
  const declared = group.filter((secret) => !isLookedUp(secret));
  return declared.length > 0 ? declared : group;
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
  return {
    ...a,
    name: a.name ?? b.name,
    arn: isLiteral(b.arn.value) && !isLiteral(a.arn.value) ? b.arn : a.arn,
    key_reference: a.key_reference ?? b.key_reference,
    tags: { given: [...a.tags.given, ...b.tags.given], complete: a.tags.complete || b.tags.complete },
    contents: [...a.contents, ...b.contents],
    rotates: a.rotates || b.rotates || (a.rotates ?? b.rotates),
    extended: a.extended || b.extended,
    versions: a.versions && b.versions ? [...a.versions, ...b.versions] : (a.versions ?? b.versions),
    unseen: [...a.unseen, ...b.unseen],
  };
}
