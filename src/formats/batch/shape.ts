/**
 * Keys that Terraform's provider drops silently: it decodes the JSON with Go's encoding/json and no check of
 * unknown keys.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/json/decode.go
 *
 * Only a key that is plainly meant as another one is noted: a comment or a field that is too new costs nothing.
 */
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
