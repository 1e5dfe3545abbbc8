/** Amazon Resource Names: splitting them, and the symbolic ARNs of resources that are declared in the files. */

import type { Hole } from "./schema/common.ts";
import type { Case } from "./schema.ts";
import { type About, ACCOUNT, type HoleWidth, hasWideHole, hole, holes, isLiteral, PARTITION, REGION } from "./text.ts";

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon; it may hold colons. */
  readonly resource: string;
}

/**
 * The fields of an ARN, undefined when the text isn't one or has a wide hole before its resource.
 * Source of the form: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function splitArn(value: string): Arn | undefined {
  const match = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(value);
  if (!match) return undefined;
  const [, partition = "", service = "", region = "", account = "", resource = ""] = match;
  if (hasWideHole(`${partition}${service}${region}${account}`)) return undefined;
  return { partition, service, region, account, resource };
}

export function joinArn({ partition, service, region, account, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** Where something is deployed. */
export type Deployment = Case["deployment"];

/** A deployment whose account and Region are unknown. */
export const ANYWHERE: Deployment = { partition: PARTITION, region: REGION, account: ACCOUNT };

/**
 * An ARN in the account of a deployment; `region` is empty for services that have none, else that of the deployment.
 */
export function own(
  service: string,
  region: "" | typeof REGION,
  resource: string,
  deployment: Deployment = ANYWHERE,
): string {
  return joinArn({ ...deployment, service, region: region && deployment.region, resource });
}

/**
 * Partitions by how their Regions begin:
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
const PARTITIONS = [
  ["aws", /^(?:us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/],
  ["aws-cn", /^cn-[a-z]+-\d+$/],
  ["aws-us-gov", /^us-gov-[a-z]+-\d+$/],
  ["aws-eusc", /^eusc-de-[a-z]+-\d+$/],
  ["aws-iso", /^us-iso-[a-z]+-\d+$/],
  ["aws-iso-b", /^us-isob-[a-z]+-\d+$/],
  ["aws-iso-e", /^eu-isoe-[a-z]+-\d+$/],
  ["aws-iso-f", /^us-isof-[a-z]+-\d+$/],
] as const;

/** The partition and Region of a deployment in a Region; undefined when it is no Region that we know. */
export function inRegion(region: string): Pick<Deployment, "partition" | "region"> | undefined {
  const found = PARTITIONS.find(([, regions]) => regions.test(region));
  return found && { partition: found[0], region };
}

/** Whether it is the number of an account. */
export function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/**
 * A secret's name without the hyphen and the six random characters that Secrets Manager adds in its ARN, undefined when
 * it doesn't end in such:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
export function withoutSuffix(name: string): string | undefined {
  const last = holes(name).at(-1);
  if (last?.width === "suffix" && name.endsWith(`-${last.token}`)) return name.slice(0, -last.token.length - 1);
  return /-[A-Za-z0-9]{6}$/.test(name) ? name.slice(0, -7) : undefined;
}

export interface Owner {
  readonly address: string;
  readonly unit: string;
  /** The id of the declared resource; null for something that is only looked up, which may be declared as well. */
  readonly id: string | null;
  /** What tells the piece that AWS makes from any other unknown value; `address@unit` when it is left out. */
  readonly key?: string;
  /** Where it is deployed, as far as the files show. */
  readonly deployment?: Deployment;
}

type Kind = NonNullable<Hole["origin"]["resource_kind"]>;

/** What is known of a piece of a resource's ARN that AWS makes. */
export function ownPiece({ address, unit, id }: Owner, resource_kind: Kind | null, attribute: string): About {
  return {
    words: attribute === "name" ? `${address}.name` : address,
    term: attribute,
    unit,
    origin: { kind: id === null ? "lookup" : "attribute", resource_kind, attribute },
    identifies: id,
    cause: { kind: id === null ? "lookup" : "apply", name: address, unit },
  };
}

function ownName(owner: Owner, kind: Kind): string {
  return hole(`${owner.address}.name@${owner.unit}`, "narrow", ownPiece(owner, kind, "name"));
}

/** The piece of an ARN that AWS makes for every resource, such as the id of a key. */
function ownId(owner: Owner, kind: Kind, width: HoleWidth): string {
  return hole(owner.key ?? `${owner.address}@${owner.unit}`, width, ownPiece(owner, kind, "id"));
}

/**
 * The symbolic ARN of a secret that is declared in the files: its name when it is known, and always a suffix, which
 * Secrets Manager makes (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html).
 */
export function secretArn(owner: Owner, name: string | null): string {
  return own(
    "secretsmanager",
    REGION,
    `secret:${name ?? ownName(owner, "secret")}-${ownId(owner, "secret", "suffix")}`,
    owner.deployment,
  );
}

/** What services call the secrets that they make, by the type of what they make them for. */
const MADE_NAMES: ReadonlyMap<string, string> = new Map([
  ["aws_db_instance", "rds!db-"],
  ["AWS::RDS::DBInstance", "rds!db-"],
  ["aws_rds_cluster", "rds!cluster-"],
  ["AWS::RDS::DBCluster", "rds!cluster-"],
]);

/**
 * The symbolic ARN of a secret that a service makes for a resource of a type.
 * https://docs.aws.amazon.com/cli/latest/reference/secretsmanager/list-secrets.html
 */
export function madeSecretArn(owner: Owner, type: string): string {
  return secretArn(owner, `${MADE_NAMES.get(type) ?? ""}${ownName(owner, "secret")}`);
}

/** The symbolic ARN of an SSM parameter; a leading slash of its name belongs to the name and is not doubled. */
export function parameterArn(owner: Owner, name: string | null): string {
  return own("ssm", REGION, `parameter/${(name ?? ownName(owner, "parameter")).replace(/^\//, "")}`, owner.deployment);
}

/** The symbolic ARN of a key: its id is always made by KMS. */
export function keyArn(owner: Owner): string {
  return own("kms", REGION, `key/${ownId(owner, "key", "narrow")}`, owner.deployment);
}

/** The symbolic ARN of a role. `path` begins and ends with a slash, as IAM has it. */
export function roleArn(owner: Owner, name: string | null, path = "/"): string {
  return own("iam", "", `role${path}${name ?? ownName(owner, "role")}`, owner.deployment);
}

/**
 * Whose a policy is, by how it says so: a literal name is that of a role in the policy's own account, so it becomes an ARN
 * there. The path is not known, and taken for none: who is looked for is found by the name behind it.
 */
export function carrierOf<T extends { readonly value: string }>(named: T, deployment?: Deployment): T {
  const isName = isLiteral(named.value) && !/[:/]/.test(named.value);
  return isName ? { ...named, value: own("iam", "", `role/${named.value}`, deployment) } : named;
}

export function policyArn(owner: Owner, name: string | null, path = "/"): string {
  return own("iam", "", `policy${path}${name ?? ownName(owner, "policy")}`, owner.deployment);
}

/**
 * How the aliases of AWS's own keys begin, which every account has and which need no grant:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export const OWN_KEYS = "alias/aws/";
