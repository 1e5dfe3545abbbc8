/**
 * Secrets, parameters and keys.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version
 */
import type { Cause } from "../../../facts/causes.ts";
import { isHandedOver } from "../../../facts/handed-over.ts";
import type { SecretContent, Text, Unseen } from "../../../facts/located.ts";
import { bareSecret, type PolicyResource, type SecretResource } from "../../../facts/resources.ts";
import { entry, get, plainText } from "../../../syntax/value.ts";
import { connectionKeys } from "../../batch/secret-content.ts";
import { grantStatement } from "../../iam/grant.ts";
import { keyState, NO_TAGS, toText } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import { attributeHole } from "../unknowns.ts";
import { managedSecret, managedSecretArn } from "./computed.ts";
import { contentOf, ownContents } from "./contents.ts";
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
    ...bareSecret,
    existence: instance.maybe,
    ...given,
  };
}

/** What only adds to a secret that another block makes or looks up. */
function partOf(instance: Instance, arn: Text, given: Partial<SecretResource>): SecretResource {
  return secretOf(instance, arn, null, { key_reference: null, rotates: false, part: true, declared: false, ...given });
}

const secret: Reader = (instance) => {
  const arn = computed(instance, "arn");
  const contents = ownContents(instance);
  const rotates = blocks(instance, "rotation_rules").length > 0;
  const filled_by = existing(instance);
  return {
    secrets: [secretOf(instance, arn, nameText(instance), { rotates, contents, filled_by, tags: tagsOf(instance) })],
    policies: resourcePolicy(instance, "secret", arn, " policy"),
  };
};

/** A plan shows the ARN of a secret that exists already, and that somebody may have given a value. */
function existing(instance: Instance): Cause | null {
  const { address, unit } = instance;
  return argument(instance, "arn") ? { kind: "content", name: address, unit } : null;
}

/** A secret that is looked up exists; nothing else is known of it, so its key may be any. */
const lookedUpSecret: Reader = (instance) => {
  const key_reference = { value: attributeHole(instance, "kms_key_id", "wide"), at: instance.at };
  const name = toText(argument(instance, "name"));
  return {
    secrets: [
      secretOf(instance, computed(instance, "arn"), name?.value.startsWith("arn:") ? null : name, {
        key_reference,
        declared: false,
      }),
    ],
  };
};

const version: Reader = (instance) => {
  const arn = toText(argument(instance, "secret_id"));
  return arn ? { secrets: [partOf(instance, arn, { contents: [contentOf(instance)] })] } : {};
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
  const contents: SecretContent[] = [
    { kind: "json", keys: ["username", "password"], open: null, stages: ["AWSCURRENT"], at: instance.at },
  ];
  const key_reference = toText(argument(instance, made.key));
  return { secrets: [secretOf(instance, arn, null, { ...own, key_reference, contents, rotates: true })] };
};

/**
 * EventBridge keeps what a connection authorizes with as JSON, whose keys depend on how it does:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html
 */
const connection: Reader = (instance) => {
  const own = declared(instance, ".secret");
  const arn = { value: managedSecretArn(instance, "secret"), at: instance.at };
  const open = { kind: "apply", name: own.address, unit: own.unit } as const;
  const contents: SecretContent[] = [{ kind: "json", keys: [], open, stages: ["AWSCURRENT"], at: instance.at }];
  const key_reference = toText(argument(instance, "kms_key_identifier"));
  return { secrets: [secretOf(instance, arn, null, { ...own, key_reference, contents, rotates: false })] };
};

/**
 * The function that rotates a secret may add keys to it; a service that rotates its own has none:
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_rotation
 */
const rotation: Reader = (instance) => {
  const arn = toText(argument(instance, "secret_id"));
  const { address, maybe, at } = instance;
  if (!arn) return {};
  const lambda = argument(instance, "rotation_lambda_arn");
  const additions = lambda ? [{ address, keys: [], others: null, ...(maybe && { maybe }), at }] : [];
  return { secrets: [partOf(instance, arn, { rotates: maybe === null ? true : null, additions })] };
};

/** It adds the keys of a database connection to the secret's JSON. */
const targetAttachment: Reader = (instance) => {
  const arn = toText(argument(instance, "secret_id"));
  const { address, maybe, at } = instance;
  const adds = {
    address,
    ...connectionKeys(plainText(argument(instance, "target_type"))),
    ...(maybe && { maybe }),
    at,
  };
  return arn ? { secrets: [partOf(instance, arn, { additions: [adds] })] } : {};
};

const secretPolicy: Reader = (instance) => ({
  policies: resourcePolicy(instance, "secret", toText(argument(instance, "secret_arn"))),
});

/** The value of a parameter when it is an ARN, or ids, that others may look up. */
function storedValue(instance: Instance): Text | null {
  const value = toText(argument(instance, "value") ?? argument(instance, "insecure_value"));
  const isStored = instance.mode === "managed" && !ignored(instance, "value");
  return isStored && value && isHandedOver(value.value) ? value : null;
}

const parameter: Reader = (instance) => ({
  parameters: [
    {
      ...declared(instance),
      name: toText(argument(instance, "name")),
      arn: computed(instance, "arn"),
      tags: tagsOf(instance),
      type: instance.mode === "managed" ? toText(argument(instance, "type")) : null,
      key_reference: toText(argument(instance, "key_id")),
      gone: null,
      declared: instance.mode === "managed",
      value: storedValue(instance),
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
        state: keyState(argument(instance, "is_enabled") ?? argument(instance, "enabled"), instance.at),
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

/** A key without it has the policy that KMS makes, which enables IAM policies. */
const keyPolicy: Reader = (instance) => {
  const { maybe, at } = instance;
  const absence: readonly Unseen[] = maybe ? [{ part: "policy", cause: maybe, at }] : [];
  const policies = resourcePolicy(instance, "key", toText(argument(instance, "key_id")));
  return { policies: policies.map((policy) => ({ ...policy, unseen: [...policy.unseen, ...absence] })) };
};

const alias: Reader = (instance) => {
  const target = toText(argument(instance, "target_key_id"));
  return target ? { aliases: [{ ...declared(instance), name: nameText(instance), target }] } : {};
};

/** `aws_kms_grant`. */
const grant: Reader = (instance) => {
  const on = toText(argument(instance, "key_id"));
  const grantee = toText(argument(instance, "grantee_principal"));
  const operations = argument(instance, "operations");
  if (!on || !grantee) return {};
  const any = { value: attributeHole(instance, "operations", "wide"), at: instance.at };
  const given = {
    grantee,
    operations: operations?.kind === "list" ? operations.items.flatMap((item) => toText(item) ?? []) : [any],
    constraints: blocks(instance, "constraints").map((block) => ({
      subset: entry(block, "encryption_context_subset")?.value,
      equals: entry(block, "encryption_context_equals")?.value,
    })),
  };
  const policy = policyOf(instance, undefined, { kind: "grant", on });
  const statement = grantStatement(given, { policy: policy.id, maybe: instance.maybe, at: instance.at });
  return { policies: [{ ...policy, statements: [statement] }] };
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
  aws_cloudwatch_event_connection: connection,
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
