/**
 * Secrets and SSM parameters in raw files: the inputs of `create-secret`, `put-secret-value`, `update-secret` and
 * `rotate-secret`, the answers of `get-secret-value`, `describe-secret`, `list-secrets` and `list-secret-version-ids`,
 * and `put-parameter` with its answers. Values are looked at and let go: only the kind of content and its keys are
 * kept, and every range of a value is sensitive.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html and its neighbours
 */

import { parameterArn, withoutSuffix } from "../../facts/arn.ts";
import { isHandedOver } from "../../facts/handed-over.ts";
import type { SecretContent, Text } from "../../facts/located.ts";
import type { SecretResource } from "../../facts/resources.ts";
import { isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { entry, get, type ObjectValue, type Value } from "../../syntax/value.ts";
import { secretContent } from "../batch/secret-content.ts";
import { NO_TAGS, toBoolean, toTags, toText } from "../read.ts";
import { type Found, type FoundSecret, type Recogniser, resource } from "./found.ts";
import { given, hasAny, keyPlace, listOf, textOf, textsOf } from "./keys.ts";

const CONTENT = ["SecretString", "SecretBinary"] as const;

export const recogniseSecret: Recogniser = (value) => {
  const several = listOf(value, "SecretList") ?? listOf(value, "SecretValues");
  if (several !== undefined) return [...several.flatMap(secret), ...(listOf(value, "Errors") ?? []).flatMap(failure)];
  return value.kind === "object" ? secret(value) : [];
};

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_APIErrorType.html */
function failure(value: ObjectValue): readonly Found[] {
  const id = textOf(value, "SecretId");
  if (id === null || textOf(value, "ErrorCode")?.value !== "ResourceNotFoundException") return [];
  return [{ ...found(value, id), declared: true, gone: { how: "missing", at: value.at } }];
}

function secret(value: ObjectValue): readonly Found[] {
  const id = textOf(value, "SecretId");
  const arn = textOf(value, "ARN");
  const name = textOf(value, "Name");
  if (id !== null) return isInput(value) ? [input(value, id)] : [];
  if (arn !== null && /^arn:[^:]*:secretsmanager:/.test(arn.value)) return [output(value, name ?? arn, arn)];
  if (name === null || !hasContent(value)) return [];
  return [{ ...input(value, name), key: textOf(value, "KmsKeyId"), rotates: false }];
}

function hasContent(value: ObjectValue): boolean {
  return CONTENT.some((key) => (get(value, key)?.kind ?? "null") !== "null");
}

/** Inputs that name an existing secret: a new value, a new key, or its rotation. */
function isInput(value: ObjectValue): boolean {
  return hasContent(value) || hasAny(value, ["KmsKeyId", "RotationLambdaARN", "RotationRules"]);
}

function input(value: ObjectValue, id: Text): FoundSecret {
  const rotates = hasAny(value, ["RotationLambdaARN", "RotationRules"]) ? true : undefined;
  return { ...found(value, id), key: textOf(value, "KmsKeyId") ?? undefined, rotates };
}

/** Omissions in a description mean something, too: no key is the default key, no rotation is none. */
function output(value: ObjectValue, id: Text, arn: Text): FoundSecret {
  const versions = versionsOf(value);
  const description =
    versions !== null || hasAny(value, ["RotationEnabled", "LastChangedDate", "KmsKeyId", "RotationRules"]);
  const told = description && listOf(value, "Versions") === undefined;
  const own = found(value, id);
  return {
    ...own,
    arn,
    declared: true,
    key: told ? textOf(value, "KmsKeyId") : undefined,
    rotates: told ? toBoolean(given(value, "RotationEnabled"), false) : undefined,
    versions,
    contents: [...own.contents, ...managedContents(value)],
    described: versions?.length || hasAny(value, ["VersionId"]) ? value.at : null,
    gone: hasAny(value, ["DeletedDate", "DeletionDate"]) ? { how: "deleted", at: deletionPlace(value) } : null,
  };
}

/** Services whose secrets are the password of a database, which they make and rotate. */
const DATABASES: ReadonlySet<string> = new Set(["rds", "redshift"]);

/**
 * What is in a secret that a service owns: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html,
 * https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html
 */
function managedContents(value: ObjectValue): readonly SecretContent[] {
  if (hasContent(value) || !DATABASES.has(textOf(value, "OwningService")?.value ?? "")) return [];
  const at = keyPlace(value, "OwningService");
  return [{ kind: "json", keys: ["username", "password"], open: null, stages: ["AWSCURRENT"], at }];
}

/** `delete-secret` answers `DeletionDate`, `describe-secret` and `list-secrets` `DeletedDate`. */
function deletionPlace(value: ObjectValue): Place {
  return keyPlace(value, hasAny(value, ["DeletedDate"]) ? "DeletedDate" : "DeletionDate");
}

function found(value: ObjectValue, id: Text): FoundSecret {
  return {
    ...secretFact(id, value.at),
    tags: toTags(get(value, "Tags")),
    contents: contentsOf(value),
    declared: hasContent(value),
    sensitive: CONTENT.flatMap((key) => get(value, key)?.at ?? []),
  };
}

/** A secret of which nothing is known but its name or ARN. */
export function secretFact(id: Text, at: Place): FoundSecret {
  const name = secretName(id.value);
  return {
    about: "secret",
    name: isLiteral(name) ? name : null,
    secret: id,
    arn: id.value.startsWith("arn:") ? id : null,
    key: undefined,
    tags: NO_TAGS,
    contents: [],
    described: null,
    declared: false,
    rotates: undefined,
    versions: null,
    gone: null,
    sensitive: [],
    at,
  };
}

/**
 * The name in a secret's ARN, without the suffix that Secrets Manager adds; anything but an ARN is a name.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export function secretName(nameOrArn: string): string {
  const match = /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:([^:]*)/.exec(nameOrArn);
  const name = match?.[1];
  return name === undefined ? nameOrArn : (withoutSuffix(name) ?? name);
}

function contentsOf(value: ObjectValue): readonly SecretContent[] {
  const labels = textsOf(value, "VersionStages").map((text) => text.value);
  const stages = labels.length > 0 ? labels : ["AWSCURRENT"];
  return CONTENT.flatMap((key): readonly SecretContent[] => {
    const content = given(value, key);
    const at = keyPlace(value, key);
    if (content === undefined) {
      const empty = get(value, key)?.kind === "text" && key === "SecretString" && !hasAny(value, ["SecretBinary"]);
      return empty ? [{ kind: "empty", keys: null, open: null, stages, at }] : [];
    }
    if (key === "SecretBinary") return [{ kind: "binary", keys: null, open: null, stages, at }];
    return [{ ...secretContent(content), stages, at }];
  });
}

function versionsOf(value: ObjectValue): SecretResource["versions"] {
  const listed = listOf(value, "Versions");
  if (listed !== undefined) {
    return listed.flatMap((one) => {
      const id = textOf(one, "VersionId");
      return id === null
        ? []
        : [{ id: id.value, stages: textsOf(one, "VersionStages").map((text) => text.value), at: one.at }];
    });
  }
  const map = given(value, "VersionIdsToStages") ?? given(value, "SecretVersionsToStages");
  if (map?.kind !== "object") return null;
  return map.entries.map(({ key: id, keyAt }) => ({
    id,
    stages: textsOf(map, id).map((text) => text.value),
    at: keyAt,
  }));
}

const PARAMETER_TYPES: readonly string[] = ["String", "StringList", "SecureString"];

/**
 * `put-parameter` input; `get-parameter(s)`, `get-parameters-by-path`, `describe-parameters` output. `get-parameters`
 * lists the names that it did not find:
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
 */
export const recogniseParameter: Recogniser = (value) => {
  const one = get(value, "Parameter");
  const listed = listOf(value, "Parameters");
  const several = listed ?? [one?.kind === "object" ? one : value];
  return [
    ...several.flatMap((item) => (item.kind === "object" ? parameter(item) : [])),
    ...(listed ? textsOf(value, "InvalidParameters").map((name) => missingParameter(value, name)) : []),
  ];
};

function missingParameter(value: Value, name: Text): Found {
  return resource("parameters", value, name, (identity) => ({
    name,
    arn: { value: parameterArn(identity, name.value), at: name.at },
    tags: { given: [], complete: false },
    type: null,
    key_reference: null,
    gone: { how: "missing" as const, at: name.at },
    declared: true,
  }));
}

function parameter(value: ObjectValue): readonly Found[] {
  const name = textOf(value, "Name");
  const type = textOf(value, "Type");
  if (name === null || type === null || !PARAMETER_TYPES.includes(type.value)) return [];
  const sensitive: Place[] =
    type.value === "SecureString" ? [entry(value, "Value")?.value.at].filter((at) => at !== undefined) : [];
  const stored = type.value === "SecureString" ? null : textOf(value, "Value");
  const found = resource("parameters", value, name, (identity) => ({
    name,
    arn: textOf(value, "ARN") ?? { value: parameterArn(identity, name.value), at: name.at },
    tags: { ...toTags(get(value, "Tags")), complete: false },
    type,
    key_reference: toText(given(value, "KeyId")),
    gone: null,
    declared: true,
    value: stored && isHandedOver(stored.value) ? stored : null,
  }));
  return [{ ...found, sensitive }];
}
