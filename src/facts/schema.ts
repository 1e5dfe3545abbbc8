/**
 * The case contract: what a rule sees (DESIGN §4). This file and those of `schema/` are the single source: TypeScript
 * types are inferred from them, `docs/case.schema.json` is generated from them, and Rego is checked against that.
 *
 * Only tests and tools load them at run time. The program imports types alone, since loading zod costs a third of the
 * start budget.
 */
import { z } from "zod";
import { at, cause, hole } from "./schema/common.ts";
import { computeEnvironment } from "./schema/environments.ts";
import { jobDefinition } from "./schema/jobs.ts";
import { endpoint, network, securityGroup, subnet } from "./schema/networks.ts";
import { policy, role } from "./schema/policies.ts";
import { key, parameter, secret } from "./schema/secrets.ts";

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
  /** Of a policy the first few of its unit, which it may name: without statements and grants, and never complete. */
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
