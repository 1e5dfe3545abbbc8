/**
 * https://registry.terraform.io/modules/terraform-aws-modules/vpc/aws
 * https://registry.terraform.io/modules/terraform-aws-modules/security-group/aws
 */
import { type KnownModule, names, outputs } from "./table.ts";

const TIERS = names("public private database elasticache redshift intra outpost");

export const vpc: KnownModule = {
  inputs: {
    create_vpc: "true",
    azs: "[]",
    enable_dns_hostnames: "null",
    enable_dns_support: "true",
    create_igw: "true",
    enable_nat_gateway: "false",
    single_nat_gateway: "false",
    one_nat_gateway_per_az: "false",
    enable_vpn_gateway: "false",
    vpn_gateway_id: '""',
    enable_secretsmanager_endpoint: "false",
    secretsmanager_endpoint_private_dns_enabled: "false",
    secretsmanager_endpoint_security_group_ids: "[]",
    secretsmanager_endpoint_subnet_ids: "[]",
    ...Object.fromEntries(
      TIERS.flatMap((tier) => [
        [`${tier}_subnets`, "[]"],
        [`${tier}_subnet_ipv6_prefixes`, "[]"],
      ]),
    ),
  },
  ignored: [],
  strict: false,
  blocks: `
variable "default_of_the_version" {}
locals {
  ${TIERS.map((tier) => `${tier} = max(length(var.${tier}_subnets), length(var.${tier}_subnet_ipv6_prefixes))`).join("\n  ")}
  most          = max(${TIERS.map((tier) => `local.${tier}`).join(", ")})
  dns_hostnames = local.major == null ? var.default_of_the_version : local.major >= 4
}
resource "aws_vpc" "this" {
  count                = var.create_vpc ? 1 : 0
  enable_dns_support   = var.enable_dns_support
  enable_dns_hostnames = var.enable_dns_hostnames == null ? local.dns_hostnames : var.enable_dns_hostnames
}
${TIERS.map(
  (tier) => `
resource "aws_subnet" "${tier}" {
  count  = var.create_vpc ? local.${tier} : 0
  vpc_id = aws_vpc.this[0].id
}`,
).join("")}
resource "aws_internet_gateway" "this" {
  count  = var.create_vpc && var.create_igw && local.public > 0 ? 1 : 0
  vpc_id = aws_vpc.this[0].id
}
resource "aws_nat_gateway" "this" {
  count     = var.create_vpc && var.enable_nat_gateway ? (var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.most) : 0
  subnet_id = aws_subnet.public[0].id
}
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
${outputs({
  vpc_id: "aws_vpc.this[0].id",
  default_security_group_id: "aws_vpc.this[0].default_security_group_id",
  igw_id: "aws_internet_gateway.this[0].id",
  natgw_ids: "aws_nat_gateway.this[*].id",
  vgw_id: "aws_vpn_gateway.this[0].id",
  azs: "var.azs",
  ...Object.fromEntries(TIERS.map((tier) => [`${tier}_subnets`, `aws_subnet.${tier}[*].id`])),
})}`,
};

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
}
${outputs({
  endpoints: "aws_vpc_endpoint.this",
  security_group_id: "aws_security_group.this[0].id",
  security_group_arn: "aws_security_group.this[0].arn",
})}`,
};

/** Names of rules that let HTTPS in; of other rules it only matters that they are not among these. */
const HTTPS_RULES = {
  "https-443-tcp": [443, 443, "tcp"],
  "openvpn-https-tcp": [443, 443, "tcp"],
  "wazuh-dashboard": [443, 443, "tcp"],
  "all-all": [-1, -1, "-1"],
  "all-tcp": [0, 65535, "tcp"],
};
/** The ports of every other named rule. */
const OTHER_RULE = [1, 1, "tcp"];

const WITH = names(
  "with_self with_cidr_blocks with_ipv6_cidr_blocks with_source_security_group_id with_prefix_list_ids",
);
const LISTS = ["ingress_rules", "computed_ingress_rules"];
const DETAILED = WITH.flatMap((kind) => [`ingress_${kind}`, `computed_ingress_${kind}`]);

export const securityGroup: KnownModule = {
  inputs: {
    create: "true",
    create_sg: "true",
    security_group_id: "null",
    name: "null",
    use_name_prefix: "true",
    vpc_id: "null",
    rules: "{}",
    ...Object.fromEntries([...LISTS, ...DETAILED].map((input) => [input, "[]"])),
  },
  ignored: [],
  strict: false,
  blocks: `
locals {
  named = merge(${JSON.stringify(HTTPS_RULES)}, var.rules)
  other = ${JSON.stringify(OTHER_RULE)}
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
${LISTS.map(
  (input) => `
resource "aws_security_group_rule" "${input}" {
  count             = var.create ? length(var.${input}) : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = lookup(local.named, var.${input}[count.index], local.other)[0]
  to_port           = lookup(local.named, var.${input}[count.index], local.other)[1]
  protocol          = lookup(local.named, var.${input}[count.index], local.other)[2]
}`,
).join("")}
${DETAILED.map(
  (input) => `
resource "aws_security_group_rule" "${input}" {
  count             = var.create ? length(var.${input}) : 0
  security_group_id = local.group
  type              = "ingress"
  ${["from_port", "to_port", "protocol"]
    .map(
      (field, index) =>
        `${field} = lookup(var.${input}[count.index], "${field}", lookup(local.named, lookup(var.${input}[count.index], "rule", "_"), local.other)[${index}])`,
    )
    .join("\n  ")}
}`,
).join("")}
${outputs({
  security_group_id: "local.group",
  security_group_vpc_id: "var.vpc_id",
  security_group_name: "var.name",
})}`,
};
