/** Rules of security groups, as all formats read them. */
import type { GroupRule, Peer, Text } from "../facts/located.ts";
import type { Place } from "../source.ts";
import type { Value } from "../syntax/value.ts";
import { anyText, causeUnread, toNumber } from "./read.ts";

/** Lets everything out, as the rule that a new security group gets. */
export function anything(at: Place): GroupRule {
  const text = (value: string): Text => ({ value, at });
  return {
    protocol: text("-1"),
    from_port: null,
    to_port: null,
    peers: [{ kind: "ipv4", value: text("0.0.0.0/0") }],
    at,
  };
}

/**
 * The rules of the group that a VPC comes with: everything from its own members, and to everybody.
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
 */
export function defaultRules(group: Text, at: Place): { ingress: readonly GroupRule[]; egress: readonly GroupRule[] } {
  return { ingress: [{ ...anything(at), peers: [{ kind: "group", value: group }] }], egress: [anything(at)] };
}

/** Where traffic may come from, or go to, when a file does not say it in a way that is read. */
export function unknownPeer(value: Value, kind: Peer["kind"]): Peer {
  return { kind, value: { value: anyText(value, "peers"), at: value.at } };
}

/** A rule with its ports. One with a port that is unknown may be there or not. */
export function portsOf(
  protocol: Text | null,
  from: Value | undefined,
  to: Value | undefined,
  peers: readonly Peer[],
  at: Place,
): GroupRule {
  const [from_port, to_port] = [toNumber(from, null), toNumber(to, null)];
  const hidden = from && from_port === null ? from : to && to_port === null ? to : undefined;
  const maybe = hidden && hidden.kind !== "null" ? { maybe: causeUnread(hidden, "the ports of a rule") } : {};
  return { protocol, from_port, to_port, peers, ...maybe, at };
}
