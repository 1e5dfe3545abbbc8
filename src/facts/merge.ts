/** One secret from everything that tells of it: raw files give its creation, its versions and its description apart. */
import { splitArn } from "./arn.ts";
import { groupBy } from "./maps.ts";
import type { SecretResource } from "./resources.ts";
import { isLiteral } from "./text.ts";

/** Joins the secrets of a unit that have one name; a secret without a known name stays as it is. */
export function mergeSecrets(secrets: readonly SecretResource[]): SecretResource[] {
  const groups = groupBy(secrets, (secret) => `${secret.unit}\n${identity(secret)}`);
  return [...groups.values()].map((group) => group.reduce(join));
}

function identity({ id, name, arn }: SecretResource): string {
  if (name) return name.value;
  const resource = splitArn(arn.value)?.resource;
  return resource && isLiteral(resource) ? resource.replace(/^secret:/, "").replace(/-[A-Za-z0-9]{6}$/, "") : id;
}

function join(a: SecretResource, b: SecretResource): SecretResource {
  return {
    ...a,
    name: a.name ?? b.name,
    arn: isLiteral(b.arn.value) && !isLiteral(a.arn.value) ? b.arn : a.arn,
    key_reference: a.key_reference ?? b.key_reference,
    contents: [...a.contents, ...b.contents],
    rotates: a.rotates || b.rotates || (a.rotates ?? b.rotates),
    extended: a.extended || b.extended,
    versions: a.versions && b.versions ? [...a.versions, ...b.versions] : (a.versions ?? b.versions),
    unseen: [...a.unseen, ...b.unseen],
  };
}
