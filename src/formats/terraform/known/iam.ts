/**
 * https://registry.terraform.io/modules/terraform-aws-modules/iam/aws, in two generations that name the same things
 * differently.
 */
import { type KnownModule, names, outputs, statements } from "./table.ts";

/** Version 6: one module for all roles. */
export const role: KnownModule = {
  inputs: {
    create: "true",
    name: "null",
    use_name_prefix: "true",
    path: "null",
    permissions_boundary: "null",
    trust_policy_permissions: "{}",
    policies: "{}",
    create_inline_policy: "false",
    source_inline_policy_documents: "[]",
    override_inline_policy_documents: "[]",
    inline_policy_permissions: "{}",
    create_instance_profile: "false",
    enable_oidc: "false",
    enable_github_oidc: "false",
    enable_bitbucket_oidc: "false",
    enable_saml: "false",
  },
  ignored: names(`
    tags description max_session_duration trust_policy_conditions oidc_account_id oidc_provider_urls oidc_subjects oidc_wildcard_subjects
    oidc_audiences github_provider saml_provider_ids saml_endpoints saml_trust_actions`),
  strict: true,
  blocks: `
data "aws_iam_policy_document" "this" {
${statements("var.trust_policy_permissions")}
  dynamic "statement" {
    for_each = var.enable_oidc || var.enable_github_oidc || var.enable_bitbucket_oidc || var.enable_saml ? [1] : []
    content {
      actions = ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"]
      principals {
        type        = "Federated"
        identifiers = ["*"]
      }
      condition {
        test     = "StringLike"
        variable = "aws:FederatedProvider"
        values   = ["*"]
      }
    }
  }
}
resource "aws_iam_role" "this" {
  count                = var.create ? 1 : 0
  name                 = var.use_name_prefix ? null : var.name
  name_prefix          = var.use_name_prefix ? "\${var.name}-" : null
  path                 = var.path
  permissions_boundary = var.permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.this.json
}
resource "aws_iam_role_policy_attachment" "this" {
  for_each   = { for key, arn in merge(var.policies) : key => arn if var.create }
  role       = aws_iam_role.this[0].name
  policy_arn = each.value
}
data "aws_iam_policy_document" "inline" {
  source_policy_documents   = var.source_inline_policy_documents
  override_policy_documents = var.override_inline_policy_documents
${statements("var.inline_policy_permissions")}
}
resource "aws_iam_role_policy" "inline" {
  count  = var.create && var.create_inline_policy ? 1 : 0
  role   = aws_iam_role.this[0].name
  policy = data.aws_iam_policy_document.inline.json
}
resource "aws_iam_instance_profile" "this" {
  count       = var.create && var.create_instance_profile ? 1 : 0
  name        = var.use_name_prefix ? null : var.name
  name_prefix = var.use_name_prefix ? "\${var.name}-" : null
  path        = var.path
  role        = aws_iam_role.this[0].name
}
${outputs({
  arn: "aws_iam_role.this[0].arn",
  name: "aws_iam_role.this[0].name",
  unique_id: "aws_iam_role.this[0].unique_id",
  instance_profile_arn: "aws_iam_instance_profile.this[0].arn",
  instance_profile_name: "aws_iam_instance_profile.this[0].name",
  instance_profile_id: "aws_iam_instance_profile.this[0].id",
})}`,
};

/** Policies that version 5 attaches to a role by a switch. */
const SWITCHED = { admin: "AdministratorAccess", poweruser: "PowerUserAccess", readonly: "ReadOnlyAccess" };

/** Up to version 5. It requires multi-factor authentication unless that is switched off; no service has it. */
export const assumableRole: KnownModule = {
  inputs: {
    create_role: "false",
    create_instance_profile: "false",
    role_name: "null",
    role_name_prefix: "null",
    role_path: '"/"',
    role_permissions_boundary_arn: '""',
    role_requires_mfa: "true",
    role_sts_externalid: "[]",
    role_requires_session_name: "false",
    role_session_name: "[]",
    trust_policy_conditions: "[]",
    trusted_role_actions: '["sts:AssumeRole"]',
    trusted_role_arns: "[]",
    trusted_role_services: "[]",
    create_custom_role_trust_policy: "false",
    custom_role_trust_policy: '""',
    custom_role_policy_arns: "[]",
    inline_policy_statements: "[]",
    ...Object.fromEntries(
      Object.entries(SWITCHED).flatMap(([name, policy]) => [
        [`attach_${name}_policy`, "false"],
        [`${name}_role_policy_arn`, `"arn:aws:iam::aws:policy/${policy}"`],
      ]),
    ),
  },
  ignored: names(`
    tags role_description max_session_duration mfa_age force_detach_policies number_of_custom_role_policy_arns allow_self_assume_role`),
  strict: true,
  blocks: `
data "aws_iam_policy_document" "assume_role" {
  statement {
    actions = concat(["sts:AssumeRole"], var.trusted_role_actions)
    principals {
      type        = "AWS"
      identifiers = var.trusted_role_arns
    }
    principals {
      type        = "Service"
      identifiers = var.trusted_role_services
    }
    dynamic "condition" {
      for_each = var.role_requires_mfa ? [1] : []
      content {
        test     = "Bool"
        variable = "aws:MultiFactorAuthPresent"
        values   = ["true"]
      }
    }
    dynamic "condition" {
      for_each = length(flatten([var.role_sts_externalid])) > 0 ? [1] : []
      content {
        test     = "StringEquals"
        variable = "sts:ExternalId"
        values   = flatten([var.role_sts_externalid])
      }
    }
    dynamic "condition" {
      for_each = var.role_requires_session_name ? [1] : []
      content {
        test     = "StringEquals"
        variable = "sts:RoleSessionName"
        values   = var.role_session_name
      }
    }
    dynamic "condition" {
      for_each = var.trust_policy_conditions
      content {
        test     = condition.value.test
        variable = condition.value.variable
        values   = condition.value.values
      }
    }
  }
}
resource "aws_iam_role" "this" {
  count                = var.create_role ? 1 : 0
  name                 = var.role_name
  name_prefix          = var.role_name_prefix
  path                 = var.role_path
  permissions_boundary = var.role_permissions_boundary_arn == "" ? null : var.role_permissions_boundary_arn
  assume_role_policy   = var.create_custom_role_trust_policy ? var.custom_role_trust_policy : data.aws_iam_policy_document.assume_role.json
}
resource "aws_iam_role_policy_attachment" "custom" {
  count      = var.create_role ? length(var.custom_role_policy_arns) : 0
  role       = aws_iam_role.this[0].name
  policy_arn = var.custom_role_policy_arns[count.index]
}
${Object.keys(SWITCHED)
  .map(
    (name) => `
resource "aws_iam_role_policy_attachment" "${name}" {
  count      = var.create_role && var.attach_${name}_policy ? 1 : 0
  role       = aws_iam_role.this[0].name
  policy_arn = var.${name}_role_policy_arn
}`,
  )
  .join("")}
data "aws_iam_policy_document" "inline" {
${statements("var.inline_policy_statements")}
}
resource "aws_iam_role_policy" "inline" {
  count  = var.create_role && length(var.inline_policy_statements) > 0 ? 1 : 0
  role   = aws_iam_role.this[0].name
  policy = data.aws_iam_policy_document.inline.json
}
resource "aws_iam_instance_profile" "this" {
  count = var.create_role && var.create_instance_profile ? 1 : 0
  name  = var.role_name
  path  = var.role_path
  role  = aws_iam_role.this[0].name
}
${outputs({
  iam_role_arn: "aws_iam_role.this[0].arn",
  iam_role_name: "aws_iam_role.this[0].name",
  iam_role_path: "var.role_path",
  iam_role_unique_id: "aws_iam_role.this[0].unique_id",
  iam_instance_profile_arn: "aws_iam_instance_profile.this[0].arn",
  iam_instance_profile_name: "aws_iam_instance_profile.this[0].name",
  iam_instance_profile_id: "aws_iam_instance_profile.this[0].id",
})}`,
};

export const policy: KnownModule = {
  inputs: { create: "true", create_policy: "true", name: "null", name_prefix: "null", path: "null", policy: '""' },
  ignored: names("tags description"),
  strict: true,
  blocks: `
resource "aws_iam_policy" "policy" {
  count       = var.create && var.create_policy ? 1 : 0
  name        = var.name
  name_prefix = var.name_prefix
  path        = var.path
  policy      = var.policy
}
${outputs({
  id: "aws_iam_policy.policy[0].id",
  arn: "aws_iam_policy.policy[0].arn",
  name: "aws_iam_policy.policy[0].name",
  policy: "var.policy",
})}`,
};
