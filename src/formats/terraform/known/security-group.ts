/** https://registry.terraform.io/modules/terraform-aws-modules/security-group/aws */
import { type KnownModule, outputs } from "./table.ts";

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

/** Where the rules of each list come from or lead to. */
const PEERS: Readonly<Record<string, readonly string[]>> = {
  with_self: ["self"],
  with_cidr_blocks: ["cidr_blocks"],
  with_ipv6_cidr_blocks: ["ipv6_cidr_blocks"],
  with_source_security_group_id: ["source_security_group_id"],
  with_prefix_list_ids: ["prefix_list_ids"],
};
const DIRECTIONS = ["ingress", "egress"] as const;
const directed = (rest: (direction: string) => readonly string[]): string[] => DIRECTIONS.flatMap((one) => rest(one));
const LISTS = directed((one) => [`${one}_rules`, `computed_${one}_rules`]);

const ports = (fields: (index: number, name: string) => string): string =>
  ["from_port", "to_port", "protocol"].map((name, index) => `${name} = ${fields(index, name)}`).join("\n  ");

/** Addresses are one string with commas, or those of all rules. */
function peer(name: string, direction: string, one: string): string {
  const byDefault = `var.${direction}_${name}`;
  if (name === "self") return `self = lookup(${one}, "self", true)`;
  if (name === "source_security_group_id") return `${name} = lookup(${one}, "${name}", null)`;
  return `${name} = compact(split(",", lookup(${one}, "${name}", join(",", ${byDefault}))))`;
}

function plainRules(direction: string, input: string): string {
  return `
resource "aws_security_group_rule" "${input}" {
  count             = var.create ? length(var.${input}) : 0
  security_group_id = local.group
  type              = "${direction}"
  cidr_blocks       = var.${direction}_cidr_blocks
  ipv6_cidr_blocks  = var.${direction}_ipv6_cidr_blocks
  prefix_list_ids   = var.${direction}_prefix_list_ids
  ${ports((index) => `lookup(local.named, var.${input}[count.index], local.other)[${index}]`)}
}`;
}

function detailedRules(direction: string, kind: string, input: string): string {
  const one = `var.${input}[count.index]`;
  return `
resource "aws_security_group_rule" "${input}" {
  count             = var.create ? length(var.${input}) : 0
  security_group_id = local.group
  type              = "${direction}"
  ${(PEERS[kind] ?? []).map((name) => peer(name, direction, one)).join("\n  ")}
  ${ports((index, name) => `lookup(${one}, "${name}", lookup(local.named, lookup(${one}, "rule", "_"), local.other)[${index}])`)}
}`;
}

/** The lists of rules that say more than a name: direction, kind and input. */
function detailed(): (readonly [direction: string, kind: string, input: string])[] {
  return DIRECTIONS.flatMap((one) =>
    Object.keys(PEERS).flatMap((kind) => [
      [one, kind, `${one}_${kind}`] as const,
      [one, kind, `computed_${one}_${kind}`] as const,
    ]),
  );
}

export const securityGroup: KnownModule = {
  inputs: {
    create: "true",
    create_sg: "true",
    security_group_id: "null",
    name: "null",
    use_name_prefix: "true",
    vpc_id: "null",
    rules: "{}",
    ingress_cidr_blocks: "[]",
    egress_cidr_blocks: '["0.0.0.0/0"]',
    ingress_ipv6_cidr_blocks: "[]",
    egress_ipv6_cidr_blocks: '["::/0"]',
    ingress_prefix_list_ids: "[]",
    egress_prefix_list_ids: "[]",
    ...Object.fromEntries([...LISTS, ...detailed().map(([, , input]) => input)].map((input) => [input, "[]"])),
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
${DIRECTIONS.flatMap((one) => [`${one}_rules`, `computed_${one}_rules`].map((input) => plainRules(one, input))).join("")}
${detailed()
  .map((one) => detailedRules(...one))
  .join("")}
${outputs({
  security_group_id: "local.group",
  security_group_vpc_id: "var.vpc_id",
  security_group_name: "var.name",
})}`,
};
