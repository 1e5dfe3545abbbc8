/**
 * The case contract: what a rule sees (DESIGN §4). This file is the single source: TypeScript types are inferred from
 * it, `docs/case.schema.json` is generated from it, and Rego is checked against that.
 *
 * Only tests and tools load it at run time. The program imports types alone, since loading zod costs a third of the
 * start budget.
 */
import { z } from "zod";
import { assumptionIds } from "./assumptions.ts";
import { causeKinds } from "./causes.ts";

/** An index into the table of places that TypeScript keeps. Rego passes it on and never reads it. */
const at = z.number().int().nonnegative();

/**
 * A string that a template may compute; unknown pieces are in `value` as holes (`facts/text.ts`). `sensitive` is
 * there when the files mark the value, or a piece of it, as one that must not be shown: the hole of what is marked, or
 * true where that has none. `written` is there when the text is used at `at` and stands somewhere else.
 */
const text = z.strictObject({
  value: z.string(),
  at,
  sensitive: z.union([z.literal(true), z.string()]).optional(),
  written: at.optional(),
});

/**
 * The one thing that is not known and that an answer hangs on. Equal causes are one line of a report, however many
 * references wait for it. `kind` is one of the table in `facts/causes.ts`, which has the sentence and what would settle
 * it; `name` is what people call the thing, in the words of its file; `unit` is where it is declared, null where that
 * makes no difference.
 */
const cause = z.strictObject({ kind: z.enum(causeKinds), name: z.string(), unit: z.string().nullable() });

/** A part of a resource that could not be seen, so that the resource is incomplete. */
const unseen = z.strictObject({ part: z.string(), cause, at });

/**
 * What is known of an unknown piece of text. In texts it is a token, `⟨12⟩` (narrow), `⟨#12⟩` (suffix) or `⟨*12⟩`
 * (wide), and `holes["12"]` is this. Equal tokens are equal values.
 */
const hole = z.strictObject({
  /**
   * narrow: no colon inside. suffix: exactly the six random letters or digits that Secrets Manager adds to a secret's
   * name. wide: anything, also several fields of an ARN.
   */
  width: z.enum(["narrow", "suffix", "wide"]),
  /** What people call it, as its file spells it: `var.password`, `DbPassword`, `aws_secretsmanager_secret.db.arn`. */
  words: z.string(),
  /**
   * The part of its name that says most about what it holds: `password` for `var.db["password"]`, `token` for
   * `aws_ssm_parameter.token.value`.
   */
  term: z.string(),
  /** The unit that it belongs to; null for what is equal everywhere, such as AWS::Region. */
  unit: z.string().nullable(),
  origin: z.strictObject({
    /**
     * parameter: of CloudFormation. variable: of Terraform. attribute: of a declared resource, known only after it is
     * made. lookup: an attribute of something that is only looked up (a data source), which may be declared as well.
     * import: exported by another stack, or remote state. module: an output of a module that is not in the files.
     * placeholder: filled in by a pipeline. pseudo: AWS::Region and the like. computed: made from the holes `of` by
     * `function`. other: anything else.
     */
    kind: z.enum([
      "parameter",
      "variable",
      "attribute",
      "lookup",
      "import",
      "module",
      "placeholder",
      "pseudo",
      "computed",
      "other",
    ]),
    /** The holes (keys of `holes`) that a computed value is made from. */
    of: z.array(z.string()),
    /** The function or operator of a computed value, else null. */
    function: z.string().nullable(),
    /**
     * Of an attribute or a lookup: the kind of the resource in this schema's words: `secret`, `secret_version`,
     * `parameter`, `role`, …
     */
    resource_kind: z.string().nullable(),
    /** Of an attribute or a lookup: `arn`, `name`, `id`, `value`, or the format's own name for anything else. */
    attribute: z.string().nullable(),
  }),
  /**
   * The declared resource that the value identifies: part of its ARN, its name, its id. Two different ones are two
   * resources, but `X` without the key of an instance may be any `X KEY`.
   */
  identifies: z.string().nullable(),
  /** Of an attribute or lookup of a secret or a parameter: its ARN, as text. */
  arn: z.string().nullable(),
  /** Whether the value is that of a secret (`secret`), or of an SSM parameter, which may be one (`parameter`). */
  holds: z.enum(["secret", "parameter"]).nullable(),
  /** The key of a JSON secret whose value it is, else null. */
  json_key: z.string().nullable(),
  /** Of the id of a machine image that is looked up: the name that it is looked up by, wildcards included. */
  image: z.string().optional(),
  /** Whether nothing can be read from the value about what it is computed from: a checksum, a length, a comparison. */
  digest: z.boolean(),
  /** Whether the files mark it as one that must not be shown. */
  sensitive: z.boolean(),
  cause,
});

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
  /** Null when the values can't be decided. */
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
  /**
   * What is not known, so that the statement may not be there at all (a template condition that can't be decided); else
   * null.
   */
  maybe: cause.nullable(),
  /** The id of the policy it is in. */
  policy: z.string(),
  at,
});

/** Evidence that something can't be read. `deleted`: it is scheduled for deletion. `missing`: there is no such thing. */
const gone = z.strictObject({ how: z.enum(["deleted", "missing"]), at });

/** A role as a job definition names it: its ARN or name, and the id of the role when it is in the files. */
const roleReference = z.strictObject({
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

/**
 * What is not known, so that something may not be there, or more than once; absent when it certainly is there. What is
 * said of it is at most likely.
 */
const maybe = cause.optional();

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
   * no secret. object-for-list, text-for-object: what should be a list of objects.
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
  ]),
  /** The key as it is written, behind what holds it where that says more. */
  key: z.string(),
  /** The key as this format should spell it, or null. */
  expected: z.string().nullable(),
  /** The same in the API's spelling, or null. */
  means: z.string().nullable(),
  /** Of a list in place of an object: what to write at which places, as it is, to leave the object alone. */
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
const credential = z.strictObject({
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

const jobDefinition = z.strictObject({
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

/** The tags of a resource that the files give it; `complete`: it surely has no others. */
const tags = z.strictObject({
  given: z.array(z.strictObject({ key: z.string(), value: text })),
  complete: z.boolean(),
});

const role = z.strictObject({
  ...resource,
  name: text.nullable(),
  arn: text,
  tags,
  /** The trust policy; null when it is not in the files. */
  trust: z.array(statement).nullable(),
  /** Of inline, attached and managed policies, each knowing its policy and place. */
  statements: z.array(statement),
  /**
   * Whether every policy of the role was seen; `unseen` says what was not. A trust policy that was not does not count.
   */
  complete: z.boolean(),
  permissions_boundary: text.nullable(),
  /** What the permissions boundary allows, whether all of it was seen, and why not; null for a role without one. */
  boundary: z
    .strictObject({ statements: z.array(statement), complete: z.boolean(), cause: cause.nullable() })
    .nullable(),
});

const policy = z.strictObject({
  ...resource,
  name: text.nullable(),
  /**
   * What the policy is attached to: a principal, a role's trust, a secret, a key, an endpoint, or something else; a
   * grant of a key.
   */
  kind: z.enum(["identity", "trust", "secret", "key", "grant", "endpoint", "other"]),
  statements: z.array(statement),
  /** The ids of the roles in the files that carry it. */
  roles: z.array(z.string()),
  /** Whether a job definition in the files uses one of these roles as execution or job role. */
  batch: z.boolean(),
  /** Whether nothing in the files carries it: it stands alone. */
  alone: z.boolean(),
  /** Whether any of the checked files has a job definition: without one, nobody knows what a policy is for. */
  estate_has_jobs: z.boolean(),
  /**
   * Whether it may be for jobs that name secrets: false when all that have one of these roles are seen to name none.
   */
  for_secrets: z.boolean(),
});

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

const secret = z.strictObject({
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

const parameter = z.strictObject({
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

const key = z.strictObject({
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

/** A reference that depends on the subject. */
const dependent = z.strictObject({
  /** The id of the reference, and of its job definition. */
  reference: z.string(),
  job_definition: z.string(),
  /** What people call them: the job definition's address, the variable's name. */
  job: z.string(),
  label: z.string(),
  service: z.enum(["secretsmanager", "ssm", "unknown"]),
  /**
   * Where its job may run: a key of `runs`, which the cases of policies and secrets leave out. Absent for what runs on
   * EKS, or where nothing is known of a network.
   */
  run: z.string().optional(),
  at,
});

/**
 * Where jobs of one unit and platform may run. AWS Batch runs a job in any compute environment of its account and
 * Region whose queue it is sent to; no job definition names one.
 */
const run = z.strictObject({
  /** As of a container. */
  platform: z.string().nullable(),
  /** Whether a job gets a public IP address. Of jobs on Fargate only: others have the address of their instance. */
  public_ip: z.boolean().nullable(),
  /**
   * The ids of the compute environments that are deployed with the jobs: of their unit, or named by its job queues. Of
   * jobs that are deployed with none, those of `elsewhere`.
   */
  environments: z.array(z.string()),
  /** The ids of other environments of the run that may be in the same account and Region; none with `unseen`. */
  elsewhere: z.array(z.string()),
  /** Whether `environments` are deployed with the jobs, so that these surely run there. */
  certain: z.boolean(),
  /** The ids of networks where they may run, when no subnet of an environment can be followed to one. */
  networks: z.array(z.string()),
  /** Why they may run in compute environments that are not in the case; null when nothing shows that. */
  unseen: cause.nullable(),
});

const exit = z.strictObject({
  kind: z.enum(["nat_gateway", "internet_gateway", "transit_gateway", "vpn", "peering", "other"]),
  at,
});

const route = z.strictObject({
  kind: exit.shape.kind,
  /** The block of addresses that it leads to, such as `0.0.0.0/0`; null when it is unknown, or a prefix list. */
  destination: text.nullable(),
  /** Whether its gateway leads to the internet in turn, as a NAT gateway in a public subnet does; null: unknown. */
  onward: z.boolean().nullable(),
  maybe,
  at,
});

/** A rule of a network ACL. Null ports are all ports. */
const aclEntry = z.strictObject({
  /** Rules count in the order of their numbers; null when it is unknown. */
  number: z.number().nullable(),
  /** Whether it is about what leaves the subnet; null when that is unknown. */
  egress: z.boolean().nullable(),
  /** Whether it allows or denies; null when that is unknown. */
  allow: z.boolean().nullable(),
  protocol: text.nullable(),
  from_port: z.number().int().nullable(),
  to_port: z.number().int().nullable(),
  /** The block of IPv4 addresses; null when it is unknown. */
  block: text.nullable(),
  maybe,
  at,
});

/** A network ACL, which keeps no state: what comes back must be allowed, too. What no rule is about is denied. */
const acl = z.strictObject({
  address: z.string(),
  unit: z.string(),
  entries: z.array(aclEntry),
  /** Why it may have other rules, or may not be that of the subnet. */
  unseen: z.array(unseen),
  at,
});

const subnet = z.strictObject({
  ...resource,
  subnet: text,
  /** The id of its network; null when that can't be followed. */
  network: z.string().nullable(),
  /** Whether it is declared in the files, not only looked up or named. */
  declared: z.boolean(),
  cidr: text.nullable(),
  /** Whether instances get a public IP address there; null when it is unknown. */
  public_ip: z.boolean().nullable(),
  /** The routes of its table that lead out of the VPC. */
  routes: z.array(route),
  /** Whether all its routes are seen: `unseen` is empty. */
  complete: z.boolean(),
  /** Its network ACL; absent when none is in the files, since the one that a VPC comes with lets everything through. */
  acl: acl.optional(),
});

/**
 * Where a setting is written: its value at the place, or, with a `key`, the object at the place that it can be put
 * into. Absent where it is computed, and where a file only describes what there is.
 */
const settings = z.record(z.string(), z.strictObject({ key: z.string().optional(), at }));

const network = z.strictObject({
  ...resource,
  vpc: text,
  /** The block of addresses; null when it is unknown. */
  cidr: text.nullable(),
  /** Whether nothing may add to it: `unseen` is empty. */
  complete: z.boolean(),
  /** Whether the VPC itself is declared in the files, with all its routes. */
  declared: z.boolean(),
  /** The ids of its endpoints. */
  endpoints: z.array(z.string()),
  /** Every way out of it. */
  exits: z.array(exit),
  dns_support: z.boolean().nullable(),
  dns_hostnames: z.boolean().nullable(),
  /** Of `dns_support` and `dns_hostnames`. */
  settings: settings.optional(),
  /** The private hosted zones that answer its names, such as `secretsmanager.eu-west-1.amazonaws.com`; absent: none. */
  zones: z.array(z.strictObject({ name: text, address: z.string(), unit: z.string(), at })).optional(),
  /** How many references the jobs that run there have: the case shows the first as its `readers`. */
  reader_count: z.number().int().nonnegative(),
  /** Whether the jobs are known to run in this network, not only deployed with it. */
  readers_certain: z.boolean(),
});

/** A rule of a security group. Null ports are all ports. */
const groupRule = z.strictObject({
  protocol: text.nullable(),
  from_port: z.number().int().nullable(),
  to_port: z.number().int().nullable(),
  /** Where traffic may come from or go to; empty when nothing is given. */
  peers: z.array(z.strictObject({ kind: z.enum(["ipv4", "ipv6", "group", "prefix_list"]), value: text })),
  maybe,
  at,
});

const securityGroup = z.strictObject({
  ...resource,
  group: text,
  ingress: z.array(groupRule),
  egress: z.array(groupRule),
  /** Whether nothing may add rules: `unseen` is empty. */
  complete: z.boolean(),
});

/** A security group as it is named, and its id when it is in the files. */
const groupReference = z.strictObject({ group: text, id: z.string().nullable() });

const endpoint = z.strictObject({
  ...resource,
  network: z.string().nullable(),
  service: text,
  /** `Interface`, `Gateway`, …, the service's default filled in; null when it is unknown. */
  type: z.string().nullable(),
  private_dns: z.boolean().nullable(),
  /** Of `type` and `private_dns`. */
  settings: settings.optional(),
  /** Its security groups: that of its VPC when none is given; null when they are unknown. */
  security_groups: z.array(groupReference).nullable(),
  /** The blocks of addresses of all its subnets; absent when one of them is unknown. */
  blocks: z.array(text).optional(),
  /** The endpoint policy; null when it has none, which allows everything. */
  statements: z.array(statement).nullable(),
});

/** A version of the ECS agent: major, minor, patch. */
const version = z.array(z.number().int()).readonly();

const image = z.strictObject({
  /** Its id or name, or the path of the parameter that holds its id, as written; null: AWS Batch takes the current one. */
  value: text.nullable(),
  /** Its ECS agent is at least this version, and at most that; null where nothing is known. */
  agent_from: version.nullable(),
  agent_to: version.nullable(),
  /** Why nothing is known of its agent; else null. */
  cause: cause.nullable(),
  at,
});

/** What user data does on an instance, as far as it concerns the ECS agent. */
const userData = z.strictObject({
  /** `mime`: several parts. `toml`: settings of Bottlerocket. */
  form: z.enum(["mime", "script", "cloud-config", "toml", "other", "unknown"]),
  /** Whether it writes the agent's configuration, `/etc/ecs/ecs.config`. */
  writes_config: z.boolean(),
  /** The settings that it writes: the last of a name counts. */
  settings: z.array(
    z.strictObject({
      name: z.string(),
      value: text,
      /** Whether its place is that of the value and nothing else, so that the value can be replaced. */
      exact: z.boolean(),
      at,
    }),
  ),
  /** What may write other settings. */
  unseen: z.array(unseen),
  /** What is written out in it and reads like a credential; absent when there is nothing. */
  credentials: z.array(credential).optional(),
  at,
});

/** One way in which instances of an environment are started. */
const launch = z.strictObject({
  /** The images, of which each may be used. */
  images: z.array(image),
  user_data: userData.nullable(),
  /** What is not known of it: a launch template that is not in the files. */
  unseen: z.array(unseen),
  at,
});

const computeEnvironment = z.strictObject({
  ...resource,
  /** `EC2`, `SPOT`, `FARGATE`, `FARGATE_SPOT`, as written. */
  type: text.nullable(),
  /** Where its jobs run; null when it is unknown. */
  platform: z.enum(["EC2", "FARGATE", "EKS"]).nullable(),
  network: z.string().nullable(),
  subnets: z.array(text),
  /** The ids of these subnets, in their order; null for one that is not in the files. */
  subnet_ids: z.array(z.string().nullable()),
  /** Its own security groups and those of its launch templates; null when they are unknown. */
  security_groups: z.array(groupReference).nullable(),
  /**
   * Whether its instances get a public IP address: `subnet` when the subnet decides that, `unknown` when a launch
   * template that can't be seen may.
   */
  public_ip: z.enum(["yes", "no", "subnet", "unknown"]),
  /** Of an environment that starts instances, else none. */
  launches: z.array(launch),
  instance_role: roleReference.nullable(),
  /** The launch template's user data, decoded. */
  user_data: text.nullable(),
});

export const subjectKinds = ["job_definition", "policy", "secret", "network", "compute_environment"] as const;

/** One subject with everything it depends on: the one input of an evaluation. */
export const caseSchema = z.strictObject({
  subject: z.strictObject({
    kind: z.enum(subjectKinds),
    id: z.string(),
    unit: z.string(),
    /**
     * There when its files hold only values, so that nothing in them can refer to a resource in place of its ARN, and
     * show what somebody made: raw files.
     */
    raw: z.literal(true).optional(),
    at,
  }),
  /** Partition, Region and account where the subject's unit is deployed: literal when the files tell, else a hole. */
  deployment: z.strictObject({ partition: z.string(), region: z.string(), account: z.string() }),
  /**
   * The references that depend on the subject: of a job definition its own, of a policy those of the containers whose
   * execution role carries it, of a secret those that name it, and so on. Of anything but a job definition the first
   * few: an answer about one of them holds for all that read the same service.
   */
  readers: z.array(dependent),
  /** The holes that occur in the case, by the number of their token. */
  holes: z.record(z.string(), hole),
  job_definitions: z.record(z.string(), jobDefinition),
  roles: z.record(z.string(), role),
  policies: z.record(z.string(), policy),
  secrets: z.record(z.string(), secret),
  parameters: z.record(z.string(), parameter),
  keys: z.record(z.string(), key),
  runs: z.record(z.string(), run),
  networks: z.record(z.string(), network),
  subnets: z.record(z.string(), subnet),
  security_groups: z.record(z.string(), securityGroup),
  endpoints: z.record(z.string(), endpoint),
  compute_environments: z.record(z.string(), computeEnvironment),
});

export type Case = z.infer<typeof caseSchema>;
export type SubjectKind = Case["subject"]["kind"];

/**
 * What to write. `text` is one sentence. `edits` replace a string at a place; `add` is a statement for a policy, that
 * of the role, secret or key at its `at` (null: no such place is known). Values are plain texts with holes: the format of
 * the file writes them.
 */
const remedy = z.strictObject({
  text: z.string(),
  edits: z.array(
    z.strictObject({
      at,
      text: z.string(),
      /** There for a piece of a string, such as a word of a script, which is put in its place as it is. */
      piece: z.literal(true).optional(),
      /** There when the string is put under that key into the object at the place, which has no such key. */
      key: z.string().optional(),
      /** There for the resource of a policy, where `?` are wildcards and no gap to fill in. */
      pattern: z.literal(true).optional(),
    }),
  ),
  add: z
    .strictObject({
      actions: z.array(z.string()),
      resources: z.array(z.string()),
      at: at.nullable(),
      /**
       * The policy of a role that gets it, where it is not one of its own; `resource` is the policy of the secret or
       * key at `at`. Absent: one of the role's own.
       */
      to: z.enum(["trust", "boundary", "resource"]).optional(),
      principal: z.strictObject({ type: z.string(), value: z.string() }).optional(),
    })
    .nullable(),
  /** A copy of the resource at the place, such as an endpoint, for the service `to` in place of `from`. */
  copy: z.strictObject({ at, from: z.string(), to: z.string() }).optional(),
});

const related = z.strictObject({ message: z.string(), at });

/** Ids of secret references that an answer is about. */
const references = z.array(z.string());

/** What an answer takes for granted although no file shows it: ids of the closed list in `facts/assumptions.ts`. */
const assumes = z.array(z.enum(assumptionIds));

/**
 * What the rules answer about a case. Every rule with a link answers each reference that it applies to with exactly one
 * of the three.
 */
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
      references,
      /** What makes it this finding and no other of the rule and subject; never a line, never a value. */
      names: z.array(z.string()),
      assumes,
    }),
  ),
  /**
   * `reason` says what can't be decided ("can't tell whether `R` may read `S`"); the report adds the cause's own
   * sentence.
   */
  unverified: z.array(z.strictObject({ rule: z.string(), reason: z.string(), at, references, cause })),
  /**
   * This rule's part of the link holds for the references, because of what is at `at`: `because` is a short sentence.
   */
  proofs: z.array(z.strictObject({ rule: z.string(), at, because: z.string(), references, assumes })),
});

export type Judgement = z.infer<typeof judgementSchema>;
export type Severity = Judgement["findings"][number]["severity"];
export type Confidence = Judgement["findings"][number]["confidence"];
export type Hole = z.infer<typeof hole>;
