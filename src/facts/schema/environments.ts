/** Compute environments: images, user data, agents. */
import { z } from "zod";
import { at, cause, resource, text, unseen } from "./common.ts";
import { credential, roleReference } from "./jobs.ts";
import { groupReference } from "./networks.ts";

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

export const computeEnvironment = z.strictObject({
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
