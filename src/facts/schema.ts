/**
 * The case contract: what a rule sees (DESIGN §4). This file is the single source: TypeScript types are inferred from it,
 * `docs/case.schema.json` is generated from it, and Rego is checked against that.
 *
 * Only tests and tools load it at run time. The program imports types alone, since loading zod costs a third of the start budget.
 */
import { z } from "zod";

/** An index into the table of places that TypeScript keeps. Rego passes it on and never reads it. */
const at = z.number().int().nonnegative();

/**
 * A string that a template may compute; unknown pieces stand in `value` as holes (`facts/text.ts`). `sensitive` is there when the files
 * mark the value, or a piece of it, as one that must not be shown: the name of what is marked, as holes have it, or true where it has none.
 * `written` is there when the text is used at `at` and stands somewhere else.
 */
const text = z.strictObject({
  value: z.string(),
  at,
  sensitive: z.union([z.literal(true), z.string()]).optional(),
  written: at.optional(),
});

/** A part of a resource that could not be seen. `why` completes "cannot be decided: …". */
const unseen = z.strictObject({ part: z.string(), why: z.string(), at });

/** Every resource: `id` is unique in a run, `address` is what people call it, `unit` is what it is deployed with. */
const resource = {
  id: z.string(),
  address: z.string(),
  unit: z.string(),
  at,
  unseen: z.array(unseen),
};

const condition = z.strictObject({
  /** As written, `StringEquals`, `ForAnyValue:StringLike`, … */
  operator: z.string(),
  key: z.string(),
  /** Null when the values can't be told. */
  values: z.array(text).nullable(),
  at,
});

const principal = z.strictObject({
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for `"Principal": "*"`. */
  type: z.string(),
  values: z.array(text),
});

/** One statement of an IAM policy. Absent elements are null. A single string is a list of one. */
const statement = z.strictObject({
  sid: z.string().nullable(),
  effect: text,
  actions: z.array(text).nullable(),
  not_actions: z.array(text).nullable(),
  resources: z.array(text).nullable(),
  not_resources: z.array(text).nullable(),
  principals: z.array(principal).nullable(),
  not_principals: z.array(principal).nullable(),
  conditions: z.array(condition),
  /** Why the statement may not be there at all (a template condition that can't be told), else null. */
  maybe: z.string().nullable(),
  /** The id of the policy it stands in. */
  policy: z.string(),
  at,
});

/** A role as a job definition names it: its ARN or name, and the id of the role when it is in the files. */
const roleReference = z.strictObject({
  arn: text,
  role: z.string().nullable(),
});

/** One place where a job names a secret. `id` is unique within the job definition. */
const secretReference = z.strictObject({
  id: z.string(),
  name: text.nullable(),
  value_from: text.nullable(),
  /** The id of the secret it names, when that is in the files. */
  secret: z.string().nullable(),
  /** The id of the SSM parameter it names, when that is in the files. */
  parameter: z.string().nullable(),
  at,
});

const namedValue = z.strictObject({ name: text, value: text.nullable(), at });

const logConfiguration = z.strictObject({
  driver: text.nullable(),
  options: z.array(namedValue),
  secret_options: z.array(secretReference),
  at,
});

/** One container, whatever it was nested in. */
const container = z.strictObject({
  /** Where it stands, in the API's words: `containerProperties`, `nodeProperties.nodeRangeProperties[0].container`, … */
  path: z.string(),
  kind: z.enum(["container", "ecs", "eks"]),
  name: text.nullable(),
  image: text.nullable(),
  /** Null: the definition leaves it out. A text with a wide hole: it can't be told. EKS: always null. */
  execution_role: roleReference.nullable(),
  job_role: roleReference.nullable(),
  /** The object that holds, or would hold, the execution role: the container, or the ECS task. */
  role_holder: at,
  secrets: z.array(secretReference),
  environment: z.array(namedValue),
  command: z.array(text),
  log: logConfiguration.nullable(),
  registry_credentials: secretReference.nullable(),
  /** `EC2`, `FARGATE`, `MANAGED_INSTANCES`, `EKS`; null when it can't be told. */
  platform: z.string().nullable(),
  platform_version: text.nullable(),
  operating_system: text.nullable(),
  unseen: z.array(unseen),
  at,
});

/** Something written in another shape than the service accepts, which the reader could still understand. */
const shapeNote = z.strictObject({
  kind: z.enum(["array-for-object", "key-case", "dropped-key", "eks-secret-arn"]),
  /** The key as it is written. */
  key: z.string(),
  /** The key as it should be, or null. */
  expected: z.string().nullable(),
  at,
});

const jobDefinition = z.strictObject({
  ...resource,
  name: text.nullable(),
  type: z.string().nullable(),
  containers: z.array(container),
  parameters: z.array(namedValue),
  shape: z.array(shapeNote),
});

const role = z.strictObject({
  ...resource,
  name: text.nullable(),
  arn: text,
  /** The trust policy; null when it is not in the files. */
  trust: z.array(statement).nullable(),
  /** Of inline, attached and managed policies, each knowing its policy and place. */
  statements: z.array(statement),
  /** Whether every policy of the role was seen; `unseen` says what was not. */
  complete: z.boolean(),
  permissions_boundary: text.nullable(),
});

const policy = z.strictObject({
  ...resource,
  name: text.nullable(),
  /** What the policy is attached to: a principal, a role's trust, a secret, a key, an endpoint, or something else. */
  kind: z.enum(["identity", "trust", "secret", "key", "endpoint", "other"]),
  statements: z.array(statement),
  /** The ids of the roles in the files that carry it. */
  roles: z.array(z.string()),
  /** Whether a job definition in the files uses one of these roles as execution or job role. */
  batch: z.boolean(),
  /** Whether nothing in the files carries it: it stands alone. */
  alone: z.boolean(),
  /** Whether it may be for jobs that name secrets: false when all that have one of these roles are seen to name none. */
  for_secrets: z.boolean(),
});

const secretContent = z.strictObject({
  /** `string`: text of which it is not known whether it is JSON. `unknown`: it may be binary. */
  kind: z.enum(["text", "json", "string", "binary", "empty", "unknown"]),
  /** The top-level keys when it is a JSON object and all are known. Values are never kept. */
  keys: z.array(z.string()).nullable(),
  /** Where the content is given, such as the `SecretBinary` key. */
  at,
});

const secret = z.strictObject({
  ...resource,
  name: text.nullable(),
  arn: text,
  /** The customer managed key as it is written; null for the default key. */
  key_reference: text.nullable(),
  /** The id of that key, when it is in the files. */
  key: z.string().nullable(),
  contents: z.array(secretContent),
  /** The resource policy's statements. */
  statements: z.array(statement),
  /** Whether it rotates; null when it can't be told. */
  rotates: z.boolean().nullable(),
  /** Whether something else adds keys to its JSON, such as a target attachment. */
  extended: z.boolean(),
  /** Version ids and their stages, when a file tells them. */
  versions: z.array(z.strictObject({ id: z.string(), stages: z.array(z.string()), at })).nullable(),
});

const parameter = z.strictObject({
  ...resource,
  name: text.nullable(),
  arn: text,
  type: text.nullable(),
  key_reference: text.nullable(),
  key: z.string().nullable(),
});

const key = z.strictObject({
  ...resource,
  arn: text,
  aliases: z.array(text),
  spec: text.nullable(),
  usage: text.nullable(),
  statements: z.array(statement),
});

const exit = z.strictObject({
  kind: z.enum(["nat_gateway", "internet_gateway", "transit_gateway", "vpn", "peering", "other"]),
  at,
});

const reader = z.strictObject({
  job_definition: z.string(),
  reference: z.string(),
  service: z.enum(["secretsmanager", "ssm", "unknown"]),
  at,
});

const network = z.strictObject({
  ...resource,
  vpc: text,
  /** Whether the VPC itself is declared in the files, with all its routes. */
  declared: z.boolean(),
  /** The ids of its endpoints. */
  endpoints: z.array(z.string()),
  /** Every way out of it. */
  exits: z.array(exit),
  dns_support: z.boolean().nullable(),
  dns_hostnames: z.boolean().nullable(),
  /** The references of jobs that run there: the first few of `reader_count`. */
  readers: z.array(reader),
  reader_count: z.number().int().nonnegative(),
  /** Whether the jobs are known to run in this network, not only deployed with it. */
  readers_certain: z.boolean(),
});

const ingress = z.strictObject({
  protocol: text.nullable(),
  from_port: z.number().int().nullable(),
  to_port: z.number().int().nullable(),
  at,
});

const endpoint = z.strictObject({
  ...resource,
  network: z.string().nullable(),
  service: text,
  /** `Interface`, `Gateway`, …, the service's default filled in; null when it can't be told. */
  type: z.string().nullable(),
  private_dns: z.boolean().nullable(),
  /** Inbound rules of its security groups; null when they can't be seen. */
  ingress: z.array(ingress).nullable(),
  /** The endpoint policy; null when it has none, which allows everything. */
  statements: z.array(statement).nullable(),
});

const computeEnvironment = z.strictObject({
  ...resource,
  type: text.nullable(),
  network: z.string().nullable(),
  subnets: z.array(text),
  /** Image ids, image types, AMI names and SSM paths of images, as written. */
  images: z.array(text),
  instance_role: roleReference.nullable(),
  /** The launch template's user data, decoded. */
  user_data: text.nullable(),
});

export const subjectKinds = ["job_definition", "policy", "secret", "network", "compute_environment"] as const;

/** One subject with everything it depends on: the one input of an evaluation. */
export const caseSchema = z.strictObject({
  subject: z.strictObject({ kind: z.enum(subjectKinds), id: z.string(), unit: z.string(), at }),
  job_definitions: z.record(z.string(), jobDefinition),
  roles: z.record(z.string(), role),
  policies: z.record(z.string(), policy),
  secrets: z.record(z.string(), secret),
  parameters: z.record(z.string(), parameter),
  keys: z.record(z.string(), key),
  networks: z.record(z.string(), network),
  endpoints: z.record(z.string(), endpoint),
  compute_environments: z.record(z.string(), computeEnvironment),
});

export type Case = z.infer<typeof caseSchema>;
export type SubjectKind = Case["subject"]["kind"];

/** What a rule answers about a case. */
const remedy = z.strictObject({
  /** One sentence that tells what to write. */
  text: z.string(),
  /** The text to write in place of the one at the finding's place. */
  replacement: z.string().nullable(),
  /** The statement to add to a policy of the role, which stands at `at`; the finding's place when that is left out. */
  statement: z
    .strictObject({ actions: z.array(z.string()), resources: z.array(z.string()), at: at.optional() })
    .nullable(),
});

const related = z.strictObject({ message: z.string(), at });

export const judgementSchema = z.strictObject({
  findings: z.array(
    z.strictObject({
      rule: z.string(),
      severity: z.enum(["error", "warning", "info"]),
      confidence: z.enum(["certain", "likely"]),
      message: z.string(),
      remedy,
      at,
      related: z.array(related),
      /** The ids of the secret references it is about. */
      references: z.array(z.string()),
      /** What makes it this finding and no other of the rule and subject; never a line, never a value. */
      names: z.array(z.string()),
    }),
  ),
  unverified: z.array(z.strictObject({ rule: z.string(), reason: z.string(), at, references: z.array(z.string()) })),
});

export type Judgement = z.infer<typeof judgementSchema>;
