/**
 * What an unknown attribute refers to. A plan lists only the references in an expression, not how they are combined, so
 * they count only for attributes that are by their nature the name, id or ARN of one other resource.
 */
import { get, plainText, type Value } from "../../syntax/value.ts";
import { listOf } from "./tree.ts";

/** What an attribute may name: resources of these types, by this attribute unless the reference has one. */
export interface Link {
  readonly types: RegExp;
  readonly attribute: string;
}

const ROLE: Link = { types: /^aws_iam_role$/, attribute: "name" };
const POLICY: Link = { types: /^(?:data\.)?aws_iam_policy$/, attribute: "arn" };
const SECRET: Link = { types: /^(?:data\.)?aws_secretsmanager_secret(?:_version)?$/, attribute: "arn" };
const KEY: Link = { types: /^(?:data\.)?aws_kms_(?:(?:replica_|external_)?key|alias)$/, attribute: "arn" };
const VPC: Link = { types: /^(?:data\.)?aws_(?:default_)?vpc$/, attribute: "id" };
const SUBNET: Link = { types: /^(?:data\.)?aws_(?:default_)?subnet$/, attribute: "id" };
const GROUP: Link = { types: /^(?:data\.)?aws_(?:default_)?(?:security_group|vpc)$/, attribute: "id" };
const TABLE: Link = { types: /^(?:data\.)?aws_(?:default_)?(?:route_table|vpc)$/, attribute: "id" };
const ACL: Link = { types: /^(?:data\.)?aws_(?:(?:default_)?network_acl|(?:default_)?vpc)$/, attribute: "id" };
const ZONE: Link = { types: /^(?:data\.)?aws_route53_zone$/, attribute: "zone_id" };
const GATEWAY: Link = { types: /^aws_(?:nat|internet|vpn)_gateway$/, attribute: "id" };
const ENDPOINT: Link = { types: /^aws_vpc_endpoint$/, attribute: "id" };
const DOCUMENT: Link = { types: /^data\.aws_iam_policy_document$/, attribute: "json" };
const ENVIRONMENT: Link = { types: /^aws_batch_compute_environment$/, attribute: "arn" };
const TEMPLATE: Link = { types: /^aws_launch_template$/, attribute: "id" };

/** By the name of the attribute, in any resource or block. */
const LINKS: ReadonlyMap<string, Link> = new Map(
  Object.entries({
    role: ROLE,
    role_name: ROLE,
    roles: ROLE,
    grantee_principal: { ...ROLE, attribute: "arn" },
    policy_arn: POLICY,
    policy_arns: POLICY,
    managed_policy_arns: POLICY,
    permissions_boundary: POLICY,
    instance_role: { types: /^aws_iam_instance_profile$/, attribute: "arn" },
    secret_id: SECRET,
    // The Cloud Control provider has objects where the other one has JSON.
    value_from: SECRET,
    execution_role_arn: { ...ROLE, attribute: "arn" },
    job_role_arn: { ...ROLE, attribute: "arn" },
    secret_arn: SECRET,
    kms_key_id: KEY,
    key_id: KEY,
    target_key_id: KEY,
    vpc_id: VPC,
    subnet_id: SUBNET,
    subnet_ids: SUBNET,
    subnets: SUBNET,
    security_group_id: GROUP,
    security_group_ids: GROUP,
    security_groups: GROUP,
    vpc_security_group_ids: GROUP,
    source_security_group_id: GROUP,
    referenced_security_group_id: GROUP,
    vpc_endpoint_id: ENDPOINT,
    route_table_id: TABLE,
    default_route_table_id: TABLE,
    network_acl_id: ACL,
    default_network_acl_id: ACL,
    zone_id: ZONE,
    nat_gateway_id: GATEWAY,
    internet_gateway_id: GATEWAY,
    gateway_id: GATEWAY,
    policy: DOCUMENT,
    assume_role_policy: DOCUMENT,
    compute_environment: ENVIRONMENT,
    compute_environments: ENVIRONMENT,
    launch_template_id: TEMPLATE,
    launch_template_name: { ...TEMPLATE, attribute: "name" },
  }),
);

/** Attributes that hold several names: a list or a set. */
const SEVERAL = new Set([
  "roles",
  "policy_arns",
  "managed_policy_arns",
  "subnet_ids",
  "subnets",
  "security_group_ids",
  "security_groups",
  "vpc_security_group_ids",
  "compute_environments",
]);

/** What an attribute names; undefined when its value may be any combination. */
export function linkOf(attribute: string): Link | undefined {
  return LINKS.get(attribute);
}

export function namesSeveral(attribute: string): boolean {
  return SEVERAL.has(attribute);
}

/** The references of an expression as written, without the prefixes that the plan lists after each. */
export function referencesOf(expression: Value | undefined): readonly string[] {
  const found = new Set<string>();
  let last = "";
  for (const item of listOf(get(expression, "references"))) {
    const reference = plainText(item) ?? "";
    const next = last[reference.length];
    if (last.startsWith(reference) && (next === undefined || next === "." || next === "[")) continue;
    found.add(reference);
    last = reference;
  }
  return [...found];
}
