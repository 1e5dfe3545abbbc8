/** Job definitions: containers, their references to secrets, and what they write in another shape. */
import { z } from "zod";
import { at, cause, gone, maybe, resource, text, unseen } from "./common.ts";

/** A role as a job definition names it: its ARN or name, and the id of the role when it is in the files. */
export const roleReference = z.strictObject({
  arn: text,
  role: z.string().nullable(),
  /**
   * What is not known of a role that is not found in the files; null for one that is. Filled in when the case is built.
   */
  cause: cause.nullable().optional(),
  /** There when the role's own account says that there is no such role. */
  gone: gone.optional(),
});

/**
 * What a `valueFrom` names, as far as its text says. TypeScript takes it apart; whether it is legal is a rule's
 * question.
 */
const named = z.strictObject({
  /**
   * arn: the value is an ARN whose first five fields can be distinguished. name: text that is no ARN, which AWS takes
   * for the name of a parameter (of a secret in `repositoryCredentials`). unknown: it is unknown which, or an ARN with
   * too few fields. absent: there is no value.
   */
  form: z.enum(["arn", "name", "unknown", "absent"]),
  /** The service that is asked; another service's name when the ARN has one; null when it is unknown. */
  service: z.string().nullable(),
  /** The fields of the ARN as written; null for any other form. */
  fields: z
    .strictObject({
      partition: z.string(),
      service: z.string(),
      region: z.string(),
      account: z.string(),
      resource: z.string(),
    })
    .nullable(),
  /**
   * The ARN of what is named, without selectors; of a name, the ARN in the deployment's own account and Region. Null
   * when it is unknown.
   */
  arn: z.string().nullable(),
  /**
   * What is between the colons of the resource of a secret's ARN: `secret`, the name, and the selectors. Of text that
   * is no ARN, the same as if it were the end of one: `secret`, `db`, `password`, ``, `` of `db:password::` and of
   * `secret:db:password::`. Null when it can't be split.
   */
  parts: z.array(z.string()).nullable(),
});

/** One place where a job names a secret. `id` is unique in a run. */
const secretReference = z.strictObject({
  id: z.string(),
  name: text.nullable(),
  value_from: text.nullable(),
  /** What credential is written in its value, by its form and with its article; absent where there is none. */
  credential: z.string().optional(),
  /**
   * The key of the API where it is: `secrets`, `secretOptions`, `repositoryCredentials`. Filled in when the case is
   * built, as `named` is.
   */
  site: z.enum(["secrets", "secretOptions", "repositoryCredentials"]).optional(),
  named: named.optional(),
  /** The id of the secret it names, when that is in the files. */
  secret: z.string().nullable(),
  /** The id of the SSM parameter it names, when that is in the files. */
  parameter: z.string().nullable(),
  /**
   * What is not known of a secret or parameter that is not found in the files; null for one that is. Filled in when the
   * case is built.
   */
  cause: cause.nullable().optional(),
  /**
   * There when its value is what a parameter of another unit holds, as the name of that tells: which parameter it is. An
   * answer about the value is at most likely.
   */
  through: cause.optional(),
  maybe,
  at,
});

const namedValue = z.strictObject({ name: text, value: text.nullable(), maybe, at });

const logConfiguration = z.strictObject({
  driver: text.nullable(),
  options: z.array(namedValue),
  secret_options: z.array(secretReference),
  at,
});

/** One container, whatever it was nested in. */
const container = z.strictObject({
  /**
   * Where it stands, in the API's words: `containerProperties`, `nodeProperties.nodeRangeProperties[0].container`, …
   */
  path: z.string(),
  kind: z.enum(["container", "ecs", "eks"]),
  name: text.nullable(),
  image: text.nullable(),
  /** Null: the definition leaves it out. A string with a wide hole: it is unknown. EKS: always null. */
  execution_role: roleReference.nullable(),
  job_role: roleReference.nullable(),
  /** The object that holds, or would hold, the execution role: the container, or the ECS task. */
  role_holder: at,
  /** The key that has it there, or would have it, as this format spells it. */
  role_key: z.string(),
  secrets: z.array(secretReference),
  environment: z.array(namedValue),
  command: z.array(text),
  log: logConfiguration.nullable(),
  registry_credentials: secretReference.nullable(),
  /** `EC2`, `FARGATE`, `MANAGED_INSTANCES`, `EKS`; null when it is unknown. */
  platform: z.string().nullable(),
  platform_version: text.nullable(),
  operating_system: text.nullable(),
  /** Whether it is a log router of FireLens, which other containers of its task send their logs to. */
  log_router: z.boolean(),
  /** Whether a job on Fargate gets a public IP address: no by default; null when it is unknown. */
  public_ip: z.boolean().nullable().optional(),
  unseen: z.array(unseen),
  at,
});

/** Something written in another shape than the service accepts, which the reader could still understand. */
const shapeNote = z.strictObject({
  /**
   * dropped-key, refused-key: misspelled, so that Terraform leaves it out, or the service refuses it. misplaced-key:
   * one where the API has no such key, which was meant for a secret. misplaced-arn: a secret's ARN where the API reads
   * no secret. object-for-list, text-for-object, list-for-object: what should be a list of objects. other-for-text:
   * something else in place of a string. object-for-json: an object, a list or a block where Terraform
   * expects a string of JSON. missing-key: a secret without a name. empty-name: one with an empty name. misplaced-role:
   * the execution role where the API has none.
   */
  kind: z.enum([
    "array-for-object",
    "key-case",
    "dropped-key",
    "refused-key",
    "misplaced-key",
    "misplaced-arn",
    "object-for-list",
    "text-for-object",
    "list-for-object",
    "other-for-text",
    "object-for-json",
    "missing-key",
    "empty-name",
    "misplaced-role",
  ]),
  /** The key as it is written, behind what holds it where that says more. */
  key: z.string(),
  /** The key as this format should spell it, or null. */
  expected: z.string().nullable(),
  /** The same in the API's spelling, or null. */
  means: z.string().nullable(),
  /**
   * Of a list in place of an object: what to write at which places, as it is, to leave the object alone. None of a key
   * beside the right one.
   */
  edits: z.array(z.strictObject({ at, text: z.string() })).optional(),
  at,
});

/** Where a job may run. */
const places = z.strictObject({
  /** The ids of compute environments in the case: those of its unit, else those that it may be deployed with. */
  environments: z.array(z.string()),
  /** Whether it surely runs in these: they are of its own unit. */
  certain: z.boolean(),
  /** What is not known, so that it may run somewhere else as well; null when these are all. */
  more: cause.nullable(),
});

/**
 * A credential that is written out where everybody reads it who may see the resource. Its value is not kept. `form` is by
 * what it is known: the documented format of a token, the frame of a private key, a password in a URL or in a registry
 * login, or nothing but its name.
 */
export const credential = z.strictObject({
  form: z.enum(["token", "private_key", "url", "login", "name"]),
  /** What it is, with its article: `a GitHub token`; empty when only its name says so. */
  what: z.string(),
  /** False for what others may know or may need: an ID that belongs to a key, a user's name as password. */
  sure: z.boolean(),
  /** The path of the container; empty for what is in none. */
  path: z.string(),
  /** The key of the API that holds it; `env` on Kubernetes. */
  site: z.enum(["environment", "env", "options", "command", "parameters", "user_data"]),
  /** The variable, option or parameter that holds it; empty for an argument or user data. */
  name: z.string(),
  /** The name that it has inside of the string, such as `DB_PASSWORD` of `export DB_PASSWORD=…`; empty for none. */
  within: z.string(),
  maybe,
  at,
  /** Where it is written, when that is somewhere else than where it is used. */
  written: at.optional(),
});

export const jobDefinition = z.strictObject({
  ...resource,
  name: text.nullable(),
  type: z.string().nullable(),
  /** Filled in when the case is built. */
  runs_in: places.optional(),
  containers: z.array(container),
  parameters: z.array(namedValue),
  shape: z.array(shapeNote),
  /** What is written out in it and reads like a credential; absent when there is nothing. */
  credentials: z.array(credential).optional(),
});
