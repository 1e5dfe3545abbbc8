/** Vectors as inputs and outputs of the AWS CLI. */
import { ALIAS, filled, type Grant, KEY_ID, ROLE, type Vector, worldOf } from "../vector.ts";
import {
  document,
  type Files,
  IMAGE,
  NAME,
  PARAMETER,
  type Render,
  selectors,
  TAGS,
  TRUST,
  tagList,
} from "./common.ts";

export const raw: Render = (vector, variant) => {
  // Only the account's details show that a role has no policy.
  const hasPolicies = vector.role.length + vector.managed.length > 0;
  const files = variant % 2 === 0 && hasPolicies ? apart(vector) : account(vector);
  return Object.fromEntries(Object.entries(files).map(([path, value]) => [path, JSON.stringify(value, null, 2)]));
};

const text = (value: unknown) => JSON.stringify(value);

/** One file for each call. */
function apart(vector: Vector): Readonly<Record<string, unknown>> {
  const world = worldOf(vector);
  const { role, boundary, managed } = filled(vector, world);
  const limit = `arn:${world.partition}:iam::${world.account}:policy/limit`;
  const own = role.map(
    (statement, index) =>
      [
        `role-policy-${index}.json`,
        { RoleName: ROLE, PolicyName: `own-${index}`, PolicyDocument: text(document([statement])) },
      ] as const,
  );
  const attached = managed.map(
    (name, index) =>
      [
        `attachment-${index}.json`,
        { RoleName: ROLE, PolicyArn: `arn:${world.partition}:iam::aws:policy/${name}` },
      ] as const,
  );
  return {
    ...resources(vector),
    "role.json": {
      Role: {
        RoleName: ROLE,
        Path: "/",
        Arn: world.role,
        AssumeRolePolicyDocument: TRUST,
        Tags: tagList(TAGS.role),
        ...(boundary ? { PermissionsBoundary: { PermissionsBoundaryArn: limit } } : {}),
      },
    },
    ...Object.fromEntries([...own, ...attached]),
    ...(boundary ? { "limit.json": { PolicyName: "limit", PolicyDocument: text(document(boundary)) } } : {}),
  };
}

/** The role as `get-account-authorization-details` shows it. */
function account(vector: Vector): Readonly<Record<string, unknown>> {
  const world = worldOf(vector);
  const { role, boundary, managed } = filled(vector, world);
  const limit = `arn:${world.partition}:iam::${world.account}:policy/limit`;
  const details = {
    RoleDetailList: [
      {
        RoleName: ROLE,
        Path: "/",
        Arn: world.role,
        AssumeRolePolicyDocument: TRUST,
        RolePolicyList: role.length > 0 ? [{ PolicyName: "own", PolicyDocument: document(role) }] : [],
        AttachedManagedPolicies: managed.map((name) => ({
          PolicyName: name,
          PolicyArn: `arn:${world.partition}:iam::aws:policy/${name}`,
        })),
        Tags: tagList(TAGS.role),
        ...(boundary ? { PermissionsBoundary: { PermissionsBoundaryArn: limit } } : {}),
      },
    ],
    Policies: boundary
      ? [
          {
            PolicyName: "limit",
            Path: "/",
            Arn: limit,
            PolicyVersionList: [{ VersionId: "v1", IsDefaultVersion: true, Document: document(boundary) }],
          },
        ]
      : [],
  };
  return { ...resources(vector), "account.json": details };
}

/** The job, and what it reads. */
function resources(vector: Vector): Readonly<Record<string, unknown>> {
  const world = worldOf(vector);
  const isSecret = vector.reads === "secret";
  return {
    "job.json": {
      jobDefinitionName: "nightly",
      type: "container",
      containerProperties: {
        image: IMAGE,
        executionRoleArn: world.role,
        secrets: [{ name: "PASSWORD", valueFrom: isSecret ? `${world.secret}${selectors(vector)}` : world.parameter }],
      },
    },
    ...(isSecret ? secretFiles(vector) : parameterFiles(vector)),
    ...keyFiles(vector),
  };
}

function secretFiles(vector: Vector): Files & Readonly<Record<string, unknown>> {
  const world = worldOf(vector);
  const policy = filled(vector.policy, world);
  const described = {
    ARN: world.secret,
    Name: NAME,
    Tags: tagList(TAGS.secret),
    VersionIdsToStages: { "a1b2c3d4-5678-90ab-cdef-1234567890ab": ["AWSCURRENT"] },
    ...(vector.key ? { KmsKeyId: world.key } : {}),
  };
  const files: Readonly<Record<string, unknown>> = {
    "secret.json": described,
    ...(policy.length > 0
      ? { "secret-policy.json": { ARN: world.secret, Name: NAME, ResourcePolicy: text(document(policy)) } }
      : {}),
  };
  return files as Files;
}

function parameterFiles(vector: Vector): Readonly<Record<string, unknown>> {
  const world = worldOf(vector);
  return {
    "parameter.json": {
      Name: PARAMETER,
      Value: "given by hand",
      Type: vector.key ? "SecureString" : "String",
      Tags: tagList(TAGS.secret),
      ...(vector.key ? { KeyId: world.key } : {}),
    },
  };
}

function keyFiles({ key, ...vector }: Vector): Readonly<Record<string, unknown>> {
  if (!key) return {};
  const world = worldOf(vector);
  const usual = document([
    {
      Effect: "Allow",
      Principal: { AWS: `arn:${world.partition}:iam::${world.owner}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ]);
  const policy = key.policy ? document(filled(key.policy, world)) : usual;
  return {
    "key.json": {
      KeyMetadata: { KeyId: KEY_ID, Arn: world.key, KeySpec: "SYMMETRIC_DEFAULT", KeyUsage: "ENCRYPT_DECRYPT" },
    },
    "key-policy.json": { KeyId: KEY_ID, PolicyName: "default", Policy: text(policy) },
    ...(key.grants.length > 0 ? { "grants.json": { Grants: key.grants.map((one) => grant(filled(one, world))) } } : {}),
    "aliases.json": {
      Aliases: [
        {
          AliasName: ALIAS,
          AliasArn: `arn:${world.partition}:kms:${world.region}:${world.owner}:${ALIAS}`,
          TargetKeyId: KEY_ID,
        },
      ],
    },
  };
}

function grant({ grantee, operations, equals, subset }: Grant): object {
  const constraints = {
    ...(equals ? { EncryptionContextEquals: equals } : {}),
    ...(subset ? { EncryptionContextSubset: subset } : {}),
  };
  return {
    KeyId: KEY_ID,
    GranteePrincipal: grantee,
    Operations: operations,
    ...(equals || subset ? { Constraints: constraints } : {}),
  };
}
