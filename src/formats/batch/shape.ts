/**
 * Keys that Terraform's provider drops silently: it decodes the JSON with Go's encoding/json and no check of
 * unknown keys.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/json/decode.go
 *
 * Only a key that is plainly meant as another one is noted: a comment or a field that is too new costs nothing.
 */
import type { ObjectValue } from "../../syntax/value.ts";
import { type Fields, folded, type Node, note } from "./fields.ts";

const MEANT = ["secrets", "executionRoleArn", "logConfiguration", "secretOptions", "repositoryCredentials"] as const;

/** Names seen in place of `valueFrom`, folded. */
const VALUE_FROM = new Set(["valuefrom", "value", "from", "arn", "secretarn", "secret", "secretvalue", "fromvalue"]);

/** Notes keys that read like one that matters to secrets, but which the provider drops. */
export function noteDroppedKeys(fields: Fields, { object }: Node): void {
  if (fields.style !== "terraform") return;
  for (const { key, keyAt } of object.entries) {
    const plain = folded(key);
    const expected = MEANT.find((known) => plain === folded(known) || `${plain}s` === folded(known));
    if (expected === undefined || key.toLowerCase() === expected.toLowerCase()) continue;
    note(fields, { kind: "dropped-key", key, expected, at: keyAt });
  }
}

/** Notes a key of a `{name, valueFrom}` entry that is in the place of `valueFrom`. */
export function noteDroppedSecretKeys(fields: Fields, { object }: Node): void {
  if (fields.style !== "terraform" || object.entries.some(({ key }) => key.toLowerCase() === "valuefrom")) return;
  for (const { key, keyAt } of object.entries) {
    if (VALUE_FROM.has(folded(key))) note(fields, { kind: "dropped-key", key, expected: "valueFrom", at: keyAt });
  }
}

/**
 * Where people put what carries secrets, and where it belongs, empty for one level higher: by what holds the key, and
 * the key, folded.
 */
const MISPLACED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  jobDefinition: { secrets: "containerProperties.secrets", environmentsecrets: "containerProperties.secrets" },
  container: {
    environmentsecrets: "secrets",
    secretoptions: "logConfiguration.secretOptions",
    containerproperties: "",
    container: "",
  },
  logConfiguration: { secrets: "secretOptions", secretsoptions: "secretOptions" },
  options: { secretoptions: "logConfiguration.secretOptions", secrets: "logConfiguration.secretOptions" },
  environment: { valuefrom: "secrets" },
};

/**
 * Notes keys that are where the API has none, as `holder.key`: the services refuse them, and Terraform's provider
 * drops them, so no secret comes of them.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
 */
export function noteMisplacedKeys(fields: Fields, object: ObjectValue, holder: keyof typeof MISPLACED): void {
  const known = MISPLACED[holder] ?? {};
  for (const { key, keyAt, value } of object.entries) {
    const plain = folded(key);
    const expected = Object.hasOwn(known, plain) ? known[plain] : undefined;
    const isEmpty = value.kind === "null" || (value.kind === "list" && value.items.length === 0);
    if (expected === undefined || isEmpty) continue;
    note(fields, { kind: "misplaced-key", key: `${holder}.${key}`, expected: expected || null, at: keyAt });
  }
}
