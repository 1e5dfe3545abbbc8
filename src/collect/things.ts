/** Things of an account of which more is to be known, by the names that AWS has for them. */
import { isAccount, splitArn } from "../facts/arn.ts";
import { isLiteral } from "../facts/text.ts";

/** `region` and `account` are null where nothing says so: they are those of the credentials then. */
export type Thing =
  | { readonly kind: "role"; readonly name: string; readonly account: string | null }
  | { readonly kind: "policy"; readonly arn: string }
  | { readonly kind: "secret"; readonly id: string; readonly region: string | null }
  | {
      readonly kind: "parameter";
      readonly name: string;
      readonly region: string | null;
      readonly account: string | null;
    }
  | { readonly kind: "key"; readonly id: string; readonly region: string | null }
  /** All job definitions of a Region. */
  | { readonly kind: "jobs"; readonly region: string | null }
  /** All queues and compute environments of a Region. */
  | { readonly kind: "environments"; readonly region: string | null }
  | { readonly kind: "subnets"; readonly ids: readonly string[]; readonly region: string | null }
  | { readonly kind: "groups"; readonly ids: readonly string[]; readonly region: string | null }
  | { readonly kind: "vpc"; readonly id: string; readonly region: string | null }
  | { readonly kind: "image"; readonly id: string; readonly region: string | null }
  | {
      readonly kind: "template";
      /** By its id, else by its name. */
      readonly by: "LaunchTemplateId" | "LaunchTemplateName";
      readonly name: string;
      readonly version: string;
      readonly region: string | null;
    };

export type ThingKind = Thing["kind"];

/** A thing in this Region where nothing says another. */
export function inRegion(thing: Thing, region: string | null): Thing {
  return "region" in thing ? { ...thing, region: thing.region ?? region } : thing;
}

/** The partition of an ARN, null for anything else. */
export function partitionOf(thing: Thing): string | null {
  const arn = thing.kind === "policy" ? thing.arn : "id" in thing ? thing.id : "";
  return splitArn(arn)?.partition ?? null;
}

/**
 * What an ARN, or the id of something of EC2, names; undefined for anything else, and for one that is only partly known.
 * A reference to a secret may have selectors behind its name.
 */
export function thingOf(text: string): Thing | undefined {
  return byArn(text) ?? byId(text, null);
}

function byArn(text: string): Thing | undefined {
  const arn = splitArn(text);
  if (!arn || !isLiteral(`${arn.partition}${arn.service}${arn.resource}`)) return undefined;
  const region = isLiteral(arn.region) && arn.region !== "" ? arn.region : null;
  const account = isAccount(arn.account) ? arn.account : null;
  const [type = "", ...rest] = arn.resource.split(/[:/]/);
  const name = arn.resource.slice(type.length + 1);
  switch (`${arn.service} ${type}`) {
    case "iam role":
      return { kind: "role", name: rest.at(-1) ?? "", account };
    case "iam policy":
      return isLiteral(text) ? { kind: "policy", arn: text } : undefined;
    case "secretsmanager secret":
      return isWildcard(name) ? undefined : { kind: "secret", id: secretId(text, name), region };
    case "ssm parameter":
      return isWildcard(name) ? undefined : { kind: "parameter", name: parameterName(name), region, account };
    case "kms key":
    case "kms alias":
      return isWildcard(name) ? undefined : { kind: "key", id: isLiteral(text) ? text : keyId(type, name), region };
    default:
      return byId(name, region);
  }
}

function isWildcard(name: string): boolean {
  return /[*?]/.test(name) || name === "";
}

/** The ARN without selectors; the name alone where its account or Region is not known. */
function secretId(arn: string, name: string): string {
  const [own = ""] = name.split(":");
  return isLiteral(arn) ? arn.split(":").slice(0, 7).join(":") : own;
}

/** `parameter/prod/token` is `/prod/token` or `token`: a name with a slash in it begins with one. */
function parameterName(name: string): string {
  return name.includes("/") ? `/${name}` : name;
}

function keyId(type: string, name: string): string {
  return type === "alias" ? `alias/${name}` : name;
}

/** The ids of EC2 begin with what they are of. */
function byId(id: string, region: string | null): Thing | undefined {
  const [, prefix] = /^(subnet|vpc|sg|ami|lt)-[0-9a-f]{8,17}$/.exec(id) ?? [];
  switch (prefix) {
    case "subnet":
      return { kind: "subnets", ids: [id], region };
    case "sg":
      return { kind: "groups", ids: [id], region };
    case "vpc":
      return { kind: "vpc", id, region };
    case "ami":
      return { kind: "image", id, region };
    case "lt":
      return { kind: "template", by: "LaunchTemplateId", name: id, version: "$Default", region };
    default:
      return undefined;
  }
}

/** What the `valueFrom` of a secret, or the `credentialsParameter` of a registry, names. */
export function referenced(value: string, site: "secrets" | "registry"): Thing | undefined {
  if (value.startsWith("arn:")) return thingOf(value);
  if (!isLiteral(value) || isWildcard(value)) return undefined;
  return site === "registry"
    ? { kind: "secret", id: value, region: null }
    : { kind: "parameter", name: value, region: null, account: null };
}

/** The key of a secret or parameter: an id, an alias or an ARN. AWS's own keys are known. */
export function keyThing(id: string, region: string | null): Thing | undefined {
  if (id === "" || /(?:^|:)alias\/aws\//.test(id)) return undefined;
  return thingOf(id) ?? { kind: "key", id, region };
}
