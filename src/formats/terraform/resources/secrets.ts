/**
 * Secrets, parameters and keys.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version
 */
import type { Cause } from "../../../facts/causes.ts";
import type { PolicyResource, SecretContent, SecretResource, Statement, Tags, Text } from "../../../facts/resources.ts";
import { entry } from "../../../syntax/value.ts";
import { secretContent } from "../../batch/secret-content.ts";
import { NO_TAGS, toTags, toText } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import { attributeHole } from "../unknowns.ts";
import { managedSecret, managedSecretArn } from "./computed.ts";
import { computed, declared, nameText, type Reader } from "./declared.ts";
import { policyOf } from "./iam.ts";

function resourcePolicy(
  instance: Instance,
  kind: PolicyResource["kind"],
  on: Text | null,
  part = "",
): PolicyResource[] {
  const value = argument(instance, "policy");
  return value && on ? [policyOf(instance, value, { kind, on }, part)] : [];
}

/**
 * The tags of a resource and of its provider, `default_tags`:
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags-configuration-block
 */
function tagsOf(instance: Instance): Tags {
  if (instance.mode === "data" || ignored(instance, "tags") || ignored(instance, "tags_all")) return NO_TAGS;
  const own = toTags(argument(instance, "tags"));
  const provider = instance.deployment?.();
  const usual = provider?.tags ? toTags(provider.tags()) : NO_TAGS;
  const taken = new Set(own.given.map(({ key }) => key));
  const more = own.complete ? usual.given.filter(({ key }) => !taken.has(key)) : [];
  return { given: [...own.given, ...more], complete: own.complete && usual.complete };
}

function secretOf(
  instance: Instance,
  arn: Text,
  name: Text | null,
  given: Partial<SecretResource> = {},
): SecretResource {
  return {
    ...declared(instance),
    name,
    arn,
    tags: NO_TAGS,
    key_reference: toText(argument(instance, "kms_key_id")),
    contents: [],
    rotates: null,
    extended: false,
    versions: null,
    ...given,
  };
}

const secret: Reader = (instance) => {
  const arn = computed(instance, "arn");
  const rotates = blocks(instance, "rotation_rules").length > 0 ? true : null;
  return {
    secrets: [secretOf(instance, arn, nameText(instance), { rotates, tags: tagsOf(instance) })],
    policies: resourcePolicy(instance, "secret", arn, " policy"),
  };
};

/** A secret that is looked up exists; nothing else is known of it, so its key may be any. */
const lookedUpSecret: Reader = (instance) => {
  const key_reference = { value: attributeHole(instance, "kms_key_id", "wide"), at: instance.at };
  return {
    secrets: [secretOf(instance, computed(instance, "arn"), toText(argument(instance, "name")), { key_reference })],
  };
};

/** Whether the module says that something else writes the value: the value in the files is then a placeholder. */
function ignored(instance: Instance, attribute: string): boolean {
  return blocks(instance, "lifecycle").some((block) => {
    const changes = entry(block, "ignore_changes")?.value;
    const names = changes?.kind === "list" ? changes.items : changes ? [changes] : [];
    return names.some((name) => name.kind !== "text" || name.value === attribute || name.value === "all");
  });
}

const version: Reader = (instance) => {
  const arn = toText(argument(instance, "secret_id"));
  if (!arn) return {};
  const binary = argument(instance, "secret_binary");
  const text = argument(instance, "secret_string") ?? argument(instance, "secret_string_wo");
  const at = (binary ?? text)?.at ?? instance.at;
  const contents: SecretContent[] = binary
    ? [{ kind: "binary", keys: null, at }]
    : text && !ignored(instance, "secret_string")
      ? [{ ...secretContent(text), at }]
      : [];
  return { secrets: [secretOf(instance, arn, null, { key_reference: null, contents })] };
};

/**
 * The secret that a database manages, with the name and the password of its user, which the service rotates:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
const database: Reader = (instance) => {
  const made = managedSecret(instance);
  if (!made) return {};
  const own = declared(instance, `.${made.secret}`);
  const arn = { value: managedSecretArn(instance, made.secret), at: instance.at };
  const contents: SecretContent[] = [{ kind: "json", keys: null, at: instance.at }];
  const key_reference = toText(argument(instance, made.key));
  return {
    secrets: [secretOf(instance, arn, null, { ...own, key_reference, contents, rotates: true, extended: true })],
  };
};

const rotation: Reader = (instance) => {
  const arn = toText(argument(instance, "secret_id"));
  return arn ? { secrets: [secretOf(instance, arn, null, { key_reference: null, rotates: true })] } : {};
};

const secretPolicy: Reader = (instance) => ({
  policies: resourcePolicy(instance, "secret", toText(argument(instance, "secret_arn"))),
});

const parameter: Reader = (instance) => ({
  parameters: [
    {
      ...declared(instance),
      name: toText(argument(instance, "name")),
      arn: computed(instance, "arn"),
      tags: tagsOf(instance),
      type: instance.mode === "managed" ? toText(argument(instance, "type")) : null,
      key_reference: toText(argument(instance, "key_id")),
    },
  ],
});

const key: Reader = (instance) => {
  const arn = computed(instance, "arn");
  const own = declared(instance);
  const cause = { kind: "key-policy", name: own.address, unit: own.unit } as const;
  const unseen = ignored(instance, "policy") ? [{ part: "policy made elsewhere", cause, at: instance.at }] : [];
  return {
    keys: [
      {
        ...own,
        unseen: [...own.unseen, ...unseen],
        arn,
        tags: tagsOf(instance),
        spec: toText(argument(instance, "customer_master_key_spec")),
        usage: toText(argument(instance, "key_usage")),
      },
    ],
    policies: resourcePolicy(instance, "key", arn, " policy"),
  };
};

/** A key that is looked up by alias or id: only its name in the module is known. */
const lookedUpKey: Reader = () => ({});

const keyPolicy: Reader = (instance) => ({
  policies: resourcePolicy(instance, "key", toText(argument(instance, "key_id"))),
});

const alias: Reader = (instance) => {
  const target = toText(argument(instance, "target_key_id"));
  return target ? { aliases: [{ ...declared(instance), name: nameText(instance), target }] } : {};
};

function grantCause(maybe: Instance["maybe"], constrained: boolean): Cause | null {
  if (maybe !== null) return maybe;
  return constrained ? { kind: "iam-condition", name: "constraints", unit: null } : null;
}

/**
 * A grant lets its grantee use the key: a statement of the key policy by another name.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
const grant: Reader = (instance) => {
  const on = toText(argument(instance, "key_id"));
  const grantee = toText(argument(instance, "grantee_principal"));
  const operations = argument(instance, "operations");
  if (!on || !grantee) return {};
  const text = (value: string): Text => ({ value, at: instance.at });
  const actions =
    operations?.kind === "list"
      ? operations.items.flatMap((item) => {
          const name = toText(item);
          return name ? [{ ...name, value: `kms:${name.value}` }] : [];
        })
      : [text(attributeHole(instance, "operations", "wide"))];
  const constrained = blocks(instance, "constraints").length > 0;
  const statement: Statement = {
    sid: null,
    effect: text("Allow"),
    actions,
    not_actions: null,
    resources: [text("*")],
    not_resources: null,
    principals: [{ type: "AWS", values: [grantee] }],
    not_principals: null,
    conditions: [],
    maybe: grantCause(instance.maybe, constrained),
    policy: declared(instance).id,
    at: instance.at,
  };
  return { policies: [{ ...policyOf(instance, undefined, { kind: "grant", on }), statements: [statement] }] };
};

export const secrets: Readonly<Record<string, Reader>> = {
  aws_secretsmanager_secret: secret,
  "data.aws_secretsmanager_secret": lookedUpSecret,
  aws_secretsmanager_secret_version: version,
  aws_secretsmanager_secret_rotation: rotation,
  aws_secretsmanager_secret_policy: secretPolicy,
  aws_ssm_parameter: parameter,
  "data.aws_ssm_parameter": parameter,
  aws_db_instance: database,
  aws_docdb_cluster: database,
  aws_rds_cluster: database,
  aws_redshift_cluster: database,
  aws_redshiftserverless_namespace: database,
  aws_kms_key: key,
  aws_kms_external_key: key,
  aws_kms_replica_external_key: key,
  aws_kms_replica_key: key,
  "data.aws_kms_key": lookedUpKey,
  "data.aws_kms_alias": lookedUpKey,
  aws_kms_key_policy: keyPolicy,
  aws_kms_alias: alias,
  aws_kms_grant: grant,
};
