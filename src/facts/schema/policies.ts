/** Roles, policies and their statements. */
import { z } from "zod";
import { at, cause, resource, tags, text } from "./common.ts";

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
export const statement = z.strictObject({
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

export const role = z.strictObject({
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

export const policy = z.strictObject({
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
