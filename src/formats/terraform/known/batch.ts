/** https://registry.terraform.io/modules/terraform-aws-modules/batch/aws */
import { type KnownModule, names, outputs } from "./table.ts";

/** A role that the module creates for itself. */
function role(kind: string, service: string, policy: string): string {
  const create = `var.create && var.create_${kind}_iam_role`;
  return `
resource "aws_iam_role" "${kind}" {
  count       = ${create} ? 1 : 0
  name        = var.${kind}_iam_role_use_name_prefix ? null : var.${kind}_iam_role_name
  name_prefix = var.${kind}_iam_role_use_name_prefix && var.${kind}_iam_role_name != null ? "\${var.${kind}_iam_role_name}-" : null
  path        = var.${kind}_iam_role_path
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "${service}.amazonaws.com" } }]
  })
}
resource "aws_iam_role_policy_attachment" "${kind}" {
  count      = ${create} ? 1 : 0
  role       = aws_iam_role.${kind}[0].name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/service-role/${policy}"
}
resource "aws_iam_role_policy_attachment" "${kind}_additional" {
  for_each   = { for key, arn in var.${kind}_iam_role_additional_policies : key => arn if ${create} }
  role       = aws_iam_role.${kind}[0].name
  policy_arn = each.value
}
${outputs({
  [`${kind}_iam_role_name`]: `aws_iam_role.${kind}[0].name`,
  [`${kind}_iam_role_arn`]: `aws_iam_role.${kind}[0].arn`,
})}`;
}

const roleInputs = (kind: string, create: string) => ({
  [`create_${kind}_iam_role`]: create,
  [`${kind}_iam_role_name`]: "null",
  [`${kind}_iam_role_use_name_prefix`]: "true",
  [`${kind}_iam_role_path`]: "null",
  [`${kind}_iam_role_additional_policies`]: "{}",
});

const definition = (names: readonly string[]) =>
  names.map((name) => `  ${name} = lookup(each.value, "${name}", null)`).join("\n");

export const batch: KnownModule = {
  inputs: {
    create: "true",
    compute_environments: "{}",
    job_queues: "{}",
    job_definitions: "{}",
    create_job_definitions: "true",
    ...roleInputs("instance", "true"),
    ...roleInputs("service", "true"),
    ...roleInputs("spot_fleet", "false"),
  },
  ignored: names(`
    tags region create_job_queues
    instance_iam_role_description instance_iam_role_permissions_boundary instance_iam_role_tags
    service_iam_role_description service_iam_role_permissions_boundary service_iam_role_tags
    spot_fleet_iam_role_description spot_fleet_iam_role_permissions_boundary spot_fleet_iam_role_tags`),
  strict: false,
  blocks: `
data "aws_partition" "current" {}
resource "aws_batch_job_definition" "this" {
  for_each = { for key, job in merge(var.job_definitions) : key => job if var.create && var.create_job_definitions }
  name     = lookup(each.value, "name", each.key)
  type     = lookup(each.value, "type", "container")
${definition(names("container_properties ecs_properties eks_properties node_properties parameters platform_capabilities"))}
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
${role("instance", "ec2", "AmazonEC2ContainerServiceforEC2Role")}
${role("service", "batch", "AWSBatchServiceRole")}
${role("spot_fleet", "spotfleet", "AmazonEC2SpotFleetTaggingRole")}
${outputs({
  job_definitions: "aws_batch_job_definition.this",
  compute_environments: "aws_batch_compute_environment.this",
  instance_iam_instance_profile_arn: "aws_iam_instance_profile.instance[0].arn",
})}`,
};
