/**
 * Keys that are read by nobody: the services refuse what they don't know, and Terraform's provider drops it silently,
 * since it decodes the JSON with Go's encoding/json and no check of unknown keys.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/json/decode.go
 *
 * Only a key that is plainly meant as another one is noted: a comment or a field that is too new costs nothing.
 */
import type { Text } from "../../facts/located.ts";
import { nearest } from "../../nearest.ts";
import type { ObjectValue, Value } from "../../syntax/value.ts";
import { anyText, folded } from "../read.ts";
import { type Fields, field, type Node, note, spelled, text } from "./fields.ts";

const MEANT = ["secrets", "executionRoleArn", "logConfiguration", "secretOptions", "repositoryCredentials"] as const;

/** The key that is long enough to be recognised with wrong letters: no other of AWS Batch is near. */
const MISSPELLED = ["executionRoleArn"] as const;

/** Names seen in place of `valueFrom`, folded. */
const VALUE_FROM = new Set(["value", "from", "arn", "secretarn", "secret", "secretvalue", "fromvalue"]);

/** Notes keys that read like one that matters to secrets, but which the service or the provider doesn't know. */
export function noteDroppedKeys(fields: Fields, { object }: Node): void {
  const missing = MISSPELLED.filter((known) => !object.entries.some(({ key }) => isRead(fields, key, known)));
  for (const entry of object.entries) {
    const plain = folded(entry.key.trim());
    const means =
      MEANT.find((known) => plain === folded(known) || `${plain}s` === folded(known)) ?? nearest(plain, missing);
    if (means !== undefined && !isRead(fields, entry.key, means)) noteMisspelled(fields, entry, means);
    else if (means !== undefined) noteTwin(fields, object, entry, means);
  }
}

/** Notes a key in another spelling beside the right one, which services refuse. Terraform's provider reads both as one. */
function noteTwin(fields: Fields, object: ObjectValue, { key, keyAt }: ObjectValue["entries"][number], means: string) {
  const expected = spelled(fields, means);
  if (fields.style === "terraform" || key === expected || !object.entries.some((one) => one.key === expected)) return;
  note(fields, { kind: "key-case", key, expected, means, at: keyAt, edits: [] });
}

/** Whether a key is read as that one: `field` reads other spellings of the services, and notes them. */
function isRead({ style }: Fields, key: string, means: string): boolean {
  return style === "terraform" ? key.toLowerCase() === means.toLowerCase() : folded(key) === folded(means);
}

function noteMisspelled(fields: Fields, { key, keyAt }: ObjectValue["entries"][number], means: string): void {
  const kind = fields.style === "terraform" ? "dropped-key" : "refused-key";
  note(fields, { kind, key, expected: spelled(fields, means), means, at: keyAt });
}

/** Notes a key of a `{name, valueFrom}` entry that is in the place of `valueFrom`. */
export function noteDroppedSecretKeys(fields: Fields, { object }: Node): void {
  const isThere = object.entries.some(({ key }) => isRead(fields, key, "valueFrom"));
  for (const entry of object.entries) {
    const means = ["name", "valueFrom"].find((known) => isRead(fields, entry.key, known));
    if (means !== undefined) noteTwin(fields, object, entry, means);
    if (isThere) continue;
    const plain = folded(entry.key.trim());
    if (plain === "valuefrom" || VALUE_FROM.has(plain)) noteMisspelled(fields, entry, "valueFrom");
  }
}

/**
 * Notes a value of another kind under a key that expects a string: an object or a list, as in manifests of Kubernetes.
 * The SDKs and Terraform's provider refuse a number or a boolean as well; CloudFormation makes a string of it, and so
 * does Terraform for an attribute of its own.
 * https://github.com/boto/botocore/blob/develop/botocore/validate.py
 */
export function noteOtherForText(fields: Fields, { object }: Node, key: string): Value | undefined {
  const given = field(fields, object, key);
  if (!given || !isOtherThanText(fields, given.value)) return undefined;
  note(fields, { kind: "other-for-text", key: given.key, expected: null, means: key, at: given.value.at });
  return given.value;
}

/** The string under a key that names a secret. What is noted as something else names nothing. */
export function reference(fields: Fields, node: Node, key: string): Text | null {
  const other = noteOtherForText(fields, node, key);
  const given = text(fields, node, key);
  return given && other ? { ...given, value: anyText(other, key) } : given;
}

function isOtherThanText({ style }: Fields, { kind }: Value): boolean {
  if (kind === "object" || kind === "list") return true;
  return (style === "api" || style === "terraform") && (kind === "number" || kind === "boolean");
}

/**
 * Notes a secret without a name, which the API requires, or with an empty one, with which Docker makes no container.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
 * https://github.com/moby/moby/pull/25300
 */
export function noteNameless(fields: Fields, { object }: Node): void {
  const given = field(fields, object, "name")?.value;
  if (given?.kind === "text" && given.value === "") {
    note(fields, { kind: "empty-name", key: "name", expected: null, means: "name", at: given.at });
  }
  if (object.open !== undefined || (given !== undefined && given.kind !== "null")) return;
  const expected = spelled(fields, "name");
  note(fields, { kind: "missing-key", key: expected, expected, means: "name", at: object.at });
}

/** Keys that the API has elsewhere, by what holds them: its key for the role of the job, and for the other. */
const ROLES = { container: ["jobRoleArn", "taskRoleArn"], task: ["taskRoleArn", "jobRoleArn"] } as const;

/**
 * Notes the role of the job under the key that it has in the other kind of group. Terraform drops it, which concerns no
 * secret; everything else refuses it.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_EcsTaskProperties.html
 */
export function noteOtherRole(fields: Fields, { object }: Node, holder: keyof typeof ROLES): void {
  const [means, other] = ROLES[holder];
  if (fields.style === "terraform" || field(fields, object, means) !== undefined) return;
  const given = object.entries.find(({ key }) => folded(key) === folded(other));
  if (given && given.value.kind !== "null") noteMisspelled(fields, given, means);
}

/**
 * Notes the role of execution where the API has none. Terraform drops it, and then the role is missing or not needed.
 */
export function noteMisplacedRole(fields: Fields, object: ObjectValue, holder: string): void {
  if (fields.style === "terraform") return;
  const given = object.entries.find(({ key }) => folded(key) === "executionrolearn");
  if (!given || given.value.kind === "null") return;
  const { key, keyAt: at } = given;
  note(fields, { kind: "misplaced-role", key: `${holder}.${key}`, expected: null, means: null, at });
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
 * Notes keys that are where the API has none, as `holder.key`, so that no secret comes of them.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
 */
export function noteMisplacedKeys(fields: Fields, object: ObjectValue, holder: keyof typeof MISPLACED): void {
  const known = MISPLACED[holder] ?? {};
  for (const { key, keyAt, value } of object.entries) {
    const plain = folded(key);
    const means = Object.hasOwn(known, plain) ? known[plain] : undefined;
    if (means === undefined || isEmpty(value)) continue;
    const expected =
      means === ""
        ? null
        : means
            .split(".")
            .map((part) => spelled(fields, part))
            .join(".");
    note(fields, { kind: "misplaced-key", key: `${holder}.${key}`, expected, means: means || null, at: keyAt });
  }
}

function isEmpty(value: Value): boolean {
  return value.kind === "null" || (value.kind === "list" && value.items.length === 0);
}
