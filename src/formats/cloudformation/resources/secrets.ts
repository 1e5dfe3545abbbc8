/** Secrets, their keys and what changes them; SSM parameters. Values are never kept. */
import { parameterArn } from "../../../facts/arn.ts";
import { isHandedOver } from "../../../facts/handed-over.ts";
import type { SecretAddition, SecretContent } from "../../../facts/located.ts";
import { bareSecret, type SecretResource } from "../../../facts/resources.ts";
import { entry, get, plainText } from "../../../syntax/value.ts";
import { connectionKeys, generatedContent, secretContent } from "../../batch/secret-content.ts";
import { keyState, NO_TAGS, toBoolean } from "../../read.ts";
import { arnOfMadeSecret, madeSecretAddress } from "../attributes.ts";
import { referencesIn } from "../names.ts";
import { carriedPolicy } from "./policies.ts";
import { alternatives, declared, type Found, type Reader, type Reading } from "./reading.ts";
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
    ...bareSecret,
    contents: contentsOf(reading).map((content) => ({ stages: CURRENT, ...content })),
    filled_by: declared(reading).unseen[0]?.cause ?? null,
    rotates: false,
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

/** The value that a template gives is the current one. */
const CURRENT = ["AWSCURRENT"];

/** What the template puts into a secret, which a condition may decide; empty when it leaves that to others. */
function contentsOf(reading: Reading): Omit<SecretContent, "stages">[] {
  const properties = get(reading.declaration.body, "Properties");
  const place = (key: string) => (properties?.kind === "object" && entry(properties, key)?.keyAt) || reading.at;
  // A parameter's default doesn't say what a secret holds: the owner of the stack passes the value.
  const found = [
    ...alternatives(reading.written("SecretString"), reading.scope.strict()).map(({ value, maybe }) => ({
      ...secretContent(value),
      ...(maybe && { maybe }),
      at: place("SecretString"),
    })),
    ...alternatives(reading.written("GenerateSecretString"), reading.scope.strict()).map(({ value, maybe }) => ({
      ...generatedContent(value, GENERATED),
      ...(maybe && { maybe }),
      at: place("GenerateSecretString"),
    })),
  ];
  return found.length > 0 ? found : [{ kind: "empty", keys: null, open: null, at: reading.at }];
}

export const readResourcePolicy: Reader = (reading) => {
  const secret = reading.text("SecretId");
  return secret ? { policies: carriedPolicy(reading, "ResourcePolicy", "secret", secret) } : {};
};

/** What a resource adds to the secret that it names, and whether it rotates that. */
const affecting =
  (keysOf: (reading: Reading) => Pick<SecretAddition, "keys" | "others">, rotates: boolean): Reader =>
  (reading) => {
    const secret = reading.text("SecretId");
    if (!secret) return {};
    const { address, maybe, at } = reading;
    return {
      secret_effects: [{ secret, rotates, adds: { address, ...keysOf(reading), ...(maybe && { maybe }), at } }],
    };
  };

/** Adds the keys of a database connection to the secret's JSON. */
export const readTargetAttachment: Reader = affecting(
  ({ property }) => connectionKeys(plainText(property("TargetType"))),
  false,
);

/**
 * A function that rotates a secret may also add keys to it; those that AWS hosts change the password only:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html
 */
export const readRotationSchedule: Reader = affecting((reading) => {
  const isHosted = reading.written("HostedRotationLambda") !== undefined;
  return { keys: [], others: isHosted ? ["username", "password"] : null };
}, true);

/** A secret that a service makes for a resource, and names by an attribute of that. */
function madeSecret(reading: Reading, attribute: string, given: Partial<SecretResource>): Partial<Found> {
  const address = madeSecretAddress(reading.address, attribute);
  const arn = arnOfMadeSecret(reading, reading.declaration.type, attribute);
  reading.scope.run.spellings.set(arn, `\${${reading.declaration.logicalId}.${attribute}}`);
  const secret: SecretResource = {
    ...declared(reading),
    ...bareSecret,
    id: `${reading.unit}#${address}`,
    address,
    name: null,
    arn: { value: arn, at: reading.at },
    tags: NO_TAGS,
    key_reference: null,
    ...given,
  };
  return { secrets: [secret] };
}

/**
 * Databases whose password a service keeps in a secret of its own, which it rotates:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
const managed =
  (flag: string, attribute: string, key: (reading: Reading) => SecretResource["key_reference"]): Reader =>
  (reading) => {
    if (toBoolean(reading.property(flag), false) === false) return {};
    const contents: SecretContent[] = [
      { kind: "json", keys: ["username", "password"], open: null, stages: CURRENT, at: reading.at },
    ];
    return madeSecret(reading, attribute, { key_reference: key(reading), contents, rotates: true });
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

export const readWarehouseNamespace: Reader = managed(
  "ManageAdminPassword",
  "Namespace.AdminPasswordSecretArn",
  (reading) => reading.text("AdminPasswordSecretKmsKeyId"),
);

/**
 * EventBridge keeps what a connection authorizes with as JSON, whose keys depend on how it does:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html
 */
export const readConnection: Reader = (reading) => {
  const open = { kind: "apply", name: `${reading.address}.SecretArn`, unit: reading.unit } as const;
  const contents: SecretContent[] = [{ kind: "json", keys: [], open, stages: CURRENT, at: reading.at }];
  return madeSecret(reading, "SecretArn", {
    key_reference: reading.text("KmsKeyIdentifier"),
    contents,
    rotates: false,
  });
};

export const readParameter: Reader = (reading) => {
  const name = reading.text("Name");
  const value = reading.text("Value");
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
        gone: null,
        declared: true,
        value: value && isHandedOver(value.value) ? value : null,
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
        state: keyState(reading.property("Enabled"), reading.at),
      },
    ],
    policies: carriedPolicy(reading, "KeyPolicy", "key", arn),
  };
};

export const readAlias: Reader = (reading) => {
  const [name, target] = [reading.text("AliasName"), reading.text("TargetKeyId")];
  return name && target ? { aliases: [{ ...declared(reading), name, target }] } : {};
};
