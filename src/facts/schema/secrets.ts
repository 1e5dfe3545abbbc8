/** Secrets, parameters and keys. */
import { z } from "zod";
import { at, cause, gone, resource, tags, text } from "./common.ts";
import { statement } from "./policies.ts";

const secretContent = z.strictObject({
  /**
   * `string`: text that may or may not be JSON. `unknown`: there is a value, and it may be binary. `described`: the
   * account says that there is a value, and no evidence shows values.
   */
  kind: z.enum(["text", "json", "string", "binary", "empty", "unknown", "described"]),
  /** The top-level keys that are known when it is a JSON object, else null. Values are never kept. */
  keys: z.array(z.string()).nullable(),
  /**
   * What is not known, so that the value may be another one, or its JSON may have more keys; null when nothing is. Of
   * kind `default`: the value is a default that a deployment may replace.
   */
  open: cause.nullable(),
  /** The staging labels of its version, such as AWSCURRENT; null when they are unknown. */
  stages: z.array(z.string()).nullable(),
  /** What is not known, so that this value may not be given; absent when it certainly is. */
  maybe: cause.optional(),
  /** Where the content is given, such as the `SecretBinary` key. */
  at,
});

/** Something that adds keys to the JSON of a secret after it is made. */
const addition = z.strictObject({
  /** What people call it. */
  address: z.string(),
  /** The keys that it surely adds. */
  keys: z.array(z.string()),
  /** Those that it may add; null: it may add any. */
  others: z.array(z.string()).nullable(),
  /** What is not known, so that it may not be there; absent when it certainly is. */
  maybe: cause.optional(),
  at,
});

export const secret = z.strictObject({
  ...resource,
  name: text.nullable(),
  arn: text,
  tags,
  /** The customer managed key as it is written; null for the default key. */
  key_reference: text.nullable(),
  /** The id of that key, when it is in the files. */
  key: z.string().nullable(),
  /** There when only a name says that it is that key: why it may be another one. */
  key_maybe: cause.optional(),
  contents: z.array(secretContent),
  /** What may give it a value that the files don't show; null when nothing does. */
  filled_by: cause.nullable(),
  /** The resource policy's statements. */
  statements: z.array(statement),
  /** Whether it rotates; null when it is unknown. */
  rotates: z.boolean().nullable(),
  /** What adds keys to its JSON, such as a target attachment or a function that rotates it. */
  additions: z.array(addition),
  /** Whether nothing may add to it: `unseen` is empty. */
  complete: z.boolean(),
  /** Version ids and their stages, when a file tells them. */
  versions: z.array(z.strictObject({ id: z.string(), stages: z.array(z.string()), at })).nullable(),
  /** Whether the files declare or describe it; false when they only look it up. */
  declared: z.boolean(),
  gone: gone.nullable(),
  /** There when another unit declares a secret of that name: it may be another one, of another account or Region. */
  maybe: cause.optional(),
});

export const parameter = z.strictObject({
  ...resource,
  name: text.nullable(),
  arn: text,
  tags,
  type: text.nullable(),
  key_reference: text.nullable(),
  key: z.string().nullable(),
  key_maybe: cause.optional(),
  /** As of a secret. */
  declared: z.boolean(),
  gone: gone.nullable(),
  maybe: cause.optional(),
});

export const key = z.strictObject({
  ...resource,
  arn: text,
  tags,
  aliases: z.array(text),
  spec: text.nullable(),
  usage: text.nullable(),
  /**
   * Its state in the words of KMS, `Enabled` when the files leave it out; null when they don't show it.
   * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
   */
  state: text.nullable(),
  /** The key policy's statements. A key that is seen completely and has none carries the one that KMS makes. */
  statements: z.array(statement),
  /** Whether nothing may add to it: `unseen` is empty. */
  complete: z.boolean(),
  /** Grants of the key, as statements that name the grantee. */
  grants: z.array(statement),
  /** There when its account says that there is no such key. */
  gone: gone.optional(),
});
