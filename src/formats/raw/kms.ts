/**
 * KMS keys, aliases and grants in raw files: `create-key`, `create-alias` and `create-grant` inputs, `describe-key`,
 * `list-aliases` and `list-grants` outputs.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 */
import { keyArn, OWN_KEYS } from "../../facts/arn.ts";
import type { Text } from "../../facts/located.ts";
import { get, type ObjectValue, type Value } from "../../syntax/value.ts";
import { grantStatement } from "../iam/grant.ts";
import { keyState, toTags, toText } from "../read.ts";
import { type Found, type Recogniser, resource } from "./found.ts";
import { hasAny, listOf, textOf } from "./keys.ts";
import { documentIn, policy } from "./policies.ts";

/** `describe-key` and `create-key` outputs, `create-key` input. */
export const recogniseKey: Recogniser = (value) => {
  const metadata = get(value, "KeyMetadata");
  if (metadata?.kind === "object") {
    return textOf(metadata, "KeyManager")?.value === "AWS" ? ownKey(metadata) : [key(metadata, arnOf(metadata), true)];
  }
  if (value.kind !== "object" || !hasAny(value, ["KeySpec", "CustomerMasterKeySpec", "KeyUsage"])) return [];
  const arn = arnOf(value);
  const document = documentIn(value, "Policy");
  const own = document && { ...policy({ document, at: value.at, on: arn }), kind: "key" as const, name: null };
  return own ? [key(value, arn), own] : [key(value, arn)];
};

/**
 * A key that AWS manages for a service, which needs no grant: all that counts is that it is one, by an alias as all of
 * them have. https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
 */
function ownKey(metadata: ObjectValue): readonly Found[] {
  const target = textOf(metadata, "Arn") ?? textOf(metadata, "KeyId");
  const name = { value: OWN_KEYS, at: metadata.at };
  return target ? [resource("aliases", metadata, null, () => ({ name, target }))] : [];
}

/** The ARN that the file tells, or a symbolic one by the place of the request, which is all that names the new key. */
function arnOf(value: ObjectValue): Text {
  const nobody = { address: "key", unit: "", id: null };
  return textOf(value, "Arn") ?? { value: keyArn({ ...nobody, key: placeOf(value) }), at: value.at };
}

function placeOf({ at: { file, start } }: ObjectValue): string {
  return `key@${file.path}.${start}`;
}

/** `described`: the answer of `describe-key`, which has no policy. */
function key(value: ObjectValue, arn: Text, described = false): Found {
  const id = textOf(value, "KeyId");
  const spec = textOf(value, "KeySpec") ?? textOf(value, "CustomerMasterKeySpec");
  return resource("keys", value, id, (identity) => ({
    unseen: described
      ? [{ part: "policy", cause: { kind: "key-policy", name: identity.address, unit: identity.unit }, at: value.at }]
      : [],
    // The same text; its owner is known now.
    arn: textOf(value, "Arn") ?? { ...arn, value: keyArn({ ...identity, key: placeOf(value) }) },
    tags: { ...toTags(get(value, "Tags")), complete: false },
    spec,
    usage: textOf(value, "KeyUsage"),
    state: textOf(value, "KeyState") ?? stateOf(value, described),
  }));
}

/** The state of a key where it is not written out. */
function stateOf(value: ObjectValue, described: boolean): Text | null {
  const enabled = get(value, "Enabled");
  return enabled === undefined && described ? null : keyState(enabled, value.at);
}

/** Aliases: `create-alias` input of KMS, `list-aliases` output. */
export const recogniseAlias: Recogniser = (value) => {
  const listed = listOf(value, "Aliases");
  return (listed ?? [value]).flatMap(alias);
};

function alias(value: Value): readonly Found[] {
  const name = textOf(value, "AliasName");
  const target = textOf(value, "TargetKeyId");
  if (name === null || target === null || !name.value.startsWith("alias/")) return [];
  return [resource("aliases", value, name, () => ({ name, target }))];
}

/** Grants: `create-grant` input, `list-grants` output. */
export const recogniseGrant: Recogniser = (value) => (listOf(value, "Grants") ?? [value]).flatMap(grant);

function grant(value: Value): readonly Found[] {
  const on = textOf(value, "KeyId");
  const grantee = textOf(value, "GranteePrincipal");
  const operations = get(value, "Operations");
  if (value.kind !== "object" || on === null || grantee === null || operations?.kind !== "list") return [];
  const constraints = get(value, "Constraints");
  const given = {
    grantee,
    operations: operations.items.flatMap((item) => toText(item) ?? []),
    constraints: [
      { subset: get(constraints, "EncryptionContextSubset"), equals: get(constraints, "EncryptionContextEquals") },
    ],
  };
  const statements = (policy: string) => ({
    statements: [grantStatement(given, { policy, maybe: null, at: value.at })],
    unseen: [],
  });
  const bare = { policyName: null, managed: null, roles: [], elsewhere: false };
  return [{ about: "policy", name: null, kind: "grant", at: value.at, statements, on, ...bare }];
}
