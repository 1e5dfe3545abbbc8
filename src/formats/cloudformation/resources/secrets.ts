/** Secrets, their keys and what changes them; SSM parameters. Values are never kept. */
import { parameterArn } from "../../../facts/arn.ts";
import type { SecretContent, SecretResource } from "../../../facts/resources.ts";
import { entry, get } from "../../../syntax/value.ts";
import { generatedContent, secretContent } from "../../batch/secret-content.ts";
import { NO_TAGS, toBoolean } from "../../read.ts";
import { madeSecretArn } from "../attributes.ts";
import { referencesIn } from "../names.ts";
import { carriedPolicy } from "./policies.ts";
import { declared, type Reader, type Reading, type SecretEffect } from "./reading.ts";
import { tagsOf } from "./tags.ts";

/**
 * `AWS::SecretsManager::Secret`:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
 */
export const readSecret: Reader = (reading) => {
  markSensitive(reading);
  const name = reading.text("Name");
  const secret: SecretResource = {
    ...declared(reading),
    name,
    arn: { value: reading.attribute(null).value, at: name?.at ?? reading.at },
    tags: tagsOf(reading),
    key_reference: reading.text("KmsKeyId"),
    contents: [contentOf(reading)],
    rotates: false,
    extended: false,
    versions: null,
  };
  return { secrets: [secret] };
};

/** The literal value, and the defaults of the parameters that it is made of. */
function markSensitive({ written, scope }: Reading): void {
  const value = written("SecretString");
  if (value === undefined) return;
  scope.run.sensitive.add(value.at);
  for (const name of referencesIn(value)) {
    const given = get(scope.template.parameters.get(name), "Default");
    if (given) scope.run.sensitive.add(given.at);
  }
}

const GENERATED = { template: "SecretStringTemplate", key: "GenerateStringKey" };

/** What the template puts into a secret; nothing when it leaves that to others. */
function contentOf(reading: Reading): SecretContent {
  const properties = get(reading.declaration.body, "Properties");
  const place = (key: string) => (properties?.kind === "object" && entry(properties, key)?.keyAt) || reading.at;
  if (reading.written("SecretString") !== undefined) {
    return { ...literalContent(reading), at: place("SecretString") };
  }
  const generated = reading.property("GenerateSecretString");
  if (generated !== undefined) return { ...generatedContent(generated, GENERATED), at: place("GenerateSecretString") };
  const hidden = declared(reading).unseen.length > 0;
  return { kind: hidden ? "unknown" : "empty", keys: null, at: reading.at };
}

/** The kind of a `SecretString`. A parameter's default doesn't say: the stack's owner passes the value. */
function literalContent({ written, scope }: Reading): Pick<SecretContent, "kind" | "keys"> {
  const string = written("SecretString");
  const value = string && scope.strict().evaluate(string);
  if (value === undefined) return { kind: "empty", keys: null };
  return value.kind === "text" ? secretContent(value) : { kind: "string", keys: null };
}

export const readResourcePolicy: Reader = (reading) => {
  const secret = reading.text("SecretId");
  return secret ? { policies: carriedPolicy(reading, "ResourcePolicy", "secret", secret) } : {};
};

const affecting =
  (effect: SecretEffect["effect"]): Reader =>
  (reading) => {
    const secret = reading.text("SecretId");
    return secret ? { secret_effects: [{ secret, effect, certain: reading.maybe === null }] } : {};
  };

/** Adds the keys of a database connection to the secret's JSON. */
export const readTargetAttachment: Reader = affecting("extends");

/** A function that rotates a secret may also add keys to it. */
export const readRotationSchedule: Reader = (reading) => {
  const rotates = affecting("rotates")(reading);
  return {
    secret_effects: [...(rotates.secret_effects ?? []), ...(affecting("extends")(reading).secret_effects ?? [])],
  };
};

/**
 * Databases whose password a service keeps in a secret of its own, which it rotates:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
const managed =
  (flag: string, attribute: string, key: (reading: Reading) => SecretResource["key_reference"]): Reader =>
  (reading) => {
    if (toBoolean(reading.property(flag), false) === false) return {};
    const address = `${reading.address}.${attribute.replace(/\.?SecretArn$/, "")}`;
    const arn = madeSecretArn(reading, attribute);
    reading.scope.run.spellings.set(arn, `\${${reading.declaration.logicalId}.${attribute}}`);
    const secret: SecretResource = {
      ...declared(reading),
      id: `${reading.unit}#${address}`,
      address,
      name: null,
      arn: { value: arn, at: reading.at },
      tags: NO_TAGS,
      key_reference: key(reading),
      contents: [{ kind: "json", keys: null, at: reading.at }],
      rotates: true,
      extended: true,
      versions: null,
    };
    return { secrets: [secret] };
  };

export const readDatabase: Reader = managed("ManageMasterUserPassword", "MasterUserSecret.SecretArn", (reading) => {
  const key = get(reading.property("MasterUserSecret"), "KmsKeyId");
  return key?.kind === "text" ? { value: key.value, at: key.at } : null;
});

export const readDocumentDatabase: Reader = managed(
  "ManageMasterUserPassword",
  "MasterUserSecret.SecretArn",
  (reading) => reading.text("MasterUserSecretKmsKeyId"),
);

export const readWarehouse: Reader = managed("ManageMasterPassword", "MasterPasswordSecretArn", (reading) =>
  reading.text("MasterPasswordSecretKmsKeyId"),
);

export const readParameter: Reader = (reading) => {
  const name = reading.text("Name");
  return {
    parameters: [
      {
        ...declared(reading),
        name,
        arn: {
          value: parameterArn(reading, name?.value ?? null),
          at: name?.at ?? reading.at,
        },
        type: reading.text("Type"),
        tags: tagsOf(reading),
        key_reference: null,
      },
    ],
  };
};

export const readKey: Reader = (reading) => {
  const arn = reading.attribute("Arn");
  return {
    keys: [
      {
        ...declared(reading),
        arn,
        tags: tagsOf(reading),
        spec: reading.text("KeySpec"),
        usage: reading.text("KeyUsage"),
      },
    ],
    policies: carriedPolicy(reading, "KeyPolicy", "key", arn),
  };
};

export const readAlias: Reader = (reading) => {
  const [name, target] = [reading.text("AliasName"), reading.text("TargetKeyId")];
  return name && target ? { aliases: [{ ...declared(reading), name, target }] } : {};
};
