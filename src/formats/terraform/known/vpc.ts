/** https://registry.terraform.io/modules/terraform-aws-modules/vpc/aws */
import { type KnownModule, names, outputs } from "./table.ts";

const TIERS = names("public private database elasticache redshift intra outpost");
/** Tiers with route tables of their own, if wanted, and else with those of the private one. */
const BORROWING = names("database elasticache redshift");

export const vpc: KnownModule = {
  inputs: {
    create_vpc: "true",
    cidr: '"10.0.0.0/16"',
    azs: "[]",
    enable_dns_hostnames: "null",
    enable_dns_support: "true",
    enable_ipv6: "false",
    create_igw: "true",
    map_public_ip_on_launch: "null",
    enable_nat_gateway: "false",
    single_nat_gateway: "false",
    one_nat_gateway_per_az: "false",
    create_private_nat_gateway_route: "true",
    nat_gateway_destination_cidr_block: '"0.0.0.0/0"',
    create_multiple_public_route_tables: "false",
    create_multiple_intra_route_tables: "false",
    create_database_internet_gateway_route: "false",
    create_database_nat_gateway_route: "false",
    enable_public_redshift: "false",
    enable_vpn_gateway: "false",
    vpn_gateway_id: '""',
    propagate_public_route_tables_vgw: "false",
    propagate_private_route_tables_vgw: "false",
    propagate_intra_route_tables_vgw: "false",
    enable_secretsmanager_endpoint: "false",
    secretsmanager_endpoint_private_dns_enabled: "false",
    secretsmanager_endpoint_security_group_ids: "[]",
    secretsmanager_endpoint_subnet_ids: "[]",
    ...Object.fromEntries(BORROWING.map((tier) => [`create_${tier}_subnet_route_table`, "false"])),
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
${TIERS.map(
  (tier) => `
resource "aws_subnet" "${tier}" {
  count      = var.create_vpc ? local.${tier} : 0
  vpc_id     = aws_vpc.this[0].id
  cidr_block = var.${tier}_subnets[count.index]
${tier === "public" ? "  map_public_ip_on_launch = var.map_public_ip_on_launch == null ? local.public_ip : var.map_public_ip_on_launch" : ""}
}`,
).join("")}
resource "aws_internet_gateway" "this" {
  count  = var.create_vpc && var.create_igw && local.public > 0 ? 1 : 0
  vpc_id = aws_vpc.this[0].id
}
resource "aws_nat_gateway" "this" {
  count     = local.nat
  subnet_id = element(aws_subnet.public[*].id, var.single_nat_gateway ? 0 : count.index)
}
${[
  table(
    "public",
    "!var.create_vpc || local.public == 0 ? 0 : var.create_multiple_public_route_tables ? local.public : 1",
  ),
  table("private", "var.create_vpc && local.most > 0 ? local.gateways : 0"),
  table("intra", "!var.create_vpc || local.intra == 0 ? 0 : var.create_multiple_intra_route_tables ? local.intra : 1"),
  ...BORROWING.map((tier) =>
    table(tier, `var.create_vpc && local.${tier} > 0 && var.create_${tier}_subnet_route_table ? 1 : 0`),
  ),
  association("public", "aws_route_table.public[*].id"),
  association("private", "aws_route_table.private[*].id"),
  association("outpost", "aws_route_table.private[*].id"),
  association("intra", "aws_route_table.intra[*].id"),
  association("database", "coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id)"),
  association("elasticache", "coalescelist(aws_route_table.elasticache[*].id, aws_route_table.private[*].id)"),
  association(
    "redshift",
    "var.enable_public_redshift ? aws_route_table.public[*].id : coalescelist(aws_route_table.redshift[*].id, aws_route_table.private[*].id)",
  ),
  route(
    "public_internet_gateway",
    "var.create_igw ? length(aws_route_table.public) : 0",
    "public",
    "gateway_id = aws_internet_gateway.this[0].id",
  ),
  route(
    "private_nat_gateway",
    "var.create_private_nat_gateway_route ? min(local.nat, length(aws_route_table.private)) : 0",
    "private",
    "nat_gateway_id = element(aws_nat_gateway.this[*].id, count.index)",
    "var.nat_gateway_destination_cidr_block",
  ),
  route(
    "database_internet_gateway",
    "var.create_igw && var.create_database_internet_gateway_route ? length(aws_route_table.database) : 0",
    "database",
    "gateway_id = aws_internet_gateway.this[0].id",
  ),
  route(
    "database_nat_gateway",
    "var.create_database_nat_gateway_route && local.nat > 0 ? length(aws_route_table.database) : 0",
    "database",
    "nat_gateway_id = element(aws_nat_gateway.this[*].id, count.index)",
  ),
  route(
    "private_ipv6_egress",
    "var.enable_ipv6 ? length(aws_route_table.private) : 0",
    "private",
    "egress_only_gateway_id = var.default_of_the_version",
    '"::/0"',
  ),
  ...names("public private intra").map(
    (tier) => `
resource "aws_vpn_gateway_route_propagation" "${tier}" {
  count          = var.propagate_${tier}_route_tables_vgw ? length(aws_route_table.${tier}) : 0
  route_table_id = aws_route_table.${tier}[count.index].id
}`,
  ),
].join("")}
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
  vpc_cidr_block: "aws_vpc.this[0].cidr_block",
  vpc_main_route_table_id: "aws_vpc.this[0].main_route_table_id",
  default_route_table_id: "aws_vpc.this[0].default_route_table_id",
  default_security_group_id: "aws_vpc.this[0].default_security_group_id",
  igw_id: "aws_internet_gateway.this[0].id",
  natgw_ids: "aws_nat_gateway.this[*].id",
  vgw_id: "aws_vpn_gateway.this[0].id",
  azs: "var.azs",
  ...Object.fromEntries(TIERS.map((tier) => [`${tier}_subnets`, `aws_subnet.${tier}[*].id`])),
  ...Object.fromEntries(
    names("public private intra").map((tier) => [`${tier}_route_table_ids`, `aws_route_table.${tier}[*].id`]),
  ),
})}`,
};

function table(tier: string, count: string): string {
  return `
resource "aws_route_table" "${tier}" {
  count  = ${count}
  vpc_id = aws_vpc.this[0].id
}`;
}

function association(tier: string, tables: string): string {
  return `
resource "aws_route_table_association" "${tier}" {
  count          = var.create_vpc ? local.${tier} : 0
  subnet_id      = aws_subnet.${tier}[count.index].id
  route_table_id = element(${tables}, count.index)
}`;
}

function route(name: string, count: string, tier: string, target: string, destination = '"0.0.0.0/0"'): string {
  return `
resource "aws_route" "${name}" {
  count                  = ${count}
  route_table_id         = aws_route_table.${tier}[count.index].id
  destination_cidr_block = ${destination}
  ${target}
}`;
}
