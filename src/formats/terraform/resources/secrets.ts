/**
 * Secrets, parameters and keys.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version
 */
import type {
  Condition,
  PolicyResource,
  SecretContent,
  SecretResource,
  Statement,
  Text,
} from "../../../facts/resources.ts";
import type { Place } from "../../../source.ts";
import { entry, get, type ObjectValue, type Value } from "../../../syntax/value.ts";
import { generatedContent, secretContent } from "../../batch/secret-content.ts";
import { isAbsent, NO_TAGS, toText } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import { attributeHole } from "../unknowns.ts";
import { managedSecret, managedSecretArn } from "./computed.ts";
import { computed, declared, nameText, type Reader } from "./declared.ts";
import { policyOf } from "./iam.ts";
import { ignored, tagsOf } from "./tags.ts";

function resourcePolicy(
  instance: Instance,
  kind: PolicyResource["kind"],
  on: Text | null,
  part = "",
): PolicyResource[] {
  const value = argument(instance, "policy");
  return value && on ? [policyOf(instance, value, { kind, on }, part)] : [];
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

/** The content that a secret of the Cloud Control provider has, where no version is a resource of its own. */
function ownContents(instance: Instance): SecretContent[] {
  const text = argument(instance, "secret_string");
  if (text) return [{ ...secretContent(text), at: text.at }];
  const made = argument(instance, "generate_secret_string");
  const names = { template: "secret_string_template", key: "generate_string_key" };
  return made ? [{ ...generatedContent(made, names), at: made.at }] : [];
}

const secret: Reader = (instance) => {
  const arn = computed(instance, "arn");
  const contents = ownContents(instance);
  const rotates = blocks(instance, "rotation_rules").length > 0 ? true : null;
  return {
    secrets: [secretOf(instance, arn, nameText(instance), { rotates, contents, tags: tagsOf(instance) })],
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

/** It adds the keys of a database connection to the secret's JSON. */
const targetAttachment: Reader = (instance) => {
  const arn = toText(argument(instance, "secret_id"));
  return arn ? { secrets: [secretOf(instance, arn, null, { key_reference: null, extended: true })] } : {};
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

/** A key that is looked up by an alias. One that is looked up by its id has that in its ARN. */
const lookedUpKey =
  (argument: string, target: string): Reader =>
  (instance) => {
    const name = toText(get(instance.value, argument));
    if (!name || !/^(?:arn:.*:)?alias\//.test(name.value)) return {};
    return { aliases: [{ ...declared(instance), name, target: computed(instance, target), looked_up: true }] };
  };

const keyPolicy: Reader = (instance) => ({
  policies: resourcePolicy(instance, "key", toText(argument(instance, "key_id"))),
});

const alias: Reader = (instance) => {
  const target = toText(argument(instance, "target_key_id"));
  return target ? { aliases: [{ ...declared(instance), name: nameText(instance), target }] } : {};
};

/**
 * The constraints of a grant as conditions: the encryption context has these pairs, and of `equals` no others.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
function constraints(instance: Instance): readonly Condition[] {
  return blocks(instance, "constraints").flatMap((block) => {
    const of = (name: string) => entry(block, name)?.value;
    const equals = of("encryption_context_equals");
    return [
      ...pairs(of("encryption_context_subset"), block.at),
      ...pairs(equals, block.at),
      ...(equals?.kind === "object" ? [onlyKeys(equals)] : []),
    ];
  });
}

const CONTEXT = "kms:EncryptionContext";

function pairs(value: Value | undefined, at: Place): readonly Condition[] {
  if (isAbsent(value)) return [];
  const unknown: Condition = { operator: "StringEquals", key: `${CONTEXT}:`, values: null, at };
  if (value.kind !== "object" || value.open !== undefined) return [unknown];
  return value.entries.map((pair) => {
    const text = toText(pair.value);
    return { ...unknown, key: `${CONTEXT}:${pair.key}`, values: text && [text] };
  });
}

function onlyKeys({ entries, at }: ObjectValue): Condition {
  const values = entries.map(({ key, keyAt }) => ({ value: key, at: keyAt }));
  return { operator: "ForAllValues:StringEquals", key: `${CONTEXT}Keys`, values, at };
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
  const statement: Statement = {
    sid: null,
    effect: text("Allow"),
    actions,
    not_actions: null,
    resources: [text("*")],
    not_resources: null,
    principals: [{ type: "AWS", values: [grantee] }],
    not_principals: null,
    conditions: constraints(instance),
    maybe: instance.maybe,
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
  awscc_secretsmanager_secret_target_attachment: targetAttachment,
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
  "data.aws_kms_key": lookedUpKey("key_id", "arn"),
  "data.aws_kms_alias": lookedUpKey("name", "target_key_arn"),
  aws_kms_key_policy: keyPolicy,
  aws_kms_alias: alias,
  aws_kms_grant: grant,
};
