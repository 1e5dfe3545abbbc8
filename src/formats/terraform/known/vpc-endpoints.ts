/** https://registry.terraform.io/modules/terraform-aws-modules/vpc/aws/latest/submodules/vpc-endpoints */
import { type KnownModule, names, outputs } from "./table.ts";

export const vpcEndpoints: KnownModule = {
  inputs: {
    create: "true",
    vpc_id: "null",
    endpoints: "{}",
    security_group_ids: "[]",
    subnet_ids: "[]",
    create_security_group: "false",
    security_group_rules: "{}",
  },
  ignored: names(
    "region tags timeouts security_group_name security_group_name_prefix security_group_description security_group_tags",
  ),
  strict: false,
  blocks: `
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
${outputs({
  endpoints: "aws_vpc_endpoint.this",
  security_group_id: "aws_security_group.this[0].id",
  security_group_arn: "aws_security_group.this[0].arn",
})}`,
};
