/**
 * https://registry.terraform.io/modules/terraform-aws-modules/secrets-manager/aws
 * https://registry.terraform.io/modules/terraform-aws-modules/kms/aws
 * https://registry.terraform.io/modules/terraform-aws-modules/ssm-parameter/aws
 */
import { type KnownModule, names, outputs, statements } from "./table.ts";

const version = (name: string, when: string, lifecycle = "") => `
resource "aws_secretsmanager_secret_version" "${name}" {
  count            = var.create && ${when} ? 1 : 0
  secret_id        = aws_secretsmanager_secret.this[0].id
  secret_binary    = var.secret_binary
  secret_string    = var.secret_string
  secret_string_wo = var.create_random_password ? random_password.this.result : var.secret_string_wo
${lifecycle}
}`;

export const secretsManager: KnownModule = {
  inputs: {
    create: "true",
    name: "null",
    name_prefix: "null",
    kms_key_id: "null",
    create_policy: "false",
    source_policy_documents: "[]",
    override_policy_documents: "[]",
    policy_statements: "{}",
    ignore_secret_changes: "false",
    secret_binary: "null",
    secret_string: "null",
    secret_string_wo: "null",
    create_random_password: "false",
    enable_rotation: "false",
    rotation_lambda_arn: "null",
  },
  ignored: names(`
    tags region description force_overwrite_replica_secret recovery_window_in_days replica block_public_policy secret_string_wo_version
    version_stages random_password_length random_password_override_special rotate_immediately rotation_rules`),
  strict: true,
  blocks: `
resource "random_password" "this" {}
resource "aws_secretsmanager_secret" "this" {
  count       = var.create ? 1 : 0
  name        = var.name
  name_prefix = var.name_prefix
  kms_key_id  = var.kms_key_id
}
data "aws_iam_policy_document" "this" {
  source_policy_documents   = var.source_policy_documents
  override_policy_documents = var.override_policy_documents
${statements("var.policy_statements")}
}
resource "aws_secretsmanager_secret_policy" "this" {
  count      = var.create && var.create_policy ? 1 : 0
  secret_arn = aws_secretsmanager_secret.this[0].arn
  policy     = data.aws_iam_policy_document.this.json
}
${version("this", "!(var.enable_rotation || var.ignore_secret_changes)")}
${version(
  "ignore_changes",
  "(var.enable_rotation || var.ignore_secret_changes)",
  "  lifecycle {\n    ignore_changes = [secret_string, secret_binary, version_stages]\n  }",
)}
resource "aws_secretsmanager_secret_rotation" "this" {
  count               = var.create && var.enable_rotation ? 1 : 0
  secret_id           = aws_secretsmanager_secret.this[0].id
  rotation_lambda_arn = var.rotation_lambda_arn
}
${outputs({
  secret_arn: "aws_secretsmanager_secret.this[0].arn",
  secret_id: "aws_secretsmanager_secret.this[0].id",
  secret_name: "aws_secretsmanager_secret.this[0].name",
  secret_string: "aws_secretsmanager_secret_version.this[0].secret_string",
  secret_binary: "aws_secretsmanager_secret_version.this[0].secret_binary",
  secret_version_id: "aws_secretsmanager_secret_version.this[0].version_id",
})}`,
};

const parameter = (name: string, when: string) => `
resource "aws_ssm_parameter" "${name}" {
  count          = var.create && ${when} ? 1 : 0
  name           = var.name
  type           = local.type
  key_id         = local.secure ? var.key_id : null
  value          = local.secure ? var.value : null
  insecure_value = local.secure ? null : local.plain
}`;

const ofParameter = (attribute: string) =>
  `try(aws_ssm_parameter.this[0].${attribute}, aws_ssm_parameter.ignore_value[0].${attribute}, null)`;

export const ssmParameter: KnownModule = {
  inputs: {
    create: "true",
    name: "null",
    type: "null",
    secure_type: "false",
    value: "null",
    values: "[]",
    key_id: "null",
    ignore_value_changes: "false",
  },
  ignored: names("tags region description allowed_pattern data_type overwrite tier value_wo_version"),
  strict: false,
  blocks: `
locals {
  secure = var.type != null ? var.type == "SecureString" : (length(var.values) == 0 && var.secure_type == true)
  list   = length(var.values) > 0 || !can(tostring(var.value))
  type   = var.type != null ? var.type : (local.secure ? "SecureString" : (local.list ? "StringList" : "String"))
  plain  = length(var.values) > 0 ? jsonencode(var.values) : var.value
}
${parameter("this", "!var.ignore_value_changes")}
${parameter("ignore_value", "var.ignore_value_changes")}
${outputs({
  ssm_parameter_arn: ofParameter("arn"),
  ssm_parameter_name: ofParameter("name"),
  ssm_parameter_type: ofParameter("type"),
  ssm_parameter_version: ofParameter("version"),
  secure_type: "local.secure",
  secure_value: ofParameter("value"),
  insecure_value: ofParameter("insecure_value"),
  raw_value: `local.secure ? ${ofParameter("value")} : ${ofParameter("insecure_value")}`,
  value: `local.secure ? ${ofParameter("value")} : ${ofParameter("insecure_value")}`,
})}`,
};

/** Who may use the key, by input, and for which actions; actions that a job does not need are left out. */
const KEY_USERS: Readonly<Record<string, readonly string[]>> = {
  key_owners: ["kms:*"],
  key_administrators: names(
    "kms:Create* kms:Describe* kms:Enable* kms:List* kms:Put* kms:Update* kms:Revoke* kms:Disable* kms:Get* kms:Delete*",
  ),
  key_users: names("kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:GenerateDataKey* kms:DescribeKey"),
  key_service_roles_for_autoscaling: names(
    "kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:GenerateDataKey* kms:DescribeKey",
  ),
  key_symmetric_encryption_users: names("kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey* kms:ReEncrypt*"),
  key_asymmetric_public_encryption_users: names(
    "kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:DescribeKey kms:GetPublicKey",
  ),
};

const keyUsers = Object.entries(KEY_USERS)
  .map(
    ([input, actions]) => `
  dynamic "statement" {
    for_each = length(var.${input}) > 0 ? [1] : []
    content {
      actions   = ${JSON.stringify(actions)}
      resources = ["*"]
      principals {
        type        = "AWS"
        identifiers = var.${input}
      }
    }
  }`,
  )
  .join("");

export const kms: KnownModule = {
  inputs: {
    create: "true",
    create_external: "false",
    create_replica: "false",
    create_replica_external: "false",
    customer_master_key_spec: "null",
    key_usage: "null",
    policy: "null",
    enable_default_policy: "true",
    ...Object.fromEntries(Object.keys(KEY_USERS).map((input) => [input, "[]"])),
    key_statements: "[]",
    source_policy_documents: "[]",
    override_policy_documents: "[]",
    aliases: "[]",
    computed_aliases: "{}",
    aliases_use_name_prefix: "false",
    grants: "{}",
  },
  ignored: names(`
    tags region description bypass_policy_lockout_safety_check custom_key_store_id deletion_window_in_days enable_key_rotation is_enabled
    key_material_base64 multi_region valid_to key_service_users key_hmac_users key_asymmetric_sign_verify_users key_spec
    enable_route53_dnssec route53_dnssec_sources rotation_period_in_days primary_key_arn primary_external_key_arn`),
  strict: true,
  blocks: `
data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}
locals {
  own = var.create && !var.create_external && !var.create_replica && !var.create_replica_external
}
resource "aws_kms_key" "this" {
  count                    = local.own ? 1 : 0
  customer_master_key_spec = var.customer_master_key_spec
  key_usage                = var.key_usage
  policy                   = var.policy == null ? data.aws_iam_policy_document.this.json : var.policy
}
data "aws_iam_policy_document" "this" {
  source_policy_documents   = var.source_policy_documents
  override_policy_documents = var.override_policy_documents
  dynamic "statement" {
    for_each = var.enable_default_policy ? [1] : []
    content {
      sid       = "Default"
      actions   = ["kms:*"]
      resources = ["*"]
      principals {
        type        = "AWS"
        identifiers = ["arn:\${data.aws_partition.current.partition}:iam::\${data.aws_caller_identity.current.account_id}:root"]
      }
    }
  }
${keyUsers}
${statements("var.key_statements")}
}
resource "aws_kms_alias" "this" {
  for_each      = { for key, alias in merge({ for name in var.aliases : name => { name = name } }, var.computed_aliases) : key => alias if local.own }
  name          = var.aliases_use_name_prefix ? null : "alias/\${each.value.name}"
  name_prefix   = var.aliases_use_name_prefix ? "alias/\${each.value.name}-" : null
  target_key_id = aws_kms_key.this[0].key_id
}
resource "aws_kms_grant" "this" {
  for_each          = { for key, grant in merge(var.grants) : key => grant if local.own }
  key_id            = aws_kms_key.this[0].key_id
  grantee_principal = each.value.grantee_principal
  operations        = each.value.operations
  dynamic "constraints" {
    for_each = flatten([lookup(each.value, "constraints", [])])
    content {}
  }
}
${outputs({
  key_arn: "aws_kms_key.this[0].arn",
  key_id: "aws_kms_key.this[0].key_id",
  aliases: "aws_kms_alias.this",
})}`,
};
