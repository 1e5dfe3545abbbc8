/** Networks: subnets, routes, network ACLs, security groups, endpoints, and the ways out. */
import { z } from "zod";
import { at, maybe, resource, text, unseen } from "./common.ts";
import { statement } from "./policies.ts";

const exit = z.strictObject({
  kind: z.enum(["nat_gateway", "internet_gateway", "transit_gateway", "vpn", "peering", "other"]),
  at,
});

const route = z.strictObject({
  kind: exit.shape.kind,
  /** The block of addresses that it leads to, such as `0.0.0.0/0`; null when it is unknown, or a prefix list. */
  destination: text.nullable(),
  /**
   * Whether its gateway leads to the internet in turn, as a NAT gateway in a public subnet does, and an internet gateway
   * that is attached to the VPC; null: unknown.
   */
  onward: z.boolean().nullable(),
  /** The id of the subnet that its NAT gateway is in; absent when that is not in the files. */
  subnet: z.string().optional(),
  maybe,
  at,
});

/** A rule of a network ACL. Null ports are all ports. */
const aclEntry = z.strictObject({
  /** Rules count in the order of their numbers; null when it is unknown. */
  number: z.number().nullable(),
  /** Whether it is about what leaves the subnet; null when that is unknown. */
  egress: z.boolean().nullable(),
  /** Whether it allows or denies; null when that is unknown. */
  allow: z.boolean().nullable(),
  protocol: text.nullable(),
  from_port: z.number().int().nullable(),
  to_port: z.number().int().nullable(),
  /** The block of IPv4 addresses; null when it is unknown. */
  block: text.nullable(),
  maybe,
  at,
});

/** A network ACL, which keeps no state: what comes back must be allowed, too. What no rule is about is denied. */
const acl = z.strictObject({
  address: z.string(),
  unit: z.string(),
  entries: z.array(aclEntry),
  /** Why it may have other rules, or may not be that of the subnet. */
  unseen: z.array(unseen),
  at,
});

export const subnet = z.strictObject({
  ...resource,
  subnet: text,
  /** The id of its network; null when that can't be followed. */
  network: z.string().nullable(),
  /** Whether it is declared in the files, not only looked up or named. */
  declared: z.boolean(),
  cidr: text.nullable(),
  /** There when it has, or may have, IPv6 addresses only. */
  ipv6_only: z.literal(true).optional(),
  /** Whether instances get a public IP address there; null when it is unknown. */
  public_ip: z.boolean().nullable(),
  /** The routes of its table that lead out of the VPC. */
  routes: z.array(route),
  /** Whether all its routes are seen: `unseen` is empty. */
  complete: z.boolean(),
  /** Its network ACL; absent when none is in the files, since the one that a VPC comes with lets everything through. */
  acl: acl.optional(),
});

/**
 * Where a setting is written: its value at the place, or, with a `key`, the object at the place that it can be put
 * into. Absent where it is computed, and where a file only describes what there is.
 */
const settings = z.record(z.string(), z.strictObject({ key: z.string().optional(), at }));

export const network = z.strictObject({
  ...resource,
  vpc: text,
  /** The block of addresses; null when it is unknown. */
  cidr: text.nullable(),
  /** Whether nothing may add to it: `unseen` is empty. */
  complete: z.boolean(),
  /** Whether the VPC itself is declared in the files, with all its routes. */
  declared: z.boolean(),
  /** The ids of its endpoints. */
  endpoints: z.array(z.string()),
  /** Every way out of it. */
  exits: z.array(exit),
  dns_support: z.boolean().nullable(),
  dns_hostnames: z.boolean().nullable(),
  /** Of `dns_support` and `dns_hostnames`. */
  settings: settings.optional(),
  /** The private hosted zones that answer its names, such as `secretsmanager.eu-west-1.amazonaws.com`; absent: none. */
  zones: z.array(z.strictObject({ name: text, address: z.string(), unit: z.string(), at })).optional(),
  /** How many references the jobs that run there have: the case shows the first as its `readers`. */
  reader_count: z.number().int().nonnegative(),
  /** Whether the jobs are known to run in this network, not only deployed with it. */
  readers_certain: z.boolean(),
});

/** A rule of a security group. Null ports are all ports. */
const groupRule = z.strictObject({
  protocol: text.nullable(),
  from_port: z.number().int().nullable(),
  to_port: z.number().int().nullable(),
  /** Where traffic may come from or go to; empty when nothing is given. */
  peers: z.array(z.strictObject({ kind: z.enum(["ipv4", "ipv6", "group", "prefix_list"]), value: text })),
  maybe,
  at,
});

export const securityGroup = z.strictObject({
  ...resource,
  group: text,
  ingress: z.array(groupRule),
  egress: z.array(groupRule),
  /** Whether nothing may add rules: `unseen` is empty. */
  complete: z.boolean(),
});

/** A security group as it is named, and its id when it is in the files. */
export const groupReference = z.strictObject({ group: text, id: z.string().nullable() });

export const endpoint = z.strictObject({
  ...resource,
  network: z.string().nullable(),
  service: text,
  /** `Interface`, `Gateway`, …, the service's default filled in; null when it is unknown. */
  type: z.string().nullable(),
  private_dns: z.boolean().nullable(),
  /** Of `type` and `private_dns`. */
  settings: settings.optional(),
  /** Its security groups: that of its VPC when none is given; null when they are unknown. */
  security_groups: z.array(groupReference).nullable(),
  /** The blocks of addresses of all its subnets; absent when one of them is unknown. */
  blocks: z.array(text).optional(),
  /** The ids of its subnets, null of one that is not in the files; absent when it is unknown which it has. */
  subnet_ids: z.array(z.string().nullable()).optional(),
  /** The endpoint policy; null when it has none, which allows everything. */
  statements: z.array(statement).nullable(),
});
