/**
 * Attributes that a provider computes, as far as they are known before it runs: symbolic ARNs, ids and names.
 * They make a reference to a resource equal to the ARN in a grant for it.
 *
 * Attributes are on the pages of each resource: https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
import { posix } from "node:path";
import {
  ANYWHERE,
  type Deployment,
  keyArn,
  madeSecretArn,
  own as ownArn,
  parameterArn,
  policyArn,
  roleArn,
  secretArn,
  splitArn,
} from "../../../facts/arn.ts";
import { isCredentialName } from "../../../facts/credentials/names.ts";
import { behindFirstHole, hasWideHole, isLiteral, REGION } from "../../../facts/text.ts";
import { type Entry, get, unknownOf, type Value } from "../../../syntax/value.ts";
import { toBoolean, toText } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import { derived } from "../language/evaluate/derive.ts";
import type { TerraformObject } from "../language/evaluate/values.ts";
import { attributeHole, causeOfResource, type Declared, imageHole, owner, ownHole, stackHole } from "../unknowns.ts";

/** A string with holes, a value that must not be shown, or one that is made of others. */
type Attribute = string | Value;
type Computed = (instance: Instance) => Readonly<Record<string, Attribute | null>>;

const given = (instance: Instance, name: string): string | null => toText(argument(instance, name))?.value ?? null;
const own = (instance: Instance): string => ownHole(instance, "narrow");
const part = (instance: Instance, attribute: string): string => attributeHole(instance, attribute, "narrow");

/** A value that the provider marks as sensitive. `arn` is the ARN of the secret or parameter that holds it. */
function secret(instance: Instance & Pick<Declared, "encrypted" | "term">, attribute: string, arn?: string): Attribute {
  const sensitive = attributeHole(instance, attribute, "wide", "", arn);
  return { ...unknownOf(sensitive, instance.at), sensitive };
}

/** The name as given, with a unique ending behind a given prefix, or a hole. */
function nameOf(instance: Instance, arn?: string): string {
  const prefix = given(instance, "name_prefix");
  return given(instance, "name") ?? `${prefix ?? ""}${attributeHole(instance, "name", "narrow", "", arn)}`;
}

/** Where an instance is deployed. */
const deployed = (instance: Instance): Deployment => instance.deployment?.() ?? ANYWHERE;

const path = (instance: Instance): string => given(instance, "path") ?? "/";

function secretsOf(...attributes: readonly string[]): Computed {
  return (instance) => Object.fromEntries(attributes.map((attribute) => [attribute, secret(instance, attribute)]));
}

/** What is looked up by name may be given its ARN. */
const givenArn = (instance: Instance): string | null => {
  const name = instance.mode === "data" ? given(instance, "name") : null;
  return given(instance, "arn") ?? (name?.startsWith("arn:") ? name : null);
};

function secretOf(instance: Instance) {
  const named = givenArn(instance);
  if (named !== null) return { arn: named, id: named, name: attributeHole(instance, "name", "narrow", "", named) };
  const arn = secretArn(owner(instance), given(instance, "name") ?? nameOf(instance));
  return { arn, id: arn, name: nameOf(instance, arn) };
}

function versionOf(instance: Instance) {
  const id = given(instance, "secret_id");
  const arn =
    id?.startsWith("arn:") || (id !== null && behindFirstHole(id) !== undefined)
      ? id
      : id === null
        ? null
        : secretArn(owner(instance), id);
  return {
    arn,
    version_id: part(instance, "version_id"),
    id: arn === null ? null : `${arn}|${part(instance, "version_id")}`,
    secret_string: secret(instance, "secret_string", arn ?? undefined),
    secret_binary: secret(instance, "secret_binary", arn ?? undefined),
  };
}

function parameterOf(instance: Instance) {
  const encrypted = given(instance, "type") === "SecureString";
  const term = posix.basename(given(instance, "name") ?? "");
  const arn = givenArn(instance) ?? parameterArn(owner(instance), nameOf(instance));
  return {
    arn,
    id: given(instance, "name"),
    value: secret({ ...instance, encrypted, ...(isCredentialName(term) && { term }) }, "value", arn),
    insecure_value: attributeHole(instance, "insecure_value", "wide", "", arn),
  };
}

function roleOf(instance: Instance) {
  const name = nameOf(instance);
  return {
    arn: roleArn(owner(instance), name, path(instance)),
    id: name,
    name,
    unique_id: part(instance, "unique_id"),
  };
}

function policyOf(instance: Instance) {
  const arn = given(instance, "arn") ?? policyArn(owner(instance), nameOf(instance), path(instance));
  return { arn, id: arn, name: nameOf(instance) };
}

function keyOf(instance: Instance) {
  const id = given(instance, "key_id");
  if (instance.mode === "data" && id?.startsWith("arn:") && id.includes(":key/"))
    return { arn: id, id: id.replace(/^.*:key\//, "") };
  const isId = id !== null && !/^(?:arn:|alias\/)/.test(id);
  const arn = isId ? keyWithId(instance, id) : null;
  if (arn !== null) return { arn, id };
  return { arn: keyArn(owner(instance)), key_id: own(instance), id: own(instance) };
}

function aliasOf(instance: Instance) {
  const name = nameOf(instance);
  const arn = ownArn("kms", REGION, name, deployed(instance));
  const target = given(instance, "target_key_id");
  return instance.mode === "data"
    ? { arn, id: arn, target_key_id: own(instance), target_key_arn: keyArn(owner(instance)) }
    : { arn, id: name, name, target_key_arn: target === null ? null : keyWithId(instance, target) };
}

/** The ARN of a key by that or by its id, which are the same to an alias; null for what may be either. */
function keyWithId(instance: Instance, target: string): string | null {
  if (target.startsWith("arn:")) return target;
  return hasWideHole(target) ? null : ownArn("kms", REGION, `key/${target}`, deployed(instance));
}

/**
 * A replica has the id of its primary key, in another Region:
 * https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
function replicaOf(instance: Instance) {
  const primary = splitArn(given(instance, "primary_key_arn") ?? "");
  const id = primary?.resource.replace(/^key\//, "") ?? own(instance);
  const { region, ...here } = deployed(instance);
  const elsewhere = region === primary?.region ? part(instance, "region") : region;
  return { arn: ownArn("kms", REGION, `key/${id}`, { ...here, region: elsewhere }), key_id: id, id };
}

/** The ARN of the secret that a service makes, which has no name of its own in the files. */
export function managedSecretArn(instance: Instance, attribute: string): string {
  return madeSecretArn(owner({ ...instance, address: `${instance.address}.${attribute}` }), instance.type);
}

/**
 * Of a database that is looked up, what the files say of its secret says that it has one.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_cluster
 */
function masterUserSecret(instance: Instance): Value | null {
  if (instance.mode !== "data" && !managedSecret(instance)) return null;
  const arn = managedSecretArn(instance, "master_user_secret");
  const { at } = instance;
  const secretArn: Entry = { key: "secret_arn", keyAt: at, value: { kind: "text", value: arn, at } };
  const kms = argument(instance, "master_user_secret_kms_key_id");
  const key: Entry[] = kms ? [{ key: "kms_key_id", keyAt: at, value: kms }] : [];
  const open = { kind: "apply", name: `${instance.address}.master_user_secret`, unit: instance.unit } as const;
  return { kind: "list", items: [{ kind: "object", entries: [secretArn, ...key], at, open }], at };
}

/** Databases that keep the password in a secret of their own if an argument says so, and what they call the secret. */
const MANAGED_SECRETS: Readonly<
  Record<string, { readonly flag: string; readonly secret: string; readonly key: string }>
> = {
  ...Object.fromEntries(
    ["aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster"].map((type) => [
      type,
      { flag: "manage_master_user_password", secret: "master_user_secret", key: "master_user_secret_kms_key_id" },
    ]),
  ),
  aws_redshift_cluster: {
    flag: "manage_master_password",
    secret: "master_password_secret",
    key: "master_password_secret_kms_key_id",
  },
  aws_redshiftserverless_namespace: {
    flag: "manage_admin_password",
    secret: "admin_password_secret",
    key: "admin_password_secret_kms_key_id",
  },
};

/** What a database says of the secret that it manages; undefined when it surely manages none. */
export function managedSecret(instance: Instance): { readonly secret: string; readonly key: string } | undefined {
  const made = Object.hasOwn(MANAGED_SECRETS, instance.type) ? MANAGED_SECRETS[instance.type] : undefined;
  return made && toBoolean(argument(instance, made.flag), false) !== false ? made : undefined;
}

const passwordArn =
  (attribute: string) =>
  (instance: Instance): string | null =>
    managedSecret(instance) ? managedSecretArn(instance, attribute) : null;

/**
 * The name is an argument of its own since version 6, and `name_prefix` with it.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_compute_environment
 */
function environmentOf(instance: Instance) {
  const name = given(instance, "compute_environment_name") ?? given(instance, "name") ?? own(instance);
  const arn = ownArn("batch", REGION, `compute-environment/${name}`, deployed(instance));
  return { arn, id: arn };
}

/** What another stack exports: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/cloudformation_export */
function exportOf(instance: Instance) {
  const name = given(instance, "name");
  return { value: name === null ? null : stackHole(instance, "value", name, "export") };
}

/** The outputs of a stack, each by its key. */
function stackOf(instance: Instance): { readonly outputs: TerraformObject } {
  const { at } = instance;
  return {
    outputs: {
      kind: "object",
      entries: [],
      at,
      open: causeOfResource(instance),
      unread: (key, where) => unknownOf(stackHole(instance, `outputs.${key}`, key, "output"), where),
    },
  };
}

/** Some of the items that it is given: https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/shuffle */
function shuffleOf(instance: Instance) {
  const input = argument(instance, "input");
  return { result: input ? derived("random_shuffle", [input], instance.at) : null };
}

const plainId: Computed = (instance) => ({ id: own(instance), arn: null });

/** An image, which is known by the name that it is looked up by. */
function imageOf(instance: Instance): Record<string, string | null> {
  const byName = blocks(instance, "filter").find((filter) => toText(get(filter, "name"))?.value === "name");
  const values = get(byName, "values");
  const [only, ...more] = values?.kind === "list" ? values.items : [];
  const name = more.length === 0 ? (toText(only)?.value ?? null) : null;
  const hole = imageHole(instance, name !== null && isLiteral(name) ? name : undefined);
  return { id: hole, image_id: hole, arn: null };
}

const MANAGED: Readonly<Record<string, Computed>> = {
  aws_secretsmanager_secret: secretOf,
  aws_secretsmanager_secret_version: versionOf,
  aws_ssm_parameter: parameterOf,
  aws_iam_role: roleOf,
  aws_iam_policy: policyOf,
  aws_iam_instance_profile: (instance) => ({
    arn: ownArn("iam", "", `instance-profile${path(instance)}${nameOf(instance)}`, deployed(instance)),
    name: nameOf(instance),
    id: nameOf(instance),
  }),
  aws_kms_key: keyOf,
  aws_kms_alias: aliasOf,
  aws_vpc: (instance) => ({
    id: own(instance),
    cidr_block: part(instance, "cidr_block"),
    default_security_group_id: part(instance, "default_security_group_id"),
    default_network_acl_id: part(instance, "default_network_acl_id"),
    default_route_table_id: part(instance, "default_route_table_id"),
    main_route_table_id: part(instance, "default_route_table_id"),
  }),
  aws_launch_template: (instance) => ({
    id: own(instance),
    name: nameOf(instance),
    latest_version: part(instance, "latest_version"),
  }),
  aws_kms_external_key: keyOf,
  aws_kms_replica_key: replicaOf,
  aws_kms_replica_external_key: replicaOf,
  aws_db_instance: (instance) => ({
    ...plainId(instance),
    password: secret(instance, "password"),
    master_user_secret: masterUserSecret(instance),
  }),
  aws_rds_cluster: (instance) => ({
    ...plainId(instance),
    master_password: secret(instance, "master_password"),
    master_user_secret: masterUserSecret(instance),
  }),
  aws_docdb_cluster: (instance) => ({
    ...plainId(instance),
    master_password: secret(instance, "master_password"),
    master_user_secret: masterUserSecret(instance),
  }),
  random_password: (instance) => ({ result: secret(instance, "result") }),
  aws_iam_access_key: secretsOf("secret", "ses_smtp_password_v4"),
  aws_redshift_cluster: (instance) => ({
    master_password: secret(instance, "master_password"),
    master_password_secret_arn: passwordArn("master_password_secret")(instance),
  }),
  aws_redshiftserverless_namespace: (instance) => ({
    admin_user_password: secret(instance, "admin_user_password"),
    admin_password_secret_arn: passwordArn("admin_password_secret")(instance),
  }),
  aws_cloudwatch_event_connection: (instance) => ({ secret_arn: managedSecretArn(instance, "secret") }),
  aws_elasticache_replication_group: secretsOf("auth_token"),
  tls_private_key: secretsOf("private_key_pem", "private_key_openssh", "private_key_pem_pkcs8"),
  random_id: (instance) => ({
    hex: part(instance, "hex"),
    dec: part(instance, "dec"),
    id: own(instance),
    b64_url: part(instance, "b64_url"),
  }),
  random_string: (instance) => ({ result: part(instance, "result"), id: own(instance) }),
  random_shuffle: shuffleOf,
  // https://developer.hashicorp.com/terraform/language/resources/terraform-data
  terraform_data: (instance) => ({ output: argument(instance, "input") ?? null }),
  random_pet: (instance) => ({ id: own(instance) }),
  random_uuid: (instance) => ({ result: part(instance, "result"), id: own(instance) }),
  aws_subnet: plainId,
  aws_security_group: plainId,
  aws_route_table: plainId,
  aws_default_route_table: (instance) => ({ id: given(instance, "default_route_table_id") }),
  aws_default_security_group: plainId,
  aws_network_acl: plainId,
  aws_default_network_acl: plainId,
  aws_route53_zone: (instance) => ({ id: own(instance), zone_id: own(instance) }),
  aws_nat_gateway: plainId,
  aws_internet_gateway: plainId,
  aws_vpn_gateway: plainId,
  aws_vpc_endpoint: plainId,
  aws_ec2_transit_gateway: plainId,
  aws_batch_compute_environment: environmentOf,
  aws_cloudformation_stack: stackOf,
  aws_cloudwatch_log_group: (instance) => ({ name: nameOf(instance), id: nameOf(instance) }),
};

const DATA: Readonly<Record<string, Computed>> = {
  aws_caller_identity: (instance) => ({ account_id: deployed(instance).account, id: deployed(instance).account }),
  aws_region: (instance) => {
    const { region } = deployed(instance);
    return { name: region, id: region, region };
  },
  aws_partition: (instance) => {
    const { partition } = deployed(instance);
    return { partition, id: partition, dns_suffix: part(instance, "dns_suffix") };
  },
  aws_secretsmanager_secret: secretOf,
  aws_secretsmanager_secret_version: versionOf,
  aws_ssm_parameter: parameterOf,
  aws_iam_role: roleOf,
  aws_iam_policy: policyOf,
  aws_kms_key: keyOf,
  aws_kms_alias: aliasOf,
  aws_vpc: (instance) => ({ id: own(instance), cidr_block: part(instance, "cidr_block") }),
  aws_subnet: plainId,
  aws_security_group: plainId,
  aws_internet_gateway: plainId,
  aws_ami: imageOf,
  aws_cloudformation_export: exportOf,
  aws_cloudformation_stack: stackOf,
  aws_db_instance: (instance) => ({ master_user_secret: masterUserSecret(instance) }),
  aws_rds_cluster: (instance) => ({ master_user_secret: masterUserSecret(instance) }),
  aws_kms_secrets: secretsOf("plaintext"),
  aws_secretsmanager_random_password: secretsOf("random_password"),
  vault_generic_secret: secretsOf("data", "data_json"),
  vault_kv_secret: secretsOf("data", "data_json"),
  vault_kv_secret_v2: secretsOf("data", "data_json"),
  sops_file: secretsOf("data", "raw"),
  aws_vpc_endpoint_service: (instance) => {
    const service = given(instance, "service");
    return {
      service_name:
        given(instance, "service_name") ?? (service && `com.amazonaws.${deployed(instance).region}.${service}`),
    };
  },
};

/**
 * The computed attributes of an instance, each placed at its block. Given arguments take precedence. Attributes that
 * are not in the table are left out, so the object that holds these should be open.
 */
export function computedAttributes(instance: Instance): readonly Entry[] {
  const known = computedOnce.get(instance) ?? compute(instance);
  computedOnce.set(instance, known);
  return known;
}

/** The results: many references to an instance need the same attributes. */
const computedOnce = new WeakMap<Instance, readonly Entry[]>();

function compute(instance: Instance): readonly Entry[] {
  const table = instance.mode === "data" ? DATA : MANAGED;
  const make = Object.hasOwn(table, instance.type) ? table[instance.type] : undefined;
  const at = instance.at;
  const attributes = make?.(instance) ?? {};
  const others = Object.entries(instance.attributes ?? {}).map(([name, one]): [string, Attribute | null] => [
    name,
    attributes[one] ?? null,
  ]);
  return [...Object.entries(attributes), ...others].flatMap(([key, attribute]) => {
    if (attribute === null) return [];
    const value: Value = typeof attribute === "string" ? { kind: "text", value: attribute, at } : attribute;
    return [{ key, keyAt: at, value }];
  });
}
