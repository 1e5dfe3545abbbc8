/** What statements of vectors are made of. */
import {
  bool,
  type Condition,
  conditions,
  context,
  either,
  ofKeys,
  parameterArn,
  secretArn,
  tag,
  via,
} from "./conditions.ts";
import type { Grant, Statement, Texts, Vector } from "./vector.ts";

export interface Parts {
  readonly actions: readonly Texts[];
  /** The actions that include the one that is asked. */
  readonly granted: readonly Texts[];
  readonly notActions: readonly Texts[];
  /** Resources that include the one that is asked, and that don't. */
  readonly granting: readonly Texts[];
  readonly missing: readonly Texts[];
  readonly notResources: readonly Texts[];
  readonly conditions: readonly Condition[];
}

const secret: Parts = {
  actions: [
    "secretsmanager:GetSecretValue",
    "secretsmanager:GetSecretValue",
    ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
    "secretsmanager:Get*",
    "secretsmanager:*",
    "*",
    "SecretsManager:getsecretvalue",
    "secretsmanager:GetSecretValu?",
    "secretsmanager:*Value",
    "secretsmanager:DescribeSecret",
    "secretsmanager:BatchGetSecretValue",
    ["secretsmanager:List*", "s3:GetObject"],
    "ssm:GetParameters",
  ],
  granted: ["secretsmanager:GetSecretValue", "secretsmanager:*", "*", "secretsmanager:Get*"],
  notActions: ["iam:*", "secretsmanager:*", ["s3:*", "secretsmanager:Put*"], "secretsmanager:GetSecretValue"],
  granting: [
    "{secret}",
    "{secret}",
    "*",
    secretArn("app/prod/db-??????"),
    secretArn("app/prod/db-*"),
    secretArn("app/prod/*"),
    secretArn("app/*/db-*"),
    "arn:{p}:secretsmanager:*:*:secret:app/*",
    "arn:*:secretsmanager:*:{b}:secret:*",
    [secretArn("web-??????"), "{secret}"],
    secretArn("a?p/prod/db*"),
    "arn:{p}:secretsmanager:{r}:{b}:*",
  ],
  missing: [
    secretArn("app/prod/db"),
    secretArn("app/prod/db-?????"),
    secretArn("app/dev/*"),
    secretArn("App/prod/db-*"),
    secretArn("prod/db-??????"),
    "{secret}:password::",
    "arn:{p}:secretsmanager:{R}:{b}:secret:app/*",
    "arn:{p}:secretsmanager:{r}:{A}:secret:*",
    "arn:{P}:secretsmanager:*:*:secret:*",
    "arn:{p}:ssm:*:*:parameter/*",
    [secretArn("web-??????"), secretArn("mail-*")],
  ],
  notResources: [
    secretArn("app/dev/*"),
    "{secret}",
    secretArn("app/prod/*"),
    ["arn:{p}:s3:::*", secretArn("web-*")],
    "arn:{p}:secretsmanager:{R}:*:secret:*",
  ],
  conditions: [
    ...tag("secretsmanager:ResourceTag/env"),
    ...tag("aws:ResourceTag/env"),
    ...either("secretsmanager:ResourceTag/team", "${aws:PrincipalTag/team}", "other", "a*"),
    ["StringLike", "secretsmanager:SecretId", secretArn("app/prod/*")],
    ["StringEquals", "secretsmanager:SecretId", "{secret}"],
    ["StringEquals", "secretsmanager:SecretId", secretArn("web-aaaaaa")],
    ["ArnLike", "secretsmanager:SecretId", secretArn("app/*")],
    ["StringNotLike", "secretsmanager:SecretId", secretArn("app/*")],
    ["StringEquals", "secretsmanager:VersionStage", "AWSCURRENT"],
    ["StringNotEquals", "secretsmanager:VersionStage", "AWSPENDING"],
    ["ForAnyValue:StringEquals", "secretsmanager:VersionStage", ["AWSCURRENT", "AWSPREVIOUS"]],
    ["StringEqualsIfExists", "secretsmanager:VersionStage", "AWSCURRENT"],
    ["Null", "secretsmanager:VersionId", "true"],
    ["StringEquals", "secretsmanager:VersionId", "a1b2c3d4-5678-90ab-cdef-1234567890ab"],
    ...bool("aws:ViaAWSService"),
  ],
};

const parameter: Parts = {
  actions: [
    "ssm:GetParameters",
    "ssm:GetParameter",
    "ssm:GetParameter*",
    "ssm:*",
    "*",
    "ssm:GetParametersByPath",
    "ssm:getparameters",
    ["ssm:GetParameter", "ssm:GetParameters"],
  ],
  granted: ["ssm:GetParameters", "ssm:GetParameter*", "ssm:*", "*"],
  notActions: ["iam:*", "ssm:*", "ssm:PutParameter"],
  granting: [
    "{parameter}",
    "*",
    parameterArn("/app/*"),
    parameterArn("/*"),
    "arn:*:ssm:*:{b}:parameter/app/prod/db",
    parameterArn("/app/prod/d?"),
  ],
  missing: [
    parameterArn("/app/prod"),
    parameterArn("//app/prod/db"),
    parameterArn("/app/dev/*"),
    "arn:{p}:ssm:{R}:{b}:parameter/*",
    "arn:{p}:secretsmanager:{r}:{b}:secret:app/*",
  ],
  notResources: [parameterArn("/app/dev/*"), parameterArn("/app/*"), "{parameter}"],
  conditions: [...tag("aws:ResourceTag/env"), ...tag("ssm:resourceTag/env"), ...bool("aws:ViaAWSService")],
};

const key: Omit<Parts, "conditions"> = {
  actions: [
    "kms:Decrypt",
    "kms:Decrypt",
    "kms:*",
    "kms:D*",
    "*",
    "kms:decrypt",
    "kms:Encrypt",
    ["kms:DescribeKey", "kms:Decrypt"],
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
  ],
  granted: ["kms:Decrypt", "kms:*", ["kms:Decrypt", "kms:DescribeKey"]],
  notActions: ["iam:*", "kms:*", "kms:ScheduleKeyDeletion"],
  granting: ["{key}", "{key}", "*", "arn:{p}:kms:{r}:{b}:key/*", "arn:{p}:kms:*:{b}:key/*", "arn:*:kms:*:*:key/*"],
  missing: [
    "arn:{p}:kms:{r}:{b}:alias/app-prod",
    "arn:{p}:kms:*:*:alias/*",
    "{secret}",
    "arn:{p}:kms:{R}:{b}:key/*",
    "arn:{p}:kms:{r}:{A}:key/*",
  ],
  notResources: ["{key}", "arn:{p}:kms:{R}:*:key/*", "arn:{p}:kms:*:*:alias/*"],
};

const secretKey: Parts = {
  ...key,
  conditions: [
    ...via("secretsmanager"),
    ...ofKeys,
    ...context("SecretARN", "{secret}", secretArn("app/prod/*"), secretArn("web*")),
    ["StringLike", "kms:EncryptionContext:PARAMETER_ARN", parameterArn("/*")],
    ["Null", "kms:EncryptionContext:PARAMETER_ARN", "true"],
  ],
};

const parameterKey: Parts = {
  ...key,
  conditions: [
    ...via("ssm"),
    ...ofKeys,
    ...context("PARAMETER_ARN", "{parameter}", parameterArn("/app/*"), parameterArn("/web/*")),
    ["StringLike", "kms:EncryptionContext:SecretARN", secretArn("*")],
    ["Null", "kms:EncryptionContext:SecretARN", "true"],
  ],
};

/** Conditions of any request. */

export const PARTS = {
  secret,
  parameter,
  secretKey,
  parameterKey,
  conditions,
  principals: [
    { AWS: "{role}" },
    { AWS: "{role}" },
    { AWS: "arn:{p}:iam::{a}:root" },
    { AWS: "{a}" },
    { AWS: ["arn:{p}:iam::{a}:role/admin", "{role}"] },
    { AWS: "arn:{p}:iam::{a}:role/admin" },
    { AWS: "arn:{p}:iam::{A}:root" },
    { Service: "lambda.amazonaws.com" },
    "*",
  ] satisfies Statement["Principal"][],
  spared: [["arn:{p}:iam::{a}:role/admin"], "arn:{p}:iam::{a}:role/admin", ["arn:{p}:iam::{A}:root"]] satisfies Texts[],
  variables: [
    secretArn("${aws:PrincipalTag/team}/prod/*"),
    secretArn("${aws:PrincipalTag/team}/${aws:PrincipalTag/Stage}/db-??????"),
    secretArn("${aws:principaltag/team}/*"),
    secretArn("${aws:PrincipalTag/Stage}/*"),
    secretArn("app/${aws:PrincipalTag/Stage}/db-??????"),
    secretArn("web/${aws:PrincipalTag/Stage}/db-??????"),
    "arn:*:secretsmanager:*:*:secret:${aws:PrincipalTag/team}/*/db-??????",
    secretArn("app/prod/db-${*}"),
    secretArn("app/${?}rod/db-*"),
    secretArn("${aws:PrincipalTag/missing, 'app'}/prod/*"),
    secretArn("${aws:PrincipalTag/missing, 'web'}/*"),
    secretArn("${aws:PrincipalTag/missing}*"),
  ] satisfies Texts[],
  constraints: {
    secret: [
      { subset: { SecretARN: "{secret}" } },
      { subset: { SecretARN: "arn:{p}:secretsmanager:{r}:{b}:secret:web-aaaaaa" } },
      { equals: { SecretARN: "{secret}" } },
    ],
    parameter: [
      { subset: { PARAMETER_ARN: "{parameter}" } },
      { equals: { PARAMETER_ARN: "{parameter}" } },
      { equals: { PARAMETER_ARN: "arn:{p}:ssm:{r}:{b}:parameter/web" } },
    ],
  } as Readonly<Record<Vector["reads"], readonly Partial<Grant>[]>>,
  managed: [
    "SecretsManagerReadWrite",
    "AWSSecretsManagerClientReadOnlyAccess",
    "AdministratorAccess",
    "PowerUserAccess",
    "ReadOnlyAccess",
    "SecurityAudit",
    "AmazonSSMReadOnlyAccess",
    "AmazonSSMManagedInstanceCore",
    "service-role/AmazonECSTaskExecutionRolePolicy",
    "AmazonRDSDataFullAccess",
    "AmazonSageMakerFullAccess",
    "service-role/AWSBatchServiceRole",
  ],
} as const;
