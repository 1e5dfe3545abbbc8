export const id=487;export const ids=[487];export const modules={487:((e,t,n)=>{n.d(t,{knownModule:()=>J});var r=n(2534),i=n(6441),a=n(1454),o=n(403);function s(e){return e.trim().split(/\s+/)}function c(e){return Object.entries(e).map(([e,t])=>`output "${e}" {\n  value = ${t}\n}\n`).join(``)}function l(e){let t=(e,t,n)=>`
      dynamic "${e}" {
        for_each = lookup(statement.value, "${t}", [])
        content {
          ${n.map(t=>`${t} = ${e}.value.${t}`).join(`
          `)}
        }
      }`;return`
  dynamic "statement" {
    for_each = ${e}
    content {
      ${s(`sid effect actions not_actions resources not_resources`).map(e=>`${e} = lookup(statement.value, "${e}", null)`).join(`
      `)}
${t(`principals`,`principals`,[`type`,`identifiers`])}
${t(`not_principals`,`not_principals`,[`type`,`identifiers`])}
${t(`condition`,`condition`,[`test`,`variable`,`values`])}
${t(`condition`,`conditions`,[`test`,`variable`,`values`])}
    }
  }`}function u(e,t,n){let r=`var.create && var.create_${e}_iam_role`;return`
resource "aws_iam_role" "${e}" {
  count       = ${r} ? 1 : 0
  name        = var.${e}_iam_role_use_name_prefix ? null : var.${e}_iam_role_name
  name_prefix = var.${e}_iam_role_use_name_prefix && var.${e}_iam_role_name != null ? "\${var.${e}_iam_role_name}-" : null
  path        = var.${e}_iam_role_path
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "${t}.amazonaws.com" } }]
  })
}
resource "aws_iam_role_policy_attachment" "${e}" {
  count      = ${r} ? 1 : 0
  role       = aws_iam_role.${e}[0].name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/service-role/${n}"
}
resource "aws_iam_role_policy_attachment" "${e}_additional" {
  for_each   = { for key, arn in var.${e}_iam_role_additional_policies : key => arn if ${r} }
  role       = aws_iam_role.${e}[0].name
  policy_arn = each.value
}
${c({[`${e}_iam_role_name`]:`aws_iam_role.${e}[0].name`,[`${e}_iam_role_arn`]:`aws_iam_role.${e}[0].arn`})}`}let d=(e,t)=>({[`create_${e}_iam_role`]:t,[`${e}_iam_role_name`]:`null`,[`${e}_iam_role_use_name_prefix`]:`true`,[`${e}_iam_role_path`]:`null`,[`${e}_iam_role_additional_policies`]:`{}`}),f=e=>e.map(e=>`  ${e} = lookup(each.value, "${e}", null)`).join(`
`),p={inputs:{create:`true`,compute_environments:`{}`,job_queues:`{}`,job_definitions:`{}`,create_job_definitions:`true`,...d(`instance`,`true`),...d(`service`,`true`),...d(`spot_fleet`,`false`)},ignored:s(`
    tags region create_job_queues
    instance_iam_role_description instance_iam_role_permissions_boundary instance_iam_role_tags
    service_iam_role_description service_iam_role_permissions_boundary service_iam_role_tags
    spot_fleet_iam_role_description spot_fleet_iam_role_permissions_boundary spot_fleet_iam_role_tags`),strict:!1,blocks:`
data "aws_partition" "current" {}
resource "aws_batch_job_definition" "this" {
  for_each = { for key, job in merge(var.job_definitions) : key => job if var.create && var.create_job_definitions }
  name     = lookup(each.value, "name", each.key)
  type     = lookup(each.value, "type", "container")
${f(s(`container_properties ecs_properties eks_properties node_properties parameters platform_capabilities`))}
}
resource "aws_batch_compute_environment" "this" {
  for_each    = { for key, environment in merge(var.compute_environments) : key => environment if var.create }
  name        = lookup(each.value, "name", null)
  name_prefix = lookup(each.value, "name_prefix", null)
  type        = lookup(each.value, "type", "MANAGED")
  dynamic "compute_resources" {
    for_each = [for given in [lookup(each.value, "compute_resources", null)] : given if given != null]
    iterator = given
    content {
      type          = given.value.type
      subnets       = lookup(given.value, "subnets", [])
      security_group_ids = lookup(given.value, "security_group_ids", [])
      image_id      = lookup(given.value, "image_id", null)
      instance_role = var.create && var.create_instance_iam_role ? aws_iam_instance_profile.instance[0].arn : lookup(given.value, "instance_role", null)
      dynamic "ec2_configuration" {
        for_each = [for one in flatten([lookup(given.value, "ec2_configuration", [])]) : one if one != null]
        content {
          image_id_override = lookup(ec2_configuration.value, "image_id_override", null)
          image_type        = lookup(ec2_configuration.value, "image_type", null)
        }
      }
      dynamic "launch_template" {
        for_each = [for one in [lookup(given.value, "launch_template", null)] : one if one != null]
        content {
          launch_template_id   = lookup(launch_template.value, "launch_template_id", lookup(launch_template.value, "id", null))
          launch_template_name = lookup(launch_template.value, "launch_template_name", lookup(launch_template.value, "name", null))
        }
      }
    }
  }
}
resource "aws_iam_instance_profile" "instance" {
  count       = var.create && var.create_instance_iam_role ? 1 : 0
  name        = var.instance_iam_role_use_name_prefix ? null : var.instance_iam_role_name
  name_prefix = var.instance_iam_role_use_name_prefix && var.instance_iam_role_name != null ? "\${var.instance_iam_role_name}-" : null
  path        = var.instance_iam_role_path
  role        = aws_iam_role.instance[0].name
}
${u(`instance`,`ec2`,`AmazonEC2ContainerServiceforEC2Role`)}
${u(`service`,`batch`,`AWSBatchServiceRole`)}
${u(`spot_fleet`,`spotfleet`,`AmazonEC2SpotFleetTaggingRole`)}
${c({job_definitions:`aws_batch_job_definition.this`,compute_environments:`aws_batch_compute_environment.this`,instance_iam_instance_profile_arn:`aws_iam_instance_profile.instance[0].arn`})}`},m={inputs:{create:`true`,name:`null`,use_name_prefix:`true`,path:`null`,permissions_boundary:`null`,trust_policy_permissions:`{}`,policies:`{}`,create_inline_policy:`false`,source_inline_policy_documents:`[]`,override_inline_policy_documents:`[]`,inline_policy_permissions:`{}`,create_instance_profile:`false`,enable_oidc:`false`,enable_github_oidc:`false`,enable_bitbucket_oidc:`false`,enable_saml:`false`},ignored:s(`
    tags description max_session_duration trust_policy_conditions oidc_account_id oidc_provider_urls oidc_subjects oidc_wildcard_subjects
    oidc_audiences github_provider saml_provider_ids saml_endpoints saml_trust_actions`),strict:!0,blocks:`
data "aws_iam_policy_document" "this" {
${l(`var.trust_policy_permissions`)}
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
${l(`var.inline_policy_permissions`)}
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
${c({arn:`aws_iam_role.this[0].arn`,name:`aws_iam_role.this[0].name`,unique_id:`aws_iam_role.this[0].unique_id`,instance_profile_arn:`aws_iam_instance_profile.this[0].arn`,instance_profile_name:`aws_iam_instance_profile.this[0].name`,instance_profile_id:`aws_iam_instance_profile.this[0].id`})}`},h={admin:`AdministratorAccess`,poweruser:`PowerUserAccess`,readonly:`ReadOnlyAccess`},g={inputs:{create_role:`false`,create_instance_profile:`false`,role_name:`null`,role_name_prefix:`null`,role_path:`"/"`,role_permissions_boundary_arn:`""`,role_requires_mfa:`true`,role_sts_externalid:`[]`,role_requires_session_name:`false`,role_session_name:`[]`,trust_policy_conditions:`[]`,trusted_role_actions:`["sts:AssumeRole"]`,trusted_role_arns:`[]`,trusted_role_services:`[]`,create_custom_role_trust_policy:`false`,custom_role_trust_policy:`""`,custom_role_policy_arns:`[]`,inline_policy_statements:`[]`,...Object.fromEntries(Object.entries(h).flatMap(([e,t])=>[[`attach_${e}_policy`,`false`],[`${e}_role_policy_arn`,`"arn:aws:iam::aws:policy/${t}"`]]))},ignored:s(`
    tags role_description max_session_duration mfa_age force_detach_policies number_of_custom_role_policy_arns allow_self_assume_role`),strict:!0,blocks:`
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
${Object.keys(h).map(e=>`
resource "aws_iam_role_policy_attachment" "${e}" {
  count      = var.create_role && var.attach_${e}_policy ? 1 : 0
  role       = aws_iam_role.this[0].name
  policy_arn = var.${e}_role_policy_arn
}`).join(``)}
data "aws_iam_policy_document" "inline" {
${l(`var.inline_policy_statements`)}
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
${c({iam_role_arn:`aws_iam_role.this[0].arn`,iam_role_name:`aws_iam_role.this[0].name`,iam_role_path:`var.role_path`,iam_role_unique_id:`aws_iam_role.this[0].unique_id`,iam_instance_profile_arn:`aws_iam_instance_profile.this[0].arn`,iam_instance_profile_name:`aws_iam_instance_profile.this[0].name`,iam_instance_profile_id:`aws_iam_instance_profile.this[0].id`})}`},_={inputs:{create:`true`,create_policy:`true`,name:`null`,name_prefix:`null`,path:`null`,policy:`""`},ignored:s(`tags description`),strict:!0,blocks:`
resource "aws_iam_policy" "policy" {
  count       = var.create && var.create_policy ? 1 : 0
  name        = var.name
  name_prefix = var.name_prefix
  path        = var.path
  policy      = var.policy
}
${c({id:`aws_iam_policy.policy[0].id`,arn:`aws_iam_policy.policy[0].arn`,name:`aws_iam_policy.policy[0].name`,policy:`var.policy`})}`},v=(e,t,n=``)=>`
resource "aws_secretsmanager_secret_version" "${e}" {
  count            = var.create && ${t} ? 1 : 0
  secret_id        = aws_secretsmanager_secret.this[0].id
  secret_binary    = var.secret_binary
  secret_string    = var.secret_string
  secret_string_wo = var.create_random_password ? random_password.this.result : var.secret_string_wo
${n}
}`,y={inputs:{create:`true`,name:`null`,name_prefix:`null`,kms_key_id:`null`,create_policy:`false`,source_policy_documents:`[]`,override_policy_documents:`[]`,policy_statements:`{}`,ignore_secret_changes:`false`,secret_binary:`null`,secret_string:`null`,secret_string_wo:`null`,create_random_password:`false`,enable_rotation:`false`,rotation_lambda_arn:`null`},ignored:s(`
    tags region description force_overwrite_replica_secret recovery_window_in_days replica block_public_policy secret_string_wo_version
    version_stages random_password_length random_password_override_special rotate_immediately rotation_rules`),strict:!0,blocks:`
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
${l(`var.policy_statements`)}
}
resource "aws_secretsmanager_secret_policy" "this" {
  count      = var.create && var.create_policy ? 1 : 0
  secret_arn = aws_secretsmanager_secret.this[0].arn
  policy     = data.aws_iam_policy_document.this.json
}
${v(`this`,`!(var.enable_rotation || var.ignore_secret_changes)`)}
${v(`ignore_changes`,`(var.enable_rotation || var.ignore_secret_changes)`,`  lifecycle {
    ignore_changes = [secret_string, secret_binary, version_stages]
  }`)}
resource "aws_secretsmanager_secret_rotation" "this" {
  count               = var.create && var.enable_rotation ? 1 : 0
  secret_id           = aws_secretsmanager_secret.this[0].id
  rotation_lambda_arn = var.rotation_lambda_arn
}
${c({secret_arn:`aws_secretsmanager_secret.this[0].arn`,secret_id:`aws_secretsmanager_secret.this[0].id`,secret_name:`aws_secretsmanager_secret.this[0].name`,secret_string:`aws_secretsmanager_secret_version.this[0].secret_string`,secret_binary:`aws_secretsmanager_secret_version.this[0].secret_binary`,secret_version_id:`aws_secretsmanager_secret_version.this[0].version_id`})}`},b=(e,t)=>`
resource "aws_ssm_parameter" "${e}" {
  count          = var.create && ${t} ? 1 : 0
  name           = var.name
  type           = local.type
  key_id         = local.secure ? var.key_id : null
  value          = local.secure ? var.value : null
  insecure_value = local.secure ? null : local.plain
}`,x=e=>`try(aws_ssm_parameter.this[0].${e}, aws_ssm_parameter.ignore_value[0].${e}, null)`,S={inputs:{create:`true`,name:`null`,type:`null`,secure_type:`false`,value:`null`,values:`[]`,key_id:`null`,ignore_value_changes:`false`},ignored:s(`tags region description allowed_pattern data_type overwrite tier value_wo_version`),strict:!1,blocks:`
locals {
  secure = var.type != null ? var.type == "SecureString" : (length(var.values) == 0 && var.secure_type == true)
  list   = length(var.values) > 0 || !can(tostring(var.value))
  type   = var.type != null ? var.type : (local.secure ? "SecureString" : (local.list ? "StringList" : "String"))
  plain  = length(var.values) > 0 ? jsonencode(var.values) : var.value
}
${b(`this`,`!var.ignore_value_changes`)}
${b(`ignore_value`,`var.ignore_value_changes`)}
${c({ssm_parameter_arn:x(`arn`),ssm_parameter_name:x(`name`),ssm_parameter_type:x(`type`),ssm_parameter_version:x(`version`),secure_type:`local.secure`,secure_value:x(`value`),insecure_value:x(`insecure_value`),raw_value:`local.secure ? ${x(`value`)} : ${x(`insecure_value`)}`,value:`local.secure ? ${x(`value`)} : ${x(`insecure_value`)}`})}`},C={key_owners:[`kms:*`],key_administrators:s(`kms:Create* kms:Describe* kms:Enable* kms:List* kms:Put* kms:Update* kms:Revoke* kms:Disable* kms:Get* kms:Delete*`),key_users:s(`kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:GenerateDataKey* kms:DescribeKey`),key_service_roles_for_autoscaling:s(`kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:GenerateDataKey* kms:DescribeKey`),key_symmetric_encryption_users:s(`kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey* kms:ReEncrypt*`),key_asymmetric_public_encryption_users:s(`kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:DescribeKey kms:GetPublicKey`)},w=Object.entries(C).map(([e,t])=>`
  dynamic "statement" {
    for_each = length(var.${e}) > 0 ? [1] : []
    content {
      actions   = ${JSON.stringify(t)}
      resources = ["*"]
      principals {
        type        = "AWS"
        identifiers = var.${e}
      }
    }
  }`).join(``),T={inputs:{create:`true`,create_external:`false`,create_replica:`false`,create_replica_external:`false`,customer_master_key_spec:`null`,key_usage:`null`,policy:`null`,enable_default_policy:`true`,...Object.fromEntries(Object.keys(C).map(e=>[e,`[]`])),key_statements:`[]`,source_policy_documents:`[]`,override_policy_documents:`[]`,aliases:`[]`,computed_aliases:`{}`,aliases_use_name_prefix:`false`,grants:`{}`},ignored:s(`
    tags region description bypass_policy_lockout_safety_check custom_key_store_id deletion_window_in_days enable_key_rotation is_enabled
    key_material_base64 multi_region valid_to key_service_users key_hmac_users key_asymmetric_sign_verify_users key_spec
    enable_route53_dnssec route53_dnssec_sources rotation_period_in_days primary_key_arn primary_external_key_arn`),strict:!0,blocks:`
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
${w}
${l(`var.key_statements`)}
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
${c({key_arn:`aws_kms_key.this[0].arn`,key_id:`aws_kms_key.this[0].key_id`,aliases:`aws_kms_alias.this`})}`},E={"https-443-tcp":[443,443,`tcp`],"openvpn-https-tcp":[443,443,`tcp`],"wazuh-dashboard":[443,443,`tcp`],"all-all":[-1,-1,`-1`],"all-tcp":[0,65535,`tcp`]},D=[1,1,`tcp`],O={with_self:[`self`],with_cidr_blocks:[`cidr_blocks`],with_ipv6_cidr_blocks:[`ipv6_cidr_blocks`],with_source_security_group_id:[`source_security_group_id`],with_prefix_list_ids:[`prefix_list_ids`]},k=[`ingress`,`egress`],A=(e=>k.flatMap(t=>e(t)))(e=>[`${e}_rules`,`computed_${e}_rules`]),j=e=>[`from_port`,`to_port`,`protocol`].map((t,n)=>`${t} = ${e(n,t)}`).join(`
  `);function M(e,t,n){let r=`var.${t}_${e}`;return e===`self`?`self = lookup(${n}, "self", true)`:e===`source_security_group_id`?`${e} = lookup(${n}, "${e}", null)`:`${e} = compact(split(",", lookup(${n}, "${e}", join(",", ${r}))))`}function N(e,t){return`
resource "aws_security_group_rule" "${t}" {
  count             = var.create ? length(var.${t}) : 0
  security_group_id = local.group
  type              = "${e}"
  cidr_blocks       = var.${e}_cidr_blocks
  ipv6_cidr_blocks  = var.${e}_ipv6_cidr_blocks
  prefix_list_ids   = var.${e}_prefix_list_ids
  ${j(e=>`lookup(local.named, var.${t}[count.index], local.other)[${e}]`)}
}`}function P(e,t,n){let r=`var.${n}[count.index]`;return`
resource "aws_security_group_rule" "${n}" {
  count             = var.create ? length(var.${n}) : 0
  security_group_id = local.group
  type              = "${e}"
  ${(O[t]??[]).map(t=>M(t,e,r)).join(`
  `)}
  ${j((e,t)=>`lookup(${r}, "${t}", lookup(local.named, lookup(${r}, "rule", "_"), local.other)[${e}])`)}
}`}function F(){return k.flatMap(e=>Object.keys(O).flatMap(t=>[[e,t,`${e}_${t}`],[e,t,`computed_${e}_${t}`]]))}let I={inputs:{create:`true`,create_sg:`true`,security_group_id:`null`,name:`null`,use_name_prefix:`true`,vpc_id:`null`,rules:`{}`,ingress_cidr_blocks:`[]`,egress_cidr_blocks:`["0.0.0.0/0"]`,ingress_ipv6_cidr_blocks:`[]`,egress_ipv6_cidr_blocks:`["::/0"]`,ingress_prefix_list_ids:`[]`,egress_prefix_list_ids:`[]`,...Object.fromEntries([...A,...F().map(([,,e])=>e)].map(e=>[e,`[]`]))},ignored:[],strict:!1,blocks:`
locals {
  named = merge(${JSON.stringify(E)}, var.rules)
  other = ${JSON.stringify(D)}
  group = var.create_sg ? concat(aws_security_group.this[*].id, aws_security_group.this_name_prefix[*].id)[0] : var.security_group_id
}
resource "aws_security_group" "this" {
  count  = var.create && var.create_sg && !var.use_name_prefix ? 1 : 0
  name   = var.name
  vpc_id = var.vpc_id
}
resource "aws_security_group" "this_name_prefix" {
  count       = var.create && var.create_sg && var.use_name_prefix ? 1 : 0
  name_prefix = "\${var.name}-"
  vpc_id      = var.vpc_id
}
${k.flatMap(e=>[`${e}_rules`,`computed_${e}_rules`].map(t=>N(e,t))).join(``)}
${F().map(e=>P(...e)).join(``)}
${c({security_group_id:`local.group`,security_group_vpc_id:`var.vpc_id`,security_group_name:`var.name`})}`},L=s(`public private database elasticache redshift intra outpost`),R=s(`database elasticache redshift`),z={inputs:{create_vpc:`true`,cidr:`"10.0.0.0/16"`,azs:`[]`,enable_dns_hostnames:`null`,enable_dns_support:`true`,enable_ipv6:`false`,create_igw:`true`,map_public_ip_on_launch:`null`,enable_nat_gateway:`false`,single_nat_gateway:`false`,one_nat_gateway_per_az:`false`,create_private_nat_gateway_route:`true`,nat_gateway_destination_cidr_block:`"0.0.0.0/0"`,create_multiple_public_route_tables:`false`,create_multiple_intra_route_tables:`false`,create_database_internet_gateway_route:`false`,create_database_nat_gateway_route:`false`,enable_public_redshift:`false`,enable_vpn_gateway:`false`,vpn_gateway_id:`""`,propagate_public_route_tables_vgw:`false`,propagate_private_route_tables_vgw:`false`,propagate_intra_route_tables_vgw:`false`,enable_secretsmanager_endpoint:`false`,secretsmanager_endpoint_private_dns_enabled:`false`,secretsmanager_endpoint_security_group_ids:`[]`,secretsmanager_endpoint_subnet_ids:`[]`,...Object.fromEntries(R.map(e=>[`create_${e}_subnet_route_table`,`false`])),...Object.fromEntries(L.flatMap(e=>[[`${e}_subnets`,`[]`],[`${e}_subnet_ipv6_prefixes`,`[]`]]))},ignored:[],strict:!1,blocks:`
variable "default_of_the_version" {}
locals {
  ${L.map(e=>`${e} = max(length(var.${e}_subnets), length(var.${e}_subnet_ipv6_prefixes))`).join(`
  `)}
  most          = max(${L.map(e=>`local.${e}`).join(`, `)})
  dns_hostnames = local.major == null ? var.default_of_the_version : local.major >= 4
  public_ip     = local.major == null ? var.default_of_the_version : local.major < 4
  gateways      = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.most
  nat           = var.create_vpc && var.enable_nat_gateway ? local.gateways : 0
}
resource "aws_vpc" "this" {
  count                = var.create_vpc ? 1 : 0
  cidr_block           = var.cidr
  enable_dns_support   = var.enable_dns_support
  enable_dns_hostnames = var.enable_dns_hostnames == null ? local.dns_hostnames : var.enable_dns_hostnames
}
resource "aws_security_group_rule" "default_security_group" {
  count             = var.create_vpc ? 1 : 0
  security_group_id = aws_vpc.this[0].default_security_group_id
  type              = var.default_of_the_version
}
${L.map(e=>`
resource "aws_subnet" "${e}" {
  count      = var.create_vpc ? local.${e} : 0
  vpc_id     = aws_vpc.this[0].id
  cidr_block = var.${e}_subnets[count.index]
${e===`public`?`  map_public_ip_on_launch = var.map_public_ip_on_launch == null ? local.public_ip : var.map_public_ip_on_launch`:``}
}`).join(``)}
resource "aws_internet_gateway" "this" {
  count  = var.create_vpc && var.create_igw && local.public > 0 ? 1 : 0
  vpc_id = aws_vpc.this[0].id
}
resource "aws_nat_gateway" "this" {
  count     = local.nat
  subnet_id = element(aws_subnet.public[*].id, var.single_nat_gateway ? 0 : count.index)
}
${[B(`public`,`!var.create_vpc || local.public == 0 ? 0 : var.create_multiple_public_route_tables ? local.public : 1`),B(`private`,`var.create_vpc && local.most > 0 ? local.gateways : 0`),B(`intra`,`!var.create_vpc || local.intra == 0 ? 0 : var.create_multiple_intra_route_tables ? local.intra : 1`),...R.map(e=>B(e,`var.create_vpc && local.${e} > 0 && var.create_${e}_subnet_route_table ? 1 : 0`)),V(`public`,`aws_route_table.public[*].id`),V(`private`,`aws_route_table.private[*].id`),V(`outpost`,`aws_route_table.private[*].id`),V(`intra`,`aws_route_table.intra[*].id`),V(`database`,`coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id)`),V(`elasticache`,`coalescelist(aws_route_table.elasticache[*].id, aws_route_table.private[*].id)`),V(`redshift`,`var.enable_public_redshift ? aws_route_table.public[*].id : coalescelist(aws_route_table.redshift[*].id, aws_route_table.private[*].id)`),H(`public_internet_gateway`,`var.create_igw ? length(aws_route_table.public) : 0`,`public`,`gateway_id = aws_internet_gateway.this[0].id`),H(`private_nat_gateway`,`var.create_private_nat_gateway_route ? min(local.nat, length(aws_route_table.private)) : 0`,`private`,`nat_gateway_id = element(aws_nat_gateway.this[*].id, count.index)`,`var.nat_gateway_destination_cidr_block`),H(`database_internet_gateway`,`var.create_igw && var.create_database_internet_gateway_route ? length(aws_route_table.database) : 0`,`database`,`gateway_id = aws_internet_gateway.this[0].id`),H(`database_nat_gateway`,`var.create_database_nat_gateway_route && local.nat > 0 ? length(aws_route_table.database) : 0`,`database`,`nat_gateway_id = element(aws_nat_gateway.this[*].id, count.index)`),H(`private_ipv6_egress`,`var.enable_ipv6 ? length(aws_route_table.private) : 0`,`private`,`egress_only_gateway_id = var.default_of_the_version`,`"::/0"`),...s(`public private intra`).map(e=>`
resource "aws_vpn_gateway_route_propagation" "${e}" {
  count          = var.propagate_${e}_route_tables_vgw ? length(aws_route_table.${e}) : 0
  route_table_id = aws_route_table.${e}[count.index].id
}`)].join(``)}
resource "aws_vpn_gateway" "this" {
  count  = var.create_vpc && var.enable_vpn_gateway ? 1 : 0
  vpc_id = aws_vpc.this[0].id
}
resource "aws_vpn_gateway_attachment" "this" {
  count  = var.create_vpc && var.vpn_gateway_id != "" ? 1 : 0
  vpc_id = aws_vpc.this[0].id
}
data "aws_vpc_endpoint_service" "secretsmanager" {
  service = "secretsmanager"
}
resource "aws_vpc_endpoint" "secretsmanager" {
  count               = var.create_vpc && var.enable_secretsmanager_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  service_name        = data.aws_vpc_endpoint_service.secretsmanager.service_name
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = var.secretsmanager_endpoint_private_dns_enabled
  security_group_ids  = var.secretsmanager_endpoint_security_group_ids
  subnet_ids          = length(var.secretsmanager_endpoint_subnet_ids) > 0 ? var.secretsmanager_endpoint_subnet_ids : aws_subnet.private[*].id
}
${c({vpc_id:`aws_vpc.this[0].id`,vpc_cidr_block:`aws_vpc.this[0].cidr_block`,vpc_main_route_table_id:`aws_vpc.this[0].main_route_table_id`,default_route_table_id:`aws_vpc.this[0].default_route_table_id`,default_security_group_id:`aws_vpc.this[0].default_security_group_id`,igw_id:`aws_internet_gateway.this[0].id`,natgw_ids:`aws_nat_gateway.this[*].id`,vgw_id:`aws_vpn_gateway.this[0].id`,azs:`var.azs`,...Object.fromEntries(L.map(e=>[`${e}_subnets`,`aws_subnet.${e}[*].id`])),...Object.fromEntries(s(`public private intra`).map(e=>[`${e}_route_table_ids`,`aws_route_table.${e}[*].id`]))})}`};function B(e,t){return`
resource "aws_route_table" "${e}" {
  count  = ${t}
  vpc_id = aws_vpc.this[0].id
}`}function V(e,t){return`
resource "aws_route_table_association" "${e}" {
  count          = var.create_vpc ? local.${e} : 0
  subnet_id      = aws_subnet.${e}[count.index].id
  route_table_id = element(${t}, count.index)
}`}function H(e,t,n,r,i=`"0.0.0.0/0"`){return`
resource "aws_route" "${e}" {
  count                  = ${t}
  route_table_id         = aws_route_table.${n}[count.index].id
  destination_cidr_block = ${i}
  ${r}
}`}let U={inputs:{create:`true`,vpc_id:`null`,endpoints:`{}`,security_group_ids:`[]`,subnet_ids:`[]`,create_security_group:`false`,security_group_rules:`{}`},ignored:s(`region tags timeouts security_group_name security_group_name_prefix security_group_description security_group_tags`),strict:!1,blocks:`
locals {
  endpoints = { for key, endpoint in merge(var.endpoints) : key => endpoint if var.create && lookup(endpoint, "create", true) }
  groups    = var.create && var.create_security_group ? concat(var.security_group_ids, [aws_security_group.this[0].id]) : var.security_group_ids
}
data "aws_vpc_endpoint_service" "this" {
  for_each     = local.endpoints
  service      = lookup(each.value, "service", null)
  service_name = lookup(each.value, "service_name", null)
}
resource "aws_vpc_endpoint" "this" {
  for_each            = local.endpoints
  vpc_id              = var.vpc_id
  service_name        = lookup(each.value, "service_endpoint", data.aws_vpc_endpoint_service.this[each.key].service_name)
  vpc_endpoint_type   = lookup(each.value, "service_type", "Interface")
  security_group_ids  = lookup(each.value, "service_type", "Interface") == "Interface" ? concat(local.groups, lookup(each.value, "security_group_ids", [])) : null
  subnet_ids          = lookup(each.value, "service_type", "Interface") == "Interface" ? concat(var.subnet_ids, lookup(each.value, "subnet_ids", [])) : null
  policy              = lookup(each.value, "policy", null)
  private_dns_enabled = lookup(each.value, "private_dns_enabled", null)
}
resource "aws_security_group" "this" {
  count  = var.create && var.create_security_group ? 1 : 0
  vpc_id = var.vpc_id
}
resource "aws_security_group_rule" "this" {
  for_each                 = { for key, rule in merge(var.security_group_rules) : key => rule if var.create && var.create_security_group }
  security_group_id        = aws_security_group.this[0].id
  type                     = lookup(each.value, "type", "ingress")
  protocol                 = lookup(each.value, "protocol", "tcp")
  from_port                = lookup(each.value, "from_port", 443)
  to_port                  = lookup(each.value, "to_port", 443)
  cidr_blocks              = lookup(each.value, "cidr_blocks", null)
  ipv6_cidr_blocks         = lookup(each.value, "ipv6_cidr_blocks", null)
  prefix_list_ids          = lookup(each.value, "prefix_list_ids", null)
  self                     = lookup(each.value, "self", null)
  source_security_group_id = lookup(each.value, "source_security_group_id", null)
}
${c({endpoints:`aws_vpc_endpoint.this`,security_group_id:`aws_security_group.this[0].id`,security_group_arn:`aws_security_group.this[0].arn`})}`},W=new Map(Object.entries({batch:p,kms:T,"secrets-manager":y,"security-group":I,"ssm-parameter":S,vpc:z,"vpc//modules/vpc-endpoints":U,"iam//modules/iam-role":m,"iam//modules/iam-assumable-role":g,"iam//modules/iam-policy":_})),G=/^(?:registry\.(?:terraform\.io|opentofu\.org)\/)?terraform-aws-modules\/([a-z-]+)\/aws(\/\/[\w/-]+)?$/,K=/^(?:git::)?(?:https:\/\/|ssh:\/\/git@|git@)?github\.com[/:]terraform-aws-modules\/terraform-aws-([a-z-]+?)(?:\.git)?(\/\/[\w/-]+)?(?:\?(?:.*&)?ref=v?(\d+)(?!\d).*)?$/s,q=new Set([`source`,`version`,`providers`,`count`,`for_each`,`depends_on`]);function J(e,t){let n=t=>{let n=(0,r.w4)(e.body,t);return n&&(0,a.d)(n.value)},s=n(`source`)?.trim()??``,[,c=``,l=``,u]=G.exec(s)??K.exec(s)??[],d=W.get(`${c}${l}`);if(!d)return;let f=new Set([...Object.keys(d.inputs),...d.ignored]),p=e.body.attributes.some(e=>!q.has(e.name)&&!f.has(e.name));if(d.strict&&p)return;let m=X(d,u??Y(n(`version`))),{tree:h}=(0,i.Xf)({kind:`text`,value:m,at:t});return(0,o.cD)(`.`,[h],[])}function Y(e){return/^\s*(?:~>\s*(?=\d+\.)|(?:=\s*)?(?=\d))(\d+)/.exec(e??``)?.[1]}function X({inputs:e,ignored:t,blocks:n},r){return`${[...Object.entries(e),...t.map(e=>[e,`null`])].map(([e,t])=>`variable "${e}" {\n  default = ${t}\n}\n`).join(``)}locals {\n  major = ${r??`null`}\n}\n${n}`}})};