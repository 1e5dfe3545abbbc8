/** A job with one secret, and what its account answers about the role and the secret. */
import { ACCOUNT, AT, envelope, REGION } from "./evidence.ts";

export const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:db-AbCdEf`;
export const ROLE_NAME = "batch-execution";
const RoleName = ROLE_NAME;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;

/** A job definition that needs one secret. */
export const job = JSON.stringify({
  jobDefinitionName: "nightly",
  type: "container",
  containerProperties: { image: "busybox", executionRoleArn: ROLE, secrets: [{ name: "DB", valueFrom: SECRET }] },
});
const allow = (Action: string, Resource = "*", more: object = {}) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource, ...more }],
});
/** Who may take on the role. */
export const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
};
/** What the account answers about the role of the job, with one policy of its own. */
export const role = (PolicyDocument: object, at = AT) => [
  envelope("iam GetRole", { RoleName }, { Role: { RoleName, Arn: ROLE, AssumeRolePolicyDocument: trust } }, { at }),
  envelope("iam ListRolePolicies", { RoleName }, { PolicyNames: ["read"] }, { at }),
  envelope("iam ListAttachedRolePolicies", { RoleName }, { AttachedPolicies: [] }, { at }),
  envelope(
    "iam GetRolePolicy",
    { RoleName, PolicyName: "read" },
    { RoleName, PolicyName: "read", PolicyDocument },
    { at },
  ),
];
/** What it answers about the secret. */
export const secret = [
  envelope(
    "secretsmanager DescribeSecret",
    { SecretId: SECRET },
    { ARN: SECRET, Name: "db", VersionIdsToStages: { a: ["AWSCURRENT"] } },
  ),
  envelope("secretsmanager GetResourcePolicy", { SecretId: SECRET }, { ARN: SECRET, Name: "db" }),
];
export const MAY = allow("secretsmanager:GetSecretValue");
export const MAY_NOT = allow("s3:GetObject");
