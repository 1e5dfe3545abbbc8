/** Conditions of vectors: those that hold, those that don't, and their opposites. */
import type { Texts } from "./vector.ts";

export type Condition = readonly [operator: string, key: string, values: Texts];

/** Conditions with one key: those that hold, those that don't, and their opposites. */
export function either(key: string, right: string, wrong: string, pattern: string): readonly Condition[] {
  const negated = pattern.replace(/\*.*$/, "");
  return [
    ["StringEquals", key, right],
    ["StringEquals", key, wrong],
    ["StringEquals", key, [wrong, right]],
    ["StringEqualsIfExists", key, wrong],
    ["StringNotEquals", key, right],
    ["StringNotEquals", key, wrong],
    ["StringNotEquals", key, [right, wrong]],
    ["StringLike", key, pattern],
    ["StringLike", key, `${wrong}*`],
    ["StringNotLike", key, pattern],
    ["StringEqualsIgnoreCase", key, right],
    ["StringNotEqualsIgnoreCase", key, wrong],
    ["StringEquals", key, `${negated}*`],
    ["ForAnyValue:StringEquals", key, [right, wrong]],
    ["ForAllValues:StringEquals", key, right],
    ["ForAllValues:StringLike", key, wrong],
    ["Null", key, "true"],
    ["Null", key, "false"],
  ];
}

/** Conditions with a key that the request surely lacks. */
export function absent(key: string): readonly Condition[] {
  return [
    ["StringEquals", key, "x"],
    ["StringNotEquals", key, "x"],
    ["StringEqualsIfExists", key, "x"],
    ["ForAllValues:StringEquals", key, "x"],
    ["ForAnyValue:StringLike", key, "*"],
    ["Null", key, "true"],
    ["Null", key, "false"],
  ];
}

/** Conditions that hold for a tag in another case. */
export const tag = (key: string): readonly Condition[] => [
  ...either(key, "prod", "dev", "pr*"),
  ["StringEqualsIgnoreCase", key, "PROD"],
  ["StringEquals", key, "PROD"],
];

export const bool = (key: string): readonly Condition[] => [
  ["Bool", key, "true"],
  ["Bool", key, "false"],
  ["BoolIfExists", key, "false"],
];

export const secretArn = (name: string) => `arn:{p}:secretsmanager:{r}:{b}:secret:${name}`;
export const parameterArn = (name: string) => `arn:{p}:ssm:{r}:{b}:parameter${name}`;

export const via = (service: string): readonly Condition[] => [
  ["StringEquals", "kms:ViaService", `${service}.{r}.amazonaws.com`],
  ["StringEquals", "kms:ViaService", `${service}.{R}.amazonaws.com`],
  ["StringLike", "kms:ViaService", `${service}.*.amazonaws.com`],
  ["StringEquals", "kms:ViaService", ["rds.{r}.amazonaws.com", `${service}.{r}.amazonaws.com`]],
  ["StringLike", "kms:ViaService", "rds.*.amazonaws.com"],
  ["StringNotLike", "kms:ViaService", `${service}.*`],
  ["StringNotEquals", "kms:ViaService", "s3.{r}.amazonaws.com"],
  ["Null", "kms:ViaService", "false"],
];

export const ofKeys: readonly Condition[] = [
  ["StringEquals", "kms:CallerAccount", "{a}"],
  ["StringEquals", "kms:CallerAccount", "{A}"],
  ["StringEquals", "kms:CallerAccount", "${aws:PrincipalAccount}"],
  ["ForAnyValue:StringEquals", "kms:ResourceAliases", "alias/app-prod"],
  ["ForAnyValue:StringLike", "kms:ResourceAliases", "alias/app-*"],
  ["ForAnyValue:StringEquals", "kms:ResourceAliases", ["alias/web", "alias/app-prod"]],
  ...either("aws:ResourceTag/use", "secrets", "logs", "sec*"),
];

export const context = (name: string, arn: string, pattern: string, other: string): readonly Condition[] => [
  ["StringEquals", `kms:EncryptionContext:${name}`, arn],
  ["StringLike", `kms:EncryptionContext:${name}`, pattern],
  ["ArnLike", `kms:EncryptionContext:${name}`, pattern],
  ["StringLike", `kms:EncryptionContext:${name}`, other],
  ["StringNotLike", `kms:EncryptionContext:${name}`, other],
  ["Null", `kms:EncryptionContext:${name}`, "false"],
];

export const conditions: readonly Condition[] = [
  ...either("aws:RequestedRegion", "{r}", "{R}", "{r}*"),
  ...either("aws:PrincipalAccount", "{a}", "{A}", "*"),
  ...tag("aws:PrincipalTag/Stage"),
  ...absent("aws:PrincipalTag/absent"),
  ...absent("aws:SourceArn"),
  ...bool("aws:SecureTransport"),
  ...bool("aws:PrincipalIsAWSService"),
  ["StringEquals", "aws:ResourceAccount", "{b}"],
  ["StringEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}"],
  ["StringNotEquals", "aws:ResourceAccount", "{A}"],
  ["ArnLike", "aws:PrincipalArn", "arn:{p}:iam::{a}:role/jobs"],
  ["ArnEquals", "aws:PrincipalArn", "{role}"],
  ["ArnLike", "aws:PrincipalArn", "arn:{p}:iam::{a}:role/j*"],
  ["ArnLike", "aws:PrincipalArn", "arn:*:iam::*:role/admin-*"],
  ["ArnNotLike", "aws:PrincipalArn", ["arn:{p}:iam::{a}:role/admin", "arn:{p}:iam::{a}:role/j*"]],
  ["ArnNotEquals", "aws:PrincipalArn", "arn:{p}:iam::{a}:role/admin"],
  ["StringNotLike", "aws:PrincipalArn", "arn:{p}:iam::*:role/jobs"],
  ["StringEquals", "aws:PrincipalType", "AssumedRole"],
  ["StringNotEquals", "aws:PrincipalType", "Account"],
  // What no file says.
  ["StringEquals", "aws:SourceVpce", "vpce-0a1b2c3d"],
  ["StringNotEqualsIfExists", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
];
