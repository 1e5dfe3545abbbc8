/**
 * KMS keys and aliases in raw files: `create-key` and `create-alias` inputs, `describe-key` and `list-aliases` outputs.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 */
import { keyArn } from "../../facts/arn.ts";
import type { Text } from "../../facts/resources.ts";
import { isLiteral } from "../../facts/text.ts";
import { get, type ObjectValue, type Value } from "../value.ts";
import type { Found, Recogniser } from "./found.ts";
import { hasAny, listOf, textOf } from "./keys.ts";
import { documentIn, policy } from "./policies.ts";

/** Keys: `describe-key` and `create-key` outputs, `create-key` input with its policy. AWS's own keys need no grant and are left out. */
export const recogniseKey: Recogniser = (value) => {
  const metadata = get(value, "KeyMetadata");
  if (metadata?.kind === "object") {
    return textOf(metadata, "KeyManager")?.value === "AWS" ? [] : [key(metadata, textOf(metadata, "Arn"))];
  }
  if (value.kind !== "object" || !hasAny(value, ["KeySpec", "CustomerMasterKeySpec", "KeyUsage"])) return [];
  const document = documentIn(value, "Policy");
  return document === undefined
    ? [key(value, null)]
    : [key(value, null), { ...policy({ document, at: value.at }), kind: "key" }];
};

function key(value: ObjectValue, arn: Text | null): Found {
  const id = textOf(value, "KeyId");
  const spec = textOf(value, "KeySpec") ?? textOf(value, "CustomerMasterKeySpec");
  return {
    about: "resource",
    kind: "keys",
    name: id !== null && isLiteral(id.value) ? id.value : null,
    at: value.at,
    build: (identity) => ({
      ...identity,
      at: value.at,
      unseen: [],
      arn: arn ?? { value: keyArn(`${identity.address}@${identity.unit}`), at: value.at },
      spec,
      usage: textOf(value, "KeyUsage"),
    }),
  };
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
  const found: Found = {
    about: "resource",
    kind: "aliases",
    name: isLiteral(name.value) ? name.value : null,
    at: value.at,
    build: (identity) => ({ ...identity, at: value.at, unseen: [], name, target }),
  };
  return [found];
}
