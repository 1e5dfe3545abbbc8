/** What is known of unknown values of a module: variables, attributes of resources, outputs of modules. */

import type { Deployment, Owner } from "../../facts/arn.ts";
import type { Cause } from "../../facts/causes.ts";
import type { Hole } from "../../facts/schema/common.ts";
import { type About, type HoleWidth, isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { holeIn, noted, termOf } from "./language/evaluate/unknown.ts";
import type { TerraformUnknown, Unread } from "./language/evaluate/values.ts";

export interface Home {
  readonly unit: string;
  /** What addresses in it begin with: `module.jobs["a"].`, or nothing. */
  readonly prefix: string;
}

/** The key of an unknown value, unique in a run. `name` is how its module writes it. */
export function keyOf({ unit, prefix }: Home, name: string): string {
  return `${prefix}${name}@${unit}`;
}

/** An unknown value of a module. `name` is how the module writes it. */
export function unknown(home: Home, name: string, about: About, at: Place): TerraformUnknown {
  const { unit, prefix } = home;
  const key = noted(keyOf(home, name), { words: name, term: lastName(name), unit, ...about }, prefix);
  return { kind: "unknown", name: key, at };
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

export interface Declared extends Home {
  readonly mode: "managed" | "data";
  readonly type: string;
  /** With the prefix of its module, and the key of the instance if there are several. */
  readonly address: string;
  /** Of a parameter of Systems Manager. */
  readonly encrypted?: boolean;
  /** What the name that AWS knows says of its value, where that is more than the address says. */
  readonly term?: string;
  /** Where its provider deploys to, as far as the files show. */
  readonly deployment?: () => Deployment;
}

/** Kinds in the words of the case (`facts/schema.ts`), by Terraform's types. */
const KINDS: Readonly<Record<string, string>> = {
  aws_secretsmanager_secret: "secret",
  aws_secretsmanager_secret_version: "secret_version",
  aws_ssm_parameter: "parameter",
  aws_iam_role: "role",
  aws_iam_policy: "policy",
  aws_iam_policy_document: "policy_document",
  aws_iam_instance_profile: "instance_profile",
  aws_iam_access_key: "access_key",
  aws_kms_key: "key",
  aws_kms_replica_key: "key",
  aws_kms_external_key: "key",
  aws_kms_alias: "alias",
  aws_availability_zones: "availability_zones",
  aws_vpc: "network",
  aws_default_vpc: "network",
  aws_subnet: "subnet",
  aws_default_subnet: "subnet",
  aws_security_group: "security_group",
  aws_vpc_endpoint: "endpoint",
  aws_launch_template: "launch_template",
  aws_batch_compute_environment: "compute_environment",
  aws_batch_job_queue: "job_queue",
  aws_batch_job_definition: "job_definition",
  awscc_batch_job_definition: "job_definition",
  aws_db_instance: "database",
  aws_rds_cluster: "database",
  aws_redshift_cluster: "database",
  random_password: "password",
  aws_secretsmanager_random_password: "password",
  random_string: "random",
  random_id: "random",
  random_uuid: "random",
  random_pet: "random",
  tls_private_key: "private_key",
};

/**
 * Attributes that are a secret's value: the providers mark them as sensitive.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/secretsmanager_secret_version
 */
const SECRET_VALUES: Readonly<Record<string, readonly string[]>> = {
  aws_secretsmanager_secret_version: ["secret_string", "secret_binary"],
  aws_secretsmanager_random_password: ["random_password"],
  aws_kms_secrets: ["plaintext"],
  aws_iam_access_key: ["secret", "ses_smtp_password_v4"],
  aws_db_instance: ["password"],
  aws_rds_cluster: ["master_password"],
  aws_redshift_cluster: ["master_password"],
  aws_elasticache_replication_group: ["auth_token"],
  random_password: ["result"],
  tls_private_key: ["private_key_pem", "private_key_openssh", "private_key_pem_pkcs8"],
};

/** Attributes that are the value of a parameter of Systems Manager. */
const PARAMETER_VALUES = new Set(["value", "insecure_value"]);

const IDENTIFYING = new Set(["arn", "id", "name", "key_id", "unique_id"]);

const REMOTE_STATE = "terraform_remote_state";

/** Kinds of resources that a container can reference by ARN. */
const REFERABLE = new Set(["secret", "secret_version", "parameter"]);

function holdsOf({ type, encrypted }: Declared, attribute: string): Hole["holds"] {
  if (type === "aws_ssm_parameter" && PARAMETER_VALUES.has(attribute))
    return encrypted ? "secure_parameter" : "parameter";
  return Object.hasOwn(SECRET_VALUES, type) && SECRET_VALUES[type]?.includes(attribute) ? "secret" : null;
}

/** What is known of an attribute. `arn` is the ARN of the secret or parameter, if it is one and its ARN is known. */
function aboutAttribute(of: Declared, attribute: string, index: string, arn: string | undefined): About {
  const { address, prefix, unit, mode, type } = of;
  const name = `${address.slice(prefix.length)}${index}`;
  const kind = Object.hasOwn(KINDS, type) ? (KINDS[type] ?? null) : null;
  const isLookup = mode === "data";
  const isImport = type === REMOTE_STATE;
  const holds = holdsOf(of, attribute);
  const last = attribute.slice(attribute.lastIndexOf(".") + 1);
  const isReferable = kind !== null && REFERABLE.has(kind) && attribute !== "arn";
  return {
    words: `${name}.${attribute}`,
    term: of.term ?? termOf(termOfAddress(name), last),
    unit,
    origin: {
      kind: isImport ? "import" : isLookup ? "lookup" : "attribute",
      resource_kind: kind,
      attribute,
    },
    identifies: isDeclared(of, kind) && IDENTIFYING.has(attribute) ? idOf(of) : null,
    arn: isReferable ? (arn ?? attributeHole(of, "arn", "wide", index)) : null,
    holds,
    sensitive: holds !== null,
    cause: causeOfAttribute(of, attribute, index, holds !== null),
  };
}

/**
 * The cause of an unknown attribute. All attributes of a data source have one cause; each attribute that is made at
 * deployment has its own, and so has the value of a secret.
 */
function causeOfAttribute(of: Declared, attribute: string, index: string, isSecret: boolean): Cause {
  const { address, unit, mode } = of;
  const name = `${address}${index}.${attribute}`;
  if (isSecret) return { kind: "value", name, unit };
  return mode === "data" ? causeOfResource(of, index) : { kind: "apply", name, unit };
}

/** The cause why not all attributes of a resource are known. */
export function causeOfResource({ address, unit, mode, type }: Declared, index = ""): Cause {
  const kind = mode === "managed" ? "apply" : type === REMOTE_STATE ? "remote-output" : "lookup";
  return { kind, name: `${address}${index}`, unit };
}

/**
 * Whether its ids are its own: something that is looked up may be declared as well, a version has the ARN of its
 * secret, and a type silently here may have the id of anything else.
 */
function isDeclared({ mode }: Declared, kind: string | null): boolean {
  return mode === "managed" && kind !== null && kind !== "secret_version";
}

/**
 * What identifies a resource: its block, and the keys of its instance behind it when all of them are known. Instances
 * with other keys are other resources, and one whose key is not known may be any of its block.
 */
function idOf({ unit, address }: Declared): string {
  const block = `${unit}#${withoutKeys(address)}`;
  const keys = address.match(KEYS) ?? [];
  const isKnown = isLiteral(address) && keys.every((key) => key !== "[…]" && key !== "[*]");
  return isKnown && keys.length > 0 ? `${block} ${keys.join("")}` : block;
}

/** The keys of instances in an address. */
const KEYS = /\[(?:\d+|…|\*|"(?:[^"\\]|\\.)*")\]/g;

/** The names in an address, each with its key. */
const NAMES = /([\w-]+)(?:\[(?:"((?:[^"\\]|\\.)*)"|[^[\]"]*)\])?/g;

/** The name of a resource, or its key if that is a string. */
function termOfAddress(address: string): string {
  let [term, end] = ["", 0];
  for (const { index, 0: whole, 1: name = "", 2: key } of address.matchAll(NAMES)) {
    term = key ?? name;
    end = index + whole.length;
  }
  return end === address.length ? term : "";
}

function withoutKeys(address: string): string {
  return address.replace(KEYS, "");
}

export function owner(of: Declared): Owner {
  const { address, unit, mode, prefix, deployment } = of;
  const id = mode === "managed" ? idOf(of) : null;
  return {
    address: address.slice(prefix.length),
    unit,
    id,
    key: `${address}@${unit}`,
    ...(deployment && { deployment: deployment() }),
  };
}

export function attributeHole(of: Declared, attribute: string, width: HoleWidth, index = "", arn?: string): string {
  const about = aboutAttribute(of, attribute, index, arn);
  return holeIn(of.prefix, `${of.address}${index}.${attribute}@${of.unit}`, width, about);
}

/** The hole of the piece by which AWS tells a resource from all others. */
export function ownHole(of: Declared, width: HoleWidth): string {
  const about = aboutAttribute(of, "id", "", undefined);
  return holeIn(of.prefix, `${of.address}@${of.unit}`, width, { ...about, arn: null });
}

/** The hole of what a stack of CloudFormation gives by a name: the name of an export, or the key of an output. */
export function stackHole(of: Declared, attribute: string, name: string, by: "export" | "output"): string {
  const about = aboutAttribute(of, attribute, "", undefined);
  const { address, prefix, unit } = of;
  const origin = { kind: "import", attribute: by } as const;
  return holeIn(prefix, `${address}.${attribute}@${unit}`, "wide", { ...about, term: name, origin });
}

/** The hole of the id of an image that is looked up by a name. */
export function imageHole(of: Declared, name: string | undefined): string {
  const about = aboutAttribute(of, "id", "", undefined);
  return holeIn(
    of.prefix,
    `${of.address}@${of.unit}`,
    "narrow",
    name === undefined ? about : { ...about, image: name },
  );
}

/** The attributes where only the name is known. */
export function unreadOf(of: Declared, cause?: Cause): Unread {
  return (attribute, at, index = ""): TerraformUnknown => {
    const address = `${of.address}${index}.${attribute}`;
    const about = aboutAttribute(of, attribute, index, undefined);
    const key = noted(`${address}@${of.unit}`, cause ? { ...about, cause } : about, of.prefix);
    return { kind: "unknown", name: key, at };
  };
}

/** A resource that is not declared, or whose instances are not known. */
export function unknownResource(of: Declared, cause: Cause, at: Place): TerraformUnknown {
  const about = aboutAttribute(of, "id", "", undefined);
  const words = of.address.slice(of.prefix.length);
  const origin = { ...about.origin, attribute: null };
  const whole = { ...about, words, arn: null, origin, cause };
  const name = noted(`${of.address}@${of.unit}`, whole, of.prefix);
  return { kind: "unknown", name, at, unread: unreadOf(of, cause) };
}
